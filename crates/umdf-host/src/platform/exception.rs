//! Exit codes of Windows that are exception codes, in words.

/// How a process ended that exited with `code`: `exit code 3`, `exception 0xc0000005 (access violation)`.
///
/// Windows ends a process with the code of the exception that nobody handled; these are NTSTATUS values with
/// severity error or warning (ntstatus.h; Microsoft Learn, "GetExceptionCode macro" and "UnhandledExceptionFilter
/// function").
pub fn describe(code: u32) -> String {
    match name(code) {
        Some(name) => format!("exception {code:#010x} ({name})"),
        // Severity error, not one of the codes that programs make up themselves.
        None if code >> 28 == 0xC => format!("exception {code:#010x}"),
        None => format!("exit code {}", code.cast_signed()),
    }
}

/// What a driver can do to its process, and what can keep it from beginning.
fn name(code: u32) -> Option<&'static str> {
    Some(match code {
        0x8000_0001 => "guard page touched",
        0x8000_0002 => "datatype misalignment",
        0x8000_0003 => "breakpoint",
        0x8000_0004 => "single step",
        0xC000_0005 => "access violation",
        0xC000_0006 => "in-page error",
        0xC000_0008 => "invalid handle",
        0xC000_001D => "illegal instruction",
        0xC000_0025 => "noncontinuable exception",
        0xC000_0026 => "invalid disposition",
        0xC000_008C => "array bounds exceeded",
        0xC000_0094 => "integer division by zero",
        0xC000_0095 => "integer overflow",
        0xC000_0096 => "privileged instruction",
        0xC000_00FD => "stack overflow",
        0xC000_0135 => "a DLL was not found",
        0xC000_0139 => "an entry point was not found",
        0xC000_013A => "ended by Ctrl+C",
        0xC000_0142 => "a DLL could not be initialised",
        0xC000_0374 => "heap corruption",
        // Of `__fastfail`, for whatever reason.
        0xC000_0409 => "fail fast: abort, or a stack buffer overrun",
        0xC000_0417 => "invalid argument to a C runtime function",
        0xC000_0420 => "assertion failure",
        0xE06D_7363 => "C++ exception",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_have_names_and_exit_codes_stay_numbers() {
        for (code, words) in [
            (0, "exit code 0"),
            (3, "exit code 3"),
            (u32::MAX, "exit code -1"),
            (0x7FFF_FFFF, "exit code 2147483647"),
            (0xC000_0005, "exception 0xc0000005 (access violation)"),
            (0xC000_00FD, "exception 0xc00000fd (stack overflow)"),
            (0xC000_0409, "exception 0xc0000409 (fail fast: abort, or a stack buffer overrun)"),
            (0x8000_0003, "exception 0x80000003 (breakpoint)"),
            (0xC012_3456, "exception 0xc0123456"),
        ] {
            assert_eq!(describe(code), words);
        }
    }
}

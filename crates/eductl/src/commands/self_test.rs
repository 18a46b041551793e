//! `eductl self-test`: what a test machine runs. Every I/O control code, inputs that are wrong with the codes that
//! Windows has for them, many requests at once, and cancellation; in a few seconds.

use std::fmt;
use std::time::Duration;

use edu_interface::{
    INTERFACE_VERSION, INTERRUPT_FACTORIAL, IOCTL_EDU_FACTORIAL, IOCTL_EDU_GET_INFO,
    IOCTL_EDU_GET_STATISTICS, IOCTL_EDU_LIVENESS, IOCTL_EDU_RAISE_INTERRUPT, IOCTL_EDU_WAIT_INTERRUPT,
    READ_ACCESS, Reply, Request, ctl_code,
};
use serde::Serialize;
use zerocopy::IntoBytes;

use super::factorial::factorials;
use crate::Error;
use crate::code::Code;
use crate::device::{Device, FACTORIAL_WITHIN, SOON};
use crate::transport::{Access, Completed, Ticket, Transport};

/// How long a wait must stay pending to be sure that no interrupt was kept for it.
const PENDING: Duration = Duration::from_millis(200);
/// Interrupts of other programs that may come in between.
const MOST_TRIES: usize = 20;
/// A code that the driver does not know: of its device type, and of no function of its interface.
const UNKNOWN: u32 = ctl_code(edu_interface::DEVICE_TYPE, 0xfff, edu_interface::METHOD, READ_ACCESS);

/// What came of the checks.
#[derive(Debug, Serialize)]
pub struct SelfTest {
    schema: &'static str,
    passed: bool,
    checks: Vec<Check>,
}

#[derive(Debug, Serialize)]
struct Check {
    name: String,
    passed: bool,
    /// What was wrong, or what is worth knowing.
    detail: String,
}

/// A check ends the whole test only if the device goes or the connection ends.
type Checked = Result<Result<String, String>, Error>;

/// Runs every check.
///
/// # Errors
/// As [`Device::open`]; and the device goes, or the connection ends. What else is wrong is in the answer.
pub fn self_test(transport: &mut dyn Transport, path: &str) -> Result<SelfTest, Error> {
    let mut device = Device::open(transport, path, Access::ReadWrite)?;
    let mut checks = Vec::new();
    let mut check = |name: &str, checked: Checked| {
        let checked = match checked {
            Err(
                error @ (Error::Failed { .. }
                | Error::BadReply { .. }
                | Error::Wrong(_)
                | Error::NoAnswer { .. }),
            ) => Err(error.to_string()),
            checked => checked?,
        };
        let passed = checked.is_ok();
        let detail = checked.unwrap_or_else(|wrong| wrong);
        checks.push(Check { name: name.into(), passed, detail });
        Ok::<(), Error>(())
    };
    check("get info", info(&mut device))?;
    check("liveness", liveness(&mut device))?;
    check("factorials, all at once", several(&mut device))?;
    check("statistics count them", counted(&mut device))?;
    check("wait for an interrupt", interrupt(&mut device))?;
    check("cancel a wait", cancelled(&mut device))?;
    check("raise interrupts", raise(&mut device))?;
    for refused in refusals() {
        check(refused.name, refused.check(&mut device))?;
    }
    check("write access is needed", read_only(transport, path))?;
    check("a handle that is closed with requests", closed(transport, path))?;
    check("it still lives", liveness(&mut device))?;
    let passed = checks.iter().all(|check| check.passed);
    Ok(SelfTest { schema: "eductl.self-test.1", passed, checks })
}

fn holds(holds: bool, told: String) -> Result<String, String> {
    if holds { Ok(told) } else { Err(told) }
}

fn info(device: &mut Device) -> Checked {
    let info = device.info()?;
    let edu = info.identification & 0xffff == 0x00ed && info.reserved == 0;
    Ok(holds(edu && info.mapped_length == 0x80, format!("identification {:#010x}", info.identification)))
}

fn liveness(device: &mut Device) -> Checked {
    for value in [0, u32::MAX, 0x5a5a_a5a5, 0x1234_5678, 1] {
        let answer = device.live(value)?;
        if answer != !value {
            return Ok(Err(format!("{value:#010x} is answered with {answer:#010x}")));
        }
    }
    Ok(Ok(String::new()))
}

/// n!, as far as it goes: what an answer is held against is computed here.
fn factorial(n: u32) -> u32 {
    (1..=n).fold(1, u32::wrapping_mul)
}

fn several(device: &mut Device) -> Checked {
    let numbers: Vec<u32> = (0..=16).rev().collect();
    let results = factorials(device, &numbers)?.values();
    let wrong = results.iter().find(|(n, value)| *value != factorial(*n));
    Ok(wrong.map_or_else(
        || holds(results.len() == numbers.len(), format!("{} requests", results.len())),
        |(n, value)| Err(format!("{n}! is not {value}")),
    ))
}

fn counted(device: &mut Device) -> Checked {
    let before = device.statistics()?;
    factorials(device, &[5, 6, 7])?;
    let after = device.statistics()?;
    // Other programs may let it compute too.
    let more = after.factorials.saturating_sub(before.factorials);
    Ok(holds(more >= 3 && after.interrupts >= before.interrupts, format!("{more} more")))
}

/// A wait that no interrupt of the past ends.
fn pending_wait(device: &mut Device) -> Result<Option<Ticket>, Error> {
    for _ in 0..MOST_TRIES {
        let ticket = device.send_wait()?;
        match device.poll(ticket, PENDING)? {
            None => return Ok(Some(ticket)),
            Some(completed) => device.value("wait for an interrupt", &completed)?,
        };
    }
    Ok(None)
}

fn interrupt(device: &mut Device) -> Checked {
    let Some(ticket) = pending_wait(device)? else { return Ok(Err("interrupts do not end".into())) };
    let computed = device.send_factorial(4)?;
    let completed = device.wait("wait for an interrupt", ticket, SOON)?;
    let bits = device.value("wait for an interrupt", &completed)?;
    let completed = device.wait("factorial of 4", computed, FACTORIAL_WITHIN)?;
    let value = device.value("factorial of 4", &completed)?;
    Ok(holds(bits & INTERRUPT_FACTORIAL != 0 && value == 24, format!("bits {bits:#x}")))
}

fn cancelled(device: &mut Device) -> Checked {
    for _ in 0..MOST_TRIES {
        let Some(ticket) = pending_wait(device)? else { break };
        device.cancel(ticket)?;
        let completed = device.wait("the cancelled wait", ticket, SOON)?;
        // An interrupt may have been faster.
        if completed.code != Code::ERROR_SUCCESS {
            return Ok(expect(Code::ERROR_OPERATION_ABORTED, &completed));
        }
    }
    Ok(Err("interrupts do not end".into()))
}

/// Whether it may be raised is for the registry to say; a caller who may not is told so.
fn raise(device: &mut Device) -> Checked {
    let bits = 0x100;
    let raised = send(device, IOCTL_EDU_RAISE_INTERRUPT, Request::new(bits).as_bytes(), 0)?;
    match raised.code {
        Code::ERROR_ACCESS_DENIED => Ok(Ok("not enabled (EnableRaiseInterrupt)".into())),
        Code::ERROR_SUCCESS => {
            for _ in 0..MOST_TRIES {
                let ticket = device.send_wait()?;
                let completed = device.wait("wait for an interrupt", ticket, SOON)?;
                if device.value("wait for an interrupt", &completed)? & bits != 0 {
                    return Ok(Ok(format!("bits {bits:#x}")));
                }
            }
            Ok(Err("the bits did not come".into()))
        }
        code => Ok(Err(code.to_string())),
    }
}

fn send(device: &mut Device, code: u32, input: &[u8], output_length: usize) -> Result<Completed, Error> {
    let ticket = device.send(code, input, output_length)?;
    device.wait("a request", ticket, SOON)
}

fn expect(code: Code, completed: &Completed) -> Result<String, String> {
    if completed.code == code {
        Ok(code.to_string())
    } else {
        Err(format!("{} instead of {code}", completed.code))
    }
}

/// A request that is wrong.
struct Refused {
    name: &'static str,
    code: u32,
    input: Vec<u8>,
    output_length: usize,
    expected: Code,
}

impl Refused {
    fn check(&self, device: &mut Device) -> Checked {
        let completed = send(device, self.code, &self.input, self.output_length)?;
        if completed.code.says_gone() {
            return Err(device.failure(self.name, completed.code));
        }
        Ok(expect(self.expected, &completed).and_then(|told| holds(completed.output.is_empty(), told)))
    }
}

fn refusals() -> Vec<Refused> {
    const REPLY: usize = size_of::<Reply>();
    let good = Request::new(5).as_bytes().to_vec();
    let of_version = |version| Request { version, ..Request::new(5) }.as_bytes().to_vec();
    let reserved = Request { reserved: 1, ..Request::new(5) }.as_bytes().to_vec();
    let long = [&good[..], &[0]].concat();
    let refused = |name, code, input: &[u8], output_length, expected| Refused {
        name,
        code,
        input: input.to_vec(),
        output_length,
        expected,
    };
    let (short, wrong) = (Code::ERROR_INSUFFICIENT_BUFFER, Code::ERROR_INVALID_PARAMETER);
    vec![
        refused("an unknown code", UNKNOWN, &[], 0, Code::ERROR_INVALID_FUNCTION),
        refused("liveness without input", IOCTL_EDU_LIVENESS, &[], REPLY, short),
        refused("liveness with a short input", IOCTL_EDU_LIVENESS, &good[..7], REPLY, short),
        refused("liveness with a long input", IOCTL_EDU_LIVENESS, &long, REPLY, wrong),
        refused("liveness without output", IOCTL_EDU_LIVENESS, &good, 0, short),
        refused("liveness of version 0", IOCTL_EDU_LIVENESS, &of_version(0), REPLY, wrong),
        refused(
            "liveness of a later version",
            IOCTL_EDU_LIVENESS,
            &of_version(INTERFACE_VERSION + 1),
            REPLY,
            wrong,
        ),
        refused("liveness with a reserved field", IOCTL_EDU_LIVENESS, &reserved, REPLY, wrong),
        refused("a factorial with a short output", IOCTL_EDU_FACTORIAL, &good, REPLY - 1, short),
        refused("a factorial of another version", IOCTL_EDU_FACTORIAL, &of_version(2), REPLY, wrong),
        refused("info with an input", IOCTL_EDU_GET_INFO, &[0], 20, wrong),
        refused("info with a short output", IOCTL_EDU_GET_INFO, &[], 19, short),
        refused("statistics with a short output", IOCTL_EDU_GET_STATISTICS, &[], 39, short),
        refused("a wait with an input", IOCTL_EDU_WAIT_INTERRUPT, &good, REPLY, wrong),
        refused("a wait without output", IOCTL_EDU_WAIT_INTERRUPT, &[], 0, short),
        refused("raising with a short input", IOCTL_EDU_RAISE_INTERRUPT, &good[..4], 0, short),
    ]
}

/// The I/O manager itself refuses a request that needs more than its handle was opened for.
fn read_only(transport: &mut dyn Transport, path: &str) -> Checked {
    let mut device = Device::open(transport, path, Access::Read)?;
    let answer = device.live(3)?;
    let input = Request::new(3);
    let ticket = device.send(IOCTL_EDU_FACTORIAL, input.as_bytes(), size_of::<Reply>())?;
    let completed = device.wait("factorial of 3", ticket, FACTORIAL_WITHIN)?;
    Ok(expect(Code::ERROR_ACCESS_DENIED, &completed).and_then(|told| holds(answer == !3, told)))
}

/// What is pending on a handle when it is closed is cancelled; the device goes on for others.
fn closed(transport: &mut dyn Transport, path: &str) -> Checked {
    let mut device = Device::open(transport, path, Access::ReadWrite)?;
    for n in 0..4 {
        device.send_wait()?;
        device.send_factorial(n)?;
    }
    drop(device);
    Ok(Ok(String::new()))
}

impl SelfTest {
    /// Whether every check passed.
    pub fn passed(&self) -> bool {
        self.passed
    }
}

impl fmt::Display for SelfTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.checks.iter().map(|check| check.name.len()).max().unwrap_or_default();
        for Check { name, passed, detail } in &self.checks {
            let verdict = if *passed { "ok    " } else { "FAILED" };
            writeln!(f, "{}", format!("{verdict}  {name:<width$}  {detail}").trim_end())?;
        }
        let failed = self.checks.iter().filter(|check| !check.passed).count();
        match failed {
            0 => writeln!(f, "PASS: {} checks", self.checks.len()),
            _ => writeln!(f, "FAIL: {failed} of {} checks", self.checks.len()),
        }
    }
}

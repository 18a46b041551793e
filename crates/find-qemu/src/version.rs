//! Which QEMU it is.

use std::fmt;

/// The oldest QEMU that will do: the one that the host was tried with.
pub const OLDEST: Version = Version { major: 7, minor: 2 };

/// The first two numbers of QEMU's version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u32,
    minor: u32,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl Version {
    /// From what `--version` prints first: `QEMU emulator version 7.2.22 (Debian ...)`. `None`: that is no QEMU.
    pub fn parse(line: &str) -> Option<Self> {
        let numbers = line.strip_prefix("QEMU emulator version ")?.split_whitespace().next()?;
        let mut numbers = numbers.split('.').map(|number| number.parse().ok());
        Some(Self { major: numbers.next()??, minor: numbers.next()?? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_compared() {
        let debian = Version::parse("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)");
        assert_eq!(debian, Some(OLDEST));
        assert!(Version::parse("QEMU emulator version 10.0.0").unwrap() > OLDEST);
        assert!(Version::parse("QEMU emulator version 6.99.1").unwrap() < OLDEST);
        for line in
            ["", "QEMU emulator version", "QEMU emulator version x.y", "QEMU emulator version 7", "qemu 7.2"]
        {
            assert_eq!(Version::parse(line), None, "{line:?}");
        }
    }
}

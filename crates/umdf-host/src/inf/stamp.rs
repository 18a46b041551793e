//! What stampinf makes of an INX (Microsoft Learn, "Stampinf Command Options").

use super::check::is_driver_ver;
use super::error::InfError;
use super::install::STAMPED_VERSION;
use super::parse::{Inf, decode, same};
use super::target::Architecture;

/// Replaces the variables of an INX.
pub(super) fn replace_variables(text: &str, architecture: &str, umdf_version: &str) -> String {
    text.replace("$ARCH$", architecture).replace("$UMDFVERSION$", umdf_version)
}

/// The INF that stampinf makes of an INX for the framework of this host: variables replaced, and `DriverVer`
/// written. It is UTF-16 LE with a byte order mark, which Windows reads with any character in it.
///
/// `driver_ver` is `mm/dd/yyyy,w.x.y.z`.
///
/// # Errors
/// [`InfError`] if it is no INX, or no DriverVer.
pub fn stamp(inx: &[u8], architecture: Architecture, driver_ver: &str) -> Result<Vec<u8>, InfError> {
    let (date, version) = driver_ver.split_once(',').unwrap_or((driver_ver, ""));
    let directive = format!("DriverVer = {driver_ver}");
    if !is_driver_ver(Some(date.trim()), Some(version.trim())) {
        let advice = "write mm/dd/yyyy,w.x.y.z with numbers up to 65535".to_owned();
        return Err(InfError::BadEntry { line: 1, text: directive, advice });
    }
    Inf::parse(inx)?
        .section("Version")
        .ok_or(InfError::NoSuchSection { section: "Version".into(), advice: "DriverVer stands there" })?;
    let text = replace_variables(&decode(inx)?, architecture.name(), STAMPED_VERSION);
    let text = with_driver_ver(&text, &directive);
    Ok([0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect())
}

/// Puts the directive below the first header of `[Version]`, and takes away the one that is there.
fn with_driver_ver(text: &str, directive: &str) -> String {
    let mut lines = Vec::new();
    let (mut in_version, mut put) = (false, false);
    for line in text.lines() {
        let header = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'));
        if let Some((name, _)) = header {
            in_version = same(name.trim(), "Version");
        }
        let key = line.split_once('=').map_or("", |(key, _)| key.trim());
        if !(in_version && same(key, "DriverVer")) {
            lines.push(line);
        }
        if in_version && !put {
            lines.push(directive);
            put = true;
        }
    }
    lines.into_iter().flat_map(|line| [line, "\r\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inf::check::{Stage, check};
    use crate::inf::{Installation, TargetOs};

    const INX: &[u8] = include_bytes!("../../../../inf/edu_umdf.inx");
    const DRIVER_VER: &str = "11/25/2026,0.1.0.0";

    #[test]
    fn the_stamped_inf_is_clean_and_installs_what_the_inx_installs() {
        let inf = stamp(INX, Architecture::Amd64, DRIVER_VER).unwrap();
        assert_eq!(inf[..2], [0xff, 0xfe]);
        assert_eq!(check(&inf, Stage::Inf), []);
        let plan = |bytes: &[u8]| {
            let ids = [r"PCI\VEN_1234&DEV_11E8".to_owned()];
            Installation::plan(&Inf::parse(bytes).unwrap(), &ids, &[], TargetOs::WINDOWS_11)
        };
        assert_eq!(plan(&inf), plan(INX));
        let version = Inf::parse(&inf).unwrap();
        let version = version.section("Version").unwrap();
        assert_eq!(version.one("DriverVer").unwrap().unwrap().values, ["11/25/2026", "0.1.0.0"]);
    }

    #[test]
    fn an_old_driver_ver_goes() {
        let old = "[Version]\r\nDriverVer = 01/01/2000,1.0.0.0\nSignature = x\n[Other]\nDriverVer = 1\n";
        let new = stamp(old.as_bytes(), Architecture::Arm64, DRIVER_VER).unwrap();
        let new = decode(&new).unwrap();
        let expected =
            "[Version]\r\nDriverVer = 11/25/2026,0.1.0.0\r\nSignature = x\r\n[Other]\r\nDriverVer = 1\r\n";
        assert_eq!(new, expected);
    }

    #[test]
    fn what_cannot_be_stamped_is_refused() {
        for driver_ver in ["", "11/25/2026", "25/11/2026,1.0.0.0", "11/25/2026,1.0.0", "11/25/2026,1.0.0.+1"]
        {
            let error = stamp(INX, Architecture::Amd64, driver_ver).unwrap_err().to_string();
            assert!(error.contains("mm/dd/yyyy"), "{error}");
        }
        assert!(stamp(b"[Other]\n", Architecture::Amd64, DRIVER_VER).is_err());
        assert!(stamp(b"\xff", Architecture::Amd64, DRIVER_VER).is_err());
    }
}

//! This repository's own INF.

use std::path::Path;

use crate::bus::EduDevice;
use crate::inf::{Inf, Installation, TargetOs};

/// Names below the device are checked too (wdm.h).
const FILE_DEVICE_SECURE_OPEN: u32 = 0x100;

#[test]
fn the_inf_of_this_repository_installs_on_edu() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../inf/edu_umdf.inx");
    let inf = Inf::parse(&std::fs::read(path).unwrap()).unwrap();
    let identity = EduDevice::IDENTITY;

    for (build, install_section) in [(22631, "Edu_W11.NT"), (19045, "Edu_W10.NT")] {
        let os = TargetOs { build, ..TargetOs::WINDOWS_11 };
        let installed =
            Installation::plan(&inf, &identity.hardware_ids(), &identity.compatible_ids(), os).unwrap();

        assert_eq!(installed.install_section, install_section);
        assert_eq!(installed.driver_file, "edu_umdf.dll");
        assert_eq!(installed.matched_id, r"PCI\VEN_1234&DEV_11E8");
        assert_eq!(installed.library_version.to_string(), "2.15.0");
        assert!(installed.directives.direct_hardware_access);
        // docs/security.md says who may open the device.
        assert_eq!(installed.security.as_deref(), Some("D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;UD)"));
        assert_eq!(installed.device_characteristics, FILE_DEVICE_SECURE_OPEN);
    }
}

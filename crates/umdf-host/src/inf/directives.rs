//! The WDF section of a device (Microsoft Learn, "Specifying WDF Directives in INF Files").

use serde::{Deserialize, Serialize};

use super::error::InfError;
use super::parse::{Entry, Section, same};

/// Longest UMDF service name.
const MAX_SERVICE_NAME: usize = 31;

/// `UmdfXxx` directives of a device. The default is what Windows takes when a directive is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WdfDirectives {
    /// `UmdfDirectHardwareAccess` is `AllowDirectHardwareAccess`: registers, ports and interrupts.
    pub direct_hardware_access: bool,
    /// `UmdfRegisterAccessMode`.
    pub register_access_mode: RegisterAccessMode,
    /// `UmdfHostProcessSharing`.
    pub host_process_sharing: HostProcessSharing,
    /// `UmdfFileObjectPolicy`.
    pub file_object_policy: FileObjectPolicy,
    /// `UmdfFsContextUsePolicy`.
    pub fs_context_use_policy: FsContextUsePolicy,
    /// `UmdfKernelModeClientPolicy` is `AllowKernelModeClients`.
    pub kernel_mode_clients: bool,
    /// `UmdfMethodNeitherAction`.
    pub method_neither: MethodNeitherAction,
    /// `UmdfImpersonationLevel`.
    pub impersonation_level: ImpersonationLevel,
    /// `UmdfHostPriority` is `PriorityHigh`.
    pub high_host_priority: bool,
}

/// How the framework reaches registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterAccessMode {
    /// `RegisterAccessUsingSystemCall`: every access is a call to the reflector.
    #[default]
    SystemCall,
    /// `RegisterAccessUsingUserModeMapping`: the registers are mapped into the host process.
    UserModeMapping,
}

/// Whether devices share a host process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HostProcessSharing {
    /// `ProcessSharingEnabled`.
    #[default]
    Enabled,
    /// `ProcessSharingDisabled`.
    Disabled,
}

/// What happens to requests without a known file object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileObjectPolicy {
    /// `RejectNullAndUnknownFileObjects`.
    #[default]
    RejectNullAndUnknown,
    /// `AllowNullAndUnknownFileObjects`.
    AllowNullAndUnknown,
}

/// Which context field of a file object the reflector may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FsContextUsePolicy {
    /// `CanUseFsContext`.
    #[default]
    FsContext,
    /// `CanUseFsContext2`.
    FsContext2,
    /// `CannotUseFsContexts`.
    Neither,
}

/// What happens to requests with a METHOD_NEITHER code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MethodNeitherAction {
    /// `Reject`: they fail before the driver sees them.
    #[default]
    Reject,
    /// `Copy`: they are delivered as buffered requests.
    Copy,
}

/// Highest impersonation level that the driver can ask for, lowest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ImpersonationLevel {
    /// `Anonymous`.
    Anonymous,
    /// `Identification`.
    #[default]
    Identification,
    /// `Impersonation`.
    Impersonation,
    /// `Delegation`.
    Delegation,
}

/// What a WDF section says.
pub(super) struct WdfSection<'a> {
    pub directives: WdfDirectives,
    /// Name of the UMDF service.
    pub service: &'a str,
    /// Name of its install section.
    pub service_section: &'a str,
    /// The `UmdfService` entry.
    pub service_entry: &'a Entry,
}

/// Reads a WDF section. A directive given twice or unknown is an error, because Windows would take
/// its default in silence.
pub(super) fn read_wdf_section(section: &Section) -> Result<WdfSection<'_>, InfError> {
    let mut directives = WdfDirectives::default();
    for entry in &section.entries {
        let key = entry.key.as_deref().unwrap_or_default();
        section.one(key)?;
        match key.to_ascii_lowercase().as_str() {
            // Read below.
            "umdfservice" | "umdfserviceorder" => {}
            "umdfdirecthardwareaccess" => {
                directives.direct_hardware_access = choose(
                    entry,
                    [
                        ("RejectDirectHardwareAccess", false),
                        ("AllowDirectHardwareAccess", true),
                        // Of later versions: the framework of 2.15 takes what it does not know for no.
                        ("AllowDirectHardwareAccessAndDma", false),
                    ],
                )?;
            }
            "umdfregisteraccessmode" => {
                directives.register_access_mode = choose(
                    entry,
                    [
                        ("RegisterAccessUsingSystemCall", RegisterAccessMode::SystemCall),
                        ("RegisterAccessUsingUserModeMapping", RegisterAccessMode::UserModeMapping),
                    ],
                )?;
            }
            "umdfhostprocesssharing" => {
                directives.host_process_sharing = choose(
                    entry,
                    [
                        ("ProcessSharingEnabled", HostProcessSharing::Enabled),
                        ("ProcessSharingDisabled", HostProcessSharing::Disabled),
                    ],
                )?;
            }
            "umdffileobjectpolicy" => {
                directives.file_object_policy = choose(
                    entry,
                    [
                        ("RejectNullAndUnknownFileObjects", FileObjectPolicy::RejectNullAndUnknown),
                        ("AllowNullAndUnknownFileObjects", FileObjectPolicy::AllowNullAndUnknown),
                    ],
                )?;
            }
            "umdffscontextusepolicy" => {
                directives.fs_context_use_policy = choose(
                    entry,
                    [
                        ("CanUseFsContext", FsContextUsePolicy::FsContext),
                        ("CanUseFsContext2", FsContextUsePolicy::FsContext2),
                        ("CannotUseFsContexts", FsContextUsePolicy::Neither),
                    ],
                )?;
            }
            "umdfkernelmodeclientpolicy" => {
                directives.kernel_mode_clients =
                    choose(entry, [("RejectKernelModeClients", false), ("AllowKernelModeClients", true)])?;
            }
            "umdfmethodneitheraction" => {
                directives.method_neither = choose(
                    entry,
                    [("Reject", MethodNeitherAction::Reject), ("Copy", MethodNeitherAction::Copy)],
                )?;
            }
            "umdfimpersonationlevel" => {
                directives.impersonation_level = choose(
                    entry,
                    [
                        ("Anonymous", ImpersonationLevel::Anonymous),
                        ("Identification", ImpersonationLevel::Identification),
                        ("Impersonation", ImpersonationLevel::Impersonation),
                        ("Delegation", ImpersonationLevel::Delegation),
                    ],
                )?;
            }
            "umdfhostpriority" => directives.high_host_priority = choose(entry, [("PriorityHigh", true)])?,
            "umdfdispatcher" => {
                return Err(InfError::bad(
                    entry,
                    "a PCI device keeps the default dispatcher: remove this line",
                ));
            }
            _ => {
                return Err(InfError::UnknownDirective {
                    line: entry.line,
                    key: entry.to_string(),
                    section: section.name.clone(),
                });
            }
        }
    }
    let (service, service_section, service_entry) = read_service(section)?;
    Ok(WdfSection { directives, service, service_section, service_entry })
}

/// `UmdfService = name, section` and the order that must repeat the name.
fn read_service(section: &Section) -> Result<(&str, &str, &Entry), InfError> {
    let entry = section.require("UmdfService", "add UmdfService = name, section")?;
    let (Some(service), Some(service_section), 2) = (entry.value(0), entry.value(1), entry.values.len())
    else {
        return Err(InfError::bad(entry, "write UmdfService = name, section"));
    };
    if service.chars().count() > MAX_SERVICE_NAME {
        return Err(InfError::bad(
            entry,
            format!("a service name has at most {MAX_SERVICE_NAME} characters"),
        ));
    }
    let order = section.require("UmdfServiceOrder", "add UmdfServiceOrder = name of the service")?;
    if !same(order.single()?, service) {
        return Err(InfError::bad(order, format!("the one UMDF service of the device is {service}")));
    }
    Ok((service, service_section, entry))
}

fn choose<T: Copy, const N: usize>(entry: &Entry, choices: [(&str, T); N]) -> Result<T, InfError> {
    let value = entry.single()?;
    let choice = choices.iter().find(|(name, _)| same(name, value));
    choice.map(|(_, choice)| *choice).ok_or_else(|| {
        let names = choices.map(|(name, _)| name).join(" or ");
        InfError::bad(entry, format!("the value is {names}"))
    })
}

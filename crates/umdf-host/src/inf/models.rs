//! Which models entry fits the device (Microsoft Learn, "INF Models Section", "How Windows Ranks
//! Drivers").

use super::error::InfError;
use super::parse::{Entry, same};
use super::target::Models;

/// A models entry that fits the device.
#[derive(Debug)]
pub(super) struct Match<'a> {
    /// `device description = install section, IDs`.
    pub entry: &'a Entry,
    /// Description of the device.
    pub description: &'a str,
    /// Name of the install section, without decoration.
    pub install_section: &'a str,
    /// The device's ID that matched.
    pub id: &'a str,
    /// Name of the manufacturer.
    pub manufacturer: &'a str,
}

/// Lower is better: which list of the device holds the ID, whether the INF has it as a hardware ID,
/// position in the device's list, position in the entry.
type Rank = (u8, usize, usize);

/// The best match; among equals the first in the file.
pub(super) fn best_match<'a>(
    models: &[Models<'a>],
    hardware_ids: &'a [String],
    compatible_ids: &'a [String],
) -> Result<Match<'a>, InfError> {
    let mut best: Option<(Rank, Match<'a>)> = None;
    let entries =
        models.iter().flat_map(|of| of.section.entries.iter().map(|entry| (of.manufacturer, entry)));
    for (manufacturer, entry) in entries {
        let (Some(description), Some(install_section), Some(_)) =
            (&entry.key, entry.value(0), entry.value(1))
        else {
            return Err(InfError::bad(entry, "write description = install section, hardware ID"));
        };
        let Some((rank, id)) = best_rank(&entry.values[1..], hardware_ids, compatible_ids) else { continue };
        if best.as_ref().is_none_or(|(lowest, _)| rank < *lowest) {
            best = Some((rank, Match { entry, description, install_section, id, manufacturer }));
        }
    }
    best.map(|(_, found)| found).ok_or_else(|| InfError::DeviceNotSupported {
        sections: join(models.iter().map(|models| format!("[{}]", models.section.name))),
        ids: join(hardware_ids.iter().chain(compatible_ids).cloned()),
    })
}

fn best_rank<'a>(
    offered: &[String],
    hardware_ids: &'a [String],
    compatible_ids: &'a [String],
) -> Option<(Rank, &'a str)> {
    let mut ranks = Vec::new();
    // The first ID of an entry is a hardware ID, those behind it are compatible ones.
    for (position, offer) in offered.iter().enumerate() {
        let by_compatible = u8::from(position > 0);
        for (list, ids) in [(0, hardware_ids), (2, compatible_ids)] {
            let found = ids.iter().enumerate().find(|(_, id)| same(id, offer));
            ranks.extend(found.map(|(index, id)| ((list + by_compatible, index, position), id.as_str())));
        }
    }
    ranks.into_iter().min()
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

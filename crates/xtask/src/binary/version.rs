//! The version resource (Microsoft Learn, "VS_VERSIONINFO structure", "VS_FIXEDFILEINFO structure").

use anyhow::{Context, Result, ensure};
use object::LittleEndian;
use object::pe::RT_VERSION;
use object::read::pe::{PeFile64, ResourceDirectoryEntryData, ResourceNameOrId};

/// Length of what stands before VS_FIXEDFILEINFO: three numbers, the name, and the way to the next multiple of 4.
const HEADER: usize = 40;
/// `VS_FIXEDFILEINFO.dwSignature`.
const SIGNATURE: u32 = 0xfeef_04bd;

/// Checks that the file's version is the package's, which has three numbers.
pub fn check(file: &PeFile64, package: &str) -> Result<()> {
    let resource = resource(file)?.context("it has no version resource")?;
    let version = file_version(resource).context("its version resource has no VS_FIXEDFILEINFO")?;
    ensure!(version == format!("{package}.0"), "its file version is {version}, the package's is {package}");
    Ok(())
}

/// The first version resource.
fn resource<'a>(file: &PeFile64<'a>) -> Result<Option<&'a [u8]>> {
    let damaged = "its resources are damaged";
    let sections = file.section_table();
    let directory = file.data_directories().resource_directory(file.data(), &sections).context(damaged)?;
    let Some(directory) = directory else { return Ok(None) };
    let root = directory.root().context(damaged)?;
    let of_kind = |id: ResourceNameOrId| matches!(id, ResourceNameOrId::Id(RT_VERSION));
    let Some(mut entry) = root.entries.iter().find(|entry| of_kind(entry.name_or_id())) else {
        return Ok(None);
    };
    // By kind, by name, by language; then comes the place of the data.
    for _ in 0..3 {
        match entry.data(directory).context(damaged)? {
            ResourceDirectoryEntryData::Table(table) => entry = table.entries.first().context(damaged)?,
            ResourceDirectoryEntryData::Data(data) => {
                let (start, size) = (data.offset_to_data.get(LittleEndian), data.size.get(LittleEndian));
                let bytes = sections.pe_data_at(file.data(), start).context(damaged)?;
                return Ok(Some(bytes.get(..size as usize).context(damaged)?));
            }
        }
    }
    Ok(None)
}

/// `dwFileVersionMS` and `dwFileVersionLS` as four numbers.
fn file_version(resource: &[u8]) -> Option<String> {
    let word = |index: usize| {
        let bytes = resource.get(HEADER + 4 * index..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*bytes))
    };
    let (signature, high, low) = (word(0)?, word(2)?, word(3)?);
    let version = format!("{}.{}.{}.{}", high >> 16, high & 0xffff, low >> 16, low & 0xffff);
    (signature == SIGNATURE).then_some(version)
}

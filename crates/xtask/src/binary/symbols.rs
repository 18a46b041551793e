//! Whether a PDB belongs to an image, and names lines of code.
//!
//! Sources: Microsoft Learn, "PE Format", "Debug Type"; "Matching symbol names".

use std::io::Cursor;

use anyhow::{Context, Result, ensure};
use object::Object;
use object::read::pe::PeFile64;
use pdb2::{FallibleIterator, PDB};

/// Checks that the PDB is the image's, and that it has lines of a source file.
pub fn check_symbols(file: &PeFile64, pdb: &[u8], source: &str) -> Result<()> {
    let wanted = file.pdb_info().context("its debug directory is damaged")?.context("it names no PDB")?;
    let mut pdb = PDB::open(Cursor::new(pdb)).context("the PDB is damaged")?;
    // The first three fields are stored as numbers, with the low byte first.
    let made = pdb.pdb_information().context("the PDB says not what it is for")?.guid.to_bytes_le();
    ensure!(
        made == wanted.guid(),
        "the PDB is of another build: its GUID is {made:02x?}, and the DLL wants {:02x?}",
        wanted.guid()
    );
    ensure!(has_lines(&mut pdb, source).context("the PDB is damaged")?, "the PDB has no lines of {source}");
    Ok(())
}

/// Whether some module of the PDB has lines, and the source file among its own.
fn has_lines<'a>(pdb: &mut PDB<'a, Cursor<&'a [u8]>>, source: &str) -> pdb2::Result<bool> {
    let names = pdb.string_table()?;
    let debug = pdb.debug_information()?;
    let mut modules = debug.modules()?;
    while let Some(module) = modules.next()? {
        let Some(module) = pdb.module_info(&module)? else { continue };
        let program = module.line_program()?;
        if program.lines().next()?.is_none() {
            continue;
        }
        let mut files = program.files();
        while let Some(file) = files.next()? {
            let name = names.get(file.name)?.to_string().replace('\\', "/");
            if name.ends_with(&format!("/{source}")) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

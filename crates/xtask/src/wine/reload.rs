//! The driver, loaded and unloaded again and again in one process (`crates/reload`).

use anyhow::ensure;

use super::prefix::{RUN, finish, windows_path};
use super::{Bench, Found};

/// How the line ends that `reload` prints if all went well.
const RELOADED: &str = "no provider left";

/// Has the driver loaded and unloaded in one process.
pub fn again(bench: &Bench) -> Found {
    let mut command = bench.prefix.command(&bench.windows.reload);
    command.arg(windows_path(&bench.windows.driver));
    let finished = finish(&mut command, &bench.folder.join("reload"), RUN)?;
    let told = finished.output.trim_end();
    ensure!(
        finished.status.success() && told.lines().count() == 1 && told.ends_with(RELOADED),
        "the driver does not survive being unloaded and loaded again ({}):\n{}{}",
        finished.status,
        finished.output,
        finished.errors
    );
    Ok(Ok(format!("The driver can be unloaded and loaded again: {told}")))
}

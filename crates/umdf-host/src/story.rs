//! A report as a story for the terminal.

use std::fmt;

use crate::report::{End, Mapping, Outcome, Report};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.scenario)?;
        section(f, "Installed", &self.installed)?;
        section(f, "Resources (translated)", &self.resources)?;
        section(f, "Callbacks", &self.callback_lines())?;
        section(f, "Registers", &self.register_lines())?;
        let ioctls = self.ioctls.iter().map(|ioctl| {
            let bytes = if ioctl.output.is_empty() { String::from("no bytes") } else { ioctl.output.clone() };
            (ioctl.name.clone(), format!("{}, {bytes}", ioctl.status))
        });
        section(f, "I/O control requests", &columns(ioctls))?;
        let several = self.pnp.iter().any(|pnp| pnp.device > Some(0));
        let pnp = self.pnp.iter().map(|pnp| match pnp.device.filter(|_| several) {
            Some(device) => (format!("{}, device {device}", pnp.request), pnp.status.clone()),
            None => (pnp.request.clone(), pnp.status.clone()),
        });
        section(f, "PnP requests", &columns(pnp))?;
        section(f, "Devices that do not work", &self.problem_lines())?;
        section(f, "Notes", &self.notes)?;
        section(f, "Expectations missed", &self.missed)?;
        for violation in &self.violations {
            section(f, "Last events", &violation.history)?;
            writeln!(f, "\nRule broken: {}\n  {}", violation.rule, violation.message)?;
        }
        if self.violations.is_empty() {
            section(f, "Last events", &self.history)?;
        }
        writeln!(f, "\n{}", self.verdict())
    }
}

fn section(f: &mut fmt::Formatter<'_>, title: &str, lines: &[String]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{title}")?;
    lines.iter().try_for_each(|line| writeln!(f, "  {line}"))
}

/// Two columns, the first as wide as its longest text.
fn columns(rows: impl Iterator<Item = (String, String)>) -> Vec<String> {
    const LEAST: usize = 24;
    let rows: Vec<_> = rows.collect();
    let width = rows.iter().map(|(first, _)| first.len()).fold(LEAST, usize::max);
    rows.into_iter().map(|(first, second)| format!("{first:<width$} {second}")).collect()
}

impl Report {
    fn callback_lines(&self) -> Vec<String> {
        let line = |callback: &crate::report::Callback| {
            let call = format!("{}({})", callback.name, callback.object);
            match callback.result.as_deref() {
                None => format!("{call:<48} did not return"),
                Some("") => call,
                Some(result) => format!("{call:<48} {result}"),
            }
        };
        self.callback_results.iter().map(line).collect()
    }

    fn problem_lines(&self) -> Vec<String> {
        let line = |device: &crate::report::Device| {
            device.problem.as_ref().map(|problem| format!("device {}: {problem}", device.device))
        };
        self.devices.iter().filter_map(line).collect()
    }

    fn register_lines(&self) -> Vec<String> {
        let lines = |verb: &str, ranges: &[Mapping]| -> Vec<String> {
            ranges
                .iter()
                .map(|range| format!("{verb} {:#x} bytes at {:#x}", range.length, range.physical))
                .collect()
        };
        let mut all = lines("mapped  ", &self.mapped);
        all.push(format!("{} reads, {} writes", self.register_reads, self.register_writes));
        all.extend(lines("unmapped", &self.unmapped));
        all
    }

    fn verdict(&self) -> String {
        if self.result == Outcome::Pass {
            return "PASS: every expectation met, no rule broken".into();
        }
        let why = match &self.end {
            End::Finished => String::new(),
            End::Violation => "; the worker was ended, as Windows would end the host".into(),
            End::Ended { reason } => format!("; the host could not go on: {reason}"),
            End::Died { how } => format!("; the worker died: {how}"),
            End::Hung { what } => format!("; the worker hung and was ended: {what}"),
        };
        format!(
            "FAIL: {} rule(s) broken, {} expectation(s) missed{why}",
            self.violations.len(),
            self.missed.len()
        )
    }
}

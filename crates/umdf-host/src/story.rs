//! A report as a story for the terminal.

use std::fmt;

use crate::report::{Callback, Device, End, Host, Mapping, Outcome, Report};

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
        let pnp = self.pnp.iter().map(|pnp| {
            let device = pnp.device.filter(|_| several).map(|device| format!(", device {device}"));
            let request = self.before(&pnp.host) + &pnp.request + &device.unwrap_or_default();
            (request, pnp.status.clone())
        });
        section(f, "PnP requests", &columns(pnp))?;
        section(f, "Notes", &self.notes)?;
        section(f, "Host processes", &self.host_lines())?;
        section(f, "Devices with a problem", &self.problem_lines())?;
        section(f, "Expectations missed", &self.missed)?;
        for violation in &self.violations {
            section(f, &format!("Last events{}", self.of(&violation.host)), &violation.history)?;
            writeln!(f, "\nRule broken: {}\n  {}", violation.rule, violation.message)?;
        }
        let broke_no_rule =
            |host: &&Host| self.violations.iter().all(|violation| violation.host != host.name);
        for host in self.hosts.iter().filter(broke_no_rule) {
            section(f, &format!("Last events{}", self.of(&host.name)), &host.history)?;
        }
        writeln!(f, "\n{}", self.verdict())
    }
}

/// How a host process ended.
fn ending(end: &End) -> String {
    match end {
        End::Finished => "finished".into(),
        End::Violation => "the worker was ended, as Windows would end the host".into(),
        End::Ended { reason } => format!("the host could not go on: {reason}"),
        End::Died { how } => format!("the worker died: {how}"),
        End::Hung { what } => format!("the worker hung and was ended: {what}"),
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
    /// Only then their names say something.
    fn has_several_hosts(&self) -> bool {
        self.hosts.len() > 1
    }

    /// Which host process a section is about.
    fn of(&self, host: &str) -> String {
        if self.has_several_hosts() { format!(" of {host}") } else { String::new() }
    }

    /// Which host process a line is about.
    fn before(&self, host: &str) -> String {
        if self.has_several_hosts() { format!("{host} ") } else { String::new() }
    }

    fn host_lines(&self) -> Vec<String> {
        if !self.has_several_hosts() {
            return Vec::new();
        }
        columns(self.hosts.iter().map(|host| {
            let devices: Vec<_> = host.devices.iter().map(|device| format!("device {device}")).collect();
            (format!("{}: {}", host.name, devices.join(", ")), ending(&host.end))
        }))
    }

    fn problem_lines(&self) -> Vec<String> {
        let problem = |device: &Device| {
            Some((format!("device {}", device.device), device.problem.as_ref()?.to_string()))
        };
        columns(self.devices.iter().filter_map(problem))
    }

    fn callback_lines(&self) -> Vec<String> {
        let line = |callback: &Callback| {
            let call = format!("{}{}({})", self.before(&callback.host), callback.name, callback.object);
            match callback.result.as_deref() {
                None => format!("{call:<48} did not return"),
                Some("") => call,
                Some(result) => format!("{call:<48} {result}"),
            }
        };
        self.callback_results.iter().map(line).collect()
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
        let unfinished = self.hosts.iter().filter(|host| host.end != End::Finished).count();
        let why = match (&self.end, unfinished) {
            (End::Finished, _) => String::new(),
            (end, 1) => format!("; {}", ending(end)),
            (_, several) => format!("; {several} host processes ended before their time"),
        };
        format!(
            "FAIL: {} rule(s) broken, {} expectation(s) missed{why}",
            self.violations.len(),
            self.missed.len()
        )
    }
}

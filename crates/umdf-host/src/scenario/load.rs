//! Reads and checks scenario files.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use thiserror::Error;
use toml::{Spanned, Table, Value};

use super::{Device, Ioctl, Poke, Read, Scenario, Step, Write};
use crate::bus::PciBus;
use crate::failing::FailingCall;
use crate::failing::table::statuses;
use crate::ioctl::Names;
use crate::schedule::Plan;
use crate::status;

/// Why a scenario cannot be used.
#[derive(Debug, Error)]
pub enum ScenarioError {
    /// The file cannot be read.
    #[error("cannot read the scenario {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The text is no scenario.
    #[error("{}, line {line}: {message}", path.display())]
    Text {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
}

/// The file, with places for messages. Steps stay raw at first: an error in a tagged enum has no place
/// of its own.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    title: String,
    seed: Option<u64>,
    preemptions: Option<u32>,
    #[serde(default)]
    any_status: bool,
    device: Spanned<Devices>,
    #[serde(default)]
    ioctls: Names,
    #[serde(default)]
    fail: Vec<Spanned<FailingCall>>,
    #[serde(default)]
    step: Vec<Spanned<Table>>,
}

/// One `[device]` table or several `[[device]]` tables.
struct Devices(Vec<Spanned<Device>>);

impl<'de> Deserialize<'de> for Devices {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tables;

        impl<'de> Visitor<'de> for Tables {
            type Value = Devices;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("one [device] table or several [[device]] tables")
            }

            fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Devices, A::Error> {
                let device = Device::deserialize(MapAccessDeserializer::new(table))?;
                Ok(Devices(vec![Spanned::new(0..0, device)]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut tables: A) -> Result<Devices, A::Error> {
                let mut devices = Vec::new();
                while let Some(device) = tables.next_element()? {
                    devices.push(device);
                }
                Ok(Devices(devices))
            }
        }

        deserializer.deserialize_any(Tables)
    }
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// [`ScenarioError`] if the file cannot be read, or as [`parse`](Self::parse).
    pub fn load(path: &Path) -> Result<Self, ScenarioError> {
        let text =
            fs::read_to_string(path).map_err(|error| ScenarioError::Read { path: path.to_owned(), error })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a scenario. `path` is for messages only.
    ///
    /// # Errors
    /// [`ScenarioError`] names the line that makes no sense.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ScenarioError> {
        let fail = |(span, message): Problem| ScenarioError::Text {
            path: path.to_owned(),
            line: 1 + text.get(..span.start).map_or(0, |before| before.matches('\n').count()),
            message,
        };
        let file: File = toml::from_str(text)
            .map_err(|error| fail((error.span().unwrap_or_default(), error.message().to_owned())))?;
        let (place, Devices(devices)) = (file.device.span(), file.device.into_inner());
        // A single table has no place of its own.
        let at = |device: &Spanned<Device>| if devices.len() == 1 { place.clone() } else { device.span() };
        if devices.is_empty() {
            return Err(fail((place, "nothing sits in the slots: add a [device] table".into())));
        }
        let mut bus = PciBus::default();
        for (number, device) in devices.iter().enumerate() {
            let slot = device.get_ref().slot(number);
            let plugged = device.get_ref().outline_into(&mut bus, slot);
            plugged.map_err(|error| fail((at(device), error.to_string())))?;
        }
        let devices: Vec<_> = devices.into_iter().map(Spanned::into_inner).collect();
        let steps = read_steps(file.step, &devices, &file.ioctls).map_err(fail)?;
        let failing = read_failing(file.fail).map_err(fail)?;
        if file.preemptions.is_some() && file.seed.is_none() {
            return Err(fail((0..0, "preemptions limit what a seed chooses: add a seed".into())));
        }
        let plan = file.seed.map(|seed| Plan { seed, preemptions: file.preemptions });
        let File { title, ioctls, any_status, .. } = file;
        Ok(Self { title, devices, ioctls, plan, any_status, failing, steps })
    }
}

/// Where in the text, and what.
type Problem = (Range<usize>, String);

fn read_failing(calls: Vec<Spanned<FailingCall>>) -> Result<Vec<FailingCall>, Problem> {
    let check = |call: Spanned<FailingCall>| {
        let (span, call) = (call.span(), call.into_inner());
        let may = statuses(&call.function);
        if may.contains(&call.status.0) {
            return Ok(call);
        }
        let function = &call.function;
        let may: Vec<_> = may.iter().map(|status| status::describe(*status)).collect();
        let message = if may.is_empty() {
            format!("{function} is no framework function that may fail: name another")
        } else {
            format!("{function} may fail with {} only: name one of these", may.join(", "))
        };
        Err((span, message))
    };
    calls.into_iter().map(check).collect()
}

fn read_steps(tables: Vec<Spanned<Table>>, devices: &[Device], ioctls: &Names) -> Result<Vec<Step>, Problem> {
    let mut open = BTreeSet::new();
    let mut steps = Vec::new();
    for table in tables {
        let span = table.span();
        if steps.last() == Some(&Step::Shutdown) {
            return Err((span, "the system is off: make the shutdown the last step".into()));
        }
        let mut table = table.into_inner();
        name_code(&mut table, ioctls).map_err(|message| (span.clone(), message))?;
        let step = Step::deserialize(table).map_err(|error| (span.clone(), error.message().to_owned()))?;
        check_device(&step, devices)
            .and_then(|()| check_handle(&step, &mut open))
            .map_err(|message| (span, message))?;
        steps.push(step);
    }
    Ok(steps)
}

/// Puts the number of an I/O control code in the place of its name.
fn name_code(step: &mut Table, ioctls: &Names) -> Result<(), String> {
    let Some(Value::String(name)) = step.get("code") else { return Ok(()) };
    let code = ioctls.code(name).ok_or_else(|| {
        format!("no I/O control code is called {name}: add it to the [ioctls] table, or write the number")
    })?;
    step.insert("code".into(), Value::Integer(code.into()));
    Ok(())
}

/// Every device that a step names is in the file, and so is the register.
fn check_device(step: &Step, devices: &[Device]) -> Result<(), String> {
    let Some(number) = step.device() else { return Ok(()) };
    let Some(device) = devices.get(number) else {
        let count = devices.len();
        return Err(format!(
            "there is no device {number}: the file has {count}, numbered from 0; add one or name another"
        ));
    };
    match step {
        Step::Poke(Poke { bar, offset, .. }) if !device.has_register(*bar, *offset) => {
            Err(format!("there is no register at offset 0x{offset:x} of BAR {bar}: correct the step"))
        }
        _ => Ok(()),
    }
}

/// Every handle is opened before it is used, and closed once.
fn check_handle(step: &Step, open: &mut BTreeSet<String>) -> Result<(), String> {
    let not_open = |handle: &str| format!("no step before this one opens the handle {handle}: add one");
    match step {
        Step::Open { handle, expect, .. } if expect.0 >= 0 && !open.insert(handle.clone()) => {
            Err(format!("the handle {handle} is open already: use another name"))
        }
        Step::Ioctl(Ioctl { handle, .. })
        | Step::Read(Read { handle, .. })
        | Step::Write(Write { handle, .. })
            if !open.contains(handle) =>
        {
            Err(not_open(handle))
        }
        Step::EndProcess => {
            open.clear();
            Ok(())
        }
        Step::Close { handle } if !open.remove(handle) => Err(not_open(handle)),
        _ => Ok(()),
    }
}

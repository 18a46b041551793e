//! For which devices each step of a scenario is.

use std::collections::BTreeMap;

use crate::scenario::{Ioctl, Read, Scenario, Step, Write};

/// For whom a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// One device, by its number.
    Device(usize),
    /// Every device.
    All,
}

/// The route of each step. A handle stays with the device on which it was opened last, a request with its
/// handle.
pub fn routes(scenario: &Scenario) -> Vec<Route> {
    let mut handles = BTreeMap::new();
    let mut requests = BTreeMap::new();
    let mut routes = Vec::new();
    for step in &scenario.steps {
        // What nobody opened or sent is the first device's to complain about.
        let of_handle = |handle: &String| handles.get(handle).copied().unwrap_or_default();
        routes.push(match step {
            Step::Ioctl(Ioctl { handle, name, .. })
            | Step::Read(Read { handle, name, .. })
            | Step::Write(Write { handle, name, .. }) => {
                let device = of_handle(handle);
                requests.insert(name, device);
                Route::Device(device)
            }
            Step::Cancel { name } => Route::Device(requests.get(name).copied().unwrap_or_default()),
            Step::Close { handle } => Route::Device(of_handle(handle)),
            Step::Open { device, handle, expect, .. } => {
                // One that is expected to fail leaves a handle of that name where it is.
                if expect.0 >= 0 {
                    handles.insert(handle, *device);
                } else {
                    handles.entry(handle).or_insert(*device);
                }
                Route::Device(*device)
            }
            Step::EndProcess
            | Step::Wait { .. }
            | Step::Sleep { .. }
            | Step::Resume { .. }
            | Step::Shutdown => Route::All,
            _ => Route::Device(step.device().unwrap_or_default()),
        });
    }
    routes
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn handles_and_requests_stay_with_their_device() {
        let steps = [
            ("start", "device = 1", Route::Device(1)),
            ("start", "", Route::Device(0)),
            ("open", "device = 1\nhandle = \"a\"", Route::Device(1)),
            ("open", "handle = \"b\"", Route::Device(0)),
            ("open", "handle = \"a\"\nexpect = \"STATUS_ACCESS_DENIED\"", Route::Device(0)),
            ("read", "handle = \"a\"\nname = \"x\"\nlength = 1", Route::Device(1)),
            ("write", "handle = \"b\"\nname = \"y\"", Route::Device(0)),
            ("cancel", "name = \"x\"", Route::Device(1)),
            ("wait", "", Route::All),
            ("ioctl", "handle = \"b\"\nname = \"x\"\ncode = 4", Route::Device(0)),
            ("cancel", "name = \"x\"", Route::Device(0)),
            ("close", "handle = \"a\"", Route::Device(1)),
            ("open", "handle = \"a\"", Route::Device(0)),
            ("close", "handle = \"a\"", Route::Device(0)),
            ("fuzz", "device = 1\nseed = 1\ntimes = 1", Route::Device(1)),
            ("end-process", "", Route::All),
            ("sleep", "", Route::All),
            ("resume", "", Route::All),
            ("surprise-remove", "device = 1", Route::Device(1)),
            ("cancel", "name = \"nobody's\"", Route::Device(0)),
        ];
        let device = "[[device]]\nmodel = \"edu\"\n";
        let text = steps.map(|(step, rest, _)| format!("[[step]]\ndo = \"{step}\"\n{rest}\n")).concat();
        let text = format!("title = \"two\"\n{device}{device}{text}");
        let scenario = Scenario::parse(&text, Path::new("test.toml")).unwrap();
        assert_eq!(routes(&scenario), steps.map(|(_, _, route)| route));
    }
}

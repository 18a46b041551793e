//! Loads the driver's DLL, lets it live twice, and unloads it for real: many times in one process. Windows alone has
//! anything to show here: elsewhere an image is not unloaded.
//!
//! What it proves: the driver's ETW provider is unregistered whenever the image may go, after EvtDriverUnload and
//! after a DriverEntry that failed, and is registered again by the next one. A provider that stays behind is a crash,
//! as soon as a session begins or ends. ETW is played by `etw.rs`, whose functions take the place of the imported ones:
//! Wine's own do nothing at all.

#[cfg(windows)]
mod etw;
#[cfg(windows)]
mod framework;
#[cfg(windows)]
mod image;

#[cfg(windows)]
fn main() -> anyhow::Result<()> {
    cycles::run()
}

#[cfg(not(windows))]
fn main() -> std::process::ExitCode {
    eprintln!("reload: this is for Windows, `cargo xtask wine` runs it");
    std::process::ExitCode::from(2)
}

#[cfg(windows)]
mod cycles {
    use std::path::PathBuf;
    use std::sync::mpsc::channel;
    use std::thread;

    use anyhow::{Context, Result, anyhow, ensure};

    use crate::image::Image;
    use crate::{etw, framework};

    /// How often. The GNU target leaks a TLS index at each load, which ends this at some 20 loads.
    const LOADS: usize = 20;

    /// What goes wrong in a life.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Mishap {
        Nothing,
        /// WdfDriverCreate refuses, so DriverEntry fails.
        DriverCreate,
        /// EventRegister refuses: no ETW, and that is all.
        EventRegister,
    }

    pub fn run() -> Result<()> {
        let path = std::env::args_os().nth(1).context("name the driver's DLL")?;
        let path = PathBuf::from(path);
        let mishaps = [Mishap::Nothing, Mishap::DriverCreate, Mishap::Nothing, Mishap::EventRegister];
        let mut events = 0;
        for load in 0..LOADS {
            let image = Image::load(&path)?;
            // On a thread that is there longer than the image: what the image keeps for a thread must not be touched
            // when that ends.
            let (lived, life) = channel();
            let (unload, unloaded) = channel::<()>();
            let entry = image.entry()?;
            let thread = thread::spawn(move || {
                let told: Result<usize> = (0..2)
                    .map(|half| {
                        let mishap = mishaps[(load + half) % mishaps.len()];
                        live(entry, mishap, load % 2 == 0).with_context(|| format!("load {load}, {mishap:?}"))
                    })
                    .sum();
                let _ = lived.send(told);
                let _ = unloaded.recv();
            });
            events += life.recv().context("a life ended with a panic")??;
            image.unload()?;
            drop(unload);
            thread.join().map_err(|_| anyhow!("the thread that is left ended with a panic"))?;
            // Nobody is there to be told.
            etw::session(true);
            etw::session(false);
        }
        println!("{LOADS} loads, {} lives, {events} ETW events, no provider left", 2 * LOADS);
        Ok(())
    }

    /// From DriverEntry to EvtDriverUnload, in a session that begins before or after; the answer is how many events it
    /// got.
    fn live(entry: framework::Entry, mishap: Mishap, before: bool) -> Result<usize> {
        etw::refuse(mishap == Mishap::EventRegister);
        etw::session(before);
        let entered = framework::enter(entry, mishap == Mishap::DriverCreate);
        ensure!((entered < 0) == (mishap == Mishap::DriverCreate), "DriverEntry returned {entered:#010x}");
        let expected = usize::from(mishap == Mishap::Nothing);
        ensure!(etw::providers() == expected, "{} providers after DriverEntry", etw::providers());
        etw::session(true);
        if entered >= 0 {
            framework::unload()?;
        }
        ensure!(etw::providers() == 0, "a provider is left, and the image goes");
        etw::session(false);
        // A session takes nothing away from the debugger.
        let text = framework::debugger();
        let told = ["DriverEntry: ", if entered < 0 { "ERROR" } else { "EvtDriverUnload" }];
        ensure!(told.iter().all(|line| text.contains(line)), "the debugger got only {text:?}");
        let events = etw::events();
        ensure!(
            (events > 0) == (mishap == Mishap::Nothing) || mishap == Mishap::DriverCreate,
            "{events} ETW events"
        );
        Ok(events)
    }
}

//! Many lives in one process.

use umdf_host::InProcessError;
use umdf_host::history::Event;

use crate::driver::{load, play};

const LIFE: &str = "
    [[step]]
    do = 'start'
    [[step]]
    do = 'remove'
";

/// The history's file has lost its name: whatever ends this process, no file stays behind.
fn no_file_is_left() {
    if cfg!(target_os = "linux") {
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        let history: Vec<_> = maps.lines().filter(|line| line.contains("umdf-host-")).collect();
        assert!(history.iter().all(|line| line.ends_with("(deleted)")), "{history:?}");
        assert_eq!(history.len(), 2, "{maps}");
    }
}

/// Each life is told alone, from its first step on, and is like the one before.
pub fn lives_follow_each_other() {
    let (mut host, steps) = load(1, LIFE).unwrap();
    no_file_is_left();
    let callbacks = |events: &[Event]| -> Vec<String> {
        events
            .iter()
            .filter_map(|event| match event {
                Event::Enter { callback, .. } => Some(callback.clone()),
                _ => None,
            })
            .collect()
    };
    for life in 0..3 {
        let events = play(&mut host, &steps);
        assert!(
            matches!(&events[0], Event::Step { number, .. } if *number == 2 * life + 1),
            "{:?}",
            events[0]
        );
        let expected = [
            "EvtDriverDeviceAdd",
            "EvtDevicePrepareHardware",
            "EvtDeviceD0Entry",
            "EvtInterruptEnable",
            "EvtInterruptDisable",
            "EvtDeviceD0Exit",
            "EvtDeviceReleaseHardware",
            "EvtDestroyCallback",
        ];
        assert_eq!(callbacks(&events), expected, "life {life}");
    }
    host.unload();
    assert!(matches!(load(1, LIFE), Err(InProcessError::Again)));
}

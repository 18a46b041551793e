use std::path::Path;
use std::time::Duration;

use wdk_portable::{STATUS_BUFFER_OVERFLOW, STATUS_DEVICE_CONFIGURATION_ERROR, STATUS_INVALID_PARAMETER};

use super::*;
use crate::bus::{BarKind, Break, Breakage, Fault, Interruption, Line, PciDevice, Width};
use crate::schedule::Plan;

const NOW: Duration = Duration::ZERO;
const EDU: &str = "title = \"t\"\n[device]\nmodel = \"edu\"\n";

fn parse(text: &str) -> Result<Scenario, ScenarioError> {
    Scenario::parse(text, Path::new("test.toml"))
}

/// Steps of a scenario with edu.
fn steps(text: &str) -> Vec<Step> {
    parse(&format!("{EDU}{text}")).unwrap().steps
}

/// The scenario is refused on the line that `marker` begins, with `advice`.
fn refused_at(text: &str, marker: &str, advice: &str) {
    let line = text.lines().position(|line| line.starts_with(marker)).expect(marker) + 1;
    let message = parse(text).unwrap_err().to_string();
    assert!(message.starts_with(&format!("test.toml, line {line}: ")), "{message}");
    assert!(message.contains(advice), "{message}");
}

/// The same, for a scenario with edu and these steps.
fn step_refused_at(text: &str, marker: &str, advice: &str) {
    refused_at(&format!("{EDU}{text}"), marker, advice);
}

fn device(text: &str) -> Device {
    parse(&format!("title = \"t\"\n[device]\n{text}\n")).unwrap().devices.remove(0)
}

#[test]
fn every_step_has_its_defaults() {
    let all = [
        "start",
        "open",
        "ioctl\"\nname = \"n\"\ncode = 1 #",
        "wait",
        "settle",
        "device-gone",
        "poke\"\noffset = 0x60\nvalue = 1 #",
        "neighbour-interrupts",
        "close",
        "remove",
        "surprise-remove",
    ];
    let text = all.map(|name| format!("[[step]]\ndo = \"{name}\"\n")).concat();
    let handle = || "client0".to_owned();
    let ioctl = Ioctl {
        handle: handle(),
        name: "n".into(),
        code: 1,
        input: Bytes::default(),
        output_length: 0,
        expect: Status(0),
        expect_output: None,
        expect_information: None,
        wait: true,
        timeout_ms: 5000,
    };
    assert_eq!(
        steps(&text),
        [
            Step::Start(Pnp::default()),
            Step::Open { device: 0, handle: handle(), access: Access::ReadWrite, expect: Status(0) },
            Step::Ioctl(ioctl),
            Step::Wait { timeout_ms: 5000 },
            Step::Settle { device: 0, timeout_ms: 5000 },
            Step::DeviceGone(Which::default()),
            Step::Poke(Poke { device: 0, bar: 0, offset: 0x60, value: 1, times: 1, every_us: 0 }),
            Step::NeighbourInterrupts(Which::default()),
            Step::Close { handle: handle() },
            Step::Remove(Which::default()),
            Step::SurpriseRemove(Which::default()),
        ]
    );
}

#[test]
fn the_interrupt_line_is_read() {
    assert_eq!(device("model = \"edu\"").interrupt_line, Line::Shared);
    for (name, line) in [("shared", Line::Shared), ("exclusive", Line::Exclusive), ("edge", Line::Edge)] {
        assert_eq!(device(&format!("model = \"edu\"\ninterrupt-line = \"{name}\"")).interrupt_line, line);
    }
}

#[test]
fn what_the_stack_below_knows_is_read() {
    assert_eq!(device("model = \"edu\"").lower, []);
    let text = "model = \"edu\"\nlower = [{ code = 0x32c004, status = \"STATUS_BUFFER_OVERFLOW\", output = \"0102\" }]";
    let answered = Lower {
        code: 0x32_c004,
        keeps: false,
        status: Status(STATUS_BUFFER_OVERFLOW),
        output: Bytes(vec![1, 2]),
    };
    assert_eq!(device(text).lower, [answered]);
    let kept = Lower { code: 1, keeps: true, status: Status(0), output: Bytes::default() };
    assert_eq!(device("model = \"edu\"\nlower = [{ code = 1, keeps = true }]").lower, [kept]);
}

#[test]
fn every_field_of_an_ioctl_is_read() {
    let text = r#"
        [[step]]
        do = "open"
        handle = "other"
        [[step]]
        do = "ioctl"
        handle = "other"
        name = "factorial"
        code = 0x22a008
        input = "01 00 0000\n05 "
        output-length = 8
        expect = "STATUS_INVALID_PARAMETER"
        expect-output = "fF"
        expect-information = 1
        wait = false
        timeout-ms = 10
    "#;
    let expected = Ioctl {
        handle: "other".into(),
        name: "factorial".into(),
        code: 0x22_a008,
        input: Bytes(vec![1, 0, 0, 0, 5]),
        output_length: 8,
        expect: Status(STATUS_INVALID_PARAMETER),
        expect_output: Some(Bytes(vec![0xff])),
        expect_information: Some(1),
        wait: false,
        timeout_ms: 10,
    };
    assert_eq!(steps(text)[1], Step::Ioctl(expected));
}

#[test]
fn a_start_may_be_expected_to_fail() {
    let text = "[[step]]\ndo = \"start\"\nexpect = \"STATUS_DEVICE_CONFIGURATION_ERROR\"\n";
    assert_eq!(
        steps(text),
        [Step::Start(Pnp { device: 0, expect: Status(STATUS_DEVICE_CONFIGURATION_ERROR) })]
    );
}

#[test]
fn it_travels_as_json() {
    let scenario = parse(
        r#"
        title = "t"
        [device]
        model = "scratch"
        bars = [0x40]
        vendor = 1
        faults = [{ offset = 4, reads = 1 }, { offset = 8, ignores-writes = true }]
        [[step]]
        do = "start"
        expect = "STATUS_UNSUCCESSFUL"
        [[step]]
        do = "open"
        [[step]]
        do = "ioctl"
        name = "n"
        code = 1
        input = "0aFF"
        [[step]]
        do = "remove"
        "#,
    )
    .unwrap();
    let json = serde_json::to_string(&scenario).unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&json).unwrap(), scenario);
}

#[test]
fn messages_name_file_and_line() {
    refused_at("title = \"t\"\n[device\n", "[device", "");
    refused_at("title = \"t\"\n[device]\nmodel = \"disk\"\n", "model", "unknown variant `disk`");
    refused_at("title = \"t\"\nname = 1\n[device]\nmodel = \"edu\"\n", "name", "unknown field `name`");
    refused_at("title = \"t\"\n[device]\nmodel = \"edu\"\nbar = 1\n", "bar", "unknown field `bar`");
    refused_at("[device]\nmodel = \"edu\"\n", "[device]", "missing field `title`");
}

#[test]
fn steps_are_checked() {
    step_refused_at("[[step]]\ndo = \"dance\"\n", "[[step]]", "unknown variant `dance`");
    step_refused_at("[[step]]\nexpect = \"STATUS_SUCCESS\"\n", "[[step]]", "missing field `do`");
    for name in ["start", "device-gone", "remove"] {
        step_refused_at(
            &format!("[[step]]\ndo = \"{name}\"\nspeed = 1\n"),
            "[[step]]",
            "unknown field `speed`",
        );
    }
}

#[test]
fn statuses_and_bytes_are_checked() {
    let start = "[[step]]\ndo = \"start\"\nexpect = ";
    step_refused_at(&format!("{start}\"STATUS_FINE\"\n"), "[[step]]", "STATUS_FINE is no known status");
    for bytes in ["0", "0g", "123", "0x12", "é1"] {
        let text = format!("[[step]]\ndo = \"ioctl\"\nname = \"n\"\ncode = 1\ninput = \"{bytes}\"\n");
        step_refused_at(&text, "[[step]]", "pairs of hexadecimal digits");
    }
}

#[test]
fn handles_are_opened_before_they_are_used_and_closed_once() {
    let [open, close] = ["[[step]]\ndo = \"open\"\n", "[[step]]\ndo = \"close\"\n"];
    let ioctl = "[[step]]\ndo = \"ioctl\"\nname = \"n\"\ncode = 1\n";
    let failed = "[[step]]\ndo = \"open\"\nexpect = \"STATUS_UNSUCCESSFUL\"\n";
    for wrong in [
        close.to_owned(),
        ioctl.to_owned(),
        [open, close, close].concat(),
        [open, close, ioctl].concat(),
        [open, open].concat(),
        [failed, close].concat(),
    ] {
        let message = parse(&format!("{EDU}{wrong}")).unwrap_err().to_string();
        assert!(message.contains("the handle client0"), "{message}");
    }
    steps(&[open, ioctl, close, open, failed, close].concat());
}

#[test]
fn the_message_names_the_line_of_the_step() {
    let start = "[[step]]\ndo = \"start\"\n\n";
    for (step, advice) in [
        ("do = \"close\"", "the handle client0"),
        ("do = \"ioctl\"\nname = \"n\"", "missing field `code`"),
        ("do = \"start\"\nexpect = \"NO\"", "NO is no known status"),
        ("do = \"ioctl\"\nname = \"n\"\ncode = -1", "invalid value: integer `-1`"),
    ] {
        let message = parse(&format!("{EDU}{start}[[step]]\n{step}\n{start}")).unwrap_err().to_string();
        assert!(message.starts_with("test.toml, line 7: ") && message.contains(advice), "{message}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let message = Scenario::load(Path::new("no/such.toml")).unwrap_err().to_string();
    assert!(message.contains("no/such.toml"), "{message}");
}

#[test]
fn the_first_life_of_this_repository_is_a_scenario() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios/first-life.toml");
    let scenario = Scenario::load(&path).unwrap();
    assert_eq!(scenario.steps.first(), Some(&Step::Start(Pnp::default())));
    assert_eq!(scenario.steps.last(), Some(&Step::Remove(Which::default())));
}

#[test]
fn models_are_what_they_are_called() {
    for (model, identification) in [("edu", 0x0100_00ed), ("abacus", 0x0100_00ab)] {
        let mut built = device(&format!("model = \"{model}\"")).build().unwrap();
        assert_eq!(built.read(0, 0, Width::U32, NOW), identification);
    }
}

#[test]
fn scratch_has_its_bars_and_edus_ids() {
    let scratch = device("model = \"scratch\"\nbars = [0x40, 0x100000000]").build().unwrap();
    let lengths: Vec<u64> = scratch.bars().iter().map(crate::bus::Bar::length).collect();
    assert_eq!(lengths, [0x40, 0x1_0000_0000]);
    assert_eq!((scratch.identity().vendor, scratch.identity().device), (0x1234, 0x11e8));
    let scratch = device("model = \"scratch\"\nports = [4, 0x100]\nbars = [0x40]").build().unwrap();
    let kinds: Vec<_> = scratch.bars().iter().map(|bar| (bar.kind(), bar.length())).collect();
    let memory = BarKind::Memory32 { prefetchable: false };
    assert_eq!(kinds, [(memory, 0x40), (BarKind::Io, 4), (BarKind::Io, 0x100)]);
    let other = device("model = \"scratch\"\nvendor = 0x8086\ndevice = 0x1").build().unwrap();
    assert_eq!((other.identity().vendor, other.identity().device), (0x8086, 1));
    assert!(other.bars().is_empty());
}

#[test]
fn faults_and_absence_reach_the_device() {
    let text = "model = \"edu\"\nfaults = [{ bar = 0, offset = 0x00, reads = 0xdeadbeef }, { offset = 4, ignores-writes = true }]";
    let mut faulty = device(text).build().unwrap();
    faulty.write(0, 4, Width::U32, 1, NOW);
    assert_eq!(faulty.read(0, 0, Width::U32, NOW), 0xdead_beef);
    assert_eq!(faulty.read(0, 4, Width::U32, NOW), 0);
    let mut gone = device("model = \"edu\"\ngone = true").build().unwrap();
    assert_eq!(gone.read(0, 0, Width::U32, NOW), 0xffff_ffff);
}

#[test]
fn a_bus_has_the_devices_in_their_slots() {
    let text = "title = 't'\n[[device]]\nmodel = 'edu'\n[[device]]\nmodel = 'edu'\nslot = 8\n[[device]]\nmodel = 'edu'";
    let scenario = parse(text).unwrap();
    assert_eq!(scenario.slots().collect::<Vec<_>>(), [4, 8, 6]);
    let mut bus = scenario.bus().unwrap();
    for slot in scenario.slots() {
        assert_eq!(bus.start(slot, 0).unwrap().raw.len(), 3);
    }
}

#[test]
fn codes_have_names() {
    let named = "title = 't'\n[ioctls]\nIOCTL_A = 0x22a008\n[device]\nmodel = 'edu'\n[[step]]\ndo = 'open'\n";
    let step = |code: &str| format!("{named}[[step]] # last\ndo = 'ioctl'\nname = 'n'\ncode = {code}\n");
    let scenario = parse(&step("'IOCTL_A'")).unwrap();
    assert!(matches!(scenario.steps.last(), Some(Step::Ioctl(Ioctl { code: 0x0022_a008, .. }))));
    assert_eq!(scenario.ioctls.describe(0x0022_a008), "IOCTL_A");
    refused_at(&step("'IOCTL_B'"), "[[step]] # last", "no I/O control code is called IOCTL_B");
    refused_at("title = 't'\n[ioctls]\nA = 0x100000000\n[device]\nmodel = 'edu'\n", "A = ", "invalid value");
}

#[test]
fn devices_are_refused_at_their_own_line() {
    let two = "title = 't'\n[[device]]\nmodel = 'edu'\n[[device]] # the other\nmodel = 'edu'\n";
    refused_at(&format!("{two}slot = 4\n"), "[[device]] # the other", "slot 4 is occupied");
    refused_at(&format!("{two}slot = 8192\n"), "[[device]] # the other", "slot 8192 does not exist");
    refused_at(&format!("{two}bars = [1]\n"), "[[device]] # the other", "scratch");
    let step = "[[step]] # far\ndo = 'start'\ndevice = 2\n";
    refused_at(&format!("{two}{step}"), "[[step]] # far", "there is no device 2: the file has 2");
    assert!(parse(&format!("{two}[[step]]\ndo = 'start'\ndevice = 1\n")).is_ok());
    refused_at("title = 't'\ndevice = []\n", "device = []", "add a [device] table");
    refused_at("title = 't'\ndevice = 1\n", "device = 1", "one [device] table or several");
}

#[test]
fn impossible_devices_are_refused_with_their_line() {
    for (settings, advice) in [
        ("model = \"edu\"\nbars = [0x40]", "scratch"),
        ("model = \"abacus\"\nbars = [0x40]", "scratch"),
        ("model = \"abacus\"\nports = [4]", "scratch"),
        ("model = \"edu\"\nvendor = 1", "scratch"),
        ("model = \"edu\"\ndevice = 1", "scratch"),
        ("model = \"scratch\"\nbars = [0x41]", "power of two"),
        ("model = \"scratch\"\nbars = [0]", "power of two"),
        ("model = \"scratch\"\nports = [0x200]", "from 0x4 to 0x100"),
        ("model = \"scratch\"\nbars = [16, 16, 16, 16, 16, 16, 16]", "at most 6"),
        ("model = \"scratch\"\nbars = [16, 16, 16, 16, 16]\nports = [4, 4]", "at most 6"),
        ("model = \"scratch\"\nbars = [16, 0x10000000, 0x10000000, 0x10000000]", "at most 6"),
        ("model = \"edu\"\nfaults = [{ offset = 0x10 }]", "offset 0x10 does nothing"),
        ("model = \"edu\"\nfaults = [{ offset = 0x100000, reads = 1 }]", "no register at offset 0x100000"),
        ("model = \"edu\"\nfaults = [{ bar = 1, offset = 0, reads = 1 }]", "of BAR 1"),
        ("model = \"edu\"\nlower = [{ code = 0x20 }, { code = 0x20, keeps = true }]", "code 0x20 twice"),
        ("model = \"edu\"\nlower = [{ code = 0x20, keeps = true, output = \"00\" }]", "keeps 0x20 and has"),
        (
            "model = \"edu\"\nlower = [{ code = 0x20, keeps = true, status = \"STATUS_TIMEOUT\" }]",
            "keeps 0x20",
        ),
    ] {
        refused_at(&format!("title = \"t\"\n\n[device]\n{settings}\n"), "[device]", advice);
    }
    assert!(
        Device {
            faults: vec![Fault { bar: 0, offset: 0, reads: None, ignores_writes: false, vanishes: false }],
            ..device("model = \"edu\"")
        }
        .build()
        .is_err()
    );
}

#[test]
fn another_model_may_be_in_a_qemu_that_listens() {
    let replaced = |text: &str| {
        let replacement: Replacement = text.parse().unwrap();
        assert_eq!(replacement.to_string(), text);
        let device = parse(EDU).unwrap().with_model(replacement).devices.remove(0);
        (device.model, device.qtest.map(|address| address.to_string()))
    };
    assert_eq!(replaced("abacus"), (Model::Abacus, None));
    assert_eq!(replaced("qemu:edu"), (Model::QemuEdu, None));
    let address = Some("127.0.0.1:4444".into());
    assert_eq!(replaced("qemu:pci-testdev@127.0.0.1:4444"), (Model::QemuPciTestdev, address.clone()));
    assert_eq!(
        device("model = \"qemu:edu\"\nqtest = \"127.0.0.1:4444\"").qtest.map(|at| at.to_string()),
        address
    );
    for (text, words) in [
        ("edu@127.0.0.1:4444", "not in QEMU"),
        ("qemu:edu@localhost", "IP:port"),
        ("qemu:x@127.0.0.1:1", "qemu:x"),
    ] {
        let error = text.parse::<Replacement>().unwrap_err();
        assert!(error.contains(words), "{error}");
    }
    let elsewhere = "title = \"t\"\n\n[device]\nmodel = \"edu\"\nqtest = \"127.0.0.1:4444\"\n";
    refused_at(elsewhere, "[device]", "models of QEMU only");
}

#[test]
fn requests_of_the_managers_expect_success_unless_told() {
    for (name, step) in [
        ("query-stop", Step::QueryStop(Pnp::default())),
        ("cancel-stop", Step::CancelStop(Pnp::default())),
        ("stop", Step::Stop(Pnp::default())),
        ("restart", Step::Restart(Pnp::default())),
        ("query-remove", Step::QueryRemove(Pnp::default())),
        ("cancel-remove", Step::CancelRemove(Pnp::default())),
        ("sleep", Step::Sleep { expect: Status::default() }),
        ("resume", Step::Resume { expect: Status::default() }),
    ] {
        let text =
            |expect| format!("title = 't'\ndevice = {{ model = 'edu' }}\n[[step]]\ndo = '{name}'\n{expect}");
        let one = std::slice::from_ref(&step);
        assert_eq!(parse(&text("")).unwrap().steps, one);
        assert_ne!(parse(&text("expect = 'STATUS_UNSUCCESSFUL'")).unwrap().steps, one);
    }
}

#[test]
fn a_poke_is_at_a_register() {
    let poke = |place: &str| format!("[[step]] # here\ndo = \"poke\"\nvalue = 1\n{place}\n");
    assert!(matches!(steps(&poke("offset = 0xffffc"))[..], [Step::Poke(Poke { offset: 0xf_fffc, .. })]));
    for place in ["offset = 0xffffd", "offset = 0\nbar = 1", "offset = 0x7fffffffffffffff"] {
        step_refused_at(&poke(place), "[[step]] # here", "there is no register at offset");
    }
}

#[test]
fn a_device_is_waited_for() {
    assert_eq!(steps("[[step]]\ndo = \"idle\"\n"), [Step::Idle { device: 0, timeout_ms: 5000 }]);
    let other = "[[step]]\ndo = \"idle\"\ntimeout-ms = 5\ndevice = 1\n";
    let two = "title = \"t\"\n[[device]]\nmodel = \"edu\"\n[[device]]\nmodel = \"edu\"\n";
    let idle = Step::Idle { device: 1, timeout_ms: 5 };
    assert_eq!(parse(&format!("{two}{other}")).unwrap().steps, [idle]);
    step_refused_at(other, "[[step]]", "there is no device 1");
}

#[test]
fn nothing_follows_a_shutdown() {
    assert_eq!(steps("[[step]]\ndo = \"shutdown\"\n"), [Step::Shutdown]);
    let later = "[[step]]\ndo = \"shutdown\"\n[[step]] # too late\ndo = \"remove\"\n";
    step_refused_at(later, "[[step]] # too late", "make the shutdown the last step");
}

#[test]
fn the_end_of_the_process_closes_every_handle() {
    let (open, end) = ("[[step]]\ndo = \"open\"\n", "[[step]]\ndo = \"end-process\"\n");
    assert_eq!(steps(&format!("{open}{end}{open}"))[1], Step::EndProcess);
    let closed = "[[step]] # closed\ndo = \"close\"\n";
    step_refused_at(&format!("{open}{end}{closed}"), "[[step]] # closed", "opens the handle client0");
}

#[test]
fn fuzz_has_its_defaults_and_needs_a_seed() {
    let fuzz = Fuzz { device: 0, seed: 7, times: 9, inputs: Vec::new(), wait: true, timeout_ms: 5000 };
    let text = "[[step]]\ndo = \"fuzz\"\ntimes = 9\n";
    assert_eq!(steps(&format!("{text}seed = 7")), [Step::Fuzz(fuzz)]);
    step_refused_at(text, "[[step]]", "seed");
    let longest = |text: &str| parse(&format!("{EDU}{text}")).unwrap().longest_wait();
    assert_eq!(longest(&format!("{text}seed = 7\ntimeout-ms = 20000")), Duration::from_secs(40));
}

#[test]
fn what_is_written_says_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let folders = [folder.clone(), folder.join("hlk")];
    let entries = folders.iter().flat_map(|folder| folder.read_dir().unwrap());
    let files: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        let scenario = Scenario::load(&file).unwrap();
        assert_eq!(parse(&scenario.to_toml().unwrap()).unwrap(), scenario, "{}", file.display());
    }
    let text = r#"
        title = "t"
        seed = 7
        preemptions = 2
        any-status = true
        device = { model = "edu", break = { access = 3, how = "stuck" } }
        fail = [{ function = "WdfTimerCreate", status = "STATUS_INSUFFICIENT_RESOURCES" }]
        step = [{ do = "disturb", how = "lost", times = 3 }, { do = "pause", us = 5 }]
    "#;
    let scenario = parse(text).unwrap();
    assert_eq!(parse(&scenario.to_toml().unwrap()).unwrap(), scenario);
    assert_eq!(scenario.plan, Some(Plan { seed: 7, preemptions: Some(2) }));
    assert_eq!(scenario.devices[0].breaks, Some(Break { access: 3, how: Breakage::Stuck }));
    assert_eq!(scenario.failing[0].nth, 1);
    let disturb = Disturb { device: 0, how: Interruption::Lost, times: 3, every_us: 0 };
    assert_eq!(scenario.steps, [Step::Disturb(disturb), Step::Pause { us: 5 }]);
    assert!(scenario.any_status);
}

#[test]
fn only_what_may_fail_can_be_made_to_fail() {
    let fail = |call: &str| format!("{EDU}[[fail]]\n{call}\n");
    let none = "function = \"WdfObjectDelete\"\nstatus = \"STATUS_UNSUCCESSFUL\"";
    refused_at(&fail(none), "[[fail]]", "WdfObjectDelete is no framework function that may fail");
    let other = "function = \"WdfTimerCreate\"\nstatus = \"STATUS_UNSUCCESSFUL\"";
    refused_at(&fail(other), "[[fail]]", "may fail with STATUS_INSUFFICIENT_RESOURCES only");
    let bound = "title = \"t\"\npreemptions = 1\n[device]\nmodel = \"edu\"\n";
    refused_at(bound, "title", "add a seed");
}

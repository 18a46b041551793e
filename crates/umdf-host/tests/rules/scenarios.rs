//! What happens to the fixture's device. The codes are those of `examples/misbehave/requests.rs`.

/// A device with one BAR of plain registers.
const DEVICE: &str =
    "title = \"A fixture device's life\"\ndevice = { model = \"scratch\", bars = [0x1000] }\n";

/// One step.
macro_rules! step {
    ($name:ident, $text:literal) => {
        pub const $name: &str = concat!("[[step]]\n", $text, "\n");
    };
}

step!(START, "do = \"start\"");
step!(START_FAILS, "do = \"start\"\nexpect = \"STATUS_UNSUCCESSFUL\"");
step!(START_FAILS_IN_POWER_UP, "do = \"start\"\nexpect = \"STATUS_DEVICE_POWER_FAILURE\"");
step!(START_WITHOUT_DEVICE, "do = \"start\"\nexpect = \"STATUS_INVALID_DEVICE_STATE\"");
step!(OPEN, "do = \"open\"");
step!(OPEN_FAILS, "do = \"open\"\nexpect = \"STATUS_UNSUCCESSFUL\"");
step!(OPEN_CANCELLED, "do = \"open\"\nexpect = \"STATUS_CANCELLED\"");
step!(
    WRITE_AND_READ,
    "do = \"ioctl\"\nname = \"write and read\"\ncode = 0x222000\ninput = \"78563412\"\noutput-length = 4\n\
     expect-output = \"78563412\"\nexpect-information = 4"
);
step!(
    WRITE_AND_READ_FAILS,
    "do = \"ioctl\"\nname = \"write and read\"\ncode = 0x222000\ninput = \"78563412\"\noutput-length = 4\n\
     expect = \"STATUS_UNSUCCESSFUL\""
);
step!(
    WRITE_AND_READ_WITHOUT_INPUT,
    "do = \"ioctl\"\nname = \"no input\"\ncode = 0x222000\noutput-length = 4\n\
     expect = \"STATUS_BUFFER_TOO_SMALL\""
);
step!(
    WRITE_AND_READ_WITHOUT_OUTPUT,
    "do = \"ioctl\"\nname = \"no output\"\ncode = 0x222000\ninput = \"78563412\"\n\
     expect = \"STATUS_BUFFER_TOO_SMALL\""
);
step!(
    PENDING,
    "do = \"ioctl\"\nname = \"pending\"\ncode = 0x222000\ninput = \"78563412\"\noutput-length = 4\n\
     expect = \"STATUS_CANCELLED\"\nwait = false"
);
step!(KEEP, "do = \"ioctl\"\nname = \"keep\"\ncode = 0x222004\nexpect = \"STATUS_CANCELLED\"\nwait = false");
step!(LATER, "do = \"ioctl\"\nname = \"later\"\ncode = 0x222008");
step!(AFTER_ONE, "do = \"ioctl\"\nname = \"after one\"\ncode = 0x22200c\ninput = \"01000000\"");
step!(AFTER_FOUR, "do = \"ioctl\"\nname = \"after four\"\ncode = 0x22200c\ninput = \"04000000\"");
step!(
    UNKNOWN,
    "do = \"ioctl\"\nname = \"unknown\"\ncode = 0x222010\nexpect = \"STATUS_INVALID_DEVICE_REQUEST\""
);
step!(CLOSE, "do = \"close\"");
step!(SURPRISE_REMOVE, "do = \"surprise-remove\"");
step!(REMOVE, "do = \"remove\"");

/// Start, one of each request, removal.
pub const LIFE: &[&str] = &[START, OPEN, WRITE_AND_READ, LATER, CLOSE, REMOVE];

/// A scenario of these steps.
pub fn scenario(steps: &[&str]) -> String {
    on_device(DEVICE, steps)
}

/// A scenario of these steps with a `[device]` of its own.
pub fn on_device(device: &str, steps: &[&str]) -> String {
    format!("{device}{}", steps.concat())
}

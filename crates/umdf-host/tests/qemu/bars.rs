//! Devices whose BARs cannot be, or find no place: what says so speaks the qtest protocol, and is no QEMU.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::{self, JoinHandle};

use umdf_host::bus::{Bar, PciDevice, QemuDevice, QemuError, QemuModel};

use crate::refused::listener;

/// The bits of each base address register that can be set, with its kind.
type Bars = [u32; 6];

/// A machine whose device has nothing but a vendor and BARs.
fn machine(bars: Bars) -> (SocketAddr, JoinHandle<()>) {
    let listener = listener();
    let address = listener.local_addr().expect("it has one");
    let server = thread::spawn(move || {
        let (socket, _) = listener.accept().expect("somebody connects");
        serve(&socket, bars);
    });
    (address, server)
}

/// Answers until nobody asks any more.
fn serve(mut socket: &TcpStream, bars: Bars) {
    let mut pointed_at = 0;
    for line in BufReader::new(socket).lines().map_while(Result::ok) {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| {
            let digits = words.get(at)?.strip_prefix("0x")?;
            u32::from_str_radix(digits, 16).ok()
        };
        let answer = match (words[0], number(1), number(2)) {
            ("outl", Some(0xcf8), Some(place)) => {
                pointed_at = place & 0xfc;
                "OK".to_owned()
            }
            (read, Some(port), None) if read.starts_with("in") => {
                let value = match pointed_at + port - 0xcfc {
                    0 => 0x1234,
                    at @ 0x10..0x28 if at % 4 == 0 => bars[(at as usize - 0x10) / 4],
                    _ => 0,
                };
                format!("OK {value:#x}")
            }
            _ => "OK".to_owned(),
        };
        // Whoever asked may be gone.
        let _ = writeln!(socket, "{answer}");
    }
}

#[track_caller]
fn error(bars: Bars) -> QemuError {
    let (address, server) = machine(bars);
    let error = QemuDevice::connect(QemuModel::PciTestdev, address).err().expect("it is no device");
    server.join().expect("the server ends");
    error
}

/// The same machine with BARs in order is a device: it is their lengths that the others are refused for.
pub fn in_order() {
    let (address, server) = machine([0xffff_f000, 0xffff_ff01, 0xff00_000c, 0xffff_ffff, 0, 0]);
    let device =
        QemuDevice::connect(QemuModel::PciTestdev, address).unwrap_or_else(|error| panic!("{error}"));
    let lengths: Vec<u64> = device.bars().iter().map(Bar::length).collect();
    assert_eq!(lengths, [0x1000, 0x100, 0x100_0000]);
    drop(device);
    server.join().expect("the server ends");
}

pub fn impossible() {
    for (bars, length) in [
        // Its address bits have a hole.
        ([0xffff_e0f0, 0, 0, 0, 0, 0], 0x1f10),
        // More ports than a BAR can have, behind a good one.
        ([0xffff_f000, 0xffff_fe01, 0, 0, 0, 0], 0x200),
        // 64 bits, of which the upper ones have a hole.
        ([0x0000_000c, 0xffff_f0f0, 0, 0, 0, 0], 0x0f10 << 32),
        // A kind, and no address at all.
        ([0x0000_0008, 0, 0, 0, 0, 0], 1 << 32),
    ] {
        let error = error(bars);
        assert!(matches!(&error, QemuError::Bar(bar) if bar.length == length), "{bars:x?}: {error:?}");
        assert!(error.to_string().contains("impossible BAR"), "{error}");
    }
}

pub fn no_room() {
    for (bars, length) in [
        // 2^38 bytes, and two times half a gigabyte below 4 GiB.
        ([0x0000_000c, 0xffff_ffc0, 0, 0, 0, 0], 1 << 38),
        ([0xe000_0000, 0xe000_0000, 0, 0, 0, 0], 1 << 29),
        // 2^60 bytes, of which no multiple but zero is below the end.
        ([0x0000_000c, 0xf000_0000, 0, 0, 0, 0], 1 << 60),
    ] {
        let error = error(bars);
        assert_eq!(error, QemuError::NoRoom { length }, "{bars:x?}");
        assert!(error.to_string().contains(&format!("0x{length:x} bytes")), "{error}");
    }
}

//! A request on its way down: what it asks of the next lower driver, and what it came back with.

use std::ffi::c_void;

use wdk_portable::{
    _IO_STATUS_BLOCK__bindgen_ty_1 as StatusOrPointer, _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1,
    _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_1 as WriteParameters,
    _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_2 as ReadParameters,
    _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3 as IoctlParameters,
    _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3__bindgen_ty_1 as IoctlInput,
    _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3__bindgen_ty_2 as IoctlOutput,
    _WDF_REQUEST_TYPE as RequestType, IO_STATUS_BLOCK, NTSTATUS, PFN_WDF_REQUEST_COMPLETION_ROUTINE,
    STATUS_SUCCESS, WDF_REQUEST_COMPLETION_PARAMS, WDFMEMORY,
};

use super::Request;
use super::place::Place;
use crate::framework::Handle;
use crate::framework::pointer::native;
use crate::io::send::Return;

/// What a request asks of the next lower driver: its next stack location.
#[derive(Clone, Copy, Default)]
pub struct Load {
    /// The code of an I/O control request.
    pub code: Option<u32>,
    /// Where the output goes.
    pub output: Place,
}

/// A memory object that a request is formatted with.
#[derive(Clone, Copy)]
pub struct Piece {
    /// The object; the request has a reference to it.
    pub memory: Handle,
    /// Where the part that is meant begins, bytes.
    pub offset: usize,
    /// Its bytes.
    pub length: usize,
}

/// What a `WdfIoTargetFormatRequestForXxx` function left in a request. It stays when the request comes back.
#[derive(Clone, Copy)]
pub enum Formatted {
    /// Nothing any more: the request was reused.
    Nothing,
    /// A read, with its output.
    Read(Option<Piece>),
    /// A write, with its input.
    Write(Option<Piece>),
    /// An I/O control request with this code, its input and its output.
    Control(u32, Option<Piece>, Option<Piece>),
}

impl Formatted {
    /// The memory objects in it.
    fn memories(self) -> impl Iterator<Item = Handle> {
        let pieces = match self {
            Self::Nothing => [None, None],
            Self::Read(piece) | Self::Write(piece) => [piece, None],
            Self::Control(_, input, output) => [input, output],
        };
        pieces.into_iter().flatten().map(|piece| piece.memory)
    }

    /// What the next lower driver is asked for.
    pub fn load(self) -> Load {
        let place = |piece: Option<Piece>| {
            piece.map_or(Place::None, |Piece { memory, offset, length }| Place::Memory {
                memory,
                offset,
                length,
            })
        };
        match self {
            Self::Nothing | Self::Write(_) => Load::default(),
            Self::Read(output) => Load { code: None, output: place(output) },
            Self::Control(code, _, output) => Load { code: Some(code), output: place(output) },
        }
    }

    fn params(self, came_back: Return) -> WDF_REQUEST_COMPLETION_PARAMS {
        let memory = |piece: Option<Piece>| -> WDFMEMORY {
            piece.map_or(std::ptr::null_mut(), |piece| piece.memory.raw())
        };
        let offset = |piece: Option<Piece>| piece.map_or(0, |piece| piece.offset);
        let length = native(came_back.information);
        let (kind, parameters) = match self {
            Self::Nothing => {
                (RequestType::WdfRequestTypeNoFormat, _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1::default())
            }
            Self::Read(output) => (
                RequestType::WdfRequestTypeRead,
                _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1 {
                    Read: ReadParameters { Buffer: memory(output), Length: length, Offset: offset(output) },
                },
            ),
            Self::Write(input) => (
                RequestType::WdfRequestTypeWrite,
                _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1 {
                    Write: WriteParameters { Buffer: memory(input), Length: length, Offset: offset(input) },
                },
            ),
            Self::Control(code, input, output) => (
                RequestType::WdfRequestTypeDeviceControl,
                _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1 {
                    Ioctl: IoctlParameters {
                        IoControlCode: code,
                        Input: IoctlInput { Buffer: memory(input), Offset: offset(input) },
                        Output: IoctlOutput {
                            Buffer: memory(output),
                            Offset: offset(output),
                            Length: length,
                        },
                    },
                },
            ),
        };
        WDF_REQUEST_COMPLETION_PARAMS {
            Size: SIZE,
            Type: kind,
            IoStatus: IO_STATUS_BLOCK {
                __bindgen_anon_1: StatusOrPointer { Status: came_back.status },
                Information: came_back.information,
            },
            Parameters: parameters,
        }
    }
}

/// The size of `WDF_REQUEST_COMPLETION_PARAMS`, as its own field has it.
#[expect(clippy::cast_possible_truncation, reason = "the structure is smaller than 4 GiB")]
const SIZE: u32 = size_of::<WDF_REQUEST_COMPLETION_PARAMS>() as u32;

/// `WdfRequestSetCompletionRoutine`.
#[derive(Clone, Copy)]
pub struct Routine {
    /// The driver's function.
    pub function: PFN_WDF_REQUEST_COMPLETION_ROUTINE,
    /// The driver's own value, opaque here.
    pub context: usize,
}

impl Routine {
    /// The driver's routine, if it gave one.
    pub fn new(function: PFN_WDF_REQUEST_COMPLETION_ROUTINE, context: *mut c_void) -> Option<Self> {
        function.map(|function| Self { function: Some(function), context: context.expose_provenance() })
    }
}

/// What is known of a request as one that is sent.
pub struct Outgoing {
    /// It has an IRP. Those that the driver makes get one with their first target.
    pub irp: bool,
    /// What it asks of the next lower driver, once it is formatted.
    pub load: Option<Load>,
    /// What a `WdfIoTargetFormatRequestForXxx` function left.
    pub formatted: Option<Formatted>,
    /// What it came back with last.
    last: Return,
    /// The status of the request (`IoStatus.Status`).
    pub status: NTSTATUS,
    /// Who is told that it came back; only once.
    pub routine: Option<Routine>,
    /// The framework cancelled it; until it is reused it cannot be sent.
    pub cancelled: bool,
    /// The number of its sending, while it is sent.
    pub sent: Option<u64>,
}

/// What a request came back with that did not come back yet.
const NOTHING: Return = Return { status: STATUS_SUCCESS, information: 0 };

impl Outgoing {
    /// A request with or without an IRP that was not sent yet.
    pub fn new(irp: bool) -> Self {
        Self {
            irp,
            load: None,
            formatted: None,
            last: NOTHING,
            status: STATUS_SUCCESS,
            routine: None,
            cancelled: false,
            sent: None,
        }
    }

    /// The completion parameters; empty if no function formatted the request.
    pub fn params(&self) -> WDF_REQUEST_COMPLETION_PARAMS {
        self.formatted.unwrap_or(Formatted::Nothing).params(self.last)
    }

    /// Formats the request, or takes the format away. The answer is the memory objects to which the
    /// request had references.
    #[must_use = "the references are given back without the state locked"]
    pub fn format(&mut self, formatted: Option<Formatted>) -> Vec<Handle> {
        self.load = formatted.map(Formatted::load);
        self.last = NOTHING;
        let before = std::mem::replace(&mut self.formatted, formatted);
        before.into_iter().flat_map(Formatted::memories).collect()
    }

    /// Takes the format away, but for the fact that there was one.
    #[must_use = "the references are given back without the state locked"]
    pub fn release(&mut self) -> Vec<Handle> {
        let had = self.formatted.map(|_| Formatted::Nothing);
        let memories = self.format(had);
        self.load = None;
        memories
    }
}

impl Request {
    /// The request came back: keeps what with. The answer is whom to tell, and what.
    pub fn come_back(&mut self, came_back: Return) -> Option<(Routine, WDF_REQUEST_COMPLETION_PARAMS)> {
        let outgoing = &mut self.outgoing;
        self.information = came_back.information;
        outgoing.status = came_back.status;
        outgoing.last = came_back;
        outgoing.sent = None;
        // It must be formatted anew.
        outgoing.load = None;
        let routine = outgoing.routine.take()?;
        Some((routine, outgoing.params()))
    }
}

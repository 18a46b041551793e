//! The driver on a framework of stubs: its start, and every request that it knows.

#![expect(unsafe_code, reason = "the driver's callbacks are called as the framework calls them")]

use std::ptr::null;

use edu_interface::{
    DeviceInfo, INTERRUPT_FACTORIAL, IOCTL_EDU_FACTORIAL, IOCTL_EDU_GET_INFO, IOCTL_EDU_GET_STATISTICS,
    IOCTL_EDU_LIVENESS, IOCTL_EDU_RAISE_INTERRUPT, IOCTL_EDU_WAIT_INTERRUPT, Reply, Request, Statistics,
};
use edu_umdf::driver::driver_entry;
use wdk_sys::{
    _WDF_POWER_DEVICE_STATE, BOOLEAN, NTSTATUS, PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL, STATUS_SUCCESS,
};

use crate::stubs::{Framework, TABLE};
use crate::table;

const REQUEST: usize = size_of::<Request>();
const REPLY: usize = size_of::<Reply>();

/// A device that has started.
pub struct Life {
    /// What the last request has left there.
    pub framework: &'static Framework,
}

impl Life {
    /// From DriverEntry to the connected interrupt.
    pub fn start() -> Self {
        table::install(&TABLE);
        let framework = Framework::new();
        // SAFETY: the arguments of a DriverEntry: the driver hands them on, and looks behind neither.
        succeeded(unsafe { driver_entry(framework.handle(), null()) });
        let device_add = framework.device_add.get().expect("the driver has an EvtDriverDeviceAdd");
        // SAFETY: here and below: the driver's callbacks, in the framework's order, with its handles.
        succeeded(unsafe { device_add(framework.handle(), framework.handle()) });
        let callbacks = framework.pnp_power.get();
        let prepare = callbacks.EvtDevicePrepareHardware.expect("the driver maps registers");
        // SAFETY: see above.
        succeeded(unsafe { prepare(framework.handle(), framework.handle(), framework.handle()) });
        let d0_entry = callbacks.EvtDeviceD0Entry.expect("the driver has an EvtDeviceD0Entry");
        // SAFETY: see above.
        succeeded(unsafe { d0_entry(framework.handle(), _WDF_POWER_DEVICE_STATE::WdfPowerDeviceD3Final) });
        let enable = framework.interrupt.get().EvtInterruptEnable.expect("the driver enables its interrupt");
        // SAFETY: see above.
        succeeded(unsafe { enable(framework.handle(), framework.handle()) });
        Self { framework }
    }

    /// Answered at once.
    #[inline(never)]
    pub fn get_info(&self) {
        self.request(IOCTL_EDU_GET_INFO, 0, size_of::<DeviceInfo>());
    }

    /// Answered at once.
    #[inline(never)]
    pub fn liveness(&self) {
        self.framework.input.set(Request::new(0x1234_5678));
        self.request(IOCTL_EDU_LIVENESS, REQUEST, REPLY);
    }

    /// Answered at once.
    #[inline(never)]
    pub fn statistics(&self) {
        self.request(IOCTL_EDU_GET_STATISTICS, 0, size_of::<Statistics>());
    }

    /// Answered at once. The interrupt is none that anybody waits for, and is not delivered.
    #[inline(never)]
    pub fn raise(&self) {
        self.framework.input.set(Request::new(0x10));
        self.request(IOCTL_EDU_RAISE_INTERRUPT, REQUEST, 0);
    }

    /// By way of the engine's queue; answered by EvtInterruptWorkItem.
    #[inline(never)]
    pub fn factorial(&self) {
        self.framework.input.set(Request::new(5));
        self.request(IOCTL_EDU_FACTORIAL, REQUEST, REPLY);
        assert!(self.framework.forwarded.take(), "the engine has a queue");
        self.deliver(self.framework.sequential_queue.get(), IOCTL_EDU_FACTORIAL, REQUEST, REPLY);
        self.framework.register(0x08).set(120);
        self.interrupt(INTERRUPT_FACTORIAL);
    }

    /// In a queue until an interrupt comes; answered by EvtInterruptWorkItem.
    #[inline(never)]
    pub fn wait(&self) {
        self.request(IOCTL_EDU_WAIT_INTERRUPT, 0, REPLY);
        self.interrupt(0x10);
    }

    /// A request comes in.
    fn request(&self, code: u32, input: usize, output: usize) {
        self.framework.completed.set(None);
        self.deliver(self.framework.default_queue.get(), code, input, output);
    }

    fn deliver(&self, queue: PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL, code: u32, input: usize, output: usize) {
        // What is measured has no such traces.
        if cfg!(debug_assertions) {
            self.framework.code.set(code);
        }
        let device_control = queue.expect("the driver takes device-control requests");
        // SAFETY: the driver's callback, as the framework calls it, with handles that stay valid.
        unsafe { device_control(self.framework.handle(), self.framework.handle(), output, input, code) };
    }

    /// The device interrupts: EvtInterruptIsr, and EvtInterruptWorkItem if that was asked for.
    fn interrupt(&self, bits: u32) {
        self.framework.register(0x24).set(bits);
        let callbacks = self.framework.interrupt.get();
        let isr = callbacks.EvtInterruptIsr.expect("an interrupt has one");
        // SAFETY: the driver's callback, as the framework calls it, with handles that stay valid.
        let answer = unsafe { isr(self.framework.handle(), 0) };
        assert_eq!(answer, BOOLEAN::from(true), "the device had interrupted");
        assert!(self.framework.work_item.take(), "the rest is done at passive level");
        let work_item = callbacks.EvtInterruptWorkItem.expect("the driver has queued it");
        // SAFETY: as above.
        unsafe { work_item(self.framework.handle(), self.framework.handle()) };
    }
}

fn succeeded(status: NTSTATUS) {
    assert_eq!(status, STATUS_SUCCESS, "the start fails: {status:#x}");
}

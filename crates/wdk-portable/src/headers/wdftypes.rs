//! `wdftypes.h`: object handles and the tri-state.

pub mod _WDF_TRI_STATE {
    pub type Type = i32;
    pub const WdfFalse: Type = 0;
    pub const WdfTrue: Type = 1;
    pub const WdfUseDefault: Type = 2;
}
pub type WDF_TRI_STATE = _WDF_TRI_STATE::Type;

pub type PWDFDEVICE_INIT = *mut WDFDEVICE_INIT;
pub type WDFCHILDLIST = *mut WDFCHILDLIST__;
pub type WDFCMRESLIST = *mut WDFCMRESLIST__;
pub type WDFCOLLECTION = *mut WDFCOLLECTION__;
pub type WDFCOMMONBUFFER = *mut WDFCOMMONBUFFER__;
pub type WDFDEVICE = *mut WDFDEVICE__;
pub type WDFDMAENABLER = *mut WDFDMAENABLER__;
pub type WDFDMATRANSACTION = *mut WDFDMATRANSACTION__;
pub type WDFDPC = *mut WDFDPC__;
pub type WDFDRIVER = *mut WDFDRIVER__;
pub type WDFFILEOBJECT = *mut WDFFILEOBJECT__;
pub type WDFINTERRUPT = *mut WDFINTERRUPT__;
pub type WDFIORESLIST = *mut WDFIORESLIST__;
pub type WDFIORESREQLIST = *mut WDFIORESREQLIST__;
pub type WDFIOTARGET = *mut WDFIOTARGET__;
pub type WDFKEY = *mut WDFKEY__;
pub type WDFLOOKASIDE = *mut WDFLOOKASIDE__;
pub type WDFMEMORY = *mut WDFMEMORY__;
pub type WDFQUEUE = *mut WDFQUEUE__;
pub type WDFREQUEST = *mut WDFREQUEST__;
pub type WDFSPINLOCK = *mut WDFSPINLOCK__;
pub type WDFSTRING = *mut WDFSTRING__;
pub type WDFTIMER = *mut WDFTIMER__;
pub type WDFUSBDEVICE = *mut WDFUSBDEVICE__;
pub type WDFUSBINTERFACE = *mut WDFUSBINTERFACE__;
pub type WDFUSBPIPE = *mut WDFUSBPIPE__;
pub type WDFWAITLOCK = *mut WDFWAITLOCK__;
pub type WDFWMIINSTANCE = *mut WDFWMIINSTANCE__;
pub type WDFWMIPROVIDER = *mut WDFWMIPROVIDER__;
pub type WDFWORKITEM = *mut WDFWORKITEM__;

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFCHILDLIST__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFCMRESLIST__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFCOLLECTION__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFCOMMONBUFFER__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Debug)]
pub struct WDFDEVICE_INIT {
    _unused: [u8; 0],
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFDEVICE__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFDMAENABLER__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFDMATRANSACTION__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFDPC__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFDRIVER__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFFILEOBJECT__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFINTERRUPT__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFIORESLIST__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFIORESREQLIST__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFIOTARGET__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFKEY__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFLOOKASIDE__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFMEMORY__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFQUEUE__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFREQUEST__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFSPINLOCK__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFSTRING__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFTIMER__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFUSBDEVICE__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFUSBINTERFACE__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFUSBPIPE__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFWAITLOCK__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFWMIINSTANCE__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFWMIPROVIDER__ {
    pub unused: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WDFWORKITEM__ {
    pub unused: i32,
}

//! What a run of the probe is about. Shared with the test, which puts the number into the INF.

/// Codes of the I/O control requests that the stack below knows, as the test's scenarios say.
pub mod below {
    /// Kept until it is cancelled.
    pub const KEPT: u32 = 0x22_2040;
    /// Answered with [`ANSWER`].
    pub const ANSWERED: u32 = 0x22_2044;
    /// The output of [`ANSWERED`].
    pub const ANSWER: [u8; 4] = [1, 2, 3, 4];
    /// Not known.
    pub const UNKNOWN: u32 = 0x22_2048;
}

/// Requests that are sent at the same time: as many as the host has threads for callbacks of queues.
pub const TOGETHER: u32 = 64;

/// How the driver sends on what an application asks of the stack below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Case {
    /// Asynchronously: the completion routine completes it.
    PassOn = 1,
    /// Synchronously.
    Wait,
    /// Synchronously, as soon as [`TOGETHER`] requests are to be sent.
    WaitTogether,
    /// It is sent and forgotten.
    Forget,
    /// As `PassOn`, once the application has cancelled it.
    PassOnLate,
    /// As `Forget`, once the application has cancelled it.
    ForgetLate,
    /// As `PassOn`, to a target that is stopped.
    PassOnToStopped,
    /// As `PassOn`; opens go down, too.
    PassOnOpens,
    /// As `PassOn`; requests of the driver are sent that nobody cancels.
    LeaveSent,
}

/// The number of the first mistake in the INF.
const FIRST_TRIP: u32 = 100;

macro_rules! trips {
    ($($trip:ident $rule:literal $message:literal;)+) => {
        /// A mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum Trip {
            $(#[doc = $message] $trip,)+
        }

        impl Trip {
            /// Every mistake.
            pub const ALL: &[Self] = &[$(Self::$trip),+];

            /// Its number in the INF.
            pub const fn number(self) -> u32 {
                FIRST_TRIP + self as u32
            }

            /// The rule that it breaks, by name.
            pub const fn rule(self) -> &'static str {
                match self {
                    $(Self::$trip => $rule,)+
                }
            }

            /// Part of what the host says.
            pub const fn message(self) -> &'static str {
                match self {
                    $(Self::$trip => $message,)+
                }
            }
        }
    };
}

trips! {
    // A request of the driver that the stack below keeps.
    SendTwice "REQ_ALREADY_SENT" "request2 is sent and has not come back";
    SendTwiceSynchronously "REQ_ALREADY_SENT" "request2 is sent and has not come back";
    ReuseSent "REQ_CHANGED_WHILE_SENT" "request2 is sent and has not come back";
    RetargetSent "REQ_CHANGED_WHILE_SENT" "request2 is sent and has not come back";
    FormatSent "REQ_CHANGED_WHILE_SENT" "request2 is sent and has not come back";
    SetRoutineOfSent "REQ_CHANGED_WHILE_SENT" "request2 is sent and has not come back";
    DeleteSent "REQ_CHANGED_WHILE_SENT" "request2 is sent and has not come back";

    // The request of an application that the stack below keeps.
    ForgetSent "REQ_ALREADY_SENT" "request0 is sent and has not come back";
    CompleteSent "REQ_COMPLETE_WHILE_SENT" "request0 is completed while the driver below may complete it";
    FormatCurrentOfSent "REQ_CHANGED_WHILE_SENT" "request0 is sent and has not come back";
    ForwardSent "REQ_CHANGED_WHILE_SENT" "request0 is sent and has not come back";
    RequeueSent "REQ_CHANGED_WHILE_SENT" "request0 is sent and has not come back";
    MarkSent "REQ_CHANGED_WHILE_SENT" "request0 is sent and has not come back";

    // The request of an application that the driver has.
    SendCancelable "REQ_SENT_WHILE_CANCELABLE" "request1 is sent while EvtRequestCancel may be called for it";
    SendWithoutRoutine "REQ_SENT_WITHOUT_ROUTINE" "request1 has no completion routine";
    ForgetWithRoutine "REQ_SEND_AND_FORGET" "request1 is forgotten, but it has a completion routine";
    ForgetFormatted "REQ_SEND_AND_FORGET" "request1 is forgotten, but it was formatted with memory";
    CompleteForgotten "REQ_DOUBLE_COMPLETE" "request1 was completed before";
    CompleteWithFormattedMemory "REQ_MEMORY_REFERENCED" "request1 is completed while its memory is referenced";
    ParamsOfUnformatted "REQ_NOT_FORMATTED" "request1 is not formatted";
    ParamsOfNoSize "ARGUMENT_INVALID" "Params->Size is 0, not 72";

    // That request has no activity and no input, and the attributes are none: NULL is seen before.
    NoActivityToNull "PARAM_NULL" "ActivityId is NULL";
    NoInputToNull "PARAM_NULL" "Memory is NULL";
    NoAttributesToNull "PARAM_NULL" "IoTarget is NULL";

    // That request while it waits in a queue.
    SendQueued "REQ_NOT_OWNED" "request1 is in a queue, the driver does not own it";
    FormatQueued "REQ_NOT_OWNED" "request1 is in a queue, the driver does not own it";
    FormatCurrentOfQueued "REQ_NOT_OWNED" "request1 is in a queue, the driver does not own it";
    RetargetQueued "REQ_NOT_OWNED" "request1 is in a queue, the driver does not own it";
    ReuseQueued "REQ_NOT_OWNED" "request1 is in a queue, the driver does not own it";
    InformationOfQueued "REQ_NOT_OWNED" "request1 is in a queue, the driver does not own it";

    // A request of the driver.
    OptionsOfNoSize "ARGUMENT_INVALID" "the options for request2 are none";
    OptionsUnknown "ARGUMENT_INVALID" "the options for request2 are none";
    OptionsForgetInTime "ARGUMENT_INVALID" "the options for request2 are none";
    OptionsImpersonate "ARGUMENT_INVALID" "the options for request2 are none";
    ReuseToComplete "ARGUMENT_INVALID" "request2 is to be completed by the driver, which has made it";
    ReuseWithIrp "ARGUMENT_INVALID" "NewIrp for request2";
    CompleteMade "REQ_NOT_OWNED" "request2 was made by the driver: it came from no queue";
    ForwardMade "REQ_NOT_OWNED" "request2 was made by the driver: it came from no queue";
    RequeueMade "REQ_NOT_OWNED" "request2 was made by the driver: it came from no queue";
    MarkMade "REQ_NOT_OWNED" "request2 was made by the driver: it came from no queue";
    ParametersOfMade "REQ_NOT_OWNED" "request2 was made by the driver: it came from no queue";
    BufferOfMade "REQ_NOT_OWNED" "request2 was made by the driver: it came from no queue";
    FileOfMade "REQ_NOT_OWNED" "request2 was made by the driver: it came from no queue";
    FormatCurrentOfMade "REQ_NO_STACK_LOCATION" "request2 was made by the driver and asks for nothing";

    // A request of the driver without a target.
    InformationWithoutTarget "REQ_NOT_OWNED" "request3 has no target and so no IRP";
    SendWithoutTarget "REQ_NULL_IRP" "request3 has no target and so no IRP";
    FormatCurrentWithoutTarget "REQ_NULL_IRP" "request3 has no target and so no IRP";
    StatusWithoutTarget "REQ_NULL_IRP" "request3 has no target and so no IRP";

    // Opens.
    ForgetOpen "REQ_SEND_AND_FORGET" "request0 is forgotten, but it creates a file object";
}

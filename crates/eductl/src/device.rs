//! An open device: typed calls with deadlines, and the news that it goes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use edu_interface::{
    DeviceInfo, INTERFACE_VERSION, IOCTL_EDU_FACTORIAL, IOCTL_EDU_GET_INFO, IOCTL_EDU_GET_STATISTICS,
    IOCTL_EDU_LIVENESS, IOCTL_EDU_WAIT_INTERRUPT, Reply, Request, Statistics,
};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::Error;
use crate::code::Code;
use crate::transport::{Access, Completed, Control, Handle, News, Ticket, Transport};

/// Longest wait for an answer that the device gives at once.
pub const SOON: Duration = Duration::from_secs(10);
/// Longest wait for a factorial: the driver gives up long before, unless its registry value says otherwise.
pub const FACTORIAL_WITHIN: Duration = Duration::from_mins(11);
/// Longest wait for a request that was cancelled.
const CANCELLED_WITHIN: Duration = Duration::from_secs(10);
/// Requests of a device that goes come back before the news of that: how long the news may take.
const NEWS_WITHIN: Duration = Duration::from_secs(2);

/// A struct that the driver writes. It begins with the version of the interface.
pub trait Output: FromBytes + KnownLayout + Immutable {
    /// The version that stands in it.
    fn version(&self) -> u16;
}

/// The version in the first field.
macro_rules! outputs {
    ($($output:ty),*) => {
        $(impl Output for $output {
            fn version(&self) -> u16 {
                self.version
            }
        })*
    };
}

outputs!(DeviceInfo, Reply, Statistics);

/// An open device.
pub struct Device {
    handle: Box<dyn Handle>,
    /// Came back, and nobody took it yet.
    back: BTreeMap<Ticket, Completed>,
}

impl Device {
    /// Opens a device.
    ///
    /// # Errors
    /// As [`Transport::open`].
    pub fn open(transport: &mut dyn Transport, path: &str, access: Access) -> Result<Self, Error> {
        Ok(Self { handle: transport.open(path, access)?, back: BTreeMap::new() })
    }

    /// Sends a request, which may stay pending.
    ///
    /// # Errors
    /// As [`Handle::send`].
    pub fn send(&mut self, code: u32, input: &[u8], output_length: usize) -> Result<Ticket, Error> {
        self.handle.send(Control { code, input: input.to_vec(), output_length })
    }

    /// Waits for a request, at most for `limit`; `None`: it is still pending.
    ///
    /// # Errors
    /// [`Error::Gone`] and [`Error::GaveWay`]: the device is gone, or is to go. As [`Handle::next`].
    pub fn poll(&mut self, ticket: Ticket, limit: Duration) -> Result<Option<Completed>, Error> {
        let end = Instant::now() + limit;
        loop {
            if let Some(completed) = self.back.remove(&ticket) {
                return Ok(Some(completed));
            }
            if !self.hear(end.saturating_duration_since(Instant::now()))? {
                return Ok(None);
            }
        }
    }

    /// Waits for whichever request comes back first, as [`poll`](Self::poll) does.
    ///
    /// # Errors
    /// As [`poll`](Self::poll).
    pub fn poll_any(&mut self, limit: Duration) -> Result<Option<Completed>, Error> {
        let end = Instant::now() + limit;
        loop {
            if let Some((_, completed)) = self.back.pop_first() {
                return Ok(Some(completed));
            }
            if !self.hear(end.saturating_duration_since(Instant::now()))? {
                return Ok(None);
            }
        }
    }

    /// Takes news. False: there are none within `limit`.
    fn hear(&mut self, limit: Duration) -> Result<bool, Error> {
        match self.handle.next(limit)? {
            None => return Ok(false),
            Some(News::Completed(completed)) => {
                self.back.insert(completed.ticket, completed);
            }
            Some(News::Stays) => {}
            Some(News::QueryRemove) => return Err(Error::GaveWay),
            Some(News::Removed) => return Err(Error::Gone),
        }
        Ok(true)
    }

    /// As [`poll`](Self::poll), for a request that has to come back: if it does not, it is cancelled.
    ///
    /// # Errors
    /// [`Error::NoAnswer`]: it did not come back. As [`poll`](Self::poll) and [`cancel`](Self::cancel).
    pub fn wait(&mut self, what: &str, ticket: Ticket, limit: Duration) -> Result<Completed, Error> {
        if let Some(completed) = self.poll(ticket, limit)? {
            return Ok(completed);
        }
        self.cancel(ticket)?;
        // It may have come back just now.
        match self.poll(ticket, CANCELLED_WITHIN)? {
            Some(completed) if completed.code != Code::ERROR_OPERATION_ABORTED => Ok(completed),
            _ => Err(Error::NoAnswer { what: what.into(), limit }),
        }
    }

    /// Takes a request back.
    ///
    /// # Errors
    /// As [`Handle::cancel`].
    pub fn cancel(&mut self, ticket: Ticket) -> Result<(), Error> {
        self.handle.cancel(ticket)
    }

    /// What the failure of a request means: that it failed, or that the device goes.
    pub fn failure(&mut self, what: &str, code: Code) -> Error {
        if code.says_gone() {
            return Error::Gone;
        }
        let end = Instant::now() + NEWS_WITHIN;
        while code.may_say_gone() {
            match self.hear(end.saturating_duration_since(Instant::now())) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return error,
            }
        }
        Error::failed(what, code)
    }

    /// The struct that a request came back with.
    ///
    /// # Errors
    /// [`Error::Failed`]: the request failed, or as [`failure`](Self::failure) tells. [`Error::BadReply`]: its output has another
    /// length or version.
    pub fn output<T: Output>(&mut self, what: &str, completed: &Completed) -> Result<T, Error> {
        if completed.code != Code::ERROR_SUCCESS {
            return Err(self.failure(what, completed.code));
        }
        let bad = |problem| Error::BadReply { what: what.into(), problem };
        let (length, expected) = (completed.output.len(), size_of::<T>());
        let output = T::read_from_bytes(&completed.output)
            .map_err(|_| bad(format!("{length} bytes instead of {expected}")))?;
        if output.version() != INTERFACE_VERSION {
            let version = output.version();
            return Err(bad(format!("in version {version} of its interface, this is {INTERFACE_VERSION}")));
        }
        Ok(output)
    }

    /// Sends a request and waits for its output.
    fn call<T: Output>(&mut self, what: &str, code: u32, input: &[u8], limit: Duration) -> Result<T, Error> {
        let ticket = self.send(code, input, size_of::<T>())?;
        let completed = self.wait(what, ticket, limit)?;
        self.output(what, &completed)
    }

    /// What the driver found, and what the device is doing.
    ///
    /// # Errors
    /// As [`wait`](Self::wait) and [`output`](Self::output).
    pub fn info(&mut self) -> Result<DeviceInfo, Error> {
        self.call("get info", IOCTL_EDU_GET_INFO, &[], SOON)
    }

    /// What has happened so far.
    ///
    /// # Errors
    /// As [`wait`](Self::wait) and [`output`](Self::output).
    pub fn statistics(&mut self) -> Result<Statistics, Error> {
        self.call("get statistics", IOCTL_EDU_GET_STATISTICS, &[], SOON)
    }

    /// What the device answers to a value: its complement.
    ///
    /// # Errors
    /// As [`wait`](Self::wait) and [`output`](Self::output).
    pub fn live(&mut self, value: u32) -> Result<u32, Error> {
        let input = Request::new(value);
        let reply: Reply = self.call("liveness", IOCTL_EDU_LIVENESS, input.as_bytes(), SOON)?;
        Ok(reply.value)
    }

    /// Asks for a factorial; the request stays pending while the device computes.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub fn send_factorial(&mut self, n: u32) -> Result<Ticket, Error> {
        self.send(IOCTL_EDU_FACTORIAL, Request::new(n).as_bytes(), size_of::<Reply>())
    }

    /// Asks for the next interrupt.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub fn send_wait(&mut self) -> Result<Ticket, Error> {
        self.send(IOCTL_EDU_WAIT_INTERRUPT, &[], size_of::<Reply>())
    }

    /// The value that a factorial or a wait came back with.
    ///
    /// # Errors
    /// As [`output`](Self::output).
    pub fn value(&mut self, what: &str, completed: &Completed) -> Result<u32, Error> {
        let reply: Reply = self.output(what, completed)?;
        Ok(reply.value)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// Answers what it is told to.
    struct Script(VecDeque<News>);

    impl Handle for Script {
        fn send(&mut self, _: Control) -> Result<Ticket, Error> {
            Ok(1)
        }

        fn cancel(&mut self, _: Ticket) -> Result<(), Error> {
            Ok(())
        }

        fn next(&mut self, _: Duration) -> Result<Option<News>, Error> {
            Ok(self.0.pop_front())
        }
    }

    fn device(news: impl IntoIterator<Item = News>) -> Device {
        let handle = Box::new(Script(news.into_iter().collect()));
        Device { handle, back: BTreeMap::new() }
    }

    fn completed(code: Code, output: &[u8]) -> News {
        News::Completed(Completed { ticket: 1, code, output: output.to_vec() })
    }

    #[test]
    fn an_answer_is_checked_for_length_and_version() {
        let good = [1, 0, 0, 0, 5, 0, 0, 0];
        assert_eq!(device([completed(Code::ERROR_SUCCESS, &good)]).live(1).unwrap(), 5);
        for (output, problem) in
            [(&good[..7], "7 bytes instead of 8"), (&[2, 0, 0, 0, 5, 0, 0, 0], "in version 2")]
        {
            let error = device([completed(Code::ERROR_SUCCESS, output)]).live(1).unwrap_err();
            assert!(matches!(&error, Error::BadReply { .. }), "{error}");
            assert!(error.to_string().contains(problem), "{error}");
        }
    }

    #[test]
    fn a_device_that_goes_is_told_from_a_request_that_fails() {
        let aborted = || completed(Code::ERROR_OPERATION_ABORTED, &[]);
        assert!(matches!(device([aborted(), News::Removed]).live(1), Err(Error::Gone)));
        assert!(matches!(device([aborted(), News::QueryRemove]).live(1), Err(Error::GaveWay)));
        let code = device([aborted()]).live(1).unwrap_err().code();
        assert_eq!(code, Some(Code::ERROR_OPERATION_ABORTED));
        assert!(matches!(device([completed(Code::ERROR_DEVICE_REMOVED, &[])]).live(1), Err(Error::Gone)));
        // The driver has crashed: whoever looks for that must see it.
        let died = device([completed(Code::ERROR_DRIVER_PROCESS_TERMINATED, &[])]).live(1).unwrap_err();
        assert_eq!(died.code(), Some(Code::ERROR_DRIVER_PROCESS_TERMINATED));
        let invalid = completed(Code::ERROR_INVALID_PARAMETER, &[]);
        assert!(matches!(device([invalid, News::Removed]).live(1), Err(Error::Failed { .. })));
    }

    #[test]
    fn what_does_not_come_back_is_cancelled() {
        assert!(matches!(device([]).live(1), Err(Error::NoAnswer { .. })));
    }
}

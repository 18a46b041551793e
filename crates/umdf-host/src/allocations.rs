//! Fault injection: `VerifierAllocateFailCount` below `Parameters\Wdf` of the driver's service.
//!
//! Windows counts every allocation of the framework on behalf of the driver (`wdfpool.cpp`); how many a
//! function makes is the framework's own affair. Here each object and each context that the driver asks for is
//! one.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::hive::{Hive, Place, kind};

/// Name of the value.
const NAME: &str = "VerifierAllocateFailCount";
/// What stands for no limit, as in the framework.
const NO_LIMIT: u32 = u32::MAX;

/// How many allocations are left.
pub struct Allocations(AtomicU32);

impl Allocations {
    /// What the registry says for a service. A value of another type is none.
    pub fn of_service(hive: &Hive, service: &str) -> Self {
        let place = Place::parameters(service).below("Wdf").ok();
        let value = place.as_ref().and_then(|place| hive.value(place, NAME));
        let number = value.filter(|value| value.kind == kind::REG_DWORD);
        let number =
            number.and_then(|value| Some(u32::from_le_bytes(value.bytes.as_slice().try_into().ok()?)));
        Self(AtomicU32::new(number.unwrap_or(NO_LIMIT)))
    }

    /// Takes one; false if none is left.
    pub fn take(&self) -> bool {
        let less = |left: u32| if left == NO_LIMIT { Some(left) } else { left.checked_sub(1) };
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hive::Data;

    fn with(kind: u32, bytes: &[u8]) -> Allocations {
        let mut hive = Hive::default();
        let place = Place::parameters("driver").below("wdf").expect("a good path");
        hive.create(&place, false).expect("nothing there is volatile");
        hive.set(&place, NAME, Data { kind, bytes: bytes.into() });
        Allocations::of_service(&hive, "driver")
    }

    #[test]
    fn so_many_succeed() {
        let two = with(kind::REG_DWORD, &2_u32.to_le_bytes());
        assert_eq!([(); 4].map(|()| two.take()), [true, true, false, false]);
        assert!(!with(kind::REG_DWORD, &[0; 4]).take());
    }

    #[test]
    fn nothing_and_no_number_are_no_limit() {
        let none = [
            Allocations::of_service(&Hive::default(), "driver"),
            with(kind::REG_DWORD, &[0xff; 4]),
            with(kind::REG_DWORD, &[0]),
            with(kind::REG_BINARY, &[0; 4]),
        ];
        assert!(none.iter().all(|none| (0..3).all(|_| none.take())));
    }
}

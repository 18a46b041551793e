//! `eductl bench`: how long requests take.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use edu_interface::{IOCTL_EDU_LIVENESS, Reply, Request};
use hdrhistogram::Histogram;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use zerocopy::IntoBytes;

use crate::Error;
use crate::device::{Device, SOON};
use crate::transport::Ticket;

/// Longest time that is told apart, in nanoseconds: longer ones count as this.
const LONGEST: u64 = 60_000_000_000;
/// How exactly: so many digits.
const DIGITS: u8 = 3;

/// How long liveness requests took.
#[derive(Debug, Serialize)]
pub struct Bench {
    schema: &'static str,
    requests: u64,
    outstanding: usize,
    seconds: f64,
    per_second: f64,
    /// In microseconds.
    latency_us: Latency,
}

#[derive(Debug, Serialize)]
struct Latency {
    least: f64,
    p50: f64,
    p90: f64,
    p99: f64,
    p999: f64,
    most: f64,
}

/// Sends liveness requests, so many at a time, and looks at each answer.
///
/// # Errors
/// [`Error::Wrong`]: an answer is not the value's complement. [`Error::NoAnswer`]: none comes back for ten seconds. As
/// [`Device::value`].
pub fn bench(device: &mut Device, requests: u64, outstanding: usize, quiet: bool) -> Result<Bench, Error> {
    let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(requests) };
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} requests, {per_sec}");
    bar.set_style(style.map_err(|error| Error::System(error.to_string()))?);
    let mut times = Histogram::<u64>::new_with_bounds(1, LONGEST, DIGITS)
        .map_err(|error| Error::System(error.to_string()))?;
    let mut pending = BTreeMap::new();
    let mut sent = 0;
    let began = Instant::now();
    while sent < requests || !pending.is_empty() {
        while sent < requests && pending.len() < outstanding {
            let (ticket, request) = send(device, sent)?;
            pending.insert(ticket, request);
            sent += 1;
        }
        let back = device.poll_any(SOON)?;
        let back = back.ok_or_else(|| Error::NoAnswer { what: "liveness".into(), limit: SOON })?;
        let Some((value, at)) = pending.remove(&back.ticket) else { continue };
        times.saturating_record(u64::try_from(at.elapsed().as_nanos()).unwrap_or(u64::MAX));
        let answer = device.value("liveness", &back)?;
        if answer != !value {
            return Err(Error::Wrong(format!("the device answers {value:#010x} with {answer:#010x}")));
        }
        bar.inc(1);
    }
    let time = began.elapsed();
    bar.finish_and_clear();
    Ok(Bench::new(requests, outstanding, time, &times))
}

/// Sends one. No two in a row have the same value.
fn send(device: &mut Device, number: u64) -> Result<(Ticket, (u32, Instant)), Error> {
    let [a, b, c, d, ..] = number.to_le_bytes();
    let value = u32::from_le_bytes([a, b, c, d]);
    let at = Instant::now();
    let ticket = device.send(IOCTL_EDU_LIVENESS, Request::new(value).as_bytes(), size_of::<Reply>())?;
    Ok((ticket, (value, at)))
}

impl Bench {
    fn new(requests: u64, outstanding: usize, time: Duration, times: &Histogram<u64>) -> Self {
        let micros = |nanos: u64| Duration::from_nanos(nanos).as_secs_f64() * 1e6;
        let at = |percentile| micros(times.value_at_percentile(percentile));
        let seconds = time.as_secs_f64();
        let count = f64::from(u32::try_from(requests).unwrap_or(u32::MAX));
        Self {
            schema: "eductl.bench.1",
            requests,
            outstanding,
            seconds,
            per_second: if seconds > 0.0 { count / seconds } else { 0.0 },
            latency_us: Latency {
                least: micros(times.min()),
                p50: at(50.0),
                p90: at(90.0),
                p99: at(99.0),
                p999: at(99.9),
                most: micros(times.max()),
            },
        }
    }
}

impl fmt::Display for Bench {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { requests, outstanding, seconds, per_second, latency_us: latency, .. } = self;
        writeln!(
            f,
            "{requests} requests, {outstanding} at a time: {seconds:.3} s, {per_second:.0} per second"
        )?;
        let rows = [
            ("least", latency.least),
            ("50 %", latency.p50),
            ("90 %", latency.p90),
            ("99 %", latency.p99),
            ("99.9 %", latency.p999),
            ("most", latency.most),
        ];
        rows.iter().try_for_each(|(name, time)| writeln!(f, "{name:<8}{time:>12.1} us"))
    }
}

//! Makes a life that fails small: fewer steps, requests and preemptions, as long as it fails in the same way.

use crate::history::{Event, Record};
use crate::report::{End, Outcome};
use crate::rules::Rule;
use crate::scenario::{Fuzz, Scenario, Step};
use crate::schedule::Plan;
use crate::supervisor::{Run, RunError};

/// Most lives that are played for it.
const MOST_TRIALS: usize = 300;
/// Seeds that are tried where less happens: who is asked when a turn ends is another matter then.
const SEEDS: u64 = 4;

/// In what way a life fails, from the first thing that went wrong.
pub fn symptom(what: &str) -> String {
    let rule = what.split_once(':').map_or(what, |(rule, _)| rule);
    if Rule::ALL.iter().any(|known| known.name() == rule) {
        return rule.into();
    }
    what.split(|letter: char| letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect()
}

/// What went wrong, in words: the first rule that was broken tells more than a step that waited for something in
/// vain before.
pub fn complaint<'a>(events: impl Iterator<Item = &'a Record> + Clone) -> Option<String> {
    let violation = events.clone().find_map(|record| match &record.event {
        Event::Violation { rule, message } => Some(format!("{rule}: {message}")),
        _ => None,
    });
    violation.or_else(|| {
        events.into_iter().find_map(|record| match &record.event {
            Event::Missed { number, message } => Some(format!("step {number}: {message}")),
            Event::Ended { reason } => Some(reason.clone()),
            _ => None,
        })
    })
}

/// How a scenario fails, if it does.
fn failure(run: &Run, scenario: &Scenario) -> Result<Option<String>, RunError> {
    let (report, recording) = run.clone().with_scenario(scenario.clone()).record()?;
    if report.result == Outcome::Pass {
        return Ok(None);
    }
    let events: Vec<_> = recording.events().map(|(_, record)| record).collect();
    let told = complaint(events.iter().copied());
    Ok(Some(told.unwrap_or_else(|| match report.end {
        End::Died { how } => how,
        end => format!("{end:?}"),
    })))
}

/// A search for the smallest life.
struct Search {
    run: Run,
    symptom: String,
    best: Scenario,
    trials: usize,
}

/// Makes a life that fails small. `None`: it does not fail in this way, or no file can say it.
pub fn shrink(run: Run, life: Scenario, symptom: &str) -> Result<Option<Scenario>, RunError> {
    let mut search = Search { run, symptom: symptom.into(), best: life, trials: 0 };
    if !search.fails(&search.best.clone())? {
        return Ok(None);
    }
    search.shrink()?;
    Ok(Some(search.best))
}

impl Search {
    fn fails(&mut self, scenario: &Scenario) -> Result<bool, RunError> {
        self.trials += 1;
        // Only what a file can say is of use.
        let file = scenario.to_toml().ok().and_then(|text| Scenario::parse(&text, "".as_ref()).ok());
        if file.as_ref() != Some(scenario) {
            return Ok(false);
        }
        let what = failure(&self.run, scenario)?;
        Ok(what.is_some_and(|what| symptom(&what) == self.symptom))
    }

    /// Whether a smaller life fails too; it is the best one then.
    fn accepts(&mut self, smaller: &Scenario) -> Result<bool, RunError> {
        let Some(plan) = smaller.plan else { return Ok(false) };
        for seed in [plan.seed].into_iter().chain(0..SEEDS) {
            if self.trials >= MOST_TRIALS {
                return Ok(false);
            }
            let smaller = Scenario { plan: Some(Plan { seed, ..plan }), ..smaller.clone() };
            if self.fails(&smaller)? {
                self.best = smaller;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn shrink(&mut self) -> Result<(), RunError> {
        loop {
            let before = self.best.clone();
            self.drop_steps()?;
            self.shorten_clients()?;
            self.mend()?;
            if self.best == before || self.trials >= MOST_TRIALS {
                break;
            }
        }
        self.bound()
    }

    /// Leaves steps out, many at a time and then one by one.
    fn drop_steps(&mut self) -> Result<(), RunError> {
        let mut length = self.best.steps.len().div_ceil(2);
        loop {
            let mut from = 0;
            while from < self.best.steps.len() {
                let mut fewer = self.best.clone();
                let to = fewer.steps.len().min(from + length);
                fewer.steps.drain(from..to);
                if !self.accepts(&fewer)? {
                    from += length;
                }
            }
            if length <= 1 {
                return Ok(());
            }
            length = length.div_ceil(2);
        }
    }

    /// Lets clients send fewer requests.
    fn shorten_clients(&mut self) -> Result<(), RunError> {
        for place in 0..self.best.steps.len() {
            loop {
                let mut fewer = self.best.clone();
                let Some(Step::Fuzz(Fuzz { times, .. })) = fewer.steps.get_mut(place) else { break };
                let half = *times / 2;
                if half == 0 {
                    break;
                }
                *times = half;
                if !self.accepts(&fewer)? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Takes away what is broken from the beginning.
    fn mend(&mut self) -> Result<(), RunError> {
        for device in 0..self.best.devices.len() {
            if self.best.devices[device].breaks.is_some() {
                let mut sound = self.best.clone();
                sound.devices[device].breaks = None;
                self.accepts(&sound)?;
            }
        }
        for call in (0..self.best.failing.len()).rev() {
            let mut sound = self.best.clone();
            sound.failing.remove(call);
            self.accepts(&sound)?;
        }
        Ok(())
    }

    /// Finds the lowest bound of preemptions.
    fn bound(&mut self) -> Result<(), RunError> {
        let Some(plan) = self.best.plan else { return Ok(()) };
        for most in
            (0..8).chain([16, 32, 64]).take_while(|most| plan.preemptions.is_none_or(|now| *most < now))
        {
            let bounded =
                Scenario { plan: Some(Plan { preemptions: Some(most), ..plan }), ..self.best.clone() };
            if self.accepts(&bounded)? {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_places_are_no_symptom() {
        assert_eq!(symptom("MAP_TWICE: a: b"), "MAP_TWICE");
        assert_eq!(symptom("step 12: 3 bytes: c"), symptom("step 4: 77 bytes: c"));
        assert_ne!(symptom("step 12: 3 bytes: c"), symptom("step 12: 3 bytes: d"));
        assert_eq!(symptom("signal SIGSEGV"), "signal SIGSEGV");
    }
}

//! What an assessment is asked for. Every surface makes one of these, and its inputs are checked here alone.

use super::{
    Assessment, Attribution, BadRequest, PaidRewards, PaysBy, RewardLog, Settings, advise_with_forecast,
    forecast::{Pilot, Samples, Snapshot},
};
use crate::{
    reward::{Partial, Scheme},
    verdict::Group,
};

/// Rollouts of the initial policy, what else is known of it, and what for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The rollouts by prompt.
    pub groups: Vec<Group>,
    /// Of each group's completions, in their order, the mean log-probability of a token in nats, at most 0, where it is known; or nothing.
    pub logprobs: Vec<Vec<Option<f64>>>,
    /// What the trainer will pay for them, where that is more than a scheme makes of verdicts.
    pub paid: Option<PaidRewards>,
    /// Rewards as a log holds them, where they are known beside the verdicts: then they are what the trainer pays.
    pub log: Option<RewardLog>,
    /// What a task pays them by, where there is one.
    pub by: Option<PaysBy>,
    /// Of each group's completions, in their order, how long they are, where it is known; or nothing.
    pub lengths: Vec<Vec<Option<f64>>>,
    /// Short runs: see [`Request::add_pilot`].
    pub pilots: Vec<Pilot>,
    /// What is asked.
    pub settings: Settings,
}

impl Request {
    /// Adds what a pilot's policy wrote after some steps under a scheme. A credit stands behind the name, as in `partial:0.3`, and is then what `binary` is
    /// compared with. What comes after as many steps as something of the scheme before, or is as little known, is of the next run: the first of each
    /// number of steps are of one seed, the second of another.
    pub fn add_pilot(&mut self, scheme: &str, step: Option<u64>, groups: Vec<Group>) {
        let credited = scheme.split_once(':').and_then(|(name, credit)| {
            let credit = credit.parse().ok().filter(|credit| *credit > 0.0 && *credit <= 1.0)?;
            (name == "partial").then_some((name, Scheme::Partial(Partial::with_credit(credit))))
        });
        let scheme = match credited {
            Some((name, with_credit)) => {
                self.settings.schemes.retain(|known| *known != with_credit);
                self.settings.schemes.push(with_credit);
                name
            }
            None => scheme,
        };
        let snapshot = Snapshot { step, groups };
        let has = |pilot: &Pilot| pilot.snapshots.iter().any(|snapshot| snapshot.step == step);
        match self.pilots.iter_mut().find(|pilot| pilot.scheme == scheme && !has(pilot)) {
            Some(pilot) => {
                pilot.snapshots.push(snapshot);
                pilot.snapshots.sort_by_key(|snapshot| snapshot.step);
            }
            None => self.pilots.push(Pilot { scheme: scheme.to_owned(), snapshots: vec![snapshot] }),
        }
    }

    /// Whether it can be answered.
    ///
    /// # Errors
    /// The first input that is missing, out of range, or does not fit the others.
    pub fn check(&self) -> Result<(), BadRequest> {
        self.settings.check().map_err(BadRequest::Settings)?;
        if self.groups.is_empty() {
            return Err(BadRequest::NoRollouts);
        }
        let wrong = |value: &&f64| !(value.is_finite() && **value <= 0.0);
        if let Some(wrong) = self.logprobs.iter().flatten().flatten().find(wrong) {
            return Err(BadRequest::LogProb(*wrong));
        }
        for Pilot { scheme, snapshots } in &self.pilots {
            if !Scheme::NAMES.contains(&scheme.as_str()) {
                return Err(BadRequest::PilotOf(scheme.clone()));
            }
            if snapshots.is_empty() || snapshots.iter().any(|snapshot| snapshot.groups.is_empty()) {
                return Err(BadRequest::EmptyPilot(scheme.clone()));
            }
        }
        let of = |name: &str| self.pilots.iter().filter(|pilot| pilot.scheme == name).collect::<Vec<_>>();
        let (binary, partial) = (of("binary"), of("partial"));
        if !self.pilots.is_empty() && (binary.is_empty() || partial.is_empty()) {
            return Err(BadRequest::OnePilot);
        }
        for (binary, partial) in binary.iter().flat_map(|one| partial.iter().map(move |other| (one, other))) {
            if let (Some(binary), Some(partial)) = (steps(binary), steps(partial))
                && binary != partial
            {
                return Err(BadRequest::PilotSteps { binary, partial });
            }
        }
        let known = || self.pilots.iter().flat_map(|pilot| &pilot.snapshots).any(|snapshot| snapshot.step.is_some());
        // Without pilots, a price is for what is wasted.
        if self.settings.price.is_some() && !self.pilots.is_empty() && !known() {
            return Err(BadRequest::PriceWithoutSteps);
        }
        Ok(())
    }

    /// What the groups' advantages come from: the columns of a log, where there is one, or else what the task pays by. `None` where there is neither, or
    /// no gradient.
    #[must_use]
    pub fn attribution(&self) -> Option<Attribution> {
        if let Some(log) = &self.log {
            return log.attribution(self.settings.algorithm);
        }
        let paid = self.paid.as_ref().filter(|paid| paid.scheme.is_some());
        Attribution::of_task(&self.groups, self.by.as_ref()?, paid, &self.lengths, self.settings.algorithm)
    }

    /// The assessment, with a forecast.
    ///
    /// # Errors
    /// Those of [`Request::check`].
    pub fn assess(&self) -> Result<Assessment, BadRequest> {
        self.check()?;
        let samples = Samples { groups: &self.groups, logprobs: &self.logprobs, pilots: &self.pilots };
        Ok(advise_with_forecast(&samples, self.paid.as_ref(), &self.settings))
    }
}

/// The steps of a pilot, where all are known.
fn steps(pilot: &Pilot) -> Option<Vec<u64>> {
    pilot.snapshots.iter().map(|snapshot| snapshot.step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        advise::{BadSettings, Price},
        verdict::{Constraint, Outcome, Verdict},
    };

    fn groups() -> Vec<Group> {
        let outcome = Outcome::new([Constraint::plain("c")].into(), vec![Verdict::Passed]);
        vec![Group { prompt: "p".into(), outcomes: vec![outcome] }]
    }

    fn with_pilots(pilots: &[(&str, Option<u64>)]) -> Request {
        let mut request = Request { groups: groups(), ..Request::default() };
        pilots.iter().for_each(|(scheme, step)| request.add_pilot(scheme, *step, groups()));
        request
    }

    #[test]
    fn pilots_are_of_both_schemes_and_after_the_same_steps() {
        let check = |pilots: &[(&str, Option<u64>)]| with_pilots(pilots).check();
        assert_eq!(check(&[]), Ok(()));
        assert_eq!(check(&[("binary", Some(40)), ("partial", Some(40))]), Ok(()));
        assert_eq!(check(&[("binary", None), ("partial", Some(40))]), Ok(()));
        assert_eq!(check(&[("binary", Some(40))]), Err(BadRequest::OnePilot));
        assert_eq!(check(&[("binery", None), ("partial", None)]), Err(BadRequest::PilotOf("binery".into())));
        assert_eq!(check(&[("binary", None), ("partial:0.3", None)]), Ok(()));
        assert_eq!(check(&[("binary", None), ("partial:3", None)]), Err(BadRequest::PilotOf("partial:3".into())));
        let credited = with_pilots(&[("binary", None), ("partial:0.3", None)]);
        assert_eq!(credited.settings.schemes.last().and_then(Scheme::credit), Some(0.3));
        let steps = |binary: &[u64], partial: &[u64]| {
            Err(BadRequest::PilotSteps { binary: binary.into(), partial: partial.into() })
        };
        assert_eq!(check(&[("binary", Some(400)), ("partial", Some(40))]), steps(&[400], &[40]));
        // Files of seeds may come in any order.
        let seeds = [20, 20, 40, 40].map(|step| ("binary", Some(step)));
        let others = [40, 20, 40, 20].map(|step| ("partial", Some(step)));
        assert_eq!(check(&[seeds, others].concat()), Ok(()));
        let of_seeds = with_pilots(&[seeds, others].concat());
        assert_eq!(of_seeds.pilots.len(), 4);
        assert!(of_seeds.pilots.iter().all(|pilot| super::steps(pilot) == Some(vec![20, 40])));
        assert_eq!(with_pilots(&[("binary", None), ("binary", None), ("partial", None)]).pilots.len(), 3);
        let twice = [("binary", Some(20)), ("binary", Some(40)), ("partial", Some(40))];
        assert_eq!(check(&twice), steps(&[20, 40], &[40]));
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_named() {
        assert_eq!(Request::default().check(), Err(BadRequest::NoRollouts));
        let mut request = with_pilots(&[("binary", None), ("partial", None)]);
        request.settings.price = Some(Price { hours_per_step: 1.0, per_hour: None });
        assert_eq!(request.check(), Err(BadRequest::PriceWithoutSteps));
        request.logprobs = vec![vec![None, Some(0.5)]];
        assert_eq!(request.check(), Err(BadRequest::LogProb(0.5)));
        request.settings.group_size = 1;
        assert_eq!(request.check(), Err(BadRequest::Settings(BadSettings::GroupSize(1))));
        let mut empty = with_pilots(&[("binary", None)]);
        empty.add_pilot("partial", None, Vec::new());
        assert_eq!(empty.check(), Err(BadRequest::EmptyPilot("partial".into())));
    }
}

//! A probe that was judged, and what it amounts to on all prompts.

use super::{
    Probe,
    mutants::{Survivor, target::runs_code},
    remedy::{Met, remedy},
    report::{Earned, Finding},
    subject::Subject,
};
use crate::{reward::Scheme, spec::ProbeFamily, verdict::Outcome, verify::Verifier};
use std::collections::BTreeSet;

/// A probe that was judged on a prompt.
pub(super) struct Judged<'a> {
    pub(super) subject: &'a Subject,
    pub(super) probe: Probe,
    pub(super) outcome: Outcome,
    pub(super) rewards: Vec<(String, Option<f64>)>,
    /// What an answer earns that is no trick.
    pub(super) honest: f64,
    /// What a right answer earns, under each scheme.
    pub(super) right: Vec<f64>,
    /// Of a mutant: where it is wrong.
    pub(super) difference: Option<String>,
}

impl<'a> Judged<'a> {
    /// A mutant that earns what a right answer earns.
    pub(super) fn of_mutant(subject: &'a Subject, schemes: &[Scheme], right: &[f64], survivor: Survivor) -> Self {
        let Survivor { mutant, completion, rewards, outcome, difference } = survivor;
        Self {
            subject,
            probe: Probe::new(ProbeFamily::Mutant, mutant.kind, completion),
            outcome,
            rewards: schemes.iter().map(Scheme::to_string).zip(rewards).collect(),
            honest: 0.0,
            right: right.to_vec(),
            difference: Some(format!("{difference} (line {})", mutant.line)),
        }
    }

    pub(super) fn most(&self) -> f64 {
        most(&self.rewards)
    }

    /// The constraints of which this is true.
    fn ids(&self, passed: bool) -> Vec<String> {
        let those = self.outcome.iter().filter(|(_, verdict)| verdict.passed() == Some(passed));
        those.map(|(constraint, _)| constraint.id.to_string()).collect()
    }

    /// Whether it earns no more than the scheme promises for the constraints that it meets: less than a right answer under every scheme,
    /// and nothing for what it was thrown at.
    fn is_promised(&self) -> bool {
        let strict = match self.probe.family {
            ProbeFamily::Empty | ProbeFamily::Thinking => true,
            // Code that does not do the task must fail what runs it.
            ProbeFamily::Blocks | ProbeFamily::Constant | ProbeFamily::HardCoded | ProbeFamily::Exploit => {
                self.passes_code()
            }
            _ => false,
        };
        let as_right =
            |((_, reward), right): (&(String, Option<f64>), &f64)| reward.is_some_and(|reward| reward >= right - 1e-9);
        !strict && !self.rewards.iter().zip(&self.right).any(as_right)
    }

    fn passes_code(&self) -> bool {
        let passed = self.ids(true);
        self.subject.surfaces.iter().any(|surface| runs_code(surface) && passed.contains(&surface.id))
    }
}

/// The most that any scheme pays.
pub(super) fn most(rewards: &[(String, Option<f64>)]) -> f64 {
    rewards.iter().filter_map(|(_, reward)| *reward).fold(0.0, f64::max)
}

/// One probe on all prompts on which it earned something.
pub(super) fn finding(verifier: &Verifier, judged: &[Judged<'_>]) -> Option<Finding> {
    // Where it is a hole anywhere, that is what is told.
    let promised = judged.iter().all(Judged::is_promised);
    let told = || judged.iter().filter(|judged| judged.is_promised() == promised);
    let worst = told().reduce(|most, one| if one.most() > most.most() { one } else { most })?;
    let (allowed, why) = verifier.task().allowed(worst.probe.family);
    let most = worst.most();
    let threshold = if most > allowed { allowed } else { 0.0 };
    let (passed, failed) = (worst.ids(true), worst.ids(false));
    let judging = || worst.subject.surfaces.iter().filter(|surface| runs_code(surface));
    let met = Met {
        passed: &passed,
        failed: &failed,
        runs_code: judging().next().is_some(),
        hides: judging().any(|surface| surface.hidden > 0),
    };
    let earning = told().filter(|judged| judged.most() > threshold);
    let prompts: BTreeSet<*const Subject> = earning.map(|judged| std::ptr::from_ref(judged.subject)).collect();
    Some(Finding {
        family: worst.probe.family,
        name: worst.probe.name.clone(),
        most,
        allowed,
        why: why.map(str::to_owned),
        prompts: prompts.len() as u64,
        promised,
        difference: worst.difference.clone(),
        remedy: remedy(worst.probe.family, &met),
        example: Earned {
            prompt: worst.subject.id.clone(),
            completion: worst.probe.completion.clone(),
            rewards: worst.rewards.clone(),
            passed,
            failed,
        },
    })
}

//! Outcomes of a batch → rewards, by groups where the task's reward compares the completions of a prompt.

use super::{Circumstances, Task};
use crate::{
    adaptive::Controller,
    reward::{GroupReward, Pay, Scheme, Unit},
    verdict::{Group, Outcome},
};
use std::{collections::HashMap, sync::Arc};

/// What a task's reward looks at beside the outcome that it rewards, and so has to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// At the other completions of the prompt: each needs its id.
    Ids,
    /// At where training is.
    Progress,
    /// At how long a completion is, in tokens where they are given.
    Tokens,
}

impl Looks {
    /// Name of the argument.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ids => "ids",
            Self::Progress => "progress",
            Self::Tokens => "tokens",
        }
    }
}

impl Task {
    /// What its reward looks at beside an outcome.
    #[must_use]
    pub fn looks_at(&self) -> Vec<Looks> {
        let spec = self.verifier().task();
        let groups = spec.scheme.needs_group() || spec.advantage.is_some();
        let tokens = spec.penalty.is_some_and(|overlong| overlong.unit != Some(Unit::Characters));
        let annealed = matches!(spec.scheme, Scheme::Annealed(_));
        let all = [(groups, Looks::Ids), (annealed, Looks::Progress), (tokens, Looks::Tokens)];
        all.into_iter().filter_map(|(is, looks)| is.then_some(looks)).collect()
    }

    /// Rewards the outcomes of a batch, in their order; those of one id are a group, as far as they are of the same constraints. A
    /// `controller`, which a scheme that is `adaptive` pays by, takes the batch in as one step.
    #[must_use]
    pub fn pay(&self, outcomes: &[Outcome], given: &Circumstances, controller: Option<&Controller>) -> Vec<Pay> {
        let spec = self.verifier().task();
        // `read` has refused a batch that does not say where training is, if it matters.
        let reward = GroupReward::new(spec.reward(), spec.advantage, given.progress.unwrap_or(0.0));
        let length = |place: usize| given.lengths[place];
        if !reward.needs_group() {
            let alone = |(place, outcome)| reward.reward(std::slice::from_ref(outcome), None, |_| length(place)).pop();
            return outcomes.iter().enumerate().filter_map(alone).collect();
        }
        let gathered = Gathered::of(&given.ids, outcomes);
        let credits: Vec<Option<f64>> = match controller {
            Some(controller) => {
                controller.observe(&gathered.groups).into_iter().map(|rewarded| Some(rewarded.credit)).collect()
            }
            None => vec![None; gathered.groups.len()],
        };
        let mut paid = vec![None; outcomes.len()];
        for ((group, places), credit) in gathered.groups.iter().zip(&gathered.places).zip(credits) {
            let of_group = reward.reward(&group.outcomes, credit, |index| length(places[index]));
            for (&place, pay) in places.iter().zip(of_group) {
                paid[place] = Some(pay);
            }
        }
        paid.into_iter().map(|pay| pay.expect("every outcome is in a group")).collect()
    }
}

/// The groups of a batch, and where in the batch their outcomes stand.
struct Gathered {
    groups: Vec<Group>,
    places: Vec<Vec<usize>>,
}

impl Gathered {
    fn of(ids: &[String], outcomes: &[Outcome]) -> Self {
        let mut of_ids: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut gathered = Self { groups: Vec::new(), places: Vec::new() };
        for (place, (id, outcome)) in ids.iter().zip(outcomes).enumerate() {
            let known = of_ids.entry(id).or_default();
            let alike = known.iter().copied().find(|&at| gathered.groups[at].constraints() == &**outcome.constraints());
            let at = alike.unwrap_or_else(|| {
                known.push(gathered.groups.len());
                gathered.groups.push(Group { prompt: Arc::from(id.as_str()), outcomes: Vec::new() });
                gathered.places.push(Vec::new());
                gathered.groups.len() - 1
            });
            gathered.groups[at].outcomes.push(outcome.clone());
            gathered.places[at].push(place);
        }
        gathered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Constraint, FailureKind, Verdict};

    fn outcome(marks: &str) -> Outcome {
        let verdict = |mark| match mark {
            '1' => Verdict::Passed,
            _ => Verdict::failed(FailureKind::Unmet, ""),
        };
        let constraints = (0..marks.len()).map(|n| Constraint::plain(format!("c{n}"))).collect();
        Outcome::new(constraints, marks.chars().map(verdict).collect())
    }

    /// A trainer may give prompts with different constraints one id.
    #[test]
    fn one_id_with_different_constraints_is_several_groups() {
        let outcomes = ["11", "100", "01", "10", "000"].map(outcome);
        let ids = ["same", "same", "same", "other", "same"].map(str::to_owned);
        assert_eq!(Gathered::of(&ids, &outcomes).places, [vec![0, 2], vec![1, 4], vec![3]]);
    }
}

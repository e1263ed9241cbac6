//! Rows as each reward sees them, gathered by prompts: one gathering for each reward, all with the same prompts in the same places.

use super::{
    Alternative, ComparedRow, Comparing,
    read::{Kept, Part},
    shown::Candidate,
};
use crate::{
    advise::RewardGroup,
    data::BadRow,
    scoring::{Grouping, Intake, RewardGrouping},
    verdict::{Group, Outcome},
};

/// Rows gathered by prompts, in the order in which prompts first appear.
pub struct Gathered<'a> {
    pub(super) alternatives: &'a [Alternative<'a>],
    pub(super) candidates: Vec<Candidate>,
    held: Vec<Holding>,
    intake: Intake,
}

/// The rows of one reward.
struct Holding {
    judged: Option<Grouping>,
    logged: Option<RewardGrouping>,
}

/// What one reward makes of all completions, by prompts.
pub(super) struct Held {
    pub(super) groups: Vec<Group>,
    pub(super) lengths: Vec<Vec<Option<f64>>>,
    pub(super) log: Vec<RewardGroup>,
}

impl<'a> Gathered<'a> {
    /// For what was read so.
    #[must_use]
    pub fn new(comparing: &Comparing<'a>) -> Self {
        let alternatives = comparing.alternatives();
        let hold = |one: &Alternative<'_>| Holding {
            judged: one.verdicts.is_some().then(Grouping::default),
            logged: one.columns.as_ref().map(RewardGrouping::new),
        };
        Self {
            alternatives,
            candidates: Vec::new(),
            held: alternatives.iter().map(hold).collect(),
            intake: Intake::default(),
        }
    }

    /// Adds a row; one that cannot be used is kept as such, and no reward sees it.
    pub fn add(&mut self, row: Result<ComparedRow, BadRow>) {
        if let Some(row) = self.intake.count(row) {
            self.gather(row);
        }
    }

    fn gather(&mut self, row: ComparedRow) {
        self.intake.mark(row.thinking);
        let left_out = |outcomes: &[Outcome]| outcomes.iter().all(Outcome::is_left_out);
        if row.parts.iter().filter_map(|part| part.judged.as_ref()).any(|judged| left_out(&judged.outcomes)) {
            return self.intake.leave_out(row.count as u64);
        }
        let refused = |(held, part): (&Holding, &Part)| held.judged.as_ref()?.refused(part.judged.as_ref()?);
        if let Some(bad) = self.held.iter().zip(&row.parts).find_map(refused) {
            return self.intake.refuse(bad);
        }
        let ComparedRow { id, step, kept, parts, .. } = row;
        let before = self.held.first().map_or(0, |held| held.count(&id, step.as_deref()));
        for (held, Part { judged, logged }) in self.held.iter_mut().zip(parts) {
            held.judged.iter_mut().zip(judged).for_each(|(grouping, row)| grouping.add(Ok(row)));
            held.logged.iter_mut().zip(logged).for_each(|(grouping, row)| grouping.add(Ok(row)));
        }
        let prompt = self.held.first().and_then(|held| held.place(&id, step.as_deref())).unwrap_or_default();
        let candidate = |Kept { at, excerpt, said }: Kept| Candidate { prompt, completion: before + at, excerpt, said };
        self.candidates.extend(kept.into_iter().map(candidate));
    }

    /// What came of the rows.
    #[must_use]
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// Whether no row could be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.held.first().is_none_or(Holding::is_empty)
    }

    /// How many steps of training they are of; 1 where steps are not told apart.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.held.first().map_or(0, Holding::steps)
    }

    /// How many completions most prompts have, where all rewards are columns: a log holds the trainer's groups.
    #[must_use]
    pub fn usual_size(&self) -> Option<usize> {
        let logged = self.alternatives.iter().all(|one| one.verdicts.is_none());
        self.held.first().filter(|_| logged)?.logged.as_ref()?.log().usual_size()
    }

    /// What each reward makes of all completions.
    pub(super) fn held(&mut self) -> Vec<Held> {
        std::mem::take(&mut self.held).into_iter().map(Holding::held).collect()
    }
}

impl Holding {
    fn place(&self, id: &str, step: Option<&str>) -> Option<usize> {
        match (&self.judged, &self.logged) {
            (Some(judged), _) => judged.place(id, step),
            (None, Some(logged)) => logged.place(id, step),
            (None, None) => None,
        }
    }

    fn is_empty(&self) -> bool {
        let judged = self.judged.as_ref().map(Grouping::is_empty);
        judged.or_else(|| self.logged.as_ref().map(RewardGrouping::is_empty)).unwrap_or(true)
    }

    /// Completions of a prompt until now.
    fn count(&self, id: &str, step: Option<&str>) -> usize {
        let Some(place) = self.place(id, step) else { return 0 };
        match (&self.judged, &self.logged) {
            (Some(judged), _) => judged.groups()[place].outcomes.len(),
            (None, Some(logged)) => logged.log().groups[place].rewards.len(),
            (None, None) => 0,
        }
    }

    fn steps(&self) -> usize {
        let judged = self.judged.as_ref().map(Grouping::steps);
        judged.or_else(|| self.logged.as_ref().map(RewardGrouping::steps)).unwrap_or_default()
    }

    fn held(self) -> Held {
        let mut judged = self.judged.unwrap_or_default();
        let lengths = judged.take_sizes();
        let log = self.logged.map_or_else(Vec::new, |logged| logged.into_log().groups);
        Held { groups: judged.into_groups(), lengths, log }
    }
}

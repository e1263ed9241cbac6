//! `no-gradient`: rewards are equal in practically every group, under every scheme.

use crate::advise::{Alike, Answer, Assessment, Evidence, Fix, Percent, Severity, Share};
use std::fmt;

/// Share of groups up to which there is no gradient to speak of.
const NONE: f64 = 0.02;

/// There is no gradient under any scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct NoGradient {
    /// Completions per group.
    pub group_size: u64,
    /// Share of groups with different rewards, under the scheme that has most of them.
    pub mixed: Share,
    /// Prompts whose completions are all full.
    pub always_full: Alike,
    /// Prompts without a full answer.
    pub never_full: Alike,
    /// Prompts.
    pub prompts: u64,
    /// Whether only rewards are known, and neither verdicts nor schemes: full answers are then those that earn the most there is.
    pub rewards_alone: bool,
}

impl NoGradient {
    /// When the decision says so.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let most = |a: &Share, b: &Share| a.interval.high.total_cmp(&b.interval.high);
        let mixed = assessment.signal.iter().map(|signal| signal.mixed).max_by(most)?;
        Self::of_share(assessment, mixed, false)
    }

    /// The same of rewards alone.
    pub(in crate::advise) fn of_rewards(assessment: &Assessment, mixed: Share) -> Option<Self> {
        Self::of_share(assessment, mixed, true)
    }

    fn of_share(assessment: &Assessment, mixed: Share, rewards_alone: bool) -> Option<Self> {
        let Answer::FixFirst(Fix::NoGradient | Fix::NothingLeft, _) = assessment.decision.answer else { return None };
        let counts = &assessment.counts;
        Some(Self {
            group_size: assessment.settings.group_size as u64,
            mixed,
            always_full: assessment.always_full,
            never_full: assessment.never_full,
            prompts: counts.prompts,
            rewards_alone,
        })
    }

    /// Always an error: the run would learn nothing.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut evidence = vec![
            Evidence::new("group_size", self.group_size),
            Evidence::new("mixed_interval", self.mixed.interval),
            Evidence::new("always_full_prompts", self.always_full.prompts),
            Evidence::new("always_full_to_stay", self.always_full.stay),
            Evidence::new("never_full_prompts", self.never_full.prompts),
            Evidence::new("never_full_to_stay", self.never_full.stay),
            Evidence::new("prompts", self.prompts),
        ];
        evidence.extend(self.mixed.estimate.map(|share| Evidence::new("mixed", share)));
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        let mut remedy = Vec::new();
        let (always, never) = (self.always_full.prompts, self.never_full.prompts);
        if self.rewards_alone {
            return "Leave out the prompts whose answers all earn the same (`--prompts-out FILE` lists them), and add harder or easier ones. \
                    Read some of their completions: a reward that never differs may be broken."
                .to_owned();
        }
        if always > 0 {
            remedy.push(match self.always_full.is_real() && always < self.prompts {
                true => format!(
                    "Set aside the {always} of {} prompts that are always solved{}, and add harder ones.",
                    self.prompts,
                    self.always_full.aside()
                ),
                false => "Add harder prompts.".to_owned(),
            });
        }
        if never > 0 {
            remedy.push(format!(
                "On the {never} without a full answer, read some completions and the checkers' reasons; then fine-tune on \
                 solutions, choose easier prompts, or let constraints score a share of their cases."
            ));
        }
        remedy.join(" ")
    }
}

impl fmt::Display for NoGradient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = self.mixed.estimate.unwrap_or(self.mixed.interval.high);
        if share == 0.0 && !self.rewards_alone && self.mixed.interval.high > NONE {
            return write!(
                f,
                "on none of these {} prompts do rewards differ in a group of {}, whatever the scheme; of others, up to {} may",
                self.prompts,
                self.group_size,
                Percent(self.mixed.interval.high)
            );
        }
        let whatever = if self.rewards_alone { "" } else { ", whatever the scheme" };
        write!(
            f,
            "rewards differ in {} of groups of {}{whatever}: where they are equal, nothing is learned",
            Percent(share),
            self.group_size
        )
    }
}

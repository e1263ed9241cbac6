//! verdicts during training → the advisor's findings, live: the same codes as before the run, and those that only a run can show.

mod checkpoint;
mod history;
mod logged;
mod metrics;
mod onset;
mod prompts;
mod review;
mod stall;
mod step;
#[cfg(test)]
mod tests;
mod trend;
mod window;

pub use logged::{LoggedGroup, LoggedRun};
pub use review::{Review, Sign, Stall, StuckPrompt, TooShort};
pub use stall::became_alike;
pub use step::{Beside, Mean, Step};
pub use trend::{Change, Trend};

use crate::{
    advise::{
        Advice, Answer, Assessment, BadSettings, Decision, Fix, Settings, Severity, advise, advise_with_forecast,
        forecast::Samples,
        rules::{GradientFromPenalty, PartialCreditStalls},
    },
    reward::Scheme,
    verdict::Group,
};
use history::History;
use prompts::Prompts;
use std::collections::BTreeMap;
use window::Window;

/// Groups that an assessment looks back on, unless told otherwise.
pub const GROUPS: usize = 256;

/// Steps that a trend looks back on, unless told otherwise.
pub const STEPS: usize = 100;

/// Watches a run: feed it with the groups of each step.
///
/// ```
/// use fullmarks_advisor::{advise::Settings, monitor::Monitor, reward::{Binary, Scheme}};
///
/// let mut monitor = Monitor::new(Scheme::Binary(Binary), Settings::default())?;
/// monitor.observe(0, &[]);
/// assert!(monitor.metrics().is_empty());
/// # Ok::<(), fullmarks_advisor::advise::BadSettings>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Monitor {
    scheme: Scheme,
    settings: Settings,
    window: Window,
    history: History,
    prompts: Prompts,
}

impl Monitor {
    /// For a run under a scheme; assessments compare it with those of the settings.
    ///
    /// # Errors
    /// [`BadSettings`].
    pub fn new(scheme: Scheme, settings: Settings) -> Result<Self, BadSettings> {
        settings.check()?;
        let settings = settings.comparing(Some(scheme));
        Ok(Self {
            scheme,
            settings,
            window: Window::new(GROUPS),
            history: History::new(STEPS),
            prompts: Prompts::default(),
        })
    }

    /// Looks back on so many groups, and so many steps; at least one, and two.
    #[must_use]
    pub fn looking_back(self, groups: usize, steps: usize) -> Self {
        Self { window: Window::new(groups.max(1)), history: History::new(steps.max(2)), ..self }
    }

    /// Takes in the groups of a step. Groups without an outcome are ignored.
    pub fn observe(&mut self, step: u64, groups: &[Group]) {
        self.observe_paid(step, groups, &[]);
    }

    /// The same, with the rewards of each group's completions as the trainer saw them, penalties taken off; `None` where one is not known.
    pub fn observe_paid(&mut self, step: u64, groups: &[Group], paid: &[Vec<Option<f64>>]) {
        for (place, group) in groups.iter().enumerate() {
            self.observe_group(step, group, Beside { paid: paid.get(place).map(Vec::as_slice), distinct: None });
        }
    }

    /// Takes in a group of a step, with what is known beside its verdicts. A group without an outcome is ignored.
    pub fn observe_group(&mut self, step: u64, group: &Group, beside: Beside<'_>) {
        if !group.outcomes.is_empty() {
            self.window.push(group);
            self.history.add(step, group, self.scheme, beside);
            self.prompts.add(step, group, self.scheme);
        }
    }

    /// The scheme of the run.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// What it was made for.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The steps seen, oldest first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        self.history.steps()
    }

    /// How p_full and the reward changed lately; `None` before two steps with known completions.
    #[must_use]
    pub fn trend(&self) -> Option<Trend> {
        self.history.trend(self.settings.level)
    }

    /// What the latest groups say, and what the trend shows. Without a forecast it takes milliseconds.
    #[must_use]
    pub fn assess(&self) -> Assessment {
        self.with_trend(advise(&self.window.groups(), &self.settings))
    }

    /// The same, with a forecast from where the policy is now: a second or so of work.
    #[must_use]
    pub fn assess_with_forecast(&self) -> Assessment {
        let groups = self.window.groups();
        self.with_trend(advise_with_forecast(&Samples::of(&groups), None, &self.settings))
    }

    /// Numbers for a logger, by name; empty before anything was seen. Of the latest step: `p_full`, `mean_fraction`, `reward`,
    /// `mixed_groups` (share of groups with different rewards), `penalty_groups` (those that differ by a penalty alone), `unscored` (share of completions); of the groups looked back on:
    /// `met/FAMILY`, and `advice/CODE` with 1 for information, 2 for a warning and 3 for an error; `trend/p_full` and `trend/reward`.
    #[must_use]
    pub fn metrics(&self) -> BTreeMap<String, f64> {
        metrics::metrics(self)
    }

    /// What the run has shown of a stall until now, the gravest of what applies; see [`PartialCreditStalls::severity`].
    #[must_use]
    pub fn stall(&self) -> Option<PartialCreditStalls> {
        stall::seen(self.scheme, &self.history, self.lost_prompts().count() as u64, self.settings.level)
    }

    /// Prompts that had a full answer once, whose latest answers all earn the same credit and are none, with the step since when.
    pub fn lost_prompts(&self) -> impl Iterator<Item = (&str, u64)> {
        self.prompts.stuck().filter(|(_, had_full, _)| *had_full).map(|(prompt, _, since)| (prompt, since))
    }

    /// Prompts whose latest answers all earn the same credit, none of them full, with the step since when.
    pub fn stuck_prompts(&self) -> impl Iterator<Item = (&str, u64)> {
        self.prompts.stuck().map(|(prompt, _, since)| (prompt, since))
    }

    fn with_trend(&self, mut assessment: Assessment) -> Assessment {
        let (mixed, from_penalty) = self.history.mixed();
        if let Some(finding) = GradientFromPenalty::of_shares(self.settings.group_size as u64, mixed, from_penalty) {
            if finding.alone {
                let wasted = assessment.decision.wasted;
                assessment.settle(Decision { answer: Answer::FixFirst(Fix::PenaltyAlone, None), wasted });
            }
            assessment.advice.insert(0, finding.into());
        }
        if let Some(finding) = self.stall() {
            assessment.advice.retain(|advice| !matches!(advice, Advice::PartialCreditStalls(_)));
            if finding.severity() == Severity::Error {
                // What a run has shown stands above what a forecast says of it.
                let wasted = assessment.decision.wasted;
                assessment.settle(Decision { answer: Answer::FixFirst(Fix::Stalled, None), wasted });
            }
            assessment.advice.insert(0, finding.into());
        }
        assessment.advice.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
        assessment
    }
}

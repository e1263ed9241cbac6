//! `binary-starves`: most groups have no full answer.

use crate::{
    advise::{Alike, Assessment, Evidence, Percent, Severity, Share, stats::Interval},
    reward::Scheme,
};
use std::fmt;

/// Share of groups without a full answer above which binary is said to starve, and to starve badly.
const MOST: f64 = 0.5;
const NEARLY_ALL: f64 = 0.9;
/// How many more groups of different rewards another scheme must have to be worth naming.
const CLEARLY_MORE: f64 = 0.05;

/// Under `binary` most groups have no full answer, and so no gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct BinaryStarves {
    /// Completions per group.
    pub group_size: u64,
    /// Share of groups with every reward 0 under `binary`.
    pub all_zero: Share,
    /// Share of completions that are full.
    pub p_full: f64,
    /// Prompts without a full answer among their completions, out of how many.
    pub never_full: (u64, u64),
    /// How many of them stay so.
    pub alike: Alike,
    /// The smallest larger group with which at most half of the groups would have no full answer, and that share.
    pub enough: Option<(u64, f64)>,
    /// The largest group the samples can speak of, and its share of groups without a full answer.
    pub largest: Option<(u64, f64)>,
    /// Share of groups with different rewards under `binary`.
    pub mixed: Option<f64>,
    /// The scheme other than `binary` with the most groups of different rewards, and their share.
    pub other: Option<(Scheme, f64)>,
    /// The scheme that the decision names.
    pub named: Option<Scheme>,
}

impl BinaryStarves {
    /// Whether it applies.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let signal = assessment.signal.iter().find(|signal| matches!(signal.scheme, Scheme::Binary(_)))?;
        if signal.all_zero.interval.low <= MOST {
            return None;
        }
        let others = assessment.signal.iter().filter(|signal| !matches!(signal.scheme, Scheme::Binary(_)));
        let other = others
            .filter_map(|signal| signal.mixed.estimate.map(|mixed| (signal.scheme, mixed)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        Some(Self {
            group_size: assessment.settings.group_size as u64,
            all_zero: signal.all_zero,
            p_full: assessment.rates.as_ref()?.full.estimate,
            never_full: (assessment.counts.never_full_prompts, assessment.counts.prompts),
            alike: assessment.never_full,
            enough: assessment.larger_groups.iter().copied().find(|&(_, share)| share <= MOST),
            largest: assessment.larger_groups.last().copied(),
            mixed: signal.mixed.estimate,
            other,
            named: assessment.decision.scheme(),
        })
    }

    /// Error when nearly all groups are without signal, unless the decision has taken it into account already.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.named {
            Some(named) if !matches!(named, Scheme::Binary(_)) => Severity::Info,
            None if self.all_zero.interval.low > NEARLY_ALL => Severity::Error,
            _ => Severity::Warning,
        }
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut evidence = vec![
            Evidence::new("group_size", self.group_size),
            Evidence::new("all_zero_interval", self.all_zero.interval),
            Evidence::new("p_full", self.p_full),
            Evidence::new("never_full_prompts", self.never_full.0),
            Evidence::new("never_full_to_stay", self.alike.stay),
            Evidence::new("prompts", self.never_full.1),
        ];
        evidence.extend(self.all_zero.estimate.map(|share| Evidence::new("all_zero", share)));
        if let Some((size, share)) = self.enough.or(self.largest) {
            evidence.push(Evidence::new("larger_group_size", size));
            evidence.push(Evidence::new("larger_group_all_zero", share));
        }
        if let Some((scheme, share)) = self.other {
            evidence.push(Evidence::new("other_scheme", scheme.to_string().as_str()));
            evidence.push(Evidence::new("other_scheme_mixed", share));
        }
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        if let Some(named) = self.named.filter(|named| !matches!(named, Scheme::Binary(_))) {
            return format!("This concerns binary alone. With {named}, as recommended, keep these prompts.");
        }
        let (never, prompts) = self.never_full;
        let mut remedy = match (self.enough, self.largest) {
            (Some((size, share)), _) => format!("Groups of {size} would bring it down to about {}.", Percent(share)),
            (None, Some((size, share))) => format!(
                "Larger groups alone do not cure it: with {size}, the most these samples can speak of, {} would still \
                 have none.",
                Percent(share)
            ),
            (None, None) => format!(
                "Sample at least {} completions per prompt to see whether larger groups would cure it.",
                2 * self.group_size
            ),
        };
        // A prompt that was tried less often than a group tries it may well be solved in one.
        if never > 0 && self.all_zero.estimate.is_some() {
            remedy += &match never {
                all if all == prompts => {
                    " No prompt has a full answer: see that the constraints judge as you mean them, and begin with \
                     fine-tuning on solutions or with easier prompts."
                        .to_owned()
                }
                // Nobody trains on what is left then.
                some if 2 * some >= prompts => {
                    format!(
                        " {some} of {prompts} prompts have none: fine-tune on solutions, or begin with easier ones."
                    )
                }
                some if !self.alike.is_real() => format!(
                    " Set no prompt aside yet: of the {some} without a full answer, with more completions about {} would stay so.",
                    self.alike.about()
                ),
                some => format!(
                    " Set aside the {some} of {prompts} prompts without a full answer{}, or begin with fine-tuning on solutions.",
                    self.alike.aside()
                ),
            };
        }
        match (self.mixed, self.other) {
            // Where binary is named all the same, more gradients have been weighed.
            (Some(mixed), Some((scheme, share))) if self.named.is_none() && share > mixed + CLEARLY_MORE => {
                remedy += &format!(
                    " Under {scheme}, {} of groups have different rewards instead of {}: a gradient, though not always \
                     towards full answers.",
                    Percent(share),
                    Percent(mixed)
                );
            }
            _ => {}
        }
        remedy
    }
}

impl fmt::Display for BinaryStarves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Interval { low, high } = self.all_zero.interval;
        let size = self.group_size;
        match self.all_zero.estimate {
            Some(share) => {
                write!(f, "{} ({} to {}) of groups of {size}", Percent(share), Percent(low), Percent(high))?;
            }
            None => write!(f, "at least {} of groups of {size}, however prompts differ,", Percent(low))?,
        }
        f.write_str(" have no full answer, so binary gives them no gradient")
    }
}

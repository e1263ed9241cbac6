//! `too-few-samples`: more of them may say something else.

use crate::advise::{Answer, Assessment, Evidence, Percent, Severity, Share, stats::Interval};
use std::fmt;

/// Shares of groups at which what to do first changes: of mixed ones under the best scheme and the one that is named, and of those that are all full.
const MIXED: [f64; 2] = [0.02, 0.2];
const SOLVED: [f64; 2] = [0.3, 0.9];

/// The samples do not settle what to do first.
#[derive(Clone, Debug, PartialEq)]
pub struct TooFewSamples {
    /// What is vague: `p_full`, or a share of groups under a scheme.
    pub quantity: String,
    /// Its interval.
    pub interval: Interval,
    /// Prompts and completions with every verdict known.
    pub samples: (u64, u64),
    /// The probability that what is said to do first stays what it is; `None` where the samples are too few to say it at all.
    pub stays: Option<f64>,
    /// What settles it.
    pub settles: Settles,
}

/// What settles what to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settles {
    /// So many prompts more, with as many completions each as now.
    Prompts(u64),
    /// So many completions of each prompt there is.
    CompletionsEach(u64),
    /// More than was tried: the answer changes close to what was seen.
    Nothing,
}

impl TooFewSamples {
    /// Where there are too few prompts for any answer, where more of them may say something else, or where there are too few completions to count groups.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let rates = assessment.rates.as_ref()?;
        let samples = (rates.prompts, rates.completions);
        if let Answer::SampleMore { prompts: more @ 1.., .. } = assessment.decision.answer {
            let (quantity, interval) = ("p_full".to_owned(), rates.full.interval);
            return Some(Self { quantity, interval, samples, stays: None, settles: Settles::Prompts(more) });
        }
        if !matches!(assessment.decision.answer, Answer::Start(_) | Answer::FixFirst(..)) {
            return None;
        }
        let (quantity, share) = vague(assessment);
        if let Some(unsettled) = assessment.unsettled {
            let settles = unsettled.more_prompts.map_or(Settles::Nothing, Settles::Prompts);
            let interval = share.map_or(rates.full.interval, |share| share.interval);
            let quantity = share.map_or("p_full".to_owned(), |_| quantity);
            return Some(Self { quantity, interval, samples, stays: Some(unsettled.stays), settles });
        }
        // Groups that can only be bounded.
        let share = share.filter(|share| share.estimate.is_none())?;
        let settles = Settles::CompletionsEach(assessment.settings.group_size as u64);
        Some(Self { quantity, interval: share.interval, samples, stays: None, settles })
    }

    /// Always a warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Warning
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut evidence = vec![
            Evidence::new("quantity", self.quantity.as_str()),
            Evidence::new("interval", self.interval),
            Evidence::new("width", self.interval.width()),
            Evidence::new("prompts", self.samples.0),
            Evidence::new("completions", self.samples.1),
        ];
        evidence.extend(self.stays.map(|stays| Evidence::new("answer_stays", stays)));
        match self.settles {
            Settles::Prompts(more) => evidence.push(Evidence::new("more_prompts", more)),
            Settles::CompletionsEach(each) => evidence.push(Evidence::new("completions_each", each)),
            Settles::Nothing => {}
        }
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self.settles {
            Settles::Prompts(_) if self.samples.0 == 1 => {
                "One prompt says nothing about others: sample more prompts, 20 or more, before anything else.".to_owned()
            }
            Settles::Prompts(more) if self.stays.is_none() => format!("Sample {} for a first answer.", prompts(more, "more ")),
            Settles::Prompts(more) => format!(
                "{}, with as many completions each, would settle it nine times in ten. More completions of the same prompts would not.",
                capital(&format!("about {}", prompts(more, "more ")))
            ),
            Settles::CompletionsEach(each) => {
                format!("Sample at least {each} completions of each prompt: with fewer, groups can only be bounded.")
            }
            Settles::Nothing => {
                "The answer changes close to these figures, so that either one will do. Many more prompts would be needed to \
                 tell them apart."
                    .to_owned()
            }
        }
    }
}

/// The share of groups on which what to do first hangs: the one whose interval holds a value where it changes; of several the widest.
fn vague(assessment: &Assessment) -> (String, Option<Share>) {
    let holds = |share: &Share, at: &[f64]| at.iter().any(|&at| share.interval.low < at && at < share.interval.high);
    let mut found: Option<(String, Share)> = None;
    for signal in &assessment.signal {
        let shares = [("solved", signal.all_one, &SOLVED), ("mixed", signal.mixed, &MIXED)];
        for (name, share, at) in shares {
            let wider = found.as_ref().is_none_or(|(_, other)| share.interval.width() > other.interval.width());
            if holds(&share, at) && wider {
                found = Some((format!("the share of {name} groups under {}", signal.scheme), share));
            }
        }
    }
    found.map_or_else(|| (String::new(), None), |(quantity, share)| (quantity, Some(share)))
}

fn prompts(count: u64, more: &str) -> String {
    format!("{count} {more}{}", if count == 1 { "prompt" } else { "prompts" })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl fmt::Display for TooFewSamples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (Percent(self.interval.low), Percent(self.interval.high));
        let from = prompts(self.samples.0, "");
        let quantity = if self.quantity == "p_full" { "the pass rate" } else { &self.quantity };
        write!(f, "{quantity} is only known to lie between {low} and {high} from {from}")?;
        match self.stays {
            Some(stays) => {
                write!(f, ", so that more of them may change what comes first (chance: {})", Percent(1.0 - stays))
            }
            None => Ok(()),
        }
    }
}

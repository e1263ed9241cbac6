//! `too-few-samples`: intervals are too wide to act on.

use crate::advise::{
    Answer, Assessment, Evidence, Percent, Severity,
    stats::{Halving, Interval},
};
use std::fmt;

/// Widths above which a rate, or a share of groups, is too vague.
const RATE_WIDTH: f64 = 0.10;
const SHARE_WIDTH: f64 = 0.20;

/// An interval is too wide to act on.
#[derive(Clone, Debug, PartialEq)]
pub struct TooFewSamples {
    /// What is vague: `p_full`, or a share of groups under a scheme.
    pub quantity: String,
    /// Its interval.
    pub interval: Interval,
    /// Prompts and completions with every verdict known.
    pub samples: (u64, u64),
    /// Whether it is known how alike completions of a prompt are in this.
    pub correlated: bool,
    /// What would halve the width; `None` with one prompt.
    pub halving: Option<Halving>,
}

impl TooFewSamples {
    /// The quantity whose interval is widest for what it is, if one is too wide.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let rates = assessment.rates.as_ref()?;
        let mut wide =
            vec![("p_full".to_owned(), rates.full.estimate, rates.full.interval, RATE_WIDTH, rates.full.correlation)];
        // What can only be bounded is not narrowed by more of the same samples.
        for signal in &assessment.signal {
            let Some(estimate) = signal.mixed.estimate else { continue };
            let quantity = format!("the share of mixed groups under {}", signal.scheme);
            wide.push((quantity, estimate, signal.mixed.interval, SHARE_WIDTH, None));
        }
        let excess = |interval: Interval, limit: f64| interval.width() / limit;
        // Reversed, for the first of equals to win.
        let (quantity, estimate, interval, _, correlation) = wide
            .into_iter()
            .rev()
            .filter(|&(_, _, interval, limit, _)| excess(interval, limit) > 1.0)
            .max_by(|a, b| excess(a.2, a.3).total_cmp(&excess(b.2, b.3)))?;
        let counts = &assessment.counts;
        // Where the decision asks for more, two numbers would contradict each other.
        let asked = match assessment.decision.answer {
            Answer::SampleMore { prompts, .. } => prompts,
            _ => 0,
        };
        Some(Self {
            quantity,
            interval,
            samples: (rates.prompts, rates.completions),
            correlated: correlation.is_some(),
            halving: Halving::plan(
                rates.prompts,
                counts.per_prompt.median,
                estimate,
                correlation,
                interval.width(),
                assessment.settings.level,
            )
            .map(|halving| Halving { more_prompts: halving.more_prompts.max(asked), ..halving }),
        })
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
        if let Some(halving) = self.halving {
            evidence.push(Evidence::new("more_prompts_to_halve", halving.more_prompts));
            evidence
                .extend(halving.completions_each.map(|each| Evidence::new("completions_per_prompt_to_halve", each)));
        }
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        let Some(Halving { more_prompts, completions_each }) = self.halving else {
            return "One prompt says nothing about others: sample more prompts, 20 or more, before anything else."
                .to_owned();
        };
        let prompts = format!("About {more_prompts} more {}", if more_prompts == 1 { "prompt" } else { "prompts" });
        match completions_each {
            Some(each) => {
                format!("{prompts}, or about {each} completions for each prompt there is, would halve the width.")
            }
            None if self.correlated => {
                format!("{prompts} would halve the width; more completions of the same prompts would not.")
            }
            None => format!("{prompts} would halve the width."),
        }
    }
}

impl fmt::Display for TooFewSamples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prompts = self.samples.0;
        write!(
            f,
            "{} is only known to lie between {} and {} from {prompts} {}",
            self.quantity,
            Percent(self.interval.low),
            Percent(self.interval.high),
            if prompts == 1 { "prompt" } else { "prompts" }
        )
    }
}

//! From an assessment to its JSON form.

use super::*;
use crate::{
    advise::{self, Advice, Basis, Nothing, PilotGrowth, Undefined, Value},
    report::Advised,
    reward::Scheme,
};

impl AdviseReport {
    /// The wire form of an assessment and what stands beside it.
    #[must_use]
    pub fn new(advised: &Advised) -> Self {
        let assessment = &advised.assessment;
        let settings = &assessment.settings;
        let rates = |rates: &Option<advise::Rates>| rates.as_ref().map(RateSetReport::from);
        Self {
            fullmarks: Kind::Advise,
            version: VERSION,
            decision: DecisionReport::new(assessment),
            settings: SettingsReport {
                group_size: settings.group_size as u64,
                algorithm: settings.algorithm.name().to_owned(),
                schemes: settings.schemes.iter().map(SchemeReport::from).collect(),
                kl: settings.kl,
                sgd: settings.sgd.map(|advise::Sgd { learning_rate, steps }| SgdReport { learning_rate, steps }),
                target: settings.target,
                price: settings
                    .price
                    .map(|advise::Price { hours_per_step, per_hour }| PriceReport { hours_per_step, per_hour }),
                level: settings.level,
                draws: settings.draws as u64,
                seed: settings.seed,
                trainer: advised.trainer.as_ref().map(TrainerReport::from),
            },
            counts: (&assessment.counts).into(),
            nothing: assessment.nothing.map(|nothing| match nothing {
                Nothing::NoCompletions => NothingReport::NoCompletions,
                Nothing::AllUnscored => NothingReport::AllUnscored,
            }),
            rates: RatesReport { all: rates(&assessment.rates), several_constraints: rates(&assessment.several) },
            pass_at: assessment.pass_at.iter().map(PassAtReport::from).collect(),
            signal: assessment.signal.iter().map(SignalReport::from).collect(),
            rewards: advised.rewards.as_ref().map(RewardSignalReport::from),
            attribution: advised.attribution.as_ref().map(AttributionReport::from),
            larger_groups: assessment
                .larger_groups
                .iter()
                .map(|&(group_size, all_zero)| LargerGroupReport { group_size, all_zero })
                .collect(),
            critical_credit: (&assessment.critical_credit).into(),
            constraints: assessment.families.iter().map(FamilyReport::from).collect(),
            dependence: (&assessment.dependence).into(),
            forecast: assessment
                .forecast
                .as_ref()
                .map(|forecast| ForecastReport::new(forecast, assessment.settings.price)),
            prompts: assessment.prompts.iter().map(decision::PromptStateReport::from).collect(),
            pilots: assessment.pilots.iter().map(PilotReport::from).collect(),
            advice: assessment.advice.iter().map(AdviceReport::from).collect(),
            left_out: advised.left_out.clone(),
            since: None,
        }
    }
}

impl From<&Scheme> for SchemeReport {
    fn from(scheme: &Scheme) -> Self {
        Self { name: scheme.name().to_owned(), credit: scheme.credit() }
    }
}

impl From<advise::stats::Interval> for IntervalReport {
    fn from(interval: advise::stats::Interval) -> Self {
        Self { low: interval.low, high: interval.high }
    }
}

impl From<advise::Spread> for SpreadReport {
    fn from(spread: advise::Spread) -> Self {
        Self { min: spread.min, median: spread.median, max: spread.max }
    }
}

impl From<&advise::Counts> for CountsReport {
    fn from(counts: &advise::Counts) -> Self {
        Self {
            prompts: counts.prompts,
            completions: counts.completions,
            verdicts: counts.verdicts,
            completions_per_prompt: counts.per_prompt.into(),
            constraints_per_prompt: counts.constraints.into(),
            single_constraint_prompts: counts.single_constraint_prompts,
            single_completion_prompts: counts.single_completion_prompts,
            never_full_prompts: counts.never_full_prompts,
            always_full_prompts: counts.always_full_prompts,
            unscored_completions: counts.unscored_completions,
            unscored_verdicts: counts.unscored_verdicts,
            unscored_by_cause: counts.unscored_by_cause.iter().map(|(cause, &n)| (cause.to_string(), n)).collect(),
        }
    }
}

impl From<&advise::Rates> for RateSetReport {
    fn from(rates: &advise::Rates) -> Self {
        let &advise::Rates { prompts, completions, unknown, full, partial, none, forfeited } = rates;
        let forfeited = forfeited.map(|(estimate, interval)| ForfeitedReport { estimate, interval: interval.into() });
        Self { prompts, completions, unknown, full: full.into(), partial: partial.into(), none: none.into(), forfeited }
    }
}

impl From<advise::Rate> for RateReport {
    fn from(rate: advise::Rate) -> Self {
        Self {
            estimate: rate.estimate,
            interval: rate.interval.into(),
            if_scored: rate.if_scored.into(),
            correlation_within_prompts: rate.correlation,
        }
    }
}

impl From<advise::Share> for ShareReport {
    fn from(share: advise::Share) -> Self {
        Self { estimate: share.estimate, interval: share.interval.into() }
    }
}

impl From<&advise::Signal> for SignalReport {
    fn from(signal: &advise::Signal) -> Self {
        let (method, direct_prompts, bounding_prompts) = match signal.basis {
            Basis::Direct { prompts } => (MethodReport::Direct, prompts, 0),
            Basis::Bounds { direct, bounding } => (MethodReport::Bounds, direct, bounding),
        };
        let left_out_prompts = signal.left_out;
        Self {
            scheme: (&signal.scheme).into(),
            basis: BasisReport { method, direct_prompts, bounding_prompts, left_out_prompts },
            all_zero: signal.all_zero.into(),
            all_one: signal.all_one.into(),
            tied: signal.tied.into(),
            mixed: signal.mixed.into(),
        }
    }
}

impl From<&Result<advise::CriticalCredit, Undefined>> for CriticalCreditReport {
    fn from(credit: &Result<advise::CriticalCredit, Undefined>) -> Self {
        match credit {
            Ok(credit) => {
                let earned = credit
                    .credits
                    .iter()
                    .map(|(scheme, earned)| CreditReport { scheme: scheme.into(), mean_partial_credit: *earned });
                Self {
                    estimate: Some(credit.estimate),
                    interval: Some(credit.interval.into()),
                    undefined: None,
                    credits: earned.collect(),
                }
            }
            Err(undefined) => Self {
                estimate: None,
                interval: None,
                undefined: Some(match undefined {
                    Undefined::NoPrompt => UndefinedReport::NoPrompt,
                    Undefined::NoPartial => UndefinedReport::NoPartial,
                    Undefined::OnlyPartial => UndefinedReport::OnlyPartial,
                }),
                credits: Vec::new(),
            },
        }
    }
}

impl From<&advise::FamilyRate> for FamilyReport {
    fn from(family: &advise::FamilyRate) -> Self {
        Self {
            constraint: family.family.clone(),
            required: family.required,
            prompts: family.prompts,
            passed: family.passed,
            failed: family.failed,
            unscored: family.unscored,
            estimate: family.estimate,
            interval: family.interval.map(IntervalReport::from),
        }
    }
}

impl From<&Advice> for AdviceReport {
    fn from(advice: &Advice) -> Self {
        let evidence = advice.evidence().into_iter().map(|evidence| {
            let value = match evidence.value {
                Value::Count(count) => EvidenceReport::Count(count),
                Value::Number(number) => EvidenceReport::Number(number),
                Value::Interval(interval) => EvidenceReport::Interval(interval.into()),
                Value::Name(name) => EvidenceReport::Name(name),
            };
            (evidence.name.to_owned(), value)
        });
        Self {
            code: advice.code().to_owned(),
            severity: match advice.severity() {
                advise::Severity::Info => SeverityReport::Info,
                advise::Severity::Warning => SeverityReport::Warning,
                advise::Severity::Error => SeverityReport::Error,
            },
            message: advice.to_string(),
            remedy: advice.remedy(),
            evidence: evidence.collect(),
            page: format!("docs/advice/{}.md", advice.code()),
        }
    }
}

impl From<&PilotGrowth> for PilotReport {
    fn from(pilot: &PilotGrowth) -> Self {
        let PilotGrowth { scheme, step, before, after, change } = pilot;
        let change = change.map(IntervalReport::from);
        Self { scheme: scheme.clone(), step: *step, before: *before, after: *after, change }
    }
}

//! The JSON form of an assessment, version 1: structs of its own, so that what programs read does not move with the
//! library's types. Shares and rates are in [0, 1]; what a `null` means is said at its field.

use crate::{
    advise::{self, Advice, Assessment, Basis, Nothing, Undefined, Value},
    reward::Scheme,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of this form. Fields may be added within a version; removing one or changing its meaning makes a new one.
pub(super) const VERSION: u32 = 1;

/// What `fullmarks advise --json` writes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AdviseReport {
    /// The kind of document.
    pub fullmarks: Kind,
    /// Version of the form.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// What the assessment was made for.
    pub settings: SettingsReport,
    /// What there was to assess.
    pub counts: CountsReport,
    /// Why nothing can be assessed; `null` when something can. If set, rates and signal are empty.
    pub nothing: Option<NothingReport>,
    /// Rates over all prompts and over those with at least two constraints.
    pub rates: RatesReport,
    /// Per scheme, what groups of completions would look like.
    pub signal: Vec<SignalReport>,
    /// Larger groups under `binary`, as far as the samples reach without a model.
    pub larger_groups: Vec<LargerGroupReport>,
    /// The critical credit.
    pub critical_credit: CriticalCreditReport,
    /// Rates per family of constraints, the least met first.
    pub constraints: Vec<FamilyReport>,
    /// Findings, the gravest first.
    pub advice: Vec<AdviceReport>,
}

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Kind {
    /// Advice.
    #[serde(rename = "advise")]
    Advise,
}

/// What an assessment was made for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SettingsReport {
    /// Completions per prompt in a training step.
    pub group_size: u64,
    /// `grpo` or `rloo`.
    pub algorithm: String,
    /// The schemes compared.
    pub schemes: Vec<SchemeReport>,
    /// Probability content of every interval.
    pub level: f64,
    /// Seed of the posterior draws.
    pub seed: u64,
}

/// A reward scheme.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SchemeReport {
    /// Its name.
    pub name: String,
    /// Credit of an all-but-full answer; `null` for a scheme without such a setting.
    pub credit: Option<f64>,
}

/// A range of values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct IntervalReport {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Least, lower median and most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpreadReport {
    /// The least.
    pub min: u64,
    /// The lower median.
    pub median: u64,
    /// The most.
    pub max: u64,
}

/// What there was to assess. Completions that are alike count as often as they are given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CountsReport {
    /// Prompts with at least one completion.
    pub prompts: u64,
    /// Completions.
    pub completions: u64,
    /// Verdicts: one per completion and constraint.
    pub verdicts: u64,
    /// Completions per prompt.
    pub completions_per_prompt: SpreadReport,
    /// Constraints per prompt.
    pub constraints_per_prompt: SpreadReport,
    /// Prompts with one constraint.
    pub single_constraint_prompts: u64,
    /// Prompts with one completion.
    pub single_completion_prompts: u64,
    /// Prompts with known completions, none of them full.
    pub never_full_prompts: u64,
    /// Prompts with known completions, all of them full.
    pub always_full_prompts: u64,
    /// Completions with an unscored verdict; in none of the rates.
    pub unscored_completions: u64,
    /// Unscored verdicts.
    pub unscored_verdicts: u64,
    /// Unscored verdicts by cause.
    pub unscored_by_cause: BTreeMap<String, u64>,
}

/// Why nothing can be assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NothingReport {
    /// No completion was given.
    NoCompletions,
    /// Every completion has an unscored verdict.
    AllUnscored,
}

/// Rates over two sets of prompts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RatesReport {
    /// Over all prompts; `null` when no completion is known.
    pub all: Option<RateSetReport>,
    /// Over prompts with at least two constraints; `null` when none of them has a known completion.
    pub several_constraints: Option<RateSetReport>,
}

/// Rates over a set of prompts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RateSetReport {
    /// Prompts with a known completion.
    pub prompts: u64,
    /// Completions with every verdict known.
    pub completions: u64,
    /// Completions left out because something in them is unscored.
    pub unknown: u64,
    /// All constraints met.
    pub full: RateReport,
    /// Some but not all constraints met.
    pub partial: RateReport,
    /// No constraint met.
    pub none: RateReport,
}

/// A rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RateReport {
    /// Mean over prompts of the share of their known completions.
    pub estimate: f64,
    /// Its credible interval, with prompts as the sampling unit.
    pub interval: IntervalReport,
    /// Where the estimate could lie had everything unscored gone one way or the other.
    pub if_scored: IntervalReport,
    /// How alike completions of one prompt are, in [0, 1]; `null` when no prompt has two known completions.
    pub correlation_within_prompts: Option<f64>,
}

/// Shares of groups under one scheme.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SignalReport {
    /// The scheme.
    pub scheme: SchemeReport,
    /// What the shares rest on.
    pub basis: BasisReport,
    /// All rewards 0: no gradient.
    pub all_zero: ShareReport,
    /// All rewards 1: no gradient.
    pub all_one: ShareReport,
    /// All rewards equal in between: no gradient.
    pub tied: ShareReport,
    /// Rewards differ.
    pub mixed: ShareReport,
}

/// What shares of groups rest on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BasisReport {
    /// How the shares were computed.
    pub method: MethodReport,
    /// Prompts with at least a group's worth of known completions.
    pub direct_prompts: u64,
    /// Prompts whose share is extrapolated from fewer completions by a model.
    pub modelled_prompts: u64,
    /// Prompts with one known completion that only bound the shares; 0 unless no prompt has two.
    pub bounding_prompts: u64,
    /// Prompts not used.
    pub left_out_prompts: u64,
}

/// How shares of groups were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MethodReport {
    /// Unbiased from at least a group's worth of completions per prompt.
    Direct,
    /// Extrapolated for some prompts by a Dirichlet-multinomial fitted to all.
    Modelled,
    /// Only bounded, for want of a prompt with two completions.
    Bounds,
}

/// A share of groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ShareReport {
    /// The estimate; `null` when the share can only be bounded.
    pub estimate: Option<f64>,
    /// The credible interval, or the bounds.
    pub interval: IntervalReport,
}

/// A larger group under `binary`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LargerGroupReport {
    /// Completions per group.
    pub group_size: u64,
    /// Share of such groups without a full answer.
    pub all_zero: f64,
}

/// The critical credit: a diagnostic for a policy in which nothing learned carries over, never a recommendation by itself.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CriticalCreditReport {
    /// Its value, at least 0, above 1 when full answers are likelier than partial ones; `null` when undefined.
    pub estimate: Option<f64>,
    /// Its interval; `null` when undefined.
    pub interval: Option<IntervalReport>,
    /// Why it is undefined; `null` when it is defined.
    pub undefined: Option<UndefinedReport>,
    /// Per scheme, what a partial answer earned on average; empty when undefined.
    pub credits: Vec<CreditReport>,
}

/// Why there is no critical credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UndefinedReport {
    /// No prompt with at least two constraints has a known completion.
    NoPrompt,
    /// No partial answer was seen.
    NoPartial,
    /// Every answer is partial.
    OnlyPartial,
}

/// What a partial answer earned under a scheme.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CreditReport {
    /// The scheme.
    pub scheme: SchemeReport,
    /// Mean reward of partial answers.
    pub mean_partial_credit: f64,
}

/// How often constraints of a family are met.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FamilyReport {
    /// The constraint's id without its position.
    pub constraint: String,
    /// Prompts that have it.
    pub prompts: u64,
    /// Verdicts that it was met.
    pub passed: u64,
    /// Verdicts that it was not.
    pub failed: u64,
    /// Verdicts that could not be given.
    pub unscored: u64,
    /// Mean over prompts of the share met; `null` when every verdict is unscored.
    pub estimate: Option<f64>,
    /// Its interval; `null` when every verdict is unscored.
    pub interval: Option<IntervalReport>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AdviceReport {
    /// Its stable code.
    pub code: String,
    /// How grave it is.
    pub severity: SeverityReport,
    /// The finding in one sentence; wording may change within a version.
    pub message: String,
    /// What to do about it; wording may change within a version.
    pub remedy: String,
    /// The numbers it rests on.
    pub evidence: BTreeMap<String, EvidenceReport>,
    /// The page about this code, from the root of the repository.
    pub page: String,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityReport {
    /// Worth knowing.
    Info,
    /// The run will learn less, or slower, than it could.
    Warning,
    /// The run will hardly learn, or its numbers cannot be trusted.
    Error,
}

/// A piece of evidence: a count, a number, a range or a name.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum EvidenceReport {
    /// A count.
    Count(u64),
    /// A number.
    Number(f64),
    /// A range.
    Interval(IntervalReport),
    /// A name.
    Name(String),
}

impl AdviseReport {
    /// The wire form of an assessment.
    #[must_use]
    pub fn new(assessment: &Assessment) -> Self {
        let settings = &assessment.settings;
        let rates = |rates: &Option<advise::Rates>| rates.as_ref().map(RateSetReport::from);
        Self {
            fullmarks: Kind::Advise,
            version: VERSION,
            settings: SettingsReport {
                group_size: settings.group_size as u64,
                algorithm: settings.algorithm.name().to_owned(),
                schemes: settings.schemes.iter().map(SchemeReport::from).collect(),
                level: settings.level,
                seed: settings.seed,
            },
            counts: (&assessment.counts).into(),
            nothing: assessment.nothing.map(|nothing| match nothing {
                Nothing::NoCompletions => NothingReport::NoCompletions,
                Nothing::AllUnscored => NothingReport::AllUnscored,
            }),
            rates: RatesReport { all: rates(&assessment.rates), several_constraints: rates(&assessment.several) },
            signal: assessment.signal.iter().map(SignalReport::from).collect(),
            larger_groups: assessment
                .larger_groups
                .iter()
                .map(|&(group_size, all_zero)| LargerGroupReport { group_size, all_zero })
                .collect(),
            critical_credit: (&assessment.critical_credit).into(),
            constraints: assessment.families.iter().map(FamilyReport::from).collect(),
            advice: assessment.advice.iter().map(AdviceReport::from).collect(),
        }
    }
}

impl From<&Scheme> for SchemeReport {
    fn from(scheme: &Scheme) -> Self {
        let credit = match scheme {
            Scheme::Binary(_) => None,
            Scheme::Partial(partial) => Some(partial.credit),
        };
        Self { name: scheme.name().to_owned(), credit }
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
        let &advise::Rates { prompts, completions, unknown, full, partial, none } = rates;
        Self { prompts, completions, unknown, full: full.into(), partial: partial.into(), none: none.into() }
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
        let (method, direct_prompts, modelled_prompts, bounding_prompts) = match signal.basis {
            Basis::Direct { prompts } => (MethodReport::Direct, prompts, 0, 0),
            Basis::Modelled { direct, modelled } => (MethodReport::Modelled, direct, modelled, 0),
            Basis::Bounds { prompts } => (MethodReport::Bounds, 0, 0, prompts),
        };
        let left_out_prompts = signal.left_out;
        Self {
            scheme: (&signal.scheme).into(),
            basis: BasisReport { method, direct_prompts, modelled_prompts, bounding_prompts, left_out_prompts },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{CauseKind, Constraint, FailureKind, Group, Outcome, Verdict};

    fn group(marks: &[&str]) -> Group {
        let verdict = |mark| match mark {
            '1' => Verdict::Passed,
            '0' => Verdict::failed(FailureKind::Unmet, ""),
            _ => Verdict::unscored(CauseKind::Missing, ""),
        };
        let outcome = |marks: &&str| {
            let constraints = (0..marks.len()).map(|n| Constraint::plain(format!("c{n}"))).collect();
            Outcome::new(constraints, marks.chars().map(verdict).collect())
        };
        Group { prompt: "a".into(), outcomes: marks.iter().map(outcome).collect() }
    }

    #[test]
    fn nothing_is_said_with_nulls() {
        let report = AdviseReport::new(&advise::advise(&[], &advise::Settings::default()));
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!((&json["fullmarks"], &json["version"]), (&"advise".into(), &1.into()));
        assert_eq!(json["nothing"], "no-completions");
        assert!(json["rates"]["all"].is_null());
        assert!(json["critical_credit"]["estimate"].is_null());
    }

    #[test]
    fn degenerate_data_validates_against_the_schema() {
        let schema = serde_json::to_value(schemars::schema_for!(AdviseReport)).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for marks in [&["1"][..], &["0"], &["?"], &["11", "00", "1?"], &["10", "10"], &["11", "11", "11"]] {
            let groups = [group(marks)];
            let report = AdviseReport::new(&advise::advise(&groups, &advise::Settings::default()));
            let json = serde_json::to_value(&report).unwrap();
            assert!(validator.is_valid(&json), "{marks:?}: {json}");
        }
    }
}

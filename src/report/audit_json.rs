//! The JSON form of an audit, version 2: structs of its own, so that what programs read does not move with the library's
//! types.

use crate::{
    advise::stats::Interval,
    audit::{Audit, Category, Count, ErrorExample, Errors, Measure, Metric, Own, ProxyAudit},
    report::{
        LeftOut,
        audit_patterns_json::{BesideReport, ChanceReport, EXCERPT, FindingReport, PatternReport},
    },
    reward::Algorithm,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of this form. Fields may be added within a version; removing one or changing its meaning makes a new one.
const VERSION: u32 = 2;

/// What `fullmarks audit --json` writes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AuditReport {
    /// The kind of document.
    pub fullmarks: AuditKind,
    /// Version of the form.
    #[schemars(range(min = 2, max = 2))]
    pub version: u32,
    /// What the proxies are held against.
    pub truth: String,
    /// What a sample stands for: `sampled` or `logprob`.
    pub mass: String,
    /// How the policy of the counterfactuals is trained.
    #[schemars(extend("enum" = Algorithm::NAMES))]
    pub algorithm: String,
    /// Confidence level of the intervals.
    pub level: f64,
    /// Seed of the resamplings.
    pub seed: u64,
    /// Prompts with a completion of which every reward is known.
    pub prompts: u64,
    /// Prompts without one.
    pub prompts_left_out: u64,
    /// Completions of which every reward is known; all figures are of these.
    pub completions: u64,
    /// Completions of which one is not.
    pub completions_left_out: u64,
    /// Completions whose truth is not known.
    pub without_truth: u64,
    /// Of `completions`, those without a log-probability.
    pub without_logprob: u64,
    /// Samples of the policy without a truth, which say what it earns.
    pub policy_samples: u64,
    /// Prompts with a single such completion.
    pub single_completion_prompts: u64,
    /// Pairs of completions of different worth.
    pub pairs: u64,
    /// Of those, pairs that lack a log-probability: weighted metrics leave them out.
    pub pairs_without_logprob: u64,
    /// Best completions with worse ones beside them: what the one-vs-many metrics count.
    pub one_vs_many: u64,
    /// Of those, the ones that lack a log-probability.
    pub one_vs_many_without_logprob: u64,
    /// Prompts whose completions are all worth alike.
    pub prompts_without_pair: u64,
    /// The metric that ranks the proxies.
    pub ranked_by: String,
    /// What has to be known before anybody believes the order.
    pub findings: Vec<FindingReport>,
    /// The proxies, the best first; those that do not rise with the truth last.
    pub proxies: Vec<ProxyReport>,
    /// How well each metric tells which proxy to train on; empty unless at least two outcomes were given.
    pub predictions: Vec<PredictionReport>,
    /// What of the input could not be used, and why.
    pub left_out: LeftOut,
    /// What changed since an earlier report, where one was given; else it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<super::SinceReport>,
}

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum AuditKind {
    /// An audit.
    #[serde(rename = "audit")]
    Audit,
}

/// A proxy.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ProxyReport {
    /// Its name, as it was given.
    pub name: String,
    /// Completions on which it is not known.
    pub unknown: u64,
    /// Prompts on which it pays every completion the same.
    pub constant_prompts: u64,
    /// The metrics by name: `acc`, `acc-w`, `hacc`, `hacc-w` and the same with `-one-vs-many`; `null` where there is nothing to
    /// compare.
    pub metrics: BTreeMap<String, Option<MetricReport>>,
    /// Acc and HAcc of the same rewards dealt out at random within prompts.
    pub chance: ChanceReport,
    /// Whether it rises with the truth: `yes`; `cannot_tell`, above chance by less than prompts differ; `no`, not above chance.
    pub rises: String,
    /// Share of the resamplings of prompts in which it ranks first among those that rise with the truth.
    pub first: Option<f64>,
    /// Its errors; `null` when it does not rise with the truth.
    pub errors: Option<ErrorsReport>,
    /// Where its harmful errors gather, those that hold most of the harm first.
    pub patterns: Vec<PatternReport>,
    /// The measured outcome of training on it, where given.
    pub outcome: Option<f64>,
}

/// A metric.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MetricReport {
    /// Its value, in [0, 1].
    pub value: f64,
    /// Lower end of its interval; `null` for fewer than two prompts.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Comparisons it is of.
    pub comparisons: u64,
    /// Comparisons of equal weight that would vary as much.
    pub effective: f64,
}

/// The errors of a proxy.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ErrorsReport {
    /// How the proxy was put on the truth's scale.
    pub scale: ScaleReport,
    /// All of them.
    pub all: CountReport,
    /// Those that pay too much.
    pub over: CountReport,
    /// Those that pay too little.
    pub under: CountReport,
    /// Those on prompts with a single completion, which are in no category.
    pub undecided: CountReport,
    /// By the policy's dynamics with the error and without it.
    pub by_dynamics: CategoriesReport,
    /// By the rule of attraction.
    pub by_attraction: CategoriesReport,
    /// Completions on which the two agree.
    pub agreed: u64,
    /// Prompts on which true reward cannot grow, since no sampled completion is worth more than the policy: errors there are benign.
    pub prompts_without_growth: u64,
    /// The errors there.
    pub without_growth: CountReport,
    /// Examples, the worst category first.
    pub examples: Vec<ExampleReport>,
}

/// truth = offset + slope · proxy, where each prompt has its own offset.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ScaleReport {
    /// The truth that a difference of 1 stands for; of one deviation of the prompt's rewards, where prompts have their own slope.
    pub slope: f64,
    /// What a prompt has of its own: `nothing`, `offset`, or `offset_and_slope`.
    pub own: String,
    /// The least difference that is an error, on the truth's scale.
    pub tolerance: f64,
    /// Whether it was fitted; else the two are compared as they are.
    pub fitted: bool,
}

/// Completions, and their share of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CountReport {
    /// Completions.
    pub completions: u64,
    /// Share of the policy's mass, mean over prompts.
    pub mass: f64,
}

/// Counts by category.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CategoriesReport {
    /// They slow the growth of true reward.
    pub harmful: CountReport,
    /// They change nothing that matters.
    pub benign: CountReport,
    /// True reward grows faster with them.
    pub beneficial: CountReport,
}

/// Completions of a prompt that are paid wrongly.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ExampleReport {
    /// The prompt's id.
    pub id: String,
    /// Number of the first of them among the prompt's completions, from 0.
    pub completion: u64,
    /// How many there are of this worth and reward.
    pub completions: u64,
    /// Their share of the policy on the prompt.
    pub mass: f64,
    /// What they are worth.
    pub truth: f64,
    /// What they are paid.
    pub proxy: f64,
    /// What they would be paid without the error.
    pub corrected: f64,
    /// The policy's mean proxy reward on the prompt.
    pub expected: f64,
    /// Whether they attract probability.
    pub attracts: bool,
    /// Whether they would without the error.
    pub attracts_without: bool,
    /// Time lost with the error over time lost without it; `null` when nothing is lost without it.
    pub slowdown: Option<f64>,
    /// `harmful`, `benign` or `beneficial`.
    pub by_dynamics: String,
    /// The same by the rule of attraction.
    pub by_attraction: String,
    /// How the first of them begins.
    pub excerpt: String,
    /// What it is best held beside.
    pub beside: Option<BesideReport>,
}

/// How well a metric predicts outcomes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PredictionReport {
    /// The metric.
    pub metric: String,
    /// Spearman's correlation with the outcomes; `null` for fewer than three proxies or where one of the two is constant.
    pub spearman: Option<f64>,
    /// Lower and upper end of its interval over resampled prompts.
    pub spearman_interval: Option<[f64; 2]>,
    /// The best outcome minus that of the proxy it ranks first.
    pub regret: f64,
    /// Lower and upper end of its interval over resampled prompts.
    pub regret_interval: Option<[f64; 2]>,
}

impl AuditReport {
    /// Version of this form.
    pub const VERSION: u32 = VERSION;

    /// The report of an audit against the truth of that name.
    #[must_use]
    pub fn new(audit: &Audit, truth: &str, left_out: LeftOut) -> Self {
        let (counts, compared, settings) = (&audit.counts, &audit.comparisons, &audit.settings);
        let ends = |interval: Option<Interval>| interval.map(|interval| [interval.low, interval.high]);
        let predictions = audit.predictions.iter().map(|found| PredictionReport {
            metric: found.metric.name().into(),
            spearman: found.spearman,
            spearman_interval: ends(found.spearman_interval),
            regret: found.regret,
            regret_interval: ends(found.regret_interval),
        });
        Self {
            fullmarks: AuditKind::Audit,
            version: VERSION,
            truth: truth.to_owned(),
            mass: settings.mass.name().into(),
            algorithm: settings.trainer.algorithm.name().into(),
            level: settings.level,
            seed: settings.seed,
            prompts: counts.prompts,
            prompts_left_out: counts.prompts_left_out,
            completions: counts.completions,
            completions_left_out: counts.left_out,
            without_truth: counts.without_truth,
            without_logprob: counts.without_logprob,
            policy_samples: counts.policy_samples,
            single_completion_prompts: counts.single,
            pairs: compared.pairs,
            pairs_without_logprob: compared.pairs_without_logprob,
            one_vs_many: compared.one_vs_many,
            one_vs_many_without_logprob: compared.one_vs_many_without_logprob,
            prompts_without_pair: compared.prompts_without_pair,
            ranked_by: audit.ranked_by.name().into(),
            findings: audit.findings.iter().map(FindingReport::new).collect(),
            proxies: audit.proxies.iter().map(proxy).collect(),
            predictions: predictions.collect(),
            left_out,
            since: None,
        }
    }
}

fn proxy(proxy: &ProxyAudit) -> ProxyReport {
    let metric = |metric: Metric| (metric.name().to_owned(), proxy.measures[metric.index()].map(measure));
    ProxyReport {
        name: proxy.name.clone(),
        unknown: proxy.unknown,
        constant_prompts: proxy.constant,
        metrics: Metric::ALL.map(metric).into_iter().collect(),
        chance: ChanceReport::new(proxy.chance),
        rises: proxy.rises.name().into(),
        first: proxy.first,
        errors: proxy.errors.as_ref().map(errors),
        patterns: proxy.patterns.iter().map(PatternReport::new).collect(),
        outcome: proxy.outcome,
    }
}

fn measure(measure: Measure) -> MetricReport {
    MetricReport {
        value: measure.value,
        low: measure.interval.map(|interval| interval.low),
        high: measure.interval.map(|interval| interval.high),
        comparisons: measure.comparisons,
        effective: measure.effective,
    }
}

fn count(count: Count) -> CountReport {
    CountReport { completions: count.completions, mass: count.mass }
}

fn errors(errors: &Errors) -> ErrorsReport {
    let categories = |of: &dyn Fn(Category) -> Count| CategoriesReport {
        harmful: count(of(Category::Harmful)),
        benign: count(of(Category::Benign)),
        beneficial: count(of(Category::Beneficial)),
    };
    ErrorsReport {
        scale: ScaleReport {
            slope: errors.scale.slope,
            own: own(errors.scale.own).into(),
            tolerance: errors.scale.tolerance,
            fitted: errors.scale.fitted,
        },
        all: count(errors.all),
        over: count(errors.over),
        under: count(errors.under),
        undecided: count(errors.undecided),
        by_dynamics: categories(&|category| errors.by_dynamics(category)),
        by_attraction: categories(&|category| errors.by_attraction(category)),
        agreed: (0..3).map(|place| errors.table[place][place].completions).sum(),
        prompts_without_growth: errors.prompts_without_growth,
        without_growth: count(errors.without_growth),
        examples: errors.examples.iter().map(example).collect(),
    }
}

fn example(example: &ErrorExample) -> ExampleReport {
    ExampleReport {
        id: example.prompt.to_string(),
        completion: example.completion as u64,
        completions: example.completions,
        mass: example.mass,
        truth: example.truth,
        proxy: example.proxy,
        corrected: example.corrected,
        expected: example.expected,
        attracts: example.attraction.attracts,
        attracts_without: example.attraction.attracts_without,
        slowdown: example.slowdown.is_finite().then_some(example.slowdown),
        by_dynamics: example.by_dynamics.name().into(),
        by_attraction: example.by_attraction.name().into(),
        excerpt: example.excerpt.chars().take(EXCERPT).collect(),
        beside: example.beside.as_ref().map(BesideReport::new),
    }
}

fn own(own: Own) -> &'static str {
    match own {
        Own::Nothing => "nothing",
        Own::Offset => "offset",
        Own::OffsetAndSlope => "offset_and_slope",
    }
}

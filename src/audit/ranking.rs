//! Which metric ranks, and what has to be said before anybody believes the order.

use super::{
    AuditSettings, Comparisons, Measure, Metric,
    measure::percentiles,
    samples::{Known, is_below},
};

/// What a reward reaches that knows nothing of the truth: the same rewards, dealt out at random within each prompt.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chance {
    /// Its Acc.
    pub acc: f64,
    /// Its HAcc.
    pub hacc: f64,
}

/// Whether a proxy rises with the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rises {
    /// Its Acc is above chance, over resampled prompts too.
    Yes,
    /// Its Acc is above chance by less than prompts differ.
    CannotTell,
    /// Its Acc is not above chance.
    No,
}

/// Something that a reader has to know of a ranking.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// The weights amount to few equal comparisons, so the metrics without weights rank.
    FewEffective {
        /// To how many.
        effective: f64,
        /// Of how many.
        comparisons: u64,
    },
    /// No prompt has more than two completions and none has samples of the policy: HAcc and Acc are the same.
    TwoAnswers,
    /// What the policy earns comes from samples without a truth.
    PolicySamples {
        /// How many samples.
        samples: u64,
        /// Prompts with something to compare that have none.
        prompts_without: u64,
    },
    /// The proxy does not rise with the truth.
    NotRising {
        /// Its name.
        proxy: String,
        /// Its Acc.
        acc: f64,
        /// That of chance.
        chance: f64,
    },
    /// HAcc forgives far more mistakes than the proxy has ranked rightly above chance.
    Forgiven {
        /// The proxy's name.
        proxy: String,
        /// Its Acc.
        acc: f64,
        /// Its HAcc.
        hacc: f64,
    },
}

/// Equal comparisons below which weights are not believed.
const FEW: f64 = 30.0;

/// Level of the interval that must lie above chance. Rewards that know nothing are tried by the dozen, and of twenty with 100 prompts each
/// two passed at 0.9.
const SURE: f64 = 0.99;

/// A difference between HAcc and Acc that is a finding.
const GAP: f64 = 0.2;

impl Finding {
    /// The names of all, as JSON and the docs write them.
    pub const CODES: [&str; 5] =
        ["few_effective_comparisons", "two_answers", "policy_samples", "not_above_chance", "hacc_far_above_acc"];

    /// Its name, one of [`Finding::CODES`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        Self::CODES[match self {
            Self::FewEffective { .. } => 0,
            Self::TwoAnswers => 1,
            Self::PolicySamples { .. } => 2,
            Self::NotRising { .. } => 3,
            Self::Forgiven { .. } => 4,
        }]
    }

    /// Those of a proxy.
    pub(super) fn of_proxy(name: &str, measures: &[Option<Measure>; 8], chance: Chance, rises: Rises) -> Option<Self> {
        let value = |metric: usize| measures[metric].map(|found| found.value);
        let (hacc, acc) = (value(0)?, value(2)?);
        match rises {
            Rises::No => Some(Self::NotRising { proxy: name.to_owned(), acc, chance: chance.acc }),
            _ => (hacc - acc > GAP).then(|| Self::Forgiven { proxy: name.to_owned(), acc, hacc }),
        }
    }
}

/// The metric that ranks when none is asked for, and why it is not another one.
pub(super) fn metric(
    settings: &AuditSettings,
    compared: &Comparisons,
    known: &[Known],
    weighted: Option<&Measure>,
) -> (Metric, Vec<Finding>) {
    let mut findings = Vec::new();
    let two = known.iter().all(|known| known.truth.len() <= 2 && !known.from_policy) && compared.pairs > 0;
    let few = weighted.filter(|found| found.effective < FEW && found.effective < found.comparisons as f64 / 2.0);
    let few = few.map(|found| Finding::FewEffective { effective: found.effective, comparisons: found.comparisons });
    let believed = weighted.is_some() && few.is_none();
    let asked = settings.rank_by;
    if asked.is_none_or(|metric| metric.weighted) {
        findings.extend(few);
    }
    if two {
        findings.push(Finding::TwoAnswers);
    }
    let metric = Metric { harm_aware: !two, weighted: believed, one_vs_many: false };
    (asked.unwrap_or(metric), findings)
}

impl Rises {
    /// From the Acc of a proxy, and that of resampled prompts. Of `tried` proxies, as many times fewer may pass by chance.
    pub(super) fn of(acc: Option<&Measure>, resampled: &[Option<f64>], chance: Chance, tried: usize) -> Self {
        let sure = 1.0 - (1.0 - SURE) / tried.max(1) as f64;
        match acc {
            Some(acc) if acc.value <= chance.acc + 1e-12 => Self::No,
            // A single prompt says nothing of others.
            Some(Measure { interval: Some(_), .. })
                if percentiles(resampled, sure).is_some_and(|interval| interval.low > chance.acc) =>
            {
                Self::Yes
            }
            _ => Self::CannotTell,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::CannotTell => "cannot_tell",
            Self::No => "no",
        }
    }
}

/// The chance of a proxy, over all prompts.
pub(super) fn chance(known: &[Known], proxy: usize) -> Chance {
    let (mut all, mut acc, mut hacc) = (0.0, 0.0, 0.0);
    for known in known {
        let paid = &known.proxies[proxy];
        let samples = || 0..paid.len();
        let pairs = samples().flat_map(|a| (0..a).map(move |b| (a, b)));
        let weight = pairs.filter(|&(a, b)| known.truth[a] != known.truth[b]).count() as f64;
        if weight == 0.0 {
            continue;
        }
        let (mut right, mut harmless) = (0u64, 0u64);
        for rejected in samples() {
            let below = is_below(paid[rejected], known.expected[proxy], paid);
            for chosen in samples().filter(|chosen| *chosen != rejected) {
                let is_right = paid[chosen] > paid[rejected];
                right += u64::from(is_right);
                harmless += u64::from(is_right || below);
            }
        }
        let ordered = (paid.len() * (paid.len() - 1)) as f64;
        all += weight;
        acc += weight * right as f64 / ordered;
        hacc += weight * harmless as f64 / ordered;
    }
    if all > 0.0 { Chance { acc: acc / all, hacc: hacc / all } } else { Chance::default() }
}

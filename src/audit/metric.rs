//! The metrics: how well a proxy ranks completions, with or without regard to what a mistake does.

/// A metric of a proxy, in [0, 1]; 1 is best. Definitions after the code of arXiv 2604.25872.
///
/// A *pair* is two completions of one prompt, the chosen one truly worth more than the rejected one. `Acc` is the share of
/// pairs in which the proxy pays the chosen one more; a tie is a mistake. `HAcc` forgives a mistake whose rejected
/// completion is paid less than the policy earns on average on that prompt: it attracts no probability. `-W` weighs a
/// pair by the probability of its two completions. *One-vs-many* sets a best completion of a prompt against all that are
/// worth less, at once: it must be paid more than any of them, or, harm-aware, each of them less than the average.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Metric {
    /// Whether mistakes without harm are forgiven.
    pub harm_aware: bool,
    /// Whether comparisons are weighed by the policy's probability of what they compare.
    pub weighted: bool,
    /// Whether a best completion meets all worse ones at once.
    pub one_vs_many: bool,
}

impl Metric {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 8] = {
        const fn of(one_vs_many: bool, harm_aware: bool, weighted: bool) -> Metric {
            Metric { harm_aware, weighted, one_vs_many }
        }
        [
            of(false, true, false),
            of(false, true, true),
            of(false, false, false),
            of(false, false, true),
            of(true, true, false),
            of(true, true, true),
            of(true, false, false),
            of(true, false, true),
        ]
    };

    /// The names the command line and JSON use, in the order of [`Metric::ALL`].
    pub const NAMES: [&str; 8] = [
        "hacc",
        "hacc-w",
        "acc",
        "acc-w",
        "hacc-one-vs-many",
        "hacc-w-one-vs-many",
        "acc-one-vs-many",
        "acc-w-one-vs-many",
    ];

    /// Its place in [`Metric::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.one_vs_many) * 4 + usize::from(!self.harm_aware) * 2 + usize::from(self.weighted)
    }

    /// Its name, one of [`Metric::NAMES`].
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self.index()]
    }

    /// The metric of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let index = Self::NAMES.iter().position(|known| *known == name)?;
        Some(Self::ALL[index])
    }

    /// How reports write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match (self.harm_aware, self.weighted) {
            (true, false) => "HAcc",
            (true, true) => "HAcc-W",
            (false, false) => "Acc",
            (false, true) => "Acc-W",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Metric;

    #[test]
    fn names_and_places_agree() {
        for (index, metric) in Metric::ALL.into_iter().enumerate() {
            assert_eq!(metric.index(), index);
            assert_eq!(Metric::by_name(metric.name()), Some(metric));
            assert_eq!(metric.name().starts_with("hacc"), metric.harm_aware);
            assert_eq!(metric.name().ends_with("one-vs-many"), metric.one_vs_many);
            assert_eq!(metric.name().contains("-w"), metric.weighted);
        }
    }
}

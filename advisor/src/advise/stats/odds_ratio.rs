//! How two yes-or-no answers go together within prompts.

use super::Interval;
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::BTreeMap;

/// How the completions of a prompt fared on two constraints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Table {
    /// Both met.
    pub both: u64,
    /// Only the first met.
    pub first: u64,
    /// Only the second met.
    pub second: u64,
    /// Neither met.
    pub neither: u64,
}

impl Table {
    /// Completions.
    #[must_use]
    pub fn completions(&self) -> u64 {
        self.both + self.first + self.second + self.neither
    }

    /// The unbiased probability that one completion meets the first and another one the second: what meeting both would
    /// have were they independent within the prompt. `None` with fewer than two completions.
    #[must_use]
    pub fn independent(&self) -> Option<f64> {
        let n = self.completions();
        let pairs = (self.both + self.first) * (self.both + self.second) - self.both;
        (n > 1).then(|| pairs as f64 / (n * (n - 1)) as f64)
    }

    fn strata(&self) -> Stratum {
        let n = self.completions() as f64;
        let [a, b, c, d] = [self.both, self.first, self.second, self.neither].map(|count| count as f64);
        Stratum { r: a * d / n, s: b * c / n, p: (a + d) / n, q: (b + c) / n }
    }
}

#[derive(Clone, Copy)]
struct Stratum {
    r: f64,
    s: f64,
    p: f64,
    q: f64,
}

/// Added when judging uncertainty: two prompts of two completions, on one of which the constraints go together and on the
/// other do not, so that what was never seen is not impossible.
const UNSEEN: [Stratum; 2] = [Stratum { r: 0.5, s: 0.0, p: 1.0, q: 0.0 }, Stratum { r: 0.0, s: 0.5, p: 0.0, q: 1.0 }];

/// A variance of R − ψ S as a polynomial in ψ, the lowest power first.
type Variance = [f64; 3];

/// The odds ratio of meeting two constraints within prompts, by Mantel and Haenszel (1959, Journal of the National Cancer
/// Institute 22(4)): ψ = R / S with R = Σ a d / n and S = Σ b c / n over the 2×2 tables of the prompts, however few
/// completions each has. That prompts are hard or easy does not make it differ from 1.
///
/// Its interval holds the ψ for which |R − ψ S| is no larger than chance allows, by the larger of two variances: the one of
/// Robins, Breslow and Greenland (1986, Biometrics 42(2)), which holds for few large tables and for many small ones when
/// completions are independent and prompts share one ψ, and Σ (R − ψ S)² over prompts, which needs neither. A t quantile
/// with as many degrees of freedom as prompts, less one, makes up for few of them.
#[derive(Clone, Debug, PartialEq)]
pub struct OddsRatio {
    r: f64,
    s: f64,
    informative: u64,
    variances: [Variance; 2],
}

impl OddsRatio {
    /// From the tables of each prompt (one per pair of its constraints), with how many prompts have them.
    #[must_use]
    pub fn new(prompts: &BTreeMap<Vec<Table>, u64>) -> Self {
        let mut odds = Self { r: 0.0, s: 0.0, informative: 0, variances: [[0.0; 3]; 2] };
        for (tables, &count) in prompts {
            let strata: Vec<Stratum> =
                tables.iter().filter(|table| table.completions() > 0).map(Table::strata).collect();
            let (r, s) = odds.add(&strata, count as f64);
            odds.r += r * count as f64;
            odds.s += s * count as f64;
            odds.informative += count * u64::from(r + s > 0.0);
        }
        odds
    }

    fn add(&mut self, strata: &[Stratum], count: f64) -> (f64, f64) {
        let [model, robust] = &mut self.variances;
        for &Stratum { r, s, p, q } in strata {
            let terms = [r * p, s * p + r * q, s * q];
            model.iter_mut().zip(terms).for_each(|(sum, term)| *sum += count * term / 2.0);
        }
        let (r, s) = strata.iter().fold((0.0, 0.0), |(r, s), stratum| (r + stratum.r, s + stratum.s));
        let terms = [r * r, -2.0 * r * s, s * s];
        robust.iter_mut().zip(terms).for_each(|(sum, term)| *sum += count * term);
        (r, s)
    }

    /// Prompts in which both verdicts vary: the others say nothing.
    #[must_use]
    pub fn informative(&self) -> u64 {
        self.informative
    }

    /// ψ; infinite when one of the constraints was never met without the other, `None` when no prompt is informative.
    #[must_use]
    pub fn estimate(&self) -> Option<f64> {
        (self.informative > 0).then(|| self.r / self.s)
    }

    /// The variance of ln ψ of Robins, Breslow and Greenland; `None` where ψ is 0 or infinite.
    #[must_use]
    pub fn log_variance(&self) -> Option<f64> {
        let [rp, mixed, sq] = self.variances[0];
        let (r, s) = (self.r, self.s);
        (r > 0.0 && s > 0.0).then(|| rp / (r * r) + mixed / (r * s) + sq / (s * s))
    }

    /// The confidence interval of that level; its upper end may be infinite. `None` with fewer than two informative
    /// prompts: one says nothing about others.
    #[must_use]
    pub fn interval(&self, level: f64) -> Option<Interval> {
        let quantile = self.student()?.inverse_cdf((1.0 + level) / 2.0);
        let (r, s, variances) = self.with_unseen();
        let mut ends = (r / s, r / s);
        for [v0, v1, v2] in variances {
            // Where (R − ψ S)² = t² V(ψ).
            let square = quantile * quantile;
            let (a, b, c) = (s * s - square * v2, -2.0 * r * s - square * v1, r * r - square * v0);
            let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
            let low = if c > 0.0 { 2.0 * c / (root - b) } else { 0.0 };
            let high = if a > 0.0 { (root - b) / (2.0 * a) } else { f64::INFINITY };
            ends = (ends.0.min(low), ends.1.max(high));
        }
        let seen = self.r / self.s;
        Some(Interval::new(ends.0.max(0.0), ends.1).including(seen))
    }

    /// The two-sided p-value of independence within prompts, ψ = 1, by the same variances; `None` as for the interval.
    #[must_use]
    pub fn p_value(&self) -> Option<f64> {
        let student = self.student()?;
        let (r, s, variances) = self.with_unseen();
        let variance = variances.map(|variance| variance.iter().sum::<f64>());
        let score = (r - s).abs() / variance[0].max(variance[1]).sqrt();
        Some((2.0 * student.cdf(-score)).min(1.0))
    }

    fn student(&self) -> Option<StudentsT> {
        let freedom = self.informative.checked_sub(1).filter(|&freedom| freedom > 0)?;
        Some(StudentsT::new(0.0, 1.0, freedom as f64).expect("there is freedom"))
    }

    fn with_unseen(&self) -> (f64, f64, [Variance; 2]) {
        let mut odds = self.clone();
        let added = UNSEEN.map(|stratum| odds.add(&[stratum], 1.0));
        let (r, s) = added.iter().fold((self.r, self.s), |sum, added| (sum.0 + added.0, sum.1 + added.1));
        (r, s, odds.variances)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odds(tables: &[[u64; 4]]) -> OddsRatio {
        let mut prompts = BTreeMap::new();
        for &[both, first, second, neither] in tables {
            *prompts.entry(vec![Table { both, first, second, neither }]).or_default() += 1;
        }
        OddsRatio::new(&prompts)
    }

    /// Admissions to six departments of Berkeley in 1973 by sex (Bickel et al. 1975, Science 187), as R's help page of
    /// `mantelhaen.test` has them: 0.9046968, and 0.7719074 to 1.0603298 at 95 % by the normal quantile.
    #[test]
    fn berkeley() {
        let odds = odds(&[
            [512, 89, 313, 19],
            [353, 17, 207, 8],
            [120, 202, 205, 391],
            [138, 131, 279, 244],
            [53, 94, 138, 299],
            [22, 24, 351, 317],
        ]);
        let estimate = odds.estimate().unwrap();
        assert!((estimate - 0.904_696_8).abs() < 1e-6, "{estimate}");
        let width = 1.959_964 * odds.log_variance().unwrap().sqrt();
        assert!((estimate * (-width).exp() - 0.771_907_4).abs() < 1e-5);
        assert!((estimate * width.exp() - 1.060_329_8).abs() < 1e-5);
    }

    /// Two prompts, of one completion kind each, look dependent when thrown together: within each nothing varies.
    #[test]
    fn hard_and_easy_prompts_are_no_dependence() {
        let apart = odds(&[[8, 0, 0, 0], [0, 0, 0, 8]]);
        assert_eq!((apart.estimate(), apart.interval(0.9), apart.p_value()), (None, None, None));
        let mut tables = vec![[49, 7, 7, 1]; 30];
        tables.extend(vec![[1, 7, 7, 49]; 30]);
        let independent = odds(&tables);
        assert!((independent.estimate().unwrap() - 1.0).abs() < 1e-12);
        assert!(independent.p_value().unwrap() > 0.99);
    }

    /// Twenty prompts of 8 completions, 4 of which meet the first constraint and the other 4 the second. With ψ, the chance
    /// of such a table is 1 / (1 + 16 ψ + …): for all of them it falls to 5 % at ψ = 0.01.
    #[test]
    fn never_together_is_not_impossible() {
        let never = odds(&[[0, 4, 4, 0]; 20]);
        let interval = never.interval(0.9).unwrap();
        assert_eq!((never.estimate(), interval.low), (Some(0.0), 0.0));
        assert!((0.005..0.04).contains(&interval.high), "{interval:?}");
        let always = odds(&[[4, 0, 0, 4]; 20]);
        let interval = always.interval(0.9).unwrap();
        assert_eq!((always.estimate(), interval.high), (Some(f64::INFINITY), f64::INFINITY));
        assert!((25.0..200.0).contains(&interval.low), "{interval:?}");
    }

    #[test]
    fn turning_a_constraint_round_inverts_the_ratio() {
        let one = odds(&[[3, 1, 2, 2], [2, 2, 1, 5], [1, 3, 2, 2]].repeat(9));
        let other = odds(&[[1, 3, 2, 2], [2, 2, 5, 1], [3, 1, 2, 2]].repeat(9));
        assert!((one.estimate().unwrap() * other.estimate().unwrap() - 1.0).abs() < 1e-9);
        let (one, other) = (one.interval(0.9).unwrap(), other.interval(0.9).unwrap());
        assert!((one.low * other.high - 1.0).abs() < 1e-9 && (one.high * other.low - 1.0).abs() < 1e-9);
    }

    /// Ten copies of each completion must not make the interval ten times surer.
    #[test]
    fn duplicated_completions_do_not_count_as_evidence() {
        let tables: Vec<[u64; 4]> = (0..30).map(|n| [2 + n % 3, 1 + n % 2, 1 + n % 4, 2]).collect();
        let copies: Vec<[u64; 4]> = tables.iter().map(|table| table.map(|count| 10 * count)).collect();
        let robust = odds(&tables).variances[1];
        let ten = odds(&copies).variances[1];
        assert!(robust.iter().zip(ten).all(|(one, ten)| (100.0 * one - ten).abs() < 1e-6));
    }

    #[test]
    fn one_prompt_says_nothing_about_others() {
        let one = odds(&[[40, 2, 3, 51]]);
        assert!(one.estimate().unwrap() > 100.0);
        assert_eq!((one.interval(0.9), one.p_value()), (None, None));
    }

    #[test]
    fn independence_compares_different_completions() {
        let table = Table { both: 1, first: 0, second: 0, neither: 1 };
        assert_eq!(table.independent(), Some(0.0));
        let table = Table { both: 2, first: 1, second: 1, neither: 0 };
        assert!((table.independent().unwrap() - 7.0 / 12.0).abs() < 1e-15);
        assert_eq!(Table { both: 1, ..Table::default() }.independent(), None);
    }
}

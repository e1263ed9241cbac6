//! Signed sums of gamma variables, which say where a mean with Dirichlet weights lies.

use statrs::distribution::{Beta, ContinuousCDF, Normal};

/// Weighted terms: (value, weight).
pub(super) type Terms = Vec<(f64, f64)>;

/// Steps after which a search ends; it takes about six.
const STEPS: usize = 60;

/// The quantile of Σ wᵢ xᵢ, the weights w being Dirichlet with parameters equal to the weights of the terms.
///
/// Σ wᵢ xᵢ ≤ t exactly when Σ Gᵢ (xᵢ − t) ≤ 0, with Gᵢ independent gamma variables of these shapes. With two distinct
/// values it is a beta variable, and exact; otherwise see [`normal_score`].
pub(super) fn dirichlet_mean(terms: &Terms, probability: f64) -> f64 {
    let (low, high) = range(terms);
    if high - low <= f64::EPSILON {
        return low;
    }
    if terms.iter().all(|&(value, _)| value == low || value == high) {
        let weight = |of: f64| terms.iter().filter(|&&(value, _)| value == of).map(|&(_, weight)| weight).sum();
        let beta = Beta::new(weight(high), weight(low)).expect("weights are above 0");
        return low + (high - low) * beta.inverse_cdf(probability);
    }
    crossing((low, high), probability, |t, shifted| shifted.extend(terms.iter().map(|&(x, weight)| (x - t, weight))))
}

/// The t in a range at which P(Σ Gᵢ vᵢ ≤ 0) reaches a probability, for values v that fall as t rises.
pub(super) fn crossing(range: (f64, f64), probability: f64, at: impl Fn(f64, &mut Terms)) -> f64 {
    let target = Normal::standard().inverse_cdf(probability);
    let mut terms = Terms::new();
    let mut score = |t: f64| {
        terms.clear();
        at(t, &mut terms);
        normal_score(&terms) - target
    };
    let (mut low, mut high) = range;
    let mut last: Option<(f64, f64)> = None;
    let mut t = (low + high) / 2.0;
    for _ in 0..STEPS {
        let now = score(t);
        if now.abs() < 1e-9 || high - low < 1e-13 {
            break;
        }
        if now < 0.0 {
            low = t
        } else {
            high = t
        }
        // A secant where it stays inside, else halves: scores are nearly straight in t.
        let secant = last.map(|(before, then)| t - now * (t - before) / (now - then));
        last = now.is_finite().then_some((t, now));
        t = secant.filter(|next| low < *next && *next < high).unwrap_or((low + high) / 2.0);
    }
    t
}

/// The normal quantile of P(Σ Gᵢ vᵢ ≤ 0) for independent gamma variables G of the terms' weights as shapes.
///
/// The saddlepoint approximation r* = w + ln(u / w) / w (Barndorff-Nielsen 1986, Biometrika 73(2)): the cumulant
/// generating function is −Σ nᵢ ln(1 − s vᵢ). Where two exponentials are all there is, 0.05 comes out as 0.052; with more it is closer.
pub(super) fn normal_score(terms: &Terms) -> f64 {
    let (least, most) = range(terms);
    if least >= 0.0 {
        return if most > 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    if most <= 0.0 {
        return f64::INFINITY;
    }
    let s = saddlepoint(terms, (1.0 / least, 1.0 / most));
    let (mut log, mut second) = (0.0, 0.0);
    for &(v, n) in terms {
        let left = 1.0 - s * v;
        log += n * left.ln();
        second += n * (v / left).powi(2);
    }
    let w = s.signum() * (2.0 * log).max(0.0).sqrt();
    let u = s * second.sqrt();
    if w.abs() < 1e-4 {
        // The limit at the mean.
        let moment = |power: i32| terms.iter().map(|&(v, n)| n * v.powi(power)).sum::<f64>();
        return moment(3) / (3.0 * moment(2).powf(1.5));
    }
    w + (u / w).ln() / w
}

/// The s inside a range at which Σ nᵢ vᵢ / (1 − s vᵢ), which rises from −∞ to ∞, is 0: by Newton's steps, kept inside.
fn saddlepoint(terms: &Terms, range: (f64, f64)) -> f64 {
    let (mut low, mut high) = range;
    let mut s = 0.0;
    for _ in 0..STEPS {
        let (mut first, mut second) = (0.0, 0.0);
        for &(v, n) in terms {
            let slope = v / (1.0 - s * v);
            first += n * slope;
            second += n * slope * slope;
        }
        if first > 0.0 {
            high = s
        } else {
            low = s
        }
        let newton = s - first / second;
        let next = if low < newton && newton < high { newton } else { (low + high) / 2.0 };
        // In units of the standard deviation of the tilted sum.
        let moved = (next - s).abs() * second.sqrt();
        s = next;
        if moved < 1e-9 {
            break;
        }
    }
    s
}

fn range(terms: &Terms) -> (f64, f64) {
    terms.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &(v, _)| (low.min(v), high.max(v)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With two values the probability is that of a beta variable; the approximation does not know.
    #[test]
    fn approximates_the_beta_distribution() {
        for (a, b) in [(1.0, 1.0), (1.0, 5.0), (1.0, 20.0), (3.0, 8.0), (1.0, 500.0), (50.0, 51.0)] {
            for probability in [0.01, 0.05, 0.3, 0.5, 0.95, 0.99] {
                let t = Beta::new(a, b).unwrap().inverse_cdf(probability);
                let seen = Normal::standard().cdf(normal_score(&vec![(-t, b), (1.0 - t, a)]));
                assert!((seen - probability).abs() < 0.005, "{a} {b} {probability}: {seen}");
            }
        }
    }

    /// With weights (1, 1, 1) on 0, ½ and 1 the mean has the density of a sum of two uniform variables halved: its 5 %
    /// quantile is where 2 t² = 0.05.
    #[test]
    fn three_values_of_equal_weight_give_a_triangle() {
        let terms = vec![(0.0, 1.0), (0.5, 1.0), (1.0, 1.0)];
        let quantile = dirichlet_mean(&terms, 0.05);
        assert!((quantile - 0.025_f64.sqrt()).abs() < 0.005, "{quantile}");
        assert!((dirichlet_mean(&terms, 0.5) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn a_single_value_is_its_own_mean() {
        assert_eq!(dirichlet_mean(&vec![(0.3, 5.0)], 0.05), 0.3);
    }
}

//! The unbiased estimator behind pass@k.

/// Unbiased estimate of the probability that `draws` fresh completions of a prompt all are of a kind, of which `kind`
/// were seen among `seen`: C(kind, draws) / C(seen, draws), the U-statistic in 1 − pass@k (Chen et al. 2021, arXiv
/// 2107.03374). `None` when fewer than `draws` were seen.
#[must_use]
pub fn all_alike(kind: u64, seen: u64, draws: u64) -> Option<f64> {
    if draws > seen {
        return None;
    }
    if draws > kind {
        return Some(0.0);
    }
    Some((0..draws).map(|drawn| (kind - drawn) as f64 / (seen - drawn) as f64).product())
}

/// Unbiased estimate of pass@k: the probability that at least one of `draws` fresh completions is full, of which `full`
/// were among `seen`. `None` when fewer than `draws` were seen.
#[must_use]
pub fn pass_at(full: u64, seen: u64, draws: u64) -> Option<f64> {
    all_alike(seen - full, seen, draws).map(|none| 1.0 - none)
}

#[cfg(test)]
mod tests {
    use super::{all_alike, pass_at};

    /// 1 − C(n − c, k) / C(n, k) (equation 1 of arXiv 2107.03374), with binomials counted out: of 5 completions 2 are full;
    /// 3 of the 10 pairs and 1 of the 10 triples have none. Of 200 with 1 full, 100 draws miss it half of the time.
    #[test]
    fn pass_at_k_is_as_published() {
        for (full, seen, draws, expected) in
            [(2, 5, 1, 0.4), (2, 5, 2, 0.7), (2, 5, 3, 0.9), (2, 5, 4, 1.0), (1, 200, 100, 0.5), (0, 7, 7, 0.0)]
        {
            assert!((pass_at(full, seen, draws).unwrap() - expected).abs() < 1e-12, "{full} {seen} {draws}");
        }
        assert_eq!(pass_at(1, 3, 4), None);
    }

    /// C(5, 3) / C(10, 3) = 10 / 120.
    #[test]
    fn is_a_ratio_of_binomials() {
        assert!((all_alike(5, 10, 3).unwrap() - 10.0 / 120.0).abs() < 1e-15);
        assert_eq!(all_alike(2, 10, 3), Some(0.0));
        assert_eq!(all_alike(10, 10, 10), Some(1.0));
        assert_eq!(all_alike(3, 3, 4), None);
    }

    /// Averaged over all ways to see 6 completions of a prompt with rate 0.3, it is 0.3⁴.
    #[test]
    fn is_unbiased() {
        let binomial = |n: u64, k: u64| (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product::<f64>();
        let mean: f64 = (0..=6)
            .map(|x| binomial(6, x) * 0.3_f64.powi(x as i32) * 0.7_f64.powi(6 - x as i32) * all_alike(x, 6, 4).unwrap())
            .sum();
        assert!((mean - 0.3_f64.powi(4)).abs() < 1e-12);
    }
}

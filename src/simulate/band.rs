//! Runs summed up.

/// Mean and spread of a number over runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The mean.
    pub mean: f64,
    /// 5 % of runs are at or below it.
    pub low: f64,
    /// 95 % of runs are at or below it.
    pub high: f64,
}

impl Band {
    /// Of at least one number. Quantiles are interpolated between neighbours (Hyndman and Fan 1996, type 7).
    pub(super) fn of(mut numbers: Vec<f64>) -> Self {
        let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
        numbers.sort_by(f64::total_cmp);
        let quantile = |share: f64| {
            let at = share * (numbers.len() - 1) as f64;
            let (below, above) = (numbers[at.floor() as usize], numbers[at.ceil() as usize]);
            below + (above - below) * at.fract()
        };
        Self { mean, low: quantile(0.05), high: quantile(0.95) }
    }
}

#[cfg(test)]
mod tests {
    use super::Band;

    #[test]
    fn known_bands() {
        let band = Band::of((0..=100).rev().map(f64::from).collect());
        assert_eq!(band, Band { mean: 50.0, low: 5.0, high: 95.0 });
        assert_eq!(Band::of(vec![0.3]), Band { mean: 0.3, low: 0.3, high: 0.3 });
        let two = Band::of(vec![1.0, 0.0]);
        assert!((two.low - 0.05).abs() < 1e-12 && (two.high - 0.95).abs() < 1e-12);
    }
}

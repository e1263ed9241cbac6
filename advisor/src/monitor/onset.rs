//! Since when a rate has not grown: a line that rises and then lies flat, by least squares.

/// Points that a line is fitted to; a longer run is averaged down to so many.
const POINTS: usize = 200;

/// How much better than a flat line it must fit, as a ratio of squares for its two further parameters, before it is said to have risen: the 0.1 %
/// point of an F distribution with 2 and many degrees of freedom is 7, and the place of the bend is chosen, so more.
const SURELY: f64 = 12.0;

/// Less than this is no growth worth the name.
const RISE: f64 = 0.02;

/// Share of its rise after which a rate is at its height.
const RISEN: f64 = 0.9;

/// The place from which on the values have nearly the height that they keep, after they rose to it; `None` where they never rose.
///
/// Whether they rose: a line that rises and then lies flat fits better than a flat one. Where: on the nearest curve that never falls (isotonic
/// regression by pooling neighbours; Barlow et al. 1972), so that no width of a window has to be chosen.
pub(super) fn onset(values: &[f64]) -> Option<usize> {
    let width = values.len().div_ceil(POINTS).max(1);
    let points: Vec<f64> = values.chunks(width).map(|chunk| chunk.iter().sum::<f64>() / chunk.len() as f64).collect();
    let flat = squares(&points, |_| 0.0);
    let (bend, fit) = (1..points.len())
        .map(|bend| (bend, squares(&points, |place| place.min(bend) as f64)))
        .filter(|(bend, fit)| fit.slope * *bend as f64 > RISE)
        .min_by(|(_, a), (_, b)| a.left.total_cmp(&b.left))?;
    let noise = fit.left / points.len().saturating_sub(3).max(1) as f64;
    if points.len() <= 8 || (flat.left - fit.left) / 2.0 <= SURELY * noise.max(1e-12) {
        return None;
    }
    let curve = never_falling(&points);
    // The last value of such a curve may be that of one point alone.
    let kept = &curve[bend.min(curve.len() - curve.len().div_ceil(4))..];
    let (start, height) = (curve[0], kept.iter().sum::<f64>() / kept.len() as f64);
    let place = curve.iter().position(|value| *value >= start + RISEN * (height - start)).unwrap_or(bend);
    Some((place * width).min(values.len() - 1))
}

/// The nearest curve, by least squares, that never falls.
fn never_falling(values: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for value in values {
        let mut pool = (*value, 1);
        while let Some((before, count)) = pools.pop_if(|(before, _)| *before >= pool.0) {
            let all = count + pool.1;
            pool = ((before * count as f64 + pool.0 * pool.1 as f64) / all as f64, all);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(value, count)| std::iter::repeat_n(value, count)).collect()
}

struct Fit {
    slope: f64,
    /// Sum of squares that is left.
    left: f64,
}

/// Least squares of the values on a constant and `of` their places.
fn squares(values: &[f64], of: impl Fn(usize) -> f64) -> Fit {
    let count = values.len() as f64;
    let (mx, my) = (
        values.iter().enumerate().map(|(place, _)| of(place)).sum::<f64>() / count,
        values.iter().sum::<f64>() / count,
    );
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (place, value) in values.iter().enumerate() {
        let (x, y) = (of(place) - mx, value - my);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    let slope = if xx > 0.0 { xy / xx } else { 0.0 };
    Fit { slope, left: (yy - slope * xy).max(0.0) }
}

#[cfg(test)]
mod tests {
    use super::onset;

    /// A wobble without a trend.
    fn noise(place: usize) -> f64 {
        0.1 * ((place * 7919 % 101) as f64 / 101.0 - 0.5)
    }

    #[test]
    fn the_bend_of_a_curve_is_found() {
        for (count, bend) in [(300, 120), (300, 40), (1000, 700), (90, 30)] {
            let values: Vec<f64> =
                (0..count).map(|place| 0.05 + 0.4 * place.min(bend) as f64 / bend as f64 + noise(place)).collect();
            let found = onset(&values).unwrap();
            assert!(found.abs_diff(bend) * 10 <= count, "{found} for {bend} of {count}");
        }
    }

    #[test]
    fn a_rate_that_falls_again_had_its_height_before() {
        let rate =
            |place: usize| 0.4 * (place.min(100) as f64 / 100.0) - 0.2 * (place.saturating_sub(100) as f64 / 200.0);
        let values: Vec<f64> = (0..300).map(|place| rate(place) + noise(place)).collect();
        assert!((60..=110).contains(&onset(&values).unwrap()), "{:?}", onset(&values));
        assert_eq!(super::never_falling(&[1.0, 3.0, 2.0, 4.0, 0.0]), [1.0, 2.25, 2.25, 2.25, 2.25]);
    }

    #[test]
    fn what_never_rose_has_none() {
        let flat: Vec<f64> = (0..300).map(noise).collect();
        let falling: Vec<f64> = (0..300).map(|place| 0.3 - 0.001 * place as f64 + noise(place)).collect();
        assert_eq!([onset(&flat), onset(&falling), onset(&[]), onset(&[0.5])], [None; 4]);
    }
}

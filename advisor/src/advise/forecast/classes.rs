//! Which of many constraints count as alike.

/// Lumps that classes may make.
const LUMPS: usize = 128;

/// Variance of the log-odds within a class that is let be: rates of 45 and 52 % are alike, 10 and 30 % are not.
const ALIKE: f64 = 0.09;

/// What classes are cut by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trait {
    /// Share of completions that meet the constraint, between 0 and 1.
    pub(super) rate: f64,
    /// Whether failing it forfeits all credit: never in a class with one that does not.
    pub(super) cancels: bool,
}

/// Classes of constraints.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Classes {
    /// Of each constraint, its class.
    pub(super) of: Vec<usize>,
    /// Of each class, how many constraints it is counted as: those that it has, or the most that there is room for.
    pub(super) sizes: Vec<usize>,
}

/// Cuts constraints into classes of similar rate: of all cuts into runs of the sorted rates of which there are at most 128 lumps,
/// the one of fewest lumps whose rates are alike, or else the one whose rates differ least.
pub(super) fn classes(traits: &[Trait]) -> Classes {
    let mut order: Vec<usize> = (0..traits.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (traits[a], traits[b]);
        a.cancels.cmp(&b.cancels).then(a.rate.total_cmp(&b.rate))
    });
    let cancelling = traits.iter().filter(|of| of.cancels).count();
    let kinds = [traits.len() - cancelling, cancelling];
    let fits = |most: &usize| kinds.iter().map(|kind| kind.min(most) + 1).product::<usize>() <= LUMPS;
    let most = (1..LUMPS).rev().find(fits).unwrap_or(1);
    let sorted: Vec<f64> = order.iter().map(|&place| (traits[place].rate / (1.0 - traits[place].rate)).ln()).collect();
    let ends = cut(&sorted, kinds[0], most);
    let mut of = vec![0; traits.len()];
    let mut start = 0;
    let mut sizes = Vec::new();
    for (class, end) in ends.into_iter().enumerate() {
        order[start..end].iter().for_each(|&place| of[place] = class);
        sizes.push((end - start).min(most));
        start = end;
    }
    Classes { of, sizes }
}

/// Where runs end. None goes across `border`; one of more than `most` counts as `most`.
fn cut(sorted: &[f64], border: usize, most: usize) -> Vec<usize> {
    let size = sorted.len();
    let sums = |power: i32| -> Vec<f64> {
        let add = |sum: &mut f64, value: &f64| {
            *sum += value.powi(power);
            Some(*sum)
        };
        std::iter::once(0.0).chain(sorted.iter().scan(0.0, add)).collect()
    };
    let (sum, squares) = (sums(1), sums(2));
    let spread = |from: usize, to: usize| {
        (squares[to] - squares[from] - (sum[to] - sum[from]).powi(2) / (to - from) as f64).max(0.0)
    };
    // By where a run ends and the lumps that are made until there: the least spread, where the last run starts, and its lumps.
    let mut best = vec![vec![(f64::INFINITY, 0, 0); LUMPS + 1]; size + 1];
    best[0][1].0 = 0.0;
    for from in 0..size {
        let last = if from < border { border } else { size };
        let (before, after) = best.split_at_mut(from + 1);
        for (lumps, &(before, _, _)) in before[from].iter().enumerate().filter(|(_, (spread, _, _))| spread.is_finite())
        {
            for (to, ends) in (from + 1..=last).zip(after.iter_mut()) {
                let more = lumps * ((to - from).min(most) + 1);
                if more > LUMPS {
                    break;
                }
                let spread = before + spread(from, to);
                if spread < ends[more].0 {
                    ends[more] = (spread, from, lumps);
                }
            }
        }
    }
    let least = (1..=LUMPS).min_by(|&a, &b| best[size][a].0.total_cmp(&best[size][b].0)).unwrap_or(LUMPS);
    let alike = (1..=LUMPS).find(|&lumps| best[size][lumps].0 <= ALIKE * size as f64);
    let (mut end, mut lumps) = (size, alike.unwrap_or(least));
    let mut ends = Vec::new();
    while end > 0 {
        ends.push(end);
        (_, end, lumps) = best[end][lumps];
    }
    ends.reverse();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rates: &[f64], cancelling: &[usize]) -> Classes {
        let of = |(place, &rate): (usize, &f64)| Trait { rate, cancels: cancelling.contains(&place) };
        classes(&rates.iter().enumerate().map(of).collect::<Vec<_>>())
    }

    #[test]
    fn rates_that_are_alike_are_one_class() {
        assert_eq!(of(&[0.45, 0.5, 0.47, 0.52, 0.49, 0.5, 0.46, 0.51], &[]).sizes, [8]);
    }

    #[test]
    fn a_hard_one_is_apart_from_easy_ones() {
        let mut rates = [0.9; 12];
        rates[4] = 0.02;
        let classes = of(&rates, &[]);
        assert_eq!(classes.sizes, [1, 11]);
        assert_eq!(classes.of, [1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1]);
    }

    #[test]
    fn those_that_cancel_are_apart_whatever_their_rate() {
        assert_eq!(of(&[0.5; 9], &[3, 4]).of, [0, 0, 0, 1, 1, 0, 0, 0, 0]);
    }

    /// Two of 100 kinds of constraints, hundreds, and rates all over: never more lumps than there is room for.
    #[test]
    fn lumps_are_bounded() {
        let spread = |size: usize| -> Vec<f64> { (0..size).map(|n| (n as f64 + 0.5) / size as f64).collect() };
        for size in [8, 12, 16, 24, 40, 126, 127, 128, 300, 1000] {
            for cancelling in [0, 1, size / 2] {
                let classes = of(&spread(size), &(0..cancelling).collect::<Vec<_>>());
                let lumps: usize = classes.sizes.iter().map(|size| size + 1).product();
                assert!(lumps <= LUMPS && classes.of.len() == size, "{size} {cancelling}: {:?}", classes.sizes);
                // So many constraints are counted one by one.
                assert!(size > 24 || cancelling > 1 || classes.sizes.iter().sum::<usize>() == size);
            }
        }
        assert!(of(&spread(12), &[]).sizes.len() >= 3);
    }
}

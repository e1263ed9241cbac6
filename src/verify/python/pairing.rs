//! Whether two lists hold the same values when equality is not transitive, so that neither can be sorted.

/// Whether every one of `first` finds one of its own in `second`, which is as long: Kuhn's augmenting paths (1955, Naval Research
/// Logistics 2).
pub(super) fn pairs_up<T>(first: &[T], second: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    let near = |a: &T| (0..second.len()).filter(|&place| same(a, &second[place])).collect();
    let near: Vec<Vec<usize>> = first.iter().map(near).collect();
    let mut taken: Vec<Option<usize>> = vec![None; second.len()];
    (0..first.len()).all(|start| find_place(start, &near, &mut taken, &mut vec![false; second.len()]))
}

/// Gives `start` a place, moving those that have one where they have another.
fn find_place(start: usize, near: &[Vec<usize>], taken: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    near[start].iter().any(|&place| {
        if std::mem::replace(&mut tried[place], true) {
            return false;
        }
        let free = taken[place].is_none_or(|other| find_place(other, near, taken, tried));
        if free {
            taken[place] = Some(start);
        }
        free
    })
}

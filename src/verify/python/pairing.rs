//! Whether two lists hold the same values when equality is not transitive, so that neither can be sorted.

/// Whether everyone of a list finds a place of his own in another that is as long: Kuhn's augmenting paths (1955, Naval Research
/// Logistics 2). `near` has the places that each may take; every look at a place takes one of `steps`, and without one left it is
/// given up: a completion chose half of what is compared.
pub(super) fn pairs_up(near: &[Vec<usize>], steps: &mut usize) -> bool {
    let mut taken: Vec<Option<usize>> = vec![None; near.len()];
    // Who looked at a place last, so that nothing has to be cleared for the next.
    let mut tried: Vec<usize> = vec![usize::MAX; near.len()];
    // How many of his places were taken when someone last looked: what is taken stays taken, so that free ones are found once.
    let mut ahead = vec![0; near.len()];
    for start in 0..near.len() {
        // Each with the number of his places that were looked at. Not recursive: a path may be as long as the list.
        let mut path = vec![(start, 0)];
        loop {
            let Some((who, next)) = path.last_mut() else { return false };
            let ahead = &mut ahead[*who];
            while near[*who].get(*ahead).is_some_and(|place| taken[*place].is_some()) {
                let Some(left) = steps.checked_sub(1) else { return false };
                (*steps, *ahead) = (left, *ahead + 1);
            }
            if *ahead < near[*who].len() {
                *next = *ahead + 1;
                break;
            }
            let Some(&place) = near[*who].get(*next) else {
                path.pop();
                continue;
            };
            *next += 1;
            let Some(left) = steps.checked_sub(1) else { return false };
            *steps = left;
            if std::mem::replace(&mut tried[place], start) == start {
                continue;
            }
            match taken[place] {
                Some(other) => path.push((other, 0)),
                None => break,
            }
        }
        for (who, next) in path {
            taken[near[who][next - 1]] = Some(who);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::pairs_up;

    #[test]
    fn whoever_has_another_place_moves() {
        assert!(pairs_up(&[vec![0, 1], vec![0]], &mut 100));
        assert!(pairs_up(&[vec![0, 1], vec![0, 2], vec![0]], &mut 100));
        assert!(!pairs_up(&[vec![0], vec![0]], &mut 100));
        assert!(!pairs_up(&[vec![0], vec![]], &mut 100));
        assert!(pairs_up(&[], &mut 0));
    }

    #[test]
    fn free_places_are_found_without_moving_anyone() {
        let many = 1000;
        let all: Vec<Vec<usize>> = vec![(0..many).collect(); many];
        assert!(pairs_up(&all, &mut (2 * many * many)));
        let mut one_short = all;
        one_short.iter_mut().for_each(|own| own.truncate(many - 1));
        assert!(!pairs_up(&one_short, &mut (10 * many * many)));
    }

    #[test]
    fn long_paths_need_no_stack_and_much_work_is_given_up() {
        // The last moves everyone by one place.
        let many = 100_000;
        let mut near: Vec<Vec<usize>> = (0..many - 1).map(|at| vec![at, at + 1]).collect();
        near.push(vec![0]);
        assert!(pairs_up(&near, &mut (10 * many)));
        assert!(!pairs_up(&near, &mut many.clone()));
    }
}

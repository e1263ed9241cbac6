//! A small set of inputs that tells every mutant apart which can be.

/// Inputs such that each mutant, of which the inputs are given that tell it apart, is told apart by one of them: greedily the one that
/// tells most apart, and of equals the first, which is nearest to the cases that there are.
pub(super) fn cover(apart: &[Vec<usize>]) -> Vec<usize> {
    let mut open: Vec<&Vec<usize>> = apart.iter().filter(|inputs| !inputs.is_empty()).collect();
    let mut chosen = Vec::new();
    let most = apart.iter().flatten().max().map_or(0, |most| most + 1);
    while !open.is_empty() {
        let mut counts = vec![0_usize; most];
        open.iter().for_each(|inputs| inputs.iter().for_each(|&at| counts[at] += 1));
        let best = (0..most).rev().max_by_key(|&at| counts[at]).unwrap_or_default();
        chosen.push(best);
        open.retain(|inputs| !inputs.contains(&best));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::cover;

    #[test]
    fn few_inputs_tell_all_apart() {
        assert_eq!(cover(&[vec![0, 3], vec![1, 3], vec![2], vec![]]), [3, 2]);
        assert_eq!(cover(&[vec![4, 5], vec![4, 5]]), [4], "of equals the first");
        assert_eq!(cover(&[]), Vec::<usize>::new());
    }
}

//! Stepping stones: outcomes nobody has seen yet, on the way from those seen to the full one.

use crate::verdict::{Constraint, FailureKind, Outcome, Verdict};
use std::{collections::BTreeSet, sync::Arc};

/// Constraints up to which every combination is a stone.
const ALL: usize = 6;

/// Constraints beyond which there are none: so many are the tests of a program, learned together, and each stone costs.
const MANY: usize = 24;

/// Outcomes between those seen and the full one, about `room`.
///
/// A policy that learns one constraint after another comes through combinations of which its first samples show none. Without them credit
/// would pay for what was seen and lead nowhere. Up to six constraints these are all combinations; beyond, the way from each outcome seen,
/// the most frequent first, by meeting what it does not meet in order of how often it is met. Where constraints have no identity
/// (`same` is false) only how many are met matters.
pub(super) fn stones(constraints: &[Constraint], seen: &[(Vec<bool>, u64)], same: bool, room: usize) -> Vec<Outcome> {
    let size = constraints.len();
    let marks: BTreeSet<Vec<bool>> = if size > MANY {
        BTreeSet::new()
    } else if !same {
        (0..=size).map(|met| (0..size).map(|place| place < met).collect()).collect()
    } else if size <= ALL {
        (0..1_u32 << size).map(|bits| (0..size).map(|place| bits >> place & 1 == 1).collect()).collect()
    } else {
        ways(seen, size, room)
    };
    let constraints: Arc<[Constraint]> = constraints.into();
    let verdict = |&met: &bool| if met { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
    let outcome = |marks: Vec<bool>| Outcome::new(constraints.clone(), marks.iter().map(verdict).collect());
    marks.into_iter().map(outcome).collect()
}

/// The ways from outcomes to the full one.
fn ways(seen: &[(Vec<bool>, u64)], size: usize, room: usize) -> BTreeSet<Vec<bool>> {
    let met = |place: usize| seen.iter().filter(|(marks, _)| marks[place]).map(|(_, count)| *count).sum::<u64>();
    let mut easiest: Vec<usize> = (0..size).collect();
    easiest.sort_by_key(|&place| std::cmp::Reverse(met(place)));
    let mut starts: Vec<&(Vec<bool>, u64)> = seen.iter().collect();
    starts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let known: BTreeSet<&Vec<bool>> = seen.iter().map(|(marks, _)| marks).collect();
    let mut stones = BTreeSet::new();
    for (start, _) in starts {
        if stones.len() + size > room {
            break;
        }
        let mut marks = start.clone();
        for &place in &easiest {
            if !std::mem::replace(&mut marks[place], true) && !known.contains(&marks) {
                stones.insert(marks.clone());
            }
        }
    }
    stones
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(size: usize, seen: &[(&str, u64)], same: bool, room: usize) -> Vec<String> {
        let constraints: Vec<Constraint> = (0..size).map(|n| Constraint::plain(format!("c{n}"))).collect();
        let bits = |text: &str| text.chars().map(|c| c == '1').collect::<Vec<_>>();
        let seen: Vec<(Vec<bool>, u64)> = seen.iter().map(|(text, count)| (bits(text), *count)).collect();
        let text = |outcome: Outcome| {
            outcome.verdicts().iter().map(|verdict| if verdict.passed() == Some(true) { '1' } else { '0' }).collect()
        };
        stones(&constraints, &seen, same, room).into_iter().map(text).collect()
    }

    #[test]
    fn few_constraints_have_all_combinations() {
        assert_eq!(marks(2, &[("00", 3)], true, 126), ["00", "01", "10", "11"]);
        assert_eq!(marks(6, &[("000000", 3)], true, 126).len(), 64);
    }

    #[test]
    fn many_have_the_ways_of_what_was_seen_by_what_is_met_most() {
        let seen = [("00000000", 5), ("01100000", 2), ("01000000", 1)];
        let stones = marks(8, &seen, true, 126);
        // From nothing by the second, which was met most, then the third; and on from there.
        assert_eq!(stones, ["11100000", "11110000", "11111000", "11111100", "11111110", "11111111"]);
    }

    #[test]
    fn there_is_room_for_so_many_and_hundreds_have_none() {
        let none = "0".repeat(20);
        let seen: Vec<String> = (0..20).map(|n| format!("{}1{}", &none[..n], &none[n + 1..])).collect();
        let seen: Vec<(&str, u64)> = seen.iter().map(|marks| (marks.as_str(), 1)).collect();
        assert!((40..=60).contains(&marks(20, &seen, true, 60).len()));
        assert!(marks(300, &[(&"0".repeat(300), 1)], true, 126).is_empty());
    }

    #[test]
    fn constraints_without_identity_are_counted() {
        assert_eq!(marks(3, &[("000", 1)], false, 126), ["000", "100", "110", "111"]);
    }
}

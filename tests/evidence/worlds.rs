//! The decision against worlds whose right answer is known from training them exactly, by code that shares nothing with the advisor's.

mod advantage;
mod carry;
mod shape;
mod solve;
mod tests;
mod truth;
mod world;

use fullmarks::advise::{Answer, Fix, advise_with_forecast, forecast::Samples};
use std::ops::Range;
use truth::{Truth, Worth};
use world::World;

/// Seeds that the method was designed on.
const DESIGN: Range<u64> = 0..120;

/// Seeds that were run once, after the last change of the method.
const FRESH: Range<u64> = 9300..9400;

/// What came of a range of seeds.
#[derive(Debug, Default)]
struct Tally {
    right: usize,
    leads: usize,
    wrong: usize,
    harmless: usize,
    cannot_tell: usize,
    /// Of those whose areas differ by more than half, all and those of which nothing was said; and of the latter, those whose sample has no full answer.
    differing: usize,
    unsaid: usize,
    unseen: usize,
}

fn run(seeds: Range<u64>) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let world = World::new(seed);
        let truth = Truth::of(&world);
        let (groups, paid) = world.sampled();
        let answer = advise_with_forecast(&Samples::of(&groups), paid.as_ref(), &world.settings()).decision.answer;
        let worth = truth.worth(&answer);
        match worth {
            Worth::Right => tally.right += 1,
            Worth::Leads => tally.leads += 1,
            Worth::Wrong => tally.wrong += 1,
            Worth::Harmless => tally.harmless += 1,
            Worth::CannotTell => tally.cannot_tell += 1,
        }
        if truth.differs() {
            tally.differing += 1;
            tally.unsaid += usize::from(worth == Worth::CannotTell);
            let unseen = groups.iter().flat_map(|group| &group.outcomes).all(|outcome| outcome.full() == Some(false));
            let unseen = unseen || matches!(answer, Answer::FixFirst(Fix::NoFull, _));
            tally.unseen += usize::from(worth == Worth::CannotTell && unseen);
        }
        if worth != Worth::Right {
            println!("{worth:?}, seed {seed}: {}\n  {:+.2} {:?}: {answer:?}", world.name, truth.ahead, truth.acts);
        }
    }
    println!("{tally:?}");
    tally
}

/// A few of them, for every run of the tests.
#[test]
fn no_answer_is_wrong_in_the_first_worlds() {
    let tally = run(0..16);
    assert_eq!(tally.wrong, 0, "{tally:?}");
    assert!(tally.right >= 13, "{tally:?}");
}

#[test]
#[ignore = "heavy: 220 worlds; `cargo xtask test` runs it"]
fn answers_are_right_in_worlds_that_were_trained_exactly() {
    run(DESIGN);
    let Tally { right, wrong, differing, unsaid, .. } = run(FRESH);
    // As it was when these seeds were first run, 5 of the 9 left open without a full answer in the sample; the aim is 90.
    assert!(
        right >= 86 && wrong <= 4 && unsaid <= 9,
        "of {differing} that differ by more than half, {unsaid} are left open"
    );
}

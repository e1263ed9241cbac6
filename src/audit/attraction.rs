//! The rule of attraction (arXiv 2604.25872): under policy gradient an output attracts probability when it is paid more than the
//! policy earns on average.

use super::{
    category::Category,
    outputs::Output,
    samples::{is_below, mean},
};

/// What an error does to which outputs attract probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attraction {
    /// Whether the output attracts as it is paid.
    pub attracts: bool,
    /// Whether it would, were it paid rightly.
    pub attracts_without: bool,
    /// Mean worth of what attracts; where nothing does, what the policy is worth now.
    pub worth: f64,
    /// The same, were it paid rightly.
    pub worth_without: f64,
}

/// The least difference in worth that counts, of the range of worth on the prompt.
const NOTICED: f64 = 1e-6;

impl Attraction {
    /// Of the error of one output of a prompt.
    pub(super) fn of(outputs: &[Output], wrong: usize) -> Self {
        let mut paid: Vec<f64> = outputs.iter().map(|output| output.proxy).collect();
        let (attracts, worth) = attracting(outputs, &paid);
        paid[wrong] = outputs[wrong].corrected;
        let (attracts_without, worth_without) = attracting(outputs, &paid);
        Self { attracts: attracts[wrong], attracts_without: attracts_without[wrong], worth, worth_without }
    }

    /// Harmful when what attracts is worth less than it were without the error, beneficial when it is worth more.
    pub(super) fn category(&self, range: f64) -> Category {
        let gain = self.worth - self.worth_without;
        match () {
            () if gain < -NOTICED * range => Category::Harmful,
            () if gain > NOTICED * range => Category::Beneficial,
            () => Category::Benign,
        }
    }
}

/// Which outputs attract, and the mean worth of those.
fn attracting(outputs: &[Output], paid: &[f64]) -> (Vec<bool>, f64) {
    let mass: Vec<f64> = outputs.iter().map(|output| output.mass).collect();
    let truth: Vec<f64> = outputs.iter().map(|output| output.truth).collect();
    let average = mean(&mass, paid);
    let attracts: Vec<bool> = paid.iter().map(|each| is_below(average, *each, paid)).collect();
    let there = || attracts.iter().zip(&mass).filter(|(attracts, mass)| **attracts && **mass > 0.0);
    let held: f64 = there().map(|(_, mass)| mass).sum();
    if held == 0.0 {
        return (attracts, mean(&mass, &truth));
    }
    let worth = attracts.iter().zip(outputs).filter(|(attracts, _)| **attracts);
    let worth = worth.map(|(_, output)| output.mass * output.truth).sum::<f64>() / held;
    (attracts, worth)
}

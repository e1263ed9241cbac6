//! A softmax policy over outcomes, on prompts of several kinds.

/// Prompts that the policy fares alike on.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptType {
    /// Share of all prompts.
    pub weight: f64,
    /// Probability of each outcome at the start; they sum to 1.
    pub initial: Vec<f64>,
}

/// What the policy does on prompts of one type after its logits moved by `shift`.
///
/// An outcome of initial probability 0 keeps it.
pub fn shifted(initial: &[f64], shift: &[f64], probabilities: &mut [f64]) {
    let most = shift.iter().zip(initial).filter(|(_, p)| **p > 0.0).map(|(s, _)| *s).fold(f64::MIN, f64::max);
    let mut total = 0.0;
    for ((p, initial), shift) in probabilities.iter_mut().zip(initial).zip(shift) {
        *p = if *initial > 0.0 { initial * (shift - most).exp() } else { 0.0 };
        total += *p;
    }
    probabilities.iter_mut().for_each(|p| *p /= total);
}

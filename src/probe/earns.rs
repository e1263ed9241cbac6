//! What an answer to a prompt earns.

use super::subject::Subject;
use crate::{
    completion::Completion,
    reward::{Reward, Scheme},
    verdict::Outcome,
    verify::Verifier,
};

/// The reward of an answer under each scheme, `None` where it is not known, and its verdicts.
pub(super) fn earns(
    verifier: &Verifier,
    schemes: &[Scheme],
    subject: &Subject,
    text: &str,
) -> (Vec<Option<f64>>, Outcome) {
    let outcome = verifier.judge(&subject.plan, &Completion::Text(text.to_owned()));
    (schemes.iter().map(|scheme| scheme.reward(&outcome).map(Reward::value)).collect(), outcome)
}

/// What a right answer earns under each scheme: what an accepted one does, else full marks.
pub(super) fn right(verifier: &Verifier, schemes: &[Scheme], subject: &Subject) -> Vec<f64> {
    let earned = subject.accepted.iter().map(|text| earns(verifier, schemes, subject, text).0);
    let mut most = vec![0.0_f64; schemes.len()];
    for rewards in earned {
        most.iter_mut().zip(rewards).for_each(|(most, reward)| *most = most.max(reward.unwrap_or(0.0)));
    }
    most.into_iter().map(|most| if most > 0.0 { most } else { 1.0 }).collect()
}

//! All findings on an assessment.

use super::{Advice, Assessment, rules::*};

/// All findings, the gravest first, within a severity in the order of [`Advice::CODES`].
pub(super) fn findings(assessment: &Assessment) -> Vec<Advice> {
    let mut advice: Vec<Advice> = Vec::new();
    advice.extend(NoGradient::find(assessment).map(Advice::from));
    advice.extend(GradientFromPenalty::find(assessment).map(Advice::from));
    advice.extend(PartialCreditStalls::find(assessment).map(Advice::from));
    advice.extend(CannotTell::find(assessment).map(Advice::from));
    advice.extend(BinaryStarves::find(assessment).map(Advice::from));
    advice.extend(Saturated::find(assessment).map(Advice::from));
    advice.extend(RewardTies::find(assessment).into_iter().map(Advice::from));
    advice.extend(PartialCreditAboveCritical::find(assessment).into_iter().map(Advice::from));
    advice.extend(RequiredCancelsCredit::find(assessment).map(Advice::from));
    advice.extend(ConstraintNeverMet::find(assessment).into_iter().map(Advice::from));
    advice.extend(ConstraintAlwaysMet::find(assessment).into_iter().map(Advice::from));
    advice.extend(ConstraintsInConflict::find(assessment).into_iter().map(Advice::from));
    advice.extend(ConstraintsRedundant::find(assessment).into_iter().map(Advice::from));
    advice.extend(OneCompletionPerPrompt::find(assessment).map(Advice::from));
    advice.extend(TooFewSamples::find(assessment).map(Advice::from));
    advice.extend(SingleConstraintPrompts::find(assessment).map(Advice::from));
    advice.extend(UnscoredVerdicts::find(assessment).map(Advice::from));
    advice.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    advice
}

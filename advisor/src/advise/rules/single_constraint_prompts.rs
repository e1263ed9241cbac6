//! `single-constraint-prompts`: where partial credit cannot exist.

use crate::{
    advise::{Assessment, Evidence, Severity},
    reward::Scheme,
};
use std::fmt;

/// On prompts with one constraint no answer is partial, and partial credit is the same as none.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleConstraintPrompts {
    /// Prompts with one constraint, out of how many.
    pub prompts: (u64, u64),
}

impl SingleConstraintPrompts {
    /// Applies when a scheme other than `binary` is looked at and no single constraint scored a share of its cases
    /// (which such a scheme does pay).
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let counts = &assessment.counts;
        let credit = assessment.settings.schemes.iter().any(|scheme| !matches!(scheme, Scheme::Binary(_)));
        let applies = credit && counts.single_constraint_prompts > 0 && counts.single_constraint_graded == 0;
        applies.then_some(Self { prompts: (counts.single_constraint_prompts, counts.prompts) })
    }

    /// A warning when there is no other prompt, so that the schemes do not differ at all.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.prompts.0 == self.prompts.1 { Severity::Warning } else { Severity::Info }
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        vec![Evidence::new("single_constraint_prompts", self.prompts.0), Evidence::new("prompts", self.prompts.1)]
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        if self.prompts.0 == self.prompts.1 {
            "To give credit for half-right answers, split the constraint into several, or use one that scores the \
             share of cases met."
        } else {
            "Judge partial credit by the rates over prompts with several constraints."
        }
        .to_owned()
    }
}

impl fmt::Display for SingleConstraintPrompts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (single, all) = self.prompts;
        if single == all {
            f.write_str("every prompt has one constraint: no answer is partial, and all schemes are the same here")
        } else {
            write!(f, "{single} of {all} prompts have one constraint: on these partial credit cannot exist")
        }
    }
}

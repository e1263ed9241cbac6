//! Whether two specs judge alike, whatever they pay for it.

use super::{TaskConstraint, TaskSpec};

impl TaskSpec {
    /// The first thing by which one of two specs judges and the other does not: a constraint, or how completions are seen. `None` where verdicts of one
    /// are verdicts of the other; weights, what is required, schemes and penalties are no verdicts.
    #[must_use]
    pub fn judges_otherwise(&self, other: &Self) -> Option<String> {
        if self.extract != other.extract {
            return Some("their `extract` differs".into());
        }
        let of = |spec: &Self| spec.constraints.iter().map(TaskConstraint::judges_by).collect::<Vec<_>>();
        let (ours, theirs) = (of(self), of(other));
        let pair = |at: usize| (ours.get(at), theirs.get(at));
        (0..ours.len().max(theirs.len())).map(pair).find_map(|pair| match pair {
            (Some(one), Some(other)) if one == other => None,
            (Some((one, _)), Some((other, _))) if one == other => Some(format!("`{one}` is another constraint there")),
            (Some((one, _)), _) => Some(format!("its constraints are not those of the first, beginning with `{one}`")),
            (None, Some((other, _))) => Some(format!("`{other}` is in one of them alone")),
            (None, None) => None,
        })
    }
}

impl TaskConstraint {
    /// Its id, and all that its verdict depends on, as text.
    fn judges_by(&self) -> (String, String) {
        match self {
            Self::Inline(inline) => {
                let mut params = inline.params.clone();
                params.sort_by(|a, b| a.0.cmp(&b.0));
                let says = format!("{} {params:?} {:?} {:?}", inline.checker, inline.view, inline.limits);
                (inline.id.clone(), says)
            }
            Self::FromPrompt(from) => {
                let says = format!("{:?} {:?} {:?} {:?}", from.columns, from.view, from.python, from.limits);
                ("from_prompt".to_owned(), says)
            }
        }
    }
}

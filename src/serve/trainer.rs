//! Which rewards can be given to a trainer that asks for the completions of a step one by one, and takes rewards alone.

use super::refusal::Refusal;
use crate::task::{Looks, Task};

/// Refuses a task whose reward looks at more than the trainer says, before anything is judged: the adapters of Python refuse the same.
///
/// A completion that was judged as a group of its own would get a number, and a wrong one.
pub(super) fn can_reward(task: &Task, trainer: &str) -> Result<(), Refusal> {
    let (name, scheme) = (&task.spec().name, task.scheme());
    let refuse = |why: String| {
        Err(Refusal::bad(format!("{name}: {trainer} {why}, or call POST /v1/score in a loop of your own")))
    };
    if let Some(rule) = task.spec().advantage {
        return refuse(format!("takes rewards and makes advantages of them itself: leave `advantage` ({rule}) out"));
    }
    if task.credit().is_some() {
        return refuse(format!(
            "may have the completions of a step judged apart, and its reward (`{scheme}`) has to see every step whole: take another \
             scheme"
        ));
    }
    match task.looks_at().first() {
        None => Ok(()),
        Some(Looks::Ids) => refuse(format!(
            "has one completion judged at a time, and its reward compares those of a prompt (`{scheme}`)"
        )),
        Some(Looks::Progress) => {
            refuse(format!("does not say where training is, which its reward changes with (`{scheme}`)"))
        }
        Some(Looks::Tokens) => refuse(
            "does not say how many tokens a completion has, which its penalty counts: write `unit: characters` there"
                .into(),
        ),
    }
}

//! The forms that are known, and how each is told from the others.

use super::preferences;
use serde_json::{Map, Value};

/// Who wrote a file of rollouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Our own: `completion` or `completions`.
    Own,
    /// A server that speaks OpenAI's formats, or vLLM: `choices`, `output`, `outputs`, or a batch of these.
    Server,
    /// TRL's logged completions.
    Trl,
    /// verl's dumps of rollouts.
    Verl,
    /// Traces of verifiers, which prime-rl writes too.
    Traces,
    /// Pairs and sets of which is known what is better: preference data, results of RewardBench and JudgeBench.
    Preferences,
}

impl Form {
    /// The names by which forms are chosen.
    pub const NAMES: [&str; 6] = ["fullmarks", "openai", "trl", "verl", "verifiers", "preferences"];

    const ALL: [Self; 6] = [Self::Own, Self::Server, Self::Trl, Self::Verl, Self::Traces, Self::Preferences];

    /// The form with this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|known| *known == name).map(|place| Self::ALL[place])
    }

    /// The form of a file that begins with this row.
    #[must_use]
    pub fn of(first: &Map<String, Value>) -> Self {
        let has = |names: &[&str]| names.iter().all(|name| first.contains_key(*name));
        let list = |name: &str| matches!(first.get(name), Some(Value::Array(_)));
        let object = |name: &str| matches!(first.get(name), Some(Value::Object(_)));
        if has(&["step", "prompt", "completion", "advantage"]) {
            Self::Trl
        } else if has(&["completion"]) || has(&["completions"]) {
            Self::Own
        } else if has(&["choices"])
            || object("response")
            || has(&["custom_id", "response"])
            || list("output")
            || list("outputs")
        {
            Self::Server
        } else if has(&["task", "traces"]) || has(&["task", "nodes"]) {
            Self::Traces
        } else if has(&["input", "output", "score", "step"]) {
            Self::Verl
        } else if preferences::is(first) {
            Self::Preferences
        } else {
            Self::Own
        }
    }

    /// Columns that hold the prompt's id before any that a spec names.
    pub(super) fn first_ids(self) -> &'static [&'static str] {
        match self {
            Self::Own | Self::Trl | Self::Verl => &["id"],
            Self::Preferences => &["pair_id", "id"],
            Self::Server => &["custom_id"],
            Self::Traces => &[],
        }
    }

    /// And after it.
    pub(super) fn other_ids(self, first: &Map<String, Value>) -> &'static [&'static str] {
        // An answer of a server has an id of its own.
        let answer = ["object", "model"].iter().any(|name| first.contains_key(*name));
        match self {
            Self::Own => &["prompt_id", "task_id", "example_id", "question_id", "prompt"],
            Self::Preferences => &["prompt_id", "question_id", "prompt", "question"],
            Self::Traces => &[],
            Self::Server if answer => &["prompt_id", "task_id"],
            Self::Server => &["prompt_id", "task_id", "id"],
            Self::Trl => &["prompt"],
            Self::Verl => &["input"],
        }
    }

    /// The column where none of them is there: its absence is an error, or the form puts the id there.
    pub(super) fn last_id(self) -> &'static str {
        match self {
            Self::Server => "prompt_id",
            _ => "id",
        }
    }

    /// Columns that matter beside our own.
    pub(super) fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Own => &[],
            Self::Preferences => preferences::COLUMNS,
            Self::Server => {
                &["choices", "output", "outputs", "response", "error", "status", "incomplete_details", "finished"]
            }
            Self::Trl => &["step", "mode"],
            Self::Verl => &["step", "output"],
            Self::Traces => &["task", "traces", "errors", "nodes", "calls", "rewards", "ok", "root_reply"],
        }
    }

    /// Columns that set policies apart.
    pub(super) fn steps(self) -> &'static [&'static str] {
        match self {
            // Its rows of training and of evaluation may stand together.
            Self::Trl => &["step", "mode"],
            Self::Verl => &["step"],
            Self::Own | Self::Server | Self::Traces | Self::Preferences => &[],
        }
    }

    /// Columns with what reward functions paid, with their weights where the file tells them.
    pub(super) fn rewards(self, first: &Map<String, Value>) -> Vec<(String, f64)> {
        match self {
            Self::Server | Self::Traces | Self::Preferences => Vec::new(),
            Self::Own => first.get("reward").map(|_| ("reward".into(), 1.0)).into_iter().collect(),
            Self::Verl => vec![("score".into(), 1.0)],
            Self::Trl => {
                // TRL writes what its functions paid between these two, as numbers with a fraction; counts that a user logs are whole.
                let paid = first
                    .iter()
                    .skip_while(|(name, _)| *name != "completion")
                    .take_while(|(name, _)| *name != "advantage");
                let is = |(name, value): &(&String, &Value)| value.is_f64() && *name != "reward";
                paid.filter(is).map(|(name, _)| (name.clone(), 1.0)).collect()
            }
        }
    }

    /// What rows of this form are, for a person.
    pub(super) fn what(self) -> &'static str {
        match self {
            Self::Own => "rollouts",
            Self::Server => "answers of a server that speaks OpenAI's formats",
            Self::Trl => "TRL's log of completions",
            Self::Verl => "verl's dump of rollouts",
            Self::Traces => "traces of verifiers",
            Self::Preferences => "preference data",
        }
    }

    /// Where the completions stand, for a person.
    pub(super) fn where_completions_are(self) -> &'static str {
        match self {
            Self::Own | Self::Trl => "the completion in `completion`",
            Self::Server => "a completion for each choice",
            Self::Verl => "the completion in `output`",
            Self::Traces => "a completion for each trace",
            Self::Preferences => "what is better in `truth` and what was paid in `score`",
        }
    }
}

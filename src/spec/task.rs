//! A validated spec: what the stages after this one work from.

use super::ProbeFamily;
use crate::reward::{AdvantageRule, Overlong, RewardFunction, Scheme};
use serde_json::{Map, Value};
use std::{collections::HashSet, ops::Range, time::Duration};

/// A task: how completions are seen, what they are judged by, and how verdicts become a reward.
#[derive(Clone, Debug)]
pub struct TaskSpec {
    /// Its name.
    pub name: String,
    /// Where the prompts are, when the spec says so.
    pub prompts_file: Option<PromptsFile>,
    /// What the prompts' columns are called.
    pub columns: Columns,
    /// What the views see.
    pub extract: Extract,
    /// The constraints, at least one.
    pub constraints: Vec<TaskConstraint>,
    /// The reward scheme.
    pub scheme: Scheme,
    /// What length costs.
    pub penalty: Option<Overlong>,
    /// Whether a penalty may take a full answer below another.
    pub may_reorder: bool,
    /// How a group gets its advantages, where that is not left to the trainer.
    pub advantage: Option<AdvantageRule>,
    /// Completions that must earn full marks.
    pub accept: Vec<Case>,
    /// Completions that must earn at most `max_reward`.
    pub reject: Vec<Case>,
    /// The most a rejected case or a probe may earn, under every scheme.
    pub max_reward: f64,
    /// Families of probes that may earn more.
    pub allowances: Vec<Allowance>,
}

/// The prompts file a spec names.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptsFile {
    /// Path as written, relative to the spec's folder.
    pub path: String,
    /// Where the spec names it.
    pub span: Range<usize>,
}

/// Names of the prompts' columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// The prompt's id.
    pub id: String,
    /// The prompt's text.
    pub prompt: String,
}

/// What the views `answer` and `code` see of a completion.
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// Language of the fenced blocks that make up `code`; `None` when the spec extracts none.
    pub code: Option<String>,
    /// Whether an answer without any fence is code as a whole.
    pub bare: bool,
    /// Whether an answer begins within a block, whose fence the chat template opened.
    pub opened: bool,
    /// Which of several blocks.
    pub pick: Pick,
    /// Which thinking is set apart.
    pub thinking: Thinking,
    /// Special tokens that are taken off the end of a completion.
    pub end_tokens: EndTokens,
}

/// Which of several code blocks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Pick {
    /// The first.
    First,
    /// The last.
    Last,
    /// All, joined by newlines.
    All,
    /// The last that defines what the constraints call; else the last.
    Called,
    /// The last that defines a function or class of this name.
    Defining(ParamSource),
}

pub use super::thinking::{EndTokens, Thinking, ThinkingMode, ThinkingStyle};

/// What a constraint looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum View {
    /// What follows the thinking section.
    Answer,
    /// The code extracted from the answer.
    Code,
    /// Everything.
    All,
}

/// A constraint of the spec.
#[derive(Clone, Debug)]
pub enum TaskConstraint {
    /// Written out in the spec.
    Inline(Inline),
    /// Brought by each prompt.
    FromPrompt(FromPrompt),
}

/// A constraint written out in the spec.
#[derive(Clone, Debug)]
pub struct Inline {
    /// Unique in the spec.
    pub id: String,
    /// The checker's id, known to the catalogue.
    pub checker: String,
    /// The parameters, in the order written.
    pub params: Vec<(String, ParamSource)>,
    /// What it looks at.
    pub view: View,
    /// Weight in partial credit, above 0.
    pub weight: f64,
    /// Whether failing it forfeits all credit.
    pub required: bool,
    /// Whether it only admits to credit.
    pub gate: bool,
    /// What one check may use.
    pub limits: CheckLimits,
    /// Where the checker is named.
    pub span: Range<usize>,
}

impl Inline {
    /// The code of a checker written in Python, which can be tried out although its other parameters come from the prompts.
    #[must_use]
    pub fn written_checker(&self) -> Option<Self> {
        let written =
            |(name, source): &&(String, ParamSource)| name == "code" && matches!(source, ParamSource::Literal(_));
        let code = self.params.iter().find(written).filter(|_| self.checker == "python.check")?;
        Some(Self { params: vec![code.clone()], ..self.clone() })
    }
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ParamSource {
    /// The spec.
    Literal(Value),
    /// A column of the prompt's row.
    Column(String),
    /// A list, some of whose items come from columns.
    List(Vec<ParamSource>),
}

impl ParamSource {
    /// The columns it takes values from.
    #[must_use]
    pub fn columns(&self) -> Vec<&String> {
        match self {
            Self::Literal(_) => Vec::new(),
            Self::Column(column) => vec![column],
            Self::List(items) => items.iter().flat_map(Self::columns).collect(),
        }
    }
}

/// Constraints that come with each prompt.
#[derive(Clone, Debug)]
pub struct FromPrompt {
    /// Where the checkers' ids and their parameters are.
    pub columns: FromColumns,
    /// What they look at.
    pub view: View,
    /// What those look at that check Python code, and what they may use.
    pub python: (View, CheckLimits),
    /// Weight of each in partial credit.
    pub weight: f64,
    /// Whether failing one forfeits all credit.
    pub required: bool,
    /// What one check may use.
    pub limits: CheckLimits,
}

/// The columns of the constraints that a prompt brings.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FromColumns {
    /// A list of checker ids, and one of their parameters.
    Apart {
        /// The ids' column.
        ids: String,
        /// The parameters' column.
        params: String,
    },
    /// Both in one column, as `[{"instruction_id": […], "kwargs": […]}]`.
    Together(String),
}

/// What one check may use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckLimits {
    /// Nominal time, which stands for an amount of fuel.
    pub time: Duration,
    /// Linear memory, in bytes.
    pub memory: usize,
    /// Nominal time of one case; that of the whole where there is none.
    pub case: Option<Duration>,
}

impl CheckLimits {
    /// One second and 64 MiB.
    pub const DEFAULT: Self = Self { time: Duration::from_secs(1), memory: 64 << 20, case: None };
    /// Two seconds and 256 MiB, for what Python checks: its interpreter alone takes 55.
    pub const PYTHON: Self = Self { time: Duration::from_secs(2), memory: 256 << 20, case: None };
    /// The least memory a spec may ask for, in bytes: one page. The built-in checkers need 4 MiB.
    pub const LEAST_MEMORY: usize = 64 << 10;
    /// The least memory for what Python checks.
    pub const LEAST_PYTHON_MEMORY: usize = 96 << 20;
    /// The most a spec may ask for.
    pub const MOST: Self = Self { time: Duration::from_secs(600), memory: 1 << 30, case: None };
}

/// A completion with a known outcome.
#[derive(Clone, Debug)]
pub struct Case {
    /// The completion, as JSON: text or messages.
    pub completion: Value,
    /// The row of the prompt it answers.
    pub row: Map<String, Value>,
    /// Where it stands in the spec.
    pub span: Range<usize>,
}

/// A family of probes that may earn more than others.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance {
    /// The family.
    pub family: ProbeFamily,
    /// The most it may earn, in (0, 1].
    pub max_reward: f64,
    /// Why that is no hole.
    pub why: String,
}

impl TaskSpec {
    /// The most that probes of a family may earn, and why when that is declared for the family.
    #[must_use]
    pub fn allowed(&self, family: ProbeFamily) -> (f64, Option<&str>) {
        let declared = self.allowances.iter().filter(|allowance| allowance.family == family);
        match declared.max_by(|a, b| a.max_reward.total_cmp(&b.max_reward)) {
            Some(allowance) if allowance.max_reward > self.max_reward => (allowance.max_reward, Some(&allowance.why)),
            _ => (self.max_reward, None),
        }
    }

    /// The spec's `reward` as a whole.
    #[must_use]
    pub fn reward(&self) -> RewardFunction {
        RewardFunction { scheme: self.scheme, penalty: self.penalty, may_reorder: self.may_reorder }
    }

    /// Whether judging a completion needs the row of its prompt.
    #[must_use]
    pub fn needs_prompts(&self) -> bool {
        matches!(self.extract.pick, Pick::Defining(ParamSource::Column(_)))
            || self.constraints.iter().any(TaskConstraint::needs_prompts)
    }

    /// The columns of a prompt's row that judging looks at: id and prompt, then those that values are taken from.
    #[must_use]
    pub fn columns_used(&self) -> Vec<&str> {
        let mut used = vec![&self.columns.id, &self.columns.prompt];
        if let Pick::Defining(source) = &self.extract.pick {
            used.extend(source.columns());
        }
        for constraint in &self.constraints {
            match constraint {
                TaskConstraint::FromPrompt(source) => match &source.columns {
                    FromColumns::Apart { ids, params } => used.extend([ids, params]),
                    FromColumns::Together(column) => used.push(column),
                },
                TaskConstraint::Inline(inline) => {
                    used.extend(inline.params.iter().flat_map(|(_, source)| source.columns()))
                }
            }
        }
        let mut seen = HashSet::new();
        used.into_iter().map(String::as_str).filter(|name| seen.insert(*name)).collect()
    }
}

impl TaskConstraint {
    /// Whether judging by it needs the row of the prompt.
    #[must_use]
    pub fn needs_prompts(&self) -> bool {
        match self {
            Self::FromPrompt(_) => true,
            Self::Inline(inline) => inline.params.iter().any(|(_, source)| !source.columns().is_empty()),
        }
    }
}

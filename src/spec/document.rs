//! The YAML as written: wire types of format 1, positions included. The JSON Schema is derived from them.

use super::{ThinkingMode, ThinkingStyle, slips::SLIPS, wire_reward::WireReward};
use crate::source::{At, Diagnostic, Reading, SpecError, read_yaml};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde_json::Value;
use std::ops::Range;

/// A spec as written, not yet checked against any catalogue.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) file: String,
    pub(super) reading: Reading<WireSpec>,
}

/// A checker module a spec names.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModuleRef {
    /// Path of the WebAssembly module, relative to the spec's folder.
    #[schemars(with = "String")]
    pub module: At<String>,
    /// SHA-256 of the file, in hexadecimal: a checker that changed is another checker.
    #[schemars(with = "String", regex(pattern = "^[0-9a-fA-F]{64}$"))]
    pub sha256: At<String>,
}

/// A task spec, format 1.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "fullmarks task spec", rename = "TaskSpec")]
pub(super) struct WireSpec {
    /// Version of the format: 1.
    #[schemars(extend("const" = 1))]
    pub fullmarks: At<u64>,
    /// Name of the task, shown in reports and used as a metric's name.
    pub name: At<String>,
    /// What the task is, for people.
    #[serde(default)]
    #[allow(dead_code, reason = "documentation inside the spec")]
    pub description: Option<String>,
    /// Checker modules besides the built-in ones.
    #[serde(default)]
    pub checkers: Vec<ModuleRef>,
    /// Where the prompts are, and what their columns are called.
    #[serde(default)]
    pub prompts: Option<WirePrompts>,
    /// What the views `answer` and `code` see of a completion.
    #[serde(default)]
    pub extract: Option<At<WireExtract>>,
    /// What a completion is judged by; at least one.
    #[schemars(length(min = 1))]
    pub constraints: At<Vec<At<WireConstraint>>>,
    /// How verdicts become a reward.
    pub reward: At<WireReward>,
    /// Completions the spec must accept and reject: `fullmarks check --run` tries them.
    #[serde(default)]
    pub cases: WireCases,
}

/// The prompts file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Prompts")]
pub(super) struct WirePrompts {
    /// JSONL (also .gz, .zst) or Parquet, relative to the spec's folder. `--prompts` overrides it.
    #[serde(default)]
    pub file: Option<At<String>>,
    /// Column with the prompt's id.
    #[serde(default = "default_id")]
    pub id: String,
    /// Column with the prompt's text.
    #[serde(default = "default_prompt")]
    pub prompt: String,
}

fn default_id() -> String {
    "id".into()
}

fn default_prompt() -> String {
    "prompt".into()
}

/// What the views see.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Extract")]
pub(super) struct WireExtract {
    /// Language of the fenced blocks that `on: code` sees.
    #[serde(default)]
    pub code: Option<At<String>>,
    /// Which of several blocks: `first`, `last`, `all` (joined by newlines), or `{defines: NAME}`, the last that defines a
    /// function or class of that name, which may be `{column: NAME}`. Default: the last that defines what the constraints call, else the last.
    #[serde(default)]
    #[schemars(with = "PickSchema")]
    pub pick: Option<At<Value>>,
    /// Whether blocks must be fenced (`required`, the default), an answer without any fence is code as a whole
    /// (`optional`), or the chat template has opened the first block (`opened`).
    #[serde(default)]
    pub fences: Option<WireFences>,
    /// Which thinking is no part of the answer. Default: sections of `<think>` … `</think>`.
    #[serde(default)]
    pub thinking: Option<At<WireThinking>>,
    /// Special tokens that are no part of what a completion ends with. Default: those of known families.
    #[serde(default)]
    pub end_tokens: Option<WireEndTokens>,
}

/// Whether code must be fenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Fences")]
pub(super) enum WireFences {
    /// It must.
    Required,
    /// An answer without any fence is code as a whole.
    Optional,
    /// An answer begins within a block, whose fence the chat template has opened.
    Opened,
}

/// What `pick` takes, for the schema.
#[derive(JsonSchema)]
#[schemars(rename = "Pick", untagged)]
#[allow(dead_code, reason = "describes a value that is read by hand, for better messages")]
enum PickSchema {
    Place(PickPlace),
    Defining(PickDefining),
}

/// A block by its place.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[allow(dead_code, reason = "as above")]
enum PickPlace {
    First,
    Last,
    All,
}

/// A block by what it defines.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "as above")]
struct PickDefining {
    /// Name of a function or class, or `{column: NAME}`.
    defines: Value,
}

/// Which thinking is set apart.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Thinking")]
pub(super) struct WireThinking {
    /// Who opens the first section: the completion (`marked`, the default), the chat template (`opened`), or nobody: all is answer
    /// (`none`).
    #[serde(default)]
    pub mode: Option<ThinkingMode>,
    /// The family whose marks are used, in place of `open` and `close`. Default: think.
    #[serde(default)]
    pub style: Option<ThinkingStyle>,
    /// Text that opens a section; with `close`.
    #[serde(default)]
    pub open: Option<At<String>>,
    /// Text that closes it; with `open`.
    #[serde(default)]
    pub close: Option<At<String>>,
}

/// Special tokens at the end of a completion.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "EndTokens")]
pub(super) struct WireEndTokens {
    /// Whether tokens of known families are taken off. Default: true.
    #[serde(default)]
    pub known: Option<bool>,
    /// Further texts that are taken off.
    #[serde(default)]
    pub also: Vec<At<String>>,
}

/// One constraint, or all that each prompt brings with it (`from_prompt`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{"required": ["check"]}, {"required": ["from_prompt"]}]))]
#[schemars(rename = "Constraint")]
pub(super) struct WireConstraint {
    /// Name of the constraint, unique in the spec. Default: the checker's id.
    #[serde(default)]
    pub id: Option<At<String>>,
    /// The checker: `fullmarks checkers list` names them.
    #[serde(default)]
    pub check: Option<At<String>>,
    /// Its parameters. Any value, or item of a list, may be `{column: NAME}`, taken from the prompt's row; a value may be `{literal: VALUE}`.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub with: Option<At<WireParams>>,
    /// Each prompt brings its own constraints (the layouts of IFEval, IFBench and IF-RLVR).
    #[serde(default)]
    pub from_prompt: Option<At<WireFromPrompt>>,
    /// What is judged. Default: `code` for what checks Python code, `answer` for everything else.
    #[serde(default)]
    pub on: Option<At<WireView>>,
    /// Weight in partial credit, above 0. Default: 1.
    #[serde(default)]
    pub weight: Option<At<f64>>,
    /// Whether failing it forfeits all credit. Default: false.
    #[serde(default)]
    pub required: bool,
    /// What one check may use.
    #[serde(default)]
    pub limits: Option<WireLimits>,
}

/// A view of a completion.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "View")]
pub(super) enum WireView {
    /// What follows the thinking section.
    Answer,
    /// The code extracted from the answer.
    Code,
    /// Everything, the thinking section included.
    All,
}

/// Constraints that come with each prompt.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FromPrompt")]
#[schemars(extend("oneOf" = [{"required": ["ids", "params"]}, {"required": ["ids_and_params"]}]))]
pub(super) struct WireFromPrompt {
    /// Column with the list of checker ids (IFEval's layout, and IFBench's).
    #[serde(default)]
    pub ids: Option<String>,
    /// Column with the list of their parameters (objects, or JSON text of them); null values count as absent.
    #[serde(default)]
    pub params: Option<String>,
    /// Column with both: `[{"instruction_id": […], "kwargs": […]}]`, or JSON or Python text of it (IF-RLVR's layout).
    #[serde(default)]
    pub ids_and_params: Option<String>,
}

/// What one check may use.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Limits")]
pub(super) struct WireLimits {
    /// Memory of the check, for example `64MiB` (the default; for Python `256MiB`).
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub memory: Option<At<Written>>,
    /// Time of the check, for example `1s` (the default; for Python `2s`). Counted in fuel, so that it means the same everywhere.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub time: Option<At<Written>>,
    /// Time of one case, for `python.calls` and `python.stdio`; the whole by default. A case that takes longer ends the check: those after it fail.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub case: Option<At<Written>>,
}

/// Completions with a known outcome.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Cases")]
pub(super) struct WireCases {
    /// Must earn full marks.
    #[serde(default)]
    pub accept: Vec<At<WireCase>>,
    /// Must earn at most `max_reward` under every scheme.
    #[serde(default)]
    pub reject: Vec<At<WireCase>>,
    /// The most a rejected case, or a probe (`fullmarks probe`), may earn, from 0 to 1. Default: 0.
    #[serde(default)]
    pub max_reward: Option<At<f64>>,
    /// Probes that may earn more, and why.
    #[serde(default)]
    pub allow: Vec<WireAllowance>,
}

/// Probes that may earn more than `max_reward`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Allowance")]
pub(super) struct WireAllowance {
    /// Families of probes (docs/probe.md).
    #[schemars(with = "Vec<String>", length(min = 1))]
    #[schemars(extend("items" = {"type": "string", "enum": super::ProbeFamily::ALLOWABLE}))]
    pub probes: At<Vec<At<String>>>,
    /// The most they may earn, above 0, up to 1.
    #[schemars(with = "f64", range(min = 0, max = 1))]
    pub max_reward: At<f64>,
    /// Why that is no hole.
    #[schemars(with = "String", length(min = 1))]
    pub why: At<String>,
}

/// A completion: text, or an object with the prompt's row.
#[derive(Clone, Debug)]
pub(super) struct WireCase {
    pub completion: Value,
    pub row: serde_json::Map<String, Value>,
}

/// A quantity as it was written: a number without its unit is told what is missing, not that it is no text.
#[derive(Clone, Debug)]
pub(super) struct Written(pub String);

/// The parameters under `with`, in order, each with its place.
#[derive(Clone, Debug, Default)]
pub(super) struct WireParams(pub Vec<(At<String>, At<Value>)>);

impl Document {
    /// Reads a spec. `file` names it in messages. What is wrong with keys and types is told with all else, by whoever validates it.
    ///
    /// # Errors
    /// [`SpecError`] where nothing can be read of it.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, SpecError> {
        Ok(Self { file: file.to_owned(), reading: read_yaml(file, bytes, SLIPS)? })
    }

    /// The checker modules it names, to be loaded before it is validated.
    #[must_use]
    pub fn modules(&self) -> &[ModuleRef] {
        self.reading.value.as_ref().map_or(&[], |wire| &wire.checkers)
    }

    /// An error about this document, for callers that load what it refers to.
    #[must_use]
    pub fn error(&self, span: Range<usize>, message: String, help: Option<String>) -> SpecError {
        self.refused(vec![Diagnostic::new(span, message).maybe_help(help)])
    }

    /// The error of these mistakes.
    pub(crate) fn refused(&self, mistakes: Vec<Diagnostic>) -> SpecError {
        SpecError::new(&self.file, &self.reading.source, mistakes)
    }

    /// JSON Schema of format 1.
    #[must_use]
    pub fn schema() -> Schema {
        schemars::schema_for!(WireSpec)
    }
}

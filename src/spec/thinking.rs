//! Thinking, and what else of a completion is no answer.

use schemars::JsonSchema;
use serde::Deserialize;

/// How thinking is told from the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thinking {
    /// Opens a section.
    pub open: String,
    /// Closes it.
    pub close: String,
    /// Who opens the first section.
    pub mode: ThinkingMode,
    /// The family whose marks these are.
    pub style: ThinkingStyle,
}

impl Thinking {
    /// The marks of a family, in sections that the completion opens.
    #[must_use]
    pub fn of(style: ThinkingStyle) -> Self {
        let (open, close) = style.marks();
        Self { open: open.into(), close: close.into(), mode: ThinkingMode::Marked, style }
    }
}

impl Default for Thinking {
    fn default() -> Self {
        Self::of(ThinkingStyle::Think)
    }
}

/// Who opens the first section of thinking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ThinkingMode {
    /// The completion, with the opening mark.
    #[default]
    Marked,
    /// The chat template: what stands before the first closing mark is thinking, and without one there is no answer.
    Opened,
    /// Nobody: all is answer.
    None,
}

/// Marks of a family of models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ThinkingStyle {
    /// `<think>` … `</think>`: DeepSeek-R1, Qwen3, Nemotron and others.
    #[default]
    Think,
    /// `<thinking>` … `</thinking>`.
    Thinking,
    /// `[THINK]` … `[/THINK]`.
    Magistral,
    /// `<seed:think>` … `</seed:think>`.
    SeedOss,
    /// The channels of gpt-oss: the answer is the message of the channel `final`.
    Harmony,
}

impl ThinkingStyle {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Think, Self::Thinking, Self::Magistral, Self::SeedOss, Self::Harmony];

    /// Its name in a spec.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Think => "think",
            Self::Thinking => "thinking",
            Self::Magistral => "magistral",
            Self::SeedOss => "seed-oss",
            Self::Harmony => "harmony",
        }
    }

    fn marks(self) -> (&'static str, &'static str) {
        match self {
            Self::Think => ("<think>", "</think>"),
            Self::Thinking => ("<thinking>", "</thinking>"),
            Self::Magistral => ("[THINK]", "[/THINK]"),
            Self::SeedOss => ("<seed:think>", "</seed:think>"),
            Self::Harmony => ("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"),
        }
    }
}

/// Special tokens that are taken off the end of a completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndTokens {
    /// Those of known families.
    pub known: bool,
    /// Others.
    pub also: Vec<String>,
}

impl Default for EndTokens {
    fn default() -> Self {
        Self { known: true, also: Vec::new() }
    }
}

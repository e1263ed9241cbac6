//! Everyday constraints: what a text contains, how long it is, whether it is JSON, how close it is to another, which number it answers.

mod affix;
mod blank;
mod contains;
mod equals;
mod fold;
mod json;
mod json_schema;
mod json_valid;
mod language_is;
mod length;
mod matcher;
mod number;
mod pattern;
mod regex;
mod rendered;
mod similar_to;

pub use affix::{TextEndsWith, TextStartsWith};
pub use contains::{ContainsAll, ContainsAny, ContainsNone};
pub use equals::TextEquals;
pub use json_schema::JsonSchema;
pub use json_valid::JsonValid;
pub use language_is::LanguageIs;
pub use length::{Characters, Lines, Max, Min, Paragraphs, Sentences, Words};
pub use number::NumberEquals;
pub use regex::{RegexAbsent, RegexMatches};
pub use similar_to::SimilarTo;

//! What checkers share: strings as Python sees them, patterns, words, sentences, JSON and languages.

pub mod case;
pub mod json;
pub mod language;
mod language_ngrams;
pub mod pattern;
mod pattern_parse;
mod pattern_program;
mod pattern_set;
pub mod punkt;
mod punkt_token;
pub mod python;
pub mod tables;
mod unicode_tables;
pub mod words;

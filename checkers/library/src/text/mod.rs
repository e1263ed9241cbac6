//! What checkers share: strings as Python sees them, patterns, words, sentences, JSON, CSV, languages and word lists.

pub mod ascii;
pub mod case;
pub mod csv;
pub mod emoji;
mod emoji_table;
pub mod json;
pub mod language;
mod language_clean;
mod language_ngrams;
mod language_shares;
pub mod marks;
pub mod pattern;
mod pattern_flags;
mod pattern_parse;
mod pattern_program;
mod pattern_set;
pub mod punkt;
mod punkt_token;
pub mod python;
pub mod rule_sentences;
pub mod stop_words;
pub mod syllables;
pub mod tables;
mod unicode_tables;
pub mod verb;
pub mod whole_word;
pub mod words;

//! The checkers built into fullmarks, one file each.
//!
//! `ifeval` holds the 25 instructions of IFEval under their published names; `general` the everyday constraints;
//! `text` what they share: splitting into words and sentences, and telling languages apart.

use fullmarks_checker_sdk::Entry;

pub mod general;
pub mod ifeval;
pub mod text;

/// Every checker of this library, sorted by identifier.
pub static CHECKERS: &[Entry] = &[
    Entry::of::<ifeval::CapitalWordFrequency>(),
    Entry::of::<ifeval::EnglishCapital>(),
    Entry::of::<ifeval::EnglishLowercase>(),
    Entry::of::<ifeval::RepeatPrompt>(),
    Entry::of::<ifeval::TwoResponses>(),
    Entry::of::<general::ContainsAll>(),
    Entry::of::<general::ContainsAny>(),
    Entry::of::<general::ContainsNone>(),
    Entry::of::<ifeval::NumberPlaceholders>(),
    Entry::of::<ifeval::Postscript>(),
    Entry::of::<ifeval::ConstrainedResponse>(),
    Entry::of::<ifeval::JsonFormat>(),
    Entry::of::<ifeval::MultipleSections>(),
    Entry::of::<ifeval::NumberBulletLists>(),
    Entry::of::<ifeval::NumberHighlightedSections>(),
    Entry::of::<ifeval::Title>(),
    Entry::of::<general::JsonSchema>(),
    Entry::of::<general::JsonValid>(),
    Entry::of::<ifeval::Existence>(),
    Entry::of::<ifeval::ForbiddenWords>(),
    Entry::of::<ifeval::Frequency>(),
    Entry::of::<ifeval::LetterFrequency>(),
    Entry::of::<general::LanguageIs>(),
    Entry::of::<ifeval::ResponseLanguage>(),
    Entry::of::<general::Max<general::Characters>>(),
    Entry::of::<general::Max<general::Lines>>(),
    Entry::of::<general::Max<general::Paragraphs>>(),
    Entry::of::<general::Max<general::Sentences>>(),
    Entry::of::<general::Max<general::Words>>(),
    Entry::of::<general::Min<general::Characters>>(),
    Entry::of::<general::Min<general::Lines>>(),
    Entry::of::<general::Min<general::Paragraphs>>(),
    Entry::of::<general::Min<general::Sentences>>(),
    Entry::of::<general::Min<general::Words>>(),
    Entry::of::<ifeval::NthParagraphFirstWord>(),
    Entry::of::<ifeval::NumberParagraphs>(),
    Entry::of::<ifeval::NumberSentences>(),
    Entry::of::<ifeval::NumberWords>(),
    Entry::of::<ifeval::NoComma>(),
    Entry::of::<general::RegexAbsent>(),
    Entry::of::<general::RegexMatches>(),
    Entry::of::<general::SimilarTo>(),
    Entry::of::<ifeval::EndChecker>(),
    Entry::of::<ifeval::Quotation>(),
    Entry::of::<general::TextEndsWith>(),
    Entry::of::<general::TextEquals>(),
    Entry::of::<general::TextStartsWith>(),
];

fullmarks_checker_sdk::export!(CHECKERS);

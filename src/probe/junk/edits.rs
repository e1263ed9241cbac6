//! Changes of a text that bring it nearer to meeting a constraint, whatever the text says.

use super::{filler, pattern, schema};
use crate::{spec::CheckerDoc, verify::Row};
use serde_json::Value;

/// A change of a text.
pub(super) type Edit = Box<dyn Fn(&str) -> String + Send + Sync>;

/// The most words, lines or characters that are added.
const MOST: usize = 6000;

/// The changes towards a constraint, by its checker and parameters. A checker that is not known here is tried with its own
/// documented examples.
pub(super) fn edits(checker: &str, params: &Row, doc: Option<&CheckerDoc>, prompt: &str) -> Vec<Edit> {
    let text = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let texts = |name: &str| -> Vec<String> {
        let items = params.get(name).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let count = |name: &str| {
        let value = params.get(name).and_then(Value::as_f64).unwrap_or(1.0);
        (value.max(0.0) as usize).min(MOST)
    };
    let at_least = |name: &str| text(name) != "less than";
    match checker {
        "contains.all" => vec![append(texts("texts").join(" "))],
        "contains.any" => vec![append(texts("texts").first().cloned().unwrap_or_default())],
        "keywords:existence" => vec![append(texts("keywords").join(" "))],
        "contains.none" => vec![without(texts("texts"))],
        "keywords:forbidden_words" => vec![without(texts("forbidden_words"))],
        "keywords:frequency" if at_least("relation") => vec![append(times(&text("keyword"), count("frequency"), " "))],
        "keywords:frequency" => vec![without(vec![text("keyword")])],
        "keywords:letter_frequency" if at_least("let_relation") => {
            vec![append(times(&text("letter"), count("let_frequency"), ""))]
        }
        "keywords:letter_frequency" => vec![without(vec![text("letter"), text("letter").to_uppercase()])],
        "text.starts_with" => vec![prepend(text("text"))],
        "text.ends_with" => vec![append_as_is(text("text"))],
        "startend:end_checker" => vec![append(text("end_phrase"))],
        "startend:quotation" => vec![make(|text| format!("\"{}\"", text.trim_matches('"')))],
        "combination:repeat_prompt" => vec![prepend(format!("{}\n", text("prompt_to_repeat")))],
        "combination:two_responses" => vec![make(|text| format!("{text}\n******\n{text} again"))],
        "regex.matches" => match pattern::sample(&text("pattern")) {
            Some(sample) => vec![append(sample.clone()), replace(sample.clone()), prepend(sample)],
            None => Vec::new(),
        },
        "regex.absent" => absent(&text("pattern"), params.get("ignore_case") == Some(&Value::Bool(true))),
        "language.is" | "language:response_language" => match filler::words(&text("language")) {
            Some(words) => vec![replace(words.to_owned()), replace(times(words, 4, " "))],
            None => Vec::new(),
        },
        "json.valid" | "detectable_format:json_format" => {
            vec![replace("{}".into()), make(|text| Value::String(text.to_owned()).to_string())]
        }
        "json.schema" => vec![replace(schema::instance(params.get("schema").unwrap_or(&Value::Null)).to_string())],
        "length.min_words" => longer(count("words"), "word", " "),
        "length.max_words" => shorter(count("words"), " "),
        "length.min_characters" => longer(count("characters"), "x", ""),
        "length.max_characters" => vec![cut(count("characters"))],
        "length.min_lines" => longer(count("lines"), "word", "\n"),
        "length.max_lines" => vec![make(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))],
        "length.min_sentences" => longer(count("sentences"), "It was this.", " "),
        "length.max_sentences" | "length.max_paragraphs" => {
            vec![make(|text| text.replace(['.', '!', '?'], "").split_whitespace().collect::<Vec<_>>().join(" "))]
        }
        "length.min_paragraphs" => longer(count("paragraphs"), "It was this.", "\n\n"),
        "length_constraints:number_words" if at_least("relation") => longer(count("num_words"), "word", " "),
        "length_constraints:number_words" => shorter(count("num_words").saturating_sub(1), " "),
        "length_constraints:number_sentences" if at_least("relation") => {
            longer(count("num_sentences"), "It was this.", " ")
        }
        "length_constraints:number_sentences" => {
            vec![make(|text| text.replace(['.', '!', '?'], "")), replace("It was this.".into())]
        }
        "length_constraints:number_paragraphs" => {
            let paragraphs = count("num_paragraphs");
            vec![make(move |text| vec![text.replace("***", ""); paragraphs].join("\n***\n"))]
        }
        "length_constraints:nth_paragraph_first_word" => {
            let (paragraphs, nth, first) = (count("num_paragraphs"), count("nth_paragraph"), text("first_word"));
            vec![make(move |text| {
                let one = text.replace("\n\n", " ");
                let part = |place: usize| if place == nth { format!("{first} {one}") } else { one.clone() };
                (1..=paragraphs).map(part).collect::<Vec<_>>().join("\n\n")
            })]
        }
        "detectable_format:number_bullet_lists" => {
            let bullets = count("num_bullets");
            vec![append(format!("\n{}", times("* word", bullets, "\n")))]
        }
        "detectable_format:number_highlighted_sections" => {
            let section = |place: usize| format!("*section {place}*");
            vec![append((0..count("num_highlights")).map(section).collect::<Vec<_>>().join(" "))]
        }
        "detectable_content:number_placeholders" => vec![append(times("[word]", count("num_placeholders"), " "))],
        "detectable_content:postscript" => vec![append(format!("\n{} word", text("postscript_marker")))],
        "detectable_format:title" => vec![prepend("<<word>>\n".into())],
        "detectable_format:multiple_sections" => {
            let splitter = text("section_spliter");
            let section = move |place: usize| format!("{splitter} {place}\nword");
            vec![append(format!("\n{}", (1..=count("num_sections")).map(section).collect::<Vec<_>>().join("\n")))]
        }
        "detectable_format:constrained_response" => vec![append("My answer is maybe.".into())],
        "change_case:english_capital" => vec![make(str::to_uppercase)],
        "change_case:english_lowercase" => vec![make(str::to_lowercase)],
        "change_case:capital_word_frequency" if at_least("capital_relation") => {
            vec![append(times("WORD", count("capital_frequency"), " "))]
        }
        "change_case:capital_word_frequency" => vec![make(str::to_lowercase)],
        "punctuation:no_comma" => vec![make(|text| text.replace(',', ""))],
        // What it must be, or be close to, is the answer itself.
        "text.equals" | "similar.to" => Vec::new(),
        _ => examples(doc, prompt),
    }
}

fn make(edit: impl Fn(&str) -> String + Send + Sync + 'static) -> Edit {
    Box::new(edit)
}

fn append(more: String) -> Edit {
    make(move |text| format!("{} {more}", text.trim_end()))
}

fn append_as_is(more: String) -> Edit {
    make(move |text| format!("{text}{more}"))
}

fn prepend(more: String) -> Edit {
    make(move |text| format!("{more} {text}"))
}

fn replace(by: String) -> Edit {
    make(move |_| by.clone())
}

fn times(text: &str, count: usize, between: &str) -> String {
    vec![text; count.max(1)].join(between)
}

/// Texts taken out, in any case.
fn without(texts: Vec<String>) -> Edit {
    make(move |text| {
        texts.iter().fold(text.to_owned(), |text, unwanted| {
            let pattern = format!("(?i){}", regex::escape(unwanted));
            regex::Regex::new(&pattern).map_or_else(|_| text.clone(), |found| found.replace_all(&text, "").into_owned())
        })
    })
}

/// What a pattern matches taken out, or something else put there.
fn absent(pattern: &str, ignore_case: bool) -> Vec<Edit> {
    let pattern = if ignore_case { format!("(?i){pattern}") } else { pattern.to_owned() };
    let Ok(found) = regex::Regex::new(&pattern) else { return Vec::new() };
    let again = found.clone();
    vec![
        make(move |text| found.replace_all(text, "").into_owned()),
        make(move |text| again.replace_all(text, "word").into_owned()),
    ]
}

/// The filler so many times, and a little more often: counts differ from checker to checker.
fn longer(count: usize, filler: &'static str, between: &'static str) -> Vec<Edit> {
    let add = move |more: usize| {
        make(move |text: &str| format!("{}{between}{}", text.trim_end(), times(filler, more, between)))
    };
    vec![add(count), add(count + count / 10 + 1), add((count / 2).max(1))]
}

fn shorter(count: usize, between: &'static str) -> Vec<Edit> {
    let keep = move |most: usize| {
        make(move |text: &str| text.split_whitespace().take(most.max(1)).collect::<Vec<_>>().join(between))
    };
    vec![keep(count), keep(count / 2)]
}

fn cut(characters: usize) -> Edit {
    make(move |text| text.chars().take(characters.max(1)).collect())
}

/// What a checker's documentation says passes, in place of the text and after it; and the prompt.
fn examples(doc: Option<&CheckerDoc>, prompt: &str) -> Vec<Edit> {
    let passes = doc.into_iter().flat_map(|doc| doc.example.passes.clone()).take(4);
    let prompt = Some(prompt.to_owned()).filter(|prompt| !prompt.is_empty());
    passes.chain(prompt).flat_map(|example| [replace(example.clone()), append(example)]).collect()
}

//! Special tokens at the end of a completion, where the trainer left them in: no part of what the policy says.

use crate::spec::EndTokens;

/// Tokens that are no `<|…|>`; in lower case.
const NAMED: [&str; 30] = [
    "</s>",
    "<s>",
    "<eos>",
    "<bos>",
    "<eos_token>",
    "<bos_token>",
    "<pad>",
    "<unk>",
    "<eod>",
    "<eot>",
    "<eom>",
    "<end>",
    "<endoftext>",
    "<end_of_text>",
    "<end_of_turn>",
    "<start_of_turn>",
    "<end_of_utterance>",
    "<end_of_sentence>",
    "<turn|>",
    "<|turn>",
    "<seed:eos>",
    "<seed:bos>",
    "<seed:pad>",
    "[eos]",
    "[bos]",
    "[pad]",
    "[unk]",
    "[inst]",
    "[/inst]",
    "[e~[",
];

/// Longest name between the bars of a token.
const LONGEST: usize = 64;

/// The text without the tokens at its end, and the white space between and before them.
#[must_use]
pub(super) fn without<'a>(text: &'a str, tokens: &EndTokens) -> &'a str {
    let mut rest = text;
    while let Some(shorter) = last_taken_off(rest.trim_end(), tokens) {
        rest = shorter;
    }
    rest
}

fn last_taken_off<'a>(text: &'a str, tokens: &EndTokens) -> Option<&'a str> {
    if let Some(shorter) = tokens.also.iter().find_map(|token| text.strip_suffix(token.as_str())) {
        return Some(shorter);
    }
    if !tokens.known {
        return None;
    }
    let named = |token: &&str| {
        text.len() >= token.len() && text.as_bytes()[text.len() - token.len()..].eq_ignore_ascii_case(token.as_bytes())
    };
    if let Some(token) = NAMED.iter().find(|token| named(token)) {
        return Some(&text[..text.len() - token.len()]);
    }
    if let Some(shorter) = without_byte(text) {
        return Some(shorter);
    }
    BARS.iter().find_map(|(open, close)| {
        let inner = text.strip_suffix(close)?;
        // What is longer, or has white space in it, is no token.
        let name = inner.char_indices().rev().take(LONGEST + 2).find(|(at, _)| inner[*at..].starts_with(open));
        let (at, _) = name?;
        let name = &inner[at + open.len()..];
        is_name(name).then(|| &inner[..at])
    })
}

/// The text without a byte that stands as a token: `<0x0A>`.
fn without_byte(text: &str) -> Option<&str> {
    let at = text.len().checked_sub("<0x0A>".len())?;
    let digits = text.get(at..)?.strip_prefix("<0x")?.strip_suffix('>')?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| &text[..at])
}

/// The text without special tokens at its start, which begin an answer: `<|START_RESPONSE|>`, `<|python_tag|>`.
#[must_use]
pub(super) fn without_first<'a>(text: &'a str, tokens: &EndTokens) -> &'a str {
    let mut rest = text;
    while let Some(shorter) = first_taken_off(rest.trim_start()).filter(|_| tokens.known) {
        rest = shorter;
    }
    rest
}

fn first_taken_off(text: &str) -> Option<&str> {
    BARS.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?;
        let (at, _) = inner.char_indices().take(LONGEST + 1).find(|(at, _)| inner[*at..].starts_with(close))?;
        is_name(&inner[..at]).then(|| &inner[at + close.len()..])
    })
}

/// What stands around the name of most tokens.
const BARS: [(&str, &str); 2] = [("<|", "|>"), ("<｜", "｜>")];

fn is_name(name: &str) -> bool {
    let name = name.strip_prefix('/').unwrap_or(name);
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.:▁".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [&str; 35] = [
        "<0x0A>",
        "<0x0a></s>",
        "<|im_end|>",
        "<|eot_id|>",
        "</s>",
        "<|return|>",
        "<|user|>",
        "<|END_OF_TURN_TOKEN|>",
        "<seed:eos>",
        "[EOS]",
        "<|endofturn|>",
        "<|eos|>",
        "<|finetune_right_pad_id|>",
        "<|im_end|><|endoftext|><|endoftext|>",
        "[PAD]",
        "<unk>",
        "<|pad|>",
        "<turn|>",
        "<|im_user|>",
        "[e~[",
        "<|end_of_sentence|>",
        "<|hy_eos|>",
        "</s><s>",
        "<｜end▁of▁sentence｜>",
        "<end_of_turn>",
        "<eos>",
        "<pad>",
        "<|eom_id|>",
        "<|im_end|>\n<|endoftext|>\n",
        "<|call|> ",
        "<eos_token>",
        "<|/assistant|>",
        "[/INST]",
        "<|END_RESPONSE|><|END_OF_TURN_TOKEN|>",
        "<｜User｜>",
    ];

    #[test]
    fn tokens_of_every_family_are_taken_off() {
        for token in KINDS {
            assert_eq!(without(&format!("{{\"a\": 1}}{token}"), &EndTokens::default()), "{\"a\": 1}", "{token}");
            assert_eq!(without(token, &EndTokens::default()), "", "{token}");
        }
    }

    #[test]
    fn tokens_that_begin_an_answer_are_taken_off() {
        let default = EndTokens::default();
        for text in ["<|START_RESPONSE|>42", "\n<|python_tag|>42", "<|a|> <|b|>42", "<｜Assistant｜>42"] {
            assert_eq!(without_first(text, &default), "42", "{text}");
        }
        for text in ["<| f |> x", "<||>", "<|", "a <|b|> c", "<p>", ""] {
            assert_eq!(without_first(text, &default), text);
        }
        assert_eq!(without_first("<|a|>b", &EndTokens { known: false, also: Vec::new() }), "<|a|>b");
        let _ = without_first(&"<|".repeat(1 << 19), &default);
    }

    #[test]
    fn what_is_no_token_at_the_end_stays() {
        let default = EndTokens::default();
        for text in [
            "a <|im_end|> b",
            "x <| f |>",
            "a [x]",
            "<p>",
            "</think>",
            "1 < 2 |>",
            "<||>",
            "",
            " a \n",
            "f <|",
            "[EOS] is a token",
        ] {
            assert_eq!(without(text, &default), text);
        }
    }

    #[test]
    fn a_setting_adds_tokens_or_turns_the_known_off() {
        let own = EndTokens { known: false, also: vec!["<END>".into()] };
        assert_eq!(without("a</s><END>\n<END>", &own), "a</s>");
        let both = EndTokens { known: true, also: vec!["<END>".into()] };
        assert_eq!(without("a</s><END>", &both), "a");
    }

    #[test]
    fn repetitions_take_linear_time() {
        for piece in ["<|", "|>", "<|a|>", "</s>", "</s> ", " ", "｜>", "<|a"] {
            let _ = without(&piece.repeat((1 << 20) / piece.len()), &EndTokens::default());
        }
    }
}

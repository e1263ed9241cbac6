//! An answer in words written in other ways.

use super::dressed::Dressed;
use serde_json::Value;

/// Longest answer that is taken for a value and not for a text, in characters.
const SHORT: usize = 60;

pub(super) fn dressed(accepted: &str) -> Vec<Dressed> {
    let mut all = vec![
        Dressed::new("white-space-after", format!("{accepted}  \n\n")),
        Dressed::new("line-end-before", format!("\n{accepted}")),
        Dressed::new("windows-line-ends", accepted.replace("\r\n", "\n").replace('\n', "\r\n")),
    ];
    let answer = accepted.trim();
    if let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str::<Value>(answer) {
        all.extend(json(answer, &value));
        return all;
    }
    let one_line = !answer.contains('\n') && !answer.is_empty();
    if one_line && answer.chars().count() <= SHORT {
        all.push(Dressed::new("bold", format!("**{answer}**")));
        let is_sentence = answer.ends_with(['.', '!', '?']) || answer.split_whitespace().count() > 4;
        if !is_sentence {
            all.push(Dressed::new("full-stop", format!("{answer}.")));
            all.push(Dressed::new("in-a-sentence", format!("The answer is {answer}.")));
            all.push(Dressed::new("after-a-label", format!("Answer: {answer}")));
        }
        all.extend(letter(answer));
    }
    all.extend(numbers(accepted));
    all.extend(boxes(accepted));
    all.extend(date(accepted));
    all.extend(list(answer));
    all
}

fn json(text: &str, value: &Value) -> Vec<Dressed> {
    let mut all = vec![Dressed::new("json-in-a-fence", format!("```json\n{text}\n```"))];
    all.extend(serde_json::to_string_pretty(value).ok().map(|pretty| Dressed::new("json-on-several-lines", pretty)));
    all.push(Dressed::new("json-on-one-line", value.to_string()));
    if let Value::Object(object) = value {
        let pair = |(key, value): (&String, &Value)| format!("{}: {value}", Value::String(key.clone()));
        let pairs: Vec<String> = object.iter().rev().map(pair).collect();
        all.push(Dressed::new("json-keys-in-another-order", format!("{{{}}}", pairs.join(", "))));
    }
    all
}

/// A letter that is chosen.
fn letter(answer: &str) -> Vec<Dressed> {
    let mut characters = answer.chars();
    match (characters.next(), characters.next()) {
        (Some(letter @ 'A'..='J'), None) => vec![
            Dressed::new("letter-in-brackets", format!("({letter})")),
            Dressed::new("letter-named", format!("Option {letter}")),
            Dressed::new("letter-with-bracket", format!("{letter})")),
        ],
        _ => Vec::new(),
    }
}

/// The last number of a text, by its place: digits with a sign, a point, commas of thousands or a bar of a fraction.
fn last_number(text: &str) -> Option<(usize, usize)> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/');
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let from = text[..end]
        .rfind(|c: char| !is_part(c))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let start = from + text[from..end].find(|c: char| c.is_ascii_digit())?;
    // A part of a word or of a date is no number.
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    (free(before) && free(after) && !text[..start].ends_with('-')).then_some((start, end))
}

/// A number in other forms of the same worth.
fn numbers(text: &str) -> Vec<Dressed> {
    let Some((start, end)) = last_number(text) else { return Vec::new() };
    let number = &text[start..end];
    forms(number)
        .into_iter()
        .map(|(form, other)| Dressed::new(form, [&text[..start], &other, &text[end..]].concat()))
        .collect()
}

fn forms(number: &str) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((above, below)) = number.split_once('/') {
        if digits(above) && digits(below) {
            all.push(("number-frac", format!("\\frac{{{above}}}{{{below}}}")));
            all.push(("number-dfrac", format!("\\dfrac{{{above}}}{{{below}}}")));
            if above.len() == 1 && below.len() == 1 {
                all.push(("number-frac-short", format!("\\frac{above}{below}")));
            }
            all.push(("number-spaced-fraction", format!("{above} / {below}")));
            all.extend(decimal(above, below).map(|decimal| ("number-decimal", decimal)));
        }
        return all;
    }
    let plain = number.replace(',', "");
    match plain.split_once('.') {
        None if digits(&plain) => {
            all.push(("number-with-point", format!("{plain}.0")));
            all.push(("number-with-sign", format!("+{plain}")));
            if plain.len() > 3 && !plain.starts_with('0') {
                all.push(("number-with-commas", with_commas(&plain)));
                all.push(("number-without-commas", plain.clone()));
                all.push(("number-with-thin-commas", with_commas(&plain).replace(',', "{,}")));
            }
        }
        Some((whole, after)) if digits(whole) && digits(after) => {
            all.push(("number-with-more-zeros", format!("{plain}0")));
            if whole == "0" {
                all.push(("number-without-zero", format!(".{after}")));
            }
            all.extend(fraction(whole, after).map(|fraction| ("number-fraction", fraction)));
        }
        _ => {}
    }
    all.retain(|(_, form)| form != number);
    all
}

/// A fraction as a decimal number, where that ends soon.
fn decimal(above: &str, below: &str) -> Option<String> {
    let (above, below): (u64, u64) = (above.parse().ok()?, below.parse().ok()?);
    let places = (1..=4)
        .find(|places| below != 0 && above.checked_mul(10_u64.pow(*places)).is_some_and(|all| all % below == 0))?;
    let all = above * 10_u64.pow(places) / below;
    let unit = 10_u64.pow(places);
    Some(format!("{}.{:0width$}", all / unit, all % unit, width = places as usize))
}

/// A decimal number as a fraction in its lowest terms.
fn fraction(whole: &str, after: &str) -> Option<String> {
    let after = after.trim_end_matches('0');
    let below = 10_u64.checked_pow(u32::try_from(after.len()).ok()?)?;
    let above: u64 = format!("{whole}{after}").parse().ok()?;
    let (mut a, mut b) = (above, below);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (a != 0 && below / a > 1).then(|| format!("{}/{}", above / a, below / a))
}

fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What is said in a box, in other boxes; a number alone, in one.
fn boxes(text: &str) -> Vec<Dressed> {
    let answer = text.trim();
    if let Some(start) = text.rfind("\\boxed{") {
        let rest = &text[start..];
        return vec![
            Dressed::new("fbox", format!("{}{}", &text[..start], rest.replacen("\\boxed{", "\\fbox{", 1))),
            Dressed::new(
                "boxed-with-spaces",
                format!("{}{}", &text[..start], rest.replacen("\\boxed{", "\\boxed{ ", 1)),
            ),
            Dressed::new("boxed-in-dollars", boxed_in_dollars(text, start)),
        ];
    }
    match last_number(answer) {
        Some((0, end)) if end == answer.len() => vec![
            Dressed::new("boxed", format!("\\boxed{{{answer}}}")),
            Dressed::new("in-dollars", format!("${answer}$")),
        ],
        _ => Vec::new(),
    }
}

fn boxed_in_dollars(text: &str, start: usize) -> String {
    let rest = &text[start..];
    let mut depth = 0_u32;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return format!("{}$$ {} $${}", &text[..start], &rest[..=at], &rest[at + 1..]),
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.to_owned()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as in 2024-03-05 in words.
fn date(text: &str) -> Vec<Dressed> {
    let found = text.char_indices().find_map(|(at, _)| {
        let candidate = text.get(at..at + 10)?;
        let mut parts = candidate.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        let month: usize = (digits(year, 4) && digits(month, 2) && digits(day, 2)).then(|| month.parse().ok())??;
        let day: u32 = day.parse().ok()?;
        Some((at, year.to_owned(), *MONTHS.get(month.checked_sub(1)?)?, day))
    });
    let Some((at, year, month, day)) = found else { return Vec::new() };
    let with = |date: String| [&text[..at], &date, &text[at + 10..]].concat();
    vec![
        Dressed::new("date-day-month-year", with(format!("{day} {month} {year}"))),
        Dressed::new("date-month-day-year", with(format!("{month} {day}, {year}"))),
    ]
}

/// A list of short items with other separators.
fn list(answer: &str) -> Vec<Dressed> {
    let bullet =
        |line: &str| line.trim().strip_prefix("- ").or_else(|| line.trim().strip_prefix("* ")).map(str::to_owned);
    let bullets: Option<Vec<String>> = answer.lines().map(bullet).collect();
    let commas = || -> Option<Vec<String>> {
        let items: Vec<String> = answer.split(", ").map(str::to_owned).collect();
        let short = |item: &String| !item.is_empty() && item.split_whitespace().count() <= 3 && !item.contains('.');
        (!answer.contains('\n') && items.iter().all(short)).then_some(items)
    };
    let Some(items) = bullets.or_else(commas).filter(|items| items.len() > 1) else { return Vec::new() };
    let (last, first) = (items.last().cloned().unwrap_or_default(), &items[..items.len() - 1]);
    let lines = |mark: &str| items.iter().map(|item| format!("{mark}{item}")).collect::<Vec<_>>().join("\n");
    let numbered: Vec<String> =
        items.iter().enumerate().map(|(place, item)| format!("{}. {item}", place + 1)).collect();
    vec![
        Dressed::new("list-with-commas", items.join(", ")),
        Dressed::new("list-with-and", format!("{} and {last}", first.join(", "))),
        Dressed::new("list-with-bullets", lines("- ")),
        Dressed::new("list-on-lines", lines("")),
        Dressed::new("list-numbered", numbered.join("\n")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(accepted: &str) -> Vec<String> {
        dressed(accepted).into_iter().map(|dressed| dressed.text).collect()
    }

    #[test]
    fn numbers_get_other_forms_of_the_same_worth() {
        let half = texts("The answer is 1/2");
        for form in ["\\frac{1}{2}", "\\frac12", "0.5", "1 / 2"] {
            assert!(half.contains(&format!("The answer is {form}")), "{form}: {half:?}");
        }
        assert!(texts("0.5").contains(&"1/2".to_owned()));
        assert!(texts("0.25").contains(&".25".to_owned()));
        assert!(texts("12345").contains(&"12,345".to_owned()));
        assert!(!texts("1/3").iter().any(|text| text.starts_with("0.")), "it does not end");
        assert!(!texts("x2").iter().any(|text| text.contains("x2.0")), "no number");
        assert!(!texts("-5").iter().any(|text| text.contains("-+5")), "its sign is there");
    }

    #[test]
    fn boxes_dates_lists_and_letters_too() {
        assert!(texts("So \\boxed{7}.").contains(&"So $$ \\boxed{7} $$.".to_owned()));
        assert!(texts("2024-03-05").contains(&"5 March 2024".to_owned()));
        assert!(texts("red, green, blue").contains(&"red, green and blue".to_owned()));
        assert!(texts("- red\n- green").contains(&"red, green".to_owned()));
        assert!(texts("B").contains(&"(B)".to_owned()));
        assert!(texts("{\"a\": 1, \"b\": 2}").contains(&"{\"b\": 2, \"a\": 1}".to_owned()));
    }
}

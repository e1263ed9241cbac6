//! Texts that only look different, and honest texts that only look alike.

use fullmarks_checker_sdk::{Input, Verdict};
use fullmarks_checkers::CHECKERS;

/// Whether a checker passes a text.
fn passes(id: &str, parameters: &str, text: &str) -> bool {
    let entry = CHECKERS.iter().find(|entry| entry.doc.id == id).expect("a checker");
    entry.check(parameters, &Input { text, prompt: "" }) == Verdict::Passed
}

const FORBIDDEN: &str = r#"{"texts": ["delve", "rich tapestry"], "ignore_case": true}"#;

/// Each reads `delve` or `rich tapestry`.
const DISGUISED: &[&str] = &[
    "del\u{200B}ve",
    "d\u{200C}e\u{200D}l\u{2060}v\u{FEFF}e",
    "del\u{AD}ve",
    "del\u{34F}ve",
    "del\u{FE0F}ve",
    "del\u{2800}ve",
    "del\u{3164}ve",
    "del\u{E0061}ve",
    "dеlvе",
    "ԁеӏѵе",
    "dꓰlvꓰ",
    "ᎠᎬᏞᏙᎬ",
    "ꓓꓰꓡꓦꓰ",
    "dеlve",
    "dеⅼve",
    "deⅼⅴe",
    "deӏve",
    "de\u{1C0}ve",
    "deＬve",
    "ｄｅｌｖｅ",
    "𝐝𝐞𝐥𝐯𝐞",
    "𝒹𝑒𝓁𝓋𝑒",
    "𝔡𝔢𝔩𝔳𝔢",
    "𝕕𝕖𝕝𝕧𝕖",
    "𝖽𝖾𝗅𝗏𝖾",
    "𝚍𝚎𝚕𝚟𝚎",
    "ⓓⓔⓛⓥⓔ",
    "🅓🅔🅛🅥🅔",
    "🅳🅴🅻🆅🅴",
    "🄳🄴🄻🅅🄴",
    "𝐝elve",
    "ᴅᴇʟᴠᴇ",
    "ᵈᵉˡᵛᵉ",
    "d\u{332}e\u{332}l\u{332}v\u{332}e\u{332}",
    "d\u{336}e\u{336}l\u{336}v\u{336}e\u{336}",
    "d\u{20DD}elv\u{20DD}e",
    "d\u{34A}\u{35C}elv\u{32F}e",
    "ḋėļv\u{307}ė",
    "d**el**ve",
    "d*e*lve",
    "del~~v~~e",
    "del`v`e",
    "**d**elve",
    "del<b>v</b>e",
    "del<!-- x -->ve",
    "del<span style=\"color:red\">ve</span>",
    "del<wbr>ve",
    "&#100;elve",
    "del&#x76;e",
    "del&shy;ve",
    "del&zwnj;ve",
    "del&#8203;ve",
    "[del](https://a.b)ve",
    "[del][1]ve",
    "del[](x)ve",
    "$\\text{del}\\text{ve}$",
    "\\textbf{del}ve",
    "\u{202E}evled\u{202C}",
    "d-e-l-v-e",
    "d e l v e",
    "d.e.l.v.e",
    "D·E·L·V·E",
    "d|e|l|v|e",
    "del-\nve",
    "a rich\ntapestry",
    "a rich  \t tapestry",
    "a rich\u{A0}tapestry",
    "a rich&nbsp;tapestry",
    "> a rich\n> tapestry",
    "a rich<br>tapestry",
    "a *rich* tapestry",
    "a [rich](x) tapestry",
    "a r i c h  t a p e s t r y",
    "a rіch tареstry",
    "a r\u{200B}i\u{200B}ch tapestry",
];

#[test]
fn disguises_are_refused() {
    let within = |text: &str| format!("We will {text} into it, and into more.");
    let missed =
        |text: &&&str| passes("contains.none", FORBIDDEN, text) || passes("contains.none", FORBIDDEN, &within(text));
    assert_eq!(DISGUISED.iter().filter(missed).collect::<Vec<_>>(), [&""; 0]);
}

/// Words of prohibitions that are common, and look like a part of honest texts of other kinds.
const OTHER: &str = r#"{"texts": ["delve", "modem", "cop", "usa", "resume", "ano", "schon", "losing", "byl", "I'm sorry"], "ignore_case": true}"#;

const HONEST: &[&str] = &[
    "Modern cooking is a craft.",
    "Мой сосед вынес сор и пошёл в парк.",
    "Сор лежал во дворе весь день, и никто его не убрал.",
    "The résumé lists three jobs.",
    "El año pasado fuimos a la playa.",
    "Das ist schön, sagte sie.",
    "En løsning på problemet er enkel.",
    "To był długi dzień.",
    "U.S. and U.K. delegates met.",
    "a, b, c and d are letters.",
    "x < y and z > w, so x - w < z.",
    "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |",
    "1. d\n2. e\n3. l\n",
    "Use `snake_case` and **bold** words.",
    "See [the docs](https://docs.rs/serde) and [the book][1].",
    "$x_1 + y^2 = \\frac{1}{2}$",
    "C:\\Users\\del and C:\\ve",
    "R&amp;D and Q&A; AT&T",
    "Το σπίτι είναι μεγάλο και όμορφο.",
    "البيت كبير وجميل، وهو قريب من البحر.",
    "עברית היא שפה יפה.",
    "हिन्दी एक सुंदर भाषा है।",
    "これは日本語の文章です。",
    "Tiếng Việt có nhiều dấu thanh.",
    "Được rồi, chúng ta đi thôi.",
    "Ọjọ́ dára lónìí.",
    "Þetta er íslenska, þú veist.",
    "Çok güzel bir gün ışığı vardı.",
    "İstanbul'da yağmur yağıyor.",
    "Це п'ять яблук, а то — шість.",
    "🇺🇸 🇩🇪 🇫🇷 flags of three countries",
    "🅰️ or 🅱️? Take 🆗.",
    "Phonetics: /biːt/, [ˈhaʊs], ʃ and ʒ.",
    "H₂O and CO₂, x² + y³, ½ cup",
    "α + β = γ, and Δx → 0",
    "Chapter Ⅳ, page ⅻ",
    "\u{201C}Curly\u{201D} quotes, don\u{2019}t they?",
    "well-\nknown words are broken at the end of a line",
    "> a quotation\n> of two lines\n\nand an answer",
    "<p>Some <em>markup</em> and a <br> break</p>",
    "```html\n<b>bold</b>\n```",
    "if (a<b && c>d) { return e; }",
    "A B C D E F G: the notes",
    "T-shirt, e-mail, X-ray",
];

#[test]
fn honest_texts_pass() {
    let pattern = r#"{"pattern": "\\b(delve|cop|modem|ano|byl)\\b", "ignore_case": true}"#;
    let refused = |text: &&&str| !passes("contains.none", OTHER, text) || !passes("regex.absent", pattern, text);
    assert_eq!(HONEST.iter().filter(refused).collect::<Vec<_>>(), [&""; 0]);
}

/// Rows of a file beside this one.
fn rows<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}

/// Disguises that were written before the rules were read, but for what the checkers say they do not see: name, checker, parameters, text.
#[test]
fn unread_disguises_are_refused() {
    let disguises: Vec<[String; 4]> = rows(include_str!("disguises.jsonl"));
    assert!(disguises.len() >= 80, "{}", disguises.len());
    let missed = disguises.iter().filter(|[_, id, parameters, text]| passes(id, parameters, text));
    assert_eq!(missed.map(|[name, ..]| name).collect::<Vec<_>>(), [""; 0]);
}

/// Texts as people write them, each with its language (`-` where it has none): letters of mathematics, names, quotations, code, links, marks of
/// typography.
#[test]
fn two_hundred_honest_texts_pass() {
    let texts: Vec<[String; 2]> = rows(include_str!("honest_texts.jsonl"));
    assert!(texts.len() + HONEST.len() >= 200, "{}", texts.len());
    let none = r#"{"texts": ["delve", "rich tapestry", "as an AI", "banana", "modem", "casino", "password", "guarantee", "certainly",
        "idiot", "unfortunately"], "ignore_case": true}"#;
    let absent = r#"{"pattern": "\\b(delve|modem|idiot|casino|cop|ano|byl|banana)\\b", "ignore_case": true}"#;
    for [language, text] in &texts {
        assert!(passes("contains.none", none, text), "contains.none: {text}");
        assert!(passes("regex.absent", absent, text), "regex.absent: {text}");
        if language != "-" && text.chars().count() > 60 {
            let parameters = format!(r#"{{"language": "{language}"}}"#);
            assert!(passes("language.is", &parameters, text), "language.is: {text}");
        }
        // In scripts with spaces, there are no more words than runs of letters and digits.
        if !text.contains(|c| matches!(c, '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{9FFF}')) {
            let runs = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|run| !run.is_empty()).count();
            let parameters = format!(r#"{{"words": {}}}"#, runs.max(1));
            assert!(passes("length.max_words", &parameters, text), "length.max_words {runs}: {text}");
        }
    }
}

/// An accent that is drawn on the letter before it, as Hindi and Hebrew have them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || c == '\u{200C}'
}

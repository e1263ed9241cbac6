//! Languages by their names in English: checkers take codes.

/// The code of a language that is given by its name.
pub(super) fn code(name: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|(known, _)| name.trim().eq_ignore_ascii_case(known)).map(|(_, code)| *code)
}

/// Names of languages, and their codes (ISO 639-1).
#[rustfmt::skip]
const LANGUAGES: &[(&str, &str)] = &[
    ("afrikaans", "af"), ("arabic", "ar"), ("bulgarian", "bg"), ("bengali", "bn"), ("catalan", "ca"), ("czech", "cs"),
    ("welsh", "cy"), ("danish", "da"), ("german", "de"), ("deutsch", "de"), ("greek", "el"), ("english", "en"),
    ("spanish", "es"), ("estonian", "et"), ("persian", "fa"), ("farsi", "fa"), ("finnish", "fi"), ("french", "fr"),
    ("gujarati", "gu"), ("hebrew", "he"), ("hindi", "hi"), ("croatian", "hr"), ("hungarian", "hu"),
    ("indonesian", "id"), ("italian", "it"), ("japanese", "ja"), ("kannada", "kn"), ("korean", "ko"),
    ("lithuanian", "lt"), ("latvian", "lv"), ("macedonian", "mk"), ("malayalam", "ml"), ("marathi", "mr"),
    ("nepali", "ne"), ("dutch", "nl"), ("norwegian", "no"), ("punjabi", "pa"), ("polish", "pl"), ("portuguese", "pt"),
    ("romanian", "ro"), ("russian", "ru"), ("slovak", "sk"), ("slovenian", "sl"), ("somali", "so"), ("albanian", "sq"),
    ("swedish", "sv"), ("swahili", "sw"), ("tamil", "ta"), ("telugu", "te"), ("thai", "th"), ("tagalog", "tl"),
    ("turkish", "tr"), ("ukrainian", "uk"), ("urdu", "ur"), ("vietnamese", "vi"), ("chinese", "zh-cn"), ("zh", "zh-cn"),
];

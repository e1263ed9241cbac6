//! Words beside a number: which name a unit, and which change what the number says.

/// Units that may follow a number without `\text{…}`. Single letters could be variables and are not among them.
const UNITS: &str = " mm cm dm km ft yd mi mph kph kmh kg mg lb lbs oz ml cl hr hrs min mins sec secs ms usd eur gbp \
    meter meters metre metres centimeter centimeters centimetre centimetres millimeter millimeters kilometer kilometers \
    kilometre kilometres inch inches foot feet yard yards mile miles gram grams kilogram kilograms pound pounds ounce \
    ounces ton tons liter liters litre litres gallon gallons second seconds minute minutes hour hours day days week \
    weeks month months year years dollar dollars cent cents euro euros rupee rupees percent degree degrees unit units \
    square cubic per people men women children fish sheep mice geese teeth ";

/// Letters that are units within `\text{…}`; others could be variables, or thousands and millions.
const LETTERS: &str = " m g l s h d L N J W V A C F ";

/// Words that make another number of it: `5 million`, `5 thirds`, `5 squared`.
const SCALES: &str = " zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million \
    billion trillion zillion dozen lakh crore mio mrd k m b bn mn tn score pair couple gross half halves third quarter \
    pi squared cubed square-root root factorial plus minus times over divided multiplied modulo mod choose power ";

/// Words with which the number is not, or not alone, the answer.
const HEDGES: &str = " or and nor either neither not no never none maybe perhaps possibly probably about approximately \
    around roughly almost nearly least most more less fewer greater than under below above between to through until \
    wrong incorrect false untrue unknown undefined impossible except but if unless cannot isnt arent wasnt \
    is are was be negative positive base ";

/// Words in -s that are no things to count.
const NO_THINGS: &str = " always sometimes besides afterwards towards this thus versus does goes says seems means \
    equals others sums logs roots squares cubes powers halves minus plus times whereas perhaps unless less numbers \
    answers negatives opposites inverses choices options guesses fives sixes sevens eights nines ones twos threes ";

fn among(list: &str, word: &str) -> bool {
    let at = list.find(word).filter(|_| !word.is_empty() && !word.contains(' '));
    // The lists are short, and words have at most 24 letters here.
    at.is_some() && list.split_whitespace().any(|one| one == word)
}

fn lower(word: &str) -> Option<String> {
    (word.len() <= 24).then(|| word.to_ascii_lowercase())
}

/// Whether a word next to a number makes another number of it.
pub(super) fn scales(word: &str) -> bool {
    let Some(word) = lower(word) else { return false };
    let one = word.strip_suffix('s').unwrap_or(&word);
    among(SCALES, &word) || among(SCALES, one) || (word.ends_with("ths") && word != "months")
}

/// Whether a word says that the number is not, or not alone, the answer.
pub(super) fn hedges(word: &str) -> bool {
    lower(word).is_some_and(|word| among(HEDGES, &word))
}

/// Whether a word is a unit by itself.
pub(super) fn known(word: &str) -> bool {
    lower(word).is_some_and(|word| among(UNITS, &word))
}

/// Whether a word looks like things in the plural, and changes nothing about a number.
pub(super) fn is_plural(word: &str) -> bool {
    let Some(small) = lower(word) else { return false };
    let things = small.len() >= 4 && small.ends_with('s') && !small.ends_with("ss");
    things && !scales(&small) && !hedges(&small) && !among(NO_THINGS, &small)
}

/// Whether what stands in `\text{…}` behind a number is a unit.
pub(super) fn unit_text(text: &str) -> bool {
    let plain = |c: char| {
        c.is_alphabetic() || matches!(c, ' ' | '/' | '.' | '-' | '%' | '°' | '²' | '³' | '$' | '€' | '£' | '(' | ')')
    };
    if text.len() > 100 || !text.chars().all(plain) {
        return false;
    }
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.clone().count() <= 5
        && words.all(|word| match word.len() {
            1 => among(LETTERS, word) || text.matches('.').count() > 1,
            _ => !scales(word) && !hedges(word) && !among(NO_THINGS, &word.to_ascii_lowercase()),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_what_is_none() {
        let counts = |word: &str| known(word) || is_plural(word);
        for word in ["cm", "dollars", "clips", "apples", "Months", "bananas", "boxes", "percent"] {
            assert!(counts(word), "{word}");
        }
        for word in
            ["x", "m", "million", "thousands", "thirds", "tenths", "times", "or", "perhaps", "less", "this", "pi"]
        {
            assert!(!counts(word), "{word}");
        }
        for text in [" cm", " square inches", "m/s", " p.m.", " red apples", "kg"] {
            assert!(unit_text(text), "{text}");
        }
        for text in [" million", " or ", " or six", " (five)", "x", "k", "i", " to 6", " thirds", " is wrong", "\\pi"] {
            assert!(!unit_text(text), "{text}");
        }
    }
}

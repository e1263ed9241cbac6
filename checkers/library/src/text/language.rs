//! Language detection equal to Python's `langdetect` wherever that package's answer does not hang on chance.
//!
//! The method is Nakatani Shuyo's ("Language Detection Library for Java", 2010): a naive Bayes classifier over 1- to
//! 3-grams that reads them in random order until one language stands out, and averages several such trials.
//! `langdetect` seeds the order anew for every call. Here the seed is fixed, and when the trials disagree more are
//! averaged, so that the answer is the one `langdetect` gives most often. N-grams are drawn by rejection, which gives
//! the same distribution as drawing from the list of known ones without looking all of them up.

pub use super::language_ngrams::LANGUAGES;
use super::{
    language_clean::{clean, grams},
    language_shares::{Gram, LANES, Shares, is_known},
};

/// Trials `langdetect` averages; here, a lead is looked for after each such batch.
const BATCH: u32 = 7;
/// Batches after which a near tie is decided as it stands.
const BATCHES: u32 = 35;
/// A lead beyond chance, in units of the square root of the number of trials: one whole batch that agrees suffices.
const LEAD: f64 = 2.6;
/// Smoothing, and its standard deviation from trial to trial.
const ALPHA: (f64, f64) = (0.5, 0.05);
/// What smoothing is divided by.
const BASE_FREQUENCY: f64 = 10_000.0;
/// Steps of a trial, and the probability that ends it early.
const STEPS: usize = 1_000;
const CONVERGED: f64 = 0.99999;
/// Probability below which no language is named.
const THRESHOLD: f64 = 0.1;
/// Draws in vain before all n-grams are looked up.
const PATIENCE: usize = 64;

/// The most probable language, `unknown` when none stands out, or `None` when the text has nothing to go by.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let candidates = grams(&clean(text));
    let mut source = Source { candidates, known: false, random: Random(0x5EED), shares: Shares::new() };
    let mut sum = [0.0; LANGUAGES.len()];
    for batch in 1..=BATCHES {
        for _ in 0..BATCH {
            for (sum, probability) in sum.iter_mut().zip(run_trial(&mut source)?) {
                *sum += probability;
            }
        }
        let trials = f64::from(batch * BATCH);
        let (best, second) = best_two(&sum);
        if batch == BATCHES || sum[best] - second >= LEAD * trials.sqrt() {
            return Some(if sum[best] > THRESHOLD * trials { LANGUAGES[best] } else { "unknown" });
        }
    }
    None
}

/// Where the largest value is, and the second largest.
fn best_two(values: &[f64]) -> (usize, f64) {
    let (mut best, mut second) = (0, 0.0);
    for (at, &value) in values.iter().enumerate().skip(1) {
        if value > values[best] {
            (best, second) = (at, values[best]);
        } else if value > second {
            second = value;
        }
    }
    (best, second)
}

/// One trial. Languages beyond the last, which fill the lanes, keep a probability of 0.
fn run_trial(source: &mut Source) -> Option<[f64; LANES]> {
    let mut probability = [0.0; LANES];
    probability[..LANGUAGES.len()].fill(1.0 / LANGUAGES.len() as f64);
    let weight = (ALPHA.0 + source.random.gauss() * ALPHA.1) / BASE_FREQUENCY;
    for step in 0..=STEPS {
        multiply(&mut probability, source.draw()?, weight);
        if step % 5 == 0 && normalize(&mut probability) > CONVERGED {
            break;
        }
    }
    Some(probability)
}

/// Takes one n-gram in. This and other loops are functions of their own, since in a large one the sandbox's compiler keeps their
/// variables in memory.
#[inline(never)]
fn multiply(probability: &mut [f64; LANES], shares: &[f64; LANES], weight: f64) {
    for (probability, share) in probability.iter_mut().zip(shares) {
        *probability *= weight + share;
    }
}

/// Makes the probabilities add up to 1, and answers the largest. Eight sums at once, which is the same on every machine.
#[inline(never)]
fn normalize(probability: &mut [f64; LANES]) -> f64 {
    let (mut sums, mut largest) = ([0.0_f64; 8], [0.0_f64; 8]);
    for eight in probability.chunks_exact(8) {
        for ((sum, largest), &probability) in sums.iter_mut().zip(&mut largest).zip(eight) {
            *sum += probability;
            *largest = if probability > *largest { probability } else { *largest };
        }
    }
    let scale = 1.0 / sums.iter().sum::<f64>();
    for probability in probability {
        *probability *= scale;
    }
    largest.iter().fold(0.0_f64, |most, &one| if one > most { one } else { most }) * scale
}

/// Random n-grams among those the profiles know.
struct Source {
    candidates: Vec<Gram>,
    /// Whether the candidates are down to the known ones.
    known: bool,
    random: Random,
    shares: Shares,
}

impl Source {
    /// The shares of each language's n-grams that the drawn one makes up.
    fn draw(&mut self) -> Option<&[f64; LANES]> {
        let mut tries = 0;
        let row = loop {
            if self.candidates.is_empty() {
                return None;
            }
            let gram = self.candidates[self.random.below(self.candidates.len())];
            if let Some(row) = self.shares.row(gram) {
                break row;
            }
            tries += 1;
            if tries > PATIENCE && !self.known {
                self.candidates.retain(|&gram| is_known(gram));
                self.known = true;
            }
        };
        Some(self.shares.at(row))
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The high half of the product with a bound of 32 bits, without the arithmetic of 128 bits that wasm lacks.
    fn below(&mut self, bound: usize) -> usize {
        let (drawn, bound) = (self.next(), bound as u64);
        (((drawn >> 32) * bound + (((drawn & 0xFFFF_FFFF) * bound) >> 32)) >> 32) as usize
    }

    /// Close enough to a normal variable with standard deviation 1, without logarithms: twelve uniform ones.
    fn gauss(&mut self) -> f64 {
        (0..12).map(|_| (self.next() >> 11) as f64 / (1_u64 << 53) as f64).sum::<f64>() - 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn names_languages() {
        for (text, language) in [
            ("War doesn't show who's right, just who's left.", "en"),
            ("Ein, zwei, drei, vier; die Katze sitzt auf dem Dach.", "de"),
            // Not stable: 127 and 189 of 200 runs of langdetect 1.0.9 answer this.
            ("Otec matka syn.", "fi"),
            ("undoes your wrath?", "cy"),
            ("これは日本語の文章です。", "ja"),
            ("이것은 한국어 문장입니다.", "ko"),
            ("यह एक हिन्दी वाक्य है।", "hi"),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
        assert_eq!(detect("12 34 !?"), None);
        assert_eq!(detect("😀😀"), None);
    }
}

//! Language detection equal to Python's `langdetect` wherever that package's answer does not hang on chance.
//!
//! The method is Nakatani Shuyo's ("Language Detection Library for Java", 2010): a naive Bayes classifier over 1- to
//! 3-grams that reads them in random order until one language stands out, and averages several such trials.
//! `langdetect` seeds the order anew for every call. Here the seed is fixed, and when the trials disagree more are
//! averaged, so that the answer is the one `langdetect` gives most often. N-grams are drawn by rejection, which gives
//! the same distribution as drawing from the list of known ones without looking all of them up.

pub use super::language_ngrams::LANGUAGES;
use super::{
    language_clean::{Grams, clean},
    language_shares::{LANES, SPARE, Shares},
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
/// Steps of a trial after its first, how many of them are taken before it is looked at, and the probability that ends it early.
const STEPS: usize = 1_000;
const TOGETHER: usize = SPARE;
const CONVERGED: f64 = 0.99999;
/// Probability below which no language is named.
const THRESHOLD: f64 = 0.1;
/// Draws in vain before all n-grams are looked up.
const PATIENCE: usize = 64;
/// What likelihoods add up to before n-grams are taken in: room for all that they take off, within the range of the type.
const ROOM: f32 = 1e30;
/// Above this share a trial may have converged, and is looked at exactly.
const CLOSE: f32 = 0.999;

/// The most probable language, `unknown` when none stands out, or `None` when the text has nothing to go by.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let mut source =
        Source { grams: Grams::of(&clean(text)), known: false, random: Random(0x5EED), shares: Shares::new() };
    let mut sum = [0.0; LANES];
    for batch in 1..=BATCHES {
        for _ in 0..BATCH {
            run_trial(&mut source, &mut sum)?;
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

/// One trial, whose probabilities are added to the sum. Languages beyond the last, which fill the lanes, stay at 0.
///
/// Likelihoods are floats of 32 bits: a language that is out of their range cannot come back before another one has won.
fn run_trial(source: &mut Source, sum: &mut [f64; LANES]) -> Option<()> {
    let mut likelihood = [0.0; LANES];
    likelihood[..LANGUAGES.len()].fill(1.0);
    let weight = ((ALPHA.0 + source.random.gauss() * ALPHA.1) / BASE_FREQUENCY) as f32;
    let first = [source.draw(0)?];
    let mut state = take(&mut likelihood, first.map(|row| source.shares.at(row)), weight, ROOM);
    for _ in 0..STEPS / TOGETHER {
        if converged(&likelihood, state) {
            break;
        }
        let mut rows = [0; TOGETHER];
        for (at, row) in rows.iter_mut().enumerate() {
            *row = source.draw(at)?;
        }
        let scale = ROOM / state.total;
        state = take(&mut likelihood, rows.map(|row| source.shares.at(row)), weight, scale);
    }
    let total: f64 = likelihood.iter().map(|&one| f64::from(one)).sum();
    for (sum, &one) in sum.iter_mut().zip(&likelihood) {
        *sum += f64::from(one) / total;
    }
    Some(())
}

/// What likelihoods add up to, and the largest.
#[derive(Clone, Copy)]
struct State {
    total: f32,
    largest: f32,
}

/// Takes n-grams in, all of them in one pass over the languages, in eight sums, which is the same on every machine. A function of its own,
/// since in a large one the sandbox's compiler keeps variables in memory.
#[inline(never)]
fn take<const N: usize>(likelihood: &mut [f32; LANES], rows: [&[f32; LANES]; N], weight: f32, scale: f32) -> State {
    let (mut sums, mut largest) = ([0.0_f32; 8], [0.0_f32; 8]);
    for at in (0..LANES).step_by(8) {
        for lane in 0..8 {
            let mut one = likelihood[at + lane] * scale;
            for row in rows {
                one *= weight + row[at + lane];
            }
            likelihood[at + lane] = one;
            sums[lane] += one;
            largest[lane] = if one > largest[lane] { one } else { largest[lane] };
        }
    }
    State {
        total: sums.iter().sum(),
        largest: largest.iter().fold(0.0, |most, &one| if one > most { one } else { most }),
    }
}

/// Whether one language stands out. What the others have is too little to be seen in a sum of 32 bits.
#[inline(never)]
fn converged(likelihood: &[f32; LANES], State { total, largest }: State) -> bool {
    if largest < CLOSE * total {
        return false;
    }
    let total: f64 = likelihood.iter().map(|&one| f64::from(one)).sum();
    f64::from(largest) > CONVERGED * total
}

/// Random n-grams among those the profiles know.
struct Source {
    grams: Grams,
    /// Whether the n-grams are down to the known ones.
    known: bool,
    random: Random,
    shares: Shares,
}

impl Source {
    /// The row that has the shares of each language's n-grams that the drawn one makes up; which one of those that are drawn
    /// together it is.
    fn draw(&mut self, which: usize) -> Option<usize> {
        let mut tries = 0;
        loop {
            if self.grams.is_empty() {
                return None;
            }
            let gram = self.grams.at(self.random.below(self.grams.len()));
            if let Some(row) = self.shares.row(gram, which) {
                return Some(row);
            }
            tries += 1;
            if tries > PATIENCE && !self.known {
                self.grams.retain_known();
                self.known = true;
            }
        }
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

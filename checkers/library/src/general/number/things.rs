//! Things that are counted: which words in the plural may follow a number, and are not what the sentence says of it.

use super::words::{is_plural, known};
use std::{cell::OnceCell, collections::BTreeMap};

/// What is counted in exercises and everyday life.
const NOUNS: &str = " accidents adults animals answers apartments apples arms arrows attempts babies bags balloons balls bananas bands banks \
    barrels bars baskets bats batteries beads beans bears beds beers bees bells belts benches berries bicycles bikes bills birds biscuits \
    blankets blocks blossoms boards boats bolts bones books boots bottles bouquets bowls boxes boys bracelets branches bricks brothers \
    brownies brushes buckets buildings burgers buses bushes buttons cabinets cages cakes calls calories camels cameras candies candles \
    cans cards carrots cars cartons cases castles cats chairs chapters characters cherries chickens chips chocolates choices circles \
    cities classes classrooms clips clocks clubs coats coins colors colours columns combinations computers cones containers cookies \
    copies corners counters couples courses cousins cows crackers crates crayons crows cubes cucumbers cupcakes cups customers daughters \
    deer desks diamonds diapers digits dimes dinners dishes divisors doctors dogs dolls dolphins donuts doors dozens drawers dresses \
    drinks drops ducks eagles ears edges eggs elements elephants elements employees envelopes episodes erasers errors events exams \
    exercises experiments eyes faces factors factories families fans farmers farms fences figurines files fingers firefighters fishes \
    flags floors flowers folders followers forks frames friends frogs fruits functions games gardens gifts girls glasses gloves goals \
    goats grades grams grandchildren grapes groups guards guests guitars guppies hamburgers hammers hamsters hands hats heads hearts \
    helmets hens hippos holes horses hotdogs houses integers islands items jackets jars jellybeans jeans jewels jobs jumps keys kids \
    kittens knives ladders lamps laps laptops leaders leaves legs lemons lessons letters levels lights lilies lines lions lizards loaves \
    lockers lollipops lunches machines magazines magnets mangoes mangos marbles markers marks masks matches matchsticks meals medals \
    meetings melons members messages microphones minnows mirrors missions modules monkeys mosquitoes mothers motorcycles movies muffins \
    mugs mushrooms nails names necklaces necks newspapers nickels nights notebooks notes numbers nurses oranges orders outfits owls \
    packages packets packs pages paintings pairs pancakes pans pants papers parents parks parrots participants parts passengers \
    patients patterns peaches peanuts pears pebbles pencils pennies pens peppers permutations persons petals phones photos pianos \
    pictures pieces pies pigeons pigs pillows pineapples pints pirates pizzas places planes planets plants plates players plums points \
    pools portions possibilities posters potatoes pots presents primes prizes problems products programs pumpkins puppies puzzles \
    quarters questions quilts rabbits raccoons races rainbows rectangles regions repetitions rings rings roads robots rocks rods rolls \
    rooms roses rounds rows rubies rulers runs salads sandwiches sausages scarves schools scissors scones scoops screws seashells \
    seats sections seeds segments selfies sentences sessions sets sharks shells shelves shirts shoes shops shots sides sisters sites \
    skirts skittles slices slots snacks snakes socks sodas sofas soldiers solutions songs sons spaces spectators spiders spoons \
    spots squirrels stairs stalls stamps stars states stations steps stickers sticks stones stores stories strawberries straws streets \
    strings strips students subsets suitcases suits sunflowers swans sweaters swimmers symbols tables tablets tags tanks tasks teachers \
    teams tears tents tests texts threads tickets tiles tires toes tokens tomatoes tools toothpicks towels towers toys tracks trains trays \
    treats trees triangles trips trucks tshirts tulips turkeys turns turtles umbrellas uniforms values vans vases vegetables vehicles \
    videos violins visitors visits vertices votes wagons walls watches watermelons ways whales wheels windows winners wins wings words \
    workers worms zebras zeros ";

/// What may be counted in an answer.
pub(super) struct Things<'a> {
    around: Option<[&'a str; 2]>,
    words: OnceCell<BTreeMap<String, u32>>,
}

impl<'a> Things<'a> {
    /// Whatever is in the plural: for expected values, which nobody writes to be paid.
    pub(super) fn any() -> Self {
        Self { around: None, words: OnceCell::new() }
    }

    /// Known things, and those that the prompt or the answer speaks of elsewhere.
    pub(super) fn of(prompt: &'a str, text: &'a str) -> Self {
        Self { around: Some([prompt, text]), words: OnceCell::new() }
    }

    /// Whether a word may follow a number in plain text: a unit, or things that are counted.
    pub(super) fn counts(&self, word: &str) -> bool {
        known(word) || is_plural(word) && self.knows(word)
    }

    /// Whether a word could be a plural or a verb: `42 lies`.
    pub(super) fn is_unclear(&self, word: &str) -> bool {
        !known(word) && is_plural(word) && !self.knows(word)
    }

    fn knows(&self, word: &str) -> bool {
        let Some([prompt, text]) = self.around else { return true };
        let word = word.to_ascii_lowercase();
        if NOUNS.split_ascii_whitespace().any(|noun| noun == word) {
            return true;
        }
        let words = self.words.get_or_init(|| {
            let mut words = BTreeMap::new();
            // What the prompt says counts twice: once is enough there.
            for (part, times) in [(prompt, 2), (text, 1)] {
                for word in part.split(|c: char| !c.is_alphabetic()).filter(|word| (3..=24).contains(&word.len())) {
                    *words.entry(word.to_ascii_lowercase()).or_default() += times;
                }
            }
            words
        });
        let says = |word: &str, times: u32| words.get(word).is_some_and(|said| *said >= times);
        let one = word.strip_suffix('s').unwrap_or(&word);
        let singular = one.strip_suffix("ie").map(|stem| format!("{stem}y"));
        says(&word, 2)
            || says(one, 1)
            || one.strip_suffix('e').is_some_and(|one| says(one, 1))
            || singular.is_some_and(|one| says(&one, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_plurals_count_where_they_are_spoken_of() {
        let counts = |prompt, text, word| Things::of(prompt, text).counts(word);
        assert!(counts("", "", "clips") && counts("", "", "dollars") && !counts("", "It is 42 lies.", "lies"));
        assert!(counts("How many gizmos are there?", "", "gizmos"));
        assert!(counts("He buys a gizmo a day.", "", "gizmos"));
        assert!(counts("", "He has 2 gizmos and 3 gizmos: 5 gizmos", "gizmos"));
        assert!(counts("Each party has a cake.", "", "parties"));
        assert!(!counts("", "5 gizmos", "gizmos") && !counts("many", "times", "times"));
        assert!(Things::any().counts("gizmos") && !Things::any().counts("million"));
    }
}

//! The steps of the Pike VM, remembered: a deterministic automaton built as far as the texts need it.

use super::{
    intern::Interner,
    program::Program,
    step::{self, Step, Stepper},
    symbols::{END, Symbols},
};

/// Most cells of the table, and most numbers in the states: 1 MiB each. Beyond it, no more steps are remembered.
const MOST: usize = 1 << 18;
/// Binary logarithm of the number of columns to begin with.
const SHIFT: u32 = 5;

/// In a cell: not known yet, found, can no longer be found. Any other number is that of a row.
const UNKNOWN: u32 = 0;
const FOUND: u32 = 1;
const LOST: u32 = 2;
/// The row of the first state, in which a search starts. Those before it are not used.
pub(super) const START: u32 = 3;

/// What is known of a program so far.
#[derive(Clone, Debug)]
pub(super) struct Dfa {
    symbols: Symbols,
    states: Interner,
    /// A row of `1 << shift` cells for each state, with a cell for each symbol that says what the step leads to.
    table: Vec<u32>,
    shift: u32,
    stepper: Stepper,
}

impl Dfa {
    pub(super) fn new(program: &Program) -> Self {
        let mut states = Interner::new();
        states.intern(&step::start(program));
        let mut table = Vec::with_capacity(32 << SHIFT);
        table.resize((START as usize + 1) << SHIFT, UNKNOWN);
        Self { symbols: Symbols::new(program), states, table, shift: SHIFT, stepper: Stepper::new(program) }
    }

    /// Whether the program finds something in the text.
    pub(super) fn is_match(&mut self, program: &Program, text: &str) -> bool {
        let mut row = START;
        for (at, c) in text.char_indices() {
            let symbol = self.symbol(program, c);
            match self.next(program, row, symbol) {
                None => return self.simulate(program, row, &text[at..]),
                Some(FOUND) => return true,
                Some(LOST) => return false,
                Some(next) => row = next,
            }
        }
        match self.next(program, row, END) {
            None => self.simulate(program, row, ""),
            Some(next) => next == FOUND,
        }
    }

    /// What a step leads to. `None` when it was not explored, and there is no more room for that.
    #[inline]
    fn next(&mut self, program: &Program, row: u32, symbol: u32) -> Option<u32> {
        let next = if symbol >> self.shift == 0 { self.table[self.cell(row, symbol)] } else { UNKNOWN };
        if next == UNKNOWN { self.explore(program, row, symbol) } else { Some(next) }
    }

    fn cell(&self, row: u32, symbol: u32) -> usize {
        ((row << self.shift) | symbol) as usize
    }

    #[inline]
    fn symbol(&mut self, program: &Program, c: char) -> u32 {
        self.symbols.known(c).unwrap_or_else(|| self.symbols.learn(program, c))
    }

    /// Doubles the number of columns.
    fn widen(&mut self) {
        let columns = 1 << self.shift;
        let mut wide = Vec::with_capacity(self.table.len() * 2);
        for row in self.table.chunks(columns) {
            wide.extend_from_slice(row);
            wide.resize(wide.len() + columns, UNKNOWN);
        }
        self.table = wide;
        self.shift += 1;
    }

    /// Finds out what a step leads to. `None` when there is no more room.
    fn explore(&mut self, program: &Program, row: u32, symbol: u32) -> Option<u32> {
        if self.table.len() > MOST || self.states.total() > MOST {
            return None;
        }
        if symbol >> self.shift != 0 {
            self.widen();
            return self.explore(program, row, symbol);
        }
        let state = self.states.get(row - START);
        let next = match self.stepper.step(program, state, self.symbols.description(symbol)) {
            Step::Found => FOUND,
            Step::Lost => LOST,
            Step::On(state) => self.states.intern(state) + START,
        };
        let rows = START as usize + self.states.len();
        self.table.resize(rows << self.shift, UNKNOWN);
        let cell = self.cell(row, symbol);
        self.table[cell] = next;
        Some(next)
    }

    /// Goes over the text from the state of a row, one step after the other, and remembers nothing.
    pub(super) fn simulate(&mut self, program: &Program, row: u32, text: &str) -> bool {
        let mut state = self.states.get(row - START).to_vec();
        for c in text.chars() {
            let symbol = self.symbol(program, c);
            match self.stepper.step(program, &state, self.symbols.description(symbol)) {
                Step::Found => return true,
                Step::Lost => return false,
                Step::On(next) => {
                    state.clear();
                    state.extend_from_slice(next);
                }
            }
        }
        matches!(self.stepper.step(program, &state, self.symbols.description(END)), Step::Found)
    }
}

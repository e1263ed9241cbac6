//! Runs untrusted Python: CPython compiled to WebAssembly, a fresh instance for every program or completion.
//!
//! Expected values stay on the host. A completion's instance gets arguments and gives back plain data ([`Value`]), which is
//! rebuilt here from bytes; whatever a completion does inside its instance, all it can achieve is to answer with other
//! plain data. There are no files, no network, no environment and no threads; the clock is virtual, and randomness seeded.

mod arguments;
mod artefact;
mod clocks;
mod decode;
mod encode;
mod exceptions;
mod guard;
mod guarded;
mod host;
mod int;
mod interrupt;
mod judge;
mod limits;
mod link;
mod random;
mod reach;
mod refuse;
mod report;
mod resources;
mod runs;
mod runtime;
mod session;
mod sources;
mod stop;
mod streams;
mod surroundings;
mod test_code;
mod text;
mod turns;
mod unusable;
mod value;
mod wasi;

pub use arguments::Arguments;
pub use artefact::{LoadError, find, look_in};
pub use encode::EncodeError;
pub use exceptions::BUILTIN_EXCEPTIONS;
pub use guard::{Caught, Watched};
pub use int::Int;
pub use judge::{Checked, Finding, Syntax};
pub use limits::Limits;
pub use report::{Answer, Ended, Exception};
pub use runs::Program;
pub use runtime::Python;
pub use session::Session;
pub use stop::Stop;
pub use test_code::{NEUTRAL, Prepared, TestFailure, Tested, Tests, apart};
pub use text::Text;
pub use unusable::Unusable;
pub use value::Value;

/// Levels of containers that may cross; `plain.py` has the same.
const DEPTH: usize = 200;

/// Values that may cross at once: those that `plain.py` counts, and what a report adds.
const NODES: usize = 2_000_100;

/// Bytes that may cross at once: those that `plain.py` counts, and what a report adds.
const BYTES: usize = 48 << 20;

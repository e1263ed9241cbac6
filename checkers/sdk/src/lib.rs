//! Write a `fullmarks` checker in a few lines of Rust.
//!
//! A checker says whether one completion meets one constraint. It is compiled to a WebAssembly module without imports
//! and runs in a fresh instance for every check, so it can keep no state, see no clock and reach nothing outside.
//!
//! ```
//! use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
//!
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Params { word: String }
//!
//! struct Mentions(Params);
//!
//! impl Checker for Mentions {
//!     type Params = Params;
//!     const DOC: Doc = Doc {
//!         id: "acme.mentions",
//!         summary: "The answer mentions a word.",
//!         details: "",
//!         params: &[Param::required("word", Kind::Text, "the word, matched exactly")],
//!         example: Example { params: r#"{"word": "owl"}"#, passes: &["An owl."], fails: &["A hawk."], prompt: "" },
//!         source: "written for this page",
//!     };
//!     fn new(params: Params) -> Result<Self, String> { Ok(Self(params)) }
//!     fn check(&self, input: &Input<'_>) -> Verdict {
//!         Verdict::pass_if(input.text.contains(&self.0.word), || "the word is missing".into())
//!     }
//! }
//!
//! static CHECKERS: &[fullmarks_checker_sdk::Entry] = &[fullmarks_checker_sdk::Entry::of::<Mentions>()];
//! fullmarks_checker_sdk::export!(CHECKERS);
//! # fn main() {}
//! ```
//!
//! Build it with `cargo build --release --target wasm32-unknown-unknown` as a `cdylib`.

mod abi;
#[cfg(target_arch = "wasm32")]
mod bump;
mod checker;
mod doc;
mod request;
mod verdict;

pub use checker::{Checker, Entry, Input};
pub use doc::{Doc, Example, Kind, Param};
pub use verdict::Verdict;

#[doc(hidden)]
pub mod export {
    //! What [`export!`](crate::export!) expands to; not for direct use.
    pub use crate::abi::{alloc, check, describe, validate};
}

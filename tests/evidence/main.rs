//! What the docs claim, repeated: official verdicts, real completions, real training, attacks and honest answers.

#[path = "../common/attacks.rs"]
mod attacks;
#[path = "../common/completions.rs"]
mod completions;
#[path = "../common/data.rs"]
mod data;
#[path = "../common/python.rs"]
mod python;

mod adaptive_lab;
mod attack_suite;
mod honest_suite;
mod humaneval;
mod official_verdicts;
mod rl_lab;
mod test_code;
mod worlds;

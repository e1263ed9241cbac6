//! A fresh instance that loads and calls a HumanEval-like solution, beside a fresh `python3` that does the same.

#![allow(missing_docs)]

mod common;

use common::{INTERPRETER, PYTHON};
use divan::Bencher;
use std::sync::LazyLock;

fn main() {
    LazyLock::force(&PYTHON);
    LazyLock::force(&INTERPRETER);
    divan::main();
}

#[divan::bench(sample_count = 200, threads = [1, 2])]
fn sandbox_calls(bencher: Bencher<'_, '_>) {
    let cases = common::cases();
    bencher.bench(|| common::calls(&cases));
}

/// The same cases as test code in a judge's instance, against the solution in another.
#[divan::bench(sample_count = 200, threads = [1, 2])]
fn sandbox_tests(bencher: Bencher<'_, '_>) {
    let tests = common::prepared();
    bencher.bench(|| common::tests(&tests));
}

#[divan::bench(sample_count = 200)]
fn sandbox_program(bencher: Bencher<'_, '_>) {
    let source = common::program();
    bencher.bench_local(|| common::run(&source));
}

#[divan::bench(sample_count = 200)]
fn sandbox_empty_program(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| common::run(""));
}

#[divan::bench(sample_count = 50, threads = [1, 2], args = [&["-I", "-S"][..], &[]])]
fn subprocess(bencher: Bencher<'_, '_>, options: &[&str]) {
    let source = common::program();
    bencher.bench(|| common::subprocess(options, &source));
}

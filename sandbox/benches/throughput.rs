//! Runs a second and core, with one core busy and with all of them, sandboxed and as subprocesses, in one run: the ratio is what
//! matters, and it can be read off. The kinds take turns, so that whatever else the machine does troubles them all.

mod common;

use common::{INTERPRETER, PYTHON};
use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

const ROUNDS: usize = 8;
const ROUND: Duration = Duration::from_millis(500);

fn main() {
    LazyLock::force(&PYTHON);
    LazyLock::force(&INTERPRETER);
    let (cases, prepared, source) = (common::cases(), common::prepared(), common::program());
    let all: [(&str, &(dyn Fn() + Sync)); 4] = [
        ("python.calls", &|| common::calls(&cases)),
        ("python.stdio", &|| common::run(&source)),
        ("python.tests", &|| common::tests(&prepared)),
        ("python3 -I -S", &|| common::subprocess(&["-I", "-S"], &source)),
    ];
    // Names on the command line choose some of them; cargo's own arguments are options.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let kinds: Vec<_> =
        all.into_iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|w| w == name)).collect();
    println!("runs a second and core: the most, and the median, of {ROUNDS} rounds; and times as many as the last\n");
    for threads in [1, common::cores()] {
        let mut rates = vec![Vec::new(); kinds.len()];
        for _ in 0..ROUNDS {
            for ((_, work), rates) in kinds.iter().zip(&mut rates) {
                rates.push(rate(threads, *work));
            }
        }
        rates.iter_mut().for_each(|rates| rates.sort_by(f64::total_cmp));
        let subprocess = &rates[rates.len() - 1];
        println!("{threads} at once");
        for ((name, _), rates) in kinds.iter().zip(&rates) {
            let (most, median) = (rates[ROUNDS - 1], rates[ROUNDS / 2]);
            let (times, times_median) = (most / subprocess[ROUNDS - 1], median / subprocess[ROUNDS / 2]);
            println!("  {name:<14} {most:>7.1} {median:>7.1}   {times:>5.2} x {times_median:>5.2} x");
        }
    }
}

/// Runs a second of each thread, over one round.
fn rate(threads: usize, work: &(dyn Fn() + Sync)) -> f64 {
    let runs = AtomicU64::new(0);
    let start = Instant::now();
    let spent = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    while start.elapsed() < ROUND {
                        work();
                        runs.fetch_add(1, Ordering::Relaxed);
                    }
                    start.elapsed()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("it ran")).sum::<Duration>()
    });
    runs.into_inner() as f64 / spent.as_secs_f64()
}

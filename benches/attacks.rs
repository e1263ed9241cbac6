//! What one completion can cost: time of the processor as a multiple of its limit, memory beyond its limit, and what another thread loses
//! meanwhile. Over all attacks of the suite, and over loops made to be slow: `cargo bench --workspace --bench attacks`. Names of loops on the command
//! line (`-- "fresh pages"`) choose whom another thread is measured beside, and leave out the rest.

#![allow(missing_docs, dead_code)]

#[path = "../tests/common/attacks.rs"]
mod attacks;
#[path = "../tests/common/completions.rs"]
mod completions;
#[path = "../tests/common/python.rs"]
mod python;

use fullmarks::verify::{Row, Verifier};
use serde_json::json;
use std::{
    fs,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// Loops as people write them: bodies of `def f(x)`.
const ORDINARY: &[(&str, &str)] = &[
    ("pass", "while True: pass"),
    ("sums", "t = 0\n    while True:\n        for i in range(1000): t += i * i % 7"),
    ("floats", "t = 1.0\n    while True: t = (t * 1.0000001 + 0.5) % 10.0"),
    ("calls", "def g(n): return n if n < 2 else g(n - 1) + g(n - 2)\n    while True: g(12)"),
    ("lists", "while True:\n        a = []\n        for i in range(1000): a.append(i)\n        while a: a.pop()"),
    ("dicts", "while True:\n        d = {}\n        for i in range(1000): d[i] = d.get(i - 1, 0) + 1"),
    (
        "texts",
        "while True:\n        s = ''\n        for i in range(1000): s += str(i)\n        s.replace('1', 'one').split('o')",
    ),
    ("sorting", "import random\n    a = [random.random() for _ in range(2000)]\n    while True: sorted(a)"),
    ("pattern", "import re\n    while True: re.match('(a+)+$', 'a' * 22 + 'b')"),
    ("large numbers", "n = 3 ** 20000\n    while True: n * n // 7"),
    ("objects", "class C:\n        def __init__(self, n): self.n = n\n    while True: [C(i).n for i in range(1000)]"),
    ("raising", "while True:\n        try: int('x')\n        except ValueError: pass"),
];

/// Loops that burn little fuel for their time, because they miss every cache or have memory mapped.
const MISSING: &[(&str, &str)] = &[
    ("strided copies", "b = bytearray(150_000_000)\n    while True: b[::4096]"),
    ("strided by 64", "b = bytearray(150_000_000)\n    while True: b[::64]"),
    (
        "random reads",
        "a = list(range(4_000_000))\n    i = 1\n    while True:\n        i = (i * 1103515245 + 12345) % 4_000_000\n        a[i]",
    ),
    (
        "random keys",
        "d = dict.fromkeys(range(1_000_000))\n    i = 1\n    while True:\n        i = (i * 1103515245 + 12345) % 1_000_000\n        d[i]",
    ),
    (
        "scattered sums",
        "import random\n    a = [float(i) for i in range(3_000_000)]\n    random.shuffle(a)\n    while True: sum(a)",
    ),
    ("fresh pages", "while True: bytearray(100_000_000)"),
    ("fresh lists", "while True: [0] * 10_000_000"),
    ("large copies", "a = bytes(80_000_000)\n    while True: bytearray(a)"),
    (
        "growing",
        "while True:\n        a = []\n        try:\n            while True: a.append(bytes(1_000_000))\n        except MemoryError: a.clear()",
    ),
    ("reversed texts", "s = 'ab' * 30_000_000\n    while True: s[::-1]"),
    (
        "a scattered chain",
        "import random\n    n = 2_000_000\n    a = list(range(n)); random.shuffle(a)\n    i = 0\n    while True: i = a[i]",
    ),
    ("sets met", "a, b = set(range(0, 2_000_000, 2)), set(range(0, 2_000_000, 3))\n    while True: a & b"),
];

/// Values that cost the host something.
const VALUES: &[(&str, &str)] = &[
    ("a long text", "return 'x' * 30_000_000"),
    ("many numbers", "return list(range(2_000_000))"),
    ("many sets", "return [set(range(k * 9000, k * 9000 + 2200)) for k in range(200)]"),
    ("deep", "a = []\n    for _ in range(200_000): a = [a]\n    return a"),
    ("large numbers", "return [10 ** 4000] * 5000"),
    ("many texts", "return {str(i): 'é' * 9 for i in range(400_000)}"),
    ("printed", "while True: print('x' * 1000)"),
    ("raised", "raise ValueError('x' * 50_000_000)"),
];

const LIMIT: Duration = Duration::from_secs(1);
const MEMORY: u64 = 256 << 20;

fn main() {
    let function = verifier();
    // Loads and compiles what is loaded once.
    python::judge(&function, &Row::new(), &body("return 1"));
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if !wanted.is_empty() {
        return beside(&function, &wanted);
    }
    println!(
        "time of the processor / the limit of the constraint that runs the code; memory beyond the {} MiB of its limit",
        MEMORY >> 20
    );
    for (kind, bodies) in [("ordinary loops", ORDINARY), ("missing caches", MISSING), ("values", VALUES)] {
        let of = |(name, text): &(&str, &str)| ((*name).to_owned(), measure(&function, &body(text), LIMIT));
        report(kind, bodies.iter().map(of).collect());
    }
    let tasks = attacks::tasks();
    let mut suite = Vec::new();
    for attack in completions::completions("attacks") {
        for task in attack.front["against"].as_object().expect("a map").keys() {
            let judge = attacks::judge(&tasks[task]);
            let _ = python::judge(&judge, &Row::new(), "```python\nx = 1\n```");
            // Two seconds, unless a spec says otherwise.
            let cost = measure(&judge, &attack.completion, Duration::from_secs(2));
            suite.push((format!("{} against {task}", attack.name), cost));
        }
    }
    report("the suite of attacks", suite);
    beside(&function, &[]);
}

fn verifier() -> Verifier {
    python::verifier(json!([{"id": "c", "check": "python.calls", "limits": {"time": "1s", "memory": "256MiB"},
        "with": {"function": "f", "unordered": true, "tolerance": 1e-9, "cases": [{"args": [1], "returns": [2]}]}}]))
}

fn body(text: &str) -> String {
    format!("```python\ndef f(x):\n    {text}\n```")
}

/// Multiples of the limit, and bytes.
struct Cost {
    time: f64,
    memory: i64,
}

fn measure(judge: &Verifier, completion: &str, limit: Duration) -> Cost {
    // Makes the mark of the most memory what it is now.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (before, begun) = (memory("VmRSS:"), on_processor());
    let outcome = python::judge(judge, &Row::new(), completion);
    let (time, peak) = (on_processor() - begun, memory("VmHWM:"));
    assert_ne!(outcome.full(), Some(true), "an attack was paid:\n{completion}");
    Cost { time: time.as_secs_f64() / limit.as_secs_f64(), memory: peak as i64 - before as i64 - MEMORY as i64 }
}

fn report(kind: &str, mut costs: Vec<(String, Cost)>) {
    let most = costs.iter().map(|(_, cost)| cost.memory).max().unwrap_or(0);
    costs.sort_by(|(_, a), (_, b)| b.time.total_cmp(&a.time));
    println!("\n{kind}: {}; most memory {:+} MiB", costs.len(), most >> 20);
    for (name, cost) in costs.iter().take(4) {
        println!("  {:>5.2} x {:>+6} MiB  {name}", cost.time, cost.memory >> 20);
    }
}

/// Honest completions judged a second on one thread, alone and while another thread judges an attack, in turn.
fn beside(function: &Verifier, wanted: &[String]) {
    const ROUND: Duration = Duration::from_secs(1);
    const ROUNDS: usize = 4;
    println!("\nhonest completions a second beside an attack / alone, the median of {ROUNDS} pairs");
    let all = ORDINARY.iter().take(2).chain(MISSING).chain(VALUES.iter().take(3));
    let chosen = all.filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name));
    let mut least = f64::INFINITY;
    for (name, text) in chosen {
        let attack = body(text);
        let mut shares: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let alone = rate(function, ROUND);
                let (stop, attacks) = (AtomicBool::new(false), AtomicU64::new(0));
                let together = thread::scope(|scope| {
                    scope.spawn(|| {
                        while !stop.load(Ordering::Relaxed) {
                            python::judge(function, &Row::new(), &attack);
                            attacks.fetch_add(1, Ordering::Relaxed);
                        }
                    });
                    let rate = rate(function, ROUND);
                    stop.store(true, Ordering::Relaxed);
                    rate
                });
                together / alone
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        let median = (shares[ROUNDS / 2 - 1] + shares[ROUNDS / 2]) / 2.0;
        least = least.min(median);
        println!("  {median:>5.2}  ({:.2} to {:.2})  {name}", shares[0], shares[ROUNDS - 1]);
    }
    println!("  {least:>5.2}  the least");
}

fn rate(function: &Verifier, time: Duration) -> f64 {
    let honest = body("return sum(i % 7 for i in range(2000))");
    let (begun, mut runs) = (Instant::now(), 0);
    while begun.elapsed() < time {
        python::judge(function, &Row::new(), &honest);
        runs += 1;
    }
    f64::from(runs) / begun.elapsed().as_secs_f64()
}

/// What this thread has spent on a processor.
fn on_processor() -> Duration {
    let spent = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    Duration::from_nanos(spent.split(' ').next().and_then(|spent| spent.parse().ok()).expect("a number"))
}

/// Memory of this process, in bytes.
fn memory(mark: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(mark)).expect("a line");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") << 10
}

//! Measures what docs/benchmarks.md reports: the cost of a check, verdicts a second, and the memory of a long run.

use crate::{
    python_guest,
    run::{cargo, root, run, target},
};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

const SIZES: [usize; 2] = [10_000, 1_000_000];

/// Five constraints of the kinds people combine.
const SPEC: &str = r"fullmarks: 1
name: bench
constraints:
  - {check: punctuation:no_comma}
  - {check: length.max_words, with: {words: 60}}
  - {check: contains.all, with: {texts: [search, memory], ignore_case: true}}
  - {check: regex.absent, with: {pattern: '\b(revolutionary|game.changing)\b', ignore_case: true}}
  - {check: regex.matches, with: {pattern: '^[A-Z][^\n]{0,71}'}}
reward: {scheme: partial}
";

pub(crate) fn bench() -> Result<(), String> {
    println!("{} cores; {}", std::thread::available_parallelism().map_or(0, usize::from), version("rustc"));
    // One selection of packages throughout: each other one compiles wasmtime again.
    run(&mut cargo(&["bench", "--locked", "--workspace", "--bench", "check"]))?;
    python_guest::build()?;
    run(&mut cargo(&["bench", "--locked", "--workspace", "--bench", "python"]))?;
    run(&mut cargo(&["bench", "--locked", "--workspace", "--bench", "throughput"]))?;
    run(&mut cargo(&["build", "--release", "--locked", "--workspace", "--tests"]))?;
    let folder = target().join("bench");
    let spec = folder.join("spec.yaml");
    fs::create_dir_all(&folder).and_then(|()| fs::write(&spec, SPEC)).map_err(|error| error.to_string())?;
    println!(
        "\nscoring from a file, five constraints a completion\n{:>11} {:>8} {:>10} {:>14} {:>12}",
        "completions", "threads", "seconds", "verdicts/s", "peak memory"
    );
    for size in SIZES {
        let rollouts = folder.join("rollouts.jsonl");
        write_rollouts(&rollouts, size).map_err(|error| format!("{}: {error}", rollouts.display()))?;
        for threads in ["1", "2"] {
            let (seconds, peak) = score(&spec, &rollouts, &folder.join("scored.jsonl"), threads)?;
            let rate = (size * 5) as f64 / seconds;
            println!("{size:>11} {threads:>8} {seconds:>10.2} {rate:>14.0} {:>8} MiB", peak >> 10);
        }
        fs::remove_file(rollouts).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn write_rollouts(path: &Path, size: usize) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for number in 0..size {
        let ticket = number % 20;
        writeln!(
            file,
            r#"{{"id":"FM-{ticket}","completion":"Bound the size of search results\n\nOne query could exhaust the memory of a node, and number {number} did so on a Sunday.\n\nRefs FM-{ticket}"}}"#
        )?;
    }
    file.flush()
}

/// Seconds of wall clock and peak resident memory in KiB.
fn score(spec: &Path, rollouts: &Path, out: &Path, threads: &str) -> Result<(f64, u64), String> {
    let start = Instant::now();
    let mut child = Command::new(target().join("release/fullmarks"))
        .arg("score")
        .arg(spec)
        .args(["--quiet", "--rollouts"])
        .arg(rollouts)
        .arg("--out")
        .arg(out)
        .env("RAYON_NUM_THREADS", threads)
        .current_dir(root())
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        // The high-water mark goes away with the process, so it is read while it runs.
        if let Ok(text) = fs::read_to_string(&status) {
            let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            peak = mark.and_then(|mark| mark.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(peak);
        }
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) if status.success() => return Ok((start.elapsed().as_secs_f64(), peak)),
            Some(status) => return Err(format!("scoring ended with {status}")),
            None => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}

fn version(program: &str) -> String {
    let output = Command::new(program).arg("--version").output();
    output.map_or_else(|error| error.to_string(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

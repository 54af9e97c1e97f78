//! Official resolutions in; how much of what became of their paragraphs `compare` finds, out, as Markdown tables.
//!
//! Pairs of drafts are made of real paragraphs, so that it is known what became of each (`make`); `score` holds a
//! comparison against it. Then resolutions of several years with one title are compared, of which nobody knows the
//! truth: only counts are given.
//!
//! `cargo run --release --example revisions -- [--sizes 40,400] [--kind hard] [--seeds 3] [--wrong FOLDER] FOLDER…`
//! `cargo run --release --example revisions -- --write TARGET --sizes 4000 FOLDER…`

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program's output is its result"
)]

mod annual;
mod assign;
mod chance;
mod edit;
mod make;
mod moves;
mod pool;
mod score;
mod sheet;
mod wrong;

use std::path::PathBuf;
use std::time::Instant;

use adref::compare::compare;
use anyhow::{Context, Result};

use make::{Kind, make};
use pool::Pool;
use score::{KINDS, Rate, Score, score};

struct Asked {
    sizes: Vec<usize>,
    seeds: u64,
    /// Where pairs are written to; nothing is scored then.
    write: Option<PathBuf>,
    /// Where what is wrong is written to.
    wrong: Option<PathBuf>,
    kinds: Vec<Kind>,
    places: Vec<PathBuf>,
}

fn asked() -> Result<Asked> {
    let mut asked = Asked {
        sizes: vec![40, 400, 4000],
        seeds: 3,
        write: None,
        wrong: None,
        kinds: Kind::ALL.to_vec(),
        places: Vec::new(),
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} wants a value"));
        match arg.as_str() {
            "--sizes" => {
                asked.sizes = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?;
            }
            "--seeds" => asked.seeds = value()?.parse()?,
            "--kind" => {
                let word = value()?;
                asked.kinds.retain(|kind| kind.word() == word);
            }
            "--write" => asked.write = Some(value()?.into()),
            "--wrong" => asked.wrong = Some(value()?.into()),
            _ => asked.places.push(arg.into()),
        }
    }
    Ok(asked)
}

fn main() -> Result<()> {
    let asked = asked()?;
    let pool = Pool::read(&asked.places);
    let count: usize = pool.works.iter().map(|w| w.preamble.len() + w.operative.len()).sum();
    eprintln!("{} resolutions, {count} paragraphs to make drafts of", pool.works.len());
    if let Some(target) = &asked.write {
        for kind in &asked.kinds {
            for size in &asked.sizes {
                let folder = target.join(format!("{}-{size}", kind.word()));
                make(&pool, *kind, *size, 1)?.write(&folder)?;
            }
        }
        return Ok(());
    }
    println!(
        "| pair | paired | strict | kinds | moved r | p | split r | p | merged r | p | headings | ms |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    );
    let mut confusions = Vec::new();
    for kind in &asked.kinds {
        let mut confusion = [[0; 7]; 7];
        let mut lists = Vec::new();
        for size in &asked.sizes {
            let (mut sum, mut least) = (Score::default(), f64::INFINITY);
            // Small pairs say little: as many of them as make four hundred paragraphs.
            for seed in 1..=asked.seeds * (400 / size).max(1) as u64 {
                let pair = make(&pool, *kind, *size, seed)?;
                let from = Instant::now();
                let comparison = compare(&pair.old, &pair.new);
                least = least.min(from.elapsed().as_secs_f64() * 1000.0);
                let one = score(&pair, &comparison);
                lists.extend(wrong::cases(&pair, &one));
                sum.join(&one);
            }
            println!("| {} {size} | {} | {least:.1} |", kind.word(), row(&sum));
            for (row, other) in confusion.iter_mut().zip(sum.confusion) {
                row.iter_mut().zip(other).for_each(|(count, more)| *count += more);
            }
        }
        if let Some(folder) = &asked.wrong {
            wrong::write(&folder.join(format!("wrong-{}.txt", kind.word())), &lists)?;
        }
        confusions.push((kind, confusion));
    }
    for (kind, confusion) in confusions {
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.word()).collect();
        println!("\nTrue kinds by found kinds, paragraphs of both sides, {}:\n", kind.word());
        println!("| | {} |\n|---|{}", names.join(" | "), "---:|".repeat(names.len()));
        for (name, row) in names.iter().zip(confusion) {
            let row: Vec<String> = row.iter().map(usize::to_string).collect();
            println!("| {name} | {} |", row.join(" | "));
        }
    }
    annual::report(&pool, asked.wrong.as_deref())
}

fn row(score: &Score) -> String {
    let mut rates = vec![score.paired, score.strict, score.kinds];
    for (recall, precision) in score.recall.iter().zip(score.precision) {
        rates.extend([*recall, precision]);
    }
    rates.push(score.headings);
    let share = |rate: &Rate| format!("{:.3}", rate.share());
    rates.iter().map(share).collect::<Vec<_>>().join(" | ")
}

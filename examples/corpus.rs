//! Official resolutions in; a large library made from them, and a draft that rests on it, out.
//!
//! Every text of the made library is a real resolution with another number: its paragraphs are taken over, dropped
//! or come from another resolution, and some of their words are replaced, as they are from session to session. What
//! comes out is as large as asked for and shares as much as resolutions do; it is no agreed language.
//!
//! `cargo run --release --example corpus -- HOW_MANY TARGET FOLDER…`

#![allow(clippy::print_stdout, reason = "this program's output is its result")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use adref::library;
use adref::model::{Entry, Library, Paragraph};

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let count = arguments.next().and_then(|a| a.to_str()?.parse::<usize>().ok());
    let count = count.context("say how many texts to make")?;
    let target = PathBuf::from(arguments.next().context("say which folder to write to")?);
    let places: Vec<PathBuf> = arguments.collect::<Vec<_>>().into_iter().map(Into::into).collect();
    let all = library::load(&places)?;
    let words: Vec<&str> = all.entries.iter().step_by(7).flat_map(words).collect();
    let mut made = Made { all: &all, words, chance: Chance(7) };
    let (mut bytes, mut held) = (0, 0);
    for number in 0..count {
        let folder = target.join("library").join(format!("{:03}", number / 500));
        fs::create_dir_all(&folder)?;
        let (session, item) = (30 + number / 350, 1 + number % 350);
        let text = made.text(number, &format!("A/RES/{session}/{item}"));
        bytes += text.len();
        held += text.split_whitespace().count();
        fs::write(folder.join(format!("a-res-{session}-{item}.md")), text)?;
    }
    fs::write(target.join("draft.md"), made.draft(150))?;
    println!("{count} texts, {bytes} bytes, {held} words");
    Ok(())
}

fn words(entry: &Entry) -> impl Iterator<Item = &str> {
    entry.text.paragraphs.iter().flat_map(|paragraph| paragraph.text.split_whitespace())
}

struct Made<'l> {
    all: &'l Library,
    words: Vec<&'l str>,
    chance: Chance,
}

impl<'l> Made<'l> {
    fn text(&mut self, number: usize, symbol: &str) -> String {
        let Some(entry) = self.all.entries.get(number % self.all.entries.len()) else {
            return String::new();
        };
        let title = entry.text.front.title.as_deref().unwrap_or("A resolution");
        let year = 1975 + number * 50 / 25_000;
        let mut text = format!(
            "---\nsymbol: {symbol}\ntitle: {title:?}\nbody: General Assembly\nadopted: {year}-12-{:02}\n\
             extent: full\n---\n\n# {title}\n\n",
            1 + number % 28
        );
        for paragraph in &entry.text.paragraphs {
            let replaced = [0, 0, 0, 5, 10, 30][self.chance.below(6)];
            let taken = match self.chance.below(10) {
                0..3 => continue,
                3 => self.any(),
                _ => paragraph,
            };
            self.paragraph(taken, replaced, paragraph.number.as_deref(), &mut text);
        }
        text
    }

    fn draft(&mut self, count: usize) -> String {
        let mut text = "---\ntitle: A made draft\nstage: Rev.1\n---\n\n".to_owned();
        for number in 1..=count {
            let taken = self.any();
            let replaced = [0, 5, 15, 30, 40, 60, 95][self.chance.below(7)];
            self.paragraph(taken, replaced, Some(&number.to_string()), &mut text);
        }
        text
    }

    fn any(&mut self) -> &'l Paragraph {
        loop {
            let entry = self.all.entries.get(self.chance.below(self.all.entries.len()));
            let Some(entry) = entry else { continue };
            let count = entry.text.paragraphs.len().max(1);
            if let Some(paragraph) = entry.text.paragraphs.get(self.chance.below(count))
                && (20..400).contains(&paragraph.text.split_whitespace().count())
            {
                return paragraph;
            }
        }
    }

    /// Writes a paragraph with a share of its words, in per cent, replaced by other words.
    fn paragraph(
        &mut self,
        taken: &Paragraph,
        replaced: usize,
        number: Option<&str>,
        out: &mut String,
    ) {
        if let Some(number) = number {
            let _ = write!(out, "{number}. ");
        }
        for line in taken.text.lines() {
            for word in line.split(' ') {
                let other = self.chance.below(100) < replaced;
                let word =
                    if other { self.words[self.chance.below(self.words.len())] } else { word };
                out.push_str(word);
                out.push(' ');
            }
            out.push_str("\n\n");
        }
    }
}

/// A linear congruential generator: the same numbers on every machine (Knuth's constants for 64 bits).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

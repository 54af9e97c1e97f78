//! Official resolutions in; the paragraphs, words and clauses that drafts are made of out.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use adref::model::Draft;
use adref::read;

use super::chance::Chance;

/// A resolution: its paragraphs that Markdown can hold as they stand.
pub(crate) struct Work {
    pub(crate) title: String,
    /// The folder it lies in: the session.
    pub(crate) session: String,
    pub(crate) draft: Draft,
    pub(crate) preamble: Vec<String>,
    pub(crate) operative: Vec<String>,
}

/// What drafts are made of.
pub(crate) struct Pool {
    pub(crate) works: Vec<Work>,
    /// All words, as often as they are used.
    words: Vec<String>,
    /// Stretches between commas, of 5 to 15 words.
    clauses: Vec<String>,
    /// Paragraphs that many resolutions have with small differences: reports asked for, items put on the agenda.
    pub(crate) stock: Vec<String>,
    /// Paragraphs of 3 to 10 words.
    pub(crate) short: Vec<String>,
}

/// How paragraphs open that every year's resolutions have.
const STOCK: [&str; 5] = [
    "Requests the Secretary-General to ",
    "Decides to include in the provisional agenda ",
    "Takes note of the report of the Secretary-General ",
    "Also requests the Secretary-General to ",
    "Invites Member States ",
];

impl Pool {
    /// All resolutions below these folders. Files that cannot be read are left out.
    pub(crate) fn read(places: &[PathBuf]) -> Self {
        let mut paths = Vec::new();
        places.iter().for_each(|place| collect(place, &mut paths));
        paths.sort();
        let works: Vec<Work> = paths.iter().filter_map(|path| Work::read(path)).collect();
        let texts: Vec<&String> =
            works.iter().flat_map(|w| w.preamble.iter().chain(&w.operative)).collect();
        let words = texts.iter().step_by(3).flat_map(|text| plain_words(text)).collect();
        let clauses = texts.iter().step_by(3).flat_map(|text| text.split([',', ';', '\n']));
        let clauses = clauses.map(|clause| clause.trim().trim_end_matches('.').to_owned());
        let clauses = clauses.filter(|c| {
            (5..=15).contains(&c.split(' ').count()) && c.starts_with(|c: char| c.is_lowercase())
        });
        let operative = || works.iter().flat_map(|work| &work.operative);
        let is_stock = |text: &&String| {
            STOCK.iter().any(|opening| text.starts_with(opening))
                && (15..=60).contains(&text.split_whitespace().count())
        };
        let short = operative().filter(|text| text.split_whitespace().count() <= 10);
        Self {
            words,
            clauses: clauses.collect(),
            stock: operative().filter(is_stock).cloned().collect(),
            short: short.cloned().collect(),
            works,
        }
    }

    /// So many words of the resolutions, in one stretch as somebody wrote them.
    pub(crate) fn words(&self, count: usize, chance: &mut Chance) -> Vec<String> {
        let from = chance.below(self.words.len().saturating_sub(count));
        self.words.iter().skip(from).take(count).cloned().collect()
    }

    pub(crate) fn clause(&self, chance: &mut Chance) -> String {
        chance.one(&self.clauses).cloned().unwrap_or_default()
    }

    /// Resolutions in any order, one of each title; of so many titles in a hundred all years, one after another.
    pub(crate) fn shuffled(&self, in_all_years: usize, chance: &mut Chance) -> Vec<&Work> {
        let mut works: Vec<&Work> = self.works.iter().filter(|w| w.operative.len() >= 4).collect();
        chance.shuffle(&mut works);
        let mut titles: Vec<(&str, Vec<&Work>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for work in works {
            let place = *places.entry(&work.title).or_insert(titles.len());
            if place == titles.len() {
                titles.push((&work.title, Vec::new()));
            }
            titles[place].1.push(work);
        }
        let years = titles.into_iter().flat_map(|(_, mut works)| {
            works.truncate(if chance.percent(in_all_years) { works.len() } else { 1 });
            works
        });
        years.collect()
    }
}

fn plain_words(text: &str) -> impl Iterator<Item = String> {
    let plain = |word: &&str| word.chars().all(|c| c.is_alphabetic() || c == '-' || c == ',');
    text.split_whitespace().filter(plain).map(str::to_lowercase)
}

fn collect(place: &Path, paths: &mut Vec<PathBuf>) {
    if place.is_file() {
        paths.push(place.to_owned());
    }
    for item in fs::read_dir(place).into_iter().flatten().flatten() {
        collect(&item.path(), paths);
    }
}

impl Work {
    fn read(path: &Path) -> Option<Self> {
        let draft = read::read(&path.display().to_string(), &fs::read(path).ok()?).ok()?;
        let title = draft.front.title.clone().filter(|title| is_plain(title))?;
        let (mut preamble, mut operative) = (Vec::new(), Vec::new());
        for paragraph in draft.paragraphs.iter().filter(|p| p.annex.is_none()) {
            let text = tidy(&paragraph.text);
            if !fits(&text) {
                continue;
            }
            if paragraph.number.is_some() {
                operative.push(text);
            } else if text.ends_with(',') && text.split_whitespace().count() > 5 {
                preamble.push(text);
            }
        }
        let session = path.parent()?.file_name()?.to_string_lossy().into_owned();
        Some(Self { title, session, draft, preamble, operative })
    }
}

/// One plain space wherever there is white space, line by line.
fn tidy(text: &str) -> String {
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// True where no character of it is markup.
fn is_plain(text: &str) -> bool {
    !text
        .contains(['*', '_', '#', '<', '>', '|', '`', '\\', '{', '}', '~', '^', '[', ']', '&', '='])
        && text.starts_with(|c: char| c.is_uppercase())
        && !text.to_lowercase().contains("annex")
}

/// True for a paragraph that Markdown holds as it stands: lines after the first are sub-paragraphs (a), (b), (c).
fn fits(text: &str) -> bool {
    let labels = ('a'..='z').map(|letter| format!("({letter}) "));
    is_plain(text)
        && (3..=250).contains(&text.split_whitespace().count())
        && text.lines().skip(1).zip(labels).all(|(line, label)| line.starts_with(&label))
        && text.lines().count() <= 20
}

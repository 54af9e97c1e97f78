//! The United Nations' own links in official resolutions against the citations found in the same text.
//!
//! The files are not part of the project: `ADREF_DATA` says where they are (`../shared/data` otherwise), and
//! without them there is nothing to measure. `ADREF_SHOW=seen` or `unseen` prints what was lost and gained.
//! A third of the files, chosen by a hash of their names, was not looked at while the scanner was written.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use adref::cite::{Gazetteer, Speaker, citations};
use adref::model::{Citation, CitationForm};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements that stand within a line of text; every other element begins a text of its own.
const INLINE: [&str; 12] =
    ["a", "span", "i", "b", "u", "sup", "sub", "inline", "ref", "date", "organization", "remark"];

// A little below what was measured.
const FLOOR_RECALL: f64 = 0.995;
const FLOOR_AT_LINKS: f64 = 0.997;
const FLOOR_PRECISION: f64 = 0.978;

#[derive(Default)]
struct Text {
    text: String,
    links: Vec<Link>,
}

struct Link {
    start: usize,
    end: usize,
    href: String,
}

fn texts(xml: &str) -> Vec<Text> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<Text> = vec![Text::default()];
    let mut done = Vec::new();
    let mut link: Option<(usize, String)> = None;
    let mut in_meta = false;
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => break,
            Event::Start(element) => {
                let name = element.local_name().as_ref().to_owned();
                in_meta |= name == "meta" || name == "preface" || name == "coverPage";
                if name == "a" {
                    let href = element.attributes().flatten().find(|a| a.key.as_ref() == "href");
                    let href = href.map(|a| a.value.to_string());
                    link = Some((open.last().unwrap().text.len(), href.unwrap_or_default()));
                } else if !INLINE.contains(&name.as_str()) {
                    open.push(Text::default());
                }
            }
            Event::End(element) => {
                let name = element.local_name().as_ref().to_owned();
                if name == "meta" || name == "preface" || name == "coverPage" {
                    in_meta = false;
                }
                if name == "a" {
                    if let Some((start, href)) = link.take() {
                        let text = open.last_mut().unwrap();
                        text.links.push(Link { start, end: text.text.len(), href });
                    }
                } else if !INLINE.contains(&name.as_str()) {
                    done.extend(open.pop());
                }
            }
            Event::Text(text) if !in_meta => {
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::GeneralRef(reference) if !in_meta => {
                let name = reference.to_string();
                let c = match name.as_str() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => " ",
                };
                open.last_mut().unwrap().text.push_str(c);
            }
            _ => {}
        }
    }
    done.extend(open);
    done.retain(|text| !text.text.trim().is_empty());
    done.iter_mut().for_each(merge_split_links);
    done
}

/// One number over several links is one link.
fn merge_split_links(text: &mut Text) {
    let mut merged: Vec<Link> = Vec::new();
    for link in std::mem::take(&mut text.links) {
        match merged.last_mut() {
            Some(last)
                if last.href == link.href && text.text[last.end..link.start].trim().is_empty() =>
            {
                last.end = link.end;
            }
            _ => merged.push(link),
        }
    }
    merged.retain(|link| text.text[link.start..link.end].chars().any(char::is_alphanumeric));
    text.links = merged;
}

/// The symbol a link leads to, in capitals; none for other hosts and for addresses by job number.
///
/// Normalised: case; spaces; `(supp)`, `(sect.…)`, `(part…)`, `(vol…)` and the like as the text may stand
/// outside the link; letters of a resolution's parts (`66/102b`, `76/84A-B`), which the link has and the
/// text lacks or the other way round.
fn symbol_of(href: &str) -> Option<String> {
    let rest = href.split_once("://")?.1;
    let (host, path) = rest.split_once('/')?;
    if !host.ends_with("undocs.org") && host != "docs.un.org" {
        return None;
    }
    let path = path.strip_prefix("en/").or_else(|| path.strip_prefix("ot/")).unwrap_or(path);
    (path.contains('/')).then(|| normal(path))
}

fn normal(symbol: &str) -> String {
    let upper: String = symbol.to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    let upper = upper.replace("CORRIGENDUM", "CORR");
    let mut out = String::new();
    let mut rest = upper.as_str();
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |c| open + c + 1);
        let inner = &rest[open + 1..close];
        let kept = !["SUPP", "SECT", "PART", "VOL", "INTRO"].iter().any(|k| inner.starts_with(k));
        out.push_str(&rest[..open]);
        if kept {
            out.push_str(&rest[open..close]);
        }
        rest = &rest[close..];
    }
    out.push_str(rest);
    if out.contains("/RES/") {
        let letters = out.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '-');
        if letters.ends_with(|c: char| c.is_ascii_digit()) {
            out.truncate(letters.len());
        }
    }
    out
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path if path.extension().is_some_and(|e| e == "xml") => all.push(path),
                _ => {}
            }
        }
    }
    all.sort();
    all
}

/// FNV-1a of the file's name.
fn hash(path: &Path) -> u64 {
    let name = path.file_name().unwrap().to_string_lossy();
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[derive(Default)]
struct Score {
    files: usize,
    links: usize,
    found: usize,
    claimed: usize,
    right: usize,
    unlinked: usize,
    wrong: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        self.found as f64 / self.links.max(1) as f64
    }
    /// Share of right symbols among citations that overlap a link.
    fn precision_at_links(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }
    /// The same with every citation without a link counted as false.
    fn precision(&self) -> f64 {
        self.right as f64 / self.claimed.max(1) as f64
    }
}

/// The last border of characters at `at` or before it.
fn border(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// True for a citation of a kind that the United Nations links.
fn is_linked_kind(citation: &Citation) -> bool {
    let symbol = citation.symbol.as_deref().unwrap_or_default();
    match citation.form {
        CitationForm::Symbol => true,
        CitationForm::Number => {
            ["A/RES/", "S/RES/", "E/RES/", "A/HRC/RES/"].iter().any(|p| symbol.starts_with(p))
        }
        _ => false,
    }
}

fn measure(path: &Path, gazetteer: &Gazetteer, show: bool, score: &mut Score) {
    let xml = std::fs::read_to_string(path).expect("a readable file");
    let folder = path.to_string_lossy().into_owned();
    let body =
        if folder.contains("ecosoc") { "Economic and Social Council" } else { "General Assembly" };
    let speaker = Speaker { body: Some(body.to_owned()), ..Speaker::default() };
    let file = path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut previous: Option<Citation> = None;
    score.files += 1;
    for text in texts(&xml) {
        let cited = citations(&text.text, gazetteer, &speaker, previous.as_slice());
        let around = |start: usize, end: usize| {
            let from = border(&text.text, start.saturating_sub(110));
            let to = border(&text.text, (end + 50).min(text.text.len()));
            format!(
                "{}⟦{}⟧{}",
                &text.text[from..start],
                &text.text[start..end],
                &text.text[end..to]
            )
            .replace('\n', " ")
        };
        for link in &text.links {
            let Some(symbol) = symbol_of(&link.href) else { continue };
            let over = cited.iter().filter(|c| c.span.start < link.end && link.start < c.span.end);
            let same = |c: &Citation| {
                normal(c.symbol.as_deref().unwrap_or_default()) == symbol
                    || normal(c.span.slice(&text.text)).starts_with(&symbol)
                    || normal(c.span.slice(&text.text)).contains(&format!("-{symbol}"))
            };
            score.links += 1;
            if over.clone().any(same) {
                score.found += 1;
            } else if show {
                let got: Vec<_> = over.map(|c| c.symbol.clone().unwrap_or_default()).collect();
                println!("lost   {file}: {symbol} {got:?}: {}", around(link.start, link.end));
            }
        }
        for citation in cited.iter().filter(|c| is_linked_kind(c)) {
            // "76/84 A and B": the link of B, if there is one, is on the number before A.
            if citation.span.slice(&text.text).chars().count() == 1 {
                continue;
            }
            let over: Vec<_> = text
                .links
                .iter()
                .filter(|l| l.start < citation.span.end && citation.span.start < l.end)
                .collect();
            let own = normal(citation.symbol.as_deref().unwrap_or_default());
            let (foreign, symbols): (Vec<_>, Vec<_>) =
                over.iter().map(|l| symbol_of(&l.href)).partition(Option::is_none);
            if !foreign.is_empty() && symbols.is_empty() {
                continue;
            }
            score.claimed += 1;
            let written = normal(citation.span.slice(&text.text));
            let same =
                symbols.iter().flatten().any(|s| *s == own || written.starts_with(s.as_str()));
            match (same, symbols.is_empty()) {
                (true, _) => score.right += 1,
                (false, true) => score.unlinked += 1,
                (false, false) => score.wrong += 1,
            }
            if show && !same {
                let kind = if symbols.is_empty() && citation.form == CitationForm::Symbol {
                    "gained symbol"
                } else if symbols.is_empty() {
                    "gained"
                } else {
                    "wrong "
                };
                println!(
                    "{kind} {file}: {own}: {}",
                    around(citation.span.start, citation.span.end)
                );
            }
        }
        previous = cited.into_iter().last().or(previous);
    }
}

#[test]
fn official_links_are_found_and_little_else() {
    let data = std::env::var_os("ADREF_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let all: Vec<PathBuf> =
        ["ga", "ecosoc"].iter().flat_map(|f| files(&data.join("un/akn").join(f))).collect();
    if all.is_empty() {
        println!("no official files under {}: nothing measured", data.display());
        return;
    }
    let show = std::env::var("ADREF_SHOW").unwrap_or_default();
    let gazetteer = Gazetteer::new();
    for (name, unseen) in [("seen", false), ("unseen", true)] {
        let mut score = Score::default();
        for path in all.iter().filter(|p| hash(p).is_multiple_of(3) == unseen) {
            measure(path, &gazetteer, show == name, &mut score);
        }
        println!(
            "{name}: {} files, {} links, recall {:.4}; {} citations, precision {:.4} ({} without a link, {} of another symbol), {:.4} where there is a link",
            score.files,
            score.links,
            score.recall(),
            score.claimed,
            score.precision(),
            score.unlinked,
            score.wrong,
            score.precision_at_links(),
        );
        if show.is_empty() || show == name {
            assert!(score.recall() >= FLOOR_RECALL, "recall fell to {:.4}", score.recall());
            assert!(
                score.precision_at_links() >= FLOOR_AT_LINKS,
                "a wrong organ or symbol more often"
            );
            assert!(
                score.precision() >= FLOOR_PRECISION,
                "precision fell to {:.4}",
                score.precision()
            );
        }
    }
}

//! Lines and rules of every page in; the masthead, and the pages without running heads and feet, out.

use std::collections::HashMap;

use super::ink::Rule;
use super::line::Line;
use super::note::mark;

/// One page: what is written on it and the rules drawn on it.
#[derive(Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) rules: Vec<Rule>,
    /// Width and height in points.
    pub(super) size: (f64, f64),
}

/// Running heads stand above this share of a page's height, running feet below `FOOT`.
const HEAD: f64 = 0.13;
const FOOT: f64 = 0.85;
/// A masthead stands in this share of the first page.
const MASTHEAD: f64 = 0.42;
/// Rules that close a head cover this share of the page's width.
const WIDE: f64 = 0.5;
/// Lines at one place on several pages differ in height by no more than this, in points.
const SAME_PLACE: f64 = 4.0;

impl Page {
    /// Heights of the rules, or rows of rules, that cross most of the page.
    fn bars(&self) -> Vec<f64> {
        let mut rules = self.rules.clone();
        rules.sort_by(|a, b| a.y.total_cmp(&b.y));
        let mut bars: Vec<(f64, f64)> = Vec::new();
        for rule in rules {
            match bars.last_mut() {
                Some((y, covered)) if rule.y - *y < 1.5 => *covered += rule.right - rule.left,
                _ => bars.push((rule.y, rule.right - rule.left)),
            }
        }
        let wide = |(y, covered): (f64, f64)| (covered > WIDE * self.size.0).then_some(y);
        bars.into_iter().filter_map(wide).collect()
    }
}

/// How many lines of running head and foot stood on one page, and entries of a table of contents.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Furniture {
    pub(super) head: usize,
    pub(super) foot: usize,
    pub(super) contents: usize,
}

/// Takes running heads and feet off the pages; what stood in the masthead is returned, and how much on each page.
pub(super) fn stripped(pages: &mut [Page]) -> (Vec<Line>, Vec<Furniture>) {
    let masthead = pages.first_mut().map(masthead).unwrap_or_default();
    let symbols: Vec<String> = masthead.iter().flat_map(symbols_in).collect();
    let repeated = repeated(pages);
    let mut furniture = Vec::new();
    for (at, page) in pages.iter_mut().enumerate() {
        let height = page.size.1;
        let halves = |page: &Page| {
            let upper = page.lines.iter().filter(|line| line.base < 0.5 * height).count();
            (upper, page.lines.len() - upper)
        };
        let before = halves(page);
        let same = |line: &Line| {
            repeated.iter().any(|(text, y)| {
                (y - line.base).abs() < SAME_PLACE && text == without_folio(&line.text())
            })
        };
        if at > 0 {
            let bar = page.bars().into_iter().find(|y| *y < HEAD * height);
            let names = |line: &Line| symbols_in(line).iter().any(|s| symbols.contains(s));
            let head = |line: &Line| same(line) || names(line) || is_folio(&line.text());
            // A head runs from the top of the page without a gap in its lines.
            let heads = page.lines.iter().take_while(|line| {
                line.base < HEAD * height && (bar.is_some_and(|y| line.base < y) || head(line))
            });
            let heads = heads.count();
            page.lines.drain(..heads);
        }
        let foot = |line: &Line| {
            let marked = is_rule(&line.text()) || mark(line).is_some();
            line.base > FOOT * height && (!marked && same(line) || is_folio(&line.text()))
        };
        // A foot runs to the bottom of the page; what stands beside its lines belongs to it.
        let mut top = height;
        for line in page.lines.iter().rev() {
            if foot(line) {
                top = line.base - 0.5 * line.size;
            } else if line.base < top {
                break;
            }
        }
        page.lines.retain(|line| line.base < top);
        page.lines.retain(|line| !line.running || is_rule(&line.text()));
        let left = halves(page);
        furniture.push(Furniture { head: before.0 - left.0, foot: before.1 - left.1, contents: 0 });
    }
    (masthead, furniture)
}

/// Takes the masthead off the first page: emblem, organ, symbol, distribution, date, language.
fn masthead(page: &mut Page) -> Vec<Line> {
    let bottom = MASTHEAD * page.size.1;
    let top: Vec<&Line> = page.lines.iter().filter(|line| line.base < bottom).collect();
    let distributed = top.iter().find(|line| line.text().contains("Distr")).map(|line| line.base);
    let named = top.iter().find(|line| !symbols_in(line).is_empty()).map(|line| line.base);
    let marked = top.iter().filter(|line| line.running).map(|line| line.base).next_back();
    let bars: Vec<f64> = page.bars().into_iter().filter(|y| *y < bottom).collect();
    let ruled = match (distributed, named) {
        (Some(base), _) => bars.iter().find(|y| **y > base).copied(),
        (None, Some(base)) => bars.iter().rfind(|y| **y > base).copied(),
        (None, None) => None,
    };
    // Without a rule the column at the right, which begins with the distribution, ends it.
    let column = distributed.map(|from| {
        let right = |line: &&&Line| line.base >= from && line.right > 0.6 * page.size.0;
        let mut end = from;
        for line in top.iter().filter(right) {
            let fresh = line.words.last().is_some_and(|w| w.left > 0.5 * page.size.0)
                && line.left > 0.5 * page.size.0;
            if line.base - end > 40.0 || line.base > from && !fresh {
                break;
            }
            end = line.base;
        }
        end + 1.0
    });
    let end = ruled.or(marked.map(|base| base + 1.0)).or(column).unwrap_or_default();
    let (head, rest) = std::mem::take(&mut page.lines).into_iter().partition(|l| l.base < end);
    page.lines = rest;
    head
}

/// What stands at the same place of several pages, numbers aside.
fn repeated(pages: &[Page]) -> Vec<(String, f64)> {
    let mut places: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        let (_, height) = page.size;
        let outer = |line: &&Line| line.base < HEAD * height || line.base > FOOT * height;
        for line in page.lines.iter().filter(outer) {
            places.entry(without_folio(&line.text()).to_owned()).or_default().push((at, line.base));
        }
    }
    let mut repeated = Vec::new();
    for (text, places) in places {
        for (at, y) in &places {
            let again =
                |(other, base): &&(usize, f64)| other != at && (base - y).abs() < SAME_PLACE;
            if places.iter().any(|place| again(&place)) {
                repeated.push((text.clone(), *y));
            }
        }
    }
    repeated
}

/// A line without the numbers it begins and ends with: what heads of several pages have in common.
fn without_folio(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphabetic())
}

/// Words of a line that are document symbols: `A/RES/70/125`, `TPNW/MSP/2025/11/Rev.1`.
pub(super) fn symbols_in(line: &Line) -> Vec<String> {
    let next = line.words.iter().skip(1).map(|word| word.text.as_str()).chain([""]);
    let found = line.words.iter().zip(next).filter_map(|(word, next)| {
        let symbol = symbol(&word.text)?;
        // The Security Council puts the year behind: `S/RES/2768 (2025)`.
        let year = next.len() == 6 && next.starts_with('(') && next.ends_with(')');
        Some(if year { format!("{symbol} {next}") } else { symbol })
    });
    found.collect()
}

/// A document symbol: capital letters and numbers between strokes.
pub(super) fn symbol(word: &str) -> Option<String> {
    let word = word.trim_end_matches(['*', ',', '.', ';']);
    // Dashes that join two symbols are hyphens to everything that looks for one.
    let word = word.replace(['–', '\u{2010}', '\u{2011}'], "-");
    let mut parts = word.split('/');
    let series = parts.next()?;
    let capital = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.')
    };
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b".()-".contains(&b))
    };
    let numbered = word.bytes().any(|b| b.is_ascii_digit());
    let several = word.contains('/');
    (several && capital(series) && numbered && parts.all(plain)).then_some(word)
}

/// True for a line of nothing but page numbers, job numbers (`15-16879 (E)`) and bar codes.
fn is_folio(text: &str) -> bool {
    let mut telling = false;
    for word in text.split_whitespace() {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let paged = bare.split('/').count() == 2
            && bare.split('/').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        // The job number: two digits of the year, five of the job, a letter for the language.
        let job = bare.len() >= 8
            && bare.as_bytes().get(2) == Some(&b'-')
            && bare.bytes().filter(|b| *b != b'-').take(7).all(|b| b.is_ascii_digit());
        let code = word.starts_with('*') && word.ends_with('*') && digits >= 6;
        let language = bare.len() == 1 && word.starts_with('(');
        let date = digits == 6 && digits == word.len();
        telling |= paged || job || code;
        if !(paged || job || code || language || date) {
            return false;
        }
    }
    telling
}

/// True for a line of underscores, which stands for a rule.
pub(super) fn is_rule(text: &str) -> bool {
    text.len() >= 5 && text.bytes().all(|b| matches!(b, b'_' | b' ')) && text.contains("____")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_and_folios() {
        for word in ["A/RES/70/125", "A/C.3/79/L.12", "TPNW/MSP/2025/11/Rev.1", "S/RES/2768"] {
            assert!(symbol(word).is_some(), "{word}");
        }
        for word in ["and/or", "70/125", "A", "Telecommunication/ICT", "M/V"] {
            assert!(symbol(word).is_none(), "{word}");
        }
        for text in ["2/13", "15-16879 (E)", "25-02990 (E) 240225", "*2502990*", "25-02990 3/4"] {
            assert!(is_folio(text), "{text}");
        }
        for text in ["2025", "12 13 14", "70/125 of", "7 March 2025"] {
            assert!(!is_folio(text), "{text}");
        }
    }
}

//! The sample and the official texts as a library; what `search`, `trace` and `suggest` answer is held against them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use adref::ask::{self, Closeness, Order, Phrase, Subject};
use adref::library;
use adref::model::{Found, Library, Location, Paragraph, Scope, Span, When};
use adref::pipeline::{self, Answered};
use adref::report::{self, Told};
use adref::text::{Folding, Word, shared_runs};
use serde_json::Value;
use support::{data, root, schema};

fn places(folders: &[&str]) -> Option<Vec<PathBuf>> {
    let Some(data) = data() else {
        println!("no official files at hand: nothing tried");
        return None;
    };
    Some(folders.iter().map(|folder| data.join(folder)).collect())
}

fn paragraph(library: &Library, at: Location) -> &Paragraph {
    &library.entries[at.reference].text.paragraphs[at.paragraph]
}

/// Fails where a passage does not hold the folded words it says it holds.
fn holds(found: &Found, query: &[u64], library: &Library) {
    let text = &paragraph(library, found.location).text;
    let folding = Folding::general();
    for passage in &found.passages {
        let own = folding.keys(passage.span.slice(text));
        if found.exact {
            let row = own.windows(query.len()).any(|words| words == query);
            assert!(row, "{:?} in {text}", passage.span.slice(text));
            continue;
        }
        // An abbreviation stands for several words, of which the query may have some.
        let alone = |words: &[Word]| -> Vec<u64> {
            let several = |word: &Word| words.iter().filter(|w| w.span == word.span).count() > 1;
            words.iter().filter(|word| !several(word)).map(|word| word.key).collect()
        };
        let words = |span: &Span| alone(&folding.words(span.slice(text), &[]));
        let shared: Vec<u64> = passage.shared.iter().flat_map(words).collect();
        let mut rest = query.iter();
        // One word may be spelt otherwise.
        let (known, spelt): (Vec<u64>, Vec<u64>) =
            shared.iter().partition(|word| query.contains(word));
        let in_order = known.iter().all(|word| rest.any(|other| other == word));
        assert!(in_order && spelt.len() <= 1, "{:?}", passage.span.slice(text));
        assert!(passage.share >= 0.75 && passage.share <= 1.0, "{}", passage.share);
        assert!(passage.closeness > 0.0 && passage.closeness <= passage.share);
        assert!(!passage.changes.is_empty());
    }
}

/// Sub-paragraph labels such as `(a)` stand within a span and are no words; texts without them suffice here.
fn plain(library: &Library) -> Vec<(Location, &Paragraph)> {
    let entries = library.entries.iter().enumerate();
    let all = entries.flat_map(|(reference, entry)| {
        let paragraphs = entry.text.paragraphs.iter().enumerate();
        paragraphs.map(move |(paragraph, text)| (Location { reference, paragraph }, text))
    });
    all.filter(|(_, text)| text.parts.is_empty()).collect()
}

#[test]
fn every_row_of_words_is_found_where_it_stands() {
    let library = support::load(&root().join("references"));
    let folding = Folding::general();
    let mut tried = 0;
    for (at, text) in plain(&library) {
        let words = folding.paragraph(text);
        for (from, len) in (0..words.len()).step_by(7).zip([2, 3, 5, 8, 13].into_iter().cycle()) {
            let Some(row) = words.get(from..from + len) else { continue };
            let span = row[0].span.start..row[len - 1].span.end;
            let phrase = Phrase::new(&text.text[span], folding, Closeness::SEARCH);
            if phrase.is_common() || phrase.len() != len {
                continue;
            }
            let answer =
                ask::search(&phrase, &library, folding, &Scope::default(), Order::default());
            assert!(answer.found.iter().any(|f| f.exact && f.location == at), "{}", answer.query);
            let keys: Vec<u64> = row.iter().map(|word| word.key).collect();
            answer.found.iter().for_each(|found| holds(found, &keys, &library));
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn a_large_library_answers_as_one_held_whole() {
    let Some(places) = places(&["un/akn/ga/79"]) else { return };
    let whole = library::load(&places).unwrap();
    let folding = Folding::general();
    for query in [
        "sea level rise",
        "the same rights that people have offline must also be protected online",
        "calls upon all parties to armed conflict to respect humanitarian law fully",
        "digital public goods",
        "sea levl rise",
        "goverments",
        "protecting rights offline",
        "humanitarian civilians conflict",
    ] {
        let scope = Scope { organ: Some("GA".to_owned()), since: Some("2024-12".to_owned()) };
        let Answered { library, answer } =
            pipeline::search(query, &places, &library::Holding::default(), &scope, Order::First)
                .unwrap();
        assert!(library.sifted);
        let phrase = Phrase::new(query, folding, Closeness::SEARCH);
        let all = ask::search(&phrase, &whole, folding, &scope, Order::First);
        let told = |library: &Library, found: &Found| {
            let entry = &library.entries[found.location.reference];
            (found.exact, entry.text.path.clone(), paragraph(library, found.location).text.clone())
        };
        let (one, other): (Vec<_>, Vec<_>) = (
            answer.found.iter().map(|f| told(&library, f)).collect(),
            all.found.iter().map(|f| told(&whole, f)).collect(),
        );
        assert!(!one.is_empty());
        assert_eq!(one, other, "{query}");
        let keys = folding.keys(query);
        answer.found.iter().for_each(|found| holds(found, &keys, &library));
        let json = report::search_json(&answer, &library, Some(5));
        schema::check("search-1.json", &serde_json::from_str(&json).unwrap());
    }
}

/// What is found in a library that is read whole is found when it is only looked through: in Markdown, which is then
/// cut roughly and whose labels are words, and in XML.
#[test]
fn what_is_found_passes_the_sieve() {
    let mut folders = vec![root().join("references")];
    folders.extend(places(&["un/akn/ecosoc/2024"]).into_iter().flatten());
    let mut near = 0;
    for folder in folders {
        let library = support::load(&folder);
        let folding = Folding::general();
        for (at, text) in library.entries.iter().flat_map(|e| &e.text.paragraphs).enumerate() {
            if at % 23 != 0 {
                continue;
            }
            // Some of its words in their order, among them one with a slip of the pen.
            let words: Vec<&str> = text.text.split_whitespace().skip(at % 5).step_by(3).collect();
            let words: Vec<String> =
                words.into_iter().take(2 + at % 4).map(str::to_owned).collect();
            let mut slip = words.clone();
            slip.iter_mut().filter(|word| word.len() > 6).take(1).for_each(|word| {
                let _ = word.pop();
            });
            for query in [words.join(" "), slip.join(" ")] {
                if Phrase::new(&query, folding, Closeness::SEARCH).is_common() {
                    continue;
                }
                let found = |few: usize| {
                    let holding = library::Holding { few, ..library::Holding::default() };
                    let places = std::slice::from_ref(&folder);
                    let scope = Scope::default();
                    let Answered { library, answer } =
                        pipeline::search(&query, places, &holding, &scope, Order::Last).unwrap();
                    let told = answer.found.iter().map(|found| {
                        let text = paragraph(&library, found.location).text.clone();
                        (found.exact, found.passages.clone(), text)
                    });
                    told.collect::<Vec<_>>()
                };
                let whole = found(usize::MAX);
                near += whole.iter().filter(|(exact, ..)| !exact).count();
                assert_eq!(found(0), whole, "{query}");
            }
        }
    }
    assert!(near > 20, "{near}");
}

#[test]
fn a_sentence_is_traced_through_its_sessions() {
    let Some(places) = places(&["un/akn/ga/77", "un/akn/ga/78", "un/akn/ga/79"]) else { return };
    let text = "the same rights that people have offline must also be protected online";
    let Answered { library, answer } =
        pipeline::trace(&[text.to_owned()], &places, &library::Holding::default()).unwrap();
    let life = &answer[0];
    for wording in &life.wordings {
        let when = |at: Location| When::of(&library.entries[at.reference].text.front);
        let dates: Vec<When> = wording.carriers.iter().map(|c| when(c.location)).collect();
        assert!(dates.is_sorted());
        for carrier in &wording.carriers {
            let own = carrier.span.slice(&paragraph(&library, carrier.location).text);
            assert_eq!(Folding::general().keys(own), Folding::general().keys(&wording.text));
        }
    }
    let symbols: HashSet<&str> =
        life.carriers().map(|c| library.entries[c.location.reference].symbol()).collect();
    // Resolutions on human rights in the digital age, session by session.
    for symbol in ["A/RES/77/150", "A/RES/77/211", "A/RES/78/213", "A/RES/79/175", "A/RES/79/194"] {
        assert!(symbols.contains(symbol), "{symbol} is not among {symbols:?}");
    }
    let first = library.entries[life.wordings[0].carriers[0].location.reference].symbol();
    assert!(first.starts_with("A/RES/77/"), "{first}");
    let told = [Told { life, sentence: None }];
    let json: Value = serde_json::from_str(&report::trace_json(&told, &library)).unwrap();
    schema::check("trace-1.json", &json);
    let wordings = json["lives"][0]["wordings"].as_array().unwrap();
    assert_eq!(wordings.len(), life.wordings.len());
    assert!(wordings.iter().skip(1).all(|wording| wording["from"]["changes"].is_array()));
}

/// Share of the words of `one` that stand in runs of three in `other`.
fn reused(one: &[u64], other: &[u64]) -> f64 {
    let shared: usize = shared_runs(one, other, 3).iter().map(|run| run.len).sum();
    shared as f64 / one.len().max(1) as f64
}

/// Ranked search as the textbook has it, for comparison: BM25 over all words, rarity counted in the library itself.
struct Plain {
    postings: HashMap<u64, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
    average: f64,
    paragraphs: Vec<Location>,
}

impl Plain {
    fn new(library: &Library, folding: &Folding) -> Self {
        let entries = library.entries.iter().enumerate();
        let paragraphs: Vec<(Location, &Paragraph)> = entries
            .flat_map(|(reference, entry)| {
                let all = entry.text.paragraphs.iter().enumerate();
                all.map(move |(paragraph, text)| (Location { reference, paragraph }, text))
            })
            .collect();
        let mut postings: HashMap<u64, Vec<(usize, f64)>> = HashMap::new();
        let mut lengths = Vec::new();
        for (at, (_, text)) in paragraphs.iter().enumerate() {
            let mut counts: BTreeMap<u64, f64> = BTreeMap::new();
            let words = folding.paragraph(text);
            words.iter().for_each(|word| *counts.entry(word.key).or_default() += 1.0);
            lengths.push(words.len() as f64);
            counts.into_iter().for_each(|(k, n)| postings.entry(k).or_default().push((at, n)));
        }
        let average = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        let paragraphs = paragraphs.into_iter().map(|(at, _)| at).collect();
        Self { postings, lengths, average, paragraphs }
    }

    fn ranked(&self, query: &[u64]) -> Vec<Location> {
        let terms: HashSet<u64> = query.iter().copied().collect();
        let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
        for postings in terms.iter().filter_map(|term| self.postings.get(term)) {
            let (all, with) = (self.lengths.len() as f64, postings.len() as f64);
            let rarity = ((all - with + 0.5) / (with + 0.5) + 1.0).ln();
            for (at, count) in postings {
                let length = 0.25 + 0.75 * self.lengths[*at] / self.average;
                *scores.entry(*at).or_default() += rarity * count * 2.2 / (count + 1.2 * length);
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.into_iter().take(200).map(|(at, _)| self.paragraphs[at]).collect()
    }
}

/// For paragraphs of the 79th session whose resolution has one of the same title in the 78th: whether suggestions from
/// the 78th come from it, when every paragraph that shares a quarter of the words in runs is hidden.
///
/// `ADREF_STEP` takes one paragraph of so many; `ADREF_WORDS` asks with so many words from the second third of each.
#[test]
fn suggestions_come_from_the_series_on_the_subject() {
    let Some(folders) = places(&["un/akn/ga/78", "un/akn/ga/79"]) else { return };
    let load = |folder: &Path| library::load(&[folder.to_owned()]).unwrap();
    let (mut library, drafts) = (load(&folders[0]), load(&folders[1]));
    let folding = Folding::general();
    let title = |library: &Library, at: usize| library.entries[at].text.front.title.clone();
    let held: HashSet<String> =
        (0..library.entries.len()).filter_map(|at| title(&library, at)).collect();
    let step = std::env::var("ADREF_STEP").ok().and_then(|step| step.parse().ok()).unwrap_or(260);
    let few: Option<usize> = std::env::var("ADREF_WORDS").ok().and_then(|few| few.parse().ok());
    let asked = |text: &str| match few {
        None => text.to_owned(),
        Some(few) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.iter().skip(words.len() / 3).take(few).copied().collect::<Vec<_>>().join(" ")
        }
    };
    let words = |text: &Paragraph| text.text.split_whitespace().count();
    let asking: Vec<(Location, &Paragraph)> = plain(&drafts)
        .into_iter()
        .filter(|(at, text)| {
            let series = title(&drafts, at.reference).is_some_and(|own| held.contains(&own));
            series && (25..150).contains(&words(text))
        })
        .step_by(step)
        .collect();
    let plain = Plain::new(&library, folding);
    let ranks = [1, 5, 10];
    let (mut own, mut baseline) = ([0; 3], [0; 3]);
    for (at, text) in &asking {
        let query: Vec<u64> = folding.paragraph(text).iter().map(|word| word.key).collect();
        let hidden = |library: &Library, other: Location| {
            let keys: Vec<u64> =
                folding.paragraph(paragraph(library, other)).iter().map(|w| w.key).collect();
            reused(&query, &keys) >= 0.25
        };
        let wanted = title(&drafts, at.reference);
        let ranked = plain.ranked(&query);
        let (own_words, others): (Vec<Location>, Vec<Location>) =
            ranked.into_iter().partition(|at| hidden(&library, *at));
        // What repeats the paragraph is taken out of the library while it is asked.
        let mut taken = Vec::new();
        for at in own_words {
            let held = &mut library.entries[at.reference].text.paragraphs[at.paragraph];
            taken.push((at, std::mem::take(held)));
        }
        let count = |library: &Library, found: Vec<Location>, hits: &mut [usize; 3]| {
            let seen: Vec<&Location> =
                found.iter().filter(|at| !hidden(library, **at)).take(10).collect();
            for (slot, rank) in hits.iter_mut().zip(ranks) {
                let hit = seen.iter().take(rank).any(|at| title(library, at.reference) == wanted);
                *slot += usize::from(hit);
            }
        };
        let subject = Subject::new(&asked(&text.text), "", folding);
        let answer = ask::suggest(&subject, &library, folding, 60);
        count(&library, answer.suggestions.iter().map(|s| s.location).collect(), &mut own);
        count(&library, others, &mut baseline);
        if own[0] == 1 {
            let json = report::suggest_json(&answer, &library);
            schema::check("suggest-1.json", &serde_json::from_str(&json).unwrap());
        }
        for (at, held) in taken {
            library.entries[at.reference].text.paragraphs[at.paragraph] = held;
        }
    }
    let share = |hits: [usize; 3]| hits.map(|n| (100 * n) as f64 / asking.len().max(1) as f64);
    println!("{} paragraphs, hits at 1, 5, 10 in %", asking.len());
    println!("suggest {:.0?}", share(own));
    println!("BM25    {:.0?}", share(baseline));
    assert!(asking.len() > 20);
    assert!(own[2] >= baseline[2], "plain ranked search does better: {own:?} {baseline:?}");
    assert!(own[2] * 2 >= asking.len(), "{own:?} of {}", asking.len());
}

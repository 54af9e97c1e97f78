//! Two drafts in; what of them is not the same out, for tests only.

use adref::model::{AsideKind, Draft, Paragraph};

type Label = fn(&str) -> String;

/// All of a paragraph that is to stay as it is, line by line.
fn shown(paragraph: &Paragraph, label: Label) -> Vec<String> {
    let p = paragraph;
    let mut lines = vec![
        format!("id {}", p.id),
        format!("number {:?}", p.shown_number()),
        format!("annex {:?}", p.annex),
        format!("section {:?}", p.section),
        format!("text {:?}", p.text),
        format!("placeholder {}", p.placeholder),
    ];
    lines.extend(p.parts.iter().map(|x| format!("part {} {:?} {:?}", x.address, x.span, x.label)));
    lines.extend(p.asides.iter().map(|aside| {
        let text =
            if aside.kind == AsideKind::Footnote { label(&aside.text) } else { aside.text.clone() };
        format!("aside {} {:?} {text}", aside.at, aside.kind)
    }));
    let mut links: Vec<_> = p.links.iter().filter(|link| !link.span.is_empty()).collect();
    links.sort_by_key(|link| link.span.start);
    lines.extend(links.iter().map(|link| format!("link {:?} {}", link.span, link.href)));
    lines.extend(p.pins.iter().map(|pin| format!("pin {} {:?}", pin.source, pin.claim)));
    lines.extend(p.waivers.iter().map(|own| format!("waiver {} {}", own.rule, own.reason)));
    lines
}

/// What differs between two drafts, the first few differences.
///
/// `label` gives what of a footnote's label is to stay as it is.
pub fn differences(old: &Draft, new: &Draft, label: Label) -> Vec<String> {
    let mut found = Vec::new();
    let front = |d: &Draft| {
        let f = &d.front;
        format!(
            "{:?}",
            (
                (&f.symbol, &f.annex, &f.title, &f.names, &f.body, &f.adopted, f.extent),
                (&f.superseded_by, &f.note, &f.url, &f.stage, &f.date, &f.sources, &f.other)
            )
        )
    };
    if front(old) != front(new) {
        found.push(format!("front {} became {}", front(old), front(new)));
    }
    if old.headings != new.headings {
        let odd = old.headings.iter().zip(&new.headings).find(|(a, b)| a != b);
        found.push(format!(
            "headings {} became {}: {odd:?}",
            old.headings.len(),
            new.headings.len()
        ));
    }
    let notes = |d: &Draft| -> Vec<String> {
        d.footnotes.iter().map(|n| format!("{} {}", label(&n.label), n.text)).collect()
    };
    if notes(old) != notes(new) {
        let (old, new) = (notes(old), notes(new));
        let odd = old.iter().zip(&new).find(|(a, b)| a != b);
        found.push(format!("notes {} became {}: {odd:?}", old.len(), new.len()));
    }
    if old.paragraphs.len() != new.paragraphs.len() {
        found.push(format!("{} paragraphs became {}", old.paragraphs.len(), new.paragraphs.len()));
    }
    for (old, new) in old.paragraphs.iter().zip(&new.paragraphs) {
        let (old, new) = (shown(old, label), shown(new, label));
        for index in 0..old.len().max(new.len()) {
            let none = String::new();
            let (a, b) = (old.get(index).unwrap_or(&none), new.get(index).unwrap_or(&none));
            if a != b {
                found.push(format!("{}: {a}\n      became {b}", old[0]));
            }
        }
        if found.len() > 3 {
            break;
        }
    }
    found
}

//! Drafts in; the words of their paragraphs and headings with those of their footnotes where they are called, out.

use adref::model::{Aside, AsideKind, Draft};

/// The words of each paragraph, with the words of its footnotes in brackets where they are called.
pub fn with_footnotes(draft: &Draft) -> Vec<String> {
    texts(draft).1
}

/// The same of headings.
pub fn headings_with_footnotes(draft: &Draft) -> Vec<String> {
    texts(draft).0
}

fn texts(draft: &Draft) -> (Vec<String>, Vec<String>) {
    let mut called = vec![false; draft.footnotes.len()];
    let mut note = |label: &str| {
        let named = |at: &usize| draft.footnotes[*at].label == label;
        let all = || (0..draft.footnotes.len()).filter(named);
        let at = all().find(|at| !called[*at]).or_else(|| all().next());
        at.map_or(String::new(), |at| {
            called[at] = true;
            draft.footnotes[at].text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    };
    let mut whole = |words: &str, asides: &[Aside]| {
        let (mut text, mut from) = (String::new(), 0);
        for aside in asides.iter().filter(|aside| aside.kind == AsideKind::Footnote) {
            text.push_str(&words[from..aside.at]);
            text.push_str(&format!("⟦{}⟧", note(&aside.text)));
            from = aside.at;
        }
        text + &words[from..]
    };
    let (mut headings, mut paragraphs) = (Vec::new(), Vec::new());
    for at in 0..=draft.paragraphs.len() {
        for heading in draft.headings.iter().filter(|heading| heading.before == at) {
            headings.push(whole(&heading.text, &heading.calls));
        }
        paragraphs.extend(draft.paragraphs.get(at).map(|p| whole(&p.text, &p.asides)));
    }
    (headings, paragraphs)
}

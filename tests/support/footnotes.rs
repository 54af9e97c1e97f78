//! Drafts in; the words of their paragraphs with those of their footnotes where they are called, out.

use adref::model::{AsideKind, Draft};

/// The words of each paragraph, with the words of its footnotes in brackets where they are called.
pub fn with_footnotes(draft: &Draft) -> Vec<String> {
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
    let mut out = Vec::new();
    for paragraph in &draft.paragraphs {
        let (mut text, mut from) = (String::new(), 0);
        for aside in paragraph.asides.iter().filter(|aside| aside.kind == AsideKind::Footnote) {
            text.push_str(&paragraph.text[from..aside.at]);
            text.push_str(&format!("⟦{}⟧", note(&aside.text)));
            from = aside.at;
        }
        text.push_str(&paragraph.text[from..]);
        out.push(text);
    }
    out
}

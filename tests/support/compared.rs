//! Changes as a person writes them down in; a comparison of two drafts out.
//!
//! Each change is a line `kind old new similarity` with the indexes of its paragraphs, then its redline: `{+in+}`,
//! `{-out-}`, `¶` for the border between two paragraphs. `{7@+in+}` says that the words are in paragraph 7 of the other
//! side, `{w@-out-}` that only their writing differs; brackets alone are a change of status.

use adref::model::{
    BORDER, Change, ChangeKind, Comparison, Differs, Draft, HeadingChange, Op, Place, Segment, Span,
};

/// The comparison of two drafts that `text` tells; headings are paired by their places.
pub fn comparison(text: &str, old: &Draft, new: &Draft) -> Comparison {
    let changes = text.split("\n\n").filter(|part| !part.trim().is_empty());
    let changes: Vec<Change> = changes.map(|part| change(part, old, new)).collect();
    let mut headings: Vec<HeadingChange> = (0..new.headings.len().min(old.headings.len()))
        .map(|at| {
            let same = old.headings[at].text == new.headings[at].text;
            let kind = if same { ChangeKind::Unchanged } else { ChangeKind::Edited };
            HeadingChange { kind, old: Some(at), new: Some(at) }
        })
        .collect();
    headings.extend((headings.len()..new.headings.len()).map(|at| HeadingChange {
        kind: ChangeKind::Added,
        old: None,
        new: Some(at),
    }));
    Comparison { changes, headings, ..Comparison::default() }
}

fn change(text: &str, old: &Draft, new: &Draft) -> Change {
    let (head, redline) = text.trim().split_once('\n').expect("a redline");
    let facts: Vec<&str> = head.split(' ').collect();
    let [kind, olds, news, similarity] = facts[..] else { panic!("{head}") };
    let kind = match kind {
        "unchanged" => ChangeKind::Unchanged,
        "edited" => ChangeKind::Edited,
        "moved" => ChangeKind::Moved,
        "split" => ChangeKind::Split,
        "merged" => ChangeKind::Merged,
        "added" => ChangeKind::Added,
        "removed" => ChangeKind::Removed,
        other => panic!("{other} is no kind"),
    };
    let indexes = |list: &str| -> Vec<usize> {
        list.split(',').filter(|i| *i != "-").map(|i| i.parse().expect("an index")).collect()
    };
    let (olds, news) = (indexes(olds), indexes(news));
    let segments = segments(redline, &olds, &news);
    for (op, draft, paragraphs) in [(Op::Delete, old, &olds), (Op::Insert, new, &news)] {
        let own = segments.iter().filter(|s| s.op == op || s.op == Op::Equal);
        let told: String = own.map(|s| s.text.as_str()).collect();
        let texts: Vec<&str> =
            paragraphs.iter().map(|at| draft.paragraphs[*at].text.as_str()).collect();
        assert_eq!(told, texts.join(BORDER), "the redline of {head} is not the text");
    }
    let number = |draft: &Draft, paragraphs: &[usize]| {
        paragraphs.iter().map(|at| draft.paragraphs[*at].number.clone()).collect::<Vec<_>>()
    };
    let two_sided = !olds.is_empty() && !news.is_empty();
    Change {
        kind,
        renumbered: two_sided && number(old, &olds) != number(new, &news),
        moved: kind == ChangeKind::Moved,
        similarity: similarity.parse().expect("a share"),
        segments,
        acts: Vec::new(),
        footnotes: Vec::new(),
        agreed: None,
        old: olds,
        new: news,
    }
}

fn segments(redline: &str, old: &[usize], new: &[usize]) -> Vec<Segment> {
    let mut out = Vec::new();
    // Where each side stands: which of its paragraphs, and which byte of it.
    let mut at = [(0, 0), (0, 0)];
    let mut rest = redline;
    while !rest.is_empty() {
        let (op, elsewhere, writing, text, after) = match rest.strip_prefix('{') {
            None => {
                let end = rest.find(['{', '¶']).unwrap_or(rest.len());
                let end = if rest.starts_with('¶') { '¶'.len_utf8() } else { end };
                (Op::Equal, None, false, &rest[..end], &rest[end..])
            }
            Some(inner) => {
                let sign = inner.find(['+', '-']).expect("a sign");
                let (facts, inner) = inner.split_at(sign);
                let (op, close) =
                    if inner.starts_with('+') { (Op::Insert, "+}") } else { (Op::Delete, "-}") };
                let (text, after) = inner[1..].split_once(close).expect("an end");
                let facts = facts.trim_end_matches('@');
                (op, facts.parse().ok(), facts == "w", text, after)
            }
        };
        rest = after;
        let sides: &[usize] = match op {
            Op::Equal => &[0, 1],
            Op::Delete => &[0],
            Op::Insert => &[1],
        };
        let differs = match text.trim() {
            _ if writing => Differs::Writing,
            "[" | "]" if op != Op::Equal => Differs::Status,
            _ => Differs::Words,
        };
        let border = text == "¶";
        let text = if border { BORDER } else { text };
        let side = if op == Op::Delete { 0 } else { 1 };
        let (paragraph, start) = at[side];
        let place = Place {
            paragraph: *[old, new][side].get(paragraph).expect("a paragraph"),
            span: Span::new(start, start + text.len()),
        };
        for side in sides {
            let (paragraph, byte) = at[*side];
            at[*side] = if border { (paragraph + 1, 0) } else { (paragraph, byte + text.len()) };
        }
        out.push(Segment {
            op,
            text: text.to_owned(),
            place: (!border).then_some(place),
            differs,
            elsewhere,
            source: None,
        });
    }
    out
}

//! A text and the end of the source that it names in; the acts that it does right behind that, out.

use crate::model::Span;
use crate::text::{Weighed, is_determiner, opening_act, weighed};

/// So many words at most stand between a source and the act that a sentence goes on with: "of 19 December 2023, and in this
/// regard".
const LEAD: usize = 10;

/// The acts that a text does right behind the source it names first, which a sentence that opens with no act may hide: "In line with
/// paragraph 15 of resolution 78/213, | encourages".
pub(super) fn acts_behind(text: &str, source: usize) -> Vec<Weighed> {
    let rest = text.get(source..).unwrap_or_default();
    let clause = rest.split(['.', ';', '\n']).next().unwrap_or_default();
    let is_start = |(at, c): &(usize, char)| {
        let before = clause.get(..*at).unwrap_or_default();
        let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
        // "in response to its requests" does none.
        c.is_alphanumeric()
            && !before.ends_with(char::is_alphanumeric)
            && !last.is_some_and(is_determiner)
    };
    let starts = clause.char_indices().filter(is_start).take(LEAD);
    let acts = starts.filter_map(|(at, _)| {
        let own = rest.get(at..)?;
        let act = opening_act(own).filter(|act| act.span.start == 0)?;
        let mut act = weighed(own).into_iter().find(|weighed| weighed.span.overlaps(act.span))?;
        act.span = Span::new(act.span.start + source + at, act.span.end + source + at);
        Some(act)
    });
    acts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_behind_a_source() {
        for (before, behind, wanted) in [
            ("In line with paragraph 15 of resolution 78/213", ", encourages States", "encourages"),
            ("Recalls resolution 78/213", ", and in this regard urges States", "urges"),
            ("Recalls resolution 78/213", ", and recognizing all, urges", "recognizing urges"),
            ("In line with resolution 78/213", ", the harbours are lit", ""),
            ("In line with resolution 78/213", ". Encourages States", ""),
        ] {
            let text = format!("{before}{behind}");
            let acts = acts_behind(&text, before.len());
            let acts: Vec<&str> = acts.iter().map(|act| act.span.slice(&text)).collect();
            assert_eq!(acts.join(" "), wanted, "{text}");
        }
    }
}

//! A text and the end of the source that it names in; the act that it does right behind that, out.

use crate::model::Span;
use crate::text::{Weighed, opening_act, weighed};

/// So many words at most stand between a source and the act that a sentence goes on with: "of 19 December 2023, and in this
/// regard".
const LEAD: usize = 10;

/// The act that a text does right behind the source it names first, which a sentence that opens with no act may hide: "In line with
/// paragraph 15 of resolution 78/213, | encourages".
pub(super) fn act_behind(text: &str, source: usize) -> Option<Weighed> {
    let rest = text.get(source..)?;
    let clause = rest.split(['.', ';', '\n']).next()?;
    let is_start = |(at, c): &(usize, char)| {
        c.is_alphanumeric()
            && !clause.get(..*at).is_some_and(|b| b.ends_with(char::is_alphanumeric))
    };
    let starts = clause.char_indices().filter(is_start).take(LEAD);
    let mut acts = starts.filter_map(|(at, _)| {
        let own = rest.get(at..)?;
        let act = opening_act(own).filter(|act| act.span.start == 0)?;
        let mut act = weighed(own).into_iter().find(|weighed| weighed.span.overlaps(act.span))?;
        act.span = Span::new(act.span.start + source + at, act.span.end + source + at);
        Some(act)
    });
    acts.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_behind_a_source() {
        for (before, behind, wanted) in [
            ("In line with paragraph 15 of resolution 78/213", ", encourages States", "encourages"),
            ("Recalls resolution 78/213", ", and in this regard urges States", "urges"),
            ("In line with resolution 78/213", ", the harbours are lit", ""),
            ("In line with resolution 78/213", ". Encourages States", ""),
        ] {
            let text = format!("{before}{behind}");
            let act = act_behind(&text, before.len());
            assert_eq!(act.map_or("", |act| act.span.slice(&text)), wanted, "{text}");
        }
    }
}

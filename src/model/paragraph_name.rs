//! The id of a paragraph in; what readers call the paragraph out.

use super::Draft;

/// What readers call a paragraph: `paragraph 10`, `paragraph 10 (2nd)` where a number stands twice, and by their order
/// those without a number, which are the preamble before the first one with a number.
pub fn paragraph_name(id: &str, draft: Option<&Draft>) -> String {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if id.split('~').next() == Some("pp0") {
        return "the line that opens the preamble".to_owned();
    }
    if let Some(order) = id.strip_prefix("pp").filter(|order| is_number(order)) {
        let numbered = |draft: &Draft| draft.paragraphs.iter().position(|p| p.number.is_some());
        let preamble = draft.and_then(|draft| draft.paragraphs.get(..numbered(draft)?));
        let opens = preamble.is_some_and(|preamble| preamble.iter().any(|p| p.id == id));
        return format!("{} paragraph {order}", if opens { "preambular" } else { "unnumbered" });
    }
    match id.rsplit_once('~').filter(|(_, times)| is_number(times)) {
        Some((name, times)) => {
            format!("paragraph {name} ({times}{})", ending(times))
        }
        None => format!("paragraph {id}"),
    }
}

/// What makes a number an ordinal: 2nd, 11th.
fn ending(number: &str) -> &'static str {
    let is_teen = ["11", "12", "13"].iter().any(|teen| number.ends_with(teen));
    match number.bytes().next_back() {
        Some(b'1') if !is_teen => "st",
        Some(b'2') if !is_teen => "nd",
        Some(b'3') if !is_teen => "rd",
        _ => "th",
    }
}

//! Annotated drafts, comparisons and histories in; HTML pages that open anywhere, and need nothing but themselves, out.
//!
//! What is said stands in `annotated`, `redline` and `lineages`, how it looks in `templates/`. No page asks for anything
//! from anywhere, and each forbids it by its own security policy.

mod agreed;
mod annotated;
mod link;
pub(super) mod page;
pub(super) mod words;

pub(super) use annotated::write as annotated;
pub use page::{Making, Template, TemplateError};

/// The page that is served in place of another one: why that cannot be shown.
///
/// # Errors
/// When a template is at fault.
pub fn fault_html(message: &str, live: Option<usize>) -> Result<String, TemplateError> {
    #[derive(serde::Serialize)]
    struct Fault<'a> {
        lang: &'static str,
        title: &'static str,
        message: &'a str,
    }
    let fault = Fault { lang: "en", title: "The draft cannot be shown", message };
    page::page("fault.html", &fault, &Making { live, template: None })
}

/// So many paragraphs are named one by one where a page counts them.
pub(super) const MOST_NAMED: usize = 300;

/// A link within a page.
#[derive(serde::Serialize)]
pub(super) struct Anchor {
    pub(super) anchor: String,
    pub(super) label: String,
}

/// An id as it stands in an address: letters, digits and a few signs stay, all else is told by its number.
pub(super) fn anchored(id: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let told = |c: char| if plain(c) { c.to_string() } else { format!("~{:x}~", u32::from(c)) };
    id.chars().map(told).collect()
}

/// `A`, `B`, … `Z`, `27`: what a source is called beside others.
fn letter(nth: usize) -> String {
    let letter = u8::try_from(nth).ok().filter(|nth| (1..=26).contains(nth));
    letter.map_or_else(|| nth.to_string(), |nth| char::from(b'A' + nth - 1).to_string())
}

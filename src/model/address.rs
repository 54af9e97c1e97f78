//! A text and an address in; the paragraphs that have it out.

use super::{Draft, Paragraph, Part};

impl Draft {
    /// Paragraphs with this number, and the sub-paragraph meant, if the address names one: `9`, `25(a)`, `pp3`.
    pub fn paragraphs_at(&self, address: &str) -> Vec<(&Paragraph, Option<&str>)> {
        let wanted: String = address.split_whitespace().collect::<Vec<_>>().join(" ");
        let own = |p: &&Paragraph| p.is_called(&wanted);
        let whole: Vec<_> = self.paragraphs.iter().filter(own).map(|p| (p, None)).collect();
        if !whole.is_empty() {
            return whole;
        }
        let parts = self.paragraphs.iter().flat_map(|paragraph| {
            let meant = paragraph.parts_at(&wanted).map(|part| part.address.as_str());
            meant.map(move |part| (paragraph, Some(part)))
        });
        parts.collect()
    }
}

impl Paragraph {
    /// Sub-paragraphs with this address, which begins with the number of the paragraph: `25(a)`.
    pub fn parts_at(&self, address: &str) -> impl Iterator<Item = &Part> {
        // People write `25(a)`, `25 (a)` and `25a`.
        let close = |text: &str| text.replace([' ', '(', ')'], "");
        let wanted = close(address);
        self.parts.iter().filter(move |part| close(&self.address(Some(part))) == wanted)
    }
}

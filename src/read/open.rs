//! Texts of one paragraph in, one by one; the paragraph with its sub-paragraphs out.

use super::flow::Flow;
use crate::model::{Part, Pin, Span, Waiver};
use crate::text::label::{Label, Style, label};
use crate::text::number::{Printed, leading_value};

/// How deep sub-paragraphs nest; a text that goes deeper is read as if its parts stood side by side.
pub(super) const DEEPEST: usize = 16;

/// A paragraph under construction.
#[derive(Default)]
pub(super) struct Open {
    pub(super) number: Option<String>,
    /// True where the number is printed in square brackets.
    pub(super) bracketed: bool,
    pub(super) flow: Flow,
    pub(super) parts: Vec<Part>,
    /// Counters of the sub-paragraphs still open, outermost first.
    pub(super) levels: Vec<(Style, u64)>,
    /// Indices in `parts` of those still open, outermost first.
    pub(super) open_parts: Vec<usize>,
    pub(super) pins: Vec<Pin>,
    pub(super) waivers: Vec<Waiver>,
    /// Set for a paragraph that is itself an item of a list.
    pub(super) listed: bool,
    /// Set while a list numbered from 1 stands under this numbered paragraph.
    pub(super) counting: bool,
}

impl Open {
    /// Depth of a part that stands at this list depth: a paragraph written as a list item takes the
    /// outermost list for itself.
    pub(super) fn level(&self, depth: usize) -> usize {
        if self.listed && depth > 1 { depth - 1 } else { depth }
    }

    pub(super) fn ends_with_colon(&self) -> bool {
        self.flow.text.trim_end().ends_with(':')
    }

    /// The number and the counter of a list that may go on after a heading.
    pub(super) fn unfinished(&self) -> Option<(String, (Style, u64))> {
        let expected = self.ends_with_colon().then_some((Style::Lower, 0));
        let counter = self.levels.first().copied().or(expected)?;
        Some((self.number.clone()?, counter))
    }

    /// True when a list that stands on its own belongs under this paragraph.
    pub(super) fn expects_list(&self, flow: &Flow) -> bool {
        self.ends_with_colon() || !self.levels.is_empty() || label(&flow.text).is_some()
    }

    /// True when a paragraph number `value` counts an item of a list inside this paragraph; `again` tells whether
    /// the same number is still to come.
    pub(super) fn counts(&self, value: u64, again: impl FnOnce() -> bool) -> bool {
        let own = self.number.as_deref().and_then(leading_value);
        match (own, self.levels.first()) {
            (Some(own), Some((_, last))) if self.counting => {
                // Where both readings fit, a full stop before it ends the list, unless the next paragraph comes later.
                let ended = value == own + 1 && self.flow.text.trim_end().ends_with('.');
                value == last + 1 && (!ended || again())
            }
            (Some(own), None) => value == 1 && own != 0 && self.ends_with_colon(),
            _ => false,
        }
    }

    /// The depth and the counter of the innermost list counted with numbers.
    pub(super) fn counted(&self) -> Option<(usize, u64)> {
        let mut levels = self.levels.iter().enumerate().rev();
        let (at, (_, value)) = levels.find(|(_, (style, _))| *style == Style::DigitStop)?;
        Some((at + 1, *value))
    }

    /// True for `12 bis` after 12, and for `12 ter` after `12 bis`.
    pub(super) fn is_followed_by(&self, printed: &Printed) -> bool {
        let own = self.number.as_deref().and_then(leading_value);
        printed.is_inserted() && own.is_some() && own == printed.value()
    }

    /// True when `flow` is the rest of this paragraph after a list: it begins in mid-sentence.
    pub(super) fn goes_on_with(&self, flow: &Flow) -> bool {
        let small = flow.text.trim_start().starts_with(char::is_lowercase);
        let ended = self.flow.text.trim_end().ends_with(['.', '!', '?']);
        small && !self.levels.is_empty() && !ended
    }

    pub(super) fn goes_on(&mut self, flow: Flow) {
        self.end_parts(0);
        self.flow.append(flow.trimmed());
    }

    /// Adds a sub-paragraph; `depth` is where the markup puts it, if it says.
    pub(super) fn part(&mut self, label: Option<Label>, depth: Option<usize>, flow: Flow) {
        let depth = self.place(label.as_ref(), depth);
        self.end_deeper_than(depth - 1);
        let lead = flow.text.len() - flow.text.trim_start().len();
        self.flow.append(flow.trimmed());
        let length = self.flow.text.len();
        let start = self.last_line_start(length);
        let counter = match &label {
            Some(label) => label.counter.clone(),
            None => format!("•{}", self.levels.get(depth - 1).map_or(1, |(_, value)| *value)),
        };
        let outer = self.open_parts.last().and_then(|at| self.parts.get(*at));
        let address = format!("{}({counter})", outer.map_or("", |part| part.address.as_str()));
        let label = label.map_or(Span::new(start, start), |l| {
            Span::new(start + l.range.start - lead, start + l.range.end - lead)
        });
        // The end is set when the part is ended.
        self.open_parts.push(self.parts.len());
        self.parts.push(Part { address, depth, span: Span::new(start, 0), label });
    }

    fn last_line_start(&self, length: usize) -> usize {
        self.flow.text.get(..length).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1)
    }

    /// Ends the parts deeper than `keep` and forgets their counters.
    pub(super) fn end_parts(&mut self, keep: usize) {
        self.end_deeper_than(keep);
        self.levels.truncate(keep);
    }

    /// Ends the parts deeper than `keep`; the counter of a part about to begin stays.
    fn end_deeper_than(&mut self, keep: usize) {
        let end = self.flow.text.len();
        while let Some(at) = self.open_parts.last()
            && let Some(part) = self.parts.get_mut(*at)
            && part.depth > keep
        {
            part.span.end = end;
            self.open_parts.pop();
        }
    }

    /// Finds the depth of a sub-paragraph from its label and its neighbours, and counts it.
    fn place(&mut self, label: Option<&Label>, hint: Option<usize>) -> usize {
        let Some(label) = label else {
            let depth = hint.unwrap_or(1).clamp(1, self.levels.len() + 1);
            let counted = match self.levels.get(depth - 1) {
                Some((Style::Bullet, value)) => value + 1,
                _ => 1,
            };
            return self.set_level(depth, Style::Bullet, counted);
        };
        let readings = label.readings();
        let nests = self.ends_with_colon() && !self.levels.is_empty();
        let first = readings.iter().find(|(_, value)| *value == 1).copied();
        if let (true, Some((style, value))) = (nests, first) {
            return self.set_level(self.levels.len() + 1, style, value);
        }
        for depth in (1..=self.levels.len()).rev() {
            let follows = |(style, value): &&(Style, u64)| {
                self.levels.get(depth - 1).is_some_and(|(s, v)| s == style && v + 1 == *value)
            };
            if let Some((style, value)) = readings.iter().find(follows).copied() {
                return self.set_level(depth, style, value);
            }
        }
        let same = |(style, _): &&(Style, u64)| self.levels.iter().any(|(s, _)| s == style);
        let (style, value) = first
            .or_else(|| readings.iter().find(same).copied())
            .or_else(|| readings.last().copied())
            .unwrap_or((Style::Bullet, 1));
        let known = self.levels.iter().position(|(s, _)| *s == style).map(|at| at + 1);
        let depth = hint.or(known).unwrap_or(self.levels.len() + 1);
        self.set_level(depth.clamp(1, self.levels.len() + 1), style, value)
    }

    fn set_level(&mut self, depth: usize, style: Style, value: u64) -> usize {
        let depth = depth.min(DEEPEST);
        self.levels.truncate(depth - 1);
        self.levels.push((style, value));
        depth
    }
}

//! The lines of a group in; what Word prints before each, and which paragraph of the file a new one looks like, out.

use super::Group;
use crate::model::Set;
use crate::ooxml::xml::Element;
use crate::report::docx::lines::Kind;

impl<'e> Group<'_, '_, 'e> {
    /// What Word prints before the words of an old line.
    pub(super) fn printed(&self, line: usize) -> Option<&str> {
        let printed = self.ground.numbers.printed(self.stands.get(line)?.para);
        printed.filter(|printed| !printed.is_empty())
    }

    /// True for a byte of the old text that Word prints before the words of its line.
    pub(super) fn is_printed(&self, at: usize) -> bool {
        let start = self.old_rows.get(self.at.0).map_or(0, |row| row.start);
        self.printed(self.at.0).is_some_and(|printed| at < start + printed.len() + 1)
    }

    /// True for a byte of the new text that Word prints before its line, as it does before the old line that ends with
    /// the same mark.
    pub(super) fn goes_on_printing(&self, at: usize) -> bool {
        let printed = |old| self.printed(old);
        let kept = self.kept.get(self.at.1).copied().flatten().and_then(printed);
        self.new_rows.get(self.at.1).zip(kept).is_some_and(|(row, printed)| {
            let words = row.text.get(row.line.range.clone()).unwrap_or_default();
            at < row.start + printed.len() + 1 && words.starts_with(printed)
        })
    }

    /// The properties of the paragraph that a new line looks like.
    pub(super) fn like(&self, line: usize) -> Option<&'e Element> {
        let paragraphs = &self.ground.story.paragraphs;
        let of = |old: usize| paragraphs.get(self.stands.get(old)?.para)?.properties;
        let kind = self.new_rows.get(line)?.line.kind;
        let bullet = self.new_rows.get(line)?.line.bullet;
        let same = |old: &usize| {
            let row = self.old_rows.get(*old);
            row.is_some_and(|row| row.line.kind == kind && row.line.bullet == bullet)
        };
        let alike = |host| std::iter::once(host).chain(0..self.old_rows.len()).find(same);
        if let Some(kept) = self.kept.get(line).copied().flatten() {
            // A line that took the place of another kind of line is counted as those of its own kind are.
            let counted = |old: &usize| self.ground.likes.is_counted(of(*old));
            let own = alike(kept).filter(|own| counted(own) && counted(&kept)).unwrap_or(kept);
            return self.became_counted(kept, kind).or_else(|| of(own));
        }
        let host = self.host.get(line).copied()?;
        match alike(host) {
            Some(own) => of(own),
            None => {
                let near = self.stands.get(host)?.para;
                self.ground
                    .likes
                    .near(kind, bullet, near)
                    .map_or_else(|| of(host), |like| like.properties)
            }
        }
    }

    /// What a line looks like that got a number where Word counts such lines.
    fn became_counted(&self, old: usize, kind: Kind) -> Option<&'e Element> {
        let was = self.old_rows.get(old)?.line.kind;
        let para = self.stands.get(old)?.para;
        let got = (was, kind) == (Kind::Text, Kind::Numbered);
        let like = self.ground.likes.near(kind, false, para).filter(|_| got)?;
        like.properties.filter(|_| self.ground.likes.is_counted(like.properties))
    }

    /// Whether a byte of the new text is set in bold and in italics, where its line comes in as a whole; else it looks like what
    /// stands beside it.
    pub(super) fn set(&self, at: usize) -> Option<(bool, bool)> {
        let row = self.new_rows.get(self.at.1)?;
        let stood = self.stood.get(self.at.1).copied().unwrap_or(true);
        if !self.ground.has_looks || stood {
            return None;
        }
        let own = row.line.range.start + at.checked_sub(row.start)?;
        let all = row.settings.iter().filter(|s| s.span.start <= own && own < s.span.end);
        let is = |how| all.clone().any(|setting| setting.how == how);
        Some((is(Set::Bold), is(Set::Italic)))
    }

    /// True where Word prints the number of a new line.
    pub(super) fn is_counted(&self, line: usize) -> bool {
        self.ground.likes.is_counted(self.like(line))
    }
}

//! A history in; a table that fits the terminal, or the lives of single paragraphs, out.

use super::heads::{Heads, heads};
use super::life::{Moment, lives};
use super::table::{Layout, NARROWEST, Row};
use super::told::{Cell, none_shown, summary, titles};
use super::{Followed, HistoryOptions};
use crate::model::{Lineage, Step, StepKind};
use crate::report::DiffOptions;
use crate::report::diff::terminal::{MARGIN, one};
use crate::report::evidence::{count, sign};
use crate::report::wrap::{Look, Styled};

/// Lines of running text are no longer than this however wide the terminal is.
const WIDEST: usize = 120;

/// So many characters of a paragraph are enough to tell which it is.
pub(super) const OPENING: usize = 160;

/// Writes the report.
pub(super) fn write(followed: Followed<'_>, options: &HistoryOptions) -> String {
    let page = Page { followed, options, width: options.width.max(40) };
    let mut out = page.top();
    if options.lives.is_some() {
        for life in lives(followed, options) {
            life.iter().for_each(|moment| out.push_str(&page.moment(moment)));
        }
        return out;
    }
    out + &page.table()
}

struct Page<'r> {
    followed: Followed<'r>,
    options: &'r HistoryOptions,
    width: usize,
}

impl Page<'_> {
    fn styled(&self, styled: &Styled, indent: (usize, usize)) -> String {
        styled.wrapped(indent, self.width.min(WIDEST), self.options.color)
    }

    fn line(&self, text: impl AsRef<str>, look: Look) -> String {
        let mut styled = Styled::default();
        styled.push(text, look);
        self.styled(&styled, (0, 2))
    }

    fn top(&self) -> String {
        let (title, revisions) = titles(self.followed);
        let mut out = self.line(title, Look::Strong) + &self.line(revisions, Look::Faint) + "\n";
        if self.options.lives.is_none() {
            for line in summary(self.followed) {
                out.push_str(&self.line(line, Look::Plain));
            }
            out.push('\n');
        }
        out
    }

    fn table(&self) -> String {
        let history = self.followed.history;
        let shown = self.options.shown(self.followed);
        if shown.is_empty() {
            return self.line(none_shown(&self.options.only), Look::Plain);
        }
        let labels: Vec<String> = history.revisions.iter().map(|r| opening(&r.label)).collect();
        let Heads { names: head, legend } = heads(&labels, NARROWEST);
        let rows: Vec<Row> = shown.iter().map(|(_, lineage)| self.row(lineage)).collect();
        let layout = Layout::new(&head, &rows, self.width);
        let named = Row {
            cells: head.into_iter().map(|label| (label, Look::Strong)).collect(),
            words: "first words".to_owned(),
        };
        let mut out = self.left_out(&layout, &rows);
        if let Some(legend) = legend {
            out.push_str(&(self.line(legend, Look::Plain) + "\n"));
        }
        out.push_str(&layout.row(&named, self.options.color));
        out.push_str(&layout.rule(self.options.color));
        for row in rows.iter().filter(|row| layout.has(row)) {
            out.push_str(&layout.row(row, self.options.color));
        }
        out
    }

    /// Says which revisions have no room.
    fn left_out(&self, layout: &Layout, rows: &[Row]) -> String {
        if layout.skipped == 0 {
            return String::new();
        }
        let ended = rows.iter().filter(|row| !layout.has(row)).count();
        let ended = match ended {
            0 => String::new(),
            some => format!(
                ", and {} that ended before {} left out",
                count(some, "paragraph", "paragraphs"),
                if some == 1 { "is" } else { "are" }
            ),
        };
        let older = match layout.skipped {
            1 => "oldest revision has".to_owned(),
            some => format!("{some}\u{a0}oldest revisions have"),
        };
        let told = format!(
            "The {older} no room here{ended}. A wider terminal shows more; --format csv shows all."
        );
        self.line(told, Look::Faint) + "\n"
    }

    fn row(&self, lineage: &Lineage) -> Row {
        let cells = (0..self.followed.history.revisions.len()).map(|revision| {
            lineage.at(revision).map_or_else(
                || (String::new(), Look::Plain),
                |step| (cell(self.followed, lineage, step), look(step)),
            )
        });
        let newest = self.followed.newest(lineage);
        Row { cells: cells.collect(), words: newest.map_or(String::new(), |p| opening(&p.text)) }
    }

    fn moment(&self, moment: &Moment<'_>) -> String {
        let mut styled = Styled::default();
        styled.push(&moment.revision, Look::Strong);
        styled.push(format!(" · {}", moment.told), look(moment.step));
        moment.mark.iter().for_each(|mark| styled.push(format!(" · {mark}"), Look::Plain));
        let mut out = self.styled(&styled, (0, 2));
        if let Some(text) = moment.text {
            let mut styled = Styled::default();
            styled.push(text, Look::Plain);
            out.push_str(&self.styled(&styled, (MARGIN, 0)));
        }
        if let Some((change, compared)) = moment.change {
            let options = DiffOptions {
                width: self.width,
                color: self.options.color,
                ..DiffOptions::default()
            };
            // The change ends with an empty line itself.
            return out + &one(change, compared, &options);
        }
        out + "\n"
    }
}

/// A cell with the sign of its mark: `◆ 12 → 14 edited`.
pub(super) fn cell(followed: Followed<'_>, lineage: &Lineage, step: &Step) -> String {
    let text = Cell::of(followed, lineage, step).text();
    match step.mark {
        Some(mark) => format!("{}\u{a0}{text}", sign(Some(mark))),
        None => text,
    }
}

fn look(step: &Step) -> Look {
    match step.kind {
        StepKind::First => Look::Plain,
        StepKind::Unchanged if step.renumbered => Look::Plain,
        StepKind::Unchanged | StepKind::Dropped | StepKind::MergedInto => Look::Faint,
        StepKind::New | StepKind::SplitFrom => Look::New,
        StepKind::Moved | StepKind::Back => Look::Moved,
        StepKind::Edited | StepKind::Split | StepKind::Merged => Look::Recalled,
    }
}

/// The first words of a text.
fn opening(text: &str) -> String {
    text.chars().take(OPENING).collect()
}

//! What stays, goes and comes in a group in; which lines end with the same mark, and which are new as a whole, out.

use super::{Group, Row};
use crate::model::{Op, Segment};

impl Group<'_, '_, '_> {
    /// Finds the lines that end with the same mark on both sides.
    pub(super) fn align(&mut self, segments: &[Segment]) -> Option<()> {
        let (mut o, mut n) = (0, 0);
        let mut taken = vec![false; self.old_rows.len()];
        let joint = |rows: &[Row<'_>], at: usize| {
            let index = rows.partition_point(|row| row.end <= at).checked_sub(1)?;
            let next = rows.get(index + 1)?;
            (at < next.start).then_some(index)
        };
        for segment in segments {
            let text = &segment.text;
            if segment.op != Op::Delete {
                for (by, _) in text.match_indices('\n') {
                    let Some(line) = joint(&self.new_rows, n + by) else { continue };
                    let host = if segment.op == Op::Equal { o + by } else { o };
                    let within = self.old_rows.partition_point(|row| row.start <= host);
                    *self.host.get_mut(line)? = within.saturating_sub(1);
                    let same = (segment.op == Op::Equal).then(|| joint(&self.old_rows, o + by));
                    let slot = self.kept.get_mut(line)?;
                    if let (Some(Some(other)), None) = (same, *slot)
                        && !std::mem::replace(taken.get_mut(other)?, true)
                    {
                        *slot = Some(other);
                    }
                }
            }
            if segment.op == Op::Equal {
                self.stay(n, text);
            }
            o += if segment.op == Op::Insert { 0 } else { text.len() };
            n += if segment.op == Op::Delete { 0 } else { text.len() };
        }
        let last = self.old_rows.len().checked_sub(1)?;
        *self.kept.last_mut()? = Some(last);
        *self.host.last_mut()? = last;
        (o == self.old_rows.last()?.end && n == self.new_rows.last()?.end).then_some(())
    }

    /// Words at byte `start` of the new text stood there before.
    fn stay(&mut self, start: usize, text: &str) {
        for (row, stood) in self.new_rows.iter().zip(&mut self.stood) {
            let own = row.start.max(start)..row.end.min(start + text.len());
            let words = own.start.checked_sub(start).zip(own.end.checked_sub(start));
            let words = words.and_then(|(from, to)| text.get(from..to)).unwrap_or_default();
            *stood |= words.contains(char::is_alphanumeric);
        }
    }
}

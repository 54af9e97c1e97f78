//! Blocks in; the numbers that are still to come, from any of them on, out.

use std::collections::VecDeque;

use super::assemble::Block;
use crate::text::number::printed_number;

/// The plain numbers that begin paragraphs and items of outer lists, each with the index of its block.
#[derive(Default)]
pub(super) struct Ahead(VecDeque<(usize, u64)>);

impl Ahead {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let found = blocks.iter().enumerate().filter_map(|(at, block)| {
            let number = match block {
                Block::Text { flow } => printed_number(&flow.text)?.number,
                Block::Item { depth: 1, marker: Some((number, _)), .. } => number.clone(),
                _ => return None,
            };
            Some((at, number.parse().ok()?))
        });
        Self(found.collect())
    }

    /// Reading has come to block `at`: its number is no longer to come.
    pub(super) fn come_to(&mut self, at: usize) {
        while self.0.front().is_some_and(|(place, _)| *place <= at) {
            self.0.pop_front();
        }
    }

    /// True when `value` is still to come before numbers begin anew: what has it here counts something else.
    pub(super) fn holds(&self, value: u64) -> bool {
        let mut series = self.0.iter().map(|(_, number)| *number).take_while(|n| *n != 1);
        series.any(|number| number == value)
    }
}

#[cfg(test)]
mod tests {
    use crate::read::read;

    #[test]
    fn a_list_that_comes_to_the_number_of_the_next_paragraph() {
        for (source, wanted) in [
            (
                "1. The agenda:\n\n1. One.\n\n2. Two.\n\n3. Three.\n\n2. We met.\n\n3. We left.\n",
                ["1. One.", "2. Two.", "3. Three."].as_slice(),
            ),
            ("1. The agenda:\n\n1. One.\n\n2. We met.\n\n3. We left.\n", &["1. One."]),
        ] {
            let draft = read("draft.md", source.as_bytes()).expect("readable");
            let first = &draft.paragraphs[0];
            let parts: Vec<_> =
                first.parts.iter().map(|part| part.span.slice(&first.text)).collect();
            assert_eq!(parts, wanted, "{source}");
            let numbers: Vec<_> = draft.paragraphs.iter().flat_map(|p| &p.number).collect();
            assert_eq!(numbers, ["1", "2", "3"], "{source}");
        }
    }
}

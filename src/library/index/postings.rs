//! The word sequences of paragraphs in; a table that tells for each in which paragraphs it stands, and look-ups, out.
//!
//! A sequence is known by the first bits of its key. The table is cut into blocks by the very first ones; a block
//! has its checksum, how many sequences it has, what tells each from the others (see `rice`), and then for each, in the
//! same order: in how many paragraphs it stands, where these are many how many bits they take, and they themselves. No
//! bit stands between these numbers (see `bits`). The directory says where each block begins.
//!
//! Two sequences whose first bits agree are held as one: a look-up may then tell too many paragraphs, never too few.

use rayon::prelude::*;

use super::bits::{Reader, Writer};
use super::rice;
use super::store::{Fault, Store, number, numbers, sum};

/// Bits of a key that an unsorted pair keeps beside its partition.
const LOW_BITS: u32 = 40;

/// Bits of a paragraph's number.
const ID_BITS: u32 = 24;

/// More paragraphs than these cannot be told apart by one segment.
pub(super) const MOST_PARAGRAPHS: usize = 1 << ID_BITS;

/// Pairs are parted by so many first bits of their keys; a table has at least as many blocks.
const PARTITION_BITS: u32 = 8;

const PARTITIONS: usize = 1 << PARTITION_BITS;

/// Sequences of a block, about, counting each as often as it stands somewhere.
const BLOCK: usize = 256;

/// Bits kept of a key beyond those that number all sequences: one look-up in 2^11 at most meets a wrong sequence, and
/// what it names is dropped when it is aligned. Each bit more would make the table larger by a bit for each sequence.
const SPARE_BITS: u32 = 11;

/// Of a sequence that stands in more paragraphs than these it is told how many bits they take, so that they can be passed
/// over.
const FEW: usize = 16;

/// Bytes of a checksum before a block.
const SUM: usize = size_of::<u32>();

/// Pairs of a sequence and the paragraph it stands in, parted by the first bits of the sequence.
#[derive(Debug)]
pub(super) struct Pairs(Vec<Vec<u64>>);

impl Default for Pairs {
    fn default() -> Self {
        Self(vec![Vec::new(); PARTITIONS])
    }
}

impl Pairs {
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// Says that these sequences stand in the paragraph with this number.
    pub(super) fn add(&mut self, paragraph: u32, keys: &[u64]) {
        for key in keys {
            let low = key >> (64 - PARTITION_BITS - LOW_BITS) & ((1 << LOW_BITS) - 1);
            if let Some(part) = self.0.get_mut((key >> (64 - PARTITION_BITS)) as usize) {
                part.push(low << ID_BITS | u64::from(paragraph));
            }
        }
    }

    /// The table, for so many paragraphs.
    pub(super) fn table(self, paragraphs: u32) -> Table {
        let count = self.len();
        let bits = (count / BLOCK).max(1).ilog2().max(PARTITION_BITS);
        let spare = count.max(1).ilog2() + 1 + SPARE_BITS;
        let kept = spare.clamp(bits, PARTITION_BITS + LOW_BITS);
        let shape = Shape { bits, kept };
        let parts: Vec<(Vec<u32>, Vec<u8>)> =
            self.0.into_par_iter().map(|part| shape.encode(part, paragraphs)).collect();
        let ends = parts.iter().flat_map(|(lengths, _)| lengths).scan(0, |end, length| {
            *end += length;
            Some(*end)
        });
        let directory = numbers(std::iter::once(0).chain(ends));
        Table { shape, directory, blocks: parts.into_iter().map(|(_, bytes)| bytes).collect() }
    }
}

/// A table ready to be written.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) shape: Shape,
    /// Where each block begins, and where the last ends.
    pub(super) directory: Vec<u8>,
    /// The blocks one after another, in several pieces.
    pub(super) blocks: Vec<Vec<u8>>,
}

/// How keys are cut.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Shape {
    /// First bits of a key that name its block.
    bits: u32,
    /// First bits of a key by which it is known.
    kept: u32,
}

impl Shape {
    pub(super) fn blocks(self) -> usize {
        1 << self.bits.min(31)
    }

    fn is_sound(self) -> bool {
        let inside = self.kept.checked_sub(self.bits);
        (1..=31).contains(&self.bits) && self.kept < 64 && inside.is_some_and(|bits| bits < 32)
    }

    fn block(self, key: u64) -> usize {
        (key >> (64 - self.bits)) as usize
    }

    /// What tells a key from others in its block.
    fn rest(self, key: u64) -> u64 {
        key >> (64 - self.kept) & ((1 << (self.kept - self.bits)) - 1)
    }

    /// The lengths of the blocks that one partition makes, and their bytes.
    fn encode(self, mut pairs: Vec<u64>, paragraphs: u32) -> (Vec<u32>, Vec<u8>) {
        let dropped = PARTITION_BITS + LOW_BITS - self.kept;
        let mask = (u64::MAX << (dropped + ID_BITS)) | ((1 << ID_BITS) - 1);
        pairs.iter_mut().for_each(|pair| *pair &= mask);
        pairs.sort_unstable();
        pairs.dedup();
        let blocks = 1usize << (self.bits - PARTITION_BITS);
        let mut lengths = Vec::with_capacity(blocks);
        let mut bytes = Vec::with_capacity(pairs.len() * 4);
        let (mut rests, mut ids) = (Vec::new(), Vec::new());
        let inside = self.kept - self.bits;
        let mut rest = pairs.as_slice();
        for block in 0..blocks as u64 {
            let key = |pair: u64| pair >> (dropped + ID_BITS);
            let (own, after) = rest.split_at(rest.partition_point(|p| key(*p) >> inside <= block));
            rest = after;
            let start = bytes.len();
            bytes.extend([0; SUM]);
            let same = || own.chunk_by(|a, b| key(*a) == key(*b));
            rests.clear();
            let firsts = same().filter_map(|pairs| pairs.first());
            rests.extend(firsts.map(|pair| (key(*pair) & ((1 << inside) - 1)) as u32));
            let mut bits = Writer::new(&mut bytes);
            bits.add_gamma(rests.len() as u64 + 1);
            rice::push(&rests, 1 << inside, &mut bits);
            for pairs in same() {
                ids.clear();
                ids.extend(pairs.iter().map(|pair| (pair & ((1 << ID_BITS) - 1)) as u32));
                bits.add_gamma(ids.len() as u64);
                match ids.as_slice() {
                    [only] => bits.add(u64::from(*only), id_bits(paragraphs)),
                    few if few.len() <= FEW => rice::push(few, paragraphs, &mut bits),
                    many => {
                        bits.add_gamma(rice::bits(many, paragraphs));
                        rice::push(many, paragraphs, &mut bits);
                    }
                }
            }
            bits.end();
            let checked = bytes.get(start + SUM..).map_or(0, |payload| sum(payload) as u32);
            if let Some(slot) = bytes.get_mut(start..start + SUM) {
                slot.copy_from_slice(&checked.to_le_bytes());
            }
            lengths.push((bytes.len() - start) as u32);
        }
        (lengths, bytes)
    }
}

/// The paragraphs of sequences looked up: one list for each, in ascending order.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<Part>);

/// The lists of some sequences that were looked up together.
#[derive(Debug, Default)]
struct Part {
    ends: Vec<usize>,
    ids: Vec<u32>,
}

impl Lists {
    /// The paragraphs in which the sequence with this index stands.
    pub(super) fn get(&self, index: usize) -> &[u32] {
        self.0.get(index / TOGETHER).map(|part| part.get(index % TOGETHER)).unwrap_or_default()
    }
}

impl Part {
    fn get(&self, index: usize) -> &[u32] {
        let from = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let to = self.ends.get(index);
        from.zip(to).and_then(|(from, to)| self.ids.get(from..*to)).unwrap_or_default()
    }
}

/// So many sequences are looked up at a time.
const TOGETHER: usize = 256;

/// Looks up sequences, given in ascending order, in a table of so many paragraphs whose blocks begin at byte `at`.
pub(super) fn look_up(
    keys: &[u64],
    shape: Shape,
    directory: &[u8],
    store: &Store,
    at: u64,
    paragraphs: u32,
) -> Result<Lists, Fault> {
    if !shape.is_sound() || directory.len() != (shape.blocks() + 1) * 4 {
        return Err(Fault::Damaged);
    }
    let look_up = |room: &mut Vec<u8>, keys: &[u64]| {
        let mut part = Part::default();
        for same in keys.chunk_by(|a, b| shape.block(*a) == shape.block(*b)) {
            let block = same.first().map_or(0, |key| shape.block(*key));
            let from = number(directory, block)?;
            let length = number(directory, block + 1)?.checked_sub(from).ok_or(Fault::Damaged)?;
            let begin = at.checked_add(u64::from(from)).ok_or(Fault::Damaged)?;
            let bytes = store.few(begin, u64::from(length), room)?;
            look_in(bytes, same, shape, paragraphs, &mut part)?;
        }
        Ok(part)
    };
    Ok(Lists(keys.par_chunks(TOGETHER).map_init(Vec::new, look_up).collect::<Result<_, Fault>>()?))
}

/// Adds, for each of these keys, which belong to one block, its paragraphs.
fn look_in(
    block: &[u8],
    keys: &[u64],
    shape: Shape,
    paragraphs: u32,
    lists: &mut Part,
) -> Result<(), Fault> {
    let (checked, bytes) = block.split_first_chunk::<SUM>().ok_or(Fault::Damaged)?;
    if sum(bytes) as u32 != u32::from_le_bytes(*checked) {
        return Err(Fault::Damaged);
    }
    let mut bits = Reader::new(bytes);
    let count = bits.take_gamma()? - 1;
    // Each takes a bit at least.
    if count > bytes.len() as u64 * 8 {
        return Err(Fault::Damaged);
    }
    let mut rests = Vec::with_capacity(count as usize);
    rice::take(&mut bits, count as usize, 1 << (shape.kept - shape.bits), &mut rests)?;
    let mut passed = 0;
    let mut before: Option<(u64, std::ops::Range<usize>)> = None;
    for key in keys {
        let wanted = shape.rest(*key);
        let from = lists.ids.len();
        if let Some((_, same)) = before.clone().filter(|(rest, _)| *rest == wanted) {
            lists.ids.extend_from_within(same);
        } else if let Ok(at) = rests.binary_search(&(wanted as u32)) {
            while passed < at {
                pass_over(&mut bits, paragraphs)?;
                passed += 1;
            }
            ids(&mut bits, paragraphs, &mut lists.ids)?;
            passed += 1;
            before = Some((wanted, from..lists.ids.len()));
        }
        lists.ends.push(lists.ids.len());
    }
    Ok(())
}

/// Reads the paragraphs of a sequence.
fn ids(bits: &mut Reader<'_>, paragraphs: u32, ids: &mut Vec<u32>) -> Result<(), Fault> {
    match counted(bits, paragraphs)? {
        1 => {
            let id = bits.take(id_bits(paragraphs))? as u32;
            if id >= paragraphs {
                return Err(Fault::Damaged);
            }
            ids.push(id);
            Ok(())
        }
        few @ ..=FEW => rice::take(bits, few, paragraphs, ids),
        many => {
            bits.take_gamma()?;
            rice::take(bits, many, paragraphs, ids)
        }
    }
}

/// Goes beyond the paragraphs of a sequence.
fn pass_over(bits: &mut Reader<'_>, paragraphs: u32) -> Result<(), Fault> {
    match counted(bits, paragraphs)? {
        1 => bits.skip(id_bits(paragraphs) as usize),
        few @ ..=FEW => rice::pass_over(bits, few, paragraphs),
        _ => {
            let length = bits.take_gamma()?;
            bits.skip(length as usize)
        }
    }
}

/// In how many paragraphs a sequence stands: no more than there are.
fn counted(bits: &mut Reader<'_>, paragraphs: u32) -> Result<usize, Fault> {
    let count = bits.take_gamma()?;
    if count <= u64::from(paragraphs) { Ok(count as usize) } else { Err(Fault::Damaged) }
}

/// Bits that the number of any of so many paragraphs takes.
fn id_bits(paragraphs: u32) -> u32 {
    u32::BITS - paragraphs.saturating_sub(1).leading_zeros()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_found(
            rows in prop::collection::vec((prop::collection::vec(0u64..400, 0..60), 0u32..3), 1..60),
            asked in prop::collection::btree_set(0u64..500, 0..200),
        ) {
            // Spread over all blocks, as hashes are.
            let spread = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut pairs = Pairs::default();
            for (paragraph, (keys, _)) in rows.iter().enumerate() {
                let keys: Vec<u64> = keys.iter().map(|k| spread(*k)).collect();
                pairs.add(paragraph as u32, &keys);
            }
            let table = pairs.table(rows.len() as u32);
            let store = Store::Memory(Arc::new(table.blocks.concat()));
            let mut keys: Vec<u64> = asked.iter().map(|k| spread(*k)).collect();
            keys.sort_unstable();
            let lists =
                look_up(&keys, table.shape, &table.directory, &store, 0, rows.len() as u32).unwrap();
            for (index, key) in keys.iter().enumerate() {
                let wanted: Vec<u32> = (0..rows.len() as u32)
                    .filter(|p| rows[*p as usize].0.iter().any(|k| spread(*k) == *key))
                    .collect();
                prop_assert_eq!(lists.get(index), wanted.as_slice());
            }
        }
    }
}

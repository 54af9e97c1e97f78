//! Words as they are written in; each written form once, with the key of its word, to be stored, out; and back.

use std::collections::HashSet;
use std::collections::hash_map::Entry;

use super::store::{Bytes, Fault, Section, Store, sum};
use crate::model::Forms;
use crate::text::KeyMap;

/// More forms are not kept: a library that is no language must not fill the memory.
const MOST: usize = 1 << 21;

/// Bytes of a key.
const KEY: usize = size_of::<u64>();

/// A form not met before, in small letters, and the key of its word.
pub(super) type Form = (String, u64);

/// The forms that one thread has met.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// The words by the sums of their bytes, as they were written.
    seen: KeyMap<()>,
    /// Forms that were not told yet.
    fresh: Vec<Form>,
}

impl Met {
    /// Meets a word as it is written.
    #[inline]
    pub(super) fn meet(&mut self, written: &str, key: u64) {
        let full = self.seen.len() > MOST;
        // The same form may be one word here and another there.
        if let Entry::Vacant(slot) = self.seen.entry(sum(written.as_bytes()) ^ key)
            && !full
            && !written.contains(char::is_numeric)
        {
            slot.insert(());
            let letters = written.chars().filter(|c| !c.is_control());
            // Letter by letter, as forms are compared.
            self.fresh.push((letters.flat_map(char::to_lowercase).collect(), key));
        }
    }

    /// The forms met since this was last asked, each of which may have been told by another thread.
    pub(super) fn take(&mut self) -> Vec<Form> {
        std::mem::take(&mut self.fresh)
    }
}

/// All forms of a segment.
#[derive(Debug, Default)]
pub(super) struct All(HashSet<Form>);

impl All {
    pub(super) fn add(&mut self, forms: Vec<Form>) {
        self.0.extend(forms);
    }

    /// As they are stored: how many there are, their keys, and then the forms, with a line feed behind each. Nothing is
    /// stored of too many.
    pub(super) fn written(self) -> Vec<u8> {
        let mut forms: Vec<Form> = self.0.into_iter().collect();
        if forms.len() > MOST {
            return Vec::new();
        }
        forms.sort_unstable();
        let mut bytes = (forms.len() as u64).to_le_bytes().to_vec();
        bytes.extend(forms.iter().flat_map(|(_, key)| key.to_le_bytes()));
        forms.iter().for_each(|(form, _)| {
            bytes.extend(form.as_bytes());
            bytes.push(b'\n');
        });
        bytes
    }
}

/// The forms of a segment as they are stored.
pub(super) struct Stored<'s>(Bytes<'s>);

impl<'s> Stored<'s> {
    /// Opens what was [`written`](All::written); nothing where there were too many.
    pub(super) fn open(store: &'s Store, section: Section) -> Result<Option<Self>, Fault> {
        let stored = Self(store.section(section)?);
        match stored.parts() {
            Some(_) => Ok(Some(stored)),
            None if section.len == 0 => Ok(None),
            None => Err(Fault::Damaged),
        }
    }

    fn parts(&self) -> Option<(&[u8], &str)> {
        let (count, rest) = self.0.as_slice().split_first_chunk::<KEY>()?;
        let keys = usize::try_from(u64::from_le_bytes(*count)).ok()?.checked_mul(KEY)?;
        let (keys, forms) = rest.split_at_checked(keys)?;
        Some((keys, std::str::from_utf8(forms).ok()?))
    }
}

impl Forms for Stored<'_> {
    fn each(&self, tell: &mut dyn FnMut(&str, u64)) {
        let Some((keys, forms)) = self.parts() else { return };
        let (keys, _) = keys.as_chunks::<KEY>();
        forms.lines().zip(keys).for_each(|(form, key)| tell(form, u64::from_le_bytes(*key)));
    }
}

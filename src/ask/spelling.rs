//! A word looked for in; how like it a word of a text is that has a slip of the pen, out.
//!
//! One letter may be wrong, missing, too many, or two may have changed places: one such slip where the longer of the
//! two words has [`ONCE`] letters and more, two where it has [`TWICE`] and more. The distance is that of optimal string
//! alignment (Damerau, "A technique for computer detection and correction of spelling errors", 1964).

/// Letters from which one slip is forgiven; among shorter words too many differ by one letter.
const ONCE: usize = 5;

/// Letters from which two are.
const TWICE: usize = 9;

/// A word of more letters is not held against others: this bounds the time.
const MOST: usize = 40;

/// A word that may have been misspelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    letters: Vec<char>,
    /// Which letters it has, one bit for several of them.
    set: u64,
}

impl Spelling {
    /// None for a word that is too short, too long, or has digits in it.
    pub(super) fn of(word: &str) -> Option<Self> {
        // With a letter too few, it may stand for one that is just long enough.
        let (_, set) = outline(word).filter(|(count, _)| count + 1 >= ONCE)?;
        Some(Self { letters: letters(word), set })
    }

    /// The share (0..1) of the letters that are right, where `word` of a text is this one with a slip in either of
    /// them.
    pub(super) fn likeness(&self, word: &str) -> Option<f64> {
        // Every word of a library may come here: what most of them fail at is looked at without making anything.
        let (count, others) = outline(word)?;
        let longer = count.max(self.letters.len());
        let slips = match longer {
            ..ONCE => return None,
            ONCE..TWICE => 1,
            _ => 2,
        };
        let strange = (self.set & !others).count_ones().max((others & !self.set).count_ones());
        if count.abs_diff(self.letters.len()) > slips || strange as usize > slips {
            return None;
        }
        let other = letters(word);
        let distance = distance(&self.letters, &other);
        (distance <= slips).then(|| 1.0 - distance as f64 / longer as f64)
    }
}

/// The letters of a word, small; hyphens and apostrophes do not count.
fn letters(word: &str) -> Vec<char> {
    word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// How many letters a word has, and which, one bit for several of them; none where it has a digit, or so many that it
/// is held against no other.
fn outline(word: &str) -> Option<(usize, u64)> {
    let (mut count, mut set) = (0, 0);
    for c in word.chars() {
        if c.is_ascii_alphabetic() {
            count += 1;
            set |= bit(c.to_ascii_lowercase());
        } else if c.is_alphabetic() {
            let small = c.to_lowercase();
            count += small.len();
            set = small.fold(set, |set, letter| set | bit(letter));
        } else if c.is_numeric() {
            return None;
        }
        if count > MOST {
            return None;
        }
    }
    Some((count, set))
}

fn bit(letter: char) -> u64 {
    1 << (letter as u32 & 63)
}

/// Slips that lead from one word to the other.
fn distance(one: &[char], other: &[char]) -> usize {
    // The rows of the table for no, one and two letters less of `one`.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
    for (i, letter) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, own) in other.iter().enumerate() {
            let wrong = at(&last, j) + usize::from(letter != own);
            let mut least = wrong.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let pair = i.checked_sub(1).zip(j.checked_sub(1));
            if let Some((i, j)) = pair
                && one.get(i) == Some(own)
                && other.get(j) == Some(letter)
            {
                least = least.min(at(&before, j) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    at(&last, other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen() {
        for (asked, word, wanted) in [
            ("goverment", "government", true),
            ("Government", "goverment", true),
            ("inteligense", "intelligence", true),
            ("rigths", "rights", true),
            ("rights", "right", true),
            ("internet", "intranet", false),
            ("women", "woman", true),
            ("war", "was", false),
            ("levl", "level", true),
            ("step", "stop", false),
            ("2015a", "2016a", false),
            ("multi-stakholder", "multistakeholder", true),
            ("устойчивое", "устойчевое", true),
            ("sustainable", "attainable", false),
            ("sustainable", "sustainability", false),
        ] {
            let like = Spelling::of(asked).and_then(|spelling| spelling.likeness(word));
            assert_eq!(like.is_some(), wanted, "{asked} {word}");
        }
    }

    #[test]
    fn the_longest_word_is_held_against_none() {
        assert_eq!(Spelling::of(&"a".repeat(MOST + 1)), None);
        let longest = Spelling::of(&"a".repeat(MOST)).unwrap();
        assert_eq!(longest.likeness(&"a".repeat(100_000)), None);
        assert_eq!(longest.likeness(&"a".repeat(MOST - 1)), Some(1.0 - 1.0 / MOST as f64));
    }
}

//! `src/text/data/sequences.txt` in; the same, sorted by key and ready to be searched, out.
//!
//! Reading the list at every start would take longer than annotating a draft.

#[allow(dead_code, unreachable_pub, reason = "written for the library, which uses all of it")]
#[path = "src/text/key.rs"]
mod key;

use std::path::PathBuf;
use std::{env, fs, io};

const SEQUENCES: &str = "src/text/data/sequences.txt";

/// Bits of the high end of a key.
const HIGH_END: u32 = 13;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={SEQUENCES}");
    println!("cargo::rerun-if-changed=src/text/key.rs");
    let text = fs::read_to_string(SEQUENCES)?;
    let mut rows: Vec<(u64, u32)> = Vec::new();
    // How often any word stands in the texts: what the frequency of a single word is a share of.
    let mut total = 0u64;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let row = line.split_once('\t').and_then(|(count, words)| {
            let keys: Vec<u64> = words.split(' ').map(key::hash).collect();
            let count: u32 = count.parse().ok()?;
            total += if keys.len() == 1 { u64::from(count) } else { 0 };
            Some((key::window_key(&keys), count))
        });
        let wrong = || io::Error::other(format!("{SEQUENCES}:{}: no count and words", number + 1));
        rows.push(row.ok_or_else(wrong)?);
    }
    rows.sort_unstable();
    rows.dedup_by_key(|(key, _)| *key);
    // Where the keys of each possible high end begin: about three of them have the same.
    let first = |end: u64| rows.partition_point(|(key, _)| key >> (64 - HIGH_END) < end) as u32;
    let heads = (0..=1 << HIGH_END).flat_map(|end| first(end).to_le_bytes());
    let keys = rows.iter().flat_map(|(key, _)| key.to_le_bytes());
    let bits = rows.iter().flat_map(|(_, count)| f64::from(*count).log2().to_le_bytes());
    let mut bytes = (total.max(1) as f64).log2().to_le_bytes().to_vec();
    bytes.extend(heads);
    bytes.extend(keys);
    bytes.extend(bits);
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("sequences.bin"), bytes)
}

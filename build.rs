//! `src/text/data/sequences.txt` in; the same, sorted by key and ready to be searched, out.
//!
//! Reading the list at every start would take longer than annotating a draft.

#[allow(dead_code, unreachable_pub, reason = "written for the library, which uses all of it")]
#[path = "src/text/key.rs"]
mod key;

use std::path::PathBuf;
use std::{env, fs, io};

const SEQUENCES: &str = "src/text/data/sequences.txt";

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
    let keys = rows.iter().flat_map(|(key, _)| key.to_le_bytes());
    let counts = rows.iter().flat_map(|(_, count)| count.to_le_bytes());
    let mut bytes = total.to_le_bytes().to_vec();
    bytes.extend(keys);
    bytes.extend(counts);
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("sequences.bin"), bytes)
}

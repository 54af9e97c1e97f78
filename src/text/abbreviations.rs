//! Nothing in; the abbreviations of the field that stand for the same words in every text, out.

const ABBREVIATIONS: &str = include_str!("data/abbreviations.txt");

/// Each abbreviation with its words: `IGF`, `Internet Governance Forum`.
pub fn abbreviations() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = ABBREVIATIONS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(short, long)| (short.trim(), long.trim()))
}

//! The symbol of a corrigendum in; the symbol of the document that it corrects out.

/// The symbol of the document that a corrigendum corrects: `A/RES/70/1` of `A/RES/70/1/Corr.1`.
pub fn corrected(symbol: &str) -> Option<&str> {
    let at = symbol.to_ascii_lowercase().rfind("/corr.")?;
    symbol.get(..at).filter(|base| base.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrigenda_and_what_they_correct() {
        for (symbol, wanted) in [
            ("A/RES/70/1/Corr.1", Some("A/RES/70/1")),
            ("E/2024/13/corr.2", Some("E/2024/13")),
            ("A/79/L.2/Rev.1/Corr.1", Some("A/79/L.2/Rev.1")),
            ("A/79/L.2/Rev.1", None),
            ("/Corr.1", None),
        ] {
            assert_eq!(corrected(symbol), wanted, "{symbol}");
        }
    }
}

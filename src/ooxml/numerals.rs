//! A count and the name of a way to write it in; the numeral as printed out.

use crate::text::label::roman;

/// Where the letters of a way to count end, it begins again with each letter doubled, then tripled. Word
/// goes on to thirty in a row; beyond, and for every other count it cannot write, it prints digits.
const MOST_REPEATED: usize = 30;

const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
const ALPHA: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";

/// Writes `count` in the way `format` names (ECMA-376-1, 17.18.59); digits where it is not known.
pub(crate) fn numeral(count: u32, format: &str) -> String {
    let lettered = |letters: &str| repeated(count, letters);
    let romanized = || (1..4_000).contains(&count).then(|| roman(count.into()));
    let written = match format {
        "none" | "bullet" => Some(String::new()),
        "decimalZero" => Some(format!("{count:02}")),
        "lowerRoman" => romanized(),
        "upperRoman" => romanized().map(|text| text.to_uppercase()),
        "lowerLetter" => lettered(LATIN),
        "upperLetter" => lettered(LATIN).map(|text| text.to_uppercase()),
        "russianLower" => lettered(CYRILLIC),
        "russianUpper" => lettered(CYRILLIC).map(|text| text.to_uppercase()),
        "arabicAlpha" => lettered(ALPHA),
        "arabicAbjad" => lettered(ABJAD),
        "ordinal" => Some(ordinal(count)),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographTraditional" => chinese(count),
        _ => None,
    };
    written.unwrap_or_else(|| count.to_string())
}

fn repeated(count: u32, letters: &str) -> Option<String> {
    let index = usize::try_from(count).ok()?.checked_sub(1)?;
    let all = letters.chars().count();
    let letter = letters.chars().nth(index % all)?;
    let times = index / all + 1;
    (times <= MOST_REPEATED).then(|| letter.to_string().repeat(times))
}

fn ordinal(count: u32) -> String {
    let ending = match (count % 10, count % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{count}{ending}")
}

/// 一 to 九十九.
fn chinese(count: u32) -> Option<String> {
    let digit = |value: u32| "一二三四五六七八九".chars().nth(value.checked_sub(1)? as usize);
    let tens = match count / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", digit(tens)?),
    };
    let ones = digit(count % 10).map(String::from).unwrap_or_default();
    (1..100).contains(&count).then(|| tens + &ones)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_printed() {
        for (count, format, wanted) in [
            (7, "decimal", "7"),
            (7, "decimalZero", "07"),
            (14, "lowerRoman", "xiv"),
            (49, "upperRoman", "XLIX"),
            (4_000, "upperRoman", "4000"),
            (26, "lowerLetter", "z"),
            (28, "lowerLetter", "bb"),
            (0, "lowerLetter", "0"),
            (u32::MAX, "upperLetter", "4294967295"),
            (23, "ordinal", "23rd"),
            (112, "ordinal", "112th"),
            (3, "russianLower", "в"),
            (5, "arabicAbjad", "ه"),
            (21, "chineseCounting", "二十一"),
            (10, "chineseCounting", "十"),
            (3, "none", ""),
            (3, "somethingElse", "3"),
        ] {
            assert_eq!(numeral(count, format), wanted, "{count} {format}");
        }
    }
}

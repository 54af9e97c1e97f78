//! Text in; the language it is written in, among the six of the United Nations, out.

/// The languages that the United Nations issue documents in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Arabic.
    Ar,
    /// Chinese.
    Zh,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Spanish.
    Es,
}

impl Language {
    /// All of them: English, which most drafts are negotiated in, and the others in their official order.
    pub const ALL: [Self; 6] = [Self::En, Self::Ar, Self::Zh, Self::Fr, Self::Ru, Self::Es];

    /// Its code after ISO 639-1, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ar => "ar",
            Self::Zh => "zh",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Es => "es",
        }
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ar => "Arabic",
            Self::Zh => "Chinese",
            Self::Fr => "French",
            Self::Ru => "Russian",
            Self::Es => "Spanish",
        }
    }

    /// The one with this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }
}

/// Words that only one of the languages written in Latin letters uses often.
const LATIN: [(Language, &[&str]); 3] = [
    (Language::En, &["the", "of", "and", "to", "in", "that", "with", "by", "we", "is"]),
    (Language::Fr, &["les", "des", "et", "du", "dans", "une", "par", "pour", "aux", "est"]),
    (Language::Es, &["los", "las", "y", "el", "del", "una", "por", "para", "con", "su"]),
];

/// Bytes of the longest of them.
const LONGEST: usize = 4;

/// So many characters tell the language.
const SAMPLE: usize = 20_000;

/// Whether a character belongs to a script.
type Belongs = fn(char) -> bool;

/// The language of `text`; none where too little tells.
pub fn language(text: &str) -> Option<Language> {
    let end = match text.len() {
        len @ ..=SAMPLE => len,
        len => text.char_indices().nth(SAMPLE).map_or(len, |(at, _)| at),
    };
    let sample = text.get(..end).unwrap_or_default();
    // Other scripts have two bytes for a character at least: so few cannot be more than half of all letters.
    let latin = sample.bytes().filter(u8::is_ascii_alphabetic).count();
    if sample.bytes().filter(|byte| !byte.is_ascii()).count() <= latin {
        return latin_language(sample);
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count().max(1);
    let share =
        |belongs: Belongs| sample.chars().filter(|c| belongs(*c)).count() as f64 / letters as f64;
    let scripts: [(Language, Belongs); 3] = [
        (Language::Ar, |c| matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}')),
        (Language::Ru, |c| matches!(c, '\u{400}'..='\u{4FF}')),
        (Language::Zh, |c| matches!(c, '\u{3400}'..='\u{9FFF}')),
    ];
    if let Some((language, _)) = scripts.iter().find(|(_, belongs)| share(*belongs) > 0.5) {
        return Some(*language);
    }
    latin_language(sample)
}

/// The language of a text in Latin letters, by its commonest words.
fn latin_language(text: &str) -> Option<Language> {
    let mut found = [0; LATIN.len()];
    let mut count = |word: &[u8]| {
        for (found, (_, common)) in found.iter_mut().zip(LATIN) {
            let is = |own: &&str| own.as_bytes().eq_ignore_ascii_case(word);
            *found += usize::from(common.iter().any(is));
        }
    };
    for piece in text.as_bytes().split(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()) {
        match std::str::from_utf8(piece) {
            _ if piece.is_ascii() && piece.len() > LONGEST => {}
            Ok(words) if !piece.is_ascii() => {
                words.split(|c: char| !c.is_alphabetic()).for_each(|word| count(word.as_bytes()));
            }
            _ => count(piece),
        }
    }
    found
        .into_iter()
        .zip(LATIN.map(|(language, _)| language))
        .filter(|(found, _)| *found > 2)
        .max_by_key(|(found, _)| *found)
        .map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_languages() {
        for (text, wanted) in [
            ("Recalling the outcome of the Summit and the commitment to it", Language::En),
            ("Rappelant les textes issus du Sommet et des réunions dans les régions", Language::Fr),
            (
                "Recordando los documentos de la Cumbre y las reuniones del foro por región",
                Language::Es,
            ),
            ("Ссылаясь на итоговый документ", Language::Ru),
            ("回顾首脑会议成果文件", Language::Zh),
            ("إذ تشير إلى الوثيقة الختامية", Language::Ar),
        ] {
            assert_eq!(language(text), Some(wanted), "{text}");
        }
        assert_eq!(language("12 bis"), None);
        assert!(LATIN.iter().flat_map(|(_, words)| *words).all(|word| word.len() <= LONGEST));
    }
}

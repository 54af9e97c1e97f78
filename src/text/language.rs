//! Text in; the language it is written in, among the six of the United Nations, out.

/// Words that only one of the languages written in Latin letters uses often.
const LATIN: [(&str, &[&str]); 3] = [
    ("English", &["the", "of", "and", "to", "in", "that", "with", "by", "we", "is"]),
    ("French", &["les", "des", "et", "du", "dans", "une", "par", "pour", "aux", "est"]),
    ("Spanish", &["los", "las", "y", "el", "del", "una", "por", "para", "con", "su"]),
];

/// Whether a character belongs to a script.
type Belongs = fn(char) -> bool;

/// The language of `text`; none where too little tells.
pub fn language(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().take(20_000).collect();
    let share = |belongs: Belongs| {
        let letters = sample.chars().filter(|c| c.is_alphabetic()).count().max(1);
        sample.chars().filter(|c| belongs(*c)).count() as f64 / letters as f64
    };
    let scripts: [(&str, Belongs); 3] = [
        ("Arabic", |c| matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}')),
        ("Russian", |c| matches!(c, '\u{400}'..='\u{4FF}')),
        ("Chinese", |c| matches!(c, '\u{3400}'..='\u{9FFF}')),
    ];
    if let Some((name, _)) = scripts.iter().find(|(_, belongs)| share(*belongs) > 0.5) {
        return Some(name);
    }
    let lower = sample.to_lowercase();
    let count = |words: &[&str]| {
        lower.split(|c: char| !c.is_alphabetic()).filter(|word| words.contains(word)).count()
    };
    LATIN
        .iter()
        .map(|(name, words)| (count(words), *name))
        .filter(|(found, _)| *found > 2)
        .max_by_key(|(found, _)| *found)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_languages() {
        for (text, wanted) in [
            ("Recalling the outcome of the Summit and the commitment to it", "English"),
            ("Rappelant les textes issus du Sommet et des réunions dans les régions", "French"),
            (
                "Recordando los documentos de la Cumbre y las reuniones del foro por región",
                "Spanish",
            ),
            ("Ссылаясь на итоговый документ", "Russian"),
            ("回顾首脑会议成果文件", "Chinese"),
            ("إذ تشير إلى الوثيقة الختامية", "Arabic"),
        ] {
            assert_eq!(language(text), Some(wanted), "{text}");
        }
        assert_eq!(language("12 bis"), None);
    }
}

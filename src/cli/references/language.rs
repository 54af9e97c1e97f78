//! A language as it is named on the command line in; the language out.

use clap::ValueEnum;

use adref::text::Language;

/// One of the six languages of the United Nations, by its code.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LanguageName {
    Ar,
    Zh,
    En,
    Fr,
    Ru,
    Es,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::Ar => Self::Ar,
            LanguageName::Zh => Self::Zh,
            LanguageName::En => Self::En,
            LanguageName::Fr => Self::Fr,
            LanguageName::Ru => Self::Ru,
            LanguageName::Es => Self::Es,
        }
    }
}

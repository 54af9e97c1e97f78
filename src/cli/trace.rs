//! `adref trace`: a sentence in; its life through the agreed texts out.

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::Common;
use super::asked::asked;
use super::output::{Ended, mention_in_short};
use super::words::words;
use adref::ask::{Phrase, sentences_of};
use adref::model::{Life, Severity};
use adref::pipeline::{self, Answered};
use adref::report::{self, Showing, Told};
use adref::text::Folding;

/// Show the life of a sentence: first agreed in, what each later text changed, last agreed in
///
/// A paragraph is traced as a whole; where no text carries it as a whole, its sentences are traced one by one.
#[derive(clap::Args)]
pub(super) struct Trace {
    /// The sentence in quotation marks, a draft's paragraph (draft.md#12), a reference's (A/RES/70/125#9), or `-`
    #[arg(value_name = "TEXT|DRAFT#NUMBER", value_parser = words)]
    what: String,
    /// Trace only this sentence of the paragraph, counted from 1
    #[arg(long, value_name = "NUMBER")]
    sentence: Option<usize>,
    /// List every wording and every text
    #[arg(long)]
    all: bool,
    /// How to write it [default: terminal, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum FormatName {
    Terminal,
    Json,
}

/// So many wordings are shown where not all are asked for.
const MOST_WORDINGS: usize = 8;

pub(super) fn run(command: &Trace, common: &Common) -> Result<Ended> {
    let format = format(command.format, common)?;
    let question = asked(&command.what, common)?;
    let folding = Folding::general();
    let sentences = sentences_of(&question.text, folding);
    let mut parts: Vec<(Option<usize>, String)> = match command.sentence {
        None => vec![(None, question.text.clone())],
        Some(number) => {
            let one = sentences.iter().find(|(n, _)| *n == number);
            let Some((_, sentence)) = one else {
                let numbers: Vec<String> = sentences.iter().map(|(n, _)| n.to_string()).collect();
                bail!(
                    "there is no sentence {number} long enough to be traced; there is: {}",
                    numbers.join(", ")
                );
            };
            vec![(Some(number), sentence.clone())]
        }
    };
    if Phrase::traced(&question.text, folding).is_common() {
        bail!("these words stand in nearly every text; give a sentence");
    }
    if command.sentence.is_none() && sentences.len() > 1 {
        parts.extend(sentences.into_iter().map(|(number, text)| (Some(number), text)));
    }
    let texts: Vec<String> = parts.iter().map(|(_, text)| text.clone()).collect();
    let Answered { library, answer: lives } =
        pipeline::trace(&texts, &question.places.library, &common.holding())?;
    mention_in_short(&library.findings);
    let told =
        parts.iter().zip(&lives).map(|((sentence, _), life)| Told { life, sentence: *sentence });
    let told: Vec<Told<'_>> = told.collect();
    let shown = shown(&told);
    let limit = (!command.all).then_some(MOST_WORDINGS);
    let showing = Showing { limit, width: common.width(), color: common.colored() };
    common.write(&match format {
        FormatName::Terminal => report::trace(shown, &library, &showing),
        FormatName::Json => report::trace_json(shown, &library),
    })?;
    let broken = library.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if broken { Ended::Incomplete } else { Ended::Clean })
}

/// The whole where any text carries it or no sentence of it, else its sentences.
fn shown<'t, 'l>(told: &'t [Told<'l>]) -> &'t [Told<'l>] {
    let carried = |life: &Life| !life.wordings.is_empty();
    match told {
        [whole, sentences @ ..]
            if !carried(whole.life) && sentences.iter().any(|s| carried(s.life)) =>
        {
            sentences
        }
        [whole, ..] => std::slice::from_ref(whole),
        [] => &[],
    }
}

/// The format asked for, or that of the ending of the file to be written.
pub(super) fn format(asked: Option<FormatName>, common: &Common) -> Result<FormatName> {
    common.agrees(asked)?;
    Ok(match (asked, common.ending().as_deref()) {
        (Some(format), _) => format,
        (None, None | Some("txt")) => FormatName::Terminal,
        (None, Some("json")) => FormatName::Json,
        (None, Some(other)) => bail!(
            "no format is known for files ending in .{other}; use .json or .txt, or say --format"
        ),
    })
}

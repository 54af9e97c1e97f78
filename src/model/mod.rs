//! The nouns: what every stage takes and returns; nothing flows through here, it is what flows.

mod address;
mod akn;
mod annotation;
mod answer;
mod citation;
mod comparison;
mod corrigendum;
mod draft;
mod finding;
mod footnotes;
mod history;
mod instruction;
mod left_out;
mod library;
mod mark;
mod matching;
mod numbering;
mod paragraph_name;
mod scope;
mod setting;
mod sieve;
mod span;
mod symbols;
mod when;

pub use akn::{AKN, AKN_OWN};
pub use annotation::{Annotation, Facts, Held, Silence, Summary, Words};
pub use answer::{
    Carrier, Earlier, Found, Life, Nearest, Passage, Refusal, Search, Suggestion, Suggestions,
    Wording,
};
pub use citation::{Citation, CitationForm, Pinpoint};
pub use comparison::{
    ActChange, AgreedChange, BORDER, Change, ChangeCounts, ChangeKind, Comparison, Differs, Drift,
    FootnoteChange, FootnoteCounts, HeadingChange, Op, Place, Segment, Strength,
};
pub use corrigendum::corrected;
pub use draft::{
    Aside, AsideKind, Draft, Extent, Footnote, FrontMatter, Heading, Link, Origin, Paragraph, Part,
    Revision, RevisionKind, shown_path,
};
pub use finding::{Checked, Finding, Rule, Severity};
pub use footnotes::{Labels, called, called_by_headings, first_calls, note_lines, note_words};
pub use history::{DraftRevision, History, HistoryCounts, Lineage, Step, StepKind};
pub use instruction::{Pin, Waiver};
pub use left_out::{LeftOut, Omission};
pub use library::{Entry, Library};
pub use mark::{Coverage, Fidelity, Mark, Marking, Source, Via, WordSpan};
pub use matching::{Departure, Edit, Location, Match, Run, shortened};
pub use numbering::{Break, BreakKind, Number, breaks, unnumbered};
pub use paragraph_name::paragraph_name;
pub use scope::{Scope, organs};
pub use setting::{Set, Setting};
pub use sieve::{
    AnyOf, BySequences, ByWords, Forms, Hit, InOrder, Places, Sharers, Shares, Sharing, Sieve,
    Sought, Wanted,
};
pub use span::{LineIndex, Position, Span};
pub use symbols::{symbol_key, symbols};
pub use when::When;

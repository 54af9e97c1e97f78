//! The names that AKN files are written and read with; nothing flows through here, they are facts.

/// The namespace of Akoma Ntoso 3.0, an OASIS standard of 2018.
pub const AKN: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// The namespace of what Akoma Ntoso has no word for. A file whose root declares it was written by this tool: its
/// elements say exactly what its paragraphs are, and nothing in it has to be guessed.
pub const AKN_OWN: &str = "urn:adref:draft:1";

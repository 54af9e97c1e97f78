//! Bytes of a Word file in; its parts as trees of elements, and what each of them refers to, out.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Element};

/// Bytes a single part may have once it is unpacked; the text of a long treaty has about ten million.
const LARGEST_PART: u64 = 64 << 20;

/// Bytes that all parts read from one file may have together once they are unpacked.
const LARGEST_TOTAL: u64 = 128 << 20;

/// Elements that all parts read from one file may have together.
const MOST_ELEMENTS: usize = 2_000_000;

/// A longer address is no address.
const LONGEST_TARGET: usize = 2_048;

/// What to do about a file that cannot be unpacked.
const FRESH: &str = "get a fresh copy, or open it in Word and save it again";

/// A Word file, unpacked part by part.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Names of the parts in small letters: they do not differ by case (ECMA-376-2, 6.2.2.3).
    names: HashMap<String, usize>,
    bytes_left: u64,
    elements_left: usize,
    /// Names of parts that were to be read and could not be.
    pub(crate) lost: Vec<String>,
}

/// One thing a part refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of its type: `styles`, `footnotes`, `hyperlink`.
    pub(crate) kind: String,
    /// The name of a part, or an address outside the file.
    pub(crate) target: String,
}

impl<'b> Package<'b> {
    /// Opens the archive.
    ///
    /// # Errors
    /// When it is not whole.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| format!("the Word file is damaged or not whole: {FRESH}"))?;
        let mut names = HashMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                names.entry(plain(&name)).or_insert(index);
            }
        }
        Ok(Self {
            archive,
            names,
            bytes_left: LARGEST_TOTAL,
            elements_left: MOST_ELEMENTS,
            lost: Vec::new(),
        })
    }

    /// The part that holds the text, found as the standard says: through the relations of the file, else
    /// through the list of content types.
    pub(crate) fn main_part(&mut self) -> Option<String> {
        let relations = self.relations("").into_iter();
        let named = relations.filter(|r| r.kind == "officeDocument").map(|r| r.target);
        let found = named.into_iter().find(|name| self.names.contains_key(&plain(name)));
        found.or_else(|| {
            let types = self.part("[Content_Types].xml").ok()??;
            let is_text = |e: &&Element| {
                e.attribute("ContentType").is_some_and(|kind| {
                    kind.contains("wordprocessingml") && kind.contains(".main")
                        || kind.starts_with("application/vnd.ms-word") && kind.contains(".main")
                })
            };
            types.elements().find(is_text)?.attribute("PartName").map(str::to_owned)
        })
    }

    /// True where the file has a part called `name`.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain(name))
    }

    /// What the part `name` refers to; the file as a whole has no name.
    pub(crate) fn relations(&mut self, name: &str) -> Vec<Relation> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let Some(list) = self.optional(&format!("{folder}/_rels/{file}.rels")) else {
            return Vec::new();
        };
        let relation = |element: &Element| {
            let target = element.attribute("Target")?;
            let outside = element.attribute("TargetMode") == Some("External");
            if target.len() > LONGEST_TARGET {
                return None;
            }
            Some(Relation {
                id: element.attribute("Id").unwrap_or_default().to_owned(),
                kind: element.attribute("Type")?.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if outside { target.to_owned() } else { resolved(folder, target) },
            })
        };
        list.elements().filter_map(relation).collect()
    }

    /// A part that the text can be read without: what is wrong with it is noted.
    pub(crate) fn optional(&mut self, name: &str) -> Option<Element> {
        self.part(name).unwrap_or_else(|_| {
            self.lost.push(name.to_owned());
            None
        })
    }

    /// The part called `name`; none where the file has no such part.
    ///
    /// # Errors
    /// When it cannot be unpacked, is too large, or is not well formed.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Element>, String> {
        let Some(source) = self.source(name)? else { return Ok(None) };
        self.tree(name, &source).map(Some)
    }

    /// The elements of `source`, which is the text of the part called `name`.
    ///
    /// # Errors
    /// When it is not well formed, or has too many elements.
    pub(crate) fn tree(&mut self, name: &str, source: &str) -> Result<Element, String> {
        xml::parse(source, &mut self.elements_left)
            .map_err(|fault| format!("in the Word file, “{name}” {fault}: {FRESH}"))
    }

    /// The text of the part called `name`; none where the file has no such part.
    ///
    /// # Errors
    /// When it cannot be unpacked, is too large, or is no text.
    pub(crate) fn source(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(index) = self.names.get(&plain(name)).copied() else { return Ok(None) };
        let most = LARGEST_PART.min(self.bytes_left);
        let mut bytes = Vec::new();
        let part = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
                format!("the Word file is packed in a way that Word does not use: {FRESH}")
            }
            _ => format!("the Word file is damaged at “{name}”: {FRESH}"),
        })?;
        // What the archive says of the size is not to be trusted, so what comes out is counted.
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| format!("the Word file is damaged at “{name}”: {FRESH}"))?;
        let length = bytes.len() as u64;
        if length > most {
            return Err(format!(
                "“{name}” in the Word file unpacks to more than {} MB; that is not a draft",
                most >> 20
            ));
        }
        self.bytes_left -= length;
        xml::decoded(bytes)
            .map(Some)
            .map_err(|fault| format!("in the Word file, “{name}” {fault}: {FRESH}"))
    }
}

/// A part's name without its leading slash, in small letters.
fn plain(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// The part that `target`, written in a part of `folder`, means.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        for (folder, target, wanted) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../docProps/core.xml", "docProps/core.xml"),
            ("", "../../a.xml", "a.xml"),
            ("", "./word/document.xml", "word/document.xml"),
        ] {
            assert_eq!(resolved(folder, target), wanted);
        }
    }
}

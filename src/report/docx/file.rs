//! A Word file and parts written anew in; the file with these parts, and every other one byte for byte, out.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::clean::HEAD;
use super::notes::Kind;
use crate::ooxml::OWN_INITIALS;
use crate::ooxml::package::{Package, Relation};
use crate::ooxml::xml::Element;

/// The namespace of WordprocessingML, under the prefix `w`.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Numbers of changes and comments beyond this are not looked at: a free one follows the largest of the others.
const LARGEST_NUMBER: u32 = 1 << 30;

const FORMAT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What stands behind the rules between text and notes in the settings of a file (CT_Settings, ECMA-376-1, A.1).
const BEHIND_FOOTNOTES: [&str; 21] = [
    "endnotePr",
    "compat",
    "docVars",
    "rsids",
    "mathPr",
    "attachedSchema",
    "themeFontLang",
    "clrSchemeMapping",
    "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures",
    "forceUpgrade",
    "captions",
    "readModeInkLockDown",
    "smartTagType",
    "schemaLibrary",
    "shapeDefaults",
    "doNotEmbedSmartTags",
    "decimalSymbol",
    "listSeparator",
    "docId",
    "chartTrackingRefBased",
];

/// A part of a Word file with its elements.
pub(in crate::report) struct Held {
    name: String,
    pub(in crate::report) source: String,
    pub(in crate::report) tree: Element,
}

/// A Word file whose text is going to be written anew.
pub(in crate::report) struct Archive<'b> {
    bytes: &'b [u8],
    package: Package<'b>,
    /// The name of the part that holds the text.
    main: String,
    pub(in crate::report) source: String,
    relations: Vec<Relation>,
    written: BTreeMap<String, Vec<u8>>,
}

impl<'b> Archive<'b> {
    /// Opens a file. None for one whose elements are not called as Word calls them, `w:p`.
    ///
    /// # Errors
    /// When it is damaged.
    pub(in crate::report) fn open(bytes: &'b [u8]) -> Result<Option<Self>, String> {
        let mut package = Package::open(bytes)?;
        let Some(main) = package.main_part() else { return Ok(None) };
        let main = main.trim_start_matches('/').to_owned();
        let Some(source) = package.source(&main)? else { return Ok(None) };
        let usual = is_usual(&source, "document");
        let relations = package.relations(&main);
        let written = BTreeMap::new();
        Ok(usual.then_some(Self { bytes, package, main, source, relations, written }))
    }

    /// The elements of the text.
    ///
    /// # Errors
    /// When it is not well formed.
    pub(in crate::report) fn tree(&mut self) -> Result<Element, String> {
        let Self { package, main, source, .. } = self;
        package.tree(main, source)
    }

    /// The part that the text refers to as `kind`; none where there is none, or it cannot be read.
    pub(in crate::report) fn part(&mut self, kind: &str) -> Option<Element> {
        let target = self.target(kind)?;
        self.package.optional(&target)
    }

    /// The part that the text refers to as `kind`, to be edited; none where there is none, or it cannot be read, or its elements
    /// have other names than Word gives them.
    pub(in crate::report) fn held(&mut self, kind: &str) -> Option<Held> {
        let name = self.target(kind)?.trim_start_matches('/').to_owned();
        let source = self.current(&name).ok().flatten()?;
        let tree = self.package.tree(&name, &source).ok()?;
        let usual = is_usual(&source, kind) && source.contains(&format!("</w:{kind}>"));
        usual.then_some(Held { name, source, tree })
    }

    /// True where the text refers to a part as `kind`.
    pub(in crate::report) fn refers_to(&self, kind: &str) -> bool {
        self.target(kind).is_some()
    }

    fn target(&self, kind: &str) -> Option<String> {
        self.relations.iter().find(|relation| relation.kind == kind).map(|r| r.target.clone())
    }

    /// A number from which on no change, comment or bookmark of the file has one.
    pub(in crate::report) fn free_number(&mut self) -> u32 {
        let kinds = ["comments", "footnotes", "endnotes", "header", "footer"];
        let held = self.relations.iter().filter(|relation| kinds.contains(&relation.kind.as_str()));
        let names: Vec<String> = held.map(|relation| relation.target.clone()).collect();
        let mut largest = largest_number(&self.source);
        for name in names {
            let source = self.package.source(&name).ok().flatten().unwrap_or_default();
            largest = largest.max(largest_number(&source));
        }
        largest + 1
    }

    /// Puts `text` in the place of the part that holds the text.
    pub(in crate::report) fn set_text(&mut self, text: &str) {
        self.set(self.main.clone(), text);
    }

    /// Puts `text` in the place of another part.
    pub(in crate::report) fn set_part(&mut self, part: &Held, text: &str) {
        self.set(part.name.clone(), text);
    }

    fn set(&mut self, name: String, text: &str) {
        // A part that was in another encoding is in UTF-8 from now on.
        let body = match text.split_once("?>") {
            Some((head, body)) if head.trim_start().starts_with("<?xml") => body,
            _ => text,
        };
        let plain = text.get(..text.len() - body.len()).unwrap_or_default().to_lowercase();
        let text = if plain.is_empty() || plain.contains("utf-8") || !plain.contains("encoding") {
            text.to_owned()
        } else {
            format!("{HEAD}{body}")
        };
        self.written.insert(name, text.into_bytes());
    }

    /// A part as it will be written.
    fn current(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.written.get(name) {
            Some(written) => Ok(String::from_utf8(written.clone()).ok()),
            None => self.package.source(name),
        }
    }

    /// Takes the comments out that this tool wrote into the file earlier; gives their numbers.
    pub(super) fn take_own_comments(&mut self) -> HashSet<String> {
        let Some((name, source)) = self.comments() else { return HashSet::new() };
        let Ok(tree) = self.package.tree(&name, &source) else { return HashSet::new() };
        let is_own = |element: &&Element| element.attribute("initials") == Some(OWN_INITIALS);
        let own: Vec<&Element> = tree.elements().filter(is_own).collect();
        let mut kept = String::with_capacity(source.len());
        let mut at = 0;
        for comment in &own {
            kept.push_str(source.get(at..comment.span.start).unwrap_or_default());
            at = comment.span.end;
        }
        kept.push_str(source.get(at..).unwrap_or_default());
        let ids = own.iter().filter_map(|comment| comment.attribute("id")).map(str::to_owned);
        let ids = ids.collect::<HashSet<String>>();
        if !ids.is_empty() {
            self.written.insert(name, kept.into_bytes());
        }
        ids
    }

    /// The name of the part that holds the comments, and the part as it will be written.
    fn comments(&mut self) -> Option<(String, String)> {
        let name = self.target("comments")?.trim_start_matches('/').to_owned();
        let source = self.current(&name).ok().flatten();
        source.map(|source| (name, source))
    }

    /// Adds comments, in a part of their own where the file has none.
    ///
    /// # Errors
    /// When the parts that have to name it cannot be read.
    pub(in crate::report) fn add_comments(&mut self, comments: &str) -> Result<(), String> {
        if comments.is_empty() { Ok(()) } else { self.add("comments", "", comments) }
    }

    /// Adds footnotes or endnotes, in a part of their own where the file has none.
    ///
    /// # Errors
    /// When the parts that have to name it cannot be read.
    pub(in crate::report) fn add_notes(&mut self, kind: Kind, notes: &str) -> Result<(), String> {
        if notes.is_empty() {
            return Ok(());
        }
        let is_new = !self.refers_to(&kind.part());
        self.add(&kind.part(), &kind.separators(), notes)?;
        if is_new { self.say_separators(kind) } else { Ok(()) }
    }

    /// Adds something to the part that the text refers to as `kind`. Where there is none, it is made, and begins with `first`.
    fn add(&mut self, kind: &str, first: &str, added: &str) -> Result<(), String> {
        let name = self.target(kind).map(|name| name.trim_start_matches('/').to_owned());
        if let Some(name) = name
            && let Some(source) = self.current(&name).ok().flatten()
            && let Some(end) = source.rfind(&format!("</w:{kind}>"))
        {
            let (head, tail) = source.split_at_checked(end).unwrap_or((&source, ""));
            self.written.insert(name, format!("{head}{added}{tail}").into_bytes());
            return Ok(());
        }
        let main = self.main.clone();
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let within = |name: &str| {
            if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
        };
        let own = self.free_name(&within(kind));
        let list = within(&format!("_rels/{file}.rels"));
        let ids: Vec<&str> = self.relations.iter().map(|relation| relation.id.as_str()).collect();
        let id = (1..).map(|n| format!("adref{n}")).find(|id| !ids.contains(&id.as_str()));
        let id = id.unwrap_or_default();
        let target = own.rsplit('/').next().unwrap_or_default();
        let strict = self.source.contains(NAMESPACES[1]);
        let [name, types] = if strict {
            [NAMESPACES[1], "http://purl.oclc.org/ooxml/officeDocument/relationships"]
        } else {
            [NAMESPACES[0], "http://schemas.openxmlformats.org/officeDocument/2006/relationships"]
        };
        let relation =
            format!("<Relationship Id=\"{id}\" Type=\"{types}/{kind}\" Target=\"{target}\"/>");
        let listed = match self.current(&list)? {
            Some(source) => inside(&source, "Relationships", &relation)?,
            None => format!(
                "{HEAD}<Relationships \
                 xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relation}</Relationships>"
            ),
        };
        self.written.insert(list, listed.into_bytes());
        let types = "[Content_Types].xml";
        let source = self.current(types)?.unwrap_or_default();
        let known = format!("<Override PartName=\"/{own}\" ContentType=\"{FORMAT}.{kind}+xml\"/>");
        self.written.insert(types.to_owned(), inside(&source, "Types", &known)?.into_bytes());
        let part = format!("{HEAD}<w:{kind} xmlns:w=\"{name}\">{first}{added}</w:{kind}>");
        self.written.insert(own.clone(), part.into_bytes());
        self.relations.push(Relation { id, kind: kind.to_owned(), target: own });
        Ok(())
    }

    /// Names the rules between text and notes in the settings, where the file has settings and they do not name them.
    fn say_separators(&mut self, kind: Kind) -> Result<(), String> {
        let Some(Held { name, source, tree }) = self.held("settings") else { return Ok(()) };
        let set = format!("{}Pr", kind.name());
        if tree.child(&set).is_some() {
            return Ok(());
        }
        let behind: &[&str] = match kind {
            Kind::Footnote => &BEHIND_FOOTNOTES,
            Kind::Endnote => BEHIND_FOOTNOTES.get(1..).unwrap_or_default(),
        };
        let next = tree.elements().find(|element| behind.contains(&&*element.name));
        let at = next.map_or(tree.inner.end, |next| next.span.start);
        let (head, tail) = source.split_at_checked(at).unwrap_or((&source, ""));
        let rules = [-1, 0].map(|id| format!("<w:{} w:id=\"{id}\"/>", kind.name())).concat();
        self.written.insert(name, format!("{head}<w:{set}>{rules}</w:{set}>{tail}").into_bytes());
        Ok(())
    }

    /// `word/comments.xml`, or with a number where the file has a part of this name.
    fn free_name(&self, stem: &str) -> String {
        let names = std::iter::once(format!("{stem}.xml"));
        let mut names = names.chain((2..).map(|n| format!("{stem}{n}.xml")));
        names.find(|name| !self.package.has(name)).unwrap_or_default()
    }

    /// The whole file.
    ///
    /// # Errors
    /// When a part of it cannot be copied.
    pub(in crate::report) fn finish(mut self) -> Result<Vec<u8>, String> {
        let damaged = |_| "the Word file is damaged: open it in Word and save it again".to_owned();
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).map_err(damaged)?;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(damaged)?;
            let name = part.name().map_err(damaged)?.into_owned();
            let same = |own: &String| own.eq_ignore_ascii_case(name.trim_start_matches('/'));
            match self.written.keys().find(|own| same(own)).cloned() {
                Some(own) => {
                    let bytes = self.written.remove(&own).unwrap_or_default();
                    drop(part);
                    add(&mut out, &name, &bytes)?;
                }
                None => out.raw_copy_file(part).map_err(damaged)?,
            }
        }
        for (name, bytes) in &self.written {
            add(&mut out, name, bytes)?;
        }
        out.finish().map(Cursor::into_inner).map_err(damaged)
    }
}

/// True where the root of a part is called as Word calls it, `w:document`.
fn is_usual(source: &str, root: &str) -> bool {
    let root = source.find(&format!("<w:{root}")).and_then(|at| source.get(at..));
    let head = root.and_then(|root| root.split('>').next()).unwrap_or_default();
    NAMESPACES.iter().any(|name| {
        head.contains(&format!("xmlns:w=\"{name}\"")) || head.contains(&format!("xmlns:w='{name}'"))
    })
}

/// Adds a part; its time is always the same, so that the same text gives the same file.
fn add(out: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), String> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let refused = |error: &dyn std::fmt::Display| format!("“{name}” could not be packed: {error}");
    out.start_file(name, options).map_err(|error| refused(&error))?;
    out.write_all(bytes).map_err(|error| refused(&error))
}

/// A file of these parts, in this order.
///
/// # Errors
/// When a part is larger than an archive can hold.
pub(in crate::report) fn packed(parts: &[(&str, &str)]) -> Result<Vec<u8>, String> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        add(&mut out, name, text.as_bytes())?;
    }
    out.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}

/// `source` with `added` as the last thing inside its root, an element called `name`.
fn inside(source: &str, name: &str, added: &str) -> Result<String, String> {
    let end = source.rfind("</").filter(|at| {
        let tag = source.get(at + 2..).unwrap_or_default();
        tag.trim_end().trim_end_matches('>').trim_end().ends_with(name)
    });
    match end.and_then(|end| source.split_at_checked(end)) {
        Some((head, tail)) => {
            // The root may have a prefix.
            let prefix = tail.get(2..).and_then(|tag| tag.split_once(name)).map_or("", |(p, _)| p);
            Ok(format!("{head}{}{tail}", added.replacen('<', &format!("<{prefix}"), 1)))
        }
        None => Err(format!(
            "the list of parts of the Word file (“{name}”) is written in an unusual way: open the file in Word and save it again"
        )),
    }
}

/// The largest number that something in a part has.
fn largest_number(source: &str) -> u32 {
    let numbers = source.split("w:id=").skip(1).filter_map(|rest| {
        let rest = rest.get(1..)?;
        rest.split(['"', '\'']).next()?.parse::<u32>().ok()
    });
    numbers.filter(|number| *number < LARGEST_NUMBER).max().unwrap_or_default()
}

//! Bytes of a PDF in; its pages with what they draw and draw from, or why it cannot be opened, out.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, Stream};

use super::matrix::Matrix;

/// The largest file that is read, in bytes. The longest official reports have some 30 million.
const MAX_FILE: usize = 128 << 20;
/// What one compressed stream may grow to, in bytes; the drawing of a page of text has some 50 thousand.
pub(super) const MAX_STREAM: usize = 8 << 20;
/// Pages that are read.
const MAX_PAGES: usize = 4_000;
/// Compressed bundles of objects in one file; writers put a hundred objects or more into each.
const MAX_BUNDLES: usize = 2_000;

/// One page as the file holds it.
pub(super) struct Sheet<'d> {
    /// Fonts and pictures it may use.
    pub(super) resources: Option<&'d Dictionary>,
    /// Its size in points, as it is looked at.
    pub(super) size: (f64, f64),
    /// From the page's own axes to points from the top left corner.
    pub(super) view: Matrix,
    /// What it draws.
    pub(super) content: Vec<u8>,
}

/// Opens a PDF; one that is encrypted with an empty password is opened too.
pub(super) fn open(bytes: &[u8]) -> Result<Document, String> {
    if bytes.len() > MAX_FILE {
        let most = MAX_FILE >> 20;
        return Err(format!("this PDF is larger than {most} MB; give a smaller part of it"));
    }
    let start = bytes.windows(5).position(|window| window == b"%PDF-").unwrap_or(0);
    let bytes = bytes.get(start..).unwrap_or_default();
    if bytes.windows(6).filter(|window| *window == b"ObjStm").count() > MAX_BUNDLES {
        return Err("this PDF is larger inside than any document that is read".to_owned());
    }
    if is_cut_off(bytes) {
        return Err(
            "this PDF is cut off: its end is missing; get a fresh copy of the file".to_owned()
        );
    }
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            Error::InvalidPassword
            | Error::Decryption(_)
            | Error::UnsupportedSecurityHandler(_) => locked(),
            _ => "this PDF is broken or cut off; get a fresh copy of the file".to_owned(),
        })?;
    if document.is_encrypted() { Err(locked()) } else { Ok(document) }
}

/// True where the end of the file is missing: the library would put together what is there, without the pages and
/// fonts that are not. Every part of a PDF ends with a mark (ISO 32000-1, 7.5.5), so no object stands after the last.
fn is_cut_off(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"%%EOF";
    let last = bytes.windows(MARK.len()).rposition(|window| window == MARK);
    let rest = last.and_then(|at| bytes.get(at..));
    rest.is_none_or(|rest| rest.windows(4).any(|window| window == b" obj"))
}

fn locked() -> String {
    "this PDF is locked with a password; save a copy without one and give that".to_owned()
}

/// The object behind a reference, however many references lead to it.
pub(super) fn resolved<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// The value of `key`, looked up where it is a reference.
pub(super) fn value<'d>(
    document: &'d Document,
    dictionary: &'d Dictionary,
    key: &str,
) -> Option<&'d Object> {
    resolved(document, dictionary.get(key.as_bytes()).ok()?)
}

/// The dictionary at `key`.
pub(super) fn dictionary<'d>(
    document: &'d Document,
    holder: &'d Dictionary,
    key: &str,
) -> Option<&'d Dictionary> {
    match value(document, holder, key)? {
        Object::Dictionary(found) => Some(found),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A number, whole or not; never infinite.
pub(super) fn number(object: &Object) -> Option<f64> {
    let found = match object {
        Object::Integer(whole) => *whole as f64,
        Object::Real(real) => f64::from(*real),
        _ => return None,
    };
    found.is_finite().then_some(found)
}

/// The bytes of a stream, unpacked.
pub(super) fn unpacked(stream: &Stream) -> Option<Vec<u8>> {
    stream.get_plain_content_with_limit(MAX_STREAM).ok()
}

/// What a page inherits from those that hold it.
#[derive(Clone, Copy, Default)]
struct Inherited<'d> {
    resources: Option<&'d Dictionary>,
    frame: Option<[f64; 4]>,
    turn: i64,
}

/// Every page in order, as long as it can be reached; no page is walked twice.
pub(super) fn sheets(document: &Document) -> Result<Vec<Sheet<'_>>, String> {
    let root = document.catalog().ok().and_then(|catalog| catalog.get(b"Pages").ok());
    let mut open: Vec<(&Object, Inherited<'_>)> =
        root.map(|root| (root, Inherited::default())).into_iter().collect();
    let mut seen = HashSet::new();
    let mut sheets = Vec::new();
    while let Some((object, above)) = open.pop() {
        if let Object::Reference(id) = object
            && !seen.insert(*id)
        {
            continue;
        }
        let Some(node) = resolved(document, object) else {
            let page = sheets.len() + 1;
            return Err(format!(
                "page {page} of this PDF is missing; get a fresh copy of the file"
            ));
        };
        let Object::Dictionary(node) = node else { continue };
        let here = inherit(document, node, above);
        if let Some(Object::Array(kids)) = value(document, node, "Kids") {
            let references = kids.iter().filter(|kid| matches!(kid, Object::Reference(_)));
            open.extend(references.rev().map(|kid| (kid, here)));
            continue;
        }
        if sheets.len() >= MAX_PAGES {
            return Err(format!("this PDF has more than {MAX_PAGES} pages; give a part of it"));
        }
        let content = content(document, node).ok_or_else(|| {
            let page = sheets.len() + 1;
            format!("page {page} of this PDF is broken; get a fresh copy of the file")
        })?;
        sheets.push(sheet(here, content));
    }
    if sheets.is_empty() {
        return Err("this PDF has no pages; get a fresh copy of the file".to_owned());
    }
    Ok(sheets)
}

fn inherit<'d>(
    document: &'d Document,
    node: &'d Dictionary,
    above: Inherited<'d>,
) -> Inherited<'d> {
    let frame = ["CropBox", "MediaBox"].into_iter().find_map(|key| {
        let Some(Object::Array(sides)) = value(document, node, key) else { return None };
        let side = |at: usize| number(resolved(document, sides.get(at)?)?);
        Some([side(0)?, side(1)?, side(2)?, side(3)?])
    });
    let turn = value(document, node, "Rotate").and_then(|turn| turn.as_i64().ok());
    Inherited {
        resources: dictionary(document, node, "Resources").or(above.resources),
        frame: frame.or(above.frame),
        turn: turn.unwrap_or(above.turn),
    }
}

fn sheet(inherited: Inherited<'_>, content: Vec<u8>) -> Sheet<'_> {
    // US letter, where the file does not say.
    let [a, b, c, d] = inherited.frame.unwrap_or([0.0, 0.0, 612.0, 792.0]);
    let (left, right, bottom, top) = (a.min(c), a.max(c), b.min(d), b.max(d));
    let (width, height) = (right - left, top - bottom);
    // A PDF counts from the bottom left corner, and `Rotate` turns clockwise.
    let (view, size) = match inherited.turn.rem_euclid(360) {
        90 => (Matrix([0.0, 1.0, 1.0, 0.0, -bottom, -left]), (height, width)),
        180 => (Matrix([-1.0, 0.0, 0.0, 1.0, right, -bottom]), (width, height)),
        270 => (Matrix([0.0, -1.0, -1.0, 0.0, top, right]), (height, width)),
        _ => (Matrix([1.0, 0.0, 0.0, -1.0, -left, top]), (width, height)),
    };
    Sheet { resources: inherited.resources, size, view, content }
}

/// What a page draws: one stream, or several that are one; none where something of it is missing.
fn content(document: &Document, page: &Dictionary) -> Option<Vec<u8>> {
    let streams: Vec<&Object> = match value(document, page, "Contents") {
        Some(Object::Array(several)) => several.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let mut content = Vec::new();
    for stream in streams {
        let Object::Stream(stream) = resolved(document, stream)? else { continue };
        content.extend(unpacked(stream)?);
        content.push(b'\n');
        if content.len() > MAX_STREAM {
            return None;
        }
    }
    Some(content)
}

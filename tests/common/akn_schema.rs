//! AKN files in; what the official schema says of them out, for tests only.

use std::path::{Path, PathBuf};
use std::process::Command;

use uppsala::XsdValidator;

/// The schema, for the checker that is always at hand.
pub struct Schema(XsdValidator);

impl Schema {
    pub fn read() -> Self {
        let text = flat(&std::fs::read_to_string(path()).unwrap());
        let schema = uppsala::parse(&text).unwrap().into_static();
        let folder = path().parent().map(Path::to_owned);
        Self(XsdValidator::from_schema_with_base_path(&schema, folder.as_deref()).unwrap())
    }

    /// Where a file breaks the schema.
    pub fn faults(&self, xml: &str) -> Vec<String> {
        match uppsala::parse(xml) {
            Ok(read) => self.0.validate(&read).iter().map(ToString::to_string).collect(),
            Err(error) => vec![error.to_string()],
        }
    }
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/akomantoso30.xsd")
}

/// The schema with the types that extend `basehierarchy` written out: uppsala 0.12 takes the choice of the type that is
/// extended and that of the extension for one, and refuses official files; written out it takes them.
fn flat(schema: &str) -> String {
    const BEGIN: &str = "<xsd:extension base=\"basehierarchy\">";
    const END: &str = "</xsd:extension>";
    const BASE: &str = "<xsd:choice minOccurs=\"0\" maxOccurs=\"unbounded\"><xsd:element ref=\"num\"/>\
        <xsd:element ref=\"heading\"/><xsd:element ref=\"subheading\"/></xsd:choice>";
    let mut pieces = schema.split(BEGIN);
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (own, after) = piece.split_once(END).unwrap();
        let (content, attributes) = own.split_at(own.find("<xsd:attributeGroup").unwrap());
        let before = out.rfind("<xsd:complexContent>").unwrap();
        out.truncate(before);
        out.push_str(&format!("<xsd:sequence>{BASE}{content}</xsd:sequence>{attributes}"));
        out.push_str(after.split_once("</xsd:complexContent>").unwrap().1);
    }
    out
}

/// Where files break the schema after xmllint, the checker of libxml2; none where it is not installed.
pub fn by_xmllint(files: &[(String, String)]) -> Option<Vec<String>> {
    let version = Command::new("xmllint").arg("--version").output();
    if !version.is_ok_and(|out| out.status.success()) {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut faults = Vec::new();
    for some in files.chunks(200) {
        let paths = some.iter().enumerate().map(|(at, (name, xml))| {
            let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            let path = folder.path().join(format!("{at}-{name}.xml"));
            std::fs::write(&path, xml).unwrap();
            path
        });
        let paths: Vec<PathBuf> = paths.collect();
        let mut command = Command::new("xmllint");
        command.args(["--noout", "--huge", "--nonet", "--schema"]).arg(path()).args(&paths);
        let said = command.output().unwrap().stderr;
        let said = String::from_utf8_lossy(&said);
        faults.extend(said.lines().filter(|l| !l.ends_with(" validates")).map(str::to_owned));
    }
    Some(faults)
}

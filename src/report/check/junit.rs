//! Findings in; JUnit XML, which build servers show as a list of tests, out.
//!
//! A draft is a test suite, an error or a warning in it a test that failed; a draft without any is one test that
//! passed. Notes fail no check, so they are no tests: they stand in the suite's `system-out`. Times are zero: the same
//! drafts always give the same file.

use std::collections::HashMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Findings, place};
use crate::model::{Draft, Finding, Severity, paragraph_name};
use crate::report::sanitized;

pub(super) fn write(told: Findings<'_>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Nothing written to memory fails.
    let _ = suites(&mut writer, told);
    String::from_utf8(writer.into_inner()).unwrap_or_default() + "\n"
}

type Xml = Writer<Vec<u8>>;

fn suites(xml: &mut Xml, told: Findings<'_>) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites").write_inner_content(|xml| {
        told.drafts.iter().enumerate().try_for_each(|(at, draft)| {
            let own = told.findings.iter().filter(|finding| finding.path == draft.path);
            suite(xml, at, draft, own)
        })
    })?;
    Ok(())
}

fn suite<'f>(
    xml: &mut Xml,
    at: usize,
    draft: &Draft,
    findings: impl Iterator<Item = &'f Finding>,
) -> io::Result<()> {
    let (notes, faults): (Vec<&Finding>, Vec<&Finding>) =
        findings.partition(|finding| finding.severity == Severity::Note);
    let path = value(&place::slashed(&draft.path));
    let (id, failures) = (at.to_string(), faults.len().to_string());
    let tests = faults.len().max(1).to_string();
    // The schema of Ant wants a host, a time, and elements for what was printed; that of Jenkins one property at least.
    let attributes = [
        ("name", path.as_str()),
        ("package", "adref"),
        ("id", &id),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", "0"),
        ("time", "0"),
        ("timestamp", "1970-01-01T00:00:00"),
        ("hostname", "localhost"),
    ];
    xml.create_element("testsuite").with_attributes(attributes).write_inner_content(|xml| {
        xml.create_element("properties").write_inner_content(|xml| {
            let version = [("name", "adref"), ("value", env!("CARGO_PKG_VERSION"))];
            xml.create_element("property").with_attributes(version).write_empty()?;
            Ok(())
        })?;
        cases(xml, &path, &faults, draft)?;
        let told: Vec<String> = notes.iter().map(|finding| words(finding, draft)).collect();
        text(xml, "system-out", &told.join("\n\n"))?;
        text(xml, "system-err", "")
    })?;
    Ok(())
}

fn cases(xml: &mut Xml, path: &str, faults: &[&Finding], draft: &Draft) -> io::Result<()> {
    let case = |name: &str| [("name", name.to_owned()), ("classname", path.to_owned())];
    if faults.is_empty() {
        let attributes = case("nothing to put right");
        let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
        xml.create_element("testcase")
            .with_attributes(attributes.chain([("time", "0")]))
            .write_empty()?;
    }
    // A test keeps its name while text elsewhere changes, so lines are no part of it.
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in faults {
        let paragraph = finding.paragraph.as_ref();
        let paragraph =
            paragraph.map_or(String::new(), |id| format!(", {}", paragraph_name(id, Some(draft))));
        let name = format!("{}{paragraph}", finding.rule);
        let nth = seen.entry(name.clone()).and_modify(|nth| *nth += 1).or_insert(1);
        let name = if *nth == 1 { name } else { format!("{name} ({nth})") };
        let attributes = case(&value(&name));
        let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
        xml.create_element("testcase")
            .with_attributes(attributes.chain([("time", "0")]))
            .write_inner_content(|xml| {
                let message = value(&finding.message);
                let attributes = [("message", message.as_str()), ("type", finding.rule)];
                xml.create_element("failure")
                    .with_attributes(attributes)
                    .write_text_content(BytesText::new(&valid(&words(finding, draft))))?;
                Ok(())
            })?;
    }
    Ok(())
}

fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&valid(text)))?;
    Ok(())
}

/// Where, what, and what to do.
fn words(finding: &Finding, draft: &Draft) -> String {
    format!("{}\n{}", place::address(finding, draft), place::told(finding))
}

/// The value of an attribute: on one line, for readers of XML make spaces of its line breaks anyhow.
fn value(text: &str) -> String {
    valid(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without the characters that XML 1.0 does not allow.
fn valid(text: &str) -> String {
    sanitized(text)
}

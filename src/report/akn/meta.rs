//! What a draft says of itself in; the elements `meta` and `preface` of an AKN file out.

use super::names::slug;
use super::notes::Notes;
use super::xml::Xml;
use crate::model::{Draft, FrontMatter};
use crate::report::draft::head;
use crate::text::Language;

/// The schema asks for a date where there may be none; official files put this one.
const NO_DATE: &str = "0001-01-01";

/// What identifies a document: address, dates, language.
pub(super) struct Identity<'d> {
    front: &'d FrontMatter,
    work: String,
    language: &'static str,
    dates: Vec<(&'static str, &'d str)>,
}

impl<'d> Identity<'d> {
    /// Addresses follow the Akoma Ntoso Naming Convention 1.0 (OASIS, 2019), section 4.
    pub(super) fn of(draft: &'d Draft) -> Self {
        let front = &draft.front;
        let known = [("adoption", &front.adopted), ("draft", &front.date)];
        let known = known.into_iter().filter_map(|(name, date)| Some((name, date.as_deref()?)));
        let mut dates: Vec<_> = known.filter(|(_, date)| is_date(date)).collect();
        if dates.is_empty() {
            dates.push(("unknown", NO_DATE));
        }
        let date = dates.first().map_or(NO_DATE, |(_, date)| date);
        let called = front.symbol.as_ref().or(front.title.as_ref());
        let name = called.map_or_else(String::new, |called| short(&slug(called)));
        let name = if name.is_empty() { "text".to_owned() } else { name };
        let work = format!("/akn/un/statement/{date}/{name}");
        Self { front, work, language: code(draft.language()), dates }
    }

    /// Writes `identification` of the main text, or of an attachment to it.
    pub(super) fn identification(&self, attachment: Option<&str>, xml: &mut Xml) {
        let part = attachment.map_or(String::new(), |name| format!("~{name}"));
        let (work, language) = (&self.work, self.language);
        let expression = format!("{work}/{language}@");
        xml.open("identification", &[("source", "#adref")]);
        let names = if attachment.is_none() { self.front.names.as_slice() } else { &[] };
        self.properties("FRBRWork", &format!("{work}/!main{part}"), work, names, xml);
        xml.empty("FRBRcountry", &[("value", "un")]);
        xml.close("FRBRWork");
        let this = format!("{expression}/!main{part}");
        self.properties("FRBRExpression", &this, &expression, &[], xml);
        xml.empty("FRBRlanguage", &[("language", language)]);
        xml.close("FRBRExpression");
        let uri = format!("{expression}.xml");
        self.properties("FRBRManifestation", &format!("{this}.xml"), &uri, &[], xml);
        xml.close("FRBRManifestation");
        xml.close("identification");
    }

    fn properties(&self, name: &str, this: &str, uri: &str, names: &[String], xml: &mut Xml) {
        xml.open(name, &[]);
        xml.empty("FRBRthis", &[("value", this)]);
        xml.empty("FRBRuri", &[("value", uri)]);
        for alias in names {
            xml.empty("FRBRalias", &[("name", "name"), ("value", alias)]);
        }
        for (name, date) in &self.dates {
            xml.empty("FRBRdate", &[("date", date), ("name", name)]);
        }
        let author = if name == "FRBRManifestation" { "#adref" } else { "#author" };
        xml.empty("FRBRauthor", &[("href", author)]);
    }
}

/// Writes `meta`; `anchors` are the identifiers of the draft's paragraphs, in their order.
pub(super) fn meta(
    draft: &Draft,
    identity: &Identity<'_>,
    notes: &Notes<'_>,
    anchors: &[String],
    xml: &mut Xml,
) {
    xml.open("meta", &[]);
    identity.identification(None, xml);
    references(&draft.front, xml);
    notes.write(xml);
    proprietary(draft, anchors, xml);
    xml.close("meta");
}

/// What the elements of the head and the text refer to.
fn references(front: &FrontMatter, xml: &mut Xml) {
    let author = front.body.as_deref().unwrap_or("United Nations");
    let organ = format!("/akn/ontology/organization/un/{}", super::names::encoded(&slug(author)));
    xml.open("references", &[("source", "#adref")]);
    for (kind, id, href, shown) in [
        ("TLCOrganization", "adref", "/akn/ontology/organization/adref", "adref"),
        ("TLCOrganization", "author", organ.as_str(), author),
        ("TLCConcept", "symbol", "/akn/ontology/reference/un/symbol", "Symbol"),
        ("TLCRole", "issuingBody", "/akn/ontology/role/un/issuingBody", "Issuing body"),
        ("TLCConcept", "stage", "/akn/ontology/concept/un/stage", "Stage"),
        ("TLCTerm", "title", "/akn/ontology/reference/un/title", "Title"),
    ] {
        xml.empty(kind, &[("eId", id), ("href", href), ("showAs", shown)]);
    }
    xml.close("references");
}

/// What AKN has no element for: the other keys of the front matter, pins and waivers.
fn proprietary(draft: &Draft, anchors: &[String], xml: &mut Xml) {
    let front = &draft.front;
    let undated = |date: &Option<String>| date.clone().filter(|date| !is_date(date));
    let rest = head(&FrontMatter {
        symbol: None,
        title: None,
        names: Vec::new(),
        body: None,
        stage: None,
        adopted: undated(&front.adopted),
        date: undated(&front.date),
        ..front.clone()
    });
    let remarked = draft.paragraphs.iter().any(|p| !p.pins.is_empty() || !p.waivers.is_empty());
    if rest.is_empty() && draft.waivers.is_empty() && !remarked {
        return;
    }
    xml.open("proprietary", &[("source", "#adref")]);
    if !rest.is_empty() {
        xml.leaf("adref:front", &[], &rest);
    }
    for waiver in &draft.waivers {
        xml.empty("adref:waiver", &[("rule", &waiver.rule), ("reason", &waiver.reason)]);
    }
    for (paragraph, anchor) in draft.paragraphs.iter().zip(anchors) {
        let href = format!("#{anchor}");
        for pin in &paragraph.pins {
            let mut attributes = vec![("href", href.as_str()), ("source", &pin.source)];
            attributes.extend(pin.claim.as_deref().map(|claim| ("claim", claim)));
            xml.empty("adref:pin", &attributes);
        }
        for waiver in &paragraph.waivers {
            let (rule, reason) = (("rule", waiver.rule.as_str()), ("reason", &*waiver.reason));
            xml.empty("adref:waiver", &[("href", &href), rule, reason]);
        }
    }
    xml.close("proprietary");
}

/// Writes `preface`: symbol, organ, title and stage, as far as the draft tells them.
pub(super) fn preface(front: &FrontMatter, xml: &mut Xml) {
    let said: Vec<_> = [
        ("docNumber", "#symbol", &front.symbol),
        ("docAuthority", "#issuingBody", &front.body),
        ("docTitle", "#title", &front.title),
        ("docStage", "#stage", &front.stage),
    ]
    .into_iter()
    .filter_map(|(name, refers, words)| Some((name, refers, words.as_deref()?)))
    .collect();
    if said.is_empty() {
        return;
    }
    xml.open("preface", &[]);
    for (name, refers, words) in said {
        xml.new_line();
        xml.start("p", &[]);
        xml.start(name, &[("refersTo", refers)]);
        xml.words(words);
        xml.end(name);
        xml.end("p");
    }
    xml.close("preface");
}

/// As many of the words as fit an address: a title may be as long as a paragraph.
fn short(slug: &str) -> String {
    const LONGEST: usize = 60;
    let ends = slug.match_indices('-').map(|(at, _)| at).chain([slug.len()]);
    let end = ends.take_while(|at| *at <= LONGEST).last();
    let cut = || slug.chars().take(LONGEST / 4).collect();
    end.and_then(|end| slug.get(..end)).map_or_else(cut, str::to_owned)
}

/// The code of a language after ISO 639-2, as official files have it.
fn code(language: Language) -> &'static str {
    match language {
        Language::En => "eng",
        Language::Ar => "ara",
        Language::Zh => "zho",
        Language::Fr => "fra",
        Language::Ru => "rus",
        Language::Es => "spa",
    }
}

/// True for a day that `xsd:date` takes: `2015-12-16`.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| digits).map(|value| (part.len(), value))
    });
    let (Some(Some((4, year))), Some(Some((2, month))), Some(Some((2, day))), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn days_of_the_calendar() {
        for (text, wanted) in [
            ("2015-12-16", true),
            ("2024-02-29", true),
            ("2023-02-29", false),
            ("2015-13-01", false),
            ("2015-00-01", false),
            ("2015-1-01", false),
            ("0000-01-01", false),
            ("2015-12", false),
            ("December 2015", false),
            ("+015-12-16", false),
        ] {
            assert_eq!(is_date(text), wanted, "{text}");
        }
    }
}

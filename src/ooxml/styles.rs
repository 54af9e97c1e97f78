//! The styles of a Word file in; how a paragraph or a run looks once all of them are laid over one another, out.

use std::collections::HashMap;
use std::rc::Rc;

use super::xml::Element;

/// How many styles may be based one on the other; Word itself stops at eleven.
const LONGEST_CHAIN: usize = 32;

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The document's title.
    Title,
    /// A heading; the outermost level is 1.
    Heading(usize),
    /// A line of a table of contents, or its heading.
    Contents,
    /// Text that goes on with the item of a list before it.
    Continued,
    /// A quotation that stands apart from the text around it.
    Quoted,
    /// The same, as part of the item of a list before it.
    QuotedOn,
    /// An item of a list within an item of another.
    Listed,
    /// Text.
    Body,
}

/// Which list a paragraph is counted in, as far as one place says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InList {
    /// The list; `0` takes a paragraph out of any.
    pub(crate) list: Option<String>,
    /// The level from 0.
    pub(crate) level: Option<usize>,
}

/// How something looks, as far as one place says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    pub(crate) role: Option<Role>,
    pub(crate) list: InList,
    /// The styles that may stand for a level of the list, the nearest first; none where the paragraph itself
    /// says its level.
    pub(crate) list_styles: Rc<[String]>,
    pub(crate) centred: Option<bool>,
    pub(crate) bold: Option<bool>,
    pub(crate) italic: Option<bool>,
    pub(crate) struck: Option<bool>,
    pub(crate) hidden: Option<bool>,
    pub(crate) raised: Option<bool>,
}

impl Look {
    /// What the properties `paragraph` (`w:pPr`) and `run` (`w:rPr`) say.
    pub(crate) fn of(paragraph: Option<&Element>, run: Option<&Element>) -> Self {
        let mut look = Self::default();
        if let Some(set) = paragraph {
            look.role = set.number("outlineLvl").map(|level: usize| match level {
                0..=8 => Role::Heading(level + 1),
                _ => Role::Body,
            });
            look.centred = set.value("jc").map(|side| side == "center");
            if let Some(list) = set.child("numPr") {
                let list_id = list.value("numId").map(|id| id.trim().to_owned());
                look.list = InList { list: list_id, level: list.number("ilvl") };
            }
        }
        if let Some(set) = run {
            look.bold = set.switch("b");
            look.italic = set.switch("i");
            look.struck = match (set.switch("strike"), set.switch("dstrike")) {
                (None, None) => None,
                (single, double) => Some(single == Some(true) || double == Some(true)),
            };
            look.hidden = set.switch("vanish");
            look.raised = set.value("vertAlign").map(|place| place == "superscript");
        }
        look
    }

    /// This look, and what `base` says where it is silent.
    pub(crate) fn over(self, base: &Look) -> Look {
        let own_level = self.list != InList::default();
        Look {
            role: self.role.or(base.role),
            list: InList {
                list: self.list.list.or_else(|| base.list.list.clone()),
                level: self.list.level.or(base.list.level),
            },
            list_styles: if own_level { self.list_styles } else { base.list_styles.clone() },
            centred: self.centred.or(base.centred),
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            struck: self.struck.or(base.struck),
            hidden: self.hidden.or(base.hidden),
            raised: self.raised.or(base.raised),
        }
    }
}

/// All styles of a file, by id.
#[derive(Default)]
pub(crate) struct Styles {
    looks: HashMap<String, Look>,
    /// The look of paragraphs that name no style.
    usual: Look,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(crate) fn of(part: Option<&Element>) -> Self {
        let Some(part) = part else { return Self::default() };
        let of_kind = |style: &&Element| &*style.name == "style";
        let own: HashMap<&str, &Element> = part
            .elements()
            .filter(of_kind)
            .filter_map(|style| Some((style.attribute("styleId")?, style)))
            .collect();
        let defaults = part.child("docDefaults");
        let all = Look::of(
            defaults.and_then(|d| d.down(&["pPrDefault", "pPr"])),
            defaults.and_then(|d| d.down(&["rPrDefault", "rPr"])),
        );
        let mut looks = HashMap::new();
        let mut usual = all.clone();
        for (id, style) in &own {
            // What holds for every paragraph must not hide what a paragraph's style says of a run.
            let character = style.attribute("type") == Some("character");
            let base = if character { Look::default() } else { all.clone() };
            let look = chained(id, &own).over(&base);
            let default = matches!(style.attribute("default"), Some("1" | "true" | "on"));
            if default && style.attribute("type") == Some("paragraph") {
                usual = look.clone();
            }
            looks.insert((*id).to_owned(), look);
        }
        Self { looks, usual }
    }

    /// The look of a paragraph by its style alone.
    pub(crate) fn paragraph(&self, style: Option<&str>) -> Look {
        let Some(id) = style else { return self.usual.clone() };
        match self.looks.get(id) {
            Some(look) => look.clone(),
            // A file without its styles still tells headings by the ids Word gives them.
            None => Look { role: role_of(id), ..self.usual.clone() },
        }
    }

    /// The look of a run by its character style.
    pub(crate) fn run(&self, style: Option<&str>) -> Option<&Look> {
        self.looks.get(style?)
    }

    /// The list that a style of numbering names.
    pub(crate) fn list_of(&self, style: &str) -> Option<&str> {
        self.looks.get(style)?.list.list.as_deref()
    }
}

/// A style with all it is based on.
fn chained(id: &str, own: &HashMap<&str, &Element>) -> Look {
    let mut look = Look::default();
    let mut next = Some(id);
    let mut list_styles = Vec::new();
    for _ in 0..LONGEST_CHAIN {
        let Some((id, style)) = next.and_then(|id| Some((id, own.get(id)?))) else { break };
        let mut said = Look::of(style.child("pPr"), style.child("rPr"));
        let named = style.value("name").and_then(role_of);
        said.role = match named {
            Some(
                Role::Title
                | Role::Contents
                | Role::Continued
                | Role::Listed
                | Role::Quoted
                | Role::QuotedOn,
            ) => named,
            _ => said.role.or(named),
        };
        if look.list.list.is_none() {
            list_styles.push(id.to_owned());
        }
        look = look.over(&said);
        next = style.value("basedOn");
    }
    Look { list_styles: list_styles.into(), ..look }
}

/// What the name of a built-in style says. Word writes these names in English in every language; those
/// beginning with `_ H` are the headings of the templates of the United Nations.
fn role_of(name: &str) -> Option<Role> {
    let name = name.to_lowercase().replace([' ', '_'], "");
    if let Some(level) = name.strip_prefix("heading") {
        let level = level.parse().ok().filter(|level| (1..=9).contains(level))?;
        return Some(Role::Heading(level));
    }
    match name.as_str() {
        "title" => Some(Role::Title),
        "subtitle" => Some(Role::Heading(2)),
        _ if name.strip_prefix("listcontinue").is_some_and(|n| n.is_empty() || is_digit(n)) => {
            Some(Role::Continued)
        }
        "quote" | "intensequote" | "blocktext" => Some(Role::Quoted),
        "quotecontinued" => Some(Role::QuotedOn),
        "list2" | "list3" | "list4" | "list5" => Some(Role::Listed),
        "listbullet2" | "listbullet3" | "listbullet4" | "listbullet5" => Some(Role::Listed),
        // Those of files that were laid out here.
        _ if name.strip_prefix("bulletedsub-paragraph").is_some_and(is_digit) => Some(Role::Listed),
        "tocheading" | "tableoffigures" | "contentsheading" => Some(Role::Contents),
        _ if name.strip_prefix("toc").or(name.strip_prefix("contents")).is_some_and(is_digit) => {
            Some(Role::Contents)
        }
        _ => match name.trim_end_matches('r').trim_end_matches('g') {
            "hm" | "hch" => Some(Role::Heading(1)),
            "h1" => Some(Role::Heading(2)),
            "h2/3" | "h23" => Some(Role::Heading(3)),
            "h4" => Some(Role::Heading(4)),
            "h5/6" | "h56" => Some(Role::Heading(5)),
            _ => None,
        },
    }
}

fn is_digit(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_by_name() {
        for (name, wanted) in [
            ("heading 2", Some(Role::Heading(2))),
            ("Heading1", Some(Role::Heading(1))),
            ("Title", Some(Role::Title)),
            ("toc 3", Some(Role::Contents)),
            ("TOC Heading", Some(Role::Contents)),
            ("_ H_1_G", Some(Role::Heading(2))),
            ("_ H_2/3", Some(Role::Heading(3))),
            ("_ H _Ch_GR", Some(Role::Heading(1))),
            ("heading", None),
            ("Normal", None),
            ("header", None),
            ("List Continue 2", Some(Role::Continued)),
            ("List 2", Some(Role::Listed)),
            ("Intense Quote", Some(Role::Quoted)),
            ("List", None),
        ] {
            assert_eq!(role_of(name), wanted, "{name}");
        }
    }
}

//! Drafts in `tests/checks/RULE/` go in; what the rule finds in each of them, as the terminal shows it, comes out.
//!
//! `case.md` is held against the agreed texts in `references/`, and in a folder of this name beside it, by the one rule
//! that its folder is called after, and `case.txt` has what is found. Where there is a `case.old.md`, it is the revision before. What a repository
//! would say of the rule in `adref.yaml` stands under `policy:` in the head of the case. `ADREF_OVERWRITE=1` writes the
//! expected files anew; read the difference.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it wrote"
)]

use std::fs;
use std::path::{Path, PathBuf};

use adref::check::{self, Policy};
use adref::library;
use adref::model::{Checked, Draft, Extent, Library, Rule};
use adref::pipeline::{Checker, Thresholds};
use adref::read::read;
use adref::report::{self, CheckFormat, CheckOptions, Findings};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn overwrites() -> bool {
    std::env::var_os("ADREF_OVERWRITE").is_some()
}

/// The files in a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    files.sort();
    files
}

/// Holds `text` against the file, or writes it there where that is wanted; the fault, where there is one.
fn held(path: &Path, text: &str) -> Option<String> {
    if overwrites() {
        fs::write(path, text).unwrap();
        return None;
    }
    let wanted = fs::read_to_string(path).unwrap_or_default();
    (wanted != text).then(|| format!("{}\n--- wanted\n{wanted}\n--- found\n{text}", path.display()))
}

fn draft(path: &Path) -> Draft {
    let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    read(&name, &fs::read(path).unwrap()).unwrap()
}

fn policy(draft: &Draft, rule: &str) -> Policy {
    let own = draft.front.other.get("policy").cloned();
    let own = own.map(|own| serde_yaml::from_value(own).unwrap());
    let policy = Policy { only: vec![rule.to_owned()], ..own.unwrap_or_default() };
    assert_eq!(policy.faults(), Vec::<String>::new(), "{}", draft.path);
    policy
}

fn checked(path: &Path, rule: &str, library: &Library) -> (Draft, Checked) {
    let draft = draft(path);
    let policy = policy(&draft, rule);
    let old = path.with_extension("old.md");
    let old = old.is_file().then(|| self::draft(&old));
    let checker = Checker::new(library, Thresholds::default(), &policy);
    let of = checker.check(draft, old.as_ref());
    (of.annotation.draft, of.checked)
}

fn shown(draft: &Draft, checked: &Checked, rules: &[Rule]) -> String {
    let told = Findings {
        drafts: &[draft],
        findings: &checked.findings,
        rules,
        waived: checked.waived,
        known: 0,
        mended: 0,
        elsewhere: 0,
        hidden: 0,
    };
    let options = CheckOptions { format: CheckFormat::Terminal, width: 100, color: false };
    report::findings(told, &options)
}

#[test]
fn every_rule_finds_what_its_cases_say() {
    let rules: Vec<Rule> = check::rules().collect();
    let mut faults = Vec::new();
    for rule in &rules {
        let folder = root().join("tests/checks").join(rule.name);
        assert!(folder.is_dir(), "{}: a rule without cases", rule.name);
        let mut places = vec![root().join("references"), folder.join("references")];
        places.retain(|place| place.is_dir());
        let library = library::load(&places).unwrap();
        let cases = files(&folder).into_iter().filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".md") && !name.ends_with(".old.md")
        });
        let (mut found, mut silent) = (0, 0);
        for case in cases {
            let (draft, checked) = checked(&case, rule.name, &library);
            if checked.findings.is_empty() {
                silent += 1
            } else {
                found += 1
            }
            faults.extend(held(&case.with_extension("txt"), &shown(&draft, &checked, &rules)));
        }
        assert!(found > 0 && silent > 0, "{}: cases with and without a fault", rule.name);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_page_in_docs_is_what_explain_says() {
    let folder = root().join("docs/rules");
    let rules: Vec<Rule> = check::rules().collect();
    let page = |rule: &Rule| held(&folder.join(format!("{}.md", rule.name)), &report::rule(rule));
    let mut faults: Vec<String> = rules.iter().filter_map(page).collect();
    for file in files(&folder) {
        let name = file.file_stem().unwrap().to_string_lossy();
        if !rules.iter().any(|rule| rule.name == name) {
            faults.push(format!("{}: there is no such rule", file.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// The draft that a page has for an example, as its reader would paste it, and what its `adref.yaml` says.
fn example(page: &str) -> (String, Policy) {
    let (_, example) = page.split_once("## Example").unwrap();
    let (example, _) = example.split_once("## What to do").unwrap();
    let (mut draft, mut settings, mut is_settings) = (String::new(), String::new(), false);
    for line in example.lines() {
        if line.starts_with("```") {
            is_settings = line.len() > "```".len();
        } else if is_settings {
            settings.push_str(&format!("{line}\n"));
        } else if let Some(own) = line.strip_prefix('>') {
            let own = own.trim_start().trim_start_matches("`<").trim_end_matches(">`");
            let is_comment = own.starts_with("!--");
            let own = if is_comment { format!("<{own}>") } else { own.replace('\\', "") };
            draft.push_str(&format!("{own}\n"));
        }
    }
    let settings: serde_yaml::Value = serde_yaml::from_str(&settings).unwrap();
    let own = settings.get("check").cloned();
    (draft, own.map(|own| serde_yaml::from_value(own).unwrap()).unwrap_or_default())
}

/// Pasted into a draft beside the sample references, the example of every page is found, as gravely as its page says.
#[test]
fn every_example_is_found() {
    let mut library = library::load(&[root().join("references")]).unwrap();
    // What excerpts do not have may stand in the rest, so the Compact is held in full here.
    let numbered = (1..=74).map(|number| format!("{number}. Paragraph {number} of it.\n\n"));
    let whole = read("whole.md", numbered.collect::<String>().as_bytes()).unwrap();
    for entry in library.entries.iter_mut().filter(|entry| entry.symbol() == "A/RES/79/1") {
        entry.text.front.extent = Some(Extent::Full);
        entry.text.paragraphs = whole.paragraphs.clone();
    }
    let mut silent = Vec::new();
    for rule in check::rules() {
        let (text, policy) = example(&report::rule(&rule));
        let draft = read("draft.md", text.as_bytes()).unwrap();
        let found = Checker::new(&library, Thresholds::default(), &policy).check(draft, None);
        let mut found = found.checked.findings.iter();
        if !found.any(|own| own.rule == rule.name && own.severity >= rule.severity) {
            silent.push(format!("{}:\n{text}", rule.name));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn findings_keep_their_fingerprints_when_text_elsewhere_changes() {
    let library = Library::default();
    let policy = Policy::default();
    let checker = Checker::new(&library, Thresholds::default(), &policy);
    let prints = |text: &str| -> Vec<String> {
        let draft = read("draft.md", text.as_bytes()).unwrap();
        let found = checker.check(draft, None).checked.findings;
        found.into_iter().map(|finding| finding.fingerprint).collect()
    };
    let one = prints("1. We welcome the report [TBC] of the Commission on this matter.\n");
    assert_eq!(one.len(), 1);
    let moved = "1. A paragraph that came in before it.\n\n2. We also thank all who took part in the work. \
                 We welcome the report [TBC] of the Commission on this matter.\n";
    assert_ne!(prints(moved), Vec::<String>::new());
    let renumbered = "1. A paragraph that came in before it.\n\n\
                      2. We welcome the report [TBC] of the Commission on this matter.\n";
    assert_eq!(prints(renumbered), one);
    // How many paragraphs there are, or which number a paragraph has by now, is no part of it.
    let short = prints("1. We act.\n\n2. We recall paragraph 17 above and act on it.\n");
    let longer =
        prints("1. We act.\n\n2. We recall paragraph 17 above and act on it.\n\n3. We end.\n");
    assert_eq!((short.len(), &short), (1, &longer));
    let gap = prints("1. We act.\n\n3. We recall what we did.\n");
    let later = prints("1. We act.\n\n2. We see.\n\n4. We recall what we did.\n");
    assert_eq!((gap.len(), &gap), (1, &later));
    let twice = prints("1. We hold [TBC] here.\n\n2. We hold [TBC] here.\n");
    assert_ne!(twice.first(), twice.last());
}

#[test]
fn what_to_write_in_a_word_draft_is_told_in_plain_words() {
    let library = Library::default();
    let policy = Policy::default();
    let text = "1. We welcome the report [TBC].\n<!-- adref: alow placeholder: waiting -->\n";
    let told = |path: &str| -> Vec<String> {
        let draft = Draft { path: path.to_owned(), ..read("draft.md", text.as_bytes()).unwrap() };
        let found = Checker::new(&library, Thresholds::default(), &policy).check(draft, None);
        let waivers = found.checked.findings.into_iter().filter(|found| found.rule == "waiver");
        waivers.filter_map(|found| found.help).collect()
    };
    assert_eq!(told("draft.md"), ["did you mean <!-- adref: allow placeholder: waiting -->?"]);
    let in_word = ["did you mean “adref: allow placeholder: waiting” in a Word comment?"];
    assert_eq!(told("draft.docx"), in_word);
}

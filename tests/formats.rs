//! The same findings go in; what every format of `adref check` makes of them comes out, and holds to its schema.
//!
//! `tests/formats/` has the drafts, and a file for each format. After a change that is meant:
//! `ADREF_OVERWRITE=1 cargo test --test formats`, and read the difference. Where the schemas are from stands in
//! `tests/schemas/README.md`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::collections::HashSet;
use std::fs;

use adref::check::{self, Policy};
use adref::model::{Draft, Finding, Position, Rule, Severity};
use adref::pipeline::{Checker, Thresholds};
use adref::read::read;
use adref::report::{self, CheckFormat, CheckOptions, Findings};
use serde_json::{Value, json};
use support::{data, load, markdown_in, root, schema};
use uppsala::XsdValidator;

const FORMATS: [(CheckFormat, &str); 6] = [
    (CheckFormat::Terminal, "terminal.txt"),
    (CheckFormat::Json, "json.json"),
    (CheckFormat::Sarif, "sarif.json"),
    (CheckFormat::GitHub, "github.txt"),
    (CheckFormat::JUnit, "junit.xml"),
    (CheckFormat::GitLab, "gitlab.json"),
];

/// Rules as they are found in the sources; those of the tool change more often than its formats.
const RULES: [Rule; 2] = [
    Rule {
        name: "held-place",
        severity: Severity::Warning,
        page: "//! Finds places held open.\n//!\n//! ## Why it matters\n//!\n//! A bracket is easily\n\
               //! overlooked.\n//!\n//! ## Example\n//!\n//! > \\[TBC\\]\n",
    },
    Rule {
        name: "false-claim",
        severity: Severity::Error,
        page: "//! Finds claims that are false.",
    },
];

fn draft(path: &str, file: &str) -> Draft {
    read(path, &fs::read(root().join("tests/formats").join(file)).unwrap()).unwrap()
}

fn found(draft: &Draft, rule: &Rule, print: &str, message: &str) -> Finding {
    let found = Finding::warning(rule.name, &draft.path, message);
    Finding { severity: rule.severity, fingerprint: print.to_owned(), ..found }
}

fn at(line: usize, column: usize) -> Option<Position> {
    Some(Position { line, column })
}

/// A draft with a finding of every kind, one full of what the formats obey, one without lines, and one without fault.
fn sample() -> (Vec<Draft>, Vec<Finding>) {
    let [place, claim] = &RULES;
    let rev1 = draft("./drafts/rev1.md", "rev1.md");
    let hostile = draft("100% of\u{1b}[31m a:b, c]]>.md", "hostile.md");
    let word = Draft { source: String::new(), ..draft("word.docx", "rev1.md") };
    let clean = draft("drafts/clean.md", "rev1.md");
    let mut findings = vec![
        Finding {
            until: at(5, 53),
            ..found(&rev1, place, "00000000000000a1", "“[TBC]” holds a place").at(at(5, 48))
        }
        .paragraph("1")
        .help("fill it or take it out"),
        Finding {
            until: at(6, 15),
            ..found(&rev1, claim, "00000000000000a2", "this is agreed nowhere").at(at(5, 4))
        }
        .paragraph("1"),
        Finding::note("front-matter", &rev1.path, "the stage of the draft is not said"),
        found(
            &hostile,
            claim,
            "00000000000000a1",
            "first\r\nsecond: ]]> ::error::x %0A\u{7}\u{9b}",
        )
        .at(at(1, 4))
        .paragraph("1")
        .help("\u{202e}[see](https://example.org/),\u{FFFE} <b>&amp;</b> {0} \"so\""),
        Finding {
            span: Some(adref::model::Span::new(3, 12)),
            ..found(&word, place, "00000000000000a3", "no lines here").paragraph("1")
        },
        found(&word, place, "00000000000000a4", "nor here").paragraph("1"),
    ];
    findings[2].fingerprint = "00000000000000a5".to_owned();
    (vec![rev1, hostile, word, clean], findings)
}

fn told(drafts: &[Draft], findings: &[Finding], rules: &[Rule], format: CheckFormat) -> String {
    let drafts: Vec<&Draft> = drafts.iter().collect();
    let told = Findings {
        drafts: &drafts,
        findings,
        rules,
        waived: 2,
        known: 1,
        mended: 3,
        elsewhere: 4,
        hidden: 5,
    };
    report::findings(told, &CheckOptions { format, width: 100, color: false })
}

fn of_sample(format: CheckFormat) -> String {
    let (drafts, findings) = sample();
    told(&drafts, &findings, &RULES, format)
}

#[test]
fn every_format_writes_what_its_file_has() {
    let mut faults = Vec::new();
    for (format, name) in FORMATS {
        // A release changes no format.
        let version = concat!("\"", env!("CARGO_PKG_VERSION"), "\"");
        let told = of_sample(format).replace(version, "\"VERSION\"");
        let path = root().join("tests/formats").join(name);
        if std::env::var_os("ADREF_OVERWRITE").is_some() {
            fs::write(&path, &told).unwrap();
        }
        let wanted = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if wanted != told {
            faults.push(format!("{name}:\n{told}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Everything the formats are made of, in valid reports of the sample, of the project's drafts and of real ones.
#[test]
fn every_report_holds_to_its_schema() {
    let (drafts, findings) = sample();
    holds(&drafts, &findings, &RULES);
    holds(&[], &[], &RULES);
    let library = load(&root().join("references"));
    let policy = Policy::default();
    let checker = Checker::new(&library, Thresholds::default(), &policy);
    let mut files = markdown_in(&root().join("drafts"));
    if let Some(data) = data() {
        files.extend(["cop21", "wsis/inputs"].iter().flat_map(|at| markdown_in(&data.join(at))));
    }
    let (mut drafts, mut findings) = (Vec::new(), Vec::new());
    for file in files {
        let draft = read(&file.display().to_string(), &fs::read(&file).unwrap()).unwrap();
        let of = checker.check(draft, None);
        findings.extend(of.checked.findings);
        drafts.push(of.annotation.draft);
    }
    let rules: Vec<Rule> = check::rules().collect();
    assert!(!findings.is_empty());
    println!("{} drafts, {} findings", drafts.len(), findings.len());
    holds(&drafts, &findings, &rules);
}

fn holds(drafts: &[Draft], findings: &[Finding], rules: &[Rule]) {
    let told = |format| told(drafts, findings, rules, format);
    let value = |format| -> Value { serde_json::from_str(&told(format)).unwrap() };
    schema::check("check-1.json", &value(CheckFormat::Json));
    let faults = sarif_faults(&value(CheckFormat::Sarif));
    assert_eq!(faults, Vec::<String>::new());
    let gitlab = value(CheckFormat::GitLab);
    let faults = schema::faults(&code_quality(), &code_quality(), &gitlab, "$");
    assert_eq!(faults, Vec::<String>::new());
    let issues = gitlab.as_array().unwrap();
    let prints: HashSet<&str> = issues.iter().map(|i| i["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(
        prints.len(),
        findings.len(),
        "GitLab shows only one of those with the same fingerprint"
    );
    assert_eq!(junit_faults(&told(CheckFormat::JUnit)), Vec::<String>::new());
    let annotations = told(CheckFormat::GitHub);
    let commands = annotations.lines().filter(|line| line.starts_with("::"));
    assert_eq!(commands.count(), findings.len());
}

fn sarif_faults(log: &Value) -> Vec<String> {
    let path = root().join("tests/schemas/sarif-2.1.0.json");
    let official: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    schema::faults(&official, &official, log, "$")
}

fn junit_faults(report: &str) -> Vec<String> {
    let path = root().join("tests/schemas/jenkins-junit.xsd");
    let official = uppsala::parse(&fs::read_to_string(path).unwrap()).unwrap().into_static();
    let validator = XsdValidator::from_schema(&official).unwrap();
    let read = uppsala::parse(report).map_err(|error| vec![error.to_string()]);
    read.map_or_else(
        |faults| faults,
        |report| validator.validate(&report).iter().map(ToString::to_string).collect(),
    )
}

/// What GitLab's documentation says of a code quality report ("Code Quality report format"), and nothing besides.
fn code_quality() -> Value {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "additionalProperties": false,
            "properties": {
                "description": { "type": "string", "minLength": 1 },
                "check_name": { "type": "string", "minLength": 1 },
                "fingerprint": { "type": "string", "minLength": 1 },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "additionalProperties": false,
                    "properties": {
                        "path": { "type": "string", "minLength": 1 },
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "additionalProperties": false,
                            "properties": {
                                "begin": { "type": "integer", "minimum": 1 },
                                "end": { "type": "integer", "minimum": 1 }
                            }
                        }
                    }
                }
            }
        }
    })
}

#[test]
fn the_schemas_notice_faults() {
    let sarif: Value = serde_json::from_str(&of_sample(CheckFormat::Sarif)).unwrap();
    for (place, value) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/results/0/level", json!("notice")),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", json!("a b")),
        ("/runs/0/tool/driver/rules/1", json!({ "id": "x", "severity": "error" })),
    ] {
        let mut broken = sarif.clone();
        *broken.pointer_mut(place).unwrap() = value;
        assert_ne!(sarif_faults(&broken), Vec::<String>::new(), "{place}");
    }
    let junit = of_sample(CheckFormat::JUnit);
    for (from, to) in [
        ("<failure ", "<fault "),
        (" tests=\"2\"", ""),
        ("</testsuites>", ""),
        ("<properties>", "<properties/><properties>"),
    ] {
        let broken = junit.replace(from, to);
        assert_ne!(broken, junit, "{from}");
        assert_ne!(junit_faults(&broken), Vec::<String>::new(), "{from}");
    }
}

#[test]
fn what_a_draft_says_commands_nothing() {
    for (format, name) in FORMATS {
        let told = of_sample(format);
        let obeyed = |c: char| c.is_control() && c != '\n';
        assert!(!told.contains(obeyed), "{name}");
    }
    let lines: Vec<String> = of_sample(CheckFormat::GitHub).lines().map(str::to_owned).collect();
    assert_eq!(lines.iter().filter(|line| line.starts_with("::")).count(), 6);
    // The words themselves are all there.
    let xml = of_sample(CheckFormat::JUnit);
    let report = uppsala::parse(&xml).unwrap();
    let all = report.text_content_deep(report.root());
    assert!(all.contains("second: ]]> ::error::x %0A"), "{all}");
    let sarif: Value = serde_json::from_str(&of_sample(CheckFormat::Sarif)).unwrap();
    let message = sarif["runs"][0]["results"][3]["message"]["text"].as_str().unwrap();
    assert!(message.contains("\\[see\\](https://example.org/)"), "{message}");
    let named = &sarif["runs"][0]["results"][3]["locations"][0]["physicalLocation"];
    assert_eq!(named["artifactLocation"]["uri"], "100%25%20of%1B%5B31m%20a%3Ab%2C%20c%5D%5D%3E.md");
}

#[test]
fn files_outside_the_folder_are_named_whole() {
    let (drafts, findings) = sample();
    let moved = |path: &str| {
        let finding = Finding { path: path.to_owned(), ..findings[0].clone() };
        let log = told(&drafts, &[finding], &RULES, CheckFormat::Sarif);
        let log: Value = serde_json::from_str(&log).unwrap();
        assert_eq!(sarif_faults(&log), Vec::<String>::new(), "{path}");
        log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].clone()
    };
    assert_eq!(moved("../b.md"), json!({ "uri": "../b.md", "uriBaseId": "%SRCROOT%" }));
    assert_eq!(moved("/home/é.md"), json!({ "uri": "file:///home/%C3%A9.md" }));
    assert_eq!(moved("HEAD:a.md"), json!({ "uri": "HEAD%3Aa.md", "uriBaseId": "%SRCROOT%" }));
}

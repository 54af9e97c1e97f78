//! Rules in; a list of them, or the page of one, out.

use colored::Colorize;

use crate::model::{Rule, Severity};
use crate::report::wrap::folded;

/// Columns that the names of rules and severities take.
const NAMES: usize = 28;

/// Columns that names and severities take.
const BEFORE: usize = NAMES + 10;

/// What a rule finds stands beside its name where it has so many columns there, else below it.
const ROOM: usize = 30;

/// Every rule in a line or a few of `width` columns: its name, how much it matters, and what it finds.
pub fn rules(rules: &[Rule], width: usize) -> String {
    let beside = width >= BEFORE + ROOM;
    let indent = if beside { BEFORE } else { 4 };
    let next = format!("\n{}", " ".repeat(indent));
    let lines = rules.iter().map(|rule| {
        let severity = severity(rule.severity);
        let brief = folded(&rule.brief(), width.saturating_sub(indent)).replace('\n', &next);
        let severity = if beside { format!("{severity:8} ") } else { format!("{severity}{next}") };
        format!("{:NAMES$} {severity}{brief}\n", rule.name.bold())
    });
    lines.collect()
}

/// The page of a rule in Markdown, as `docs/rules/` has it.
pub fn rule(rule: &Rule) -> String {
    let severity = severity(rule.severity);
    format!(
        "# {}\n\nSeverity: {severity}, unless the page says another one of some findings, or `adref.yaml` sets one for all.\n\n{}\n",
        rule.name,
        rule.explanation()
    )
}

/// The page of a rule for a terminal: without the signs of Markdown that say nothing there, `#` before headings and `\`
/// before what might be a sign.
pub fn rule_for_terminal(rule: &Rule) -> String {
    let page = self::rule(rule);
    let lines = page.lines().map(|line| {
        let mut plain = String::with_capacity(line.len() + 1);
        let mut signs = line.trim_start_matches('#').trim_start_matches(' ').chars().peekable();
        while let Some(sign) = signs.next() {
            if sign != '\\' || !signs.peek().is_some_and(char::is_ascii_punctuation) {
                plain.push(sign);
            } else {
                plain.extend(signs.next());
            }
        }
        plain.push('\n');
        plain
    });
    lines.collect()
}

/// A severity in a word.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

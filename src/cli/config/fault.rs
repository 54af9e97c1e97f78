//! What is wrong with an `adref.yaml`, in the words of those who read it by machine, in; the same with its line and the
//! nearest thing that would be right, in words for people, out.

use std::path::Path;

use adref::check::most_like;

/// What hinders the reading of the file.
pub(super) fn reading(error: &serde_yaml::Error, text: &str, path: &Path) -> anyhow::Error {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let line =
        error.location().map(|place| twice(said, text, place.line()).unwrap_or(place.line()));
    let tab = text.lines().position(|line| {
        line.trim_start_matches(' ').starts_with('\t') && !line.trim_start().is_empty()
    });
    let (line, told) = match tab.filter(|_| said.contains("character that cannot start")) {
        Some(tab) => (Some(tab + 1), TAB.to_owned()),
        None => (line, told(said)),
    };
    let line = line.map_or(String::new(), |line| format!(":{line}"));
    anyhow::anyhow!("{}{line}: {told}", path.display())
}

const TAB: &str = "a tab stands before the words of this line; put spaces in its place";

/// The line where a setting stands for the second time, in the group that begins in line `from`.
fn twice(said: &str, text: &str, from: usize) -> Option<usize> {
    let (_, rest) = said.split_once("duplicate field `")?;
    let (name, _) = named(rest);
    let first = after(text, (from.checked_sub(1)?, 0), name)?;
    let second = after(text, (first.0, first.1 + name.len()), name)?;
    Some(second.0 + 1)
}

/// The message in words for people.
fn told(said: &str) -> String {
    if let Some((_, rest)) = said.split_once("unknown field `") {
        let (name, known) = named(rest);
        let help = match most_like(name, known.iter().copied()) {
            Some(like) => format!("did you mean “{like}”?"),
            None => format!("there are {}", known.join(", ")),
        };
        return format!("there is no setting “{name}”; {help}");
    }
    if let Some((place, rest)) = said.split_once("unknown variant `") {
        let (name, known) = named(rest);
        let help = most_like(name, known.iter().copied());
        let help = help.map_or(String::new(), |like| format!("; did you mean “{like}”?"));
        return format!("{place}“{name}” is none of {}{help}", known.join(", "));
    }
    if let Some((_, rest)) = said.split_once("duplicate field `") {
        return format!("the setting “{}” stands twice", named(rest).0);
    }
    if let Some((place, rest)) = said.split_once("missing field `") {
        return format!("{place}the setting “{}” is missing", named(rest).0);
    }
    if let Some((place, rest)) = said.split_once("invalid type: ")
        && let Some((found, due)) = rest.split_once(", expected ")
    {
        return format!("{place}{} is due here, not {}", kind(due), shown(found));
    }
    said.to_owned()
}

/// The name before the first backtick, and those that stand between backticks behind it.
fn named(rest: &str) -> (&str, Vec<&str>) {
    let mut parts = rest.split('`');
    let name = parts.next().unwrap_or_default();
    (name, parts.skip(1).step_by(2).collect())
}

/// What is expected, as people call it.
fn kind(due: &str) -> &str {
    match due {
        "f64" => "a number",
        "a sequence" => "a list",
        "a string" | "path string" => "a text",
        "a boolean" => "true or false",
        other if other.starts_with("struct ") || other == "a map" => {
            "a group of settings, each with its name and a colon,"
        }
        other => other,
    }
}

/// What stands there, as people call it: `string "high"` is “high”.
fn shown(found: &str) -> String {
    let quoted = |rest: &str| format!("“{}”", rest.trim_matches(['"', '`']));
    match found.split_once([' ']) {
        Some(("string", text)) => quoted(text),
        Some(("integer" | "boolean", value)) => quoted(value),
        Some(("floating", rest)) => quoted(rest.trim_start_matches("point ")),
        Some(("unit", _)) => "nothing".to_owned(),
        None if found == "sequence" => "a list".to_owned(),
        None if found == "map" => "a group of settings".to_owned(),
        _ => found.to_owned(),
    }
}

/// What a fault of a policy is about: the rule it begins with, and the name it quotes, else its first word.
pub(super) fn subject(fault: &str) -> Vec<&str> {
    let (rule, rest) = match fault.split_once(": ") {
        Some((rule, rest)) if !rule.contains(' ') => (Some(rule), rest),
        _ => (None, fault),
    };
    let quoted = rest.split_once('“').and_then(|(_, rest)| rest.split_once('”'));
    let name = quoted.map(|(name, _)| name).or(rest.split_whitespace().next());
    ["check", "rules"].into_iter().chain(rule).chain(name).collect()
}

/// `adref.yaml:7`: where the last of the words stands, each looked for behind the one before it.
pub(super) fn place(text: &str, path: &Path, words: &[&str]) -> String {
    let mut from = (0, 0);
    let mut line = None;
    for word in words {
        let Some(found) = after(text, from, word) else { continue };
        line = Some(found.0 + 1);
        from = (found.0, found.1 + word.len());
    }
    line.map_or(path.display().to_string(), |line| format!("{}:{line}", path.display()))
}

/// Line and byte at which a word stands, at or behind a place; comments do not count.
fn after(text: &str, from: (usize, usize), word: &str) -> Option<(usize, usize)> {
    text.lines().enumerate().skip(from.0).find_map(|(number, line)| {
        let own = uncommented(line);
        let start = if number == from.0 { from.1 } else { 0 };
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let mut places = own.match_indices(word).map(|(at, _)| at).filter(|at| *at >= start);
        let whole = places.find(|at| {
            let before = own.get(..*at).and_then(|text| text.chars().next_back());
            let behind = own.get(at + word.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(inside) && !behind.is_some_and(inside)
        });
        whole.map(|at| (number, at))
    })
}

/// The line without a comment at its end.
fn uncommented(line: &str) -> &str {
    let begins = |at: &usize| line.get(..*at).is_some_and(|text| text.trim_end().len() < *at);
    let comment = line.match_indices('#').map(|(at, _)| at).find(|at| *at == 0 || begins(at));
    comment.and_then(|at| line.get(..at)).unwrap_or(line)
}

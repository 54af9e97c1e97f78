//! Commands as people type them go in; what they print, and how they end, is held against one file a case.
//!
//! `tests/cli/*.trycmd` shows a command and its output; `tests/cli/*.toml` a command that reads standard
//! input or writes a file. The folder of a case says how wide the terminal is: `wide` 200 columns, `narrow`
//! 40, else 80. After a change that is meant: `TRYCMD=overwrite cargo test --test cli`, and read the
//! difference as the people who use the tool would.

fn run(columns: &str, cases: &[&str]) {
    let tests = trycmd::TestCases::new();
    tests.env("COLUMNS", columns).env("TERM", "xterm-256color").env("RUST_BACKTRACE", "0");
    // Nobody's own library, and nobody's own cache: folders in the sandbox of a case.
    tests.env("ADREF_LIBRARY", "personal-library").env("ADREF_CACHE", "cache");
    for case in cases {
        tests.case(case);
    }
}

#[test]
fn commands_print_what_the_cases_say() {
    run(
        "80",
        &[
            "tests/cli/*.trycmd",
            "tests/cli/*.toml",
            "README.md",
            "docs/guide.md",
            "docs/library.md",
            "docs/reports.md",
        ],
    );
}

#[test]
fn a_wide_terminal() {
    run("200", &["tests/cli/wide/*.trycmd"]);
}

#[test]
fn a_narrow_terminal() {
    run("40", &["tests/cli/narrow/*.trycmd"]);
}

//! Commands as people type them go in; what they print, and how they end, is held against one file a case.
//!
//! `tests/cli/*.trycmd` shows a command and its output; `tests/cli/*.toml` a command that reads standard
//! input or writes a file. After a change that is meant: `TRYCMD=overwrite cargo test --test cli`, and read
//! the difference as the people who use the tool would.

#[test]
fn commands_print_what_the_cases_say() {
    trycmd::TestCases::new()
        .env("COLUMNS", "80")
        .env("NO_COLOR", "")
        .env("TERM", "xterm-256color")
        .env("RUST_BACKTRACE", "0")
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml");
}

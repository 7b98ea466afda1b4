//! The voice of the program: what was done, what went wrong, what to do next. All on standard error.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use clap::ColorChoice;

use crate::error::Error;

/// The width of the column of verbs, as wide as the longest.
const VERBS: usize = 9;

/// How much is said, and in which colours.
#[derive(Clone, Copy)]
pub(super) struct Say {
    quiet: bool,
    verbose: bool,
    colored: bool,
}

impl Say {
    pub(super) fn new(quiet: bool, verbose: bool, color: ColorChoice) -> Say {
        let colored = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
                    || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                !unwanted && io::stderr().is_terminal()
            }
        };
        Say { quiet, verbose, colored }
    }

    /// Whether nothing but errors is said.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether every file is named.
    pub(super) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Whether a progress bar is welcome.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Something was done: a verb in the past tense, and what it was done to.
    pub(super) fn did(&self, verb: &str, what: impl Display) {
        if !self.quiet {
            self.line(&self.paint(GREEN, &format!("{verb:>VERBS$}")), what);
        }
    }

    /// One more line under what was done, for `--verbose`.
    pub(super) fn detail(&self, what: impl Display) {
        if self.verbose {
            self.line(&" ".repeat(VERBS), what);
        }
    }

    /// What the user might want to do now.
    pub(super) fn next(&self, what: impl Display) {
        if !self.quiet {
            self.line(&self.paint(CYAN, &format!("{:>VERBS$}", "next")), what);
        }
    }

    /// Something that the user should know, though nothing failed.
    pub(super) fn note(&self, what: impl Display) {
        if !self.quiet {
            self.line(&self.paint(YELLOW, "note:"), what);
        }
    }

    /// Something failed. This is said even when quiet.
    pub(super) fn error(&self, err: &Error) {
        self.line(&self.paint(RED, "error:"), format_args!("{}: {}", err.subject(), err.message()));
        if let Some(hint) = err.hint_text() {
            self.line(&self.paint(CYAN, "  hint:"), hint);
        }
    }

    /// There are more errors like those that were said.
    pub(super) fn more(&self, what: impl Display) {
        self.line(&self.paint(RED, "  more:"), what);
    }

    fn paint(&self, color: &str, text: &str) -> String {
        if self.colored { format!("\x1b[1;{color}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn line(&self, label: &str, what: impl Display) {
        let line = format!("{label} {}\n", harmless(&what.to_string()));
        // There is nobody to tell when standard error is closed.
        let _ = io::stderr().lock().write_all(line.as_bytes());
    }
}

/// Text without control characters: an escape sequence in the name of a file could rewrite the screen.
pub(super) fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_control() && c != '\t' => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown
}

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const CYAN: &str = "36";

/// `1 article`, `2 articles`.
pub(super) fn count(n: u64, noun: &str) -> String {
    match n {
        1 => format!("1 {noun}"),
        n if noun.ends_with('y') => format!("{n} {}ies", &noun[..noun.len() - 1]),
        n => format!("{n} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{count, harmless};

    #[test]
    fn escape_sequences_do_not_reach_the_terminal() {
        assert_eq!(harmless("a\x1b[2Jb\nc"), "a\\u{1b}[2Jb\\nc");
        assert_eq!(harmless("Größe\t1"), "Größe\t1");
    }

    #[test]
    fn counts_in_english() {
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(0, "entry"), "0 entries");
        assert_eq!(count(2, "feed"), "2 feeds");
    }
}

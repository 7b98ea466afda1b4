//! The command that is meant where none has the name that was given.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What other programs call the commands.
const ELSEWHERE: [(&str, &[&str]); 12] = [
    ("build", &["all", "compile", "make", "publish", "refresh", "update"]),
    ("check", &["audit", "doctor", "judge", "lint", "test", "validate", "verify"]),
    ("explain", &["describe", "inspect", "why"]),
    ("ingest", &["add", "import", "load", "read", "scan"]),
    ("init", &["create", "new", "setup"]),
    ("log", &["history", "journal"]),
    ("retract", &["delete", "hide", "remove", "rm", "unpublish"]),
    ("run", &["daemon", "start", "watch"]),
    ("serve", &["http", "server", "web"]),
    ("sources", &["export", "feeds", "opml", "subscribe"]),
    ("status", &["info", "list", "ls", "show", "stats"]),
    ("sync", &["crawl", "download", "fetch", "poll", "pull"]),
];

/// Names that have less in common were not mistyped.
const SIMILAR: f64 = 0.6;

/// The command for a name that is none; `None` where the parser has named a similar one itself.
pub(super) fn nearest(err: &clap::Error) -> Option<&'static str> {
    if err.kind() != ErrorKind::InvalidSubcommand || err.get(ContextKind::SuggestedSubcommand).is_some() {
        return None;
    }
    match err.get(ContextKind::InvalidSubcommand)? {
        ContextValue::String(name) => of_name(&name.to_lowercase()),
        _ => None,
    }
}

fn of_name(name: &str) -> Option<&'static str> {
    let words =
        ELSEWHERE.iter().flat_map(|(command, words)| words.iter().chain([command]).map(move |word| (word, *command)));
    let near = words.map(|(word, command)| (strsim::jaro_winkler(word, name), command));
    near.filter(|(likeness, _)| *likeness > SIMILAR).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, command)| command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_programs_lead_to_a_command() {
        let found = ["fetch", "publish", "validate", "rm", "watch", "imprt", "xyzzy"].map(of_name);
        assert_eq!(
            found,
            [Some("sync"), Some("build"), Some("check"), Some("retract"), Some("run"), Some("ingest"), None]
        );
    }

    #[test]
    fn every_command_of_the_table_is_one() {
        let tree = crate::cli::command();
        assert!(ELSEWHERE.iter().all(|(command, _)| tree.find_subcommand(command).is_some()));
    }
}

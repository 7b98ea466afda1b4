//! Help, completions and the manual page.

use expect_test::expect;

use crate::harness::Project;

#[test]
fn help_begins_with_examples() {
    Project::empty().run("--help").done().says(expect![[r#"
        $ feedmill --help
        Turns dated articles into feeds that people can subscribe to

        Examples:
          feedmill init                     write a commented feedmill.toml
          feedmill build                    read the configured sources, write the feeds
          feedmill sync                     bring what is new at remote sources
          feedmill parse notes/*.txt        show what would be read; write nothing
          feedmill explain 2023-07-09.txt   why an article is, or is not, in a feed

        Usage: feedmill [OPTIONS] <COMMAND>

        Commands:
          init         Write a commented feedmill.toml to begin with
          ingest       Read articles into the archive
          sync         Bring what is new at remote sources into the archive
          sources      Show, add, import and export remote sources
          generate     Write the feeds from the archive
          build        Read all configured sources, then write the feeds
          run          Keep archive and feeds up to date by the schedule, and serve them
          serve        Hand out the feeds over HTTP
          parse        Show what would be read from files, as JSON Lines; write nothing
          status       Show what the archive holds and what the feeds would show
          log          Show what ran, why, how long it took, and what comes next
          schedule     Show when what is done, or write it down for another scheduler
          explain      Tell all about one article: its source, its date, its feeds
          retract      Take articles out of everything that is published, or show them again
          withdraw     Retract articles whose files are gone from their source
          index        Bring the index up to date with the records
          check        Check the archive and its feeds, or judge anybody's feeds
          completions  Print completions for a shell
          man          Print the manual page
          help         Print this message or the help of the given subcommand(s)

        Options:
          -h, --help     Print help
          -V, --version  Print version

        Global options:
              --config <PATH>  The configuration file [default: feedmill.toml here or in the nearest parent
                               directory]
              --json           Print machine-readable JSON on standard output
          -q, --quiet          Say nothing but errors
          -v, --verbose        Name every file
              --color <WHEN>   When to use colours; NO_COLOR is honoured [default: auto] [possible values:
                               auto, always, never]

        Exit codes: 0 done, 1 some of it failed, 2 wrong use or configuration
    "#]]);
}

#[test]
fn help_of_the_commands() {
    let project = Project::empty();
    project.run("build --help").done().says(expect![[r#"
        $ feedmill build --help
        Read all configured sources, then write the feeds

        Examples:
          feedmill build                      read what is new or changed, write the feeds
          feedmill build --sync               ask the remote sources, too
          feedmill build --undated mtime      take the file's time where an article has no date
          feedmill build --as-of 2024-05-01   the feeds as they stood at the end of that day
          sleep $(feedmill build --until-due)  build, and sleep until something is due

        Usage: feedmill build [OPTIONS]

        Options:
              --format <FORMAT>
                  Read everything in this format, instead of recognising it file by file

                  Possible values:
                  - feed:     RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, a single Atom entry
                  - json:     JSON: an object, an array, JSON Lines, a JSON Feed
                  - mail:     a mail or news message (RFC 5322, MIME), from a file, a Maildir or a mailbox
                  - sgml:     newswire: REUTERS or DOC stories in SGML, NITF
                  - table:    CSV or TSV with a header line, one article a row
                  - html:     a web page, saved or fetched: the article on it, with its date, title and
                    authors
                  - asciidoc: AsciiDoc with its header, or with front matter of any kind
                  - org:      Org with `#+title:` and `#+date:` lines, or with front matter of any kind
                  - rst:      reStructuredText with fields, or with front matter of any kind
                  - markdown: Markdown, and HTML or text with front matter of any kind
                  - text:     plain text with a date line, a `Title:`/`Date:` header, or a dated path

              --undated <HOW>
                  What to do with an article without a date: report it and go on, count it only, take the
                  file's time, or stop

                  [possible values: report, skip, mtime, fail]

              --as-of <WHEN>
                  Show what is due at this instant: a date (all of the day) or an RFC 3339 time [default:
                  now]

              --strict
                  Fail where an entry is left out, or a feed has an error, by the rules of `feedmill check`

              --sync
                  Ask the remote sources that may be asked, too

              --until-due
                  Print how many seconds may be slept until something is due again

          -h, --help
                  Print help (see a summary with '-h')

        Global options:
              --config <PATH>
                  The configuration file [default: feedmill.toml here or in the nearest parent directory]

              --json
                  Print machine-readable JSON on standard output

          -q, --quiet
                  Say nothing but errors

          -v, --verbose
                  Name every file

              --color <WHEN>
                  When to use colours; NO_COLOR is honoured

                  [default: auto]
                  [possible values: auto, always, never]
    "#]]);
    project.run("ingest --help").done().says(expect![[r#"
        $ feedmill ingest --help
        Read articles into the archive

        Examples:
          feedmill ingest                                 the configured sources
          feedmill ingest inbox/ report.md                these files and directories
          curl -s https://example.org/x.jsonl | feedmill ingest -
          feedmill ingest --undated mtime scans/          the file's time where an article has no date

        Usage: feedmill ingest [OPTIONS] [PATHS]...

        Arguments:
          [PATHS]...
                  Files and directories, or `-` for standard input [default: the configured sources]

        Options:
              --format <FORMAT>
                  Read everything in this format, instead of recognising it file by file

                  Possible values:
                  - feed:     RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, a single Atom entry
                  - json:     JSON: an object, an array, JSON Lines, a JSON Feed
                  - mail:     a mail or news message (RFC 5322, MIME), from a file, a Maildir or a mailbox
                  - sgml:     newswire: REUTERS or DOC stories in SGML, NITF
                  - table:    CSV or TSV with a header line, one article a row
                  - html:     a web page, saved or fetched: the article on it, with its date, title and
                    authors
                  - asciidoc: AsciiDoc with its header, or with front matter of any kind
                  - org:      Org with `#+title:` and `#+date:` lines, or with front matter of any kind
                  - rst:      reStructuredText with fields, or with front matter of any kind
                  - markdown: Markdown, and HTML or text with front matter of any kind
                  - text:     plain text with a date line, a `Title:`/`Date:` header, or a dated path

              --undated <HOW>
                  What to do with an article without a date: report it and go on, count it only, take the
                  file's time, or stop

                  [possible values: report, skip, mtime, fail]

          -h, --help
                  Print help (see a summary with '-h')

        Global options:
              --config <PATH>
                  The configuration file [default: feedmill.toml here or in the nearest parent directory]

              --json
                  Print machine-readable JSON on standard output

          -q, --quiet
                  Say nothing but errors

          -v, --verbose
                  Name every file

              --color <WHEN>
                  When to use colours; NO_COLOR is honoured

                  [default: auto]
                  [possible values: auto, always, never]
    "#]]);
    project.run("parse --help").done().says(expect![[r#"
        $ feedmill parse --help
        Show what would be read from files, as JSON Lines; write nothing

        Examples:
          feedmill parse inbox/storm.txt                    one JSON object an article
          feedmill parse inbox/*.md | jq .date              which dates were found, and by which rule
          feedmill parse --format markdown notes/README     read it as Markdown, whatever its name

        Usage: feedmill parse [OPTIONS] <FILE>...

        Arguments:
          <FILE>...
                  The files to read; directories are read whole, `-` is standard input

        Options:
              --format <FORMAT>
                  Read everything in this format, instead of recognising it file by file

                  Possible values:
                  - feed:     RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, a single Atom entry
                  - json:     JSON: an object, an array, JSON Lines, a JSON Feed
                  - mail:     a mail or news message (RFC 5322, MIME), from a file, a Maildir or a mailbox
                  - sgml:     newswire: REUTERS or DOC stories in SGML, NITF
                  - table:    CSV or TSV with a header line, one article a row
                  - html:     a web page, saved or fetched: the article on it, with its date, title and
                    authors
                  - asciidoc: AsciiDoc with its header, or with front matter of any kind
                  - org:      Org with `#+title:` and `#+date:` lines, or with front matter of any kind
                  - rst:      reStructuredText with fields, or with front matter of any kind
                  - markdown: Markdown, and HTML or text with front matter of any kind
                  - text:     plain text with a date line, a `Title:`/`Date:` header, or a dated path

          -h, --help
                  Print help (see a summary with '-h')

        Global options:
              --config <PATH>
                  The configuration file [default: feedmill.toml here or in the nearest parent directory]

              --json
                  Print machine-readable JSON on standard output

          -q, --quiet
                  Say nothing but errors

          -v, --verbose
                  Name every file

              --color <WHEN>
                  When to use colours; NO_COLOR is honoured

                  [default: auto]
                  [possible values: auto, always, never]
    "#]]);
    project.run("explain --help").done().says(expect![[r#"
        $ feedmill explain --help
        Tell all about one article: its source, its date, its feeds

        Examples:
          feedmill explain inbox/storm.txt                      by the file that it came from, taken in or
          not
          feedmill explain archive/2023/07/09/storm-closes.md   by its record
          feedmill explain https://example.org/storm            by its address

        Usage: feedmill explain [OPTIONS] <ID|PATH|URL>

        Arguments:
          <ID|PATH|URL>  An id, the path of a record or of a source, or a URL

        Options:
              --as-of <WHEN>  Show what is due at this instant: a date (all of the day) or an RFC 3339 time
                              [default: now]
              --strict        Fail where an entry is left out, or a feed has an error, by the rules of
                              `feedmill check`
          -h, --help          Print help

        Global options:
              --config <PATH>  The configuration file [default: feedmill.toml here or in the nearest parent
                               directory]
              --json           Print machine-readable JSON on standard output
          -q, --quiet          Say nothing but errors
          -v, --verbose        Name every file
              --color <WHEN>   When to use colours; NO_COLOR is honoured [default: auto] [possible values:
                               auto, always, never]
    "#]]);
}

#[test]
fn every_command_has_an_about_and_examples() {
    let project = Project::empty();
    for command in crate::help::commands(&project) {
        let help = project.run(&format!("{command} --help")).done().stdout;
        let (about, rest) = help.split_once('\n').unwrap();
        assert!(about.len() > 10 && about.len() < 100 && !about.ends_with('.'), "{command}: {about:?}");
        let examples = rest.split("Usage:").next().unwrap();
        let count = examples.lines().filter(|line| line.trim_start().contains("feedmill ")).count();
        assert!(
            examples.trim_start().starts_with("Examples:") && count >= 2,
            "{command} has {count} examples:\n{help}"
        );
        assert!(examples.contains(&format!("feedmill {command}")), "{command}:\n{examples}");
    }
}

#[test]
fn completions_and_man_pages() {
    let project = Project::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = project.run(&format!("completions {shell}")).done().stdout;
        assert!(script.contains("feedmill") && script.contains("explain"), "{shell}");
    }
    let page = project.run("man").done().stdout;
    assert!(page.contains(".TH feedmill 1") && page.contains("explain"), "{page}");
    assert!(project.run("man ingest").done().stdout.contains("Read articles into the archive"));
    project.run("man ingset").exits(2);
}

/// The commands that the program lists, without `help`.
pub fn commands(project: &Project) -> Vec<String> {
    let help = project.run("--help").done().stdout;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names.map(str::to_owned).collect()
}

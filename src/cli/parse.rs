//! `feedmill parse FILE…`

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::session::Session;
use super::{Outcome, Stop, ingest, show};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::parse;
use crate::source::tree::{self, Tree};
use crate::source::{self, Document};

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill parse inbox/storm.txt                    one JSON object an article
  feedmill parse inbox/*.md | jq .date              which dates were found, and by which rule
  feedmill parse --format markdown notes/README     read it as Markdown, whatever its name")]
pub(super) struct Args {
    /// The files to read; directories are read whole, `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Read everything in this format, instead of recognising it file by file
    #[arg(long, value_parser = ingest::format_names())]
    format: Option<String>,
}

/// What has happened so far: problems are told at once, and a closed pipe ends everything.
struct Printer<'a> {
    session: &'a Session,
    format: Option<&'a str>,
    out: BufWriter<io::StdoutLock<'a>>,
    some_failed: bool,
    stop: Option<io::Error>,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let mut printer = Printer {
        session,
        format: args.format.as_deref(),
        out: BufWriter::new(io::stdout().lock()),
        some_failed: false,
        stop: None,
    };
    for path in &args.files {
        if path.as_os_str() == "-" {
            printer.document(Document::from_reader("standard input", "standard input", io::stdin()));
        } else {
            printer.tree(path);
        }
        if let Some(err) = printer.stop.take() {
            return Err(err.into());
        }
    }
    printer.out.flush()?;
    Ok(Outcome::failed_if(printer.some_failed))
}

impl Printer<'_> {
    fn tree(&mut self, path: &Path) {
        let walked = Tree::new(path, Path::new(""), &[], &[], &[]).map(|tree| {
            tree.walk(&mut |listing| {
                match listing {
                    Ok(listing) => {
                        for entry in &listing.files {
                            self.document(tree::open(entry));
                            if self.stop.is_some() {
                                return ControlFlow::Break(());
                            }
                        }
                    }
                    Err(err) => self.problem(&err),
                }
                ControlFlow::Continue(())
            });
        });
        if let Err(err) = walked {
            self.problem(&err);
        }
    }

    fn document(&mut self, doc: Result<Document>) {
        match doc {
            Ok(doc) => {
                let _ = source::unpack(doc, &mut |inner| {
                    self.inner(inner);
                    if self.stop.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                });
            }
            Err(err) => self.problem(&err),
        }
    }

    fn inner(&mut self, doc: Result<Document>) {
        let parsed = doc.and_then(|mut doc| {
            let parser = match self.format.and_then(parse::by_name) {
                Some(parser) => parser,
                None => parse::choose(&doc)?,
            };
            let (origin, name) = (doc.origin.clone(), doc.name.clone());
            let parsed = parser.parse(&mut doc, &mut |article| match article {
                Ok(article) => self.article(&article, &origin, &name, parser.name()),
                Err(err) => self.problem(&err),
            });
            for remark in &doc.remarks {
                self.session.say.note(format_args!("{origin}: {remark}"));
            }
            parsed
        });
        if let Err(err) = parsed {
            self.problem(&err);
        }
    }

    fn article(&mut self, article: &Article, origin: &str, name: &str, format: &str) {
        if self.stop.is_some() {
            return;
        }
        // A draft need not be dated yet.
        if article.date.is_none() && !article.draft {
            self.problem(&Error::undated(origin, parse::looked_at(article, name)));
        }
        let mut shown = show::article(article);
        shown.insert("source".to_owned(), json!({ "origin": origin, "format": format }));
        self.stop = writeln!(self.out, "{}", Value::Object(shown)).err();
    }

    fn problem(&mut self, err: &Error) {
        self.some_failed = true;
        if self.stop.is_none() {
            self.session.say.error(err);
        }
    }
}

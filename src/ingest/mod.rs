//! Documents become articles, articles come into the archive, and a report says what changed.
//!
//! A file that has not changed since it was last ingested is not even read. One bad document never stops a run: it is
//! passed on as an [`Event`] with its name and its reason, as a problem once, as a known one at every further run until
//! it is mended.

mod assets;
mod dating;
mod order;
mod problem;
mod produce;
mod run;
mod site;
mod withdraw;

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use crate::archive::{Archive, Duplicates, Incoming, Intake, Outcome};
use crate::article::{Article, BodyKind, record};
use crate::error::{Error, Result};
use crate::parse::{self, Parser};
use crate::source::Document;
use crate::source::tree::Tree;
use feedmill_dates::Order;
use feedmill_markup as markup;
use order::Evidence;
pub use problem::kept_problems;
use run::{Opened, Run};
pub use site::Generator;
pub use withdraw::{Deleted, Gone, STANDARD_INPUT, gone, gone_from_remote};

/// Where articles are taken from, and how they are read.
#[derive(Clone)]
pub struct Source {
    /// The files.
    pub tree: Tree,
    /// How its documents are read.
    pub reading: Options,
    /// What becomes of its articles when their files are gone.
    pub deleted: Deleted,
}

/// How documents are read.
#[derive(Clone, Default)]
pub struct Options {
    /// The input format; found by looking where it is `None`.
    pub format: Option<&'static dyn Parser>,
    /// What becomes of articles without a date.
    pub undated: Undated,
    /// How dates such as `07-05-2012` are read; learnt from the other files of the source where it is `None`.
    pub day_order: Option<Order>,
    /// The language of articles that do not say theirs.
    pub language: Option<String>,
    /// The language that readers expect: an article in it need not say so.
    pub usual_language: Option<String>,
    /// The section of articles that do not say theirs.
    pub section: Option<String>,
    /// Tags that every article of the source gets.
    pub tags: Vec<String>,
    /// What becomes of articles whose text is nearly that of another.
    pub duplicates: Duplicates,
    /// Columns of tables that are not called by usual names: the field, and the head of its column.
    pub columns: BTreeMap<String, String>,
    /// The kinds of posts in the export of a site that are articles; none are named for `post` alone.
    pub post_types: Vec<String>,
    /// Whether a text is one article although it holds several dated ones, as a diary does.
    pub whole: bool,
    /// What becomes of pictures and files beside an article.
    pub assets: Assets,
    /// Whether the source has a template of addresses of its own, which goes before what its generator would do.
    pub has_own_template: bool,
    /// Whether addresses depend on categories, so that those are kept as they are written.
    pub with_categories: bool,
    /// The address of the directory that the source is, with a `/` at its end: pages in it are known by theirs.
    pub base_url: Option<String>,
    /// What stands before the path of a file below the source in its name.
    pub prefix: String,
    /// The generator that makes a site of the source.
    pub generator: Option<Generator>,
}

/// What becomes of pictures and files that stand beside an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Assets {
    /// They are kept with it, and published beside the feeds.
    #[default]
    Attach,
    /// They are linked as they are: the article stands on a site that has them.
    Link,
}

/// Raised when files are read by other rules than before, although the version is the same: then all of them are read
/// once more. The second made known what keeps an article from the public.
const RULES: u32 = 2;

/// What becomes of an article without a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undated {
    /// It is reported as a problem and left where it is.
    #[default]
    Report,
    /// It is counted and left where it is.
    Skip,
    /// It is dated by the modification time of its file.
    Modified,
    /// The run stops.
    Fail,
}

/// What [`ingest`] tells while it runs.
#[derive(Debug)]
pub enum Event {
    /// A document, or an article in one, that did not come into the archive.
    Problem(Error),
    /// A problem that was told at an earlier run and has not changed since, or that nobody minds: it is counted.
    Known(Error),
    /// Something about an article that came in which a person should look at: origin and words.
    Note(String, String),
    /// An article that its source keeps from the public: origin, and the mark that says so.
    Held(String, String),
    /// What became of an article: origin and path of its record.
    Done(Outcome, String, String),
    /// An article that was retracted, since its file is gone: origin and path of its record.
    Withdrawn(String, String),
    /// So many documents have been seen so far.
    Seen(u64),
}

/// What a run came to. Every article that was met is counted in exactly one of `added`, `replaced`, `same`, `moved`,
/// `departed`, `returned`, `linked`, `skipped`, `undated`, `unfinished`, `no_articles` and `problems`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files seen.
    pub files: u64,
    /// Documents in them; a file that was not read counts as one, and a large document with each of its pieces.
    pub documents: u64,
    /// Of these, files that had not changed and were not read.
    pub unread: u64,
    /// Files beside them that hold no articles (pictures, styles, …).
    pub passed_over: u64,
    /// New articles.
    pub added: u64,
    /// Articles with changed content.
    pub replaced: u64,
    /// Articles that were there already.
    pub same: u64,
    /// Articles that were there already, and were found at another place.
    pub moved: u64,
    /// Articles whose records were removed by hand, and that have not changed since.
    pub departed: u64,
    /// Articles that were retracted since their source had them no longer, and are there again.
    pub returned: u64,
    /// Articles with nearly the text of another, whose record now names their place too.
    pub linked: u64,
    /// Articles with nearly the text of another, which were left out.
    pub skipped: u64,
    /// Articles that were retracted, since their files are gone.
    pub withdrawn: u64,
    /// Articles without a date, which did not come in.
    pub undated: u64,
    /// Of the articles that came in or were there, those that are dated to no more than a month, a quarter or a year.
    pub coarse: u64,
    /// Drafts without a date, which did not come in either: nothing is wrong with them.
    pub unfinished: u64,
    /// Documents that are no articles (pages that list articles, error pages).
    pub no_articles: u64,
    /// Documents or articles that could not be read.
    pub problems: u64,
    /// Of the undated articles and the problems, those that are new and that somebody minds.
    pub failures: u64,
    /// Remarks that were made.
    pub notes: u64,
}

impl Report {
    /// Whether the archive is as it was before.
    pub fn nothing_changed(&self) -> bool {
        self.added == 0
            && self.replaced == 0
            && self.moved == 0
            && self.linked == 0
            && self.returned == 0
            && self.withdrawn == 0
    }

    /// Whether something did not come into the archive that was not told before.
    pub fn has_failures(&self) -> bool {
        self.failures > 0
    }
}

/// A document without a place of its own is known by its content where it is not larger than this.
const NAMED_BY_CONTENT: usize = 8 << 20;

/// Takes the articles of all sources into the archive and commits.
///
/// # Errors
/// The archive or the disk refuse, or an article has no date and the source says that the run must stop then. What
/// was put before is committed all the same.
pub fn ingest(
    archive: &mut Archive,
    sources: &[Source],
    intake: &Intake,
    each: &mut dyn FnMut(Event),
) -> Result<Report> {
    ingest_until(archive, sources, intake, &|| false, each)
}

/// As [`ingest`], but ends early when `stop` says so, which is asked between files: what was taken in so far is
/// committed, and the next run goes on behind it.
///
/// # Errors
/// Those of [`ingest`], and [`Error::is_stopped`].
pub fn ingest_until(
    archive: &mut Archive,
    sources: &[Source],
    intake: &Intake,
    stop: &dyn Fn() -> bool,
    each: &mut dyn FnMut(Event),
) -> Result<Report> {
    let mut run = Run::new(archive, intake, each)?;
    let finished = produce::with(run.archive.sources()?, sources, intake.zone, |works| {
        let mut evidence = Evidence::default();
        let mut deferred = Vec::new();
        let mut opened: Option<Opened> = None;
        let mut current = None;
        let mut troubled = HashSet::new();
        let mut left = Vec::new();
        for work in works {
            if stop() {
                return Err(Error::stopped("ingest"));
            }
            if current != Some(work.source) {
                current = Some(work.source);
                evidence = Evidence::load(run.archive, &sources[work.source])?;
            }
            let source = &sources[work.source];
            match work.what {
                produce::What::Unread { files, passed_over, problems } => {
                    evidence.pass_over(files);
                    run.unread(files, passed_over, problems);
                }
                produce::What::Unlisted(err) => {
                    troubled.insert(work.source);
                    run.problem(err);
                }
                produce::What::Gone { dir, names } => {
                    if source.deleted == Deleted::Keep {
                        let at = |name: &String| if dir.is_empty() { name.clone() } else { format!("{dir}/{name}") };
                        left.extend(names.iter().map(at));
                    }
                    run.archive.forget_sources(&dir, &names)?;
                }
                produce::What::Read(files) => {
                    for file in files {
                        if let Some(later) = run.file(file, source, &mut evidence, true)? {
                            deferred.push(later);
                        }
                    }
                }
                produce::What::Opened(dir, entry) => opened = Some(Opened::new(dir, entry)),
                produce::What::Parts(parts) => {
                    for part in parts {
                        if let Some(file) = &mut opened {
                            run.part(part, source, &mut evidence, file)?;
                        }
                    }
                }
                produce::What::Closed => {
                    if let Some(file) = opened.take() {
                        run.close(file, source)?;
                    }
                }
                produce::What::End => {
                    // By now every file has said what it knows about the order of day and month.
                    for (dir, entry) in deferred.drain(..) {
                        // It was small when it was read first; if it has grown since, the next run will see.
                        if let Ok(file) = produce::read(dir, entry, source) {
                            run.file(file, source, &mut evidence, false)?;
                        }
                    }
                    evidence.save(run.archive)?;
                }
            }
        }
        // What was moved to another source has been found there by now.
        run.tell_left(&left)?;
        run.withdraw(sources, &troubled)
    });
    let report = run.report;
    archive.commit()?;
    finished.map(|()| report)
}

/// Takes one document, which stands in no directory, and whatever it contains into the archive and commits.
///
/// # Errors
/// Those of [`ingest`].
pub fn ingest_document(
    archive: &mut Archive,
    doc: Document<'_>,
    reading: &Options,
    intake: &Intake,
    each: &mut dyn FnMut(Event),
) -> Result<Report> {
    let mut run = Run::new(archive, intake, each)?;
    run.report.files = 1;
    let doc = match doc.hold(NAMED_BY_CONTENT)? {
        Ok(held) => {
            let mut doc = Document::from(held);
            // Without a place of its own, it is known by what it holds.
            let sha256 = record::sha256_hex(doc.bytes()?);
            doc.origin = format!("{}#{}", doc.origin, &sha256[..16]);
            doc
        }
        Err(large) => large,
    };
    let mut stopped = Ok(());
    let _ = produce::stream(doc, reading, &mut |parts| {
        stopped = parts.into_iter().try_for_each(|part| run.loose(part, reading));
        if stopped.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    let report = run.report;
    archive.commit()?;
    stopped.map(|()| report)
}

/// A document that has a place of its own, or a piece of a large one, read and on its way into the archive.
pub struct Piece(produce::Part);

/// Reads a document that has a place of its own (its origin), and whatever it contains, piece by piece; the archive is
/// not needed for that. The answer is what `send` last said.
pub fn read(
    doc: Document<'_>,
    reading: &Options,
    send: &mut dyn FnMut(Vec<Piece>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    produce::stream(doc, reading, &mut |parts| send(parts.into_iter().map(Piece).collect()))
}

/// Takes what was [`read`] into the archive. It is durable after the next [`Archive::commit`].
///
/// # Errors
/// Those of [`ingest`].
pub fn take(
    archive: &mut Archive,
    pieces: Vec<Piece>,
    reading: &Options,
    intake: &Intake,
    each: &mut dyn FnMut(Event),
) -> Result<Report> {
    let mut run = Run::new(archive, intake, each)?;
    pieces.into_iter().try_for_each(|piece| run.loose(piece.0, reading))?;
    Ok(run.report)
}

impl Piece {
    /// What is wrong with the document as a whole.
    pub fn failure(&self) -> Option<&Error> {
        self.0.failure.as_ref()
    }

    /// Its articles, and what is wrong with those that could not be read.
    pub fn articles(&self) -> impl Iterator<Item = &Result<Incoming>> {
        self.0.articles.iter()
    }

    /// Lets every article pass through `change`, which may drop it.
    pub fn change(&mut self, change: &mut dyn FnMut(Incoming) -> Option<Incoming>) {
        let articles = std::mem::take(&mut self.0.articles);
        self.0.articles = articles
            .into_iter()
            .filter_map(|article| match article {
                Ok(incoming) => change(incoming).map(Ok),
                Err(err) => Some(Err(err)),
            })
            .collect();
    }
}

impl std::ops::AddAssign for Report {
    fn add_assign(&mut self, other: Report) {
        self.files += other.files;
        self.documents += other.documents;
        self.unread += other.unread;
        self.passed_over += other.passed_over;
        self.added += other.added;
        self.replaced += other.replaced;
        self.same += other.same;
        self.moved += other.moved;
        self.departed += other.departed;
        self.returned += other.returned;
        self.linked += other.linked;
        self.skipped += other.skipped;
        self.withdrawn += other.withdrawn;
        self.undated += other.undated;
        self.coarse += other.coarse;
        self.unfinished += other.unfinished;
        self.no_articles += other.no_articles;
        self.problems += other.problems;
        self.failures += other.failures;
        self.notes += other.notes;
    }
}

/// What a document holds, as it would come into an archive: the name of its format, its articles and the errors of
/// those that cannot be read, and what is wrong with the document as a whole.
pub fn read_all(doc: &mut Document, reading: &Options) -> (&'static str, Vec<Result<Article>>, Option<Error>) {
    let mut articles = Vec::new();
    let (name, done) = parse_each(doc, reading, &mut |article| articles.push(article));
    (name, articles, done.err())
}

/// Parses a document, article by article.
fn parse_each(
    doc: &mut Document<'_>,
    reading: &Options,
    emit: &mut dyn FnMut(Result<Article>),
) -> (&'static str, Result<()>) {
    doc.columns.clone_from(&reading.columns);
    doc.post_types.clone_from(&reading.post_types);
    doc.whole = reading.whole;
    let parser = match reading.format {
        Some(parser) => parser,
        None => match parse::choose(doc) {
            Ok(parser) => parser,
            Err(err) => return ("", Err(err)),
        },
    };
    let about = doc.about.clone();
    let beside = doc.neighbourhood();
    let name = doc.name.clone();
    doc.url = doc.url.take().or_else(|| reading.address_of(doc));
    let parsed = parser.parse(doc, &mut |article| {
        emit(article.map(|mut article| {
            reading.shorten_links(&mut article);
            for (key, value) in &about {
                article.extra.entry(key.clone()).or_insert_with(|| value.clone());
            }
            for file in article.enclosures.iter_mut().filter(|file| file.length.is_none()) {
                file.length = beside.size_of(&file.url);
            }
            reading.complete(&mut article, &name);
            assets::attach(&mut article, &beside, reading.assets);
            article
        }));
    });
    (parser.name(), parsed)
}

/// The name of the format that a document will be read in; empty where there is none.
fn format_of(doc: &Document, reading: &Options) -> &'static str {
    reading.format.map_or_else(|| parse::choose(doc), Ok).map_or("", Parser::name)
}

impl Options {
    /// Whether a run fails for it.
    fn minds(&self, err: &Error) -> bool {
        !(err.is_undated() && self.undated == Undated::Skip)
    }

    /// What the source says where the article does not.
    fn complete(&self, article: &mut Article, name: &str) {
        site::keep_categories(self, article, name);
        if article.language.is_none() {
            article.language = self.language.clone().or_else(|| self.recognised(article));
        }
        if article.section.is_none() {
            article.section.clone_from(&self.section);
        }
        for tag in &self.tags {
            if !article.tags.contains(tag) {
                article.tags.push(tag.clone());
            }
        }
        if let Some(order) = self.day_order {
            article.date = article.date.take().map(|date| date.with_order(order));
        }
    }

    /// The language that the text is evidently written in, unless it is the usual one.
    fn recognised(&self, article: &Article) -> Option<String> {
        let found = language_of(article)?;
        let usual = self.usual_language.as_deref().and_then(|usual| usual.split('-').next());
        (!usual.is_some_and(|usual| usual.eq_ignore_ascii_case(found))).then(|| found.to_owned())
    }

    /// The article on its way into the archive.
    fn incoming(&self, article: Article) -> Incoming {
        Incoming::from(article).with_duplicates(self.duplicates)
    }

    /// A word that changes when the same document would be read in another way.
    pub fn version(&self, zone: Tz) -> String {
        format!("{:016x}", self.fingerprint(zone))
    }

    /// A number that changes when the same file would be read in another way.
    fn fingerprint(&self, zone: Tz) -> i64 {
        let words = format!(
            "{} {RULES} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {zone}",
            env!("CARGO_PKG_VERSION"),
            self.format.map(Parser::name),
            self.undated,
            self.day_order,
            self.language,
            self.usual_language,
            self.section,
            self.tags,
            self.duplicates,
            self.columns,
            self.post_types,
            self.whole,
            (self.assets, self.has_own_template, self.with_categories, &self.base_url, &self.generator),
        );
        let digest = Sha256::digest(words.as_bytes());
        i64::from_le_bytes(std::array::from_fn(|at| digest[at]))
    }
}

/// The language that the text is evidently written in.
fn language_of(article: &Article) -> Option<&'static str> {
    /// More than is looked at, with the markup that may stand between the letters.
    const ENOUGH: usize = 16 << 10;
    let text = &article.body.text;
    let end = (0..=ENOUGH.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let beginning = &text[..end];
    match article.body.kind {
        BodyKind::Html => markup::detect_language(&markup::html::to_text(beginning)),
        BodyKind::Text | BodyKind::Markdown => markup::detect_language(beginning),
    }
}

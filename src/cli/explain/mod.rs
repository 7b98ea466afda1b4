//! `feedmill explain ID|PATH|URL`

mod weighed;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use url::Url;

use super::say::harmless;
use super::session::Session;
use super::{Outcome, Stop, generate, ingest, retract, show};
use crate::archive::{Access, Archive, Row, Selection};
use crate::article::{Article, BodyKind, Record};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::feed::{self, FeedSpec};
use crate::generate::{Planned, plan};
use crate::parse::marks;
use feedmill_markup as markup;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill explain inbox/storm.txt                      by the file that it came from, taken in or not
  feedmill explain archive/2023/07/09/storm-closes.md   by its record
  feedmill explain https://example.org/storm            by its address")]
pub(super) struct Args {
    /// An id, the path of a record or of a source, or a URL
    #[arg(value_name = "ID|PATH|URL")]
    article: String,
    #[command(flatten)]
    moment: generate::Moment,
}

/// A feed, whether the article is in it, and why.
struct Verdict<'a> {
    spec: &'a FeedSpec,
    shown: bool,
    why: String,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let as_of = args.moment.instant(session, &config)?;
    let found = Archive::open(&config.archive, Access::Read, session.now)
        .and_then(|archive| find(&archive, &config, &args.article).map(|rows| (archive, rows)));
    let (archive, rows) = match found {
        // A file may be asked about before it is taken in, and before there is an archive.
        Err(err) if Path::new(&args.article).is_file() => return not_taken_in(args, session, &config, err),
        found => found?,
    };
    let feeds = plan(&archive, &config.feeds, as_of)?;
    let mut shown = Vec::new();
    for row in &rows {
        let record = archive.read(&row.path)?;
        let edited = archive.edited_fields(&row.path)?.unwrap_or_default();
        let verdicts: Vec<Verdict> = meant(&archive, &feeds, row)?
            .map(|spec| judge(&archive, &config, spec, row, &record, as_of))
            .collect::<Result<_>>()?;
        let dropped = dropped(&record);
        let origin = record.source.as_ref().map(|source| source.origin.as_str());
        let weighed = origin.and_then(|origin| weighed::at_origin(&config, origin));
        let names = origin.and_then(|origin| weighed::names_beside(&config, origin));
        if session.json {
            let mut all = to_json(row, &record, &edited, &dropped, &verdicts);
            if let (Some(weighed), Value::Object(all)) = (&weighed, &mut all) {
                all.insert("weighed".to_owned(), weighed::to_json(weighed));
            }
            if let (Some(names), Value::Object(all)) = (names, &mut all) {
                all.insert("names".to_owned(), names.into());
            }
            shown.push(all);
        } else {
            print(&config, row, &record, &edited, &dropped, &verdicts)?;
            if let Some(names) = &names {
                writeln!(io::stdout(), "{:<10}{}", "names", harmless(names))?;
            }
            if let Some(weighed) = &weighed {
                weighed::print(weighed)?;
            }
        }
    }
    session.print_json(|| if shown.len() == 1 { shown.remove(0) } else { Value::Array(shown) })?;
    Ok(Outcome::Done)
}

/// What would be made of a file that the archive does not know.
fn not_taken_in(args: &Args, session: &Session, config: &Config, err: Error) -> Result<Outcome, Stop> {
    let origin = ingest::from_root(Path::new(&args.article), &config.root)?;
    let read = weighed::all_in(config, &origin)?;
    session.say.note(format_args!("{err}"));
    let failed = read.iter().any(Result::is_err);
    if session.json {
        let shown = read.iter().flatten().map(|(at, article)| {
            let mut shown = show::article(article);
            shown.insert("origin".to_owned(), at.clone().into());
            shown.extend(article.weighed.as_deref().map(|w| ("weighed".to_owned(), weighed::to_json(w))));
            Value::Object(shown)
        });
        let shown: Vec<Value> = shown.collect();
        session.print_json(|| Value::Array(shown))?;
    }
    for article in &read {
        match article {
            Ok((at, article)) if !session.json => {
                let mut out = io::stdout().lock();
                writeln!(out, "{:<10}{}", "title", harmless(&article.title.text))?;
                writeln!(out, "{:<10}{}", "source", harmless(at))?;
                if article.draft {
                    writeln!(out, "{:<10}{}", "held back", harmless(&held(article)))?;
                }
                if let Some(names) = weighed::names_beside(config, at) {
                    writeln!(out, "{:<10}{}", "names", harmless(&names))?;
                }
                drop(out);
                if let Some(weighed) = &article.weighed {
                    weighed::print(weighed)?;
                }
            }
            Ok(_) => {}
            Err(err) => session.say.error(err),
        }
    }
    Ok(Outcome::failed_if(failed))
}

/// The records that are meant; an error says where else the name is known.
fn find(archive: &Archive, config: &Config, what: &str) -> Result<Vec<Row>> {
    let rows = retract::find(archive, config, what)?;
    if !rows.is_empty() {
        return Ok(rows);
    }
    let origin = ingest::from_root(Path::new(what), &config.root)?.to_string_lossy().into_owned();
    let err = Error::archive(what, "no article of that id, path or URL is in the archive");
    Err(match archive.problem_at(&origin)? {
        Some(_) => err.hint(format!("it could not be read: `feedmill ingest {what}` says why")),
        None if Path::new(what).is_file() => err.hint(format!("`feedmill ingest {what}` takes it in")),
        None => err.hint("the last part of a path is enough, such as `storm.txt`"),
    })
}

/// The feeds that can be asked about an article: of those that one was split into, the ones of its own values.
fn meant<'a>(archive: &Archive, feeds: &'a [Planned], row: &Row) -> Result<impl Iterator<Item = &'a FeedSpec>> {
    let mut meant = Vec::new();
    for Planned { spec, .. } in feeds {
        let under = spec.selection.under.clone();
        if under.is_none() || passes(archive, row, Selection { under, drafts: true, ..Selection::default() })? {
            meant.push(spec);
        }
    }
    Ok(meant.into_iter())
}

/// Whether the feed shows the article, and the first reason why not.
fn judge<'a>(
    archive: &Archive,
    config: &Config,
    spec: &'a FeedSpec,
    row: &Row,
    record: &Record,
    as_of: DateTime<Utc>,
) -> Result<Verdict<'a>> {
    let verdict = |shown, why: String| Ok(Verdict { spec, shown, why });
    if row.draft {
        return verdict(false, held(&record.article));
    }
    if let Some(retraction) = &record.retraction {
        return verdict(false, format!("it was retracted at {}", time(retraction.at.to_utc())));
    }
    if row.published > as_of {
        return verdict(false, format!("it is not due before {}", time(row.published.to_utc())));
    }
    let wanted = &spec.selection;
    if wanted.since.is_some_and(|since| row.published < since) {
        return verdict(false, "it is older than `since`".to_owned());
    }
    if wanted.until.is_some_and(|until| row.published >= until) {
        return verdict(false, "it is newer than `until`".to_owned());
    }
    let filters = [
        ("tags", &wanted.tags, Selection { tags: wanted.tags.clone(), ..Selection::default() }),
        ("sections", &wanted.sections, Selection { sections: wanted.sections.clone(), ..Selection::default() }),
        ("authors", &wanted.authors, Selection { authors: wanted.authors.clone(), ..Selection::default() }),
        ("languages", &wanted.languages, Selection { languages: wanted.languages.clone(), ..Selection::default() }),
    ];
    for (key, words, filter) in filters {
        if !words.is_empty() && !passes(archive, row, filter)? {
            return verdict(false, format!("it has none of the {key} {}", words.join(", ")));
        }
    }
    let selected = feed::select(archive, spec, &config.site, as_of)?;
    let filed = feed::history::holding(archive, spec, &config.site, as_of, row)?;
    let filed = filed.map(|name| format!("{}/{name}", feed::history::DIRECTORY));
    match selected.feed.entries.iter().position(|entry| entry.id == row.id) {
        Some(at) => {
            let shortened = selected.shortened.iter().any(|entry| entry.path == row.path);
            let how = if shortened { ", with its summary only, since its text is too large" } else { "" };
            let also = filed.map(|name| format!(", and in {name}")).unwrap_or_default();
            verdict(true, format!("entry {} of {}{how}{also}", at + 1, selected.feed.entries.len()))
        }
        None if filed.is_some() => {
            let newer = selected.feed.entries.len();
            verdict(true, format!("in {}, behind {newer} newer articles", filed.unwrap_or_default()))
        }
        None => verdict(false, format!("{} newer articles fill the feed", selected.feed.entries.len())),
    }
}

/// Why an article is kept from the public.
fn held(article: &Article) -> String {
    match &article.held_by {
        Some(mark) => match marks::meaning(mark) {
            Some(meaning) => format!("its source keeps it back with `{mark}` ({meaning})"),
            None => format!("its source keeps it back with `{mark}`"),
        },
        None => "it is a draft".to_owned(),
    }
}

/// Whether the article is among those of one filter, asked of the index at the second of its publication.
fn passes(archive: &Archive, row: &Row, filter: Selection) -> Result<bool> {
    let at = row.published.to_utc();
    let narrow = Selection { since: Some(at), until: at.checked_add_signed(TimeDelta::seconds(1)), ..filter };
    let mut found = false;
    archive.select(&narrow, &mut |other| {
        found |= other.path == row.path;
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(found)
}

/// What sanitising leaves out of the text: elements and kinds of attributes, with their number.
fn dropped(record: &Record) -> BTreeMap<String, usize> {
    let body = &record.article.body;
    let html = match body.kind {
        BodyKind::Text => return BTreeMap::new(),
        BodyKind::Markdown => markup::markdown::to_html(&body.text),
        BodyKind::Html => body.text.clone(),
    };
    let base = record.article.url.as_deref().and_then(|url| Url::parse(url).ok());
    let (mut before, after) = (tally(&html), tally(&markup::html::clean(&html, base.as_ref())));
    for (name, kept) in after {
        if let Some(count) = before.get_mut(&name) {
            *count = count.saturating_sub(kept);
        }
    }
    before.retain(|_, count| *count > 0);
    before
}

/// The elements of a piece of HTML, and the attributes that run scripts, counted by a plain scan: this is for people
/// to read, and no security depends on it.
fn tally(html: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        *counts.entry(format!("<{}>", name.to_ascii_lowercase())).or_insert(0) += 1;
        for word in tag.split_ascii_whitespace().skip(1) {
            let attribute = word.split('=').next().unwrap_or_default().to_ascii_lowercase();
            if attribute.starts_with("on") && attribute.len() > 3 && word.contains('=') {
                *counts.entry(attribute).or_insert(0) += 1;
            }
        }
    }
    counts
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn print(
    config: &Config,
    row: &Row,
    record: &Record,
    edited: &[&str],
    dropped: &BTreeMap<String, usize>,
    verdicts: &[Verdict],
) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    let mut line = |label: &str, text: &str| writeln!(out, "{label:<10}{}", harmless(text));
    let article = &record.article;
    line("title", &format!("{} ({})", article.title.text, article.title.source.name()))?;
    line("record", &config.archive.join(&row.path).display().to_string())?;
    line("id", &record.id)?;
    line("published", &record.published.to_rfc3339_opts(SecondsFormat::AutoSi, true))?;
    if let Some(updated) = &record.updated {
        line("updated", &updated.to_rfc3339_opts(SecondsFormat::AutoSi, true))?;
    }
    if let Some(expires) = &article.expires {
        line("expires", &time(expires.to_utc()))?;
    }
    if let Some(retraction) = &record.retraction {
        let by = if retraction.by_source { ", since its source has it no longer" } else { "" };
        let reason = retraction.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
        line("retracted", &format!("{}{by}{reason}", time(retraction.at.to_utc())))?;
    }
    if let Some(date) = &article.date {
        let chosen = &date.chosen;
        line("date", &format!("{chosen}, read from {:?}, {} confidence", chosen.raw, chosen.confidence.name()))?;
        for conflict in &date.conflicts {
            line("", &format!("although there is {conflict}"))?;
        }
    }
    match &record.source {
        Some(source) => {
            line("source", &format!("{} ({})", source.origin, source.format))?;
            line("", &format!("sha256 {}", source.sha256))?;
        }
        None => line("source", "none: the record was written by hand")?,
    }
    for place in &record.also_at {
        line("", &format!("also at {place}"))?;
    }
    if !edited.is_empty() {
        line("edited", &format!("by hand: {}", edited.join(", ")))?;
    }
    if !dropped.is_empty() {
        let list: Vec<String> = dropped.iter().map(|(name, count)| format!("{count} {name}")).collect();
        line("dropped", &format!("by sanitising: {}", list.join(", ")))?;
    }
    for verdict in verdicts {
        let yes = if verdict.shown { "yes" } else { "no" };
        line("feed", &format!("{}: {yes}, {}", verdict.spec.label(), verdict.why))?;
    }
    Ok(())
}

fn to_json(
    row: &Row,
    record: &Record,
    edited: &[&str],
    dropped: &BTreeMap<String, usize>,
    verdicts: &[Verdict],
) -> Value {
    let feeds =
        verdicts.iter().map(|verdict| json!({ "name": verdict.spec.name, "shown": verdict.shown, "why": verdict.why }));
    let source = record
        .source
        .as_ref()
        .map(|source| json!({ "origin": source.origin, "format": source.format, "sha256": source.sha256 }));
    let mut shown = show::article(&record.article);
    shown.extend([
        ("id".to_owned(), record.id.clone().into()),
        ("record".to_owned(), row.path.clone().into()),
        ("published".to_owned(), record.published.to_rfc3339().into()),
        ("updated".to_owned(), record.updated.map(|at| at.to_rfc3339()).into()),
        ("retracted".to_owned(), retraction(record)),
        ("source".to_owned(), source.into()),
        ("also_at".to_owned(), record.also_at.clone().into()),
        ("edited".to_owned(), json!(edited)),
        ("dropped".to_owned(), json!(dropped)),
        ("feeds".to_owned(), feeds.collect()),
    ]);
    Value::Object(shown)
}

fn retraction(record: &Record) -> Value {
    record.retraction.as_ref().map_or(Value::Null, |retraction| {
        let at = retraction.at.to_rfc3339();
        json!({ "at": at, "reason": retraction.reason, "by_source": retraction.by_source })
    })
}

#[cfg(test)]
mod tests {
    use super::tally;

    #[test]
    fn counts_elements_and_handlers() {
        let counts = tally("a < b <p onclick=\"x()\">x</p><SCRIPT>y</SCRIPT><br/><!-- <i> --><once a=on>");
        let shown: Vec<String> = counts.iter().map(|(name, n)| format!("{name}:{n}")).collect();
        assert_eq!(shown, ["<br>:1", "<i>:1", "<once>:1", "<p>:1", "<script>:1", "onclick:1"]);
    }
}

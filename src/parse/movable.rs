//! The export of Movable Type and its heirs (TypePad, Hatena): entries with headers and sections, in one text.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::evidence::Evidence;
use super::metadata::{self, Metadata, Terms};
use super::titles;
use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::source::Document;
use feedmill_dates::DateRule;

/// The line between two entries, and the one between two sections.
const ENTRY: &str = "--------";
const SECTION: &str = "-----";

/// Headers that say nothing of the article.
const SETTINGS: &[&str] =
    &["allow comments", "allow pings", "convert breaks", "no entry", "unique url", "primary category"];

/// The articles of an export, drafts too; `None` where the text is none. Comments of readers are left out.
pub(super) fn articles(text: &str, doc: &Document) -> Option<Vec<Article>> {
    let is_line = |wanted: &str| text.lines().any(|line| line.trim_end() == wanted);
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let (key, _) = first.split_once(':')?;
    let is_header = key.chars().all(|c| c.is_ascii_uppercase() || c == ' ');
    if !is_header || !is_line(ENTRY) || !is_line(SECTION) || !is_line("BODY:") {
        return None;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut articles = Vec::new();
    for entry in parts(text, ENTRY) {
        let Some(mut article) = article(&entry, doc) else { continue };
        let count = counts.entry(article.fragment.clone()).or_default();
        *count += 1;
        if *count > 1 {
            article.fragment = format!("{}.{count}", article.fragment);
        }
        articles.push(article);
    }
    Some(articles)
}

/// What stands between the lines that are `mark`.
fn parts(text: &str, mark: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.lines() {
        match parts.last_mut() {
            Some(part) if line.trim_end() != mark => {
                part.push_str(line);
                part.push('\n');
            }
            _ => parts.push(String::new()),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn article(entry: &str, doc: &Document) -> Option<Article> {
    let mut sections = parts(entry, SECTION).into_iter();
    let headers = sections.next()?;
    let header = |wanted: &str| {
        let mut found = headers.lines().filter_map(|line| line.split_once(':'));
        found.find(|(key, _)| key.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim().to_owned())
    };
    let mut fields: Vec<(String, Value)> = Vec::new();
    let mut categories = Vec::new();
    for (key, value) in headers.lines().filter_map(|line| line.split_once(':')) {
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        match key.as_str() {
            _ if value.is_empty() || SETTINGS.contains(&key.as_str()) => {}
            "category" => categories.push(value.to_owned()),
            "date" => fields.push((key, json!(iso(value)))),
            "status" => fields.push((key, json!(value.to_ascii_lowercase()))),
            "basename" => fields.push(("slug".to_owned(), json!(value))),
            _ => fields.push((key, json!(value))),
        }
    }
    fields.push(("categories".to_owned(), json!(categories)));
    let mut text = String::new();
    for section in sections {
        let (name, content) = section.split_once('\n').unwrap_or((&section, ""));
        match name.trim() {
            "BODY:" | "EXTENDED BODY:" if !content.trim().is_empty() => {
                text.push_str(if text.is_empty() { "" } else { "\n" });
                text.push_str(content.trim_start_matches('\n'));
            }
            "EXCERPT:" => fields.push(("excerpt".to_owned(), json!(content.trim()))),
            "KEYWORDS:" => fields.push(("keywords".to_owned(), json!(content.trim()))),
            _ => {}
        }
    }
    let kind = match header("convert breaks") {
        Some(filter) if filter.to_ascii_lowercase().contains("markdown") => BodyKind::Markdown,
        _ if text.contains("</") || text.contains("<br") || text.contains("<img") => BodyKind::Html,
        _ => BodyKind::Text,
    };
    let no_title = Title { text: String::new(), source: TitleSource::FileName };
    let mut article = Article::new(no_title, Body { kind, text });
    article.fragment =
        ["basename", "date", "title"].iter().find_map(|key| header(key).filter(|value| !value.is_empty()))?;
    let mut evidence = Evidence::new(doc.weigh);
    Metadata::new(fields).fill(&mut article, &mut evidence, Terms::Commas, DateRule::Metadata);
    if article.title.text.is_empty() {
        let found = match kind {
            BodyKind::Html => titles::of_html(&article.body.text),
            BodyKind::Markdown => titles::of_markup(&article.body.text),
            BodyKind::Text => titles::of_prose(&article.body.text),
        };
        article.title = found.unwrap_or_else(titles::none);
    }
    metadata::conclude(&mut article, evidence, &doc.name);
    Some(article)
}

/// `11/05/2022 06:21:07 PM`, which is always month first, with the year first.
fn iso(date: &str) -> String {
    let (day, time) = date.split_once(' ').unwrap_or((date, ""));
    let parts: Vec<&str> = day.split('/').collect();
    match parts[..] {
        [month, day, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2} {time}").trim().to_owned(),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::parsed;

    const EXPORT: &str = "AUTHOR: Bo Ek\nTITLE: Low tide\nBASENAME: low_tide\nSTATUS: Publish\nALLOW COMMENTS: 1\n\
        CONVERT BREAKS: __default__\nDATE: 05/11/2021 06:21:07 PM\nCATEGORY: Sea\nCATEGORY: Sand\n-----\nBODY:\n<p>It is low.</p>\n\
        -----\nEXTENDED BODY:\n<p>And dry.</p>\n-----\nEXCERPT:\nA tide.\n-----\nCOMMENT:\nAUTHOR: A reader\nDATE: 05/12/2021 01:00:00 AM\n\
        Nice.\n-----\n--------\nAUTHOR: Bo Ek\nTITLE: High tide\nSTATUS: Draft\nDATE: 05/13/2021 06:00:00 AM\n-----\nBODY:\nNot yet.\n\
        -----\n--------\n";

    #[test]
    fn entries_are_articles_and_drafts_are_drafts() {
        let articles = parsed("text", "export.txt", EXPORT.as_bytes());
        let shown: Vec<_> = articles
            .iter()
            .map(|a| (&*a.title.text, &*a.fragment, a.draft, a.date.as_ref().unwrap().chosen.value.to_string()))
            .collect();
        assert_eq!(
            shown,
            [
                ("Low tide", "low_tide", false, "2021-05-11T18:21:07".to_owned()),
                ("High tide", "05/13/2021 06:00:00 AM", true, "2021-05-13T06:00:00".to_owned()),
            ]
        );
        assert_eq!(articles[0].body.text, "<p>It is low.</p>\n\n<p>And dry.</p>\n");
        assert_eq!((articles[0].summary.as_deref(), &*articles[0].authors[0].name), (Some("A tide."), "Bo Ek"));
        assert!(!articles.iter().any(|article| article.body.text.contains("Nice.")), "what readers say is theirs");
    }

    #[test]
    fn a_text_with_rules_is_no_export() {
        let text = "Title: Tides\nDate: 2021-05-11\n\nLow.\n\n-----\n\nHigh.\n\n--------\n\nDry.\n";
        assert_eq!(parsed("text", "tides.txt", text.as_bytes()).len(), 1);
    }
}

//! Front matter: the metadata at the head of a text file, in any of the containers that people use.
//!
//! Each container has its file; [`split`] tells them apart. All yield the same thing: keys with values, in order,
//! and the body. What a strict reader refuses, a lenient line reader takes; no text is ever dropped.

mod asciidoc;
mod fields;
mod headers;
mod json;
mod lenient;
mod mdx;
mod nikola;
mod org;
mod pandoc;
mod toml;
mod yaml;

use serde_json::Value;

/// The head of a file, taken off its body.
#[derive(Debug)]
pub(super) struct FrontMatter<'a> {
    /// The container it was written in.
    pub container: Container,
    /// Keys and values in the order of the file, keys as they are written.
    pub entries: Vec<(String, Value)>,
    /// What follows, without leading blank lines.
    pub body: &'a str,
}

/// The ways of writing front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// `---` … `---`.
    Yaml,
    /// `+++` … `+++`.
    Toml,
    /// `{` … `}`, or `;;;` … `;;;`.
    Json,
    /// `.. key: value` lines.
    Nikola,
    /// `Key: value` lines, as in a mail.
    Headers,
    /// An AsciiDoc header: `= Title`, author line, revision line, `:key: value`.
    AsciiDoc,
    /// A reStructuredText title and field list.
    Fields,
    /// `#+key: value` lines.
    Org,
    /// `% title`, `% authors`, `% date`.
    Pandoc,
    /// `export const meta = { … }`.
    Mdx,
}

/// The front matter of a text with LF line ends; `None` when it has none.
pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let text = skip_blank_lines(text.strip_prefix('\u{feff}').unwrap_or(text));
    let (first, _) = line(text);
    let first = first.trim_end();
    match first.as_bytes().first()? {
        b'-' if first == "---" => yaml::split(text),
        b'+' if first == "+++" => toml::split(text),
        b'{' | b';' => json::split(text),
        b'<' if first.starts_with("<!--") => comment(text),
        b'.' if first.starts_with(".. ") => nikola::split(text),
        b'#' if first.starts_with("#+") => org::split(text),
        b'e' | b'i' if first.starts_with("export ") || first.starts_with("import ") => mdx::split(text),
        b'%' if first.starts_with("% ") => pandoc::split(text),
        b':' if first.eq_ignore_ascii_case(":PROPERTIES:") => org::split(text),
        b'=' | b':' | b'/' => asciidoc::split(text).or_else(|| fields::split(text)),
        _ => fields::split(text).or_else(|| headers::split(text)),
    }
}

/// The `Key: value` header of a text with LF line ends, as in a mail; see [`headers`].
pub(super) fn split_headers(text: &str) -> Option<FrontMatter<'_>> {
    headers::split(text)
}

/// The AsciiDoc header of a text with LF line ends.
pub(super) fn split_asciidoc(text: &str) -> Option<FrontMatter<'_>> {
    asciidoc::split(skip_blank_lines(text))
}

/// The entries of a file that holds nothing but metadata, such as `post.meta` beside `post.md`.
pub(super) fn entries_of(text: &str) -> Vec<(String, Value)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(front) = split(text) {
        return front.entries;
    }
    yaml::entries(text).or_else(|| toml::entries(text)).unwrap_or_else(|| lenient::entries(text))
}

/// Front matter inside an HTML comment at the head of the file: Nikola lines, YAML or headers.
fn comment(text: &str) -> Option<FrontMatter<'_>> {
    let inner = text.strip_prefix("<!--")?;
    let end = inner.find("-->")?;
    let body = skip_blank_lines(&inner[end + "-->".len()..]);
    let inner = skip_blank_lines(inner[..end].trim_end()).trim_start();
    if inner.starts_with(".. ") {
        let front = nikola::split(inner)?;
        return Some(FrontMatter { body, ..front });
    }
    let inner = inner.trim_start_matches("---").trim_end_matches("---");
    // Any comment may stand at the head of a file; one that is metadata opens with a key that says so.
    let (first, _) = line(inner.trim_start());
    let (key, _) = headers::key_value(first)?;
    if !headers::is_telling(key) {
        return None;
    }
    let entries = yaml::entries(inner).unwrap_or_else(|| lenient::entries(inner));
    Some(FrontMatter { container: Container::Yaml, entries, body })
}

/// The first line without its line end, and what follows it.
fn line(text: &str) -> (&str, &str) {
    match memchr::memchr(b'\n', text.as_bytes()) {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, ""),
    }
}

/// The text from its first line that is not blank; the indentation of that line is kept.
pub(super) fn skip_blank_lines(text: &str) -> &str {
    let mut rest = text;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        if !first.trim().is_empty() {
            return rest;
        }
        rest = after;
    }
    rest
}

/// A value that was written as bare text: a string, without its quotes where it has a pair of them.
fn bare(text: &str) -> Value {
    Value::String(lenient::unquote(text.trim()).into_owned())
}

/// Whether a text can be a metadata key: a word or up to three, of letters, digits and `_ - . :` inside.
fn is_key(key: &str) -> bool {
    const LONGEST: usize = 40;
    !key.is_empty()
        && key.len() <= LONGEST
        && key.starts_with(char::is_alphanumeric)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | ' '))
        && key.split(' ').count() <= 3
        && !key.ends_with([' ', ':', '.'])
}

#[cfg(test)]
mod tests;

//! References from the text of one source file to another: relative links, `[[wiki links]]`, and what generators of
//! sites call `relref`, `ref`, `post_url` and `link`.
//!
//! An author names a file; a reader needs the address of the article that the file is. [`references`] tells which names
//! a text mentions, and [`resolved`] writes addresses in their places.

use std::borrow::Cow;
use std::ops::Range;

use super::{Article, BodyKind};
use feedmill_markup::link::percent_decoded;

/// A text names no more files than this that are worth looking up.
const MOST: usize = 500;
/// The longest name of a file in a reference.
const LONGEST: usize = 300;
/// Extensions of files that articles stand in.
const DOCUMENTS: &[&str] = &[
    "md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdx", "qmd", "rmd", "html", "htm", "xhtml", "org", "rst",
    "adoc", "asciidoc", "asc", "txt", "text",
];
/// Names of files that stand for their directory.
const INDEX: &[&str] = &["index", "_index"];

/// A file that a text refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'t> {
    /// The file, as it is written.
    pub target: &'t str,
    /// Whether the target is a path from the file that it stands in; else a name, or the end of a path.
    pub is_relative: bool,
}

/// A reference, and what to write in its place.
struct Found<'t> {
    /// What is replaced.
    range: Range<usize>,
    reference: Reference<'t>,
    /// What follows the path: `#section`.
    rest: &'t str,
    /// The words of a wiki link, which becomes a whole link.
    words: Option<&'t str>,
}

/// The names of the files that the text of an article refers to, each once, as [`name_of`] gives them.
pub fn references(article: &Article) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for found in scan(article.body.kind, &article.body.text) {
        if let Some(name) = name_of(found.reference.target).filter(|name| !names.contains(name)) {
            names.push(name);
            if names.len() >= MOST {
                break;
            }
        }
    }
    names
}

/// The text with addresses in the place of the references that `resolve` knows.
pub fn resolved<'t>(
    kind: BodyKind,
    text: &'t str,
    resolve: &mut dyn FnMut(&Reference<'_>) -> Option<String>,
) -> Cow<'t, str> {
    let mut out = String::new();
    let mut at = 0;
    for found in scan(kind, text).into_iter().take(MOST) {
        let Some(address) = resolve(&found.reference) else { continue };
        out.push_str(&text[at..found.range.start]);
        match found.words {
            Some(words) => out.push_str(&format!("[{words}]({address}{})", found.rest)),
            None => {
                out.push_str(&address);
                out.push_str(found.rest);
            }
        }
        at = found.range.end;
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// What a file is called in references: the last segment of its path in lower case, without its extension; that of the
/// directory for the index of one. `None` where nothing is left.
pub fn name_of(path: &str) -> Option<String> {
    let path = document_of(path)?;
    let name = path.rsplit('/').next().unwrap_or(&path);
    let is_name = !name.is_empty() && name != "." && name != ".." && name.len() <= LONGEST;
    is_name.then(|| name.to_lowercase())
}

/// A path without the extension of a document, and without the name of an index. `None` for a part of a document.
pub fn document_of(path: &str) -> Option<String> {
    if path.contains('#') {
        return None;
    }
    let path = path.trim_end_matches('/');
    let start = path.rfind('/').map_or(0, |at| at + 1);
    let (dir, name) = path.split_at(start);
    let stem = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && DOCUMENTS.contains(&extension.to_ascii_lowercase().as_str()) => {
            stem
        }
        _ => name,
    };
    Some(match INDEX.contains(&stem) {
        true => dir.trim_end_matches('/').to_owned(),
        false => format!("{dir}{stem}"),
    })
}

/// The document that a reference in the file at `origin` may mean: the whole path for a relative one, else its end.
pub fn sought(origin: &str, reference: &Reference<'_>) -> Option<String> {
    let target = percent_decoded(reference.target);
    if !reference.is_relative || target.starts_with('/') {
        return document_of(target.trim_start_matches(['/', '.']));
    }
    let mut segments: Vec<&str> = origin.split('/').collect();
    segments.pop();
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    document_of(&segments.join("/"))
}

fn scan(kind: BodyKind, text: &str) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    if !["](", "]:", "[[", "{{", "{%", "href="].iter().any(|mark| text.contains(mark)) {
        return found;
    }
    let is_marked_up = kind == BodyKind::Markdown;
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut begins_line = true;
    while at < bytes.len() && found.len() < MOST {
        let rest = &text[at..];
        if is_marked_up
            && begins_line
            && let Some(length) = fence(rest)
        {
            at += length;
            continue;
        }
        begins_line = bytes[at] == b'\n';
        let next = match bytes[at] {
            b'`' if is_marked_up => Some(at + code(rest)),
            b']' if rest.starts_with("](") => link(text, at + 2, ')', &mut found),
            b']' if rest.starts_with("]: ") && is_marked_up => definition(text, at + 3, &mut found),
            b'h' if rest.starts_with("href=\"") => link(text, at + 6, '"', &mut found),
            b'h' if rest.starts_with("href='") => link(text, at + 6, '\'', &mut found),
            b'[' if rest.starts_with("[[") && is_marked_up => wiki(text, at, &mut found),
            b'{' if rest.starts_with("{{") || rest.starts_with("{%") => directive(text, at, &mut found),
            _ => None,
        };
        at = next.unwrap_or(at + 1).max(at + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// The length of a fenced block of code that begins here.
fn fence(rest: &str) -> Option<usize> {
    let line = rest.trim_start_matches(' ');
    let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))?;
    let mut length = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        length += line.len();
        if number > 0 && line.trim_start_matches(' ').starts_with(mark) {
            break;
        }
    }
    Some(length)
}

/// The length of a span of code, or of the backticks that open none.
fn code(rest: &str) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let mark = &rest[..ticks];
    let paragraph = rest.find("\n\n").unwrap_or(rest.len());
    rest[ticks..paragraph.max(ticks)].find(mark).map_or(ticks, |end| ticks + end + ticks)
}

/// A link that begins at `at` and ends with a character, or with the white space before its title.
fn link<'t>(text: &'t str, at: usize, end: char, found: &mut Vec<Found<'t>>) -> Option<usize> {
    let rest = &text[at..];
    if rest.starts_with("{{") || rest.starts_with("{%") {
        return None;
    }
    let (open, close) = if rest.starts_with('<') { (1, '>') } else { (0, end) };
    let length = rest[open..].find(|c: char| c == close || c == '\n' || (open == 0 && end == ')' && c == ' '))?;
    relative(&rest[open..open + length], at + open, found);
    Some(at + open + length)
}

/// `[other]: ../other.md`
fn definition<'t>(text: &'t str, at: usize, found: &mut Vec<Found<'t>>) -> Option<usize> {
    let rest = &text[at..];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    relative(&rest[..length], at, found);
    Some(at + length)
}

fn relative<'t>(link: &'t str, at: usize, found: &mut Vec<Found<'t>>) {
    let end = link.find(['#', '?']).unwrap_or(link.len());
    let (target, rest) = link.split_at(end);
    let first = target.split('/').next().unwrap_or_default();
    let last = target.rsplit('/').next().unwrap_or_default();
    let extension = last.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_document =
        extension.is_none_or(|extension| DOCUMENTS.contains(&extension.as_str()) || last.starts_with('.'));
    // From the top of the site it is an address, unless it names a file of text.
    let is_address = target.starts_with("//") || (target.starts_with('/') && !target.ends_with(".md"));
    if !target.is_empty() && !first.contains(':') && is_document && !is_address && target.len() <= LONGEST * 2 {
        let reference = Reference { target, is_relative: true };
        found.push(Found { range: at..at + link.len(), reference, rest, words: None });
    }
}

/// `[[other]]`, `[[other#Section|words]]`; what is embedded (`![[other]]`) is none.
fn wiki<'t>(text: &'t str, at: usize, found: &mut Vec<Found<'t>>) -> Option<usize> {
    let inner = &text[at + 2..];
    let length = inner.find("]]").filter(|length| *length <= LONGEST * 2)?;
    let inner = &inner[..length];
    let end = at + 2 + length + 2;
    if inner.contains(['[', '\n']) || text[..at].ends_with('!') {
        return Some(end);
    }
    let (target, words) = inner.split_once('|').map_or((inner, None), |(target, words)| (target, Some(words)));
    let target = target.trim_end_matches('\\');
    let path = target.split('#').next().unwrap_or(target);
    if !path.trim().is_empty() {
        let words = Some(words.unwrap_or(target).trim());
        let reference = Reference { target: path.trim(), is_relative: false };
        found.push(Found { range: at..end, reference, rest: "", words });
    }
    Some(end)
}

/// `{{< relref "other.md" >}}`, `{{% ref "other" %}}`, `{% post_url 2023-01-04-other %}`, `{% link _posts/other.md %}`.
fn directive<'t>(text: &'t str, at: usize, found: &mut Vec<Found<'t>>) -> Option<usize> {
    let rest = &text[at..];
    let (open, close) =
        [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")].into_iter().find(|(o, _)| rest.starts_with(o))?;
    let length = rest.find(close).filter(|length| *length <= LONGEST * 2)?;
    let end = at + length + close.len();
    let inner = rest.get(open.len()..length)?.trim_matches(|c: char| c == '-' || c.is_whitespace());
    let (name, argument) = inner.split_once(char::is_whitespace)?;
    let known: &[&str] = if open == "{%" { &["post_url", "link"] } else { &["ref", "relref"] };
    if !known.contains(&name) {
        return Some(end);
    }
    let argument = argument.trim().trim_start_matches("path=");
    let argument = match argument.chars().next() {
        Some(quote @ ('"' | '\'' | '`')) => argument[1..].split(quote).next().unwrap_or_default(),
        _ => argument.split_whitespace().next().unwrap_or_default(),
    };
    let hash = argument.find('#').unwrap_or(argument.len());
    let (target, rest) = argument.split_at(hash);
    if !target.is_empty() && !target.contains("://") {
        let reference = Reference { target, is_relative: target.starts_with("./") || target.starts_with("../") };
        found.push(Found { range: at..end, reference, rest, words: None });
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_addresses(kind: BodyKind, text: &str) -> String {
        resolved(kind, text, &mut |reference| {
            let path = sought("blog/quays/west.md", reference)?;
            Some(format!("<{path}>")).filter(|_| !path.contains("gone"))
        })
        .into_owned()
    }

    #[test]
    fn every_way_to_name_a_file_is_found() {
        for (text, expected) in [
            ("See [it](../tides/index.md).", "See [it](<blog/tides>)."),
            ("See [it](north.md#Fog \"North\").", "See [it](<blog/quays/north>#Fog \"North\")."),
            (
                "See [it](../tides/) and [it][n].\n\n[n]: ./north.md\n",
                "See [it](<blog/tides>) and [it][n].\n\n[n]: <blog/quays/north>\n",
            ),
            ("See [[North Quay]], [[tides|the tides]].", "See [North Quay](<North Quay>), [the tides](<tides>)."),
            (
                "[a]({{< relref \"north.md\" >}}) [b]({{% ref \"/tides/spring#high\" %}})",
                "[a](<north>) [b](<tides/spring>#high)",
            ),
            ("[a]({% post_url 2023-01-04-north %}) {% link _posts/x.md %}", "[a](<2023-01-04-north>) <_posts/x>"),
            ("<a href=\"north.html\">N</a>", "<a href=\"<blog/quays/north>\">N</a>"),
        ] {
            assert_eq!(with_addresses(BodyKind::Markdown, text), expected);
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [
            "[a](https://quay.example/x.md) [b](//quay.example/x) [c](#top) [d](mailto:a@b.example) [e](/tides/)",
            "[p](pic.png) ![q](west.jpg) [m](map.pdf) ![[west.md]] [[gone]] [g](../gone.md)",
            "`[a](north.md)` and\n```\n[[north]]\n[a](north.md)\n```\n",
            "{{< figure src=\"north.md\" >}} {% include north.md %} {{ page.title }}",
            "[[ü]](",
            "[a](",
            "{{<",
            "{% link",
            "]: ",
            "href=\"",
        ] {
            let kept = resolved(BodyKind::Markdown, text, &mut |reference| {
                (!reference.target.contains("gone") && reference.target != "ü").then(|| "X".to_owned())
            });
            assert_eq!(kept, text);
        }
    }

    #[test]
    fn names_are_those_of_files_and_bundles() {
        for (path, name) in [
            ("blog/2023-01-04-North.md", Some("2023-01-04-north")),
            ("blog/tides/index.md", Some("tides")),
            ("blog/tides/_index.en.md", Some("_index.en")),
            ("v1.2", Some("v1.2")),
            ("export.json#17", None),
            ("../", None),
            ("index.md", None),
        ] {
            assert_eq!(name_of(path).as_deref(), name, "{path}");
        }
    }
}

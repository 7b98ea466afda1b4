//! Templates of site generators: they make articles, and are none.

use super::opening;
use crate::source::Document;

/// Directories that hold nothing but templates.
const OF_TEMPLATES: [&str; 5] = ["_layouts", "_includes", "_partials", "archetypes", "shortcodes"];

/// Directories that hold templates where what is in them says so.
const MAY_HOLD: [&str; 8] = ["layouts", "layout", "partials", "templates", "includes", "themes", "theme", "views"];

/// Extensions of languages of templates. With the title or date of an article in its front matter a file of them is one.
const EXTENSIONS: [&str; 14] = [
    "liquid",
    "njk",
    "nunjucks",
    "hbs",
    "handlebars",
    "mustache",
    "ejs",
    "j2",
    "jinja",
    "jinja2",
    "tmpl",
    "gotmpl",
    "gohtml",
    "twig",
];

/// Marks of what a template leaves to be filled in.
const MARKS: [&str; 3] = ["{{", "{%", "<%"];

/// Whether a document is a template: by its directory, by its extension and lack of metadata, by how it begins, or by a
/// title or date that is to be filled in.
pub(super) fn recognise(doc: &Document) -> bool {
    let mut segments = doc.name.rsplit(['/', '\\']);
    let file = segments.next().unwrap_or_default();
    let directories: Vec<&str> = segments.collect();
    let is_in = |names: &[&str]| directories.iter().any(|directory| names.contains(directory));
    let head = opening(doc);
    let head = String::from_utf8_lossy(&head);
    let has_marks = || MARKS.iter().any(|mark| head.contains(mark));
    let text = head.trim_start_matches('\u{feff}').trim_start();
    let front = text.strip_prefix("---").and_then(|rest| rest.find("\n---").map(|end| &rest[..end]));
    let value = |key: &str| {
        front.into_iter().flat_map(str::lines).find_map(|line| {
            let rest =
                line.get(..key.len()).filter(|start| start.eq_ignore_ascii_case(key)).map(|_| &line[key.len()..])?;
            rest.trim_start().strip_prefix(':').map(|value| value.trim().trim_start_matches(['"', '\'']))
        })
    };
    let is_filled_in = |key: &str| value(key).is_some_and(|value| value.starts_with("{{") || value.starts_with("<%"));
    let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_of_templates = extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()));
    match () {
        () if is_in(&OF_TEMPLATES) || is_in(&MAY_HOLD) && has_marks() => true,
        () if is_of_templates && ["date", "title"].iter().all(|key| value(key).is_none()) => true,
        () if is_filled_in("date") || front.is_none() && begins_as_one(text) => true,
        () => front.is_none() && has_title_to_fill_in(text),
    }
}

/// Whether the first words are those that only templates begin with.
fn begins_as_one(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let Some(inner) = ["{{", "{%"].iter().find_map(|mark| first.strip_prefix(mark)) else { return false };
    let word = inner.trim_start_matches(['-', ' ', '#', '>', '/', '*']);
    let word = &word[..word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len())];
    ["define", "template", "block", "extends", "partial", "range", "with", "import", "macro"].contains(&word)
}

/// Whether the title of a page is still to be filled in.
fn has_title_to_fill_in(text: &str) -> bool {
    let title = text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    title.is_some_and(|(title, _)| MARKS.iter().any(|mark| title.contains(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_template(name: &str, text: &str) -> bool {
        recognise(&Document::from_bytes(name, name, text.as_bytes().to_vec()))
    }

    #[test]
    fn templates_and_articles_about_them() {
        for (name, text) in [
            ("_layouts/post.html", "<h1>x</h1>"),
            ("layouts/_default/single.html", "<time>{{ .Date.Format \"Mon, Jan 2, 2006\" }}</time>"),
            ("archetypes/default.md", "---\ntitle: x\n---\n"),
            ("site/post.md", "---\ntitle: \"{{ replace .Name \"-\" \" \" }}\"\ndate: {{ .Date }}\n---\n"),
            ("base.html", "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ end }}"),
            ("base.html", "{% extends \"base.html\" %}"),
            ("base.html", "<!doctype html><html><head><title>{{ page.title }}</title></head><body>x</body></html>"),
            ("feed.njk", "<p>{{ content | safe }}</p>"),
            ("feed.njk", "---\nlayout: base\n---\n<p>{{ content | safe }}</p>"),
            ("card.hbs", "<p>{{name}}</p>"),
        ] {
            assert!(is_template(name, text), "{name}: {text}");
        }
        for (name, text) in [
            ("layouts/kitchen.md", "# Layouts of kitchens\n\nText."),
            ("posts/one.njk", "---\ntitle: One\ndate: 2020-05-01\n---\n{{ greeting }}"),
            ("a.md", "---\ntitle: Formats\n---\n`{{ .Date.Format \"Jan 2, 2006\" }}`"),
            ("a.md", "# Templates\n\n{{ define }} begins one."),
            ("a.md", "{{ page.title }}\n====\n\nText."),
            ("a.html", "<html><head><title>Curly braces</title></head><body>{{ x }}</body></html>"),
        ] {
            assert!(!is_template(name, text), "{name}: {text}");
        }
    }
}

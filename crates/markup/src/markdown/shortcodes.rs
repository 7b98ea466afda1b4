//! What a Markdown text says to the site generator that it was written for.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use super::fences::Fences;

/// A tag is no longer than this, in bytes; what opens like one and goes on longer is text.
const MAX_TAG: usize = 2000;

/// The Markdown without tags of Liquid (`{% … %}`, `{{ site.x }}`), shortcodes of Hugo (`{{< … >}}`, `{{% … %}}`) and
/// attribute lists of kramdown (`{: .class }`).
///
/// - `highlight`, `codeblock` and their like become fenced code with the language that they name.
/// - `raw` leaves its content untouched; `comment` goes with its content.
/// - `figure`, `img`, `youtube`, `vimeo`, `gist` become the picture, or a link to what they would show.
/// - References to pages (`ref`, `link`, `"/a" | relative_url`) become their target.
/// - Every other tag goes, and what stands between a pair of them stays: a reader must not see `{% include x %}`.
///
/// Code, fenced or in backticks, is left alone, but for `raw`, which is there to protect it from the generator.
pub(super) fn resolve(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("{%") && !markdown.contains("{{") && !markdown.contains("{:") {
        return Cow::Borrowed(markdown);
    }
    let mut out = String::with_capacity(markdown.len());
    let mut fences = Fences::default();
    let mut unclosed = Vec::new();
    let mut at = 0;
    while at < markdown.len() {
        let end = markdown[at..].find('\n').map_or(markdown.len(), |feed| at + feed + 1);
        let line = &markdown[at..end];
        if fences.hold(line) {
            push_without_raw_tags(&mut out, line);
            at = end;
        } else {
            at = push_line(&mut out, markdown, at..end, &mut unclosed);
        }
    }
    Cow::Owned(out)
}

/// Tags that mean what stands between them and their end tag.
const ENCLOSING: &[&str] = &["code", "codeblock", "comment", "highlight", "noparse", "prism", "raw", "verbatim"];

/// The tag that means what stands between it and its end tag, if a call is one.
pub(super) fn enclosing(inner: &str) -> Option<&'static str> {
    let name = inner.split(char::is_whitespace).next().unwrap_or_default();
    ENCLOSING.iter().copied().find(|known| *known == name)
}

/// A tag, shortcode or attribute list.
pub(super) struct Call<'m> {
    pub kind: Kind,
    /// Its content, trimmed.
    pub inner: &'m str,
    pub end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{% … %}`, `{{< … >}}` or `{{% … %}}`.
    Tag,
    /// `{{ … }}`.
    Value,
    /// `{: … }`.
    Attributes,
}

/// The names of tags that are known to have no end tag in the rest of the text, so that nobody looks again.
type Unclosed = Vec<&'static str>;

/// Appends the line, its tags resolved, and returns where to go on: after the end tag, if a tag reaches beyond the
/// line.
fn push_line(out: &mut String, markdown: &str, line: Range<usize>, unclosed: &mut Unclosed) -> usize {
    let line_start = out.len();
    let Range { start: mut at, end } = line;
    let mut has_call = false;
    while at < end {
        let rest = &markdown[at..end];
        let Some(found) = rest.find(['{', '`']) else {
            out.push_str(rest);
            at = end;
            break;
        };
        out.push_str(&rest[..found]);
        at += found;
        if rest[found..].starts_with('`') {
            let length = code_length(&markdown[at..end]);
            push_without_raw_tags(out, &markdown[at..at + length]);
            at += length;
            continue;
        }
        let Some(call) = read_call(markdown, at) else {
            out.push('{');
            at += 1;
            continue;
        };
        has_call = true;
        match push_call(out, markdown, &call, unclosed) {
            Some(next) => at = next,
            None => {
                out.push_str(&markdown[at..call.end]);
                at = call.end;
            }
        }
    }
    // A line of nothing but tags leaves none.
    if has_call && out[line_start..].trim().is_empty() {
        out.truncate(line_start);
        out.push_str(if at > end { "" } else { "\n" });
    }
    at
}

/// Appends what the call becomes, and returns where to go on; `None` if it is no call after all.
fn push_call(out: &mut String, markdown: &str, call: &Call, unclosed: &mut Unclosed) -> Option<usize> {
    match call.kind {
        Kind::Attributes => return Some(call.end),
        Kind::Value => {
            out.push_str(value(call.inner)?);
            return Some(call.end);
        }
        Kind::Tag => {}
    }
    let (name, arguments) = call.inner.split_once(char::is_whitespace).unwrap_or((call.inner, ""));
    if let Some(name) = enclosing(call.inner) {
        let Some((content, end)) = content(markdown, call.end, name, unclosed) else { return Some(call.end) };
        match name {
            "comment" => {}
            "raw" | "verbatim" | "noparse" => out.push_str(content),
            _ => push_code(out, arguments.split_whitespace().next().unwrap_or(""), content),
        }
        return Some(end);
    }
    match name {
        "figure" | "img" | "image" | "picture" | "asset_img" => push_picture(out, arguments),
        "ref" | "relref" | "link" | "post_url" | "post_link" | "asset_path" => {
            out.push_str(word(arguments, 0).unwrap_or_default());
        }
        "youtube" | "vimeo" | "gist" => push_film(out, name, arguments),
        "tweet" | "twitter" | "x" => push_post(out, arguments),
        "embed" => {
            let address = word(arguments, 0).filter(|word| word.starts_with("https://") && !word.contains(['<', '>']));
            out.extend(address.map(|address| format!("<{address}>")));
        }
        _ => {}
    }
    Some(call.end)
}

/// The call that begins at `at`, where a brace stands.
pub(super) fn read_call(markdown: &str, at: usize) -> Option<Call<'_>> {
    let rest = &markdown[at..];
    let (kind, opening, closing) = [
        (Kind::Tag, "{{<", ">}}"),
        (Kind::Tag, "{{%", "%}}"),
        (Kind::Tag, "{%", "%}"),
        (Kind::Value, "{{", "}}"),
        (Kind::Attributes, "{:", "}"),
    ]
    .into_iter()
    .find(|(_, opening, _)| rest.starts_with(opening))?;
    let mut limit = rest.len().min(MAX_TAG);
    while !rest.is_char_boundary(limit) {
        limit -= 1;
    }
    let length = rest[opening.len()..limit].find(closing)?;
    let inner = rest[opening.len()..opening.len() + length].trim().trim_matches('-').trim();
    // An attribute list stands on one line, and `{{` may be anything where it does not close on its own.
    let is_call = kind == Kind::Tag || !inner.contains('\n');
    is_call.then_some(Call { kind, inner, end: at + opening.len() + length + closing.len() })
}

/// What stands between a tag and its end tag (`endname` in Liquid, `/name` in Hugo), and where that ends.
pub(super) fn content<'m>(
    markdown: &'m str,
    from: usize,
    name: &'static str,
    unclosed: &mut Unclosed,
) -> Option<(&'m str, usize)> {
    if unclosed.contains(&name) {
        return None;
    }
    for (at, _) in markdown[from..].match_indices("{") {
        let start = from + at;
        let call = read_call(markdown, start).filter(|call| call.kind == Kind::Tag);
        let closes = call.as_ref().and_then(|call| call.inner.strip_prefix("end").or(call.inner.strip_prefix('/')));
        if let Some(call) = call.as_ref().filter(|_| closes.map(str::trim) == Some(name)) {
            return Some((&markdown[from..start], call.end));
        }
    }
    unclosed.push(name);
    None
}

/// What the value stands for: a literal, nothing in place of the address of the site; `None` for anything else, which
/// may be text.
fn value(inner: &str) -> Option<&str> {
    let inner = inner.trim();
    if inner.starts_with(['"', '\'']) {
        return word(inner, 0);
    }
    // Blocks, partials and comments of Handlebars, and comments of Hugo.
    if inner.starts_with(['#', '/', '>', '!']) {
        return Some("");
    }
    let first = inner.split(['|', ' ']).next()?.trim();
    [
        "site.",
        "page.",
        "post.",
        "include.",
        ".Site.",
        ".Page.",
        ".Params.",
        "$.",
        "layout.",
        "frontmatter.",
        "$frontmatter.",
    ]
    .iter()
    .any(|prefix| first.starts_with(prefix))
    .then_some("")
}

/// The argument at this place that has no name, without quotation marks.
fn word(arguments: &str, place: usize) -> Option<&str> {
    words(arguments).filter(|(name, _)| name.is_empty()).nth(place).map(|(_, value)| value)
}

/// The arguments as pairs of name and value; the name is empty for those without.
fn words(arguments: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = arguments;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|ch: char| ch.is_whitespace() || ch == ',');
        if rest.is_empty() {
            return None;
        }
        let key_end = rest.find(|ch: char| ch.is_whitespace() || "=\"'`".contains(ch)).unwrap_or(rest.len());
        let name = match rest[key_end..].strip_prefix('=') {
            Some(after) => {
                let name = &rest[..key_end];
                rest = after.trim_start();
                name
            }
            None => "",
        };
        let quote = rest.chars().next().filter(|ch| matches!(ch, '"' | '\'' | '`'));
        let (value, after) = match quote {
            Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        rest = after;
        Some((name, value))
    })
}

fn named<'a>(arguments: &'a str, names: &[&str]) -> Option<&'a str> {
    words(arguments).find(|(name, _)| names.contains(name)).map(|(_, value)| value)
}

/// Appends code between fences that are longer than any in it.
fn push_code(out: &mut String, language: &str, content: &str) {
    let longest = content.split(|ch| ch != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let language: String = language.chars().filter(|ch| ch.is_alphanumeric() || "+-_#.".contains(*ch)).collect();
    let newline = if out.is_empty() || out.ends_with('\n') { "" } else { "\n" };
    // Writing to a string cannot fail.
    let _ = write!(out, "{newline}{fence}{language}\n{}\n{fence}\n", content.trim_matches('\n'));
}

/// Appends a picture with its caption.
fn push_picture(out: &mut String, arguments: &str) {
    let Some(src) = named(arguments, &["src", "path", "url", "link"]).or_else(|| {
        words(arguments)
            .filter(|(name, _)| name.is_empty())
            .map(|(_, value)| value)
            .find(|word| word.contains(['/', '.']))
    }) else {
        return;
    };
    let clean = |text: &str| text.replace(['[', ']', '<', '>', '\n'], " ");
    let alt = named(arguments, &["alt", "title"]).map(clean).unwrap_or_default();
    let _ = write!(out, "![{alt}](<{}>)", clean(src));
    if let Some(caption) = named(arguments, &["caption", "title"]).filter(|caption| !caption.is_empty()) {
        let _ = write!(out, "\n\n{caption}\n");
    }
}

/// Appends a link to the page of a film or of a piece of code.
fn push_film(out: &mut String, name: &str, arguments: &str) {
    let Some(id) = named(arguments, &["id"]).or_else(|| word(arguments, 0)).filter(|id| !id.is_empty()) else { return };
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let address = match name {
        _ if id.starts_with("https://") && !id.contains(['<', '>', ' ']) => id.to_owned(),
        _ if !is_plain(id) && !id.contains('/') => return,
        "youtube" => format!("https://www.youtube.com/watch?v={id}"),
        "vimeo" => format!("https://vimeo.com/{id}"),
        _ => match word(arguments, 1).filter(|second| is_plain(second)) {
            Some(second) => format!("https://gist.github.com/{id}/{second}"),
            None => format!("https://gist.github.com/{id}"),
        },
    };
    let _ = write!(out, "<{address}>");
}

/// Appends a link to a post of a person (`user="a" id="1"`, or its address).
fn push_post(out: &mut String, arguments: &str) {
    let is_plain = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let user = named(arguments, &["user"]).filter(is_plain);
    let id = named(arguments, &["id"]).filter(is_plain);
    let address = word(arguments, 0).filter(|word| word.starts_with("https://") && !word.contains(['<', '>']));
    // Writing to a string cannot fail.
    let _ = match (address, user, id) {
        (Some(address), ..) => write!(out, "<{address}>"),
        (None, Some(user), Some(id)) => write!(out, "<https://twitter.com/{user}/status/{id}>"),
        _ => Ok(()),
    };
}

/// Appends code without the tags that protect it from the generator.
fn push_without_raw_tags(out: &mut String, code: &str) {
    let mut rest = code;
    while let Some(found) = rest.find("{%") {
        out.push_str(&rest[..found]);
        match read_call(rest, found) {
            Some(call) if matches!(call.inner, "raw" | "endraw") => rest = &rest[call.end..],
            _ => {
                out.push_str("{%");
                rest = &rest[found + 2..];
            }
        }
    }
    out.push_str(rest);
}

/// The length of the code in backticks that the line begins with; that of the backticks, if they are not closed.
pub(super) fn code_length(line: &str) -> usize {
    let ticks = line.len() - line.trim_start_matches('`').len();
    let mut at = ticks;
    while let Some(found) = line[at..].find('`') {
        let start = at + found;
        let length = line[start..].len() - line[start..].trim_start_matches('`').len();
        if length == ticks {
            return start + length;
        }
        at = start + length;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(resolve(markdown), expected);
    }

    #[test]
    fn tags_go_and_what_they_enclose_stays() {
        check("a {% include x.html %}b", "a b");
        check("{% include toc %}\ntext\n", "\ntext\n");
        check("{{< notice tip >}}\nKeep *this*.\n{{< /notice >}}\n", "\nKeep *this*.\n\n");
        check("{%- if x -%}yes{% endif %}", "yes");
        check("{% comment %}no\nno{% endcomment %}yes", "yes");
        check("{% raw %}{{ x }} {% y %}{% endraw %}", "{{ x }} {% y %}");
        check("{{#if x}}yes{{/if}}{{! no }}{{/* no */}} {{> part }}{{ .Params.mood }}", "yes ");
        check("# Head\n{: .no_toc}\n![a](b){: .right}", "# Head\n\n![a](b)");
    }

    #[test]
    fn code_stays_code() {
        check("{% highlight ruby linenos %}\nputs {{ x }}\n{% endhighlight %}\nb", "```ruby\nputs {{ x }}\n```\n\nb");
        check("{{< highlight go \"hl=1\" >}}\n```\n{{< /highlight >}}", "````go\n```\n````\n");
        check("{% highlight x %}open", "open");
        check("`{% include x %}` and ``{{< y >}} ` ``", "`{% include x %}` and ``{{< y >}} ` ``");
        check(
            "```\n{% include x %}\n{% raw %}{{ a }}{% endraw %}\n```\n{% x %}",
            "```\n{% include x %}\n{{ a }}\n```\n\n",
        );
    }

    #[test]
    fn pictures_films_and_references_stay() {
        check("{{< figure src=\"/a b.png\" alt=\"A\" caption=\"See\" >}}", "![A](</a b.png>)\n\nSee\n");
        check("{% img right /a.png 200 %}", "![](</a.png>)");
        check("{{< youtube abc_1 >}}", "<https://www.youtube.com/watch?v=abc_1>");
        check("{{< vimeo id=\"42\" >}}", "<https://vimeo.com/42>");
        check("{{< tweet user=\"bo\" id=\"12\" >}}", "<https://twitter.com/bo/status/12>");
        check("{% embed https://films.example/a %}", "<https://films.example/a>");
        check("{% gist someone/12ab %}", "<https://gist.github.com/someone/12ab>");
        check(
            "[a]({{< ref \"b.md\" >}}) [c]({{ \"/d\" | relative_url }}) ![e]({{ site.url }}/f)",
            "[a](b.md) [c](/d) ![e](/f)",
        );
        check("[a]({% post_url 2020-01-02-b %})", "[a](2020-01-02-b)");
    }

    #[test]
    fn what_is_no_tag_stays() {
        for text in ["{", "{% open", "{{ x + y }}", "a {b} c", "{{}}", "{:", "\\{{ n \\}}", "é{%é"] {
            check(text, text);
        }
    }
}

//! Comments in notes: what stands between `%%` and `%%`, as Obsidian writes it.

use std::borrow::Cow;

use super::fences::Fences;
use super::shortcodes::code_length;

/// The Markdown without its comments, inside a line (`%%not this%%`) and over several, from a line that begins with `%%`
/// to one that ends so. Code is left alone, and so is a `%%` that nothing closes, or that follows a digit (`100%%`).
pub fn without_comments(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("%%") {
        return Cow::Borrowed(markdown);
    }
    let mut out = String::with_capacity(markdown.len());
    let mut fences = Fences::default();
    let mut at = 0;
    while at < markdown.len() {
        let end = markdown[at..].find('\n').map_or(markdown.len(), |feed| at + feed + 1);
        let line = &markdown[at..end];
        if fences.hold(line) || line.starts_with("    ") || line.starts_with('\t') {
            out.push_str(line);
        } else if let Some(length) = block(&markdown[at..]) {
            at += length;
            continue;
        } else {
            push_line(&mut out, line);
        }
        at = end;
    }
    Cow::Owned(out)
}

/// The length of the comment of several lines that a text begins with. Lines that each begin with `%%` are the comments
/// of a program.
fn block(text: &str) -> Option<usize> {
    let mut length = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        length += line.len();
        let line = line.trim();
        if at == 0 {
            // One that ends on its line is none of several.
            if !line.starts_with("%%") || line[2..].contains("%%") {
                return None;
            }
        } else if line.ends_with("%%") {
            return Some(length);
        } else if line.starts_with("%%") {
            return None;
        }
    }
    None
}

fn push_line(out: &mut String, line: &str) {
    let start = out.len();
    let (mut rest, mut has_comment) = (line, false);
    while let Some(found) = rest.find(['%', '`']) {
        out.push_str(&rest[..found]);
        rest = &rest[found..];
        if rest.starts_with('`') {
            let (code, after) = rest.split_at(code_length(rest));
            out.push_str(code);
            rest = after;
            continue;
        }
        let closed = rest.strip_prefix("%%").and_then(|inner| inner.find("%%").map(|close| &inner[close + 2..]));
        let is_open = !out[start..].ends_with(|c: char| c.is_ascii_digit() || c == '%');
        match closed.filter(|_| is_open) {
            Some(after) => {
                has_comment = true;
                // Of the blanks on both sides one stays.
                let has_blank = out[start..].is_empty() || out.ends_with(' ');
                rest = if has_blank { after.trim_start_matches(' ') } else { after };
            }
            None => {
                let percents = rest.len() - rest.trim_start_matches('%').len();
                out.push_str(&rest[..percents]);
                rest = &rest[percents..];
            }
        }
    }
    out.push_str(rest);
    // A line of nothing but comments leaves none.
    if has_comment && out[start..].trim().is_empty() {
        out.truncate(start);
    }
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go() {
        for (given, expected) in [
            ("a %%b%% c", "a c"),
            ("a%%b%%.", "a."),
            ("a\n%% hidden %%\nb\n", "a\nb\n"),
            ("a\n\n%%\nhidden\n\nmore\n%%\n\nb", "a\n\n\nb"),
            ("%% from here\nto there %%\nb", "b"),
            ("%%a%%%%b%%c", "c"),
        ] {
            assert_eq!(without_comments(given), expected, "{given:?}");
        }
    }

    #[test]
    fn what_is_no_comment_stays() {
        for text in [
            "100%% of it, 50%% more",
            "`%%a%%` and ``%%b%%``",
            "```\n%% a\n%%\n```\nb",
            "    %% a %%\n",
            "%% one\n%% two\n%% three\n",
            "%% open\n\nand so on",
            "%%%",
            "a % b % c",
        ] {
            assert_eq!(without_comments(text), text, "{text:?}");
        }
    }
}

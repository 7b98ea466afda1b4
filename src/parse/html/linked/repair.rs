//! Linked data as templates write them: almost JSON.

use std::borrow::Cow;

use serde_json::Value;

use feedmill_markup::html::to_text;

/// The values of a script; none where it cannot be understood.
pub(super) fn values(script: &str) -> Vec<Value> {
    let script = unwrap(script);
    if let Some(values) = strict(script) {
        return values;
    }
    let script = match script.contains("&quot;") {
        // Escaped for a page, though scripts are not.
        true => Cow::Owned(to_text(&script.replace('<', "&lt;"))),
        false => Cow::Borrowed(script),
    };
    strict(&mended(&script)).unwrap_or_default()
}

/// One value, or several in a row.
fn strict(text: &str) -> Option<Vec<Value>> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().collect::<Result<Vec<_>, _>>().ok()
}

/// Without the comments and sections that hid scripts from browsers of old.
fn unwrap(script: &str) -> &str {
    let mut script = script.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '\u{feff}'));
    for _ in 0..3 {
        for start in ["//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[", "<!--"] {
            script = script.strip_prefix(start).unwrap_or(script).trim_start();
        }
        for end in ["//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "//-->", "-->", ";"] {
            script = script.strip_suffix(end).unwrap_or(script).trim_end();
        }
    }
    script
}

/// The text with what is usually wrong with it put right: line ends and stray quotes in strings, unknown escapes,
/// commas that nothing follows, comments, brackets that are never closed.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut open: Vec<char> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut in_string = false;
    while let Some((at, c)) = chars.next() {
        if in_string {
            match c {
                '"' if ends_string(&text[at + 1..], open.last()) => {
                    in_string = false;
                    out.push('"');
                }
                '"' => out.push_str("\\\""),
                '\\' => match chars.peek().map(|(_, next)| *next) {
                    Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                        out.push('\\');
                        out.push(next);
                        chars.next();
                    }
                    Some('u') if is_unicode_escape(&text[at + 2..]) => out.push('\\'),
                    _ => {}
                },
                c if c < ' ' => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                out.push('"');
            }
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                out.push(c);
            }
            '}' | ']' => {
                drop_comma(&mut out);
                if open.last() == Some(&c) {
                    open.pop();
                    out.push(c);
                }
            }
            ',' => {
                drop_comma(&mut out);
                if !out.trim_end().ends_with(['{', '[']) {
                    out.push(',');
                }
            }
            '/' if text[at..].starts_with("/*") => {
                let end = text[at..].find("*/").map_or(text.len(), |end| at + end + 2);
                while chars.next_if(|(next, _)| *next < end).is_some() {}
            }
            '/' if text[at..].starts_with("//") => while chars.next_if(|(_, next)| *next != '\n').is_some() {},
            c => out.push(c),
        }
    }
    if in_string {
        out.push('"');
    }
    drop_comma(&mut out);
    out.extend(open.into_iter().rev());
    out
}

fn drop_comma(out: &mut String) {
    let kept = out.trim_end().len();
    if out[..kept].ends_with(',') {
        out.truncate(kept - 1);
    }
}

/// Whether a quote ends its string: what follows it is no text. A comma is followed by another value.
fn ends_string(after: &str, closing: Option<&char>) -> bool {
    /// Blanks before the next token; more of them are no reason to look on.
    const NEAR: usize = 400;
    let mut rest = after.chars().take(NEAR).skip_while(|c| c.is_whitespace());
    match rest.next() {
        None | Some(':' | '}' | ']') => true,
        Some(',') => {
            let next = rest.find(|c| !c.is_whitespace());
            next.is_none_or(|next| {
                matches!(next, '"' | '}' | ']' | ',')
                    || (closing == Some(&']') && (next.is_ascii_digit() || matches!(next, '{' | '[' | 't' | 'f' | 'n')))
            })
        }
        _ => false,
    }
}

fn is_unicode_escape(after: &str) -> bool {
    after.as_bytes().get(..4).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_almost_json_is_read() {
        for (script, expected) in [
            (r#"{"a": 1}"#, vec![json!({"a": 1})]),
            ("<!-- {\"a\": [1,2,],} -->", vec![json!({"a": [1, 2]})]),
            ("//<![CDATA[\n{\"a\": \"b\"};\n//]]>", vec![json!({"a": "b"})]),
            ("{\"a\": \"two\nlines\"}", vec![json!({"a": "two lines"})]),
            (r#"{"a": "she said "no" to it", "b": 1}"#, vec![json!({"a": "she said \"no\" to it", "b": 1})]),
            (r#"{"a": "it\'s \x fine \u00e9"}"#, vec![json!({"a": "it's x fine é"})]),
            ("{&quot;a&quot;: &quot;b&quot;}", vec![json!({"a": "b"})]),
            ("{\"a\": 1} {\"b\": 2}", vec![json!({"a": 1}), json!({"b": 2})]),
            ("{\"a\": 1, /* x */ \"b\": [2", vec![json!({"a": 1, "b": [2]})]),
            ("{\"a\": 1 // x\n}", vec![json!({"a": 1})]),
            ("var x = y;", vec![]),
        ] {
            assert_eq!(values(script), expected, "{script}");
        }
    }

    proptest! {
        #[test]
        fn no_script_makes_it_panic(script in "[\\[\\]{}\",:\\\\/*u0-9a né\n;&<>-]{0,60}") {
            values(&script);
        }
    }
}

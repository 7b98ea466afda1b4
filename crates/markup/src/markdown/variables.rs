//! Values that a text leaves to its site generator: `{{ page.title }}` of Liquid, `{{ title }}` of Jinja and Handlebars.

use std::borrow::Cow;

use super::fences::Fences;
use super::shortcodes::{Kind, code_length, content, enclosing, read_call};

/// The text with its values filled in: `value` is asked for what stands between the braces (`page.date | date: "%Y"`),
/// and what it does not know stays. Code is left alone, and so is what the text protects from the generator (`raw`).
pub fn fill<'t>(text: &'t str, value: &dyn Fn(&str) -> Option<String>) -> Cow<'t, str> {
    if !text.contains("{{") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut fences = Fences::default();
    let mut unclosed = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |feed| at + feed + 1);
        let line = &text[at..end];
        if fences.hold(line) {
            out.push_str(line);
            at = end;
            continue;
        }
        while at < end {
            let rest = &text[at..end];
            let Some(found) = rest.find(['{', '`']) else {
                out.push_str(rest);
                at = end;
                break;
            };
            out.push_str(&rest[..found]);
            at += found;
            let length = match text[at..].starts_with('`') {
                true => code_length(&text[at..end]),
                false => match read_call(text, at) {
                    Some(call) if call.kind == Kind::Value => {
                        // `{{{ title }}}` of Handlebars has a brace more on both sides.
                        let triple = call.inner.strip_prefix('{').filter(|_| text[call.end..].starts_with('}'));
                        let end = call.end + usize::from(triple.is_some());
                        if let Some(value) = value(triple.unwrap_or(call.inner).trim()) {
                            out.push_str(&value);
                            at = end;
                            continue;
                        }
                        end - at
                    }
                    Some(call) => match enclosing(call.inner) {
                        Some(name) => {
                            content(text, call.end, name, &mut unclosed).map_or(call.end, |(_, end)| end) - at
                        }
                        None => call.end - at,
                    },
                    None => 1,
                },
            };
            out.push_str(&text[at..at + length]);
            at += length;
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::fill;

    fn value(inner: &str) -> Option<String> {
        (inner == "page.title").then(|| "Rope".to_owned())
    }

    #[test]
    fn known_values_are_filled_in_and_others_stay() {
        for (given, expected) in [
            ("{{ page.title }}\n====\n", "Rope\n====\n"),
            ("# {{page.title}} and {{ site.x }} and {{ n }}", "# Rope and {{ site.x }} and {{ n }}"),
            ("{{{ page.title }}}", "Rope"),
            ("{{- page.title -}}", "Rope"),
            ("[{{ page.title }}]({% post_url 2020-01-01-a %})", "[Rope]({% post_url 2020-01-01-a %})"),
            ("{", "{"),
        ] {
            assert_eq!(fill(given, &value), expected, "{given:?}");
        }
    }

    #[test]
    fn code_and_protected_text_stay() {
        for text in [
            "`{{ page.title }}`",
            "```\n{{ page.title }}\n```\n",
            "{% raw %}\n{{ page.title }}\n{% endraw %}",
            "{% highlight liquid %}{{ page.title }}{% endhighlight %}",
            "{{< highlight html >}}{{ page.title }}{{< /highlight >}}",
        ] {
            assert_eq!(fill(text, &value), text);
        }
    }
}

//! Settings of generators of sites, as far as the addresses of articles depend on them.

use serde_json::Value;

use super::{front_matter, unix_lines};
use feedmill_markup as markup;

/// The pattern of the addresses of posts that the `_config.yml` of a Jekyll site says: its `permalink`, that of its
/// posts, or the usual one. `None` for bytes that are no text.
pub fn jekyll_permalink(settings: &[u8]) -> Option<String> {
    let text = unix_lines(markup::decode(settings, None)?);
    let text = text.strip_prefix("---\n").unwrap_or(&text);
    let entries = front_matter::entries_of(&format!("---\n{text}\n---\n"));
    let value = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let of_posts = || value("collections")?.get("posts")?.get("permalink")?.as_str();
    let by_default = || {
        let defaults = value("defaults")?.as_array()?;
        defaults.iter().rev().find_map(|one| {
            let scope = one.get("scope");
            let text = |key: &str| scope.and_then(|scope| scope.get(key)).and_then(Value::as_str).unwrap_or_default();
            let is_of_all_posts = text("path").is_empty() && matches!(text("type"), "" | "post" | "posts");
            is_of_all_posts.then(|| one.get("values")?.get("permalink")?.as_str()).flatten()
        })
    };
    let own = by_default().or_else(of_posts).or_else(|| value("permalink")?.as_str());
    Some(own.map(str::trim).filter(|own| !own.is_empty()).unwrap_or("date").to_owned())
}

#[cfg(test)]
mod tests {
    use super::jekyll_permalink;

    #[test]
    fn posts_stand_where_the_settings_say() {
        for (settings, expected) in [
            ("title: Tides\n", "date"),
            ("title: Tides\npermalink: pretty\n", "pretty"),
            ("permalink: /:year/:title/\ncollections:\n  posts:\n    permalink: /tides/:title/\n", "/tides/:title/"),
            (
                "defaults:\n  - scope:\n      path: \"\"\n      type: posts\n    values:\n      permalink: none\n",
                "none",
            ),
            ("", "date"),
        ] {
            assert_eq!(jekyll_permalink(settings.as_bytes()).as_deref(), Some(expected), "{settings}");
        }
    }
}

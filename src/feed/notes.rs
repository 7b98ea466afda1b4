//! Metadata that no field of an article holds.

use serde_json::{Map, Value};

/// The value of the first of these keys that says anything. Keys are compared without case and without what is neither
/// letter nor digit, so that `episode_type`, `episodeType` and `itunes:episodeType` are asked for as `episodetype`
/// and `itunesepisodetype`.
pub(super) fn find<'a>(notes: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a Value> {
    let says = |value: &&Value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        _ => true,
    };
    keys.iter().find_map(|key| notes.iter().find(|(name, _)| is(name, key)).map(|(_, value)| value).filter(says))
}

/// The text of the first of these keys that has one.
pub(super) fn text<'a>(notes: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a str> {
    keys.iter().find_map(|key| find(notes, &[key])?.as_str()).map(str::trim)
}

fn is(name: &str, key: &str) -> bool {
    let mut folded = name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    key.bytes().all(|byte| folded.next() == Some(byte)) && folded.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_however_they_are_written() {
        let notes: Map<String, Value> =
            serde_json::from_str(r#"{"itunes:episodeType": "bonus", "Season": 2, "title": " ", "x": null}"#).unwrap();
        assert_eq!(text(&notes, &["episodetype", "itunesepisodetype"]), Some("bonus"));
        assert_eq!(find(&notes, &["season"]), Some(&Value::from(2)));
        for key in ["title", "x", "seaso", "seasons"] {
            assert_eq!(find(&notes, &[key]), None, "{key}");
        }
    }
}

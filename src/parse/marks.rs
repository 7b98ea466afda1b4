//! The marks by which programs keep an article from the public.
//!
//! One table for every format: whatever stands in front matter, in JSON, in a table or in the export of a site ends up
//! as keys and values, and is asked here. An article with such a mark is archived as a draft, with the mark beside it.
//! Marks that are about search engines alone (`noindex`, `sitemap: false`) are none: what they speak of is public.

use serde_json::{Map, Value};

/// What keeps an article back: its keys in the folded form of `metadata`, the values that do, and what it means.
struct Mark {
    keys: &'static [&'static str],
    says: Says,
    meaning: &'static str,
}

/// Which values of a key are a mark.
enum Says {
    /// `true`, `yes`, `on`, `1`.
    Yes,
    /// `false`, `no`, `off`, `0`, `never`.
    No,
    /// One of these words, in their folded form.
    OneOf(&'static [&'static str]),
    /// Any word but these; a number is a measurement.
    AnyBut(&'static [&'static str]),
    /// Anything; the value is a secret and never repeated.
    Secret,
    /// An object that says `never` or `false` of how the page is listed or rendered (Hugo).
    Never,
}

const MARKS: &[Mark] = &[
    Mark {
        keys: &["draft", "isdraft", "unpublished", "isunpublished", "autosave", "wip", "workinprogress"],
        says: Says::Yes,
        meaning: "a draft",
    },
    Mark {
        keys: &["published", "publish", "visible", "ispublished", "isvisible", "public", "ispublic", "dgpublish"],
        says: Says::No,
        meaning: "not published",
    },
    Mark {
        keys: &[
            "status",
            "poststatus",
            "state",
            "wpstatus",
            "publishstatus",
            "publicationstatus",
            "workflowstate",
            "workflow",
            "stage",
        ],
        says: Says::OneOf(&[
            "draft",
            "private",
            "pending",
            "pendingreview",
            "inreview",
            "hidden",
            "unpublished",
            "autosave",
            "autodraft",
            "trash",
            "trashed",
            "softtrashed",
            "deleted",
            "skip",
            "unlisted",
            "future",
            "scheduled",
            "queued",
            "passwordprotected",
            "protected",
            "wip",
            "workinprogress",
        ]),
        meaning: "not published, or not yet",
    },
    Mark { keys: &["type", "posttype", "layout"], says: Says::OneOf(&["draft", "drafts"]), meaning: "a draft" },
    Mark { keys: &["skip", "ignore", "exclude", "excluded"], says: Says::Yes, meaning: "not for the site" },
    Mark {
        keys: &["private", "isprivate", "secret", "confidential", "internal", "personal"],
        says: Says::Yes,
        meaning: "private",
    },
    Mark {
        keys: &["visibility", "postvisibility", "wpvisibility", "privacy"],
        says: Says::AnyBut(&[
            "public",
            "published",
            "publish",
            "visible",
            "everyone",
            "everybody",
            "anyone",
            "all",
            "world",
            "open",
            "listed",
            "default",
            "normal",
            "inherit",
            "show",
            "shown",
            "true",
            "yes",
            "on",
        ]),
        meaning: "not for everybody",
    },
    Mark {
        keys: &["access", "accesslevel", "audience", "contentaccess", "postaccess", "security", "emailtype"],
        says: Says::OneOf(&[
            "onlypaid",
            "onlyfree",
            "paid",
            "paying",
            "payingsubscribers",
            "paidsubscribers",
            "paidonly",
            "founding",
            "members",
            "membersonly",
            "memberonly",
            "subscribers",
            "subscribersonly",
            "subscriberonly",
            "premium",
            "patrons",
            "patronsonly",
            "tiers",
            "private",
            "internal",
            "hidden",
            "restricted",
            "protected",
            "password",
            "friends",
            "friendsonly",
            "usemask",
            "followers",
            "closed",
            "nobody",
            "none",
        ]),
        meaning: "for members, subscribers or friends",
    },
    Mark {
        keys: &[
            "membersonly",
            "memberonly",
            "subscribersonly",
            "subscriberonly",
            "paid",
            "ispaid",
            "paidonly",
            "premium",
            "ispremium",
            "paywall",
            "paywalled",
            "emailonly",
            "protected",
            "isprotected",
            "passwordprotected",
            "ispasswordprotected",
            "encrypted",
            "isencrypted",
        ],
        says: Says::Yes,
        meaning: "for members, subscribers or those who know a password",
    },
    Mark {
        keys: &["password", "postpassword", "pagepassword", "passwordhash"],
        says: Says::Secret,
        meaning: "for those who know the password",
    },
    Mark {
        keys: &["unlisted", "isunlisted", "headless", "hidden", "ishidden", "hide"],
        says: Says::Yes,
        meaning: "reached by its address only, and listed nowhere",
    },
    Mark { keys: &["listed", "islisted"], says: Says::No, meaning: "reached by its address only, and listed nowhere" },
    Mark { keys: &["build"], says: Says::Never, meaning: "never listed, or never rendered" },
    Mark { keys: &["permalink"], says: Says::No, meaning: "never rendered" },
    Mark { keys: &["deleted", "isdeleted", "trashed", "istrashed"], says: Says::Yes, meaning: "deleted" },
    Mark {
        keys: &[
            "rssignore",
            "ignorerss",
            "norss",
            "nofeed",
            "excludefromfeed",
            "excludefromfeeds",
            "excludefromrss",
            "excludeinfeed",
            "feedexclude",
            "rssexclude",
            "hideinfeed",
            "hidefromfeed",
            "hidefromrss",
            "skipfeed",
            "skiprss",
            "excludefromcollections",
            "eleventyexcludefromcollections",
        ],
        says: Says::Yes,
        meaning: "not for feeds",
    },
    Mark { keys: &["feed", "rss", "infeed", "inrss", "includeinfeed"], says: Says::No, meaning: "not for feeds" },
];

/// The mark that a key and its value are, as people are told of it: `visibility: paid`. `folded` is the key as it is
/// looked up, `key` as it is written.
pub(super) fn of(key: &str, folded: &str, value: &Value) -> Option<String> {
    let mark = MARKS.iter().find(|mark| mark.keys.contains(&folded) && mark.says.means(value))?;
    let value = match (&mark.says, value) {
        (Says::Secret, _) => return Some(key.to_owned()),
        (Says::Never, Value::Object(object)) => {
            let parts = object.iter().filter(|(key, value)| is_never(key, value));
            return Some(format!(
                "{key}: {}",
                parts.map(|(key, value)| format!("{key}: {}", word(value))).collect::<Vec<_>>().join(", ")
            ));
        }
        (_, value) => word(value),
    };
    Some(format!("{key}: {value}"))
}

/// The meaning of a mark as `of` writes it, for explanations.
pub fn meaning(mark: &str) -> Option<&'static str> {
    let key = mark.split(':').next().unwrap_or_default();
    let folded = super::metadata::fold(key);
    let row = || MARKS.iter().find(|known| known.keys.contains(&folded.as_str())).map(|known| known.meaning);
    PLACES.iter().find(|(place, _)| *place == key).map(|(_, meaning)| *meaning).or_else(row)
}

/// Marks that are no keys: the directory of drafts, and the addressees of a message of the fediverse.
const PLACES: &[(&str, &str)] = &[
    (DRAFTS, "in the directory of drafts"),
    (FOLLOWERS, "for followers or single readers"),
    (UNLISTED, "reached by its address only, and listed nowhere"),
];

/// The mark of a file below `_drafts`.
pub(super) const DRAFTS: &str = "_drafts";
const FOLLOWERS: &str = "to";
const UNLISTED: &str = "cc";

/// The mark that the addressees of an ActivityPub object are (`to` and `cc`): it is public where both the world and
/// the timelines may have it, which `to` says.
pub(super) fn of_addressees(object: &Map<String, Value>) -> Option<String> {
    let all = |key: &str| -> Vec<&str> {
        match object.get(key) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    };
    let is_public =
        |address: &&str| matches!(*address, "as:Public" | "Public") || address.ends_with("activitystreams#Public");
    let (to, cc) = (all("to"), all("cc"));
    let is_fediverse = to.iter().chain(&cc).any(|address| is_public(address) || address.starts_with("https://"));
    if !is_fediverse || to.iter().any(is_public) {
        return None;
    }
    if cc.iter().any(is_public) {
        return Some(format!("{UNLISTED}: Public"));
    }
    let is_followers = |address: &&str| address.trim_end_matches('/').ends_with("/followers");
    let whom = if to.iter().chain(&cc).any(is_followers) { "followers" } else { "single readers" };
    Some(format!("{FOLLOWERS}: {whom}"))
}

impl Says {
    fn means(&self, value: &Value) -> bool {
        match self {
            Says::Yes => flag(value) == Some(true),
            Says::No => flag(value) == Some(false),
            Says::OneOf(words) => words_of(value).iter().any(|word| words.contains(&word.as_str())),
            Says::AnyBut(words) => {
                flag(value) == Some(false)
                    || words_of(value)
                        .iter()
                        .any(|word| word.starts_with(|c: char| !c.is_ascii_digit()) && !words.contains(&word.as_str()))
            }
            Says::Secret => match value {
                Value::String(text) => !text.trim().is_empty() && flag(value) != Some(false),
                Value::Number(_) => true,
                Value::Bool(is_set) => *is_set,
                _ => false,
            },
            Says::Never => match value {
                Value::Object(object) => object.iter().any(|(key, value)| is_never(key, value)),
                _ => false,
            },
        }
    }
}

fn is_never(key: &str, value: &Value) -> bool {
    matches!(key.to_ascii_lowercase().as_str(), "list" | "render") && flag(value) == Some(false)
}

/// What a value says where it is a yes or a no, in any of the spellings of it.
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Number(number) => match number.as_i64() {
            Some(1) => Some(true),
            Some(0) => Some(false),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" | "y" => Some(true),
            "false" | "no" | "off" | "0" | "n" | "never" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The words of a value, folded: one, or those of a list or of an object around one (`{"name": "paid"}`).
fn words_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => {
            let folded: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            Some(folded).filter(|folded| !folded.is_empty()).into_iter().collect()
        }
        Value::Array(values) => values.iter().flat_map(words_of).collect(),
        Value::Object(object) => {
            ["name", "value", "type", "slug"].iter().filter_map(|key| object.get(*key)).flat_map(words_of).collect()
        }
        _ => Vec::new(),
    }
}

/// A value as a mark repeats it: short, and of one line.
fn word(value: &Value) -> String {
    const LONGEST: usize = 40;
    match value {
        Value::String(text) => feedmill_markup::excerpt(&feedmill_markup::one_line(text), LONGEST),
        Value::Array(_) | Value::Object(_) => words_of(value).join(", "),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::parse::metadata::fold;

    fn mark(key: &str, value: Value) -> Option<String> {
        of(key, &fold(key), &value)
    }

    /// One value that every row of the table holds back, for each of its keys, and one that it lets pass.
    fn samples(says: &Says) -> (Vec<Value>, Vec<Value>) {
        match says {
            Says::Yes => {
                let held = [json!(true), json!("yes"), json!("On"), json!(1), json!("1")];
                (held.into(), vec![json!(false), json!("no"), json!(0), json!("2023-07-09"), json!("a word")])
            }
            Says::No => {
                let held = [json!(false), json!("false"), json!("No"), json!("off"), json!(0), json!("0")];
                (held.into(), vec![json!(true), json!("2011-02-05"), json!(1_667_672_467), json!({"title": "x"})])
            }
            Says::OneOf(words) => {
                let held = words.iter().map(|word| json!(word.to_uppercase())).collect();
                (held, vec![json!("published"), json!("everyone"), json!("developers"), json!("NY"), json!(3)])
            }
            Says::AnyBut(words) => {
                let held = vec![
                    json!("private"),
                    json!("paid"),
                    json!("unlisted"),
                    json!("Members"),
                    json!("direct"),
                    json!(["tiers"]),
                ];
                (held, words.iter().map(|word| json!(word)).chain([json!("10 km"), json!(9), json!("")]).collect())
            }
            Says::Secret => {
                (vec![json!("open sesame"), json!(1234)], vec![json!(""), json!(false), json!("no"), json!(null)])
            }
            Says::Never => (
                vec![json!({"list": "never"}), json!({"render": "never"}), json!({"list": false})],
                vec![json!({"list": "always", "render": "link"}), json!({"publishResources": false}), json!(false)],
            ),
        }
    }

    #[test]
    fn every_mark_holds_back_and_nothing_else_does() {
        for row in MARKS {
            let (held, free) = samples(&row.says);
            for key in row.keys {
                for value in &held {
                    assert!(mark(key, value.clone()).is_some(), "{key}: {value}");
                }
                for value in &free {
                    assert_eq!(mark(key, value.clone()), None, "{key}: {value}");
                }
            }
        }
        for (key, value) in [("robots", json!("noindex")), ("noindex", json!(true)), ("sitemap", json!(false))] {
            assert_eq!(mark(key, value), None, "{key} is about search engines");
        }
    }

    #[test]
    fn marks_are_named_as_written_and_passwords_are_not_repeated() {
        for (key, value, said) in [
            ("visibility", json!("paid"), "visibility: paid"),
            ("wp_visibility", json!("private"), "wp_visibility: private"),
            ("post_password", json!("open sesame"), "post_password"),
            ("_build", json!({"list": "never", "render": "always"}), "_build: list: never"),
            ("Status", json!("Skip"), "Status: Skip"),
            ("published", json!(0), "published: 0"),
            ("eleventyExcludeFromCollections", json!(true), "eleventyExcludeFromCollections: true"),
        ] {
            let mark = mark(key, value).unwrap();
            assert_eq!(mark, said);
            assert!(meaning(&mark).is_some(), "{mark}");
        }
    }

    #[test]
    fn messages_of_the_fediverse_are_for_whom_they_are_addressed_to() {
        let public = "https://www.w3.org/ns/activitystreams#Public";
        let followers = "https://social.example/users/bo/followers";
        for (object, said) in [
            (json!({"to": [public], "cc": [followers]}), None),
            (json!({"to": "as:Public"}), None),
            (json!({"to": [followers], "cc": [public]}), Some("cc: Public")),
            (json!({"to": [followers], "cc": []}), Some("to: followers")),
            (json!({"to": ["https://social.example/users/al"]}), Some("to: single readers")),
            (json!({"to": ["al@ledger.example"]}), None),
            (json!({"title": "No message"}), None),
        ] {
            assert_eq!(of_addressees(object.as_object().unwrap()).as_deref(), said, "{object}");
        }
    }

    #[test]
    fn the_documents_name_every_key() {
        let page = include_str!("../../docs/formats.md").to_lowercase();
        let folded: String = page.chars().filter(|c| !matches!(c, '-' | '_')).collect();
        for key in MARKS.iter().flat_map(|mark| mark.keys) {
            assert!(folded.contains(&format!("`{key}`")), "docs/formats.md says nothing of `{key}`");
        }
    }
}

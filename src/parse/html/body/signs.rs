//! What the names of an element (class, id, role, component) say about its content.
//!
//! Names are split into words, so that `post-nav`, `postNav` and `post__nav` say the same, and `navy` says nothing.

use super::elements::COMPONENT;
use super::names::MAX_NAME;
use super::tree::Tree;
use super::vocabulary;

/// A set of statements about an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u16);

impl Signs {
    /// For something else than reading this page: navigation, sharing, subscribing, consent, advertising.
    pub(super) const FURNITURE: Signs = Signs(1);
    /// Asks the reader of an article to do something, which on the page of a shop may be the content itself.
    pub(super) const APPEAL: Signs = Signs(1 << 1);
    /// Stands beside the text, or is wrapped around it: the word is used for both.
    pub(super) const BESIDE: Signs = Signs(1 << 2);
    /// Says when, by whom and about what the article is.
    pub(super) const META: Signs = Signs(1 << 3);
    /// Leads to other articles.
    pub(super) const RELATED: Signs = Signs(1 << 4);
    /// What readers wrote.
    pub(super) const COMMENTS: Signs = Signs(1 << 5);
    /// Not shown.
    pub(super) const HIDDEN: Signs = Signs(1 << 6);
    /// A tab or a fold, which a reader opens: not shown at first, and content all the same.
    pub(super) const FOLD: Signs = Signs(1 << 7);
    /// The text of the article.
    pub(super) const BODY: Signs = Signs(1 << 8);
    /// The caption or the credit of a picture.
    pub(super) const CAPTION: Signs = Signs(1 << 9);
    /// The main part of the page.
    pub(super) const MAIN: Signs = Signs(1 << 10);

    pub(super) const fn has(self, other: Signs) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn and(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }

    fn add(&mut self, other: Signs) {
        self.0 |= other.0;
    }
}

/// What the element says about itself.
pub(super) fn signs(tree: &Tree, at: usize) -> Signs {
    let mut signs = Signs::default();
    for (name, value) in tree.attributes(at) {
        match name {
            "class" | "id" | "data-testid" | "data-component" | COMPONENT => {
                for class in value.split_ascii_whitespace().take(MAX_CLASSES) {
                    read_class(class, &mut signs);
                }
            }
            "role" => signs.add(of_role(value)),
            "itemprop" => signs.add(of_property(value)),
            "hidden" if value != "until-found" => signs.add(Signs::HIDDEN),
            "aria-hidden" if value == "true" => signs.add(Signs::HIDDEN),
            "style" if is_hiding(value) => signs.add(Signs::HIDDEN),
            _ => {}
        }
    }
    signs
}

/// Pages made of utility classes have dozens on an element; what it is stands first.
const MAX_CLASSES: usize = 24;
/// The longest name that a person gave.
const MAX_CLASS: usize = 80;

fn of_role(role: &str) -> Signs {
    match role {
        "navigation" | "search" | "contentinfo" | "banner" | "menu" | "menubar" | "dialog" | "alertdialog"
        | "toolbar" | "tablist" | "tooltip" | "complementary" => Signs::FURNITURE,
        "alert" | "form" => Signs::APPEAL,
        "tabpanel" => Signs::FOLD,
        "main" => Signs::MAIN,
        _ => Signs::default(),
    }
}

fn of_property(property: &str) -> Signs {
    match property {
        "articleBody" | "blogPost" | "text" => Signs::BODY,
        "author" | "datePublished" | "dateModified" | "publisher" | "keywords" => Signs::META,
        "breadcrumb" => Signs::FURNITURE,
        "comment" => Signs::COMMENTS,
        _ => Signs::default(),
    }
}

fn is_hiding(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(key, value)| {
        let (key, value) = (key.trim(), value.trim().trim_end_matches("!important").trim_end());
        (key.eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none"))
            || (key.eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden"))
    })
}

fn read_class(class: &str, signs: &mut Signs) {
    // `md:hidden` and `[&>a]:flex` are styles; `has-sidebar` speaks of what else there is, `tag-privacy` of a topic.
    if class.len() > MAX_CLASS
        || class.contains([':', '['])
        || ABOUT_OTHERS.iter().any(|start| class.starts_with(start))
    {
        return;
    }
    let mut before = 0;
    for word in words(class) {
        signs.add(vocabulary::of_word(word));
        signs.add(vocabulary::of_pair((before, word)));
        before = word;
    }
}

/// How names begin that do not say what the element itself is.
const ABOUT_OTHERS: [&str; 18] = [
    "has-",
    "no-",
    "with-",
    "without-",
    "hide-",
    "show-",
    "is-",
    "not-",
    "js-",
    "non-",
    "tag-",
    "category-",
    "type-",
    "status-",
    "format-",
    "bg-",
    "border-",
    "hover-",
];

/// The words of a name, in lower case, as numbers: runs of ASCII letters, parted where a small one meets a capital.
fn words(class: &str) -> impl Iterator<Item = u128> {
    let bytes = class.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().position(u8::is_ascii_alphabetic)?;
        let start = at;
        let mut word = 0;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            if at > start && bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase() {
                break;
            }
            word = word << 8 | u128::from(bytes[at].to_ascii_lowercase());
            at += 1;
        }
        let length = at - start;
        Some(if length > MAX_NAME { 0 } else { word << (8 * (MAX_NAME - length)) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attributes: &str) -> Signs {
        signs(&Tree::read(&format!("<div {attributes}>x</div>")), 1)
    }

    #[test]
    fn names_are_read_by_their_words() {
        for name in ["site-nav", "siteNav", "site__nav--wide", "NAV", "x nav2"] {
            assert_eq!(of(&format!("class='{name}'")), Signs::FURNITURE, "{name}");
        }
        assert_eq!(of("class='article-body'"), Signs::BODY);
        assert_eq!(of("id=post-content class='w3 related'"), Signs::BODY.and(Signs::RELATED));
        assert_eq!(of("role=tabpanel aria-hidden=true"), Signs::FOLD.and(Signs::HIDDEN));
    }

    #[test]
    fn names_that_only_look_alike_say_nothing() {
        for name in ["navy", "shareholder", "has-sidebar", "tag-privacy", "md:hidden", "adventure", "bg-footer", "é-ü"]
        {
            assert_eq!(of(&format!("class='{name}'")), Signs::default(), "{name}");
        }
    }

    #[test]
    fn what_is_not_shown() {
        for hidden in ["hidden", "style='color: red; DISPLAY : none !important'", "class='sr-only'", "aria-hidden=true"]
        {
            assert_eq!(of(hidden), Signs::HIDDEN, "{hidden}");
        }
        for shown in ["hidden=until-found", "style='display:block'", "aria-hidden=false", "class='lg-hidden'"] {
            assert_eq!(of(shown), Signs::default(), "{shown}");
        }
    }
}

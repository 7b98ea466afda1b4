//! The attributes of a tag that say something, picked out in one go.

use feedmill_markup::html::tokens::Tag;

/// The attributes of a tag, as they stand.
#[derive(Default)]
pub struct Attributes<'t> {
    pub class: Option<&'t str>,
    pub id: Option<&'t str>,
    pub component: Option<&'t str>,
    pub role: Option<&'t str>,
    pub style: Option<&'t str>,
    pub is_hidden: bool,
    pub rel: Option<&'t str>,
    pub href: Option<&'t str>,
    pub item_property: Option<&'t str>,
    pub property: Option<&'t str>,
    /// `itemtype` or `typeof`, where a thing begins.
    pub item_type: Option<&'t str>,
    pub content: Option<&'t str>,
    pub datetime: Option<&'t str>,
    pub title: Option<&'t str>,
    pub is_pubdate: bool,
}

impl<'t> Attributes<'t> {
    /// The attributes of that tag.
    pub fn of(tag: &'t Tag) -> Self {
        let mut found = Attributes::default();
        let mut has_scope = false;
        for (name, value) in &tag.attributes {
            let value = Some(&**value);
            match &**name {
                "class" => found.class = value,
                "id" => found.id = value,
                "data-testid" | "data-component" => found.component = value,
                "role" => found.role = value,
                "style" => found.style = value,
                "hidden" => found.is_hidden = true,
                "rel" => found.rel = value,
                "href" => found.href = value,
                "itemprop" => found.item_property = value,
                "property" => found.property = value,
                "itemtype" => found.item_type = value,
                "typeof" => {
                    has_scope = true;
                    found.item_type = value;
                }
                "itemscope" => has_scope = true,
                "content" => found.content = value,
                "datetime" => found.datetime = value,
                "title" => found.title = value,
                "pubdate" => found.is_pubdate = true,
                _ => {}
            }
        }
        found.item_type = found.item_type.filter(|_| has_scope);
        found
    }
}

/// Whether a list of words, as `rel` and `itemprop` hold them, holds that one.
pub fn has_word(value: Option<&str>, wanted: &str) -> bool {
    value.is_some_and(|value| value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(wanted)))
}

//! The words that say what an element is for.
//!
//! They were chosen by counting, over some 300 pages with known texts, how much of what stands below elements
//! of a name belongs to the text.

use std::sync::LazyLock;

use super::names::pack;
use super::signs::Signs;

/// Words that say something wherever they stand in a name.
const WORDS: &[(Signs, &str)] = &[
    (
        Signs::FURNITURE,
        "ad adbox ads adsbygoogle adslot adunit advert advertisement advertising breadcrumb breadcrumbs burger \
         cart catlinks colophon consent contentinfo cookie cookies copyright donate donation editsection flyout \
         follow footer gdpr hamburger legal livechat login masthead megamenu menu menubar menuitem modal nav \
         navbar navbox navigation newsletter optin outbrain pager pagination paging paywall policy popover popup \
         prev print printfriendly privacy register rss search settings share sharebar sharedaddy sharethis \
         sharing shoutbox signin signup sitemap skip skiplink skiplinks snackbar social sponsor sponsored submenu \
         subscribe subscription survey syndication tablist taboola toast toolbar tooltip utility wishlist",
    ),
    (
        Signs::APPEAL,
        "alert banner btn btns buttons cta disclaimer dropdown jumbotron notification partners promo promotion \
         promotional submit toggle",
    ),
    (Signs::BESIDE, "aside bottom button carousel dialog drawer header overlay rail secondary sidebar slider"),
    (
        Signs::META,
        "author authors bio biography byline contributors credits date dateline datetime hashtags meta metadata \
         postmeta profile published taglist tags timestamp updated vcard views votes",
    ),
    (
        Signs::RELATED,
        "latest mostread popular readmore recent recirc recirculation recommend recommendation recommendations \
         recommended related similar suggested suggestions teaser teasers trending upnext upsell",
    ),
    (
        Signs::COMMENTS,
        "akismet comment commentform commentlist comments discussion disqus livefyre replies reply respond",
    ),
    (Signs::HIDDEN, "invisible nojs noprint noscript offscreen screenreader"),
    (Signs::FOLD, "accordion accordions collapse collapsible faq faqs tabpanel tabpanels"),
    (
        Signs::BODY,
        "articlebody articlecontent articletext blogcontent postbody postcontent richtext storybody storycontent",
    ),
    (Signs::CAPTION, "attribution caption captions credit figcaption"),
];

/// Two words in a row, each of which alone would say too much.
const PAIRS: &[(Signs, &str)] = &[
    (Signs::HIDDEN, "assistive text, reader only, screen reader, sr only, visually hidden"),
    (
        Signs::BODY,
        "article body, article content, article text, blog body, blog content, blog post, body content, content \
         article, content body, content main, entry content, main content, news content, page content, post body, \
         post content, post text, rich text, story body, story content, text content",
    ),
    (
        Signs::META,
        "about author, article footer, article header, article info, entry footer, entry header, last updated, \
         min read, post author, post footer, post header, post info, post tag, read time, reading time",
    ),
    (
        Signs::RELATED,
        "also like, blog list, editors picks, further reading, keep reading, more articles, more from, more news, \
         more posts, more stories, most read, next post, post list, post navigation, posts list, read more, read \
         next, see also, up next, you may",
    ),
    (
        Signs::FURNITURE,
        "app download, app store, back to, email capture, ez toc, global header, header bar, header inner, header \
         top, lead form, log in, main header, page header, sign in, sign up, site header, skip to, table \
         contents, to top, toc container, toc list, toc title, top bar, wm ipp, wp calendar",
    ),
    (Signs::APPEAL, "call action"),
    (Signs::FOLD, "tab content, tab pane, tab panel, tabs content, tabs panel"),
];

/// What the word says, by its number.
pub(super) fn of_word(word: u128) -> Signs {
    static TABLE: LazyLock<Vec<(u128, Signs)>> = LazyLock::new(|| {
        table(WORDS.iter().flat_map(|(signs, words)| words.split_whitespace().map(|word| (pack(word), *signs))))
    });
    find(&TABLE, &word)
}

/// What the two words in a row say, by their numbers.
pub(super) fn of_pair(pair: (u128, u128)) -> Signs {
    static TABLE: LazyLock<Vec<((u128, u128), Signs)>> = LazyLock::new(|| {
        let pairs = PAIRS.iter().flat_map(|(signs, pairs)| pairs.split(',').map(|pair| (pair.trim(), *signs)));
        table(pairs.filter_map(|(pair, signs)| {
            let (first, second) = pair.split_once(' ')?;
            Some(((pack(first), pack(second)), signs))
        }))
    });
    find(&TABLE, &pair)
}

/// Sorted for the search, with what several lists say of one word put together.
fn table<K: Ord>(entries: impl Iterator<Item = (K, Signs)>) -> Vec<(K, Signs)> {
    let mut table: Vec<(K, Signs)> = entries.collect();
    table.sort_by(|a, b| a.0.cmp(&b.0));
    table.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 = kept.1.and(next.1);
        }
        is_same
    });
    table
}

fn find<K: Ord>(table: &[(K, Signs)], key: &K) -> Signs {
    table.binary_search_by(|(known, _)| known.cmp(key)).map_or(Signs::default(), |at| table[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_can_be_found() {
        let words = WORDS.iter().flat_map(|(signs, words)| words.split_whitespace().map(|word| (word, *signs)));
        for (word, signs) in words {
            assert!(pack(word) != 0 && of_word(pack(word)).has(signs), "{word}");
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
        for (signs, pair) in PAIRS.iter().flat_map(|(signs, pairs)| pairs.split(',').map(|pair| (*signs, pair.trim())))
        {
            let (first, second) = pair.split_once(' ').unwrap();
            assert!(pack(first) != 0 && pack(second) != 0 && of_pair((pack(first), pack(second))).has(signs), "{pair}");
        }
        assert_eq!([of_word(0), of_word(pack("navy")), of_pair((0, pack("more")))], [Signs::default(); 3]);
    }
}

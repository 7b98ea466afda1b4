//! What goes from the text of an article itself: its title, boxes of other things, lists of links around the prose.

use super::elements::is_heading;
use super::page::{Page, SENTENCE};

/// Trims what is in the element that holds the text.
pub(super) fn trim(page: &mut Page, root: usize, title: &str) {
    drop_title(page, root, title);
    drop_sections(page, root);
    drop_links(page, root);
}

/// A paragraph, or a heading long enough to be one.
fn is_paragraph(page: &Page, at: usize) -> bool {
    matches!(page.tree.name(at), "p" | "h2" | "h3") && page.mass(at).prose >= SENTENCE
}

/// A longer heading, in bytes, is no title.
const MAX_TITLE: usize = 400;

/// Drops what stands before the first paragraph and is the title: it is a field of its own.
fn drop_title(page: &mut Page, root: usize, title: &str) {
    let title = bare(title);
    let first = (root..page.tree.end(root)).find(|at| is_paragraph(page, *at)).unwrap_or(root);
    page.drop_where(root, |page, at| {
        let name = page.tree.name(at);
        let is_title = || !title.is_empty() && bare(&page.line(at, MAX_TITLE)) == title;
        is_heading(name) && at < first && (name == "h1" || is_title())
    });
}

/// The letters and digits of a text in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Headings of boxes that are not of the article, in lower case. They count only as a whole line, or with a few words
/// behind if they are more than one word, so that an article about such a thing keeps its sections.
const SECTIONS: &[&str] = &[
    "about the author",
    "about the authors",
    "about the reviewer",
    "add a comment",
    "advertisement",
    "author bio",
    "comments",
    "continue reading",
    "disclaimer",
    "explore more",
    "filed under",
    "follow us",
    "get the newsletter",
    "in this article",
    "join the conversation",
    "join the discussion",
    "keep reading",
    "latest articles",
    "latest news",
    "latest posts",
    "latest stories",
    "leave a comment",
    "leave a reply",
    "more articles",
    "more from",
    "more like this",
    "more news",
    "more on this topic",
    "more posts",
    "more stories",
    "more to explore",
    "most popular",
    "most read",
    "newsletter",
    "next article",
    "on this page",
    "other posts",
    "popular articles",
    "popular posts",
    "post a comment",
    "previous article",
    "print this page",
    "read more",
    "read next",
    "recent articles",
    "recent posts",
    "recommended",
    "recommended articles",
    "recommended for you",
    "recommended reading",
    "related",
    "related articles",
    "related content",
    "related links",
    "related news",
    "related posts",
    "related products",
    "related reading",
    "related stories",
    "related topics",
    "share",
    "share on",
    "share this",
    "share this article",
    "share this post",
    "share this story",
    "sign up for our newsletter",
    "similar articles",
    "similar posts",
    "sponsored",
    "sponsored content",
    "stay connected",
    "stay updated",
    "subscribe",
    "subscribe to our newsletter",
    "table of contents",
    "tags",
    "trending",
    "trending now",
    "up next",
    "was this article helpful",
    "was this helpful",
    "was this page helpful",
    "written by",
    "you may also like",
    "you might also like",
];
/// The same in other languages, as whole lines.
const SECTIONS_ELSEWHERE: &[&str] = &[
    "a lire aussi",
    "auch interessant",
    "commentaires",
    "commenti",
    "comentarios",
    "comentários",
    "compartilhe",
    "compartir",
    "condividi",
    "das könnte sie auch interessieren",
    "deel dit artikel",
    "inhaltsverzeichnis",
    "kommentare",
    "kommentarer",
    "leer más",
    "lees ook",
    "leggi anche",
    "leia mais",
    "leia também",
    "lesen sie auch",
    "lire aussi",
    "lire la suite",
    "läs mer",
    "läs också",
    "mehr zum thema",
    "meistgelesen",
    "noticias relacionadas",
    "partager",
    "reacties",
    "sur le même sujet",
    "también te puede interesar",
    "te puede interesar",
    "teilen",
    "zum thema",
    "à lire aussi",
    "комментарии",
    "поделиться",
    "читайте также",
    "что еще почитать",
    "関連記事",
    "相关文章",
    "相关阅读",
    "相關文章",
    "관련 기사",
    "مقالات ذات صلة",
];
/// A heading has fewer words.
const MAX_HEADING: u32 = 9;
/// How many bytes may follow the words of the list.
const MAX_REST: usize = 30;
/// An article has fewer such boxes; more are looked over, since each costs a look at its neighbours.
const MAX_BOXES: usize = 64;
/// No box holds more of the prose.
const MAX_BOX: f32 = 0.3;

/// Drops the boxes that such a heading begins.
fn drop_sections(page: &mut Page, root: usize) {
    let most = MAX_BOX * page.mass(root).prose as f32;
    let mut unwanted = Vec::new();
    let mut boxes = 0;
    let mut at = root + 1;
    while at < page.tree.end(root) {
        if page.dropped[at] {
            at = page.tree.end(at);
            continue;
        }
        if boxes < MAX_BOXES && is_section_heading(page, at) {
            boxes += 1;
            let top = outermost_begun_by(page, at, root, most);
            unwanted.push(top);
            if is_heading(page.tree.name(at)) && page.mass(top).words == page.mass(at).words {
                push_section_after(page, top, page.tree.name(at), most, &mut unwanted);
            }
            at = page.tree.end(top);
            continue;
        }
        at += 1;
    }
    for at in unwanted {
        page.dropped[at] = true;
    }
    page.weigh();
}

fn is_section_heading(page: &Page, at: usize) -> bool {
    let (name, mass) = (page.tree.name(at), page.mass(at));
    let may_be_heading = is_heading(name) || matches!(name, "p" | "div" | "strong" | "b" | "span");
    if !may_be_heading || mass.words == 0 || mass.words >= MAX_HEADING || mass.lines > 1 {
        return false;
    }
    let line = page.line(at, 100).to_lowercase();
    let line = line.trim_matches(|ch: char| !ch.is_alphanumeric());
    SECTIONS_ELSEWHERE.contains(&line)
        || SECTIONS.iter().any(|words| match line.strip_prefix(words) {
            Some(rest) => rest.is_empty() || (rest.starts_with(' ') && rest.len() < MAX_REST && words.contains(' ')),
            None => false,
        })
}

/// The largest element that begins with this one and is no more than a box.
fn outermost_begun_by(page: &Page, at: usize, root: usize, most: f32) -> usize {
    let mut top = at;
    loop {
        let parent = page.tree.parent(top);
        if parent <= root || page.mass(parent).prose as f32 > most {
            return top;
        }
        let first = page.tree.children(parent).find(|child| !page.dropped[*child] && page.words(*child) > 0);
        if first != Some(top) {
            return top;
        }
        top = parent;
    }
}

/// What follows the heading, up to the next of its rank.
fn push_section_after(page: &Page, heading: usize, rank: &str, most: f32, unwanted: &mut Vec<usize>) {
    let mut prose = 0;
    let after = page.tree.children(page.tree.parent(heading)).skip_while(|sibling| *sibling <= heading);
    for sibling in after {
        let name = page.tree.name(sibling);
        prose += page.mass(sibling).prose;
        let is_over = (is_heading(name) && name <= rank)
            || page.mass(sibling).titles > 0
            || matches!(name, "section" | "article")
            || prose as f32 > most;
        if is_over {
            return;
        }
        unwanted.push(sibling);
    }
}

/// An element with this share of its words in links leads elsewhere.
const LEADS_ELSEWHERE: f32 = 0.6;

/// Drops what leads elsewhere, but for tables and for lists between the paragraphs, which the text speaks of.
fn drop_links(page: &mut Page, root: usize) {
    let paragraphs = || (root..page.tree.end(root)).filter(|at| is_paragraph(page, *at));
    let first = paragraphs().next().unwrap_or(usize::MAX);
    let last = paragraphs().next_back().unwrap_or(0);
    let mut kept_until = 0;
    page.drop_where(root, |page, at| {
        let (name, mass) = (page.tree.name(at), page.mass(at));
        let is_part = matches!(name, "tr" | "td" | "th" | "tbody" | "thead" | "li");
        if at < kept_until || is_part || !page.tree.is_block(at) || is_heading(name) || mass.tables > 0 {
            return false;
        }
        if !mass.is_linked(LEADS_ELSEWHERE) || mass.prose * 3 >= mass.words {
            return false;
        }
        let is_between = at > first && page.tree.end(at) <= last;
        let is_spoken_of = is_between && matches!(name, "ul" | "ol" | "p") && mass.anchors == 0;
        if is_spoken_of {
            kept_until = page.tree.end(at);
        }
        !is_spoken_of
    });
}

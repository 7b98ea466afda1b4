//! The choice between the ways of reading a page.
//!
//! The bounds were chosen by looking at 600 pages of seven kinds with known texts.

use memchr::memmem;
use url::Url;

use super::page::{Mass, Page, count_words};
use super::signs::Signs;
use super::{Known, Main, kind, offers, pictures, prune, root, trim, write};
use feedmill_markup::{BodyMarkup, body_html, html};

/// A way of reading a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// One text, everything else goes.
    Article,
    /// What readers wrote is the text.
    Thread,
    /// Boxes and links are content too.
    Whole,
}

impl Reading {
    pub(super) fn name(self) -> &'static str {
        match self {
            Reading::Article => "article",
            Reading::Thread => "thread",
            Reading::Whole => "page",
        }
    }
}

/// The name of the text that the linked data hold.
pub(super) const LINKED: &str = "json-ld";

/// A page that declares itself an article is read as one, if that leaves this share of its words.
const DECLARED: f32 = 0.3;
/// And any other page, if it leaves this share: little goes but what is around the text.
const UNDECLARED: f32 = 0.6;
/// An element that says that it holds the article is believed with so many words of prose.
pub(super) const BELIEVED: u32 = 200;
/// A page with more `article` elements is a list of them.
const FEW_ARTICLES: u32 = 3;
/// So little prose is no article beside a thread.
const NO_PROSE: u32 = 60;
/// A page that declares a thread is one, if readers wrote this share of its prose.
const DECLARED_THREAD: f32 = 0.35;
/// And a page without other prose, if they wrote this share.
const THREAD: f32 = 0.5;
/// How pages declare threads in their linked data or microdata (schema.org).
const THREAD_TYPES: [&str; 2] = ["DiscussionForumPosting", "QAPage"];
/// The linked data hold the text, if they have so many words …
const LINKED_WORDS: u32 = 60;
/// … and the page, for want of a script or a subscription, less than this share of them.
const LINKED_SHARE: f32 = 0.5;

/// What one way of reading a page comes to.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) reading: Reading,
    /// The element that holds the text, and which elements of the page went.
    root: usize,
    dropped: Vec<bool>,
    pub(super) mass: Mass,
    /// Whether that element says that it holds an article.
    is_named: bool,
}

/// Reads the page in each way that may be right, and chooses.
pub(super) fn choose(source: &str, known: &Known, base: Option<&Url>, weigh: bool) -> Main {
    let mut page = Page::read(source);
    let seen = page.mass(0);
    let written = written_by_readers(&page);
    let article = read(&mut page, Reading::Article, known.title);
    let whole = read(&mut page, Reading::Whole, known.title);
    let thread = (written > 0).then(|| read(&mut page, Reading::Thread, known.title));
    let is_thread = thread.as_ref().is_some_and(|thread| {
        let share = written as f32 / thread.mass.prose.max(1) as f32;
        let is_alone = !known.is_declared_article && article.mass.prose < NO_PROSE;
        (share >= DECLARED_THREAD && declares_thread(source)) || (share >= THREAD && is_alone)
    });
    let mut candidates = vec![article, whole];
    candidates.extend(thread);
    let winner = if is_thread { 2 } else { usize::from(!is_article(&candidates[0], &candidates[1], known)) };
    candidates[..=winner].rotate_right(1);

    let mut html = publish(&mut page, &candidates[0], base);
    let mut text = html::to_text(&html);
    let mut method = candidates[0].reading.name();
    let linked = known.json_ld_body.map(|body| (body, count_words(body)));
    if let Some((body, words)) = linked
        && words >= LINKED_WORDS
        && (count_words(&text) as f32) < LINKED_SHARE * words as f32
    {
        html = linked_body(body, base);
        text = html::to_text(&html);
        method = LINKED;
    }
    let kind = kind::of(source, &text, method, known, seen, &candidates);
    let offers = match weigh {
        true => offers::of(&mut page, &candidates, method, linked, base),
        false => Vec::new(),
    };
    Main { html, text, method, offers, kind }
}

/// Whether the page is to be read as an article and not as a whole.
fn is_article(article: &Candidate, whole: &Candidate, known: &Known) -> bool {
    let share = article.mass.words as f32 / whole.mass.words.max(1) as f32;
    if known.is_declared_article {
        return share >= DECLARED;
    }
    share >= UNDECLARED || (article.is_named && article.mass.prose >= BELIEVED)
}

/// The words of prose that readers of the page wrote.
fn written_by_readers(page: &Page) -> u32 {
    let mut words = 0;
    let mut at = 1;
    while at < page.tree.len() {
        let is_theirs = page.signs(at).has(Signs::COMMENTS) && page.tree.name(at) != "body";
        if is_theirs {
            words += page.mass(at).prose;
        }
        at = if is_theirs { page.tree.end(at) } else { at + 1 };
    }
    words
}

fn declares_thread(source: &str) -> bool {
    THREAD_TYPES.iter().any(|name| memmem::find(source.as_bytes(), name.as_bytes()).is_some())
}

/// Reads the page in one way, and leaves it as it was.
fn read(page: &mut Page, reading: Reading, title: &str) -> Candidate {
    prune::prune(page, reading);
    let root = root::find(page, reading);
    if reading == Reading::Article {
        trim::trim(page, root, title);
    }
    pictures::drop_copies(page, root);
    let articles =
        || (0..page.tree.len()).filter(|at| page.tree.name(*at) == "article").take(FEW_ARTICLES as usize).count();
    let is_named =
        page.signs(root).has(Signs::BODY) || (page.tree.name(root) == "article" && articles() < FEW_ARTICLES as usize);
    let mass = page.mass(root);
    Candidate { reading, root, dropped: page.restore(), mass, is_named }
}

/// The candidate as a fragment that may be published.
pub(super) fn publish(page: &mut Page, candidate: &Candidate, base: Option<&Url>) -> String {
    page.dropped.copy_from_slice(&candidate.dropped);
    html::clean(&write::write(page, candidate.root), base)
}

/// The text that the linked data hold: plain as a rule, escaped or marked up at times.
pub(super) fn linked_body(body: &str, base: Option<&Url>) -> String {
    if body.contains("</") || body.contains("<br") || body.contains("<p>") {
        return body_html(BodyMarkup::Html, body, base);
    }
    if body.contains('&') {
        let lines: Vec<String> = body.lines().map(html::to_text).collect();
        return body_html(BodyMarkup::Text, &lines.join("\n"), base);
    }
    body_html(BodyMarkup::Text, body, base)
}

//! What a page is, as far as its text tells.

use memchr::memmem;

use super::arbiter::{BELIEVED, Candidate, LINKED, Reading};
use super::page::{Mass, count_words};
use super::{Known, PageKind};

/// A page of fewer words says nothing.
const NOTHING: u32 = 8;
/// A challenge has little to say.
const CHALLENGE: u32 = 150;
/// A page that declares itself an article is no challenge with so many words of text.
const DECLARED_TEXT: u32 = 40;
/// A page with fewer links is no listing.
const LINKS: u32 = 25;
/// A listing has this share of its words in links …
const LINKED_WORDS: f32 = 0.4;
/// … or this share, or less, left when it is read as an article …
const ARTICLE: f32 = 0.4;
/// … or less than this share in sentences.
const PROSE: f32 = 0.3;

/// What pages say that stand in front of others, in lower case.
const DEMANDS: [&str; 32] = [
    "just a moment",
    "checking your browser",
    "checking if the site connection is secure",
    "verify you are human",
    "verify that you are human",
    "verifying you are human",
    "are you a robot",
    "not a robot",
    "are a human",
    "captcha",
    "unusual traffic",
    "access denied",
    "access to this page has been denied",
    "request blocked",
    "you have been blocked",
    "attention required",
    "security check",
    "ddos protection",
    "ray id",
    "enable javascript",
    "javascript is required",
    "javascript is disabled",
    "turn on javascript",
    "requires javascript",
    "enable cookies",
    "cookies are disabled",
    "please log in",
    "please sign in",
    "log in to continue",
    "sign in to continue",
    "before you continue",
    "pardon our interruption",
];
/// What the scripts of such pages are called.
const SCRIPTS: [&str; 9] = [
    "cf-challenge",
    "challenge-platform",
    "cf_chl_",
    "_incapsula_resource",
    "px-captcha",
    "captcha-delivery",
    "awswafintegration",
    "geetest",
    "hcaptcha.com/1/api",
];

/// What the page is. The first of the candidates is the one that was chosen.
pub(super) fn of(
    source: &str,
    text: &str,
    method: &str,
    known: &Known,
    seen: Mass,
    candidates: &[Candidate],
) -> PageKind {
    if method == LINKED {
        return PageKind::Article;
    }
    let words = count_words(text);
    let is_article = known.is_declared_article && words >= DECLARED_TEXT;
    if !is_article && seen.words < CHALLENGE && is_demand(source, known.title) {
        return PageKind::Challenge;
    }
    // A short note is an article; a few words in front of scripts are what stands there until they have run.
    let is_shell = || memmem::find(source.as_bytes(), b"<script").is_some() && !known.is_declared_article;
    if words == 0 || words < NOTHING && is_shell() {
        return PageKind::Empty;
    }
    if !known.is_declared_article && is_listing(candidates) {
        return PageKind::Listing;
    }
    PageKind::Article
}

fn is_demand(source: &str, title: &str) -> bool {
    // What little text there is may stand in a `noscript`, which no reading keeps, so that the source is asked: the
    // beginning of it, since such pages are short where they are not all script.
    const NEAR: usize = 64 * 1024;
    let near = source.as_bytes()[..source.len().min(NEAR)].to_ascii_lowercase();
    let title = title.to_lowercase();
    SCRIPTS.iter().chain(&DEMANDS).any(|words| memmem::find(&near, words.as_bytes()).is_some() || title.contains(words))
}

fn is_listing(candidates: &[Candidate]) -> bool {
    let find = |reading| candidates.iter().find(|candidate| candidate.reading == reading).map(|found| found.mass);
    let (Some(article), Some(whole)) = (find(Reading::Article), find(Reading::Whole)) else { return false };
    // What reads well as an article or a thread is one, however much leads elsewhere around it.
    let may_be = match candidates[0].reading {
        Reading::Article => article.prose < BELIEVED,
        Reading::Thread => false,
        Reading::Whole => true,
    };
    let words = whole.words as f32;
    may_be
        && whole.links >= LINKS
        && (whole.linked as f32 > LINKED_WORDS * words
            || (article.words as f32) < ARTICLE * words
            || (whole.prose as f32) < PROSE * words)
}

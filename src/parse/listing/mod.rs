//! Listings: what a server shows of a directory, what a store says that it holds, and plain lists of addresses.
//!
//! What a listing names is an address and never a path: it is asked for where it leads, and written nowhere under
//! its name.

mod bucket;
mod page;

use std::collections::HashSet;

use url::Url;

use super::{declared_charset, web_url};
use feedmill_dates::DateValue;
use feedmill_markup as markup;

pub use page::is_index;

/// Something that a listing names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its address, without a fragment.
    pub url: String,
    /// Whether it is a listing itself, in a directory or in a store. Plain lists do not say.
    pub is_directory: bool,
    /// When it was changed, as the listing says: servers show the time of their own zone without naming it, often
    /// to the minute. Equal as long as nothing changed; an instant only where a zone stands with it.
    pub modified: Option<DateValue>,
    /// Its size in bytes, where the listing is exact about it (`1.2K` is not).
    pub size: Option<u64>,
}

/// What a listing names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What it names, in its order, each address once.
    pub entries: Vec<Listed>,
    /// Where it goes on: stores show 1,000 names at a time.
    pub next: Option<String>,
    /// Whether there is more that is neither here nor at `next`: the listing is cut, or longer than [`MOST`].
    pub is_cut: bool,
}

/// The most entries that are read of one listing.
pub const MOST: usize = 100_000;

/// Reads a listing that was found at `url`, whose server declared the encoding `charset`.
///
/// - A page: the indexes of Apache, nginx, lighttpd, Caddy, IIS, `python -m http.server` and their like. Only what
///   lies below the listing's own directory, on the same host, counts: no parents, no links that sort, nothing
///   with a query.
/// - XML of a store (S3 `ListBucketResult`, both versions): its keys below the address of the store, its common
///   prefixes as directories.
/// - Anything else is a list of addresses, one a line, of any host; `#` begins a comment.
///
/// What holds no listing gives an empty one; see [`is_index`] and [`kind_of`](super::kind::kind_of).
///
/// ```
/// let html = b"<title>Index of /notes/</title><pre><a href='../'>../</a>\n\
///     <a href='a.txt'>a.txt</a>   09-Jul-2023 14:30   1234\n<a href='old/'>old/</a>   09-Jul-2022 09:00   -\n";
/// let listing = feedmill::parse::listing::read(html, None, "https://harbour.example/notes/");
/// assert_eq!(listing.entries[0].url, "https://harbour.example/notes/a.txt");
/// assert_eq!(listing.entries[0].modified.as_ref().unwrap().to_string(), "2023-07-09T14:30");
/// assert_eq!((listing.entries[0].size, listing.entries[1].is_directory), (Some(1234), true));
/// ```
pub fn read(bytes: &[u8], charset: Option<&str>, url: &str) -> Listing {
    let Ok(url) = Url::parse(url) else { return Listing::default() };
    let near = || declared_charset(bytes);
    let charset = charset.map(str::to_owned).or_else(near);
    let charset = charset.as_deref();
    let Some(text) = markup::decode(bytes, charset) else { return Listing::default() };
    let mut gather = Gather::default();
    let next = match text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        true if bucket::is_one(bytes, charset) => bucket::read(bytes, charset, &url, &mut gather),
        true => {
            page::read(&text, &url, &mut gather);
            None
        }
        false => {
            list(&text, &mut gather);
            None
        }
    };
    Listing { entries: gather.entries, next, is_cut: gather.is_cut }
}

/// What is gathered of a listing.
#[derive(Default)]
struct Gather {
    entries: Vec<Listed>,
    seen: HashSet<String>,
    is_cut: bool,
}

impl Gather {
    /// Takes an entry, unless it is there already; one that is known completes it with what it says more.
    fn take(&mut self, entry: Listed) {
        if self.seen.contains(&entry.url) {
            // An index may link the picture before the name, without a date beside it.
            if let Some(last) = self.entries.last_mut().filter(|last| last.url == entry.url) {
                last.modified = last.modified.take().or(entry.modified);
                last.size = last.size.or(entry.size);
            }
            return;
        }
        if self.entries.len() >= MOST {
            self.is_cut = true;
            return;
        }
        self.seen.insert(entry.url.clone());
        self.entries.push(entry);
    }
}

/// A plain list.
fn list(text: &str, gather: &mut Gather) {
    for line in text.lines() {
        let address = line.split_whitespace().next().filter(|word| !word.starts_with('#'));
        if let Some(url) = address.and_then(|address| web_url(address, None)) {
            gather.take(Listed { url: without_fragment(url), is_directory: false, modified: None, size: None });
        }
    }
}

/// Whether a text, or its beginning, is a plain list: one address a line, and nothing else but comments.
pub(super) fn is_list(text: &str, is_whole: bool) -> bool {
    let text = match text.rfind(['\n', '\r']) {
        // The last line may be cut.
        Some(end) if !is_whole => &text[..end],
        _ => text,
    };
    let mut has_any = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let is_address = ["http://", "https://"].iter().any(|scheme| {
            line.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                && line.len() > scheme.len()
        });
        if !is_address || line.contains(char::is_whitespace) {
            return false;
        }
        has_any = true;
    }
    has_any
}

fn without_fragment(url: String) -> String {
    match url.split_once('#') {
        Some((before, _)) => before.to_owned(),
        None => url,
    }
}

/// Whether a segment of a path is the name of one thing: not what leads elsewhere, however it is encoded.
fn is_name(segment: &str) -> bool {
    let decoded = markup::link::percent_decoded(segment);
    !matches!(decoded.as_str(), "" | "." | "..") && !decoded.contains(['/', '\\', '\0'])
}

#[cfg(test)]
mod tests;

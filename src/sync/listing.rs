//! Directory indexes and lists of addresses: the documents that they name.

use super::sitemap::{fetch_all, want};
use super::visit::{Halt, MOST_BYTES, Step, Visit, refused};
use super::{Ended, Event, file};
use crate::parse::listing::{self, Listed, Listing};
use crate::source::Document;
use crate::source::http::Answer;

/// Directories in directories that are looked into.
const DEEPEST: usize = 16;
/// The most directories that are looked into in one run.
const MOST_DIRECTORIES: usize = 5_000;

const ACCEPT: &str = "text/html, application/xml, text/plain;q=0.9, */*;q=0.5";

/// Takes a listing in: remembers what is to be fetched, and fetches it.
pub(super) fn take(visit: &mut Visit, mut doc: Document<'static>, answer: &Answer, seal: String) -> Step<Ended> {
    let wanted = visit.wanted()?;
    let charset = doc.charset.clone();
    let mut open = vec![(0, answer.url.clone(), listing::read(doc.bytes()?, charset.as_deref(), &answer.url))];
    drop(doc);
    visit.seen.insert(answer.url.clone());
    let (mut directories, mut complete) = (0, true);
    while let Some((depth, list, listed)) = open.pop() {
        complete &= !listed.is_cut;
        if listed.is_cut {
            visit.note(format!("lists more than {} documents; the rest is left out", listing::MOST))?;
        }
        // A store shows its list in pages.
        if let Some(next) = listed.next.filter(|next| directories < MOST_DIRECTORIES && visit.seen.insert(next.clone()))
        {
            directories += 1;
            let read = directory(visit, &next)?;
            complete &= read.is_some();
            open.extend(read.map(|read| (depth, next, read)));
        }
        for Listed { url, is_directory, modified, size } in listed.entries {
            if !is_directory {
                visit.named.insert(url.clone());
                if wanted.has(&url) {
                    let mark = match (modified, size) {
                        (None, None) => String::new(),
                        (modified, size) => {
                            let modified = modified.map(|modified| modified.to_string()).unwrap_or_default();
                            format!("{modified} {}", size.map(|size| size.to_string()).unwrap_or_default())
                        }
                    };
                    want(visit, &url, mark, Some(&list))?;
                }
                continue;
            }
            if depth >= DEEPEST || directories >= MOST_DIRECTORIES {
                complete = false;
                continue;
            }
            if !visit.seen.insert(url.clone()) {
                continue;
            }
            directories += 1;
            match directory(visit, &url)? {
                Some(deeper) => open.push((depth + 1, url, deeper)),
                None => complete = false,
            }
        }
        visit.lists.push(list);
    }
    if complete {
        visit.tell_gone()?;
    }
    // Directories below may have changed while this one stands still.
    visit.keep_validators(answer, (directories == 0).then_some(seal));
    if directories > 0 {
        visit.state.forget_validators();
    }
    visit.succeed(answer);
    visit.state.unfinished = true;
    visit.save()?;
    go_on(visit)
}

/// Fetches the documents that are still to be fetched.
pub(super) fn go_on(visit: &mut Visit) -> Step<Ended> {
    fetch_all(visit, &mut |visit, page, wanted| file::fetch(visit, page, wanted))
}

/// What a directory lists; `None` where it cannot be read, which is told.
fn directory(visit: &mut Visit, url: &str) -> Step<Option<Listing>> {
    if !visit.is_allowed(url)? {
        return Ok(None);
    }
    let asked = visit.get(|visit| visit.crew.client.get(&visit.request(url, ACCEPT, MOST_BYTES)));
    let failed = match asked {
        Ok(answer) if answer.status == 200 => {
            let charset = super::visit::charset_of(&answer);
            return Ok(Some(listing::read(&answer.body, charset.as_deref(), &answer.url)));
        }
        Ok(answer) if matches!(answer.status, 429 | 503) => return Err(refused(url, answer)),
        Ok(answer) => refused(url, answer),
        Err(halt) => halt,
    };
    match failed {
        Halt::Failed(err, _) => visit.tell(Event::Problem(visit.at, err)).map(|()| None),
        halt => Err(halt),
    }
}

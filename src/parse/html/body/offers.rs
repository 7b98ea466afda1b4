//! What was weighed, for a person who asks why a page came out as it did.

use url::Url;

use super::arbiter::{Candidate, LINKED, linked_body, publish};
use super::page::Page;
use crate::article::Offer;
use feedmill_markup::{html, one_line};

/// How many characters of a candidate are shown.
const SHOWN: usize = 80;

/// An offer for each candidate, the winner first; the first of `candidates` is the best of them.
pub(super) fn of(
    page: &mut Page,
    candidates: &[Candidate],
    method: &str,
    linked: Option<(&str, u32)>,
    base: Option<&Url>,
) -> Vec<Offer> {
    let mut offers = Vec::new();
    for candidate in candidates {
        let text = html::to_text(&publish(page, candidate, base));
        let name = candidate.reading.name();
        offers.push(offer(name, &text, verdict(candidate, name == method)));
    }
    if let Some((body, words)) = linked {
        let is_chosen = method == LINKED;
        let verdict = match is_chosen {
            true => format!("chosen: {words} words, of which the page shows less than half"),
            false => format!("lost: {words} words, which the page shows too"),
        };
        let at = if is_chosen { 0 } else { offers.len() };
        offers.insert(at, offer(LINKED, &html::to_text(&linked_body(body, base)), verdict));
    }
    offers
}

fn offer(place: &str, text: &str, verdict: String) -> Offer {
    let line = one_line(text);
    let value = match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    };
    Offer { value, place: place.to_owned(), verdict }
}

fn verdict(candidate: &Candidate, is_chosen: bool) -> String {
    let mass = candidate.mass;
    if mass.words == 0 {
        return format!("{}: no text", if is_chosen { "chosen" } else { "lost" });
    }
    let density = mass.linked as f32 / mass.words as f32;
    if is_chosen {
        return format!("chosen: {} words, link density {density:.2}", mass.words);
    }
    match density > 0.5 {
        true => format!("lost: {} words, more than half of them links", mass.words),
        false => format!("lost: {} words, link density {density:.2}", mass.words),
    }
}

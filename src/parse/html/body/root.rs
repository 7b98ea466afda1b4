//! The element that holds the text.

use super::arbiter::Reading;
use super::page::Page;
use super::signs::Signs;

/// An element whose names say that it holds the text is believed when it holds so much of the prose.
const BODY: f32 = 0.5;
/// And an `article` or `main`, when it holds so much.
const ELEMENT: f32 = 0.4;
/// With fewer words of prose nothing is believed.
const MIN_PROSE: u32 = 60;
/// Of two elements, one in the other, the inner holds the text if it holds so much of it.
const NEARLY_ALL: f32 = 0.9;
/// Where no element says so, the text is in the innermost that holds so much of the prose.
const MOST: f32 = 0.8;
/// A table holds the text, as on old pages, if there is so much prose in it.
const TABLE_PROSE: u32 = 100;

/// The element that holds the text of a page from which the rest was dropped.
pub(super) fn find(page: &Page, reading: Reading) -> usize {
    let is_main = |at: usize| page.tree.name(at) == "main" || page.signs(at).has(Signs::MAIN);
    let all = page.mass(0);
    if reading != Reading::Article {
        let least = ELEMENT * all.words as f32;
        return (1..page.tree.len()).find(|at| is_main(*at) && page.mass(*at).words as f32 > least).unwrap_or(0);
    }
    let prose = all.prose as f32;
    largest(page, BODY * prose, |at| page.signs(at).has(Signs::BODY))
        .or_else(|| largest(page, ELEMENT * prose, |at| page.tree.name(at) == "article"))
        .or_else(|| largest(page, ELEMENT * prose, is_main))
        .unwrap_or_else(|| innermost(page))
}

/// The largest of the elements with that mark, if it holds the least that it must.
fn largest(page: &Page, least: f32, is_marked: impl Fn(usize) -> bool) -> Option<usize> {
    let mut found: Option<usize> = None;
    for at in 1..page.tree.len() {
        let prose = page.mass(at).prose;
        if prose < MIN_PROSE || (prose as f32) < least || page.tree.name(at) == "body" || !is_marked(at) {
            continue;
        }
        let is_larger = found.is_none_or(|best| {
            let most = page.mass(best).prose;
            prose > most || (at < page.tree.end(best) && prose as f32 > NEARLY_ALL * most as f32)
        });
        if is_larger {
            found = Some(at);
        }
    }
    found
}

/// The innermost element that holds most of the prose.
fn innermost(page: &Page) -> usize {
    let least = MOST * page.mass(0).prose as f32;
    let mut root = 0;
    loop {
        let children = page.tree.children(root).filter(|child| !page.dropped[*child]);
        let Some(child) = children.max_by_key(|child| page.mass(*child).prose) else { return root };
        let prose = page.mass(child).prose;
        let may_hold = match page.tree.name(child) {
            "table" | "tbody" | "tr" | "td" => prose >= TABLE_PROSE,
            "p" | "ul" | "ol" | "li" | "dl" | "blockquote" | "pre" => false,
            _ => page.tree.is_block(child),
        };
        if !may_hold || prose == 0 || (prose as f32) < least {
            return root;
        }
        root = child;
    }
}

//! What is left of a page as HTML, for the cleaning to take.

use super::elements::{OTHER, attribute, is_void};
use super::page::Page;
use super::pictures::{self, Address};

/// The element with what was not dropped of it. It is for [`clean`](feedmill_markup::html::clean) to read, which knows
/// what may be published.
pub(super) fn write(page: &Page, root: usize) -> String {
    let tree = &page.tree;
    let mut out = String::with_capacity(page.mass(root).words as usize * 8);
    let mut open: Vec<usize> = Vec::new();
    let mut at = root;
    while at < tree.end(root) {
        close_before(&mut out, page, &mut open, at);
        if page.dropped[at] {
            // What stands before and after it does not run together.
            if tree.is_block(at) {
                out.push('\n');
            }
            at = tree.end(at);
            continue;
        }
        match tree.name(at) {
            "" => push_escaped(&mut out, tree.text(at)),
            "img" | "amp-img" => write_picture(&mut out, page, at),
            name => {
                write_start(&mut out, page, at, name);
                if !is_void(name) {
                    open.push(at);
                }
            }
        }
        at += 1;
    }
    close_before(&mut out, page, &mut open, tree.end(root));
    out
}

/// Writes the end tags of the elements that are over at that node.
fn close_before(out: &mut String, page: &Page, open: &mut Vec<usize>, at: usize) {
    while let Some(last) = open.pop_if(|last| page.tree.end(*last) <= at) {
        out.push_str("</");
        out.push_str(published(page.tree.name(last)));
        out.push('>');
    }
}

fn write_start(out: &mut String, page: &Page, at: usize, name: &str) {
    out.push('<');
    out.push_str(published(name));
    for (name, value) in page.tree.attributes(at) {
        if is_read(name) {
            push_attribute(out, name, value);
        }
    }
    out.push('>');
}

fn write_picture(out: &mut String, page: &Page, at: usize) {
    let Some(address) = pictures::address(&page.tree, at) else { return };
    out.push_str("<img");
    for (name, value) in page.tree.attributes(at) {
        let is_replaced = match address {
            Address::InPlace => false,
            Address::InPlaceOfSource => name == "src",
            Address::Elsewhere(_) => matches!(name, "src" | "srcset"),
        };
        if is_read(name) && !is_replaced {
            push_attribute(out, name, value);
        }
    }
    if let Address::Elsewhere(value) = address {
        // One address, or several with sizes.
        push_attribute(out, if value.trim().contains(' ') { "srcset" } else { "src" }, value);
    }
    out.push('>');
}

/// The name by which the cleaning knows an element.
fn published(name: &str) -> &str {
    match name {
        OTHER | "body" | "html" => "div",
        _ => name,
    }
}

/// Whether the cleaning is to see an attribute.
fn is_read(name: &str) -> bool {
    attribute(name).is_some_and(|(_, is_read)| is_read)
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(out, value);
    out.push('"');
}

fn push_escaped(out: &mut String, text: &str) {
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[start..at]);
        out.push_str(reference);
        start = at + 1;
    }
    out.push_str(&text[start..]);
}

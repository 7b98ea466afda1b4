//! Blocks as HTML.

use super::inline::push_text;
use super::{Block, Marks, paragraphs};
use crate::xml::push_content;

/// Plain text as HTML: each [`Block`] as the element that means it, everything escaped, web and e-mail addresses as
/// links. Subheadings are `h2`, since the title of the article is the first rank.
///
/// The result needs no sanitiser: it holds no markup but its own.
pub fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 32);
    push_blocks(&mut out, &paragraphs(text));
    out
}

fn push_blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        push_block(out, block);
        out.push('\n');
    }
}

fn push_block(out: &mut String, block: &Block) {
    match block {
        Block::Paragraph(text) => push_element(out, "p", |out| push_text(out, text)),
        Block::Lines(lines) => push_element(out, "p", |out| {
            for (at, line) in lines.iter().enumerate() {
                out.push_str(if at > 0 { "<br>\n" } else { "" });
                push_text(out, line);
            }
        }),
        Block::Heading(text) => push_element(out, "h2", |out| push_text(out, text)),
        Block::Preformatted(text) => push_element(out, "pre", |out| push_content(out, text)),
        Block::Quote(blocks) => push_element(out, "blockquote", |out| {
            out.push('\n');
            push_blocks(out, blocks);
        }),
        Block::Rule => out.push_str("<hr>"),
        Block::List { marks, items } => {
            out.push_str(&match marks {
                Marks::Bullets => "<ul>\n".to_owned(),
                Marks::Numbers(1) => "<ol>\n".to_owned(),
                Marks::Numbers(first) => format!("<ol start=\"{first}\">\n"),
                Marks::Letters => "<ol type=\"a\">\n".to_owned(),
            });
            for item in items {
                push_element(out, "li", |out| push_item(out, item));
                out.push('\n');
            }
            out.push_str(if *marks == Marks::Bullets { "</ul>" } else { "</ol>" });
        }
    }
}

/// A short item needs no paragraph.
fn push_item(out: &mut String, blocks: &[Block]) {
    match blocks {
        [Block::Paragraph(text) | Block::Heading(text)] => push_text(out, text),
        [Block::Paragraph(text), rest @ ..] if rest.iter().all(|block| matches!(block, Block::List { .. })) => {
            push_text(out, text);
            out.push('\n');
            push_blocks(out, rest);
        }
        blocks => {
            out.push('\n');
            push_blocks(out, blocks);
        }
    }
}

fn push_element(out: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    content(out);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

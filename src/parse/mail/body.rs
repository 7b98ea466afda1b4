//! The text of a mail, out of all its parts, and the files that came with it.

use super::files::Files;
use super::structure::{Content, Part};
use super::{flowed, pgp, transfer, words};
use feedmill_markup as markup;

/// What a mail says.
#[derive(Default)]
pub(super) struct Body {
    /// The pieces of text in order.
    pub pieces: Vec<Piece>,
    /// The text that was not taken, where a mail offers the same twice.
    pub other: Option<Piece>,
    /// Why `pieces` and not `other`.
    pub reason: &'static str,
    /// What the mail is encrypted with, if it is.
    pub encrypted: Option<&'static str>,
    /// What the mail is signed with, if it is.
    pub signed: Option<&'static str>,
}

/// A piece of text.
#[derive(Clone)]
pub(super) enum Piece {
    /// Plain text.
    Plain(String),
    /// HTML.
    Html(String),
}

impl Piece {
    fn is_blank(&self) -> bool {
        match self {
            Piece::Plain(text) => text.trim().is_empty(),
            Piece::Html(html) => !html.contains("<img") && markup::html::to_text(html).trim().is_empty(),
        }
    }

    /// The text without markup.
    pub fn plain(&self) -> String {
        match self {
            Piece::Plain(text) => text.clone(),
            Piece::Html(html) => markup::html::to_text(html),
        }
    }
}

/// Reads the body of a message, and puts its files into `files`.
pub(super) fn read(message: &Part, is_reply: bool, files: &mut Files) -> Body {
    let mut body = Body::default();
    walk(message, &Place { is_reply, is_root: true, ..Place::default() }, &mut body, files);
    body.pieces.retain(|piece| !piece.is_blank());
    body
}

/// Where a part stands.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Whether the mail answers another.
    is_reply: bool,
    /// Whether it is the message itself, or the first part of one: what is text there is the text.
    is_root: bool,
    /// How many forwarded messages it is in.
    forwards: usize,
}

fn walk(part: &Part, place: &Place, body: &mut Body, files: &mut Files) {
    match &part.content {
        Content::Message(inner) => forwarded(part, inner, place, body, files),
        Content::Parts(parts) => match part.media_type.as_str() {
            "multipart/alternative" => alternative(parts, place, body, files),
            "multipart/related" => related(part, parts, place, body, files),
            "multipart/signed" => {
                let protocol = part.parameter("protocol").unwrap_or_default().to_ascii_lowercase();
                body.signed = Some(if protocol.contains("pgp") { "OpenPGP" } else { "S/MIME" });
                // The second part is the signature, which says nothing to a reader.
                parts.iter().take(1).for_each(|first| walk(first, place, body, files));
                parts.iter().skip(2).for_each(|more| walk(more, &Place { is_root: false, ..*place }, body, files));
            }
            "multipart/encrypted" => {
                body.encrypted = Some("OpenPGP");
                parts.iter().for_each(|part| files.take(part));
            }
            _ => {
                for (at, part) in parts.iter().enumerate() {
                    walk(part, &Place { is_root: place.is_root && at == 0, ..*place }, body, files);
                }
            }
        },
        Content::Leaf => leaf(part, place, body, files),
    }
}

fn leaf(part: &Part, place: &Place, body: &mut Body, files: &mut Files) {
    let is_file = part.disposition() == "attachment" || part.file_name().is_some() && !place.is_root;
    match part.media_type.as_str() {
        "text/html" | "application/xhtml+xml" if !is_file => body.pieces.push(Piece::Html(html(part))),
        "text/calendar" | "text/vcard" | "text/x-vcard" | "text/directory" | "text/rfc822-headers" => files.take(part),
        "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {}
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
            body.encrypted = Some("S/MIME");
            files.take(part);
        }
        kind if kind.starts_with("text/") && !is_file => {
            let text = pgp::unwrap(plain(part));
            body.signed = body.signed.or(text.is_signed.then_some("OpenPGP"));
            if text.is_encrypted {
                body.encrypted = Some("OpenPGP");
            }
            let text = if matches!(kind, "text/enriched" | "text/richtext") { enriched(&text.text) } else { text.text };
            body.pieces.push(Piece::Plain(files.take_uuencoded(text)));
        }
        _ => files.take(part),
    }
}

/// The HTML of a part, in UTF-8; a character set that it names itself counts where its header names none.
fn html(part: &Part) -> String {
    /// The declaration stands at the beginning.
    const REACH: usize = 2 << 10;
    let bytes = transfer::decode(part.raw, &part.encoding());
    let charset = part.parameter("charset").map(str::to_owned).or_else(|| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(REACH)]).to_ascii_lowercase();
        let (_, rest) = head.split_once("charset=")?;
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        Some(rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next()?.to_owned())
    });
    markup::legal(&words::in_charset(&bytes, charset.as_deref())).into_owned()
}

/// The text of a part, with LF line ends.
pub(super) fn plain(part: &Part) -> String {
    let bytes = transfer::decode(part.raw, &part.encoding());
    let text = words::in_charset(&bytes, part.parameter("charset"));
    let text = markup::legal(&text).into_owned();
    let is = |name, value: &str| part.parameter(name).is_some_and(|found| found.eq_ignore_ascii_case(value));
    if is("format", "flowed") { flowed::unwrap(&text, is("delsp", "yes")) } else { text }
}

/// Enriched text (RFC 1896) without its commands.
fn enriched(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('<') {
            out.push('<');
            rest = after;
            continue;
        }
        const LONGEST: usize = 61;
        let is_command = |end: &usize| {
            let name = rest[..*end].trim_start_matches('/');
            !name.is_empty() && *end <= LONGEST && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        match memchr::memchr(b'>', &rest.as_bytes()[..rest.len().min(LONGEST + 1)]).filter(is_command) {
            Some(end) => {
                let is_param = rest[..end].eq_ignore_ascii_case("param");
                rest = &rest[end + 1..];
                if is_param && let Some((_, after)) = rest.split_once("</param>") {
                    rest = after;
                }
            }
            None => out.push('<'),
        }
    }
    out.push_str(rest);
    out
}

/// One of several parts that say the same.
///
/// Plain text is what people wrote and other people read; HTML is chosen
/// - where there is no plain text, or only a note that there is none, much shorter than the HTML;
/// - where it carries what plain text cannot, headings, lists, tables or pictures, and the mail starts a thread: a
///   newsletter, an announcement. Answers quote, and quotations are best in plain text.
fn alternative(parts: &[Part], place: &Place, body: &mut Body, files: &mut Files) {
    let mut read: Vec<(Body, Files)> = Vec::with_capacity(parts.len());
    for part in parts {
        let (mut inner, mut own) = (Body::default(), files.with_the_same_room());
        walk(part, &Place { is_root: true, ..*place }, &mut inner, &mut own);
        inner.pieces.retain(|piece| !piece.is_blank());
        files.spend(&own);
        read.push((inner, own));
    }
    let has_html = |body: &Body| body.pieces.iter().any(|piece| matches!(piece, Piece::Html(_)));
    let plain = read.iter().position(|(body, _)| !body.pieces.is_empty() && !has_html(body));
    let html = read.iter().rposition(|(body, _)| has_html(body));
    let text_of = |at: usize| -> String { read[at].0.pieces.iter().map(Piece::plain).collect::<Vec<_>>().join("\n") };
    let (chosen, reason) = match (plain, html) {
        (None, None) => (None, ""),
        (Some(plain), None) => (Some(plain), "the only text"),
        (None, Some(html)) => (Some(html), "the only text"),
        (Some(plain), Some(html)) => {
            let structure =
                || read[html].0.pieces.iter().any(|piece| matches!(piece, Piece::Html(h) if has_structure(h)));
            if text_of(plain).trim().len() * 4 < text_of(html).trim().len() {
                (Some(html), "the plain text is a fraction of it")
            } else if !place.is_reply && structure() {
                (Some(html), "it has structure that plain text cannot carry")
            } else {
                (Some(plain), "plain text is what people wrote")
            }
        }
    };
    let losers = [plain, html].into_iter().flatten().find(|at| Some(*at) != chosen);
    let other = losers.and_then(|at| read[at].0.pieces.first().cloned());
    for (at, (inner, own)) in read.into_iter().enumerate() {
        // Files of the text that was not taken are files all the same.
        files.append(own);
        body.encrypted = body.encrypted.or(inner.encrypted);
        body.signed = body.signed.or(inner.signed);
        if Some(at) == chosen {
            body.pieces.extend(inner.pieces);
        }
    }
    if body.other.is_none() && other.is_some() {
        (body.other, body.reason) = (other, reason);
    }
}

/// Whether HTML has headings, lists, tables of data, or pictures that are more than a pixel.
fn has_structure(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    let count = |tag: &str| {
        lower.match_indices(tag).filter(|(at, _)| lower[at + tag.len()..].starts_with(['>', ' ', '\n', '\t'])).count()
    };
    let headings: usize = ["<h1", "<h2", "<h3", "<h4"].into_iter().map(count).sum();
    let is_pixel =
        |tag: &str| ["width=\"1\"", "width=1 ", "height=\"1\"", "width:1px"].iter().any(|mark| tag.contains(mark));
    let pictures = lower.split("<img").skip(1).filter(|rest| !is_pixel(rest.split('>').next().unwrap_or(rest))).count();
    headings > 0 || pictures > 0 || count("<li") > 1 || count("<th") > 1
}

/// A text with the pictures in it.
fn related(container: &Part, parts: &[Part], place: &Place, body: &mut Body, files: &mut Files) {
    let start = container.parameter("start").map(|id| id.trim_matches(['<', '>']).to_owned());
    let is_root = |part: &&Part| start.is_some() && part.content_id() == start;
    let root = parts.iter().position(|part| is_root(&part)).unwrap_or(0);
    for (at, part) in parts.iter().enumerate() {
        if at != root {
            // Before the text, so that the names of the pictures in it are known.
            match part.content {
                Content::Leaf => files.take(part),
                _ => walk(part, &Place { is_root: false, ..*place }, body, files),
            }
        }
    }
    if let Some(part) = parts.get(root) {
        walk(part, &Place { is_root: true, ..*place }, body, files);
    }
}

/// A message in the message: a quotation with its sender, date and subject, or a file where it is meant as one.
fn forwarded(part: &Part, inner: &Part, place: &Place, body: &mut Body, files: &mut Files) {
    /// Forwards of forwards beyond this are files.
    const DEEPEST: usize = 3;
    if part.disposition() == "attachment" || place.forwards >= DEEPEST {
        files.take(part);
        return;
    }
    let mut own = Body::default();
    walk(inner, &Place { is_root: true, forwards: place.forwards + 1, is_reply: true }, &mut own, files);
    body.encrypted = body.encrypted.or(own.encrypted);
    let mut text = String::new();
    for name in ["From", "Date", "Subject"] {
        if let Some(value) = inner.fields.text(name) {
            text.push_str(&format!("> {name}: {value}\n"));
        }
    }
    if !text.is_empty() {
        text.push_str(">\n");
    }
    for piece in own.pieces.iter().filter(|piece| !piece.is_blank()) {
        for line in piece.plain().trim_end().lines() {
            text.push_str(match line {
                "" => ">",
                line if line.starts_with('>') => ">",
                _ => "> ",
            });
            text.push_str(line);
            text.push('\n');
        }
    }
    body.pieces.push(Piece::Plain(text));
}

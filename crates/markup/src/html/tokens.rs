//! HTML as a stream of tags and text (HTML Living Standard section 13.2.5).
//!
//! A tokenizer of our own, for three reasons. It cuts slices out of the input, which is several times as fast as the
//! state machine of a browser engine, whose own tokenizer the sanitiser runs in any case. It takes time that grows
//! with the input only, where that engine compares each attribute of a tag with all others. And it goes on where a
//! browser gives up: an attribute or an element that is never closed does not swallow the rest of an article.
//! Where it errs, the sanitiser still sees what a browser would see.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::entities::{self, Place};

/// More attributes than any tag has; the rest are read over.
const MAX_ATTRIBUTES: usize = 256;
/// How often a tag that does not end is cut at the next `>`; each time costs a look through the rest of the input.
const MAX_REPAIRS: usize = 8;

/// What listens to the tokens of a document. Character references are resolved, names are in lower case.
pub trait Listener {
    /// A start tag. `is_raw` says whether its content would be read as text and not as markup (`iframe`, `script`);
    /// the answer says whether it shall be.
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool;
    /// An end tag.
    fn end(&mut self, name: &str);
    /// A piece of text.
    fn text(&mut self, text: &str);
    /// The content of a `script` or `style`, as it stands; most have no use for it.
    fn code(&mut self, _code: &str) {}
}

/// A start tag.
#[derive(Debug, Default)]
pub struct Tag<'h> {
    /// The name of the element.
    pub name: Cow<'h, str>,
    /// The attributes in the order of the source; of two with the same name the first counts, as everywhere.
    pub attributes: Vec<(Cow<'h, str>, Cow<'h, str>)>,
    /// Whether it ends in `/>`.
    pub self_closing: bool,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }
}

/// Reads the whole document.
///
/// ```
/// use feedmill_markup::html::tokens::{Listener, Tag, read};
///
/// #[derive(Default)]
/// struct Links(Vec<String>);
///
/// impl Listener for Links {
///     fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
///         self.0.extend(tag.attribute("href").map(str::to_owned));
///         is_raw
///     }
///     fn end(&mut self, _: &str) {}
///     fn text(&mut self, _: &str) {}
/// }
///
/// let mut links = Links::default();
/// read("<p>See <a href='a.html'>this</a>.", &mut links);
/// assert_eq!(links.0, ["a.html"]);
/// ```
pub fn read(html: &str, listener: &mut impl Listener) {
    let mut reader = Reader { html, at: 0, repairs: 0, raw_ends: [None; RAW.len()], cdata_end: None };
    while reader.at < html.len() {
        reader.step(listener);
    }
}

/// Elements whose content is not markup. That of the first two is program code: it goes with them even if their end
/// tag is missing, as in a browser.
const RAW: [&str; 8] = ["script", "style", "iframe", "noembed", "noframes", "textarea", "title", "xmp"];
const CODE: usize = 2;

struct Reader<'h> {
    html: &'h str,
    at: usize,
    repairs: usize,
    /// Where the next end tag of each raw element stands, as far as that is known: `usize::MAX` for none.
    raw_ends: [Option<usize>; RAW.len()],
    /// Where the next end of a CDATA section stands; known after a beginning was seen.
    cdata_end: Option<usize>,
}

impl<'h> Reader<'h> {
    fn step(&mut self, listener: &mut impl Listener) {
        let rest = &self.html[self.at..];
        match memchr(b'<', rest.as_bytes()) {
            Some(0) => {}
            Some(length) => return self.text(length, listener),
            None => return self.text(rest.len(), listener),
        }
        match rest.as_bytes().get(1) {
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(listener),
            Some(b'/') => self.end_tag(listener),
            Some(b'!') => self.declaration(),
            Some(b'?') => self.at += memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1),
            _ => self.text(1, listener),
        }
    }

    /// A piece of text. The end of a CDATA section is no text, where there was a beginning.
    fn text(&mut self, length: usize, listener: &mut impl Listener) {
        let (start, end) = (self.at, self.at + length);
        self.at = end;
        match self.cdata_end.filter(|at| (start..end).contains(at)) {
            Some(cdata_end) => {
                listener.text(&entities::resolve(&self.html[start..cdata_end], Place::Text));
                self.cdata_end = None;
                self.at = cdata_end + "]]>".len();
            }
            None => listener.text(&entities::resolve(&self.html[start..end], Place::Text)),
        }
    }

    fn start_tag(&mut self, listener: &mut impl Listener) {
        let Some((tag, end)) = self.tag(self.at + 1) else { return };
        self.at = end;
        let raw = RAW.iter().position(|name| *name == tag.name).filter(|_| !tag.self_closing);
        let raw_end = raw.map(|raw| (raw, self.raw_end(raw)));
        // What is never closed is read as markup, so that nothing after it is lost; code is not.
        let raw_end = raw_end.filter(|(raw, end)| *raw < CODE || *end < self.html.len());
        let is_wanted = listener.start(&tag, raw_end.is_some());
        if let Some((raw, end)) = raw_end.filter(|_| is_wanted) {
            let content = &self.html[self.at..end];
            match RAW[raw] {
                "script" | "style" => listener.code(content),
                // In these two no tags are read, but references are (section 13.2.5.2).
                "textarea" | "title" => listener.text(&entities::resolve(content, Place::Text)),
                _ => listener.text(content),
            }
            self.at = end;
        }
    }

    fn end_tag(&mut self, listener: &mut impl Listener) {
        let rest = &self.html.as_bytes()[self.at..];
        if rest.get(2).is_some_and(u8::is_ascii_alphabetic) {
            if let Some((tag, end)) = self.tag(self.at + 2) {
                self.at = end;
                listener.end(&tag.name);
            }
            return;
        }
        // `</>` is nothing, and `</ …>` a comment.
        self.at += memchr(b'>', rest).map_or(rest.len(), |end| end + 1);
    }

    /// A comment, a document type, or the beginning of a CDATA section, whose content is read as what it is: markup
    /// that was wrapped for XML.
    fn declaration(&mut self) {
        let rest = &self.html[self.at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.at += "<!--".len() + comment_length(comment);
        } else if rest.starts_with("<![CDATA[") {
            self.at += "<![CDATA[".len();
            if self.cdata_end.is_none_or(|end| end < self.at) {
                let end = memmem::find(&self.html.as_bytes()[self.at..], b"]]>");
                self.cdata_end = Some(end.map_or(usize::MAX, |end| self.at + end));
            }
        } else {
            self.at += memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        }
    }

    /// The tag whose name begins at `start`, and where it ends. `None` when it was not closed: it is read over then,
    /// up to the next `>` if there is one.
    fn tag(&mut self, start: usize) -> Option<(Tag<'h>, usize)> {
        let tag = read_tag(self.html, start);
        if tag.is_none() {
            let rest = &self.html.as_bytes()[start..];
            let end = memchr(b'>', rest).filter(|_| self.repairs < MAX_REPAIRS);
            self.repairs += 1;
            self.at = end.map_or(self.html.len(), |end| start + end + 1);
        }
        tag
    }

    /// Where the end tag of a raw element stands, at or after the current place; the length of the input for none.
    fn raw_end(&mut self, raw: usize) -> usize {
        if let Some(end) = self.raw_ends[raw].filter(|end| *end >= self.at) {
            return end.min(self.html.len());
        }
        let end = find_end_tag(self.html, self.at, RAW[raw]);
        self.raw_ends[raw] = Some(end.unwrap_or(usize::MAX));
        end.unwrap_or(self.html.len())
    }
}

/// The tag whose name begins at `start`, and the place after its `>`.
fn read_tag(html: &str, start: usize) -> Option<(Tag<'_>, usize)> {
    let bytes = html.as_bytes();
    let name_end = until(bytes, start, |byte| is_space(byte) || matches!(byte, b'/' | b'>'))?;
    let mut tag = Tag { name: lower(&html[start..name_end]), ..Tag::default() };
    let mut at = name_end;
    loop {
        at = until(bytes, at, |byte| !is_space(byte) && *byte != b'/')?;
        if bytes[at] == b'>' {
            tag.self_closing = bytes[at - 1] == b'/';
            return Some((tag, at + 1));
        }
        // A name may begin with an equals sign.
        let end = until(bytes, at + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='))?;
        let name = &html[at..end];
        at = until(bytes, end, |byte| !is_space(byte))?;
        let mut value = "";
        if bytes[at] == b'=' {
            at = until(bytes, at + 1, |byte| !is_space(byte))?;
            (value, at) = match bytes[at] {
                quote @ (b'"' | b'\'') => {
                    let end = at + 1 + memchr(quote, &bytes[at + 1..])?;
                    (&html[at + 1..end], end + 1)
                }
                _ => {
                    let end = until(bytes, at, |byte| is_space(byte) || *byte == b'>')?;
                    (&html[at..end], end)
                }
            };
            // `<a href=x/>` is no empty element.
            if bytes.get(at) == Some(&b'>') && bytes[at - 1] == b'/' {
                push_attribute(&mut tag, name, value);
                return Some((tag, at + 1));
            }
        }
        push_attribute(&mut tag, name, value);
    }
}

/// Where the first byte of that kind stands, at or after `from`.
#[inline]
fn until(bytes: &[u8], from: usize, is_end: impl Fn(&u8) -> bool) -> Option<usize> {
    bytes[from..].iter().position(is_end).map(|length| from + length)
}

fn push_attribute<'h>(tag: &mut Tag<'h>, name: &'h str, value: &'h str) {
    let name = lower(name);
    if tag.attributes.len() < MAX_ATTRIBUTES && tag.attribute(&name).is_none() {
        tag.attributes.push((name, entities::resolve(value, Place::Attribute)));
    }
}

/// The length of a comment after its `<!--`, its end included.
fn comment_length(comment: &str) -> usize {
    // `<!-->` and `<!--->` are comments too.
    if let Some(length) = [">", "->"].iter().find(|end| comment.starts_with(**end)).map(|end| end.len()) {
        return length;
    }
    let mut at = 0;
    while let Some(dashes) = memmem::find(&comment.as_bytes()[at..], b"--") {
        at += dashes;
        let after = &comment[at + 2..];
        if after.starts_with('>') {
            return at + 3;
        }
        if after.starts_with("!>") {
            return at + 4;
        }
        at += 1;
    }
    comment.len()
}

/// Where the next end tag of that name begins.
fn find_end_tag(html: &str, from: usize, name: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(found) = memmem::find(&bytes[at..], b"</") {
        at += found;
        let after = &bytes[at + 2..];
        let is_name = after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
        if is_name && after.get(name.len()).is_some_and(|byte| is_space(byte) || matches!(byte, b'/' | b'>')) {
            return Some(at);
        }
        at += 2;
    }
    None
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(String);

    impl Listener for Log {
        fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
            let attributes: String = tag.attributes.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
            self.0 += &format!(
                "<{}{attributes}{}{}>",
                tag.name,
                if tag.self_closing { "/" } else { "" },
                if is_raw { " raw" } else { "" }
            );
            true
        }

        fn end(&mut self, name: &str) {
            self.0 += &format!("</{name}>");
        }

        fn text(&mut self, text: &str) {
            self.0 += &format!("[{text}]");
        }
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut log = Log::default();
        read(html, &mut log);
        assert_eq!(log.0, expected);
    }

    #[test]
    fn tags_and_attributes() {
        check("a<P CLASS=b id='c d' e>f</P >", "[a]<p class=\"b\" id=\"c d\" e=\"\">[f]</p>");
        check("<br/><a href=x/><i\n/ j = \"k>l\" J=2 =m>", "<br/><a href=\"x/\"><i j=\"k>l\" =m=\"\">");
        check("<a title='&lt;&amp;' href='?a&copy=1&lt'>", "<a title=\"<&\" href=\"?a&copy=1<\">");
        check("1 < 2 <3 </> </ x> <?pi?> &lt;", "[1 ][<][ 2 ][<][3 ][ ][ ][ <]");
    }

    #[test]
    fn comments_and_sections() {
        check("a<!-- <b> -- -->b<!-->c<!--->d<!--x--!>e<!doctype html>f", "[a][b][c][d][e][f]");
        check("<![CDATA[<b>x]]></b>]]>", "<b>[x]</b>[]]>]");
        check("a<!-- never closed <b>", "[a]");
    }

    #[test]
    fn raw_elements() {
        check("<script>a<b></SCRIPT >c", "<script raw></script>[c]");
        check("<xmp><b>&lt;</xmp>c", "<xmp raw>[<b>&lt;]</xmp>[c]");
        check("<iframe><b>c", "<iframe><b>[c]");
        check("<style>a<b>", "<style raw>");
        check("<title/>a", "<title/>[a]");
        check("<title>a &amp; <b></title>", "<title raw>[a & <b>]</title>");
    }

    #[test]
    fn what_is_cut_short_does_not_swallow_the_rest() {
        check("a<a href=\"x>b</a>c", "[a][b]</a>[c]");
        check("a<a href=\"x", "[a]");
        check("a</a", "[a]");
    }
}

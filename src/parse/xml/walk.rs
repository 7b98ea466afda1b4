//! The walk through a repaired text: balanced, bounded, with its context.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::decode::Trouble;
use super::{DEEPEST, MOST_ELEMENTS, Vocabulary};
use feedmill_markup as markup;

/// More attributes of one element than these are not looked at.
const MOST_ATTRIBUTES: usize = 100;

/// More namespaces than these are not remembered at a time; feeds declare about ten.
const MOST_NAMESPACES: usize = 60;

/// A longer address is none.
const LONGEST_ADDRESS: usize = 4000;

/// One step of the walk.
pub(in crate::parse) enum Step<'t> {
    /// An element begins; it counts in [`Walk::depth`] from now on.
    Start(Tag<'t>),
    /// Text, its references resolved.
    Text(Cow<'t, str>),
    /// The innermost element ends. Each start has its end, also where the document has none.
    End,
    /// The document ends.
    Over,
}

/// The start of an element.
pub(in crate::parse) struct Tag<'t> {
    /// What the name belongs to.
    pub vocabulary: Vocabulary,
    /// The name without its prefix, in lower case.
    pub name: String,
    start: BytesStart<'t>,
}

impl Tag<'_> {
    /// The attributes with their names as they are written, their references resolved.
    pub fn attributes(&self) -> impl Iterator<Item = (Cow<'_, str>, String)> {
        let mut attributes = self.start.html_attributes();
        attributes.with_checks(false);
        attributes.take(MOST_ATTRIBUTES).flatten().map(|attribute| {
            let name = Cow::Owned(attribute.key.as_ref().to_owned());
            (name, unescape(&attribute.value))
        })
    }

    /// The attributes as they are written.
    pub fn written(&self) -> &str {
        self.start.attributes_raw()
    }

    /// The value of the attribute of that name, whatever its prefix and case.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let is_it = |(key, _): &(Cow<'_, str>, String)| local(key).eq_ignore_ascii_case(name);
        self.attributes().find(is_it).map(|(_, value)| value)
    }
}

/// An element that has begun and not ended.
struct Open {
    /// Which element of the document it is.
    number: usize,
    /// The name as it is written.
    written: Box<str>,
    name: Box<str>,
    /// How many namespaces were known before it.
    namespaces: usize,
    base: Option<Rc<Url>>,
    language: Option<Rc<str>>,
}

/// The walk through a text that [`well_formed`](super::well_formed) made.
pub(in crate::parse) struct Walk<'t> {
    reader: quick_xml::Reader<&'t [u8]>,
    open: Vec<Open>,
    namespaces: Vec<(Box<str>, Vocabulary)>,
    elements: usize,
    /// Starts and ends that are due before the reader is asked again.
    due: VecDeque<Due<'t>>,
    base: Option<Rc<Url>>,
    over: bool,
    cut: bool,
    /// Whether an element that held others ended, and nothing was open any more.
    ended: bool,
}

enum Due<'t> {
    Start(BytesStart<'t>),
    End,
}

impl<'t> Walk<'t> {
    /// A walk from the beginning; `base` is where the document was found.
    pub fn new(text: &'t str, base: Option<Url>) -> Self {
        let mut reader = quick_xml::Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Walk {
            reader,
            open: Vec::new(),
            namespaces: Vec::new(),
            elements: 0,
            due: VecDeque::new(),
            base: base.map(Rc::new),
            over: false,
            cut: false,
            ended: false,
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The address that relative links are resolved against here, and whether the document itself says so.
    pub fn base(&self) -> (Option<Rc<Url>>, bool) {
        let stated = self.open.last().and_then(|open| open.base.clone());
        let is_stated = stated.is_some();
        (stated.or_else(|| self.base.clone()), is_stated)
    }

    /// The language that is declared here.
    pub fn language(&self) -> Option<Rc<str>> {
        self.open.last().and_then(|open| open.language.clone())
    }

    /// Whether the document ended inside an element: it was cut.
    pub fn was_cut(&self) -> bool {
        self.cut
    }

    /// The next step; an error where a limit is passed.
    pub fn step(&mut self) -> Result<Step<'t>, Trouble> {
        loop {
            match self.due.pop_front() {
                Some(Due::End) => {
                    self.close();
                    return Ok(Step::End);
                }
                Some(Due::Start(start)) => return self.begin(start).map(Step::Start),
                None if self.over => return Ok(Step::Over),
                None => {}
            }
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.close_record_before(&start);
                    self.due.push_back(Due::Start(start));
                }
                Ok(Event::Empty(start)) => self.due.extend([Due::Start(start), Due::End]),
                Ok(Event::End(end)) => self.end(end.name().as_ref()),
                Ok(Event::Text(text)) => return Ok(Step::Text(text.into_inner())),
                Ok(Event::CData(text)) => return Ok(Step::Text(text.into_inner())),
                Ok(Event::GeneralRef(reference)) => return Ok(Step::Text(Cow::Borrowed(predefined(&reference)))),
                Ok(Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_)) => {}
                // What the repair leaves is read to its end; anything else is the end too.
                Ok(Event::Eof) | Err(_) => {
                    // What others printed behind the document may be as open as it likes.
                    self.cut = !self.open.is_empty() && !self.ended;
                    self.over = true;
                    self.due.extend(self.open.iter().map(|_| Due::End));
                }
            }
        }
    }

    fn begin(&mut self, start: BytesStart<'t>) -> Result<Tag<'t>, Trouble> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            return Err(Trouble::new(format!("at most {MOST_ELEMENTS} elements"), "more"));
        }
        if self.open.len() >= DEEPEST {
            return Err(Trouble::new(format!("elements nested at most {DEEPEST} deep"), "deeper ones"));
        }
        let outer = self.open.last();
        let (mut base, mut language) = outer.map(|o| (o.base.clone(), o.language.clone())).unwrap_or_default();
        let namespaces = self.namespaces.len();
        let mut tag = Tag { vocabulary: Vocabulary::Other, name: String::new(), start };
        // Few elements have one of these.
        if tag.start.attributes_raw().contains("xml") {
            for (key, value) in tag.attributes() {
                match &*key {
                    "xml:base" => base = joined(base.as_ref().or(self.base.as_ref()), &value).or(base),
                    "xml:lang" => language = Some(value.trim()).filter(|l| l.len() <= 40).map(Rc::from),
                    _ => {
                        let prefix = key.strip_prefix("xmlns:").or_else(|| (key == "xmlns").then_some(""));
                        if let Some(prefix) = prefix.filter(|_| self.namespaces.len() < MOST_NAMESPACES) {
                            self.namespaces.push((prefix.into(), Vocabulary::of_namespace(&value)));
                        }
                    }
                }
            }
        }
        let written = tag.start.name();
        let written: &str = written.as_ref();
        tag.name = local(written).to_ascii_lowercase();
        tag.vocabulary = self.vocabulary(written);
        let number = self.elements;
        let name = tag.name.as_str().into();
        self.open.push(Open { number, written: written.into(), name, namespaces, base, language });
        Ok(tag)
    }

    fn vocabulary(&self, written: &str) -> Vocabulary {
        let prefix = written.split_once(':').map_or("", |(prefix, _)| prefix);
        let declared = self.namespaces.iter().rposition(|(known, _)| **known == *prefix);
        match declared.map(|at| (at, self.namespaces[at].1)) {
            // Some make up a namespace for the whole of their feed, on its root or on what stands in that.
            Some((at, Vocabulary::Other)) if prefix.is_empty() && self.is_of_all(at) => Vocabulary::Plain,
            Some((_, vocabulary)) => vocabulary,
            None if prefix.is_empty() => Vocabulary::Plain,
            None => Vocabulary::of_prefix(prefix),
        }
    }

    fn is_of_all(&self, namespace: usize) -> bool {
        self.open.get(1).is_none_or(|second| namespace < second.namespaces)
    }

    /// Ends the innermost element of that name and everything in it; an end without a start is none.
    fn end(&mut self, written: &str) {
        if let Some(at) = self.open.iter().rposition(|open| *open.written == *written) {
            self.due.extend(self.open[at..].iter().map(|_| Due::End));
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.namespaces.truncate(open.namespaces);
            self.ended |= self.open.is_empty() && open.number < self.elements;
        }
    }

    /// Where an item begins inside something else than a feed, that something was never ended.
    fn close_record_before(&mut self, start: &BytesStart<'t>) {
        let name = start.name();
        let written: &str = name.as_ref();
        let name = local(written);
        let is_item = name.eq_ignore_ascii_case("item")
            && matches!(self.vocabulary(written), Vocabulary::Plain | Vocabulary::Atom);
        let is_entry = name.eq_ignore_ascii_case("entry");
        if !is_item && !is_entry {
            return;
        }
        const CONTAINERS: &[&str] = &["channel", "rdf", "rss", "feed", "items"];
        let Some(container) = self.open.iter().rposition(|open| CONTAINERS.contains(&&*open.name)) else { return };
        let inside = &self.open[container + 1..];
        // An entry may hold another one as its content, as a tree of things may hold entries that are none.
        let is_unfinished =
            |open: &Open| matches!(&*open.name, "entry" | "title" | "summary" | "id" | "updated" | "link");
        if is_item || inside.iter().all(is_unfinished) {
            self.due.extend(inside.iter().map(|_| Due::End));
        }
    }
}

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn joined(outer: Option<&Rc<Url>>, base: &str) -> Option<Rc<Url>> {
    let base = base.trim();
    if base.len() > LONGEST_ADDRESS {
        return None;
    }
    let url = match outer {
        Some(outer) => outer.join(base).ok()?,
        None => Url::parse(base).ok()?,
    };
    (matches!(url.scheme(), "http" | "https") && url.as_str().len() <= LONGEST_ADDRESS).then(|| Rc::new(url))
}

/// The character of a reference; the repair leaves no other references.
fn predefined(name: &str) -> &'static str {
    match name {
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "&",
    }
}

/// The text with the references resolved that the repair leaves.
fn unescape(text: &str) -> String {
    let text = quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text));
    markup::legal(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::xml::well_formed;

    /// The walk in one line: `(name …)` for elements, text as it is.
    fn walked(text: &str) -> String {
        let text = well_formed(text.to_owned()).unwrap();
        let mut walk = Walk::new(&text, None);
        let mut out = String::new();
        loop {
            match walk.step().unwrap() {
                Step::Start(tag) => out.push_str(&format!("({}:{} ", name_of(tag.vocabulary), tag.name)),
                Step::Text(text) => out.push_str(text.trim()),
                Step::End => out.push(')'),
                Step::Over => break,
            }
        }
        if walk.was_cut() { out + " cut" } else { out }
    }

    fn name_of(vocabulary: Vocabulary) -> char {
        format!("{vocabulary:?}").chars().next().unwrap()
    }

    #[test]
    fn starts_and_ends_are_in_balance() {
        for (text, expected) in [
            ("<a>x<b/>y</a>", "(P:a x(P:b )y)"),
            ("<a><b><c>x</b>y</a>", "(P:a (P:b (P:c x))y)"),
            ("<a></b>x</a>", "(P:a x)"),
            ("<a><B>x", "(P:a (P:b x)) cut"),
            ("<a><b>x</b></a><br><i>done", "(P:a (P:b x))(P:br (P:i done))"),
            ("<br/><a><b>x", "(P:br )(P:a (P:b x)) cut"),
            ("<rss><item>1<item>2</item></rss>", "(P:rss (P:item 1)(P:item 2))"),
            ("<rss><item><d>1<item>2</item></rss>", "(P:rss (P:item (P:d 1))(P:item 2))"),
            ("<rss><title>1<item>2</item></rss>", "(P:rss (P:title 1)(P:item 2))"),
            ("<rss><item>1<item/>2</item></rss>", "(P:rss (P:item 1(P:item )2))"),
            ("<feed><entry><title>1<entry>2</entry></feed>", "(P:feed (P:entry (P:title 1))(P:entry 2))"),
            ("<feed><entry><c><entry>2</entry></c></entry></feed>", "(P:feed (P:entry (P:c (P:entry 2))))"),
            ("<list><item>1<item>2</item></item></list>", "(P:list (P:item 1(P:item 2)))"),
            ("a &amp; &lt;b&gt; <![CDATA[<c>&amp;]]>", "a&<b><c>&amp;"),
        ] {
            assert_eq!(walked(text), expected, "{text}");
        }
    }

    #[test]
    fn namespaces_go_by_address_then_by_prefix() {
        for (text, expected) in [
            ("<x:feed xmlns:x='http://www.w3.org/2005/Atom'><x:id/></x:feed>", "(A:feed (A:id ))"),
            ("<rss><dc:date/><q:date/></rss>", "(P:rss (D:date )(O:date ))"),
            ("<rss xmlns:q='http://purl.org/dc/elements/1.1/'><q:date/></rss>", "(P:rss (D:date ))"),
            ("<rss xmlns='http://example.org/mine'><item/></rss>", "(P:rss (P:item ))"),
            ("<r><c><a xmlns='http://example.org/mine'/><a/></c></r>", "(P:r (P:c (O:a )(P:a )))"),
            ("<rss xmlns:dc='http://example.org/mine'><dc:date/></rss>", "(P:rss (O:date ))"),
        ] {
            assert_eq!(walked(text), expected, "{text}");
        }
    }

    #[test]
    fn bases_and_languages_are_inherited() {
        let text = "<a xml:base='http://x.example/a/' xml:lang='en'><b xml:base='b/'><c xml:base=':'/></b><d/></a>";
        let mut walk = Walk::new(text, Url::parse("http://y.example/").ok());
        let mut found = Vec::new();
        loop {
            match walk.step().unwrap() {
                Step::Start(_) => found.push((walk.base().0.unwrap().to_string(), walk.language().unwrap())),
                Step::Over => break,
                _ => {}
            }
        }
        let bases: Vec<&str> = found.iter().map(|(base, _)| base.as_str()).collect();
        assert_eq!(bases[0], "http://x.example/a/");
        assert_eq!(bases[1], "http://x.example/a/b/");
        assert_eq!(bases[3], "http://x.example/a/");
        assert!(found.iter().all(|(_, language)| &**language == "en"));
    }

    #[test]
    fn limits_are_kept() {
        let end = |text: &str| {
            let text = well_formed(text.to_owned()).unwrap();
            let mut walk = Walk::new(&text, None);
            loop {
                match walk.step() {
                    Ok(Step::Over) => return None,
                    Ok(_) => {}
                    Err(trouble) => return Some(trouble.expected),
                }
            }
        };
        assert_eq!(end(&"<a>".repeat(200)), None);
        assert_eq!(end(&"<a>".repeat(300_000)).as_deref(), Some("elements nested at most 200 deep"));
        assert_eq!(end(&"<a/>".repeat(2_000_001)).as_deref(), Some("at most 2000000 elements"));
        let attributes: String = (0..200_000).map(|n| format!(" xmlns:a{n}='http://example.org/{n}'")).collect();
        assert_eq!(end(&format!("<a{attributes}>{}</a>", "<a5:b/>".repeat(100_000))), None);
    }
}

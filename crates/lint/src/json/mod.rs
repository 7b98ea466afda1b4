//! JSON Feed 1 and 1.1.

mod reader;
mod schema;

use std::collections::HashSet;

use super::Context;
use super::grammar::{Fault, Grammar, resolve};
use super::html;
use super::place::Places;
use super::report::{Finding, Report, message, shown};
use super::rules::{Rule, json as rules};
use super::schema::Need;
use reader::{Bracket, Reader, Token};
use schema::{AUTHOR, FEED, ITEM, Kind, Member, Object};

const VERSIONS: [&str; 2] = ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"];
/// Above this a feed is a burden for those who poll it.
const BURDEN: usize = 1_000_000;

/// Whether a text looks like a feed of JSON: an object that names its version among its first members.
pub(super) fn is_meant(text: &str) -> bool {
    let head = text.trim_start();
    head.starts_with('{')
}

/// Judges a document of JSON.
pub(super) fn judge(text: &str, context: &Context, report: &mut Report) {
    let mut judge = Judge {
        places: Places::new(text),
        report,
        context,
        frames: Vec::new(),
        items: 0,
        ids: HashSet::new(),
        feed_url: None,
        next_url: None,
    };
    let mut reader = Reader::new(text);
    loop {
        match reader.next() {
            Ok((_, Token::Over)) => break,
            Ok((at, token)) => judge.token(at, token),
            Err(trouble) => {
                let rule = if trouble.is_depth { &rules::DEPTH } else { &rules::SYNTAX };
                judge.report.plain_expecting(rule, &mut judge.places, trouble.at, trouble.expected);
                break;
            }
        }
    }
    judge.finish();
    if text.len() > BURDEN {
        judge.report.plain(&rules::LARGE, &mut judge.places, 0, format!("{} bytes", text.len()));
    }
}

struct Judge<'t, 'r> {
    places: Places<'t>,
    report: &'r mut Report,
    context: &'r Context<'r>,
    frames: Vec<Frame<'t>>,
    items: usize,
    ids: HashSet<u64>,
    feed_url: Option<(usize, String)>,
    next_url: Option<(usize, String)>,
}

/// An open object or array.
struct Frame<'t> {
    /// What an object is; what the elements of an array are.
    object: Option<&'static Object>,
    bracket: Bracket,
    at: usize,
    /// The member that comes next, or stands.
    name: std::borrow::Cow<'t, str>,
    name_at: usize,
    member: Option<&'static Member>,
    seen: u64,
    /// Names that the specification does not know, as hashes.
    others: HashSet<u64>,
    /// How many elements of an array there were.
    count: usize,
    /// Whether the elements of an array are texts.
    texts: bool,
}

impl<'t> Judge<'t, '_> {
    fn token(&mut self, at: usize, token: Token<'t>) {
        match token {
            Token::Open(bracket) => self.open(at, bracket),
            Token::Close(_) => self.close(),
            Token::Name(name) => self.name(at, name),
            Token::Text(text) => self.scalar(at, "a text", Some(&text)),
            Token::Number(number) => self.scalar(at, "a number", Some(number)),
            Token::Bool(_) => self.scalar(at, "a boolean", None),
            Token::Null => self.scalar(at, "null", None),
            Token::Over => {}
        }
    }

    /// What the specification says of the value that comes next.
    fn expected(&mut self) -> Option<Kind> {
        let frame = self.frames.last_mut()?;
        match frame.bracket {
            Bracket::Object => frame.member.map(|member| member.kind),
            Bracket::Array => {
                frame.count += 1;
                if frame.texts { Some(Kind::Text(Grammar::Any)) } else { frame.object.map(Kind::Object) }
            }
        }
    }

    fn open(&mut self, at: usize, bracket: Bracket) {
        let is_root = self.frames.is_empty();
        let expected = self.expected();
        let (object, texts) = match (expected, bracket) {
            _ if is_root && bracket == Bracket::Object => (Some(&FEED), false),
            (Some(Kind::Object(object)), Bracket::Object) => (Some(object), false),
            (Some(Kind::Objects(object)), Bracket::Array) => (Some(object), false),
            (Some(Kind::Texts), Bracket::Array) => (None, true),
            (Some(kind), _) => {
                let found = if bracket == Bracket::Object { "an object" } else { "an array" };
                self.wrong_kind(at, kind, found);
                (None, false)
            }
            (None, _) => (None, false),
        };
        if object.is_some_and(|object| std::ptr::eq(object, &ITEM)) && bracket == Bracket::Object {
            self.items += 1;
        }
        self.frames.push(Frame {
            object,
            bracket,
            at,
            name: "".into(),
            name_at: at,
            member: None,
            seen: 0,
            others: HashSet::new(),
            count: 0,
            texts,
        });
    }

    fn name(&mut self, at: usize, name: std::borrow::Cow<'t, str>) {
        let Some(frame) = self.frames.last_mut() else { return };
        let members = frame.object.map_or(&[][..], |object| object.members);
        let index = members.iter().position(|member| member.name == name);
        let is_second = match index {
            Some(index) => frame.seen & (1 << index) != 0,
            None => !frame.others.insert(super::judge::hash(&name)),
        };
        frame.member = index.map(|index| &members[index]);
        frame.seen |= index.map_or(0, |index| 1 << index);
        (frame.name, frame.name_at) = (name, at);
        let is_judged = frame.object.is_some();
        let name = frame.name.to_string();
        if is_second {
            self.find(&rules::NAME_TWICE, at, None, &shown(&name));
        } else if index.is_none() && is_judged && !name.starts_with('_') {
            self.find(&rules::UNKNOWN, at, None, &shown(&name));
        } else if name == "author" && index.is_some() {
            self.find(&rules::DEPRECATED, at, None, "author");
        }
    }

    fn wrong_kind(&mut self, at: usize, kind: Kind, found: &str) {
        let expected = match kind {
            Kind::Text(_) | Kind::Html => "a text",
            Kind::Number => "a number",
            Kind::Bool => "true or false",
            Kind::Object(_) => "an object",
            Kind::Objects(_) => "an array of objects",
            Kind::Texts => "an array of texts",
        };
        self.find(&rules::KIND, at, Some(expected), found);
    }

    fn scalar(&mut self, at: usize, what: &str, value: Option<&str>) {
        let Some(kind) = self.expected() else { return };
        let is_id = self
            .frames
            .last()
            .is_some_and(|frame| frame.object.is_some_and(|object| std::ptr::eq(object, &ITEM)) && frame.name == "id");
        match (kind, what, value) {
            (Kind::Text(grammar), "a text", Some(text)) => self.text(at, grammar, text),
            (Kind::Html, "a text", Some(text)) => {
                let mut faults = Vec::new();
                html::judge(text, true, &mut faults);
                self.faults(at, faults);
            }
            (Kind::Number, "a number", Some(number)) => {
                if number.starts_with('-') {
                    self.find(&rules::KIND, at, Some("a number from 0"), number);
                }
            }
            (Kind::Bool, "a boolean", _) => {}
            (Kind::Text(_), "a number", Some(number)) if is_id => {
                self.find(&rules::ID_KIND, at, None, number);
                self.id(at, number);
            }
            _ => self.wrong_kind(at, kind, what),
        }
    }

    fn text(&mut self, at: usize, grammar: Grammar, text: &str) {
        let mut faults = Vec::new();
        grammar.judge(text, &mut faults);
        if faults.is_empty()
            && let Some(family) = grammar.family()
        {
            self.report.accept(family);
        }
        self.faults(at, faults);
        let Some(frame) = self.frames.last() else { return };
        let Some(object) = frame.object else { return };
        let name = frame.name.as_ref();
        match name {
            "version" if std::ptr::eq(object, &FEED) => self.version(at, text),
            "feed_url" if std::ptr::eq(object, &FEED) => self.feed_url = Some((at, text.to_owned())),
            "next_url" if std::ptr::eq(object, &FEED) => self.next_url = Some((at, text.to_owned())),
            "id" if std::ptr::eq(object, &ITEM) => self.id(at, text),
            _ => {}
        }
    }

    fn version(&mut self, at: usize, version: &str) {
        match VERSIONS.iter().position(|known| *known == version) {
            Some(0) => {
                self.report.format = "JSON Feed 1";
                self.find(&rules::VERSION_OLD, at, None, "version 1");
            }
            Some(_) => self.report.format = "JSON Feed 1.1",
            None => {
                // An address that is nearly right shows what is meant.
                if version.contains("jsonfeed.org/version") {
                    self.report.format = "JSON Feed";
                }
                self.find(&rules::VERSION, at, None, &shown(version));
            }
        }
    }

    fn id(&mut self, at: usize, id: &str) {
        if !id.is_empty() && !self.ids.insert(super::judge::hash(id)) {
            self.find(&rules::ID_TWICE, at, None, &shown(id));
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let (at, seen) = (frame.at, frame.seen);
        if let Some(object) = frame.object.filter(|_| frame.bracket == Bracket::Object) {
            let has =
                |name: &str| object.members.iter().position(|m| m.name == name).is_some_and(|at| seen & (1 << at) != 0);
            if std::ptr::eq(object, &ITEM) && !has("content_html") && !has("content_text") {
                self.find(&rules::CONTENT, at, None, "neither");
            }
            if std::ptr::eq(object, &AUTHOR) && !has("name") && !has("url") && !has("avatar") {
                self.find(&rules::EMPTY_PERSON, at, None, "none of them");
            }
            // What has no version is judged as a feed only where the rest says that it is one.
            let is_feed = !std::ptr::eq(object, &FEED) || has("version") || has("items");
            for (index, member) in object.members.iter().enumerate().filter(|_| is_feed) {
                let rule = match member.need {
                    Need::One => &rules::MISSING,
                    Need::Wanted => &rules::RECOMMENDED,
                    _ => continue,
                };
                if seen & (1 << index) == 0 {
                    let expected = format!("the member {}", member.name);
                    self.find_member(rule, at, Some(&expected), &format!("{} without it", object.name), member.clause);
                }
            }
        }
        self.frames.pop();
    }

    fn finish(&mut self) {
        let Some((feed_at, feed_url)) = self.feed_url.take() else { return };
        if let Some((at, next)) = self.next_url.take()
            && next == feed_url
        {
            self.find(&rules::NEXT, at, None, &shown(&next));
        }
        let Some(url) = self.context.url else { return };
        if resolve(None, url) != feed_url && resolve(Some(url), url) != resolve(Some(&feed_url), "") {
            let expected = format!("the address {}", shown(url));
            self.find(&rules::SELF_MISMATCH, feed_at, Some(&expected), &shown(&feed_url));
        }
    }

    fn faults(&mut self, at: usize, faults: Vec<Fault>) {
        for fault in faults {
            self.find(fault.rule, at, fault.expected.as_deref(), &fault.found);
        }
    }

    fn find(&mut self, rule: &'static Rule, at: usize, expected: Option<&str>, found: &str) {
        let clause = self.frames.last().and_then(|frame| frame.member).map_or("", |member| member.clause);
        self.find_member(rule, at, expected, found, clause);
    }

    fn find_member(
        &mut self,
        rule: &'static Rule,
        at: usize,
        expected: Option<&str>,
        found: &str,
        clause: &'static str,
    ) {
        if !self.report.has_room(rule) {
            return;
        }
        let (line, column) = self.places.of(at);
        let is_general = rule.clause == "the element's specification";
        let clause = if is_general && !clause.is_empty() { clause } else { rule.clause };
        let in_item = self.frames.iter().any(|frame| {
            frame.bracket == Bracket::Object && frame.object.is_some_and(|object| std::ptr::eq(object, &ITEM))
        });
        let entry = in_item.then(|| self.items.saturating_sub(1));
        let message = message(expected.unwrap_or(rule.expects), found);
        let path = self.path();
        self.report.findings.push(Finding { rule, line, column, path, message, clause, entry });
    }

    /// The place as a path of RFC 9535: `$.items[2].id`.
    fn path(&self) -> String {
        let mut path = String::from("$");
        for frame in &self.frames {
            match frame.bracket {
                Bracket::Object if !frame.name.is_empty() => {
                    path.push('.');
                    path.extend(frame.name.chars().take(60));
                }
                Bracket::Array if frame.count > 0 => path.push_str(&format!("[{}]", frame.count - 1)),
                _ => {}
            }
        }
        path
    }
}

#[cfg(test)]
mod tests;

//! HTML as the converters of markup languages write it: blocks, lists that nest, and the marks inside a line.

use feedmill_markup::escape;

use super::plain;

/// Deeper lists go on at this depth.
const DEEPEST_LIST: usize = 12;

/// A converted text.
#[derive(Default)]
pub(super) struct Sheet {
    html: String,
    lists: Vec<List>,
    attached: bool,
    title: Option<(usize, String)>,
}

struct List {
    level: usize,
    tag: &'static str,
}

impl Sheet {
    /// The HTML.
    pub fn html(mut self) -> String {
        self.close();
        self.html
    }

    /// The first heading of the first level, else the first heading, as plain text.
    pub fn title(&self) -> Option<&str> {
        self.title.as_ref().map(|(_, text)| text.as_str())
    }

    /// Lets the next block stand inside the open item of a list, instead of ending the list.
    pub fn attach(&mut self) {
        self.attached = !self.lists.is_empty();
    }

    /// Whether an item of a list is open.
    pub fn in_list(&self) -> bool {
        !self.lists.is_empty()
    }

    /// How many lists are open, one inside the other.
    pub fn open_lists(&self) -> usize {
        self.lists.len()
    }

    /// Ends the innermost list, so that what comes belongs to the item that it stands in.
    pub fn step_out(&mut self) {
        if self.lists.len() > 1
            && let Some(list) = self.lists.pop()
        {
            self.end(&list);
        }
    }

    /// Ends all lists.
    pub fn close(&mut self) {
        while let Some(list) = self.lists.pop() {
            self.end(&list);
        }
    }

    fn end(&mut self, list: &List) {
        self.html.push_str(if list.tag == "dl" { "</dd></" } else { "</li></" });
        self.html.push_str(list.tag);
        self.html.push_str(">\n");
    }

    fn block(&mut self) {
        if !std::mem::take(&mut self.attached) {
            self.close();
        }
    }

    /// A paragraph; nothing for an empty one.
    pub fn paragraph(&mut self, inline: &str) {
        self.block();
        if !inline.trim().is_empty() {
            self.html.push_str(&format!("<p>{}</p>\n", inline.trim()));
        }
    }

    /// A heading of level 1 to 6.
    pub fn heading(&mut self, level: usize, inline: &str) {
        self.block();
        let level = level.clamp(1, 6);
        let text = plain::html(inline);
        if text.is_empty() {
            return;
        }
        if self.title.as_ref().is_none_or(|(first, _)| level == 1 && *first > 1) {
            self.title = Some((level, text));
        }
        self.html.push_str(&format!("<h{level}>{}</h{level}>\n", inline.trim()));
    }

    /// An item of a list, numbered or not, at a level: a larger one is further in.
    pub fn item(&mut self, level: usize, is_numbered: bool, inline: &str) {
        self.list_at(level, if is_numbered { "ol" } else { "ul" });
        self.html.push_str("<li>");
        self.html.push_str(inline.trim());
    }

    /// A term with its definition.
    pub fn term(&mut self, level: usize, term: &str, inline: &str) {
        self.list_at(level, "dl");
        self.html.push_str(&format!("<dt>{}</dt><dd>{}", term.trim(), inline.trim()));
    }

    fn list_at(&mut self, level: usize, tag: &'static str) {
        self.attached = false;
        while let Some(list) = self.lists.pop_if(|list| list.level > level || list.level == level && list.tag != tag) {
            self.end(&list);
        }
        match self.lists.last() {
            Some(list) if list.level == level => self.html.push_str(if tag == "dl" { "</dd>\n" } else { "</li>\n" }),
            _ if self.lists.len() >= DEEPEST_LIST => {
                let tag = self.lists.last().map_or(tag, |list| list.tag);
                self.html.push_str(if tag == "dl" { "</dd>\n" } else { "</li>\n" });
            }
            _ => {
                self.html.push_str(if self.lists.is_empty() { "" } else { "\n" });
                self.html.push_str(&format!("<{tag}>\n"));
                self.lists.push(List { level, tag });
            }
        }
    }

    /// Code, or any text that stays as it is typed.
    pub fn verbatim(&mut self, text: &str, language: Option<&str>) {
        self.block();
        let is_word = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#_".contains(&byte));
        match language.filter(|word| !word.is_empty()).filter(is_word) {
            Some(language) => self.html.push_str(&format!("<pre><code class=\"language-{language}\">")),
            None => self.html.push_str("<pre><code>"),
        }
        self.html.push_str(&escape(text.trim_end()));
        self.html.push_str("</code></pre>\n");
    }

    /// Opens an element around the blocks that follow.
    pub fn open(&mut self, tag: &str) {
        self.block();
        self.html.push_str(&format!("<{tag}>\n"));
    }

    /// Ends an element.
    pub fn shut(&mut self, tag: &str) {
        self.close();
        self.html.push_str(&format!("</{tag}>\n"));
    }

    /// What another sheet holds.
    pub fn paste(&mut self, other: Sheet) {
        self.block();
        self.html.push_str(&other.html());
    }

    /// What another sheet holds, inside the open item of a list.
    pub fn nest(&mut self, other: Sheet) {
        let html = other.html();
        if html.is_empty() {
            return;
        }
        self.attach();
        self.block();
        if ["<ul", "<ol", "<dl"].iter().any(|list| html.starts_with(list)) {
            self.html.push('\n');
        }
        self.html.push_str(&html);
    }

    /// A picture by itself, with what stands below it.
    pub fn picture(&mut self, source: &str, text: &str, caption: &str) {
        self.block();
        let picture = picture(source, text);
        match caption.trim() {
            "" => self.html.push_str(&format!("<p>{picture}</p>\n")),
            caption => self.html.push_str(&format!("<figure>{picture}<figcaption>{caption}</figcaption></figure>\n")),
        }
    }

    /// A line between parts.
    pub fn rule(&mut self) {
        self.block();
        self.html.push_str("<hr>\n");
    }

    /// A table.
    pub fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        self.block();
        self.html.push_str("<table>\n");
        if !table.caption.trim().is_empty() {
            self.html.push_str(&format!("<caption>{}</caption>\n", table.caption.trim()));
        }
        for (at, row) in table.rows.iter().enumerate() {
            self.html.push_str("<tr>");
            for (number, cell) in row.iter().enumerate() {
                let is_header = cell.is_header || at < table.headers || number < table.stubs;
                let tag = if is_header { "th" } else { "td" };
                self.html.push('<');
                self.html.push_str(tag);
                for (name, span) in [("colspan", cell.across), ("rowspan", cell.down)] {
                    if span > 1 {
                        self.html.push_str(&format!(" {name}=\"{span}\""));
                    }
                }
                self.html.push_str(&format!(">{}</{tag}>", cell.html.trim()));
            }
            self.html.push_str("</tr>\n");
        }
        self.html.push_str("</table>\n");
    }

    /// HTML that stands in the text as such.
    pub fn raw(&mut self, html: &str) {
        self.block();
        self.html.push_str(html);
        self.html.push('\n');
    }
}

/// A table as it is written: rows of cells, the first of which are headers.
#[derive(Default)]
pub(super) struct Table {
    /// What stands above it, as HTML.
    pub caption: String,
    /// How many rows at the top are headers, and …
    pub headers: usize,
    /// … how many cells at the beginning of each row.
    pub stubs: usize,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub html: String,
    /// How many columns and rows it takes; 0 is 1.
    pub across: usize,
    pub down: usize,
    pub is_header: bool,
}

impl Cell {
    /// A cell that takes one place.
    pub fn of(html: String) -> Cell {
        Cell { html, ..Cell::default() }
    }

    /// A cell that holds blocks; one paragraph alone needs no mark.
    pub fn of_blocks(sheet: Sheet) -> Cell {
        let html = sheet.html();
        let alone = html.trim().strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>"));
        Cell::of(alone.filter(|inner| !inner.contains("<p>")).map(str::to_owned).unwrap_or(html))
    }
}

/// A picture inside a line.
pub(super) fn picture(source: &str, text: &str) -> String {
    format!("<img src=\"{}\" alt=\"{}\">", escape(source.trim()), escape(text.trim()))
}

/// A link with a label that is HTML; without one, the address is the label.
pub(super) fn link(target: &str, label: &str) -> String {
    let target = escape(target.trim());
    let label = if label.trim().is_empty() { &target } else { label.trim() };
    format!("<a href=\"{target}\">{label}</a>")
}

/// What an address inside a text ends before.
const ENDS_ADDRESS: &[char] = &['<', '>', '"', '[', ']', '`', '|', '\\', '^', '{', '}'];

/// The address at the beginning of a text, without the punctuation of the sentence behind it.
pub(super) fn address(text: &str) -> Option<&str> {
    const LONGEST: usize = 2000;
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let end = text.char_indices().take(LONGEST).find(|(_, c)| c.is_whitespace() || ENDS_ADDRESS.contains(c));
    let end = end.map_or_else(|| text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at), |(at, _)| at);
    let mut address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    // A parenthesis belongs to the address when it opens in it.
    let mut unopened = address.matches(')').count().saturating_sub(address.matches('(').count());
    while address.ends_with(')') && unopened > 0 {
        unopened -= 1;
        address = address[..address.len() - 1].trim_end_matches(['.', ',']);
    }
    (address.len() > scheme.len()).then_some(address)
}

/// A piece of a line that has a meaning: its HTML, and how many bytes of the text it takes.
pub(super) type Span = Option<(String, usize)>;

/// A text within blocks as HTML. `span` reads what has a meaning at the beginning of a text, given the character
/// before it; everything else is text. Bare addresses become links.
pub(super) fn inline(text: &str, span: &dyn Fn(&str, Option<char>) -> Span) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 4);
    let mut rest = text;
    let mut before = None;
    let mut plain = 0;
    while let Some(c) = rest[plain..].chars().next() {
        let here = &rest[plain..];
        let found = match c {
            'h' if before.is_none_or(|c: char| !c.is_alphanumeric()) => {
                span(here, before).or_else(|| address(here).map(|found| (link(found, ""), found.len())))
            }
            c if c.is_alphanumeric() && before.is_some_and(char::is_alphanumeric) || c == ' ' => None,
            _ => span(here, before),
        };
        match found {
            Some((found, used)) if used > 0 => {
                html.push_str(&escape(&rest[..plain]));
                html.push_str(&found);
                before = here[..used].chars().next_back();
                rest = &here[used..];
                plain = 0;
            }
            _ => {
                before = Some(c);
                plain += c.len_utf8();
            }
        }
    }
    html.push_str(&escape(rest));
    html
}

/// The text between two equal marks, the first of which begins the text, and the length of all. They enclose words:
/// nothing joins them from outside, no blank from inside.
pub(super) fn enclosed<'t>(text: &'t str, mark: &str, before: Option<char>) -> Option<(&'t str, usize)> {
    let inner = text.strip_prefix(mark)?;
    if before.is_some_and(char::is_alphanumeric) || inner.starts_with(char::is_whitespace) || inner.starts_with(mark) {
        return None;
    }
    let window = window(inner);
    // Marks that open and never close would be compared with all others.
    const MOST_TRIED: usize = 16;
    let at = memchr::memmem::find_iter(window.as_bytes(), mark.as_bytes()).take(MOST_TRIED).find(|at| {
        let closes = *at > 0 && !window[..*at].ends_with(char::is_whitespace);
        closes && !window[at + mark.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_' && mark == "_")
    })?;
    Some((&inner[..at], at + 2 * mark.len()))
}

/// The text between two marks wherever they stand, the first of which begins the text, and the length of all.
pub(super) fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, usize)> {
    let inner = text.strip_prefix(open)?;
    let at = memchr::memmem::find(window(inner).as_bytes(), close.as_bytes())?;
    Some((&inner[..at], open.len() + at + close.len()))
}

/// As much of a text as a mark may reach; a search without end for each mark would take quadratic time.
fn window(text: &str) -> &str {
    const LONGEST: usize = 1500;
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

//! Tables with a header line: CSV, TSV, and their like with semicolons or bars. One row is one article.
//!
//! Columns are known by the names that people give them, in several languages, or by the mapping that a source has in
//! the configuration ([`Document::columns`]). A table streams: one row is held at a time.

mod columns;
mod dialect;
mod row;

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{BufRead, Cursor, Read};
use std::rc::Rc;

use csv::ByteRecord;

use super::{Confidence, Parser, media_type, opening, read_text};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::source::{Document, HEAD};
use columns::Columns;
use dialect::Dialect;
use feedmill_markup as markup;

/// The parser of tables.
pub(super) struct Table;

/// The longest row that is read: an article, not a data base. A quotation mark that is never closed makes longer ones.
const LONGEST: u64 = 8 << 20;

impl Parser for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn about(&self) -> &'static str {
        "CSV or TSV with a header line, one article a row"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab", "psv"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let named = doc.extension().is_some_and(|extension| self.extensions().contains(&extension.as_str()));
        let declared = media_type(doc).is_some_and(|declared| {
            matches!(declared.as_str(), "text/csv" | "text/tab-separated-values" | "application/csv" | "text/x-csv")
        });
        match (named || declared, has_header(&opening(doc))) {
            (_, true) => Confidence::Content,
            (true, false) => Confidence::Name,
            (false, false) => Confidence::No,
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        if doc.head().is_empty() {
            return Err(Error::not_text(&doc.origin, "an empty file"));
        }
        // UTF-16 has other separators; every other encoding is ASCII in what parts a table.
        let is_wide =
            doc.head().starts_with(b"\xff\xfe") || doc.head().starts_with(b"\xfe\xff") || doc.head().contains(&0);
        let input: Box<dyn BufRead + '_> = match is_wide {
            true => Box::new(Cursor::new(read_text(doc)?.into_bytes())),
            false => {
                if doc.head().trim_ascii().is_empty() || doc.head() == b"\xef\xbb\xbf" {
                    return Err(Error::not_text(&doc.origin, "nothing but white space"));
                }
                if markup::decode(doc.head(), doc.charset.as_deref()).is_none() {
                    return Err(Error::not_text(&doc.origin, "binary data"));
                }
                doc.stream()
            }
        };
        read(input, doc, emit)
    }
}

/// Whether the first line is a header of a table of articles: short names, of which one is of dates, and one of titles
/// or texts.
fn has_header(head: &[u8]) -> bool {
    /// Longer lines are prose.
    const LONGEST_HEADER: usize = 2000;
    let Some(end) = memchr::memchr2(b'\n', b'\r', &head[..head.len().min(LONGEST_HEADER)]) else { return false };
    let Ok(line) = std::str::from_utf8(&head[..end]) else { return false };
    [',', ';', '\t', '|'].into_iter().any(|separator| {
        let names: Vec<&str> = line.split(separator).map(|name| name.trim().trim_matches('"')).collect();
        let is_name = |name: &&str| name.len() <= 40 && name.split_whitespace().count() <= 3 && !name.ends_with('.');
        names.len() >= 2
            && names.iter().all(is_name)
            && names.iter().any(|name| columns::is_date(name))
            && names.iter().any(|name| columns::holds_words(name))
    })
}

fn read(mut input: Box<dyn BufRead + '_>, doc: &Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
    let origin = &doc.origin;
    let mut head = Vec::with_capacity(HEAD);
    input.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(|err| Error::io("read", origin, err))?;
    let is_cut = head.len() == HEAD;
    let dialect = Dialect::sniff(&head, is_cut);
    let mut charset = Charset { label: doc.charset.clone() };
    let sample: Vec<Vec<String>> =
        dialect.rows(&head[dialect.skip..], is_cut).iter().skip(1).map(|row| charset.fields(row)).collect();
    let used = Rc::new(Cell::new(0));
    let mut whole = Cursor::new(head).chain(input);
    std::io::copy(&mut whole.by_ref().take(dialect.skip as u64), &mut std::io::sink())
        .map_err(|err| Error::io("read", origin, err))?;
    let mut reader = dialect.reader(Counted { input: whole, used: used.clone() });
    let mut record = ByteRecord::new();
    if !next(&mut reader, &mut record, &used, origin)? {
        return Err(Error::not_text(origin, "nothing but white space"));
    }
    if record.len() > columns::MOST {
        return Err(Error::input(origin, format!("at most {} columns", columns::MOST), record.len()));
    }
    let names: Vec<String> =
        charset.fields(&record).iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_owned()).collect();
    let mut columns = Columns::find(&names, &doc.columns, origin)?;
    columns.learn_serials(&sample);
    let text_is_last = columns.bodies.iter().any(|(at, _)| at + 1 == names.len());
    let mut seen = Seen::default();
    let mut count = 0u64;
    while next(&mut reader, &mut record, &used, origin)? {
        if record.iter().all(|field| field.trim_ascii().is_empty()) {
            continue;
        }
        count += 1;
        let line = record.position().map_or(0, csv::Position::line) + u64::from(dialect.skip > 0);
        let place = || format!("{origin} line {line}");
        let surplus = record.iter().skip(names.len()).any(|field| !field.trim_ascii().is_empty());
        if surplus && !text_is_last {
            let expected = format!("{} fields as in the header", names.len());
            let err = Error::input(place(), expected, record.len());
            emit(Err(err.hint("put fields that hold the separator or line ends into quotation marks")));
            continue;
        }
        let mut fields = charset.fields(&record);
        if surplus {
            // The text comes last, and nobody put its separators into quotation marks.
            let tail = fields.split_off(names.len() - 1);
            fields.push(tail.join(std::str::from_utf8(&[dialect.separator]).unwrap_or(",")));
        }
        match row::article(fields, &columns, &doc.name, doc.weigh) {
            Some(mut article) => {
                seen.tell_apart(&mut article, &record);
                emit(Ok(article));
            }
            None => emit(Err(Error::input(place(), "a row with a title or a text", "neither"))),
        }
    }
    match count {
        0 => Err(Error::input(origin, "rows below the header", "none")),
        _ => Ok(()),
    }
}

/// Reads a row, of at most [`LONGEST`] bytes.
fn next<R: Read>(reader: &mut csv::Reader<R>, record: &mut ByteRecord, used: &Cell<u64>, origin: &str) -> Result<bool> {
    used.set(0);
    let line = reader.position().line();
    reader.read_byte_record(record).map_err(|err| {
        if used.get() > LONGEST {
            return Error::input(
                format!("{origin} line {line}"),
                format!("a row of at most {} MiB", LONGEST >> 20),
                "a longer one",
            )
            .hint("a quotation mark may not be closed; the rows before it were read");
        }
        let reason = std::io::Error::other(err.to_string());
        Error::io("read", origin, reason)
    })
}

/// Counts what is read for one row, and stops when it takes too much.
struct Counted<R> {
    input: R,
    used: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.used.get() > LONGEST {
            return Err(std::io::Error::other("the row is too long"));
        }
        let taken = self.input.read(buffer)?;
        self.used.set(self.used.get() + taken as u64);
        Ok(taken)
    }
}

/// The encoding of a table that is not UTF-8: declared, or found out once.
struct Charset {
    label: Option<String>,
}

/// Encodings that tables are exported in.
const LABELS: &[&str] = &[
    "windows-1252",
    "windows-1251",
    "windows-1250",
    "windows-1254",
    "windows-1253",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "koi8-r",
    "koi8-u",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-7",
    "macintosh",
    "ibm866",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "euc-kr",
];

impl Charset {
    /// The fields of a row as text.
    fn fields(&mut self, record: &ByteRecord) -> Vec<String> {
        let fields = record.iter().map(|field| match std::str::from_utf8(field) {
            Ok(text) => text.to_owned(),
            Err(_) => self.decode(field, record.as_slice()),
        });
        fields.collect()
    }

    fn decode(&mut self, field: &[u8], row: &[u8]) -> String {
        if self.label.is_none() {
            // A row says more about its encoding than a field.
            let guessed = markup::decode(row, None);
            let same = |label: &&&str| markup::decode(row, Some(label)) == guessed;
            self.label = Some((*LABELS.iter().find(same).unwrap_or(&"windows-1252")).to_owned());
        }
        let text = markup::decode(field, self.label.as_deref());
        text.unwrap_or_else(|| String::from_utf8_lossy(field).into_owned())
    }
}

/// What tells rows apart that were seen before.
#[derive(Default)]
struct Seen {
    hashes: HashSet<u64>,
}

impl Seen {
    /// An id that another row has, too, does not tell them apart: then the content does so with it.
    fn tell_apart(&mut self, article: &mut Article, record: &ByteRecord) {
        /// So many are remembered: some 20 MB. In longer tables, ids are believed.
        const MOST: usize = 1 << 20;
        use std::hash::{DefaultHasher, Hash, Hasher};
        let hash = |of: &dyn Fn(&mut DefaultHasher)| {
            let mut hasher = DefaultHasher::new();
            of(&mut hasher);
            hasher.finish()
        };
        let own = hash(&|hasher| article.fragment.hash(hasher));
        if self.hashes.contains(&own) {
            let content = <sha2::Sha256 as sha2::Digest>::digest(record.as_slice());
            let hex: String = content.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
            article.fragment = format!("{} {hex}", article.fragment);
        } else if self.hashes.len() < MOST {
            self.hashes.insert(own);
        }
    }
}

#[cfg(test)]
mod tests;

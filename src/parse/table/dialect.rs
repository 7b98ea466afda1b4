//! How a table is written: what parts its columns, and whether quotation marks enclose fields.

use csv::{ByteRecord, ReaderBuilder};

use super::columns;

/// The marks of one way of writing tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub separator: u8,
    /// Whether quotation marks enclose fields that hold separators or line ends.
    pub is_quoted: bool,
    /// Whether `\"` stands for a quotation mark in such a field, and not only `""`.
    pub is_escaped: bool,
    /// How many bytes stand before the header line (`sep=;`).
    pub skip: usize,
}

/// Columns whose names are looked at for the same end.
const LOOKED_AT: usize = 100;

/// Rows that are looked at to tell one way from another.
const ROWS: usize = 50;

impl Dialect {
    /// The way that fits the head of a table best. `is_cut` says that the head ends anywhere.
    pub fn sniff(head: &[u8], is_cut: bool) -> Dialect {
        let (skip, declared) = excel_line(head);
        let head = &head[skip..];
        let has = |pair: &[u8]| memchr::memmem::find(head, pair).is_some();
        let is_escaped = has(b"\\\"") && !has(b"\"\"");
        let separators: &[u8] = match &declared {
            Some(separator) => std::slice::from_ref(separator),
            None => b",;\t|",
        };
        let mut best = (Score::default(), Dialect { separator: b',', is_quoted: true, is_escaped, skip });
        for &separator in separators {
            for is_quoted in [true, false] {
                let dialect = Dialect { separator, is_quoted, is_escaped, skip };
                let score = dialect.score(head, is_cut);
                if score > best.0 {
                    best = (score, dialect);
                }
            }
        }
        best.1
    }

    /// A reader of rows with these marks, the header line among them.
    pub fn reader<R: std::io::Read>(&self, input: R) -> csv::Reader<R> {
        ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .quoting(self.is_quoted)
            .escape(self.is_escaped.then_some(b'\\'))
            .buffer_capacity(64 << 10)
            .from_reader(input)
    }

    /// The first rows, as far as the head holds them whole.
    pub fn rows(&self, head: &[u8], is_cut: bool) -> Vec<ByteRecord> {
        let mut rows: Vec<ByteRecord> =
            self.reader(head).into_byte_records().take(ROWS + 1).map_while(Result::ok).collect();
        if is_cut && rows.len() <= ROWS && rows.len() > 1 {
            rows.pop();
        }
        rows
    }

    fn score(&self, head: &[u8], is_cut: bool) -> Score {
        let rows = self.rows(head, is_cut);
        let Some(header) = rows.first() else { return Score::default() };
        if header.len() < 2 {
            return Score::default();
        }
        let known =
            header.iter().take(LOOKED_AT).filter(|name| columns::is_known(&String::from_utf8_lossy(name))).count();
        let fitting = rows.iter().filter(|row| row.len() == header.len()).count();
        Score { known, fitting: fitting * 100 / rows.len(), rows: rows.len(), columns: header.len() }
    }
}

/// What speaks for a dialect, the weightiest first.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    known: usize,
    /// Rows that have as many fields as the header, in percent.
    fitting: usize,
    rows: usize,
    columns: usize,
}

/// The line `sep=;` that Excel takes for the separator: its length with the line end, and the separator.
fn excel_line(head: &[u8]) -> (usize, Option<u8>) {
    let bare = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let is_so = bare.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"sep="));
    let separator = bare.get(4).copied().filter(|byte| is_so && byte.is_ascii() && !byte.is_ascii_alphanumeric());
    match (separator, memchr::memchr(b'\n', &bare[..bare.len().min(8)])) {
        (Some(separator), Some(end)) => (head.len() - bare.len() + end + 1, Some(separator)),
        _ => (0, None),
    }
}

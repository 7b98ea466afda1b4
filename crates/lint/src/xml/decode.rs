//! Bytes as text: what is declared, what the bytes are, and where they disagree.

use std::borrow::Cow;

use crate::grammar::{is_ascii_name, is_charset};
use crate::place::Places;
use crate::report::{Report, shown};
use crate::rules::xml;
use feedmill_markup as markup;

/// The XML declaration stands within so many bytes, if anywhere.
const DECLARATION: usize = 400;
/// Encodings beside UTF-8 and ASCII that every XML reader knows.
const COMMON: [&str; 6] = ["utf-16", "iso-8859-1", "windows-1252", "utf-16le", "utf-16be", "latin1"];

/// The text of a document; `None` where the bytes are no text.
pub(crate) fn decode<'b>(bytes: &'b [u8], charset: Option<&str>, report: &mut Report) -> Option<Cow<'b, str>> {
    let mut note = |rule, found: String| report.plain(rule, &mut Places::new(""), 0, found);
    let (rest, mark) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (rest, Some("utf-8")),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => (bytes, Some("utf-32")),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => (bytes, Some("utf-16")),
        _ => (bytes, None),
    };
    let declared = declared(rest).map(|name| name.to_ascii_lowercase());
    if let (Some(mark), Some(declared)) = (mark, &declared)
        && !declared.starts_with(mark)
    {
        note(&xml::ENCODING_MARK, format!("the mark of {mark} and the declaration of {}", shown(declared)));
    }
    let label = mark.or(charset).or(declared.as_deref());
    if let Some(declared) = &declared {
        match markup::encoding_name(declared) {
            None if is_charset(declared) => note(&xml::ENCODING_OBSCURE, shown(declared)),
            None => note(&xml::ENCODING_NAME, shown(declared)),
            Some("UTF-8") => {}
            Some(_) if is_ascii_name(declared) => {}
            Some(name) if COMMON.contains(&declared.as_str()) => note(&xml::ENCODING_NOT_UTF8, name.to_owned()),
            Some(name) => note(&xml::ENCODING_OBSCURE, name.to_owned()),
        }
    }
    let is_wide = matches!(mark, Some("utf-16" | "utf-32"));
    let says_wide = declared.as_deref().is_some_and(|name| {
        ["utf-16", "utf-32", "ucs-2", "ucs-4", "iso-10646-ucs-"].iter().any(|wide| name.starts_with(wide))
    });
    if says_wide && mark.is_none() && !rest.iter().take(DECLARATION).any(|byte| *byte == 0) {
        note(&xml::ENCODING_WRONG, "one byte for a letter, where two or four are declared".to_owned());
    }
    if !is_wide && let Ok(text) = std::str::from_utf8(rest) {
        if text.contains('\0') {
            // UTF-16 without a mark may be UTF-8 with NULs in it.
            if let Some(text) = markup::decode(rest, label)
                && !text.contains('\0')
            {
                return Some(Cow::Owned(text));
            }
        }
        let is_other = label.and_then(markup::encoding_name).filter(|name| *name != "UTF-8");
        if let Some(name) = is_other
            && let Some(at) = text.find(|c: char| !c.is_ascii())
        {
            let (rule, found) = match label.is_some_and(is_ascii_name) {
                true => (&xml::ENCODING_WRONG, "ASCII declared, and another letter in the bytes".to_owned()),
                false => (&xml::ENCODING_DECLARED, format!("{name} declared, and UTF-8 in the bytes")),
            };
            report.plain(rule, &mut Places::new(text), at, found);
        }
        return Some(Cow::Borrowed(text));
    }
    let text = markup::decode(bytes, label)?;
    if let Some(at) = rest.iter().position(|byte| !byte.is_ascii()).filter(|_| label.is_some_and(is_ascii_name)) {
        let before = std::str::from_utf8(&rest[..at]).unwrap_or_default();
        let found = format!("the byte {:#04X}, which is not ASCII", rest[at]);
        report.plain(&xml::ENCODING_WRONG, &mut Places::new(before), at, found);
    }
    let is_utf8 = label.is_none_or(|label| markup::encoding_name(label).is_none_or(|name| name == "UTF-8"));
    if is_utf8 && !is_wide {
        let at = std::str::from_utf8(rest).err().map_or(0, |err| err.valid_up_to());
        let before = std::str::from_utf8(&rest[..at]).unwrap_or_default();
        let found = format!("the byte {:#04X}, which is no UTF-8", rest.get(at).copied().unwrap_or_default());
        report.plain(&xml::ENCODING_WRONG, &mut Places::new(before), at, found);
    }
    if label == Some("iso-8859-1")
        && let Some(at) = rest.iter().position(|byte| matches!(byte, 0x80..=0x9F))
    {
        let before = text.char_indices().nth(at).map_or(0, |(offset, _)| offset);
        let found = format!("the byte {:#04X}: windows-1252 declared as ISO 8859-1", rest[at]);
        report.plain(&xml::CONTROL, &mut Places::new(&text), before, found);
    }
    Some(Cow::Owned(text))
}

/// What is wrong with the inside of an XML declaration (XML 1.0 section 2.8): version, encoding and standalone, each
/// once at most and in this order. That there is no version is a fault of its own.
pub(super) fn fault_of_declaration(text: &str) -> Option<String> {
    const ORDER: [&str; 3] = ["version", "encoding", "standalone"];
    let mut next = 0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim();
        let Some(at) = ORDER.iter().skip(next).position(|known| *known == name) else {
            return Some(format!("{} in the XML declaration", shown(name)));
        };
        next += at + 1;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, left) = after[1..].split_once(quote)?;
        if name == "standalone" && !matches!(value, "yes" | "no") {
            return Some(format!("standalone={}", shown(value)));
        }
        rest = left.trim_start();
    }
    None
}

/// The encoding of the XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    // In UTF-16 every other byte is NUL.
    let head: String = bytes
        .iter()
        .take(DECLARATION)
        .filter(|byte| **byte != 0 && byte.is_ascii())
        .map(|byte| char::from(*byte))
        .collect();
    let declaration = head.split_once("<?xml")?.1.split_once("?>")?.0;
    let after = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split_once(quote).map(|(name, _)| name.trim().to_owned())
}

//! The written form of a [`Record`]: YAML front matter in a fixed key order, then the body.
//!
//! ```text
//! ---
//! title: Storm closes the harbour
//! date: 2023-07-09
//! id: urn:uuid:5f0c9f0e-7a0c-5d3c-9f0e-2b0d6a4f1c11
//! published: 2023-07-09T12:00:00+01:00
//! tags:
//! - weather
//! provenance:
//!   title: first sentence
//!   date:
//!     rule: first line
//!     raw: 2023-07-09
//!     confidence: high
//!   origin: inbox/storm.txt
//!   format: text
//!   sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! ---
//!
//! Storm closes the harbour …
//! ```
//!
//! Hugo, Jekyll and Zola read the keys that they know (`title`, `date`, `draft`, `tags`, `description`, …).
//! [`write()`] and [`read()`] are exact inverses; [`read()`] also takes what a person may write by hand.

mod front;
mod read;
mod yaml;

pub use read::{Draft, Withdrawal, read, read_draft};

use sha2::{Digest, Sha256};

use super::Record;

/// The record as it stands in its file.
pub fn write(record: &Record) -> String {
    let mut out = String::with_capacity(record.article.body.text.len() + 1024);
    out.push_str("---\n");
    front::write(record, &mut out);
    out.push_str("---\n\n");
    out.push_str(&record.article.body.text);
    out
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(bytes);
    let mut hex = String::with_capacity(64);
    for byte in digest {
        hex.push(DIGITS[usize::from(byte >> 4)] as char);
        hex.push(DIGITS[usize::from(byte & 15)] as char);
    }
    hex
}

#[cfg(test)]
mod tests;

//! XML as it is found: read leniently, within limits, one element at a time.
//!
//! The way is the same for every format that is XML. [`text`] makes text of bytes and repairs it, so that what
//! follows sees well-formed tags, known characters and no document type; the entities that the document declares for itself
//! are expanded. [`Walk`] goes through it, keeps starts and
//! ends in balance, resolves namespaces to a [`Vocabulary`], follows `xml:base` and `xml:lang`, and is the guard: it
//! ends at the first limit that is passed. Nothing here recurses, and nothing but the text itself is held.

mod decode;
mod element;
mod entities;
mod repair;
mod start;
mod vocabulary;
mod walk;

pub(super) use decode::{Trouble, text, well_formed};
pub(super) use element::{Element, Want, skip};
pub(super) use start::start;
pub(super) use vocabulary::Vocabulary;
pub(super) use walk::{Step, Tag, Walk};

/// The longest document, in bytes as it comes and as text. The largest captured feeds have a tenth of it.
pub(super) const LONGEST: usize = 32 << 20;

/// What the repair may add to a document (`&` becomes `&amp;`) before it counts as too long.
const GROWTH: usize = 8 << 20;

/// The deepest nesting. Content of pages that were made by hand stays below 50; readers that recurse die above.
const DEEPEST: usize = 200;

/// The most elements.
const MOST_ELEMENTS: usize = 2_000_000;

//! XML as a stream of steps, with a finding for everything that XML forbids.

mod attributes;
mod decode;
mod doctype;
mod walk;

pub(super) use attributes::Attribute;
pub(super) use decode::decode;

pub(super) use walk::{Step, Tag, Walk, judge_characters};

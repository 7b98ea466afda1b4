//! Archives of files that `tar` writes.

use std::ops::ControlFlow;

use chrono::DateTime;

use super::{Layers, Unpacker, members};
use crate::error::{Error, Result};
use crate::source::{Document, Each};

const BLOCK: usize = 512;

/// Whether the bytes begin with the header of a member: every tar program, however old, writes its checksum.
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..BLOCK) else { return false };
    let field = &header[148..156];
    let digits: Vec<u8> = field.iter().copied().skip_while(|b| *b == b' ').take_while(u8::is_ascii_digit).collect();
    let declared = std::str::from_utf8(&digits).ok().and_then(|digits| u32::from_str_radix(digits, 8).ok());
    // The field itself counts as blanks.
    let sum: u32 = header
        .iter()
        .enumerate()
        .map(|(at, byte)| match at {
            148..156 => u32::from(b' '),
            _ => u32::from(*byte),
        })
        .sum();
    header[0] != 0 && declared == Some(sum)
}

/// Passes on the regular files in the archive.
///
/// # Errors
/// The archive is damaged or ends too early; what came before was passed on.
pub(super) fn members(
    unpacker: &Unpacker,
    doc: &mut Document<'_>,
    layers: Layers,
    each: Each<'_>,
) -> Result<ControlFlow<()>> {
    let mut archive = ::tar::Archive::new(unpacker.raw(doc.stream(), layers));
    let damaged = |err: std::io::Error| {
        Error::input(&doc.origin, "a tar archive", &err).hint("what stands before the damage was read").caused_by(err)
    };
    for member in archive.entries().map_err(damaged)? {
        let member = member.map_err(damaged)?;
        if unpacker.budget.is_exceeded() {
            return Err(damaged(super::Budget::exceeded()));
        }
        if !member.header().entry_type().is_file() && !member.header().entry_type().is_contiguous() {
            continue;
        }
        let Some(path) = members::path(&String::from_utf8_lossy(&member.path_bytes())) else { continue };
        let modified = member.header().mtime().ok().and_then(|at| DateTime::from_timestamp(i64::try_from(at).ok()?, 0));
        let opened = doc.inside_stream(&path, unpacker.budget.unpacking(member)).map(|mut inner| {
            inner.modified = modified.filter(|at| at.timestamp() > 0).or(doc.modified);
            inner
        });
        if each(opened).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

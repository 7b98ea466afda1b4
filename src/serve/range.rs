//! A part of a file (RFC 9110 section 14).

use std::ops::Range;

/// What `Range` asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes that there are not: 416.
    Outside,
    /// Everything: another unit, several ranges, or nothing that makes sense. Several ranges would be an answer of
    /// several parts, which may be larger than the file; sending all of it is always right (section 14.2).
    Whole,
}

/// Reads the value of `Range` for a file of `length` bytes.
pub(super) fn read(value: &str, length: u64) -> Part {
    let Some((unit, set)) = value.split_once('=') else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") || set.contains(',') {
        return Part::Whole;
    }
    let Some((first, last)) = set.trim().split_once('-') else { return Part::Whole };
    match (number(first), number(last)) {
        (None, Some(suffix)) if first.is_empty() => match suffix.min(length) {
            0 => Part::Outside,
            suffix => Part::Bytes(length - suffix..length),
        },
        (Some(first), None) if last.is_empty() => within(first, u64::MAX, length),
        (Some(first), Some(last)) if first <= last => within(first, last, length),
        _ => Part::Whole,
    }
}

fn within(first: u64, last: u64, length: u64) -> Part {
    if first >= length { Part::Outside } else { Part::Bytes(first..last.min(length - 1) + 1) }
}

/// Digits only; a number beyond all files is beyond this one too.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_of_bytes_or_everything() {
        for (value, expected) in [
            ("bytes=0-0", Part::Bytes(0..1)),
            ("bytes=2-5", Part::Bytes(2..6)),
            ("Bytes=2-", Part::Bytes(2..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-99", Part::Bytes(0..10)),
            ("bytes=8-99999999999999999999999", Part::Bytes(8..10)),
            ("bytes=10-", Part::Outside),
            ("bytes=99999999999999999999999-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=5-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=1--2", Part::Whole),
            ("items=0-1", Part::Whole),
            ("0-1", Part::Whole),
        ] {
            assert_eq!(read(value, 10), expected, "{value}");
        }
        assert_eq!(read("bytes=0-", 0), Part::Outside);
        assert_eq!(read("bytes=-1", 0), Part::Outside);
    }
}

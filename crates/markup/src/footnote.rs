//! The ids of footnotes: the only ones that published HTML may carry.

/// How long a stem is.
pub(crate) const LENGTH: usize = 16;

/// What the ids of the footnotes of a text have in common, and those of no other text: a checksum (FNV-1a) of it.
pub(crate) fn stem(text: &str) -> String {
    let sum = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{sum:016x}")
}

/// Whether an id is that of a footnote or of the place that mentions it: `fn-<stem>-1`, `fnref-<stem>-1`.
pub(crate) fn is_id(id: &str) -> bool {
    let rest = id.strip_prefix("fnref-").or_else(|| id.strip_prefix("fn-"));
    rest.and_then(|rest| rest.split_once('-')).is_some_and(|(stem, number)| {
        stem.len() == LENGTH
            && stem.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
            && (1..=6).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

//! Taking back the `>` that a mailbox puts before lines which would look like separators.

/// The message as it was before it was put into the mailbox.
///
/// mboxo writes `>From ` for `From `, mboxrd one `>` more before any number of them; no mailbox says which it is. A
/// line loses one `>`, unless a line beside it is quoted as deeply, for then its marks are those of a quotation that
/// mboxo left alone (`>Hello` / `>From now on`).
pub(super) fn unquote(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len());
    let mut kept = 0;
    for found in memchr::memmem::find_iter(message, b">From ") {
        // The whole run of marks must begin a line.
        let marks = message[..found].iter().rev().take_while(|byte| **byte == b'>').count();
        let start = found - marks;
        if start > 0 && message[start - 1] != b'\n' || start < kept {
            continue;
        }
        let depth = marks + 1;
        let before = message[..start].strip_suffix(b"\n").map_or(0, |above| {
            let line = memchr::memrchr(b'\n', above).map_or(0, |at| at + 1);
            quoted(&above[line..])
        });
        let after = memchr::memchr(b'\n', &message[start..]).map_or(0, |end| quoted(&message[start + end + 1..]));
        if before == depth || after == depth {
            continue;
        }
        out.extend_from_slice(&message[kept..start]);
        kept = start + 1;
    }
    out.extend_from_slice(&message[kept..]);
    out
}

/// How many marks a line begins with; one that may be such a mailbox's own doing says nothing.
fn quoted(line: &[u8]) -> usize {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    if line[marks..].starts_with(b"From ") { 0 } else { marks }
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn marks_of_the_mailbox_go_and_those_of_quotations_stay() {
        for (given, expected) in [
            ("a\n>From now on\nb\n", "a\nFrom now on\nb\n"),
            ("a\n>>From now on\nb\n", "a\n>From now on\nb\n"),
            (">Hello\n>From now on\n>bye\n", ">Hello\n>From now on\n>bye\n"),
            (">Hello\n>>From now on\n>bye\n", ">Hello\n>From now on\n>bye\n"),
            ("> Hello\n> From now on\n", "> Hello\n> From now on\n"),
            ("x >From now\n", "x >From now\n"),
            (">From a\n>From b\n", "From a\nFrom b\n"),
            (">From", ">From"),
            ("a\r\n>From now on\r\n", "a\r\nFrom now on\r\n"),
        ] {
            assert_eq!(String::from_utf8(unquote(given.as_bytes())).unwrap(), expected, "{given:?}");
        }
    }

    #[test]
    fn a_flood_of_marks_takes_no_time() {
        let flood = [vec![b'>'; 1 << 20], b"From x\n".repeat(1 << 10)].concat();
        assert_eq!(unquote(&flood).len() + 1, flood.len());
        let many = b">From x\n".repeat(1 << 16);
        assert_eq!(unquote(&many).len(), many.len() - (1 << 16));
    }
}

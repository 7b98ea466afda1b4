//! `format=flowed` (RFC 3676): lines that were broken by the mailer, put together again.

/// The text with its paragraphs on one line each; fixed lines stay as they are.
///
/// A line that ends with a blank goes on in the next one of the same depth of quotation, but for the line `-- ` before
/// a signature. A blank that was stuffed in front of a line goes; with `del_sp` so does the blank at its end.
pub(super) fn unwrap(text: &str, del_sp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The depth of the line that the next one may go on.
    let mut open: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let depth = line.len() - line.trim_start_matches('>').len();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_signature = content == "-- ";
        let goes_on = content.ends_with(' ') && !is_signature;
        // A blank line parts paragraphs, whatever the one before it ends with.
        if open != Some(depth) || is_signature || content.is_empty() {
            if !out.is_empty() {
                trim_end(&mut out);
                out.push('\n');
            }
            if depth > 0 {
                out.extend(std::iter::repeat_n('>', depth));
                out.push(' ');
            }
        }
        match content.strip_suffix(' ').filter(|_| goes_on && del_sp) {
            Some(content) => out.push_str(content),
            None => out.push_str(content),
        }
        open = goes_on.then_some(depth);
    }
    if text.ends_with('\n') {
        trim_end(&mut out);
        out.push('\n');
    }
    out
}

/// Takes blanks off the last line, except off the mark of a signature.
fn trim_end(out: &mut String) {
    let start = out.rfind('\n').map_or(0, |at| at + 1);
    if &out[start..] != "-- " {
        let end = start + out[start..].trim_end_matches(' ').len();
        out.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::unwrap;

    #[test]
    fn lines_of_a_paragraph_are_joined() {
        for (given, del_sp, expected) in [
            ("The ferry \nleaves at \nten.\nNot before.\n", false, "The ferry leaves at ten.\nNot before.\n"),
            ("one \n\ntwo\n", false, "one\n\ntwo\n"),
            ("> quoted \n> text\nreply \nhere\n", false, "> quoted text\nreply here\n"),
            (">> deep \n> less\n", false, ">> deep\n> less\n"),
            ("text \n-- \nJane\n", false, "text\n-- \nJane\n"),
            (" >not quoted\n From here\n", false, ">not quoted\nFrom here\n"),
            ("日本 \n語\n", true, "日本語\n"),
            ("a long \nline", false, "a long line"),
            ("", false, ""),
        ] {
            assert_eq!(unwrap(given, del_sp), expected, "{given:?}");
        }
    }
}

//! Fenced code, line by line.

/// Which lines of a Markdown text are fenced code, asked from the first to the last.
#[derive(Default)]
pub(super) struct Fences<'m> {
    open: Option<&'m str>,
}

impl<'m> Fences<'m> {
    /// Whether the line is of a fenced block, its fences included.
    pub(super) fn hold(&mut self, line: &'m str) -> bool {
        let mark = fence_mark(line);
        match (self.open, mark) {
            (None, Some(mark)) => self.open = Some(mark),
            (Some(open), Some(mark)) if mark.starts_with(open) && line.trim().len() == mark.len() => self.open = None,
            _ => {}
        }
        self.open.is_some() || mark.is_some()
    }
}

/// The row of backticks or tildes that opens or closes a fenced block, if the line is such.
fn fence_mark(line: &str) -> Option<&str> {
    let text = line.trim_start_matches([' ', '>']);
    let sign = text.chars().next().filter(|ch| matches!(ch, '`' | '~'))?;
    let length = text.len() - text.trim_start_matches(sign).len();
    (length >= 3 && !(sign == '`' && text[length..].contains('`'))).then(|| &text[..length])
}

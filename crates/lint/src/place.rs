//! Offsets as lines and columns.

use memchr::memchr_iter;

/// Bytes between two points whose column is known, so that a finding far into a line of megabytes is cheap.
const STRIDE: usize = 4096;

/// Where the lines of a text begin. Made when the first place is asked for: most documents are in order.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Offset, line and column (from 1) of the beginnings of lines, and of points within long ones.
    known: Vec<(usize, usize, usize)>,
}

impl<'t> Places<'t> {
    pub fn new(text: &'t str) -> Self {
        Places { text, known: Vec::new() }
    }

    /// The line and the column in characters, both from 1, of a byte offset.
    pub fn of(&mut self, at: usize) -> (usize, usize) {
        if self.known.is_empty() {
            self.survey();
        }
        let at = at.min(self.text.len());
        let before = self.known.partition_point(|(offset, ..)| *offset <= at).saturating_sub(1);
        let (offset, line, column) = self.known[before];
        (line, column + starts(&self.text.as_bytes()[offset..at]))
    }

    fn survey(&mut self) {
        let bytes = self.text.as_bytes();
        let mut line = 1;
        let mut start = 0;
        for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
            let mut column = 1;
            self.known.push((start, line, column));
            while end - start > STRIDE {
                column += starts(&bytes[start..start + STRIDE]);
                start += STRIDE;
                self.known.push((start, line, column));
            }
            (start, line) = (end + 1, line + 1);
        }
    }
}

/// How many characters begin in the bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn columns_count_characters() {
        let mut places = Places::new("ab\nçé€x\n");
        assert_eq!(
            [0, 2, 3, 7, 10, 11, 99].map(|at| places.of(at)),
            [(1, 1), (1, 3), (2, 1), (2, 3), (2, 4), (2, 5), (3, 1)]
        );
        assert_eq!(Places::new("").of(5), (1, 1));
    }

    #[test]
    fn long_lines_are_counted_once() {
        let text = format!("x\n{}z", "ä".repeat(1_000_000));
        assert_eq!(Places::new(&text).of(text.len() - 1), (2, 1_000_001));
    }
}

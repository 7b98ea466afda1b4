//! One field of a cron schedule: what may stand in it, and the bits that it comes to.

use super::Fault;

/// What a field counts.
pub(super) struct Field {
    pub(super) noun: &'static str,
    pub(super) least: u32,
    pub(super) most: u32,
    pub(super) names: &'static [&'static str],
}

pub(super) const MINUTE: Field = Field { noun: "a minute", least: 0, most: 59, names: &[] };
pub(super) const HOUR: Field = Field { noun: "an hour", least: 0, most: 23, names: &[] };
pub(super) const DAY: Field = Field { noun: "a day of the month", least: 1, most: 31, names: &[] };
pub(super) const MONTH: Field = Field {
    noun: "a month",
    least: 1,
    most: 12,
    names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
/// 7 is Sunday too.
pub(super) const WEEKDAY: Field =
    Field { noun: "a day of the week", least: 0, most: 7, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] };

/// A piece of the schedule with the characters before it.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Piece<'a> {
    /// The pieces between separators; the separator counts as a character.
    pub(super) fn split(self, separator: char) -> impl Iterator<Item = Piece<'a>> {
        let mut at = self.at;
        self.text.split(separator).map(move |text| {
            let piece = Piece { text, at };
            at += text.chars().count() + 1;
            piece
        })
    }

    pub(super) fn split_once(self, separator: char) -> Option<(Piece<'a>, Piece<'a>)> {
        let (before, after) = self.text.split_once(separator)?;
        let at = self.at + before.chars().count() + 1;
        Some((Piece { text: before, ..self }, Piece { text: after, at }))
    }
}

impl Field {
    /// One number or name.
    pub(super) fn value(&self, piece: Piece) -> Result<u32, Fault> {
        if let Some(at) = self.names.iter().position(|name| name.eq_ignore_ascii_case(piece.text)) {
            return Ok(self.least + at as u32);
        }
        let number = Some(piece.text).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
        match number.and_then(|text| text.parse().ok()) {
            Some(value) if (self.least..=self.most).contains(&value) => Ok(value),
            _ => Err(self.wrong(piece)),
        }
    }

    /// The error for something that is none of its values.
    pub(super) fn wrong(&self, piece: Piece) -> Fault {
        let names = match (self.names.first(), self.names.last()) {
            (Some(first), Some(last)) => format!(", or {first} to {last}"),
            _ => String::new(),
        };
        let expected = format!("{} from {} to {}{names}", self.noun, self.least, self.most);
        let found = if piece.text.is_empty() { "nothing".to_owned() } else { format!("{:?}", piece.text) };
        let fault = Fault::new(piece.at, expected, found);
        match piece.text.parse::<u32>() {
            Ok(60) if self.most == 59 => fault.hint("the full hour is minute 0"),
            Ok(24) if self.most == 23 => fault.hint("midnight is hour 0"),
            _ => fault,
        }
    }

    /// `*`, `5`, `mon`, `1-5`, `*/15`, `8-18/2`, `5/15`: the bits of the values that it stands for.
    pub(super) fn range(&self, piece: Piece) -> Result<u64, Fault> {
        let (range, step) = match piece.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (piece, None),
        };
        let (first, last) = match range.split_once('-') {
            _ if range.text == "*" => (self.least, self.most),
            Some((first, last)) => {
                let (first, last) = (self.value(first)?, self.value(last)?);
                // `fri-sun` ends with the Sunday after it.
                let last = if self.most == 7 && last == 0 { 7 } else { last };
                if first > last {
                    return Err(Fault::new(range.at, "a range that goes up", format!("{:?}", range.text))
                        .hint(format!("write {first}-{},{}-{last}", self.most.min(self.names_end()), self.least)));
                }
                (first, last)
            }
            // `5/15` begins at 5 and goes on to the end, as Quartz has it.
            None => {
                let value = self.value(range)?;
                (value, if step.is_some() { self.most } else { value })
            }
        };
        // The second Sunday would make `*/2` count on from Sunday to Sunday.
        let last = if self.most == 7 && range.text == "*" { 6 } else { last };
        let step = match step {
            None => 1,
            Some(step) => self.step(step)?,
        };
        Ok((first..=last).step_by(step).fold(0, |bits, value| bits | 1 << value))
    }

    fn step(&self, piece: Piece) -> Result<usize, Fault> {
        let number = Some(piece.text).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
        match number.and_then(|text| text.parse::<usize>().ok()) {
            Some(step) if (1..=self.most as usize + 1).contains(&step) => Ok(step),
            _ => {
                let found = if piece.text.is_empty() { "nothing".to_owned() } else { format!("{:?}", piece.text) };
                Err(Fault::new(piece.at, format!("a step from 1 to {}", self.most + 1), found))
            }
        }
    }

    /// The largest value that is written once only: a week ends on 6.
    fn names_end(&self) -> u32 {
        if self.most == 7 { 6 } else { self.most }
    }
}

/// The values whose bits are set.
pub(super) fn values(bits: u64) -> impl Iterator<Item = u32> {
    (0..64).filter(move |value| bits >> value & 1 == 1)
}

//! Tables that are drawn as a grid of `+`, `-` and `|` (reStructuredText Markup Specification, "Grid Tables").

use super::tables::{Drawn, Place};

/// A larger drawing is none for readers.
const MOST_COLUMNS: usize = 2000;
const MOST_AREA: usize = 1 << 20;

/// Fills the second column of a character that takes two.
const FILLER: char = '\0';

/// Whether a line is the upper border of a grid.
pub(super) fn is_border(line: &str) -> bool {
    line.len() > 4
        && line.starts_with("+-")
        && line.ends_with('+')
        && line.bytes().all(|byte| matches!(byte, b'+' | b'-'))
}

/// How many columns a character takes in a drawing: two in East Asian scripts, none where it joins the one before.
pub(super) fn width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a000}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// A drawing, as a rectangle of characters.
struct Grid {
    lines: Vec<Vec<char>>,
    /// Marks that join the character before them, by line and column; they have no column of their own.
    joined: Vec<(usize, usize, char)>,
    /// How often a character may still be looked at: borders that cross everywhere would take cubic time.
    work: usize,
}

/// A rectangle in the drawing: its borders.
struct Area {
    top: usize,
    left: usize,
    bottom: usize,
    right: usize,
}

/// The cells of a drawing; `None` where its borders do not come to rectangles that fill it.
pub(super) fn read(lines: &[&str]) -> Option<Drawn> {
    let columns = lines[0].len();
    if columns > MOST_COLUMNS || columns * lines.len() > MOST_AREA || lines.len() < 3 {
        return None;
    }
    let mut grid = Grid { lines: Vec::new(), joined: Vec::new(), work: 40 * columns * lines.len() };
    for (number, line) in lines.iter().enumerate() {
        let mut row = Vec::with_capacity(columns);
        for c in line.chars() {
            match width(c) {
                0 => grid.joined.push((number, row.len(), c)),
                wide => row.extend([c].into_iter().chain(std::iter::repeat_n(FILLER, wide - 1))),
            }
        }
        if row.len() > columns {
            return None;
        }
        row.resize(columns, ' ');
        grid.lines.push(row);
    }
    // A line of `=` parts the header from the rest, and is a border like any other.
    let is_parting = |row: &Vec<char>| row[0] == '+' && row[1] == '=' && row.iter().all(|c| matches!(c, '+' | '='));
    let parting = grid.lines.iter().position(is_parting);
    for row in grid.lines.iter_mut().filter(|row| is_parting(row)) {
        row.iter_mut().filter(|c| **c == '=').for_each(|c| *c = '-');
    }
    let boxes = grid.boxes()?;
    let edge = |edges: &mut Vec<usize>, at: usize| {
        if let Err(place) = edges.binary_search(&at) {
            edges.insert(place, at);
        }
    };
    let (mut tops, mut lefts) = (Vec::new(), Vec::new());
    for found in &boxes {
        edge(&mut tops, found.top);
        edge(&mut tops, found.bottom);
        edge(&mut lefts, found.left);
        edge(&mut lefts, found.right);
    }
    let span = |edges: &[usize], from: usize, to: usize| {
        let place = |at: usize| edges.binary_search(&at).unwrap_or(0);
        (place(from), place(to) - place(from))
    };
    let mut drawn = Drawn { headers: 0, cells: Vec::new() };
    for found in &boxes {
        let (row, down) = span(&tops, found.top, found.bottom);
        let (_, across) = span(&lefts, found.left, found.right);
        drawn.cells.push(Place { row, across, down, lines: grid.text(found) });
    }
    drawn.headers = parting.and_then(|line| tops.binary_search(&line).ok()).unwrap_or(0);
    Some(drawn)
}

impl Grid {
    fn at(&mut self, line: usize, column: usize) -> Option<char> {
        self.work = self.work.checked_sub(1)?;
        self.lines.get(line)?.get(column).copied()
    }

    /// The boxes in the order of their upper left corners; `None` where some of the drawing is in none.
    fn boxes(&mut self) -> Option<Vec<Area>> {
        let (bottom, right) = (self.lines.len() - 1, self.lines[0].len() - 1);
        // How far down each column is done.
        let mut done = vec![0usize; right];
        let mut corners = std::collections::BTreeSet::from([(0, 0)]);
        let mut boxes = Vec::new();
        while let Some((top, left)) = corners.pop_first() {
            if top == bottom || left == right || top < done[left] {
                continue;
            }
            let Some(found) = self.close(top, left) else {
                // A `+` of a text looks like a corner.
                if self.work == 0 {
                    return None;
                }
                continue;
            };
            if done[left..found.right].iter().any(|line| *line != top) {
                return None;
            }
            done[left..found.right].fill(found.bottom);
            corners.insert((top, found.right));
            corners.insert((found.bottom, left));
            boxes.push(found);
        }
        (done.iter().all(|line| *line == bottom)).then_some(boxes)
    }

    /// The smallest box with that upper left corner.
    fn close(&mut self, top: usize, left: usize) -> Option<Area> {
        if self.at(top, left)? != '+' {
            return None;
        }
        let mut right = left;
        loop {
            right += 1;
            match self.at(top, right)? {
                '+' => {
                    if let Some(bottom) = self.down(top, left, right) {
                        return Some(Area { top, left, bottom, right });
                    }
                }
                '-' => {}
                _ => return None,
            }
        }
    }

    /// Where the right border ends so that a lower and a left border close the box.
    fn down(&mut self, top: usize, left: usize, right: usize) -> Option<usize> {
        let mut bottom = top;
        loop {
            bottom += 1;
            match self.at(bottom, right)? {
                '+' => {
                    if self.is_closed(top, left, bottom, right) {
                        return Some(bottom);
                    }
                }
                '|' => {}
                _ => return None,
            }
        }
    }

    fn is_closed(&mut self, top: usize, left: usize, bottom: usize, right: usize) -> bool {
        let lower = (left + 1..right).all(|column| matches!(self.at(bottom, column), Some('-' | '+')));
        lower
            && self.at(bottom, left) == Some('+')
            && (top + 1..bottom).all(|line| matches!(self.at(line, left), Some('|' | '+')))
    }

    fn text(&self, found: &Area) -> Vec<String> {
        let line = |number: usize| {
            let mut text = String::new();
            for column in found.left + 1..found.right {
                let c = self.lines[number][column];
                text.extend(Some(c).filter(|c| *c != FILLER));
                let joined = self.joined.binary_search_by_key(&(number, column + 1), |(line, at, _)| (*line, *at));
                text.extend(joined.ok().map(|at| self.joined[at].2));
            }
            text
        };
        (found.top + 1..found.bottom).map(line).collect()
    }
}

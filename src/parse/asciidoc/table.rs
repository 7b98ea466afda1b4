//! Tables between `|===` lines (AsciiDoc Language, "Tables").

/// The cells of a table row by row, and whether the first row is a header. `line` opens the table and `style` is what
/// the line above it says. A row stands on a line, or a cell does, with as many cells a row as the first line has or
/// `cols` says.
pub(super) fn rows(line: &str, inner: &[&str], style: &str) -> (Vec<Vec<String>>, bool) {
    let separator = line.chars().next().filter(|c| matches!(c, ',' | ':')).unwrap_or('|');
    let cells_of = |line: &str| -> Vec<String> {
        let line = if separator == '|' { line.strip_prefix('|') } else { Some(line) };
        line.map(|line| line.split(separator).map(|cell| cell.trim().to_owned()).collect()).unwrap_or_default()
    };
    let first = inner.iter().find(|line| !line.is_empty()).map_or(0, |line| cells_of(line).len());
    let mut cells: Vec<String> = Vec::new();
    for line in inner.iter().filter(|line| !line.is_empty()) {
        if separator != '|' || line.starts_with('|') {
            cells.extend(cells_of(line));
            continue;
        }
        match (line.split_once('|'), cells.last_mut()) {
            // `2+|wide`, `a|cell`: what stands before the bar says how, not what.
            (Some((how, _)), _) if how.len() <= 8 && !how.contains(' ') => cells.extend(cells_of(&line[how.len()..])),
            (_, Some(last)) => {
                last.push('\n');
                last.push_str(line);
            }
            _ => cells.push((*line).to_owned()),
        }
    }
    let declared = style.split_once("cols=").map(|(_, rest)| columns_in(rest)).filter(|columns| *columns > 0);
    let columns = declared.unwrap_or(first.max(1));
    let blank_below_first = inner.iter().skip_while(|line| line.is_empty()).nth(1).is_some_and(|line| line.is_empty());
    let has_header = blank_below_first && columns == first || style.contains("header");
    (cells.chunks(columns).map(<[String]>::to_vec).collect(), has_header)
}

/// `cols="1,2"`, `cols="3*"`, `cols=2*`.
fn columns_in(value: &str) -> usize {
    /// More are a mistake.
    const MOST: usize = 100;
    let value = value.trim_start_matches(['"', '\'']);
    let value = value.split(['"', '\'']).next().unwrap_or(value);
    let count = |part: &str| part.split_once('*').and_then(|(times, _)| times.trim().parse().ok()).unwrap_or(1usize);
    value.split([',', ';']).map(count).fold(0, usize::saturating_add).min(MOST)
}

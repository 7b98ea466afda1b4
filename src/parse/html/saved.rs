//! What programs that save pages write into them: where the page is from, and when it was saved.

use chrono::NaiveDate;

use feedmill_dates as dates;

/// How much of a page is looked through: these programs write at the top.
const HEAD: usize = 16 << 10;

/// Where a saved page is from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    /// Its address.
    pub url: Option<String>,
    /// The day on which it was saved.
    pub day: Option<NaiveDate>,
}

/// Reads the marks of browsers (`saved from url`), SingleFile and the Wayback Machine.
pub(super) fn read(html: &str) -> Saved {
    let mut end = html.len().min(HEAD);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let head = &html[..end];
    let mut saved = Saved::default();
    if let Some(rest) = behind(head, "saved from url=(") {
        // `(0037)` is the length of the address.
        saved.url = rest.split_once(')').and_then(|(_, rest)| address(rest));
    }
    if let Some(rest) = behind(head, "Page saved with SingleFile") {
        saved.url = behind(rest, "url:").and_then(address).or(saved.url);
        let day = behind(rest, "saved date:").map(|rest| rest.lines().next().unwrap_or_default());
        saved.day = day.and_then(|day| {
            let day = day.trim().trim_end_matches("-->").trim();
            let reading = dates::read(day).or_else(|| dates::read_prefix(day).map(|(reading, _)| reading))?;
            Some(reading.value.first_day())
        });
    }
    if let Some(rest) = behind(head, "__wm.wombat(\"") {
        saved.url = saved.url.or_else(|| address(rest));
        saved.day = saved.day.or_else(|| wayback_day(rest.split('"').nth(2)?));
    }
    if let Some((original, day)) = saved.url.as_deref().and_then(unarchived) {
        saved.url = Some(original.to_owned());
        saved.day = saved.day.or(day);
    }
    saved
}

/// The original of an address of the Wayback Machine, and the day of the copy.
pub(super) fn unarchived(url: &str) -> Option<(&str, Option<NaiveDate>)> {
    let rest = ["https://web.archive.org/web/", "http://web.archive.org/web/", "//web.archive.org/web/"]
        .iter()
        .find_map(|start| url.strip_prefix(start))?;
    let (stamp, original) = rest.split_once('/')?;
    let is_stamp = stamp.starts_with(|c: char| c.is_ascii_digit() || c == '*');
    (is_stamp && original.starts_with("http")).then(|| (original, wayback_day(stamp)))
}

fn wayback_day(stamp: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(stamp.get(..8)?, "%Y%m%d").ok()
}

fn behind<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.find(mark).map(|at| &text[at + mark.len()..])
}

fn address(text: &str) -> Option<String> {
    let text = text.trim_start();
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>')).unwrap_or(text.len());
    let url = text[..end].trim_end_matches("--");
    (url.starts_with("http://") || url.starts_with("https://")).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_saving_programs() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        for (html, url, saved) in [
            ("<!-- saved from url=(0025)https://example.org/a.html -->\n<html>", "https://example.org/a.html", None),
            (
                "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.org/b?c=d \n \
                 saved date: Sun Jul 09 2023 14:30:00 GMT+0200 (Central European Summer Time)\n-->",
                "https://example.org/b?c=d",
                day(2023, 7, 9),
            ),
            (
                "<html><head><script>__wm.wombat(\"http://example.org/c\",\"20120504030201\",\"https://x\");</script>",
                "http://example.org/c",
                day(2012, 5, 4),
            ),
            (
                "<!-- saved from url=(0060)https://web.archive.org/web/20120504030201/http://example.org/d -->",
                "http://example.org/d",
                day(2012, 5, 4),
            ),
        ] {
            assert_eq!(read(html), Saved { url: Some(url.to_owned()), day: saved });
        }
        assert_eq!(read("<html>saved from url=(12)"), Saved::default());
        assert_eq!(unarchived("https://web.archive.org/about/x"), None);
    }
}

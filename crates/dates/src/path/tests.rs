//! Paths that state dates, and paths that do not.

use super::*;

fn day(found: Option<Found>) -> String {
    found.map_or_else(|| "none".to_owned(), |found| found.reading.value.to_string())
}

#[test]
fn full_dates_at_the_start_of_segments() {
    for (path, expected) in [
        ("2015/04/03/x", "2015-04-03"),
        ("2015/04/03-x", "2015-04-03"),
        ("posts/2016-02-01-x.md", "2016-02-01"),
        ("2016-2-1-x.md", "2016-02-01"),
        ("20160201-x", "2016-02-01"),
        ("20160201.txt", "2016-02-01"),
        ("20200103101500-notes.org", "2020-01-03T10:15:00"),
        ("2016_02_01", "2016-02-01"),
        ("2016.02.01.txt", "2016-02-01"),
        ("news/2016/04/3/", "2016-04-03"),
        ("news/2016/4/3-x", "2016-04-03"),
        ("2016/feb/01/x", "2016-02-01"),
        ("2016/Februar/01", "2016-02-01"),
        ("2016-04/03", "2016-04-03"),
        ("/en/newsletters/2019/04/30/", "2019-04-30"),
        ("https://2001-02-03.example/2016/04/03/x?d=2011-01-01#2012-01-01", "2016-04-03"),
        ("https://web.archive.org/web/20130307194448/http://example.org/2008/05/26/x", "2008-05-26"),
        ("posts\\2016-02-01-x.md", "2016-02-01"),
        ("posts%2F2016-02-01%20x.md", "2016-02-01"),
        ("2010-01-01-dump/2016-02-01-x.md", "2016-02-01"),
        ("05-Jul-2001.txt", "2001-07-05"),
        ("27-05-2012-x.md", "2012-05-27"),
        ("journal/July 9, 2023.md", "2023-07-09"),
        ("journal/July 9th, 2023.md", "2023-07-09"),
        ("2016-02-01T10:30:00Z.txt", "2016-02-01T10:30:00Z"),
    ] {
        assert_eq!(day(in_path(path)), expected, "{path}");
    }
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for path in [
        "kali-linux-2026-1",
        "kali-linux-2026-1-1",
        "01-02-03",
        "1.66.1",
        "0000-0002-1825-0097",
        "2019-0012-0001",
        "2016-13-01-x",
        "2016-02-30",
        "2016-02-012",
        "2016-02-01st",
        "20161301",
        "201602011",
        "12345678901234567890",
        "x-2016-02-01",
        "2016/04/3-things-to-know",
        "3016-02-01",
        "2016.04-03",
        "%",
        "%zz%2",
        "",
        "///",
    ] {
        assert_eq!(in_path(path), None, "{path}");
    }
}

#[test]
fn the_place_is_what_states_the_date() {
    assert_eq!(in_path("news/2016/04/3/index.html").unwrap().place, "2016/04/3");
    assert_eq!(in_path("a/2016-02-01-x.md").unwrap().place, "2016-02-01");
    assert_eq!(in_path("07-05-2012-x").unwrap().reading.order, Order::Ambiguous);
}

#[test]
fn partial_paths() {
    for (path, expected) in [
        ("2016/04/x.md", "2016-04"),
        ("2016/4/x.md", "2016-04"),
        ("2016/feb/x.md", "2016-02"),
        ("blog/2016-02/x.md", "2016-02"),
        ("2016-02-x.md", "2016-02"),
        ("reports/2020q2.md", "2020-Q2"),
        ("reports/2020-Q2/x", "2020-Q2"),
        ("2016/x.md", "2016"),
        ("2016/2017-03/x.md", "2017-03"),
        ("archive/2016.md", "2016"),
    ] {
        assert_eq!(day(in_partial_path(path)), expected, "{path}");
    }
    for path in ["kali-linux-2026-1", "2026-1-x", "2016-x", "20160", "1066/x", "2016-1234", "2020q5", "2020q22", "x"] {
        assert_eq!(in_partial_path(path), None, "{path}");
    }
}

#[test]
fn values_are_paths_or_dates() {
    for (text, expected) in [
        ("2016-05-17 - Social Login", "2016-05-17"),
        ("/en/newsletters/2019/04/30/", "2019-04-30"),
        ("9. Juli 2023", "2023-07-09"),
        (" July 9, 2023 ", "2023-07-09"),
        ("2016-02-01-x", "2016-02-01"),
    ] {
        assert_eq!(day(in_value(text)), expected, "{text}");
    }
    for text in
        ["2001: A Space Odyssey", "1984", "May 2019", "Release 1.66.1", "July 4, 1000", "July 9, 2023 in pictures"]
    {
        assert_eq!(in_value(text), None, "{text}");
    }
}

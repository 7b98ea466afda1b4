//! What holds for every text and every value.

use proptest::prelude::*;

use super::*;

/// Every value that the contract allows, but for the centuries whose years are read as those of the Buddhist era.
fn values() -> impl Strategy<Value = DateValue> {
    let year = prop_oneof![1..=2399i32, 2701..=9999i32, 1900..2100i32];
    (year, 1..=12u32, 1..=31u32, 0..86_400u32, 0..1_000_000_000u32, prop::option::of(-1439..=1439i32), 0..6u8)
        .prop_filter_map("no such day", |(year, month, day, second, nano, offset, precision)| {
            let offset = offset.and_then(|minutes| chrono::FixedOffset::east_opt(minutes * 60));
            let nano = [0, nano, nano / 1_000_000 * 1_000_000][second as usize % 3];
            let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(second, nano)?;
            let local = chrono::NaiveDate::from_ymd_opt(year, month, day)?.and_time(time);
            match precision {
                0 => DateValue::year(year),
                1 => DateValue::quarter(year, month.div_ceil(3)),
                2 => DateValue::month(year, month),
                3 => DateValue::day(local.date()),
                4 => DateValue::minute(local, offset),
                _ => DateValue::second(local, offset),
            }
        })
}

/// Pieces that dates are made of, so that random texts come close to dates.
fn nearly_dates() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(
            "2016 04 3 27 12 99 0 2566 20160403 20160403101500 - / . , : :: T Z + ( ) [ ] < > ' h W Q2 年 月 日 년 令和 十 \
             元 th er (e)ko (a) -р сарын May mar. listopada Sun thứ tháng พ.ศ. г. UTC GMT CEST Europe/Berlin MET DST pm AM \
             de um at %2F \\ q ٣ ० 𞥐 İ ß ̈ é"
                .split_whitespace()
                .chain([" ", "\n", "\u{200f}", "\u{a0}"])
                .collect::<Vec<_>>()
        )
        .prop_map(str::to_owned),
        "\\PC",
        "[0-9]{1,4}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nothing_panics(text in prop_oneof![nearly_dates(), "\\PC{0,40}", any::<String>()]) {
        let _ = read(&text);
        if let Some((_, used)) = read_prefix(&text) {
            prop_assert!(text.is_char_boundary(used) && used <= text.len() && used > 0);
        }
        let _ = (in_path(&text), in_partial_path(&text), in_value(&text), key_role(&text));
    }

    #[test]
    fn mutated_dates_do_not_panic(value in values(), at in 0..30usize, c in any::<char>()) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        let at = at.min(text.len());
        text.insert(at, c);
        let text: String = text.into_iter().collect();
        let _ = (read(&text), read_prefix(&text), in_path(&text), in_partial_path(&text));
    }

    #[test]
    fn the_canonical_form_reads_back(value in values()) {
        let reading = read(&value.to_string());
        prop_assert_eq!(reading, Some(Reading { value, order: Order::Fixed }));
    }

    #[test]
    fn a_canonical_prefix_leaves_the_text(
        value in values().prop_filter("a prefix is a day or more", |value| value.precision() >= Precision::Day),
        tail in prop::sample::select(vec![" Text", ": Text", " — 10 people", "\n10:30"]),
    ) {
        let date = value.to_string();
        let text = format!("{date}{tail}");
        prop_assert_eq!(read_prefix(&text), Some((Reading { value, order: Order::Fixed }, date.len())));
    }

    #[test]
    fn what_feeds_carry_reads_back(value in values()) {
        if let Some(instant) = value.instant_in(&chrono::Utc) {
            let whole = instant - chrono::Duration::nanoseconds(i64::from(chrono::Timelike::nanosecond(&instant)));
            for text in [write::rfc822(&instant), write::rfc3339(&instant)] {
                let read = read(&text).and_then(|reading| reading.value.instant_in(&chrono::Utc));
                prop_assert_eq!(read, Some(whole), "{}", text);
            }
        }
    }
}

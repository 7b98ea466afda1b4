//! Every month of every language of the tables, in every form that dates take.

use super::names::{lookup, months, weekdays};
use super::read;

/// So many rows of the tables are of widely written languages; of the others only some names are listed.
const WIDELY: usize = 117;

/// Spellings of a day, `{d}`, `{m}` and `{y}` for its parts.
const FORMS: [&str; 18] = [
    "{d} {m} {y}",
    "{d}. {m} {y}",
    "{d} {m}, {y}",
    "{m} {d}, {y}",
    "{m} {d} {y}",
    "{y} {m} {d}",
    "{y}. {m} {d}.",
    "{d}-{m}-{y}",
    "{d} {m} {y} 10:30",
    "{d} {m} {y}, 10:30:07 +0200",
    "{m} {d}, {y} 10:30 PM EST",
    "10:30 {d} {m} {y}",
    "10:30 am, {m} {d}, {y}",
    "{d} {m} {y} 10:30 -0700 PDT",
    "{d} {m} {y} 10:30 XYZ",
    "{d}/{m}/{y}",
    "“{d} {m} {y}”",
    "{d} | {m} | {y}",
];

fn names(row: &[&str]) -> Vec<(u32, String)> {
    let all = (1..).zip(row).flat_map(|(month, names)| names.split_whitespace().map(move |name| (month, name)));
    all.map(|(month, name)| (month, name.replace('_', " "))).collect()
}

#[test]
fn every_month_of_every_language_in_every_form() {
    let (mut right, mut wrong, mut none, mut elsewhere) = (0, 0, 0, 0);
    let mut shown = Vec::new();
    for (language, row) in &months::MONTHS[..WIDELY] {
        for (month, name) in names(row) {
            // A name that an earlier row has for another month, or that is a small word, is not told by itself.
            if lookup(&name.replace(' ', "")).month != month as u8 {
                elsewhere += 1;
                continue;
            }
            for name in [name.clone(), name.to_uppercase()] {
                for form in FORMS {
                    // With a full stop behind the day, five names are Croatian ones of another month.
                    if matches!(name.to_lowercase().as_str(), "lip" | "srp" | "lis" | "listopad" | "listopada")
                        && form.contains("}.")
                    {
                        continue;
                    }
                    let text = form.replace("{d}", "19").replace("{m}", &name).replace("{y}", "2017");
                    let read = read(&text).map(|reading| reading.value.first_day().to_string());
                    match read {
                        Some(day) if day == format!("2017-{month:02}-19") => right += 1,
                        Some(day) => {
                            wrong += 1;
                            shown.push(format!("{language}: {text:?} read as {day}"));
                        }
                        None => {
                            none += 1;
                            shown.push(format!("{language}: {text:?} not read"));
                        }
                    }
                }
            }
        }
    }
    let all = right + wrong + none;
    shown.truncate(60);
    assert!(wrong == 0 && none * 200 < all, "{right} right, {wrong} wrong, {none} not read of {all}: {shown:#?}");
    // So much of the tables is told by its names alone.
    assert!(elsewhere * 20 < all / FORMS.len() / 2, "{elsewhere} names mean another month");
}

#[test]
fn every_weekday_of_every_language_before_and_behind() {
    let (mut right, mut shown, mut all) = (0, Vec::new(), 0);
    for (language, row) in &weekdays::WEEKDAYS[..WIDELY] {
        for (number, name) in names(row) {
            let meaning = lookup(&name.replace(' ', ""));
            // `日` and `月` behind a number count days and months.
            let is_sign = name.starts_with('日') && !name.starts_with("日曜") || name == "月";
            if meaning.month != 0 || meaning.role != super::names::Role::None || is_sign {
                continue;
            }
            // 1 May 2017 was a Monday.
            let day = format!("2017-05-{number:02}");
            for text in [
                format!("{name}, {number} May 2017"),
                format!("{name} {number}.5.2017"),
                format!("{name}. 2017-05-{number:02} 10:30"),
                format!("2017-05-{number:02} {name}"),
            ] {
                all += 1;
                match read(&text).map(|reading| reading.value.first_day().to_string()) {
                    Some(read) if read == day => right += 1,
                    read => shown.push(format!("{language}: {text:?} read as {read:?}")),
                }
            }
        }
    }
    shown.truncate(40);
    assert!(right * 200 >= all * 199, "{right} of {all}: {shown:#?}");
}

//! Names of files as people give them, and the date that each states: written for this test, with gold.

use std::collections::BTreeMap;

use feedmill_dates::{Confidence, in_name, spelling};

/// The share that must be right, and the share that may be wrong: a wrong date is worse than none.
const RIGHT: f64 = 0.98;
const WRONG: f64 = 0.005;

/// The names with their habit and gold.
fn names() -> Vec<(&'static str, &'static str, &'static str)> {
    let mut habit = "";
    let mut names = Vec::new();
    for line in include_str!("names.tsv").lines() {
        if let Some(title) = line.strip_prefix("## ") {
            habit = title;
        } else if let Some((name, gold)) = line.split_once('\t') {
            names.push((habit, name, gold));
        }
    }
    names
}

fn read(name: &str) -> String {
    in_name(name).first().map_or_else(|| "-".to_owned(), |found| found.reading.value.to_string())
}

#[test]
fn names_of_many_habits() {
    let names = names();
    let (mut right, mut wrong, mut misses) = (0, 0, Vec::new());
    let mut habits: BTreeMap<&str, usize> = BTreeMap::new();
    for (habit, name, gold) in &names {
        *habits.entry(habit).or_default() += 1;
        let said = read(name);
        match () {
            () if said == *gold => right += 1,
            () if said == "-" => misses.push(format!("{name:?} ({habit}): nothing, not {gold}")),
            () => {
                wrong += 1;
                misses.push(format!("{name:?} ({habit}): {said}, not {gold}"));
            }
        }
    }
    assert!(names.len() >= 400 && habits.len() >= 30, "{} names of {} habits", names.len(), habits.len());
    let share = |count: usize| count as f64 / names.len() as f64;
    let figures =
        format!("{} names, {} habits: right {:.3}, wrong {:.3}", names.len(), habits.len(), share(right), share(wrong));
    println!("{figures}");
    assert!(share(right) >= RIGHT && share(wrong) <= WRONG, "{figures}\n{}", misses.join("\n"));
}

#[test]
fn a_second_date_is_told() {
    let found = in_name("Minutes 2023-01-04 (rev 2023-02-01).md");
    let said: Vec<String> = found.iter().map(|found| format!("{} {:?}", found.reading.value, found.place)).collect();
    assert_eq!(said, [r#"2023-01-04 "2023-01-04""#, r#"2023-02-01 "2023-02-01""#]);
}

#[test]
fn a_number_that_may_be_something_else_is_doubtful() {
    for name in ["1672846200.md", "sotu-1999.txt", "04-01-2023.md"] {
        assert_eq!(in_name(name)[0].confidence, Confidence::Low, "{name}");
    }
}

#[test]
fn names_of_one_habit_have_one_spelling() {
    for (name, expected) in [
        ("a/minutes-2023-01-04.md", "9999-99-99 at the end"),
        ("2023-01-04-minutes.md", "9999-99-99 at the start"),
        ("2023-01-04.md", "9999-99-99 alone"),
        ("Meeting 4 Jan 2023 (draft).md", "9 a 9999 inside"),
        ("2023/01/04/minutes.md", "none"),
    ] {
        assert_eq!(spelling(name).as_deref().unwrap_or("none"), expected, "{name}");
    }
}

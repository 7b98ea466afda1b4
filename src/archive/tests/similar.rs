//! Where nearly equal texts end: on this side of each bound they are one story, on the other they are two.

use super::*;
use crate::article::sketch::similarity;

/// A text of so many words, no two alike, of which so many are others than usual.
fn story(words: usize, others: usize) -> String {
    let word = |at: usize, lead: char| {
        let letters = [at / 676 % 26, at / 26 % 26, at % 26].map(|n| char::from(b'a' + n as u8));
        format!("{lead}{}", letters.iter().collect::<String>())
    };
    // Far enough from each other to be in no shingle together.
    (0..words).map(|at| word(at, if at % 7 == 3 && at / 7 < others { 'y' } else { 'x' })).collect::<Vec<_>>().join(" ")
}

/// What becomes of a text on that day, when the usual one is there of the ninth of July.
fn outcome(day: &str, text: &str) -> Outcome {
    let house = House::new();
    let named = |title: &str, day: &str, text: &str| {
        let mut article = article(day, title, text);
        article.title.source = TitleSource::FirstSentence;
        article
    };
    house.put_one("a.txt", named("Storm", "2023-07-09", &story(300, 0)));
    house.put_one("b.txt", named("The storm", day, text)).outcome
}

#[test]
fn nine_tenths_in_common_are_a_copy_and_less_is_not() {
    let alike = |others: usize| similarity(&story(300, 0), &story(300, others));
    assert!(alike(5) > 0.9 && alike(5) < 0.91, "{}", alike(5));
    assert!(alike(6) < 0.9 && alike(6) > 0.88, "{}", alike(6));
    assert_eq!(outcome("2023-07-09", &story(300, 5)), Outcome::Linked);
    assert_eq!(outcome("2023-07-09", &story(300, 6)), Outcome::Added);
}

#[test]
fn a_copy_appears_within_three_days() {
    for (day, expected) in [
        ("2023-07-06", Outcome::Linked),
        ("2023-07-12", Outcome::Linked),
        ("2023-07-05", Outcome::Added),
        ("2023-07-13", Outcome::Added),
    ] {
        assert_eq!(outcome(day, &story(300, 1)), expected, "{day}");
    }
}

//! How long something plays.

/// The longest that is believed: a week. Whoever writes more means something else.
const LONGEST: u64 = 7 * 86_400;

/// Seconds of playing time: `1:02:03`, `26:31`, `1591`, or `PT26M31S` (ISO 8601). Parts of a second are dropped; `None`
/// for what says nothing, none at all, or more than a week.
pub fn play_time(text: &str) -> Option<u64> {
    let text = text.trim();
    let seconds = match text.strip_prefix(['P', 'p']).and_then(|rest| rest.strip_prefix(['T', 't'])) {
        Some(parts) => designated(parts)?,
        None => sexagesimal(text)?,
    };
    (1..=LONGEST).contains(&seconds).then_some(seconds)
}

/// Up to three numbers with colons between them; the last may have a fraction.
fn sexagesimal(text: &str) -> Option<u64> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let fraction = &text[whole.len()..];
    if !fraction.bytes().skip(1).all(|byte| byte.is_ascii_digit()) || whole.split(':').count() > 3 {
        return None;
    }
    whole.split(':').try_fold(0_u64, |sum, part| sum.checked_mul(60)?.checked_add(number(part)?))
}

/// `1H2M3S`, each part but one of them optional.
fn designated(text: &str) -> Option<u64> {
    let mut sum = 0_u64;
    for part in text.split_inclusive(|c: char| c.is_ascii_alphabetic()) {
        let unit = part.chars().next_back()?;
        let seconds = match unit.to_ascii_uppercase() {
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        let digits = part.strip_suffix(unit)?;
        let whole = digits.split_once('.').map_or(digits, |(whole, _)| whole);
        sum = sum.checked_add(number(whole)?.checked_mul(seconds)?)?;
    }
    Some(sum)
}

fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_saying_how_long() {
        for (text, seconds) in [
            ("1:02:03", Some(3_723)),
            ("26:31", Some(1_591)),
            (" 1591 ", Some(1_591)),
            ("1591.75", Some(1_591)),
            ("PT26M31S", Some(1_591)),
            ("pt1h", Some(3_600)),
            ("PT1M2.5S", Some(62)),
            ("99:99", Some(6_039)),
            ("", None),
            ("0", None),
            ("00:00:00", None),
            ("half an hour", None),
            ("-5", None),
            ("1:2:3:4", None),
            ("1::2", None),
            ("PT", None),
            ("P1D", None),
            ("PT5X", None),
            ("99999999999999999999", None),
            ("18446744073709551615:59:59", None),
            ("PT18446744073709551615H", None),
            ("１:００", None),
        ] {
            assert_eq!(play_time(text), seconds, "{text}");
        }
    }
}

//! Time zones as people name them.

/// Offsets of named zones from UTC in minutes.
///
/// RFC 822 section 5.1 fixes the North American names; of the others only those stand here that mean one offset
/// wherever they are used. `IST` is India, Israel and Ireland, `AST`, `AMT`, `GST` and others are as ambiguous:
/// a time with such a name keeps no offset, since a wrong one is worse.
const NAMES: [(&str, i32); 68] = [
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("UT", 0),
    ("UCT", 0),
    ("WET", 0),
    ("WEZ", 0),
    ("WEST", 60),
    ("WESZ", 60),
    ("BST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("MET", 60),
    ("MEWT", 60),
    ("NFT", 60),
    ("SWT", 60),
    ("FWT", 60),
    ("CEST", 120),
    ("CEDT", 120),
    ("MESZ", 120),
    ("MEST", 120),
    ("FST", 120),
    ("EET", 120),
    ("OEZ", 120),
    ("SAST", 120),
    ("EEST", 180),
    ("EEDT", 180),
    ("OESZ", 180),
    ("MSK", 180),
    ("TRT", 180),
    ("EAT", 180),
    ("MSD", 240),
    ("PKT", 300),
    ("NPT", 345),
    ("ICT", 420),
    ("WIB", 420),
    ("WITA", 480),
    ("HKT", 480),
    ("SGT", 480),
    ("PHT", 480),
    ("AWST", 480),
    ("WIT", 540),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("AEST", 600),
    ("ACDT", 630),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZT", 720),
    ("NZDT", 780),
    ("BRT", -180),
    ("BRST", -120),
    ("ART", -180),
    ("NST", -210),
    ("NDT", -150),
    ("ADT", -180),
    ("EDT", -240),
    ("EST", -300),
    ("CDT", -300),
    ("CST", -360),
    ("MDT", -360),
    ("MST", -420),
    ("PDT", -420),
    ("PST", -480),
    ("AKDT", -480),
    ("AKST", -540),
    ("HST", -600),
];

/// Names that are known to be zones, but mean several offsets.
const AMBIGUOUS: [&str; 19] = [
    "IST", "IDT", "AST", "AMT", "GST", "SST", "WST", "ECT", "CAT", "WAT", "COT", "PET", "CLT", "CLST", "HDT", "LT",
    "LCL", "LMT", "DST",
];

/// Zones that capital letters in prose can spell too: read only where the whole text is a date.
const WORDS: [&str; 11] = ["ART", "EAT", "CAT", "WIT", "PET", "MET", "WET", "ET", "CT", "MT", "PT"];

/// Names that mean a place's clock in summer as in winter, with the zone of the database.
const ALL_YEAR: [(&str, chrono_tz::Tz); 12] = [
    ("ET", chrono_tz::America::New_York),
    ("CT", chrono_tz::America::Chicago),
    ("MT", chrono_tz::America::Denver),
    ("PT", chrono_tz::America::Los_Angeles),
    ("AKT", chrono_tz::America::Anchorage),
    ("EST5EDT", chrono_tz::America::New_York),
    ("CST6CDT", chrono_tz::America::Chicago),
    ("MST7MDT", chrono_tz::America::Denver),
    ("PST8PDT", chrono_tz::America::Los_Angeles),
    ("GMT0BST", chrono_tz::Europe::London),
    ("CET-1CEST", chrono_tz::Europe::Paris),
    ("EET-2EEST", chrono_tz::Europe::Helsinki),
];

/// Names of zones in words, as comments of mail and newspapers have them, by their beginnings.
const IN_WORDS: [(&str, chrono_tz::Tz); 8] = [
    ("eastern", chrono_tz::America::New_York),
    ("central european", chrono_tz::Europe::Paris),
    ("central europe", chrono_tz::Europe::Paris),
    ("w. europe", chrono_tz::Europe::Paris),
    ("central", chrono_tz::America::Chicago),
    ("mountain", chrono_tz::America::Denver),
    ("pacific", chrono_tz::America::Los_Angeles),
    ("greenwich", chrono_tz::Etc::UTC),
];

/// The zone that words name: `Eastern Time`, `Pacific Daylight Time`, `Greenwich Mean Time`.
pub(super) fn in_words(words: &str) -> Option<Named> {
    let words = words.trim().to_ascii_lowercase();
    let is_time = words.ends_with(" time");
    is_time.then(|| IN_WORDS.iter().find(|(start, _)| words.starts_with(start)))?.map(|(_, zone)| Named::Place(*zone))
}

/// The zone of that name whose clock changes in summer: `ET`, `EST5EDT`.
pub(super) fn all_year(name: &str) -> Option<chrono_tz::Tz> {
    ALL_YEAR.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, zone)| *zone)
}

/// What the name of a zone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// The zone of the database, whose offset depends on the day.
    Place(chrono_tz::Tz),
    /// The offset in minutes.
    Offset(i32),
    /// It is a zone; its offset is not known.
    Unknown,
}

/// The zone of that name. In running text the name must be in capital letters and be no other word.
pub(super) fn named(name: &str, in_text: bool) -> Option<Named> {
    if in_text && (name.bytes().any(|b| b.is_ascii_lowercase()) || WORDS.contains(&name) || name.len() < 2) {
        return None;
    }
    if let Some((_, minutes)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(Named::Offset(*minutes));
    }
    if let Some(zone) = all_year(name) {
        return Some(Named::Place(zone));
    }
    AMBIGUOUS.iter().any(|known| known.eq_ignore_ascii_case(name)).then_some(Named::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_prose_are_read_with_care() {
        assert_eq!(named("cest", false), Some(Named::Offset(120)));
        assert_eq!(named("cest", true), None);
        assert_eq!(named("ART", true), None);
        assert_eq!(named("IST", true), Some(Named::Unknown));
        assert_eq!(named("Text", false), None);
    }
}

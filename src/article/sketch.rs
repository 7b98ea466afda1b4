//! Nearly equal texts: a sketch finds the ones that may be, a comparison decides.
//!
//! Texts are compared by their shingles, every three words that follow each other, without regard to case,
//! punctuation and markup. The share of shingles that two texts have in common (their Jaccard similarity) is
//! estimated by MinHash: of eighteen orders of all shingles the first ones of each text are kept, in six bands of
//! three. Two texts with a similarity of 0.9 share a whole band in 9,996 of 10,000 cases, two with 0.3 in one of six,
//! and those are told apart by the comparison.

/// Bands of a sketch.
pub const BANDS: usize = 6;
const ROWS: usize = 3;
/// Words in a shingle.
const SHINGLE: usize = 3;
/// A text with fewer shingles than this may be equal to another by chance or by custom ("no comment today").
const FEWEST: usize = 40;

/// What similar texts are found by: texts that share one of the bands may be similar.
pub type Sketch = [i64; BANDS];

/// The sketch of a text in any markup; `None` where it is too short to be called similar to another.
pub fn sketch(text: &str) -> Option<Sketch> {
    let mut least = [u64::MAX; BANDS * ROWS];
    let mut count = 0;
    for_each_shingle(text, |shingle| {
        count += 1;
        for (at, least) in least.iter_mut().enumerate() {
            // An odd factor permutes the numbers, and the high bits of a product depend on all bits of both.
            let factor = mix(at as u64 + 1) | 1;
            *least = (*least).min(shingle.wrapping_mul(factor));
        }
    });
    (count >= FEWEST).then(|| {
        std::array::from_fn(|band| {
            let rows = &least[band * ROWS..][..ROWS];
            let hash = rows.iter().fold(band as u64, |hash, row| mix(hash ^ row));
            // 47 bits are enough to tell bands of a billion texts apart, and small enough to be kept in six bytes.
            i64::try_from(hash >> 17).unwrap_or(0)
        })
    })
}

/// The share of shingles that two texts have in common, from 0 to 1.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (shingles(a), shingles(b));
    let (mut at, mut shared) = (0, 0);
    for shingle in &a {
        while at < b.len() && b[at] < *shingle {
            at += 1;
        }
        shared += usize::from(b.get(at) == Some(shingle));
    }
    match a.len() + b.len() - shared {
        0 => 0.0,
        all => shared as f64 / all as f64,
    }
}

/// Whether each of two texts holds a number that the other does not. Texts that differ in this way say different
/// things, however much they have in common: the prices of two days, the forecasts for two towns, a correction.
pub fn numbers_differ(a: &str, b: &str) -> bool {
    let (a, b) = (numbers(a), numbers(b));
    let lacks = |of: &[u64], other: &[u64]| of.iter().any(|number| other.binary_search(number).is_err());
    lacks(&a, &b) && lacks(&b, &a)
}

/// The words of a text that hold digits, in order.
fn numbers(text: &str) -> Vec<u64> {
    let mut numbers = Vec::new();
    for_each_word(text, |word, has_digit| {
        if has_digit {
            numbers.push(word);
        }
    });
    numbers.sort_unstable();
    numbers
}

/// The shingles of a text as numbers in order, each once.
fn shingles(text: &str) -> Vec<u64> {
    let mut shingles = Vec::new();
    for_each_shingle(text, |shingle| shingles.push(shingle));
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

fn for_each_shingle(text: &str, mut each: impl FnMut(u64)) {
    let mut window = [0u64; SHINGLE];
    let mut words = 0;
    for_each_word(text, |word, _| {
        window.rotate_left(1);
        window[SHINGLE - 1] = word;
        words += 1;
        if words >= SHINGLE {
            each(window.iter().fold(0, |hash, word| mix(hash ^ word)));
        }
    });
}

/// Words as numbers, and whether they hold a digit: letters and digits in lower case. Tags, character references,
/// addresses and the targets of Markdown's links are none. Scripts that write without blanks have words of one
/// character.
fn for_each_word(text: &str, mut each: impl FnMut(u64, bool)) {
    let (mut hash, mut has_digit) = (0u64, false);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += c.len_utf8();
        if c.is_ascii_alphanumeric() {
            has_digit |= c.is_ascii_digit();
            hash = step(hash, c.to_ascii_lowercase());
            continue;
        }
        let stands_alone = is_written_without_blanks(c);
        if c.is_alphanumeric() && !stands_alone {
            has_digit |= c.is_numeric();
            hash = c.to_lowercase().fold(hash, step);
            continue;
        }
        // `don't` is one word, however its apostrophe is written.
        if hash != 0 && matches!(c, '\'' | '’') {
            continue;
        }
        let skipped = skipped(c, rest);
        // What stands before `://` is no word either.
        if hash != 0 && !(c == ':' && skipped.is_some()) {
            each(mix(hash), has_digit);
        }
        (hash, has_digit) = (0, false);
        if stands_alone {
            each(mix(step(0, c)), false);
        }
        at += skipped.map_or(0, |length| length - c.len_utf8());
    }
    if hash != 0 {
        each(mix(hash), has_digit);
    }
}

/// The length of what begins here and is markup or an address.
fn skipped(c: char, rest: &str) -> Option<usize> {
    match c {
        '<' if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')) => until(rest, b'>'),
        '&' => until(rest, b';').filter(|length| *length <= LONGEST_REFERENCE),
        ']' if rest.starts_with("](") => until(rest, b')'),
        ':' if rest.starts_with("://") => Some(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        _ => None,
    }
}

/// `&CounterClockwiseContourIntegral;` is rare in articles.
const LONGEST_REFERENCE: usize = 12;
/// What begins like markup and does not end soon is none.
const LONGEST_MARKUP: usize = 4_000;

fn until(rest: &str, last: u8) -> Option<usize> {
    let most = rest.len().min(LONGEST_MARKUP);
    memchr::memchr(last, &rest.as_bytes()[..most]).map(|at| at + 1)
}

/// Chinese, Japanese, Thai, Lao, Khmer, Burmese.
fn is_written_without_blanks(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3041}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn step(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3).wrapping_add(1)
}

/// The finaliser of SplitMix64: every bit of the result depends on every bit of the number.
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many different words.
    fn text(words: usize, seed: u64) -> Vec<String> {
        (0..words as u64).map(|at| format!("w{}", mix(at.wrapping_mul(31) ^ seed) % 5_000)).collect()
    }

    fn share_a_band(a: &str, b: &str) -> bool {
        let (a, b) = (sketch(a).unwrap(), sketch(b).unwrap());
        a.iter().zip(&b).any(|(a, b)| a == b)
    }

    #[test]
    fn markup_case_and_punctuation_make_no_difference() {
        let plain = "The harbour wasn't open: see the notice & wait, please, for news of the 9 boats.";
        let html = "<p class=\"a b\">The <b>harbour</b> wasn’t open: see the <a href=\"https://x.example/y z\">notice</a> \
                    &amp; wait, please, for news of the 9 boats.</p><!-- done -->";
        let markdown = "The **harbour** wasn't open: see the [notice](https://x.example/y) & wait, please, for NEWS \
                        of the 9 boats. https://x.example/more";
        assert_eq!(similarity(plain, html), 1.0);
        assert_eq!(similarity(plain, markdown), 1.0);
        assert_eq!(similarity(plain, "Another text, about something else altogether."), 0.0);
        assert_eq!(similarity("", ""), 0.0);
        assert_eq!(similarity("港口在晚上关闭，渔民", "港口在晚上关闭渔民"), 1.0);
    }

    #[test]
    fn similar_texts_share_a_band_and_others_do_not() {
        let mut found = 0;
        for seed in 0..200 {
            let original = text(300, seed * 7919);
            let mut copy = original.clone();
            copy.splice(0..0, ["HARBOUR".to_owned(), "Reuters".to_owned()]);
            copy[150] = "corrected".to_owned();
            copy.truncate(295);
            let (original, copy) = (original.join(" "), copy.join(" "));
            assert!(similarity(&original, &copy) > 0.9);
            found += usize::from(share_a_band(&original, &copy));
            let other = text(300, seed * 7919 + 1).join(" ");
            assert!(similarity(&original, &other) < 0.1 && !share_a_band(&original, &other));
        }
        assert!(found >= 198, "{found}");
    }

    #[test]
    fn numbers_tell_texts_apart() {
        let report = |price: u32| format!("The <b n=\"{price}\">price</b> closed at {price} cents on 9 July.");
        assert!(numbers_differ(&report(211), &report(212)));
        assert!(!numbers_differ(&report(211), &report(211)));
        assert!(!numbers_differ("AP, 10:15. It rained.", "It rained."), "a dateline is no other fact");
    }

    #[test]
    fn short_texts_have_no_sketch() {
        assert_eq!(sketch(&text(41, 1).join(" ")), None);
        assert!(sketch(&text(42, 1).join(" ")).is_some());
        assert_eq!(sketch("<p>"), None);
    }

    #[test]
    fn anything_can_be_compared() {
        let odd = ["<", "&", "](", "://", "'", "a'b", "<a", "&amp", "\u{0130}\u{0130}", "]( <b> &x; ://"];
        for a in odd {
            for b in odd {
                assert!((0.0..=1.0).contains(&similarity(a, b)));
            }
        }
    }
}

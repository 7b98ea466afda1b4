//! Short ASCII names as numbers, so that the tables of names are searched without comparing strings: looking up
//! names is most of what this pass does.

/// The longest name in the tables.
pub(super) const MAX_NAME: usize = 16;

/// A name of up to [`MAX_NAME`] bytes as a number; numbers are in the order of the names. Longer names, which no
/// table holds, are 0, as is the empty one.
pub(super) const fn pack(name: &str) -> u128 {
    let bytes = name.as_bytes();
    if bytes.is_empty() || bytes.len() > MAX_NAME {
        return 0;
    }
    let mut number = 0;
    let mut at = 0;
    while at < bytes.len() {
        number = number << 8 | bytes[at] as u128;
        at += 1;
    }
    number << (8 * (MAX_NAME - bytes.len()))
}

/// The names as numbers.
pub(super) const fn pack_all<const N: usize>(names: [&str; N]) -> [u128; N] {
    let mut packed = [0; N];
    let mut at = 0;
    while at < N {
        packed[at] = pack(names[at]);
        at += 1;
    }
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_order_of_the_names() {
        let names = ["a", "aa", "ab", "abcdefghijklmnop", "b", "data-lazy-src", "data-lazy-srcset", "h1"];
        assert!(pack_all(names).is_sorted_by(|a, b| a < b));
        assert_eq!([pack(""), pack("abcdefghijklmnopq")], [0, 0]);
    }
}

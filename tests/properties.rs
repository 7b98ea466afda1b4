//! The properties that the fuzzer checks, over its seeds and a fixed number of mutations of each: the same ones at
//! every run.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::path::Path;

/// So many mutations of the seeds of each property; the fuzzer has more time.
const MUTATIONS: usize = 2_000;

#[test]
fn dates() {
    holds("date", properties::date);
}

#[test]
fn front_matter() {
    holds("front_matter", properties::front_matter);
}

#[test]
fn web_pages() {
    holds("html", properties::html);
}

#[test]
fn mails() {
    holds("mail", properties::mail);
}

#[test]
fn crawls() {
    holds("warc", properties::warc);
}

#[test]
fn feeds() {
    holds("feed", properties::feed);
}

#[test]
fn containers() {
    holds("container", properties::container);
}

/// Checks the seeds of a property, and their mutations.
fn holds(name: &str, check: fn(&[u8])) {
    let seeds = seeds(name);
    assert!(seeds.len() >= 3, "fuzz/seeds/{name} holds {} seeds", seeds.len());
    for seed in &seeds {
        check(seed);
    }
    let mut chance = Chance(name.bytes().map(u64::from).sum());
    for _ in 0..MUTATIONS {
        check(&mutated(&seeds, &mut chance));
    }
}

/// The files of a directory of seeds, in the order of their names.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    let mut paths: Vec<_> = std::fs::read_dir(&dir)
        .unwrap_or_else(|err| panic!("{}: {err}", dir.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// A seed with a few accidents.
fn mutated(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    /// What formats trip over.
    const ODD: &[&[u8]] = &[
        b"<",
        b">",
        b"&",
        b"\"",
        b"\n\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"---\n",
        b"+++\n",
        b"]]>",
        b"<![CDATA[",
        b"--",
        b"=",
        b"=?utf-8?q?",
        b"From ",
        b"WARC/1.0\r\n",
        b"9999999999",
        b"-1",
        b"\xe2\x80\xae",
        b"<script>",
        b"2024-02-30",
        b"{",
        b"[",
        b"\\",
        b"%",
        b";base64,",
        b"<!--",
        b"</",
    ];
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..1 + chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let to = (at + chance.below(64)).min(bytes.len());
        match chance.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..to)),
            2 => {
                let again = bytes[at..to].repeat(1 + chance.below(20));
                bytes.splice(at..at, again);
            }
            3 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                bytes.splice(at.., other[from..].iter().copied());
            }
            4 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            5 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
            _ => drop(bytes.splice(at..at, ODD[chance.below(ODD.len())].iter().copied())),
        }
    }
    bytes
}

/// SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

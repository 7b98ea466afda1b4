use std::ops::ControlFlow;

use super::*;

/// The names and texts of the messages of a mailbox, and the errors among them.
fn split(bytes: impl Into<Vec<u8>>) -> Vec<Result<(String, String), String>> {
    let mut doc = Document::from_reader("in/list.mbox", "in/list.mbox", std::io::Cursor::new(bytes.into())).unwrap();
    let mut found = Vec::new();
    let done = messages(&mut doc, &mut |message| {
        found.push(message.map_err(|err| err.to_string()).map(|mut inside| {
            assert_eq!(inside.media_type.as_deref(), Some("message/rfc822"));
            assert_eq!(inside.origin, format!("in/list.mbox/{}", inside.name));
            let text = String::from_utf8_lossy(inside.bytes().unwrap()).into_owned();
            (inside.name.clone(), text)
        }));
        ControlFlow::Continue(())
    });
    if let Err(err) = done {
        found.push(Err(err.to_string()));
    }
    found
}

fn texts(bytes: impl Into<Vec<u8>>) -> Vec<String> {
    split(bytes).into_iter().map(|found| found.unwrap().1).collect()
}

const ONE: &str = "From jane@harbour.example Thu Jul 24 10:27:04 2003\nFrom: Jane <jane@harbour.example>\n\
                   Message-ID: <one@harbour.example>\n\nThe tide is high.\n";
/// A message without the line before it.
fn headless(message: &str) -> &str {
    message.split_once('\n').map_or(message, |(_, rest)| rest)
}

const TWO: &str = "From ola@dock.example Fri Jul 25 08:00:00 2003\nFrom: Ola <ola@dock.example>\nMessage-Id:\n\
                   \t<two/2@dock.example>\n\nThe tide is low.\n";

#[test]
fn messages_are_named_by_their_ids() {
    let found = split(format!("{ONE}\n{TWO}\n{ONE}"));
    let names: Vec<&str> = found.iter().map(|found| found.as_ref().unwrap().0.as_str()).collect();
    assert_eq!(names, ["one@harbour.example", "two%2F2@dock.example", "one@harbour.example"]);
    assert_eq!(found[0], found[2], "the same message is the same document, wherever it stands");
    let nameless = split("From x Thu Jul 24 10:27:04 2003\nSubject: x\n\ntext\n");
    let name = &nameless[0].as_ref().unwrap().0;
    assert!(name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    for (id, expected) in [("<../../x>", "%2E.%2F..%2Fx"), ("<a%\\b@c>", "a%25%5Cb@c"), ("bare@x", "bare@x")] {
        let found = split(format!("From x Thu Jul 24 10:27:04 2003\nMessage-ID: {id}\n\ntext\n"));
        assert_eq!(found[0].as_ref().unwrap().0, expected);
    }
}

#[test]
fn the_separator_is_kept_beside_the_message() {
    let mut doc = Document::from_bytes("a.mbox", "a.mbox", ONE.as_bytes().to_vec());
    let done = messages(&mut doc, &mut |message| {
        assert_eq!(message.unwrap().about["mbox"], "jane@harbour.example Thu Jul 24 10:27:04 2003");
        ControlFlow::Break(())
    });
    assert!(done.unwrap().is_break());
}

#[test]
fn only_separators_part_messages() {
    let body = "From the shore we saw it.\n\nFrom now on at 10:30\n\nFrom ola Thu Jul 24 10:27:04 2003\n\
                was written on the wall.\n";
    assert_eq!(texts(format!("{ONE}\n{body}\n{TWO}")).len(), 2);
    // A missing blank line is forgiven where a header follows.
    assert_eq!(texts(format!("{ONE}{TWO}{ONE}")).len(), 3);
    assert_eq!(texts(format!("{ONE}{}", TWO.replace("From: Ola", "Note: Ola"))).len(), 1);
    let crlf = format!("{ONE}\n{TWO}").replace('\n', "\r\n");
    let found = texts(crlf);
    assert_eq!(found.len(), 2);
    assert!(found[0].ends_with("The tide is high.\r\n"), "{:?}", found[0]);
    // Programs that write nothing but `From `, and patches: in a message they are quoted, one after the other they are not.
    assert_eq!(texts(format!("From \n{}\nFrom -\n{}", headless(ONE), headless(TWO))).len(), 2);
    let touching = format!("From \n{}From \n{}", headless(ONE).trim_start(), headless(TWO));
    assert_eq!(texts(touching).len(), 2);
    let patch = format!("From {} Mon Sep 17 00:00:00 2001\n{}", "10bfc107dd".repeat(4), headless(TWO));
    assert_eq!(texts(format!("{ONE}\n{patch}\n{ONE}")).len(), 2);
    assert_eq!(texts(format!("{patch}\n{patch}")).len(), 2);
    // Old pipermail, with a mark and blank lines in front.
    let pipermail = format!("\u{feff}\n\n{}", ONE.replace("jane@", "jane at ").replace("  ", " "));
    assert!(is_mbox(pipermail.as_bytes()) && texts(pipermail).len() == 1);
    assert!(!is_mbox(b"From the shore\n\nwe saw") && !is_mbox(b"") && !is_mbox(b"From: a@b\nSubject: x\n\n"));
}

/// A patch as `git format-patch` writes it.
fn patch(number: u32) -> String {
    format!(
        "From {number:040x} Mon Sep 17 00:00:00 2001\nFrom: Ola <ola@dock.example>\nDate: Thu, {number} Jul 2003 08:00:00 +0200\n\
         Subject: [PATCH {number}/3] Mend the quay\n\nAs asked.\n---\n quay | 2 +-\n\n-- \n2.39.2\n\n"
    )
}

#[test]
fn patches_are_messages_of_their_own_and_parts_of_others() {
    let series = [patch(1), patch(2), patch(3)].concat();
    assert!(is_mbox(series.as_bytes()));
    let found = texts(series.clone());
    assert_eq!(found.len(), 3);
    assert!(found[1].starts_with("From: Ola") && found[1].contains("[PATCH 2/3]") && !found[1].contains("3/3"));
    assert_eq!(texts(series.replace('\n', "\r\n")).len(), 3);
    // Sent in the text of a message, with a blank line above it or without one.
    for above in ["", "\n"] {
        let sent = format!("{ONE}See below:\n{above}{}{above}{}\n{TWO}", patch(1), patch(2));
        let found = texts(sent);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("[PATCH 1/3]") && found[0].contains("[PATCH 2/3]"));
    }
    // Mail may follow on patches, and then come patches again.
    assert_eq!(texts(format!("{}{ONE}\n{}", patch(1), patch(2))).len(), 3);
}

#[test]
fn separators_may_say_nothing() {
    let bare = |separator: &str| {
        let of = |n: u32| {
            format!(
                "{separator}\nFrom: Jane <jane@harbour.example>\nDate: Thu, {n} Jul 2003 10:27:04 +0200\n\nTide {n}.\n"
            )
        };
        format!("{}{}\n{}", of(1), of(2), of(3))
    };
    for separator in ["From ", "From", "From -"] {
        for end in ["\n", "\r\n"] {
            let mailbox = bare(separator).replace('\n', end);
            assert!(is_mbox(mailbox.as_bytes()), "{mailbox:?}");
            assert_eq!(texts(mailbox).len(), 3, "{separator:?}");
        }
    }
    // Among others that say more.
    assert_eq!(texts(format!("{ONE}\n{}\n{TWO}", bare("From "))).len(), 5);
    let prose = "Where are you from?\n\nFrom\nFrom: the sea\n\nFrom -\n";
    assert_eq!(texts(format!("{ONE}{prose}\n{TWO}")).len(), 2);
}

#[test]
fn empty_messages_are_none() {
    let empty = "From x@dock.example Fri Jul 25 08:00:00 2003\n\n";
    for mailbox in [
        format!("{empty}{ONE}"),
        format!("{ONE}\n{empty}{empty}{TWO}"),
        format!("{ONE}\n{TWO}\n{empty}"),
        format!("{empty}{empty}{ONE}\n{empty}").replace('\n', "\r\n"),
    ] {
        let found = texts(mailbox.clone());
        assert_eq!(found.len(), if mailbox.contains("two/2") { 2 } else { 1 }, "{mailbox:?}");
        assert!(found.iter().all(|text| !text.contains("x@dock.example")), "{found:?}");
    }
}

#[test]
fn quoted_separators_in_a_header_belong_to_it() {
    let twice = ONE.replacen("2003\n", "2003\nX-Mozilla-Status: 0001\n>From - Thu Jul 24 10:27:04 2003\n", 1);
    let at_once = ONE.replacen("2003\n", "2003\n>From - Thu Jul 24 10:27:04 2003\n", 1);
    for message in [twice, at_once] {
        let found = split(format!("{message}\n{TWO}"));
        let names: Vec<_> = found.iter().map(|found| found.as_ref().unwrap().0.as_str()).collect();
        assert_eq!(names, ["one@harbour.example", "two%2F2@dock.example"], "{message}");
    }
}

#[test]
fn lengths_are_believed_where_they_are_true() {
    let forward = "See this:\n\nFrom ola@dock.example Fri Jul 25 08:00:00 2003\nFrom: Ola\n\n>From inside\n";
    let counted = |length: usize| {
        let head = "From jane@harbour.example Thu Jul 24 10:27:04 2003\nFrom: Jane\n";
        format!("{head}Content-Length: {length}\n\n{forward}\n{TWO}")
    };
    let found = texts(counted(forward.len()));
    assert_eq!(found.len(), 2);
    assert!(found[0].ends_with(">From inside\n"), "nothing was quoted where a separator stands unquoted");
    for lie in [0, 3, forward.len() - 2, forward.len() + 7, 1 << 40, usize::MAX] {
        let found = texts(counted(lie));
        assert_eq!(found.len(), 3, "{lie}");
        assert!(found[1].ends_with("From inside\n") && !found[1].contains(">From"), "{lie}: {:?}", found[1]);
    }
}

#[test]
fn mmdf_mailboxes_have_their_own_separators() {
    let mark = "\u{1}\u{1}\u{1}\u{1}\n";
    let plain = ONE.split_once('\n').unwrap().1;
    let found = texts(format!("{mark}{plain}{mark}{mark}{TWO}{mark}"));
    assert_eq!(found.len(), 2);
    assert_eq!(found[0], plain.trim_end());
    assert!(is_mbox(mark.as_bytes()) && found[1].starts_with("From: Ola"));
}

#[test]
fn what_is_too_large_is_named_and_the_rest_follows() {
    let header = ONE.strip_suffix("The tide is high.\n").unwrap();
    let line = b"All work and no play makes a long mailbox that nobody wants to read at all.\n";
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend(line.repeat((MAX_WHOLE as usize / line.len()) + 10_000));
    bytes.extend(format!("\n{TWO}").into_bytes());
    let found = split(bytes);
    assert_eq!(found.len(), 2);
    let err = found[0].as_ref().unwrap_err();
    assert!(err.starts_with("in/list.mbox/one@harbour.example: ") && err.contains("64 MiB"), "{err}");
    assert_eq!(found[1].as_ref().unwrap().0, "two%2F2@dock.example");
}

#[test]
fn what_comes_before_damage_is_taken() {
    struct Torn<'a>(&'a [u8]);
    impl std::io::Read for Torn<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            match std::io::Read::read(&mut self.0, out)? {
                0 => Err(std::io::Error::other("the stream is torn")),
                some => Ok(some),
            }
        }
    }
    let text = format!("{ONE}\n{TWO}\n").repeat(400);
    let mut doc = Document::from_reader("a.mbox", "a.mbox", Torn(text.as_bytes())).unwrap();
    let mut count = 0;
    let done = messages(&mut doc, &mut |message| {
        count += usize::from(message.is_ok());
        ControlFlow::Continue(())
    });
    let err = done.unwrap_err().to_string();
    assert!(count == 800 && err.contains("torn"), "{count}: {err}");
}

#[test]
fn a_mailbox_that_is_cut_anywhere_still_yields() {
    let whole = format!("{ONE}\n{TWO}");
    for end in 0..whole.len() {
        assert!(split(&whole.as_bytes()[..end]).len() <= 2, "{end}");
    }
}

proptest::proptest! {
    #[test]
    fn mailboxes_come_apart_as_they_were_put_together(
        bodies in proptest::collection::vec("([a-z ]{0,12}\n|>{0,3}From [a-z]{1,5}\n|\n|From x Thu Jul 24 10:27:04 2003\n){0,8}", 1..6),
    ) {
        let mut mailbox = String::new();
        let mut expected = Vec::new();
        for (at, body) in bodies.iter().enumerate() {
            // As mboxrd writes it; a `>` of the text itself would be a quotation, which is another test.
            let body = body.replace('>', "|");
            let header = format!("Message-ID: <{at}@harbour.example>\nSubject: {at}\n\n");
            let quoted: String = body.split_inclusive('\n')
                .map(|line| if line.starts_with("From ") { format!(">{line}") } else { line.to_owned() })
                .collect();
            mailbox.push_str(&format!("From x Thu Jul 24 10:27:04 2003\n{header}{quoted}\n"));
            expected.push(format!("{header}{body}"));
        }
        let found = texts(mailbox);
        proptest::prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_come_to_an_end(
        bytes in proptest::collection::vec(
            proptest::sample::select(vec![&b"\nFrom x Thu Jul 24 10:27:04 2003\n"[..], b"From ", b"\n", b"\x01\x01\x01\x01\n",
                b"Subject: x\n", b"Content-Length: 9\n", b"\r", b">", b"\xff", b"text"]), 0..40),
    ) {
        let bytes = bytes.concat();
        let total: usize = split(bytes.clone()).into_iter().map(|found| found.map_or(0, |(_, text)| text.len())).sum();
        proptest::prop_assert!(total <= bytes.len() * 3);
        let _ = is_mbox(&bytes);
    }
}

//! What is malformed, cut or hostile.

use super::*;

#[test]
fn what_is_broken_is_read_all_the_same() {
    let body = |text: &str| one(text).body.text;
    let no_boundary = multipart("mixed", "", &format!("{TEXT_PART}--B--\n")).replace("; boundary=\"B\"", "");
    assert!(body(&no_boundary).starts_with("The tide is high"), "a boundary is found where none is named");
    let wrong = multipart("mixed", "", &format!("{TEXT_PART}--B--\n")).replace("\"B\"", "\"C\"");
    assert!(body(&wrong).starts_with("The tide is high"));
    assert!(body(&multipart("mixed", "", TEXT_PART)).starts_with("The tide is high"), "without an end");
    assert!(body(&multipart("mixed", "", "No parts at all.\n")).contains("No parts at all."), "no text is lost");
    let latin = [&b"From: J\xf6rg <j@x.example>\nDate: 24 Jul 2003\nSubject: K\xf6ge\nMIME-Version: 1.0\n\nK\xf6ge liegt am Meer.\n"[..]].concat();
    let (found, _) = read("a.eml", &latin);
    assert_eq!((found[0].title.text.as_str(), found[0].authors[0].name.as_str()), ("Köge", "Jörg"));
    assert_eq!(found[0].body.text, "Köge liegt am Meer.\n");
    let lie = "From: j@x.example\nDate: 24 Jul 2003\nSubject: x\nContent-Type: text/plain; charset=us-ascii\n\nKøge ligger ved havet.\n";
    assert_eq!(body(lie), "Køge ligger ved havet.\n");
    let split = "From: j@x.example\n\nDate: 24 Jul 2003\nSubject: x\nMessage-ID: <a@b>\n\nHigh.\n";
    let article = one(&split.replacen("From: j@x.example\n", "X-Odd: y\n", 1));
    assert_eq!(
        (article.title.text.as_str(), article.body.text.as_str()),
        ("x", "High.\n"),
        "a blank line in the header"
    );
    let stray = "From: j@x.example\nDate: 24 Jul 2003\nthis line is no field\nSubject: x\nMessage-ID: <a@b>\n\nHigh.\n";
    assert_eq!((one(stray).title.text.as_str(), body(stray).as_str()), ("x", "High.\n"));
    let nul = with("Date: 24 Jul 2003").replace("High.", "Hi\u{0}gh.\u{0}");
    assert_eq!(body(&nul), "High.\n");
    let emlx =
        format!("{}\n{}<?xml version=\"1.0\"?><plist/>", with("Date: 24 Jul 2003").len(), with("Date: 24 Jul 2003"));
    assert_eq!(read("a.emlx", emlx.as_bytes()).0[0].body.text, "High.\n");
    let nameless = "From: j@x.example\nDate: 24 Jul 2003\n\nThe tide is high. Beware.\n";
    assert_eq!(one(nameless).title, Title { text: "The tide is high".into(), source: TitleSource::FirstSentence });
    assert_eq!(one("From: j@x.example\nDate: 24 Jul 2003\n").body.text, "");
}

#[test]
fn hostile_mail_costs_little_and_loses_nothing() {
    let head = "From: j@x.example\nDate: 24 Jul 2003\nSubject: x\nMIME-Version: 1.0\n";
    let nested = |kind: &dyn Fn(usize) -> String, depth: usize| -> String { (0..depth).map(kind).collect() };
    let multiparts = nested(&|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"), 10_000);
    let messages = nested(&|_| "Content-Type: message/rfc822\n\n".to_owned(), 100_000);
    let same = nested(&|_| "Content-Type: multipart/mixed; boundary=b\n\n--b\n".to_owned(), 10_000);
    let alternatives = nested(&|n| format!("Content-Type: multipart/alternative; boundary=b{n}\n\n--b{n}\n"), 10_000);
    for text in [multiparts, messages, same, alternatives] {
        let article = one(&format!("{head}{text}\nThe word at the bottom.\n"));
        let all = format!(
            "{}{:?}",
            article.body.text,
            article.attachments.iter().map(|f| String::from_utf8_lossy(&f.bytes)).collect::<Vec<_>>()
        );
        assert!(all.contains("The word at the bottom."));
    }
    let many = format!("{head}Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(20_000));
    let article = one(&many);
    assert_eq!((article.extra["parts-left-out"].clone(), article.body.text.len() > 1000), (json!(true), true));
    let long = format!("{head}X-Long: {}\nReferences: {}\n\nHigh.\n", "x".repeat(1 << 20), "<a@b> ".repeat(1 << 17));
    assert_eq!(one(&long).body.text, "High.\n");
    let fields = format!("{head}{}\nHigh.\n", "X-Field: y\n".repeat(100_000));
    assert_eq!(one(&fields).body.text, "High.\n");
    let junk: Vec<u8> = (0..1u32 << 16).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let (articles, errors) = read("junk.eml", &junk);
    assert!(articles.is_empty() && errors[0].contains("binary"), "{errors:?}");
    let parameters: String = (0..20_000).map(|n| format!("; x*{n}=y")).collect();
    assert_eq!(one(&format!("{head}Content-Type: text/plain{parameters}\n\nHigh.\n")).body.text, "High.\n");
}

#[test]
fn a_mail_that_is_cut_anywhere_is_read_or_reported() {
    let related = multipart("mixed", "", &format!("{TEXT_PART}--B\nContent-Type: message/rfc822\n\n{INNER}\n--B--\n"));
    for text in [PLAIN, &related] {
        for end in 0..text.len() {
            let (articles, errors) = read("a.eml", &text.as_bytes()[..end]);
            assert_eq!(articles.len() + errors.len(), 1, "{end}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_soup_of_mail_is_too_much(words in proptest::collection::vec(proptest::sample::select(vec![
        "From: ", "j@x.example", "\n", "\r\n", "\n\n", "Content-Type: ", "multipart/mixed", "multipart/alternative", "; boundary=b", "--b", "--",
        "message/rfc822", "text/html", "text/plain", "; charset=", "utf-7", "Content-Transfer-Encoding: ", "base64", "quoted-printable",
        "=?utf-8?Q?", "?=", "=C3", "=", "<", ">", "(", ")", "\"", "\\", ",", ";", ":", "begin 644 x\n", "#0V%T\n", "end\n", "\u{0}", "ä", "-- ",
        "format=flowed", "Date: ", "Thu, 24 Jul 2003 10:27:04 +0200", "Received: x;", "cid:", "Content-ID: <x>", "multipart/related",
        "multipart/digest", "Content-Disposition: attachment; filename=", "*0*=", "''", "%", "Subject: Digest", "----------------------------------------------------------------------",
        "-----BEGIN PGP SIGNED MESSAGE-----", " ", "\t",
    ]), 0..60)) {
        let text = words.concat();
        let (articles, errors) = read("a.eml", text.as_bytes());
        proptest::prop_assert!(!articles.is_empty() || !errors.is_empty());
        let _ = Mail.sniff(&Document::from_bytes("a", "a", text.into_bytes()));
    }

    #[test]
    fn any_bytes_below_a_header_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), encoding in "base64|quoted-printable|8bit|x-uuencode") {
        let head = format!("From: j@x.example\nDate: 24 Jul 2003\nSubject: x\nContent-Transfer-Encoding: {encoding}\n\n");
        let (articles, errors) = read("a.eml", &[head.as_bytes(), &bytes].concat());
        proptest::prop_assert!(articles.len() + errors.len() >= 1);
    }
}

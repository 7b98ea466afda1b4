//! Mails put together out of the ways in which their parts are written, each of which must be read back.

use super::*;

/// Ways of writing 3 July 1997 or 2003, 10:27:04 (or to the minute), two hours east of UTC where a zone is named.
const DATES: &[(&str, &str)] = &[
    ("Thu, 3 Jul 2003 10:27:04 +0200", "2003-07-03"),
    ("Thu, 03 Jul 2003 10:27:04 +0200 (CEST)", "2003-07-03"),
    ("Thu,  3 Jul 2003 10:27:04 +0200 (Westeurop\u{e4}ische Sommerzeit)", "2003-07-03"),
    ("3 Jul 2003 10:27 +0200", "2003-07-03"),
    ("Thu Jul  3 10:27:04 2003", "2003-07-03"),
    ("Thu Jul  3 10:27:04 MEST 2003", "2003-07-03"),
    ("Thu Jul  3 10:27:04 2003 +0200", "2003-07-03"),
    ("Thu, 3 Jul 97 10:27:04 MET DST", "1997-07-03"),
    ("3 Jul 97 10:27:04 GMT", "1997-07-03"),
    ("Thursday, 03-Jul-97 10:27:04 GMT", "1997-07-03"),
    ("Mon, 3 Jul 2003 10:27:04 +0200", "2003-07-03"),
    ("Thu, 3 Jul 103 10:27:04 +0200", "2003-07-03"),
    ("Thu, 3 Jul 2003 10:27:04 CET (+0200)", "2003-07-03"),
    ("Thu, 3 July 2003 10:27:04 EDT", "2003-07-03"),
    ("Thu, 3 Jul 2003 23:59:59 -1000", "2003-07-03"),
    ("Thu, 3 Jul 2003 00:00:01 +1300", "2003-07-03"),
    ("July 3, 2003 10:27 AM", "2003-07-03"),
    ("2003-07-03T10:27:04+02:00", "2003-07-03"),
];

const SENDERS: &[(&str, &str, &str)] = &[
    ("Jane Doe <jane@harbour.example>", "Jane Doe", "jane@harbour.example"),
    ("jane@harbour.example (Jane Doe)", "Jane Doe", "jane@harbour.example"),
    ("jane at harbour.example (Jane Doe)", "Jane Doe", "jane@harbour.example"),
    ("\"Doe, Jane\" <jane@harbour.example>", "Doe, Jane", "jane@harbour.example"),
    ("=?utf-8?B?SsO2cmcgTcO8bGxlcg==?= <joerg@harbour.example>", "J\u{f6}rg M\u{fc}ller", "joerg@harbour.example"),
    ("<jane@harbour.example>", "", "jane@harbour.example"),
];

const SUBJECTS: &[(&str, &str)] = &[
    ("Re: [ferries] The tide", "Re: [ferries] The tide"),
    ("=?iso-8859-1?Q?Die_F=E4hre?= =?iso-8859-1?Q?_f=E4hrt?=", "Die F\u{e4}hre f\u{e4}hrt"),
    ("A subject that is\n folded", "A subject that is folded"),
    ("=?utf-8?B?8J+apCDimKA=?=", "\u{1f6a4} \u{2620}"),
];

/// What is said in each of the bodies.
const SAID: &str = "Die F\u{e4}hre legt um zehn ab, 12 \u{20ac}.";

/// Bodies with the fields that go with them.
fn bodies() -> Vec<Vec<u8>> {
    let text = |head: &str, body: &str| format!("{head}\n\n{body}\n").into_bytes();
    let quoted = "Die F=C3=A4hre legt um =\nzehn ab, 12 =E2=82=AC.";
    let encoded = "RGllIEbDpGhyZSBsZWd0IHVtIHplaG4gYWIs\nIDEyIOKCrC4=";
    let html = "<p>Die F&auml;hre legt um zehn ab, 12 &euro;.</p>";
    let mut windows = b"Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n\n".to_vec();
    windows.extend(b"Die F\xe4hre legt um zehn ab, 12 \x80.\n");
    let mut undeclared = b"X-Mailer: Old\n\n".to_vec();
    undeclared.extend(b"Die F\xe4hre legt um zehn ab, 12 \x80.\n");
    let part = |kind: &str, body: &str| format!("--b\nContent-Type: {kind}; charset=utf-8\n\n{body}\n");
    let multi = |kind: &str, parts: &str| {
        text(&format!("MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b"), &format!("{parts}--b--"))
    };
    vec![
        text("Content-Type: text/plain; charset=utf-8", SAID),
        text("Content-Type: text/plain; charset=iso-8859-1", SAID),
        text("Content-Type: text/plain; charset=\"UTF-8\"\nContent-Transfer-Encoding: quoted-printable", quoted),
        text("Content-Type: TEXT/PLAIN; CHARSET=utf8\nContent-Transfer-Encoding: BASE64", encoded),
        text(
            "Content-Type: text/plain; charset=utf-8; format=flowed",
            "Die F\u{e4}hre legt \num zehn \nab, 12 \u{20ac}.",
        ),
        text("Content-Type: text/html", html),
        windows,
        undeclared,
        multi("alternative", &format!("{}{}", part("text/plain", SAID), part("text/html", html))),
        multi("mixed", &format!("{}{}", part("text/plain", SAID), part("application/octet-stream; name=x", "x"))),
        multi("signed", &format!("{}{}", part("text/plain", SAID), part("application/pgp-signature", "x"))),
        multi("alternative", &part("text/html", html)),
    ]
}

#[test]
fn every_way_of_writing_a_mail_is_read() {
    let mut count = 0;
    for (at, (date, day)) in DATES.iter().enumerate() {
        for (n, body) in bodies().iter().enumerate() {
            // Each date and body meet, with senders and subjects in turn.
            let (sender, name, email) = SENDERS[(at + n) % SENDERS.len()];
            let (raw_subject, subject) = SUBJECTS[(at + n) % SUBJECTS.len()];
            let head = format!(
                "From: {sender}\nSubject: {raw_subject}\nDate: {date}\nMessage-ID: <{at}.{n}@harbour.example>\n"
            );
            let mut mail = [head.as_bytes(), body].concat();
            if n % 2 == 1 {
                mail = String::from_utf8(mail)
                    .map_or_else(|err| err.into_bytes(), |text| text.replace('\n', "\r\n").into_bytes());
            }
            let shown = String::from_utf8_lossy(&mail).into_owned();
            let (articles, errors) = read("a.eml", &mail);
            assert!(articles.len() == 1 && errors.is_empty(), "{errors:?}\n{shown}");
            let article = &articles[0];
            assert_eq!(
                article.date.as_ref().map(|date| date.chosen.value.first_day().to_string()).as_deref(),
                Some(*day),
                "{shown}"
            );
            assert_eq!(
                (article.authors[0].name.as_str(), article.authors[0].email.as_deref()),
                (name, Some(email)),
                "{shown}"
            );
            assert_eq!(article.title.text, subject, "{shown}");
            assert_eq!(article.id, Some(format!("mid:{at}.{n}@harbour.example")));
            let text = match article.body.kind {
                BodyKind::Html => markup::html::to_text(&article.body.text),
                _ => article.body.text.clone(),
            };
            assert_eq!(text.trim(), SAID, "{shown}");
            count += 1;
        }
    }
    assert_eq!(count, DATES.len() * 12);
}

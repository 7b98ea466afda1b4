//! Whole messages, as programs of forty years wrote them.

mod broken;
mod generated;

use serde_json::json;

use super::*;
use feedmill_dates::Confidence as Sure;

/// The articles of a message, and what was reported.
fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<String>) {
    read_doc(&mut Document::from_bytes(format!("in/{name}"), name, bytes.to_vec()))
}

fn read_doc(doc: &mut Document) -> (Vec<Article>, Vec<String>) {
    let (mut articles, mut errors) = (Vec::new(), Vec::new());
    let done = Mail.parse(doc, &mut |item| match item {
        Ok(article) => articles.push(article),
        Err(err) => errors.push(err.to_string()),
    });
    errors.extend(done.err().map(|err| err.to_string()));
    (articles, errors)
}

fn one(text: &str) -> Article {
    let (mut articles, errors) = read("a.eml", text.as_bytes());
    assert!(articles.len() == 1 && errors.is_empty(), "{} articles, {errors:?}", articles.len());
    articles.remove(0)
}

fn dated(article: &Article) -> String {
    let date = article.date.as_ref().expect("a date");
    format!("{} {} {} {}", date.chosen.value, date.chosen.place, date.chosen.confidence.name(), date.conflicts.len())
}

const PLAIN: &str = "\
Return-Path: <jane@harbour.example>
Received: from mx.harbour.example (mx.harbour.example [192.0.2.7])
\tby lists.example.org (Postfix) with ESMTP id 4F2
\tfor <ferries@lists.example.org>; Thu, 24 Jul 2003 10:27:09 +0200 (CEST)
From: =?iso-8859-1?Q?J=F6rg_Hafen?= <joerg@harbour.example>
To: ferries@lists.example.org
Subject: [ferries] Re: The tide
 =?utf-8?Q?=C3=BCber?= the quay
Date: Thu, 24 Jul 2003 10:27:04 +0200 (CEST)
Message-ID: <20030724082704.GA42/1@harbour.example>
In-Reply-To: <20030723.1@dock.example>
References: <20030722.0@dock.example> <20030723.1@dock.example>
List-Id: Ferries and tides <ferries.lists.example.org>
Archived-At: <https://lists.example.org/ferries/42>
Keywords: tides, quay
Content-Language: en-GB
Organization: Harbour Office
MIME-Version: 1.0
Content-Type: text/plain; charset=iso-8859-1; format=flowed
Content-Transfer-Encoding: quoted-printable

Ola wrote:
> The quay will be under water =
on Friday.=20
> Move the boats.

It will not, the gauge in K=F6ge says=20
so.
--=20
J=F6rg
";

#[test]
fn a_plain_mail_fills_an_article() {
    let article = one(PLAIN);
    assert_eq!(article.title.text, "[ferries] Re: The tide über the quay");
    assert_eq!(
        article.authors,
        [Person { name: "Jörg Hafen".into(), email: Some("joerg@harbour.example".into()), uri: None }]
    );
    assert_eq!(dated(&article), "2003-07-24T10:27:04+02:00 Date high 0");
    assert_eq!(article.id.as_deref(), Some("mid:20030724082704.GA42%2F1@harbour.example"));
    assert_eq!(article.extra["in-reply-to"], json!(["mid:20030722.0@dock.example", "mid:20030723.1@dock.example"]));
    assert_eq!(
        (&article.extra["list-id"], &article.extra["organization"]),
        (&json!("ferries.lists.example.org"), &json!("Harbour Office"))
    );
    assert_eq!(article.section.as_deref(), Some("ferries"));
    assert_eq!(article.url.as_deref(), Some("https://lists.example.org/ferries/42"));
    assert_eq!((article.tags.join("|"), article.language.as_deref()), ("tides|quay".into(), Some("en-GB")));
    assert_eq!(
        article.body.text,
        "Ola wrote:\n> The quay will be under water on Friday. Move the boats.\n\nIt will not, the gauge in Köge says so.\n-- \nJörg\n"
    );
    assert_eq!((article.body.kind, article.fragment.as_str()), (BodyKind::Text, ""));
    let crlf = one(&PLAIN.replace('\n', "\r\n"));
    assert_eq!(
        (crlf.body, crlf.title, crlf.date, crlf.extra),
        (article.body, article.title, article.date, article.extra)
    );
}

/// A header with these fields besides the ones that make it mail.
fn with(fields: &str) -> String {
    format!("From: jane@harbour.example\nMessage-ID: <a@harbour.example>\nSubject: Tide\n{fields}\n\nHigh.\n")
}

#[test]
fn the_clocks_of_senders_are_checked_by_those_of_carriers() {
    let received = |date: &str| format!("Received: by mx.example; {date}");
    let sane = received("Thu, 24 Jul 2003 10:27:09 +0200");
    for (fields, expected) in [
        (format!("{sane}\nDate: Thu, 24 Jul 2003 10:27:04 +0200"), "2003-07-24T10:27:04+02:00 Date high 0"),
        (format!("{sane}\nDate: Tue, 22 Jul 2003 10:27:04 +0200"), "2003-07-22T10:27:04+02:00 Date high 0"),
        (format!("{sane}\nDate: Thu, 10 Jul 2003 10:27:04 +0200"), "2003-07-10T10:27:04+02:00 Date medium 1"),
        (format!("{sane}\nDate: Mon, 18 Feb 2036 10:27:04 +0200"), "2003-07-24T10:27:09+02:00 Received medium 1"),
        (format!("{sane}\nDate: Tue, 1 Jan 1980 00:03:04 +0000"), "2003-07-24T10:27:09+02:00 Received medium 1"),
        (format!("{sane}\nDate: Thu, 1 Jan 1970 00:00:00 +0000"), "2003-07-24T10:27:09+02:00 Received medium 0"),
        (format!("{sane}\nDate: yesterday"), "2003-07-24T10:27:09+02:00 Received medium 0"),
        (format!("{sane}\nDate:"), "2003-07-24T10:27:09+02:00 Received medium 0"),
        (format!("{sane}\nX-Date: 24 Jul 2003 10:27"), "2003-07-24T10:27 X-Date high 0"),
        // Sent on by a mailbox that was moved years later: the first carrier agrees with the sender.
        (
            format!("{}\n{sane}\nDate: Thu, 24 Jul 2003 10:27:04 +0200", received("Fri, 3 Apr 2015 01:00:00 +0000")),
            "2003-07-24T10:27:04+02:00 Date high 0",
        ),
        ("Date: Mon, 18 Feb 2036 10:27:04 +0200".into(), "2036-02-18T10:27:04+02:00 Date high 0"),
        ("Date: junk\nDate: Thu Jul 24 10:27:04 2003".into(), "2003-07-24T10:27:04 Date high 0"),
        ("Date: 24 Jul 2003\nDate: 24 Jul 2001".into(), "2003-07-24 Date medium 1"),
        ("Delivery-Date: Thu, 24 Jul 2003 10:27:09 +0200".into(), "2003-07-24T10:27:09+02:00 Delivery-Date medium 0"),
        ("NNTP-Posting-Date: 24 Jul 2003 08:27:04 GMT".into(), "2003-07-24T08:27:04Z NNTP-Posting-Date medium 0"),
        (
            "X-OriginalArrivalTime: 24 Jul 2003 08:27:04.0812 (UTC) FILETIME=[7C2:01C]".into(),
            "2003-07-24T08:27:04.081200Z X-OriginalArrivalTime medium 0",
        ),
        ("Resent-Date: Thu, 24 Jul 2010 10:27:09 +0200\nDate: 24 Jul 2003".into(), "2003-07-24 Date high 0"),
    ] {
        assert_eq!(dated(&one(&with(&fields))), expected, "{fields}");
    }
    assert_eq!(one(&with("X-Y: z")).date, None, "nothing is invented");
}

#[test]
fn mailboxes_and_maildirs_lend_their_dates() {
    let mut doc = Document::from_bytes("a.mbox/x@y", "x@y", with("X-Y: z").into_bytes());
    doc.about.insert("mbox".into(), "jane at harbour.example  Thu Jul 24 10:27:04 2003".into());
    assert_eq!(dated(&read_doc(&mut doc).0[0]), "2003-07-24T10:27:04 From line medium 0");
    let copied = with("Date: Thu, 24 Jul 2003 10:27:04 +0200");
    let mut doc = Document::from_bytes("a.mbox/x@y", "x@y", copied.clone().into_bytes());
    doc.about.insert("mbox".into(), "- Fri Apr  3 01:00:00 2015".into());
    assert_eq!(dated(&read_doc(&mut doc).0[0]), "2003-07-24T10:27:04+02:00 Date high 0", "copied later");
    for line in [
        "10bfc107dd29b23d10bfc107dd29b23d10bfc107 Mon Sep 17 00:00:00 2001",
        "mboxrd@z Thu Jan  1 00:00:00 1970",
        "MAILER-DAEMON Fri Apr  3 01:00:00 1998",
    ] {
        let mut doc = Document::from_bytes("a.mbox/x@y", "x@y", copied.clone().into_bytes());
        doc.about.insert("mbox".into(), line.into());
        assert_eq!(dated(&read_doc(&mut doc).0[0]), "2003-07-24T10:27:04+02:00 Date high 0", "{line}");
    }
    for (line, date, why) in [
        ("10bfc107dd29b23d10bfc107dd29b23d10bfc107 Mon Sep 17 00:00:00 2001", "", "the one date that git writes"),
        ("mboxrd@z Thu Jan  1 00:00:00 1970", "", "the beginning of Unix time"),
        ("- Thu Jul 24", "Date: Wed, 31 Dec 1969 16:00:00 -0800", "the beginning of Unix time"),
    ] {
        let mut doc = Document::from_bytes("a.mbox/x@y", "x@y", with(date).into_bytes());
        doc.about.insert("mbox".into(), line.into());
        let (articles, _) = read_doc(&mut doc);
        assert_eq!(articles[0].date, None, "{line}");
        let told = crate::parse::looked_at(&articles[0], "x@y");
        assert!(told.contains(&format!("a placeholder, never taken: {why}")), "{told}");
    }
    let wrong = with("Received: x; Thu, 24 Jul 2003 10:27:09 +0200\nDate: Tue, 1 Jan 1980 00:03:04 +0000");
    let mut doc = Document::from_bytes("a.mbox/x@y", "x@y", wrong.into_bytes());
    doc.about.insert("mbox".into(), "jane@x.example Thu Jul 24 10:27:09 2003".into());
    assert_eq!(
        dated(&read_doc(&mut doc).0[0]),
        "2003-07-24T10:27:09+02:00 Received medium 1",
        "a late copy proves nothing"
    );
    let good = with("Date: Thu, 24 Jul 2003 10:27:04 +0200");
    for separator in [
        "0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001",
        "mboxrd@z Thu Jan  1 00:00:00 1970",
        "MAILER-DAEMON Fri Jul  7 12:08:34 2000",
        "- Sat Jan  1 00:00:00 2000",
        "export@backup.example Tue Mar  2 04:05:06 1999",
        "",
        "-",
    ] {
        let mut doc = Document::from_bytes("a.mbox/x@y", "x@y", good.clone().into_bytes());
        doc.about.insert("mbox".into(), separator.into());
        assert_eq!(dated(&read_doc(&mut doc).0[0]), "2003-07-24T10:27:04+02:00 Date high 0", "{separator}");
    }
    let ahead = with("From: jane@harbour.example\nDate: Thu, 24 Jul 2031 10:27:04 +0200");
    let mut doc = Document::from_bytes("a.mbox/x@y", "x@y", ahead.into_bytes());
    doc.about.insert("mbox".into(), "jane at harbour.example  Thu Jul 24 10:27:04 2003".into());
    assert_eq!(dated(&read_doc(&mut doc).0[0]), "2003-07-24T10:27:04 From line medium 1", "who delivers knows the day");
    for constant in ["0123456789abcdef Mon Sep 17 00:00:00 2001", "mboxrd@z Thu Jan  1 00:00:00 1970"] {
        let mut doc = Document::from_bytes("a.mbox/x@y", "x@y", with("X-Y: z").into_bytes());
        doc.about.insert("mbox".into(), constant.into());
        assert_eq!(read_doc(&mut doc).0[0].date, None, "{constant}");
    }
    let (found, _) = read("mail/cur/1059035224.27c448.host:2,DS", with("X-Y: z").as_bytes());
    assert_eq!((dated(&found[0]), found[0].draft), ("2003-07-24T08:27:04Z Maildir medium 0".into(), true));
    let (found, _) = read("2003/07/24/tide.eml", with("X-Y: z").as_bytes());
    assert_eq!(dated(&found[0]), "2003-07-24 2003/07/24 high 0");
    let (found, _) = read("20010101120000.x@host", with("X-Y: z").as_bytes());
    assert_eq!(found[0].date, None, "an id is no path");
    assert_eq!(found[0].date.as_ref().map(|date| date.chosen.confidence), None::<Sure>);
}

/// A message of several parts; `B` is the boundary.
fn multipart(kind: &str, header: &str, parts: &str) -> String {
    format!(
        "From: Jane <jane@harbour.example>\nDate: Thu, 24 Jul 2003 10:27:04 +0200\nMessage-ID: <m@harbour.example>\n\
         Subject: Tide\n{header}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=\"B\"\n\nThis is a multi-part message.\n{parts}"
    )
}

const TEXT_PART: &str = "--B\nContent-Type: text/plain\n\nThe tide is high today, says the office at the harbour.\n";

#[test]
fn plain_text_or_html_as_readers_need_it() {
    let html = |body: &str| format!("--B\nContent-Type: text/html; charset=utf-8\n\n{body}\n--B--\n");
    let structured =
        html("<h1>Tide</h1><p>The tide is high today, says the office.</p><ul><li>One</li><li>Two</li></ul>");
    let plain = html("<div>The tide is high today, says the office at the <b>harbour</b>.</div>");
    let kind = |header: &str, parts: &str| one(&multipart("alternative", header, parts)).body.kind;
    assert_eq!(kind("", &format!("{TEXT_PART}{plain}")), BodyKind::Text);
    assert_eq!(kind("", &format!("{TEXT_PART}{structured}")), BodyKind::Html);
    assert_eq!(kind("In-Reply-To: <x@y>\n", &format!("{TEXT_PART}{structured}")), BodyKind::Text, "an answer");
    let stub = "--B\nContent-Type: text/plain\n\nSee HTML.\n";
    assert_eq!(kind("", &format!("{stub}{plain}")), BodyKind::Html, "the plain text says nothing");
    assert_eq!(kind("", &plain), BodyKind::Html);
    let mut doc =
        Document::from_bytes("a", "a", multipart("alternative", "", &format!("{TEXT_PART}{plain}")).into_bytes());
    doc.weigh = true;
    let weighed = read_doc(&mut doc).0.remove(0).weighed.unwrap();
    let bodies: Vec<_> = weighed.bodies.iter().map(|offer| (offer.place.as_str(), offer.verdict.as_str())).collect();
    let expected =
        [("text/plain", "plain text is what people wrote"), ("text/html", "says the same as the one that was taken")];
    assert_eq!((bodies, weighed.titles[0].place.as_str()), (expected.to_vec(), "Subject"));
}

#[test]
fn files_are_attachments_and_pictures_keep_their_place() {
    let related = "--B\nContent-Type: multipart/related; boundary=R\n\n--R\nContent-Type: text/html\n\n\
        <p>See <img src=\"cid:map.1@harbour\"> and <img src='cid:gone'></p>\n--R\nContent-Type: image/png; name=\"map.png\"\n\
        Content-ID: <map.1@harbour>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--R--\n\
        --B\nContent-Type: application/pdf; name*0*=utf-8''%C3%9Cber; name*1=sicht.pdf\nContent-Disposition: attachment\n\
        Content-Transfer-Encoding: base64\n\nJVBERi0=\n\
        --B\nContent-Disposition: attachment; filename=\"../../.ssh/map.png\"\nContent-Type: image/png\n\nxyz\n\
        --B\nContent-Type: application/ms-tnef; name=winmail.dat\n\n\u{1}\u{2}\n--B--\n";
    let article = one(&multipart("mixed", "", related));
    assert_eq!(article.body.text, "<p>See <img src=\"cid:map.png\"> and <img src='cid:gone'></p>");
    let files: Vec<_> = article
        .attachments
        .iter()
        .map(|file| (file.name.as_str(), file.media_type.as_deref().unwrap_or_default(), file.bytes.len()))
        .collect();
    assert_eq!(
        files,
        [
            ("map.png", "image/png", 8),
            ("Übersicht.pdf", "application/pdf", 5),
            ("map-2.png", "image/png", 3),
            ("winmail.dat", "application/ms-tnef", 2)
        ]
    );
    let uu = one(&with("Date: 24 Jul 2003").replace("High.", "See:\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye."));
    assert_eq!((uu.body.text.as_str(), uu.attachments[0].name.as_str()), ("See:\nBye.\n", "cat.txt"));
}

#[test]
fn signatures_are_taken_off_and_secrets_are_reported() {
    let signed =
        format!("{TEXT_PART}--B\nContent-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\nx\n--B--\n");
    let article = one(&multipart("signed; protocol=\"application/pgp-signature\"", "", &signed));
    assert_eq!((article.body.text.lines().count(), article.attachments.len()), (1, 0));
    assert_eq!(article.extra["signed"], "OpenPGP");
    let secret = "--B\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--B\nContent-Type: application/octet-stream\n\n\
                  -----BEGIN PGP MESSAGE-----\nx\n--B--\n";
    let inline =
        with("Date: 24 Jul 2003").replace("High.", "-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----");
    let smime =
        with("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nMIME-Version: 1.0");
    for text in [multipart("encrypted", "", secret), inline, smime] {
        let (articles, errors) = read("a.eml", text.as_bytes());
        assert!(articles.is_empty() && errors[0].contains("encrypted with"), "{errors:?}");
    }
    let report = format!("{TEXT_PART}--B\nContent-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\nx\n--B--\n");
    assert!(one(&multipart("mixed", "", &report)).body.text.starts_with("The tide"), "what can be read is read");
}

const INNER: &str = "From: Ola <ola@dock.example>\nDate: Wed, 23 Jul 2003 08:00:00 +0200\nMessage-ID: <two@dock.example>\n\
                     Subject: Ice\n\nNo ice\n> since March.\n";

#[test]
fn a_forward_is_a_quotation_or_a_file() {
    let parts = format!("{TEXT_PART}--B\nContent-Type: message/rfc822\n\n{INNER}\n--B--\n");
    let article = one(&multipart("mixed", "", &parts));
    let (_, quoted) = article.body.text.split_once("harbour.\n\n").unwrap();
    assert_eq!(
        quoted,
        "> From: Ola <ola@dock.example>\n> Date: Wed, 23 Jul 2003 08:00:00 +0200\n> Subject: Ice\n>\n> No ice\n>> since March.\n"
    );
    let parts = parts.replace("message/rfc822\n", "message/rfc822\nContent-Disposition: attachment\n");
    let article = one(&multipart("mixed", "", &parts));
    assert_eq!(
        (article.attachments[0].name.as_str(), article.attachments[0].media_type.as_deref()),
        ("Ice.eml", Some("message/rfc822"))
    );
    assert!(!article.body.text.contains("No ice"));
}

#[test]
fn a_digest_yields_its_messages() {
    let bare = "From: Per <per@dock.example>\nSubject: Fog\n\nMuch fog.\n";
    let parts = format!(
        "{TEXT_PART}--B\nContent-Type: multipart/digest; boundary=D\n\n--D\n\n{INNER}\n--D\n\n{bare}\n--D--\n--B\n\nfooter\n--B--\n"
    );
    let (articles, errors) = read("a.eml", multipart("mixed", "", &parts).as_bytes());
    assert_eq!((articles.len(), errors.len()), (2, 0));
    assert_eq!((articles[0].fragment.as_str(), articles[0].title.text.as_str()), ("two@dock.example", "Ice"));
    assert_eq!(dated(&articles[0]), "2003-07-23T08:00:00+02:00 Date high 0");
    assert_eq!(articles[1].fragment.len(), 16);
    assert_eq!(dated(&articles[1]), "2003-07-24T10:27:04+02:00 Date of the digest medium 0");
    let rule = |n| "-".repeat(n);
    let text = format!(
        "Topics:\n  Ice\n\n{}\n\n{INNER}\n{}\n\n{bare}\n{}\n\nEnd of Ferries Digest\n",
        rule(70),
        rule(30),
        rule(30)
    );
    let text = with("Date: Thu, 24 Jul 2003 10:27:04 +0200")
        .replace("Tide", "Ferries Digest, Vol 4")
        .replace("High.\n", &text);
    let (articles, _) = read("a.eml", text.as_bytes());
    assert_eq!(articles.iter().map(|a| a.title.text.as_str()).collect::<Vec<_>>(), ["Ice", "Fog"]);
    assert_eq!(articles[1].body.text, "Much fog.\n");
}

#[test]
fn only_mail_is_taken_for_mail() {
    let sniff = |name: &str, text: &str| Mail.sniff(&Document::from_bytes(name, name, text.as_bytes().to_vec()));
    for text in [
        PLAIN,
        INNER,
        &PLAIN.replace('\n', "\r\n"),
        "Path: news!host\nNewsgroups: rec.boats\nSubject: x\n\nx",
        "From: jane at harbour.example (Jane)\nDate: x\nMessage-ID: <x@y>\n\nx",
    ] {
        assert_eq!(sniff("1059035224.27c448.host:2,S", text), Confidence::Content, "{text}");
    }
    for text in [
        "Title: Tide\nDate: 2003-07-24\nFrom: jane@harbour.example\nReferences: none\n\nText",
        "Title: Tide\nDate: 2003-07-24\nAuthor: Jane\n\nText",
        "Date: 2003-07-24\nSubject: Tide\nFrom: Jane\n\nText",
        "PEP: 1\nTitle: x\nAuthor: jane@harbour.example\nContent-Type: text/x-rst\n\nx",
        "---\nFrom: jane@harbour.example\nMessage-ID: <x@y>\n---\n\nText",
        "# Heading\n\nFrom: jane@harbour.example\nMessage-ID: <x@y>\n",
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/\nMIME-Version: 1.0\n\nx",
        "date 2003-07-24 A storm closed the harbour.",
        "",
        "From",
        ":",
        "\n\n",
    ] {
        assert_eq!(sniff("a.txt", text), Confidence::No, "{text}");
        assert_ne!(
            crate::parse::choose(&Document::from_bytes("a.md", "a.md", text.as_bytes().to_vec()))
                .map_or("", |p| p.name()),
            "mail"
        );
    }
    assert_eq!(sniff("a.eml", "Subject: x\n\nx"), Confidence::Name);
    for (name, text, parser) in [
        ("a.txt", "Title: Tide\nDate: 2003-07-24\nAuthor: Jane\n\nText", "text"),
        ("a.md", "Title: Tide\nDate: 2003-07-24\nAuthor: Jane\n\nText", "markdown"),
        ("a.rst", "PEP: 1\nTitle: x\nAuthor: Jane <jane@harbour.example>\nStatus: Final\n\nx", "rst"),
        ("a.txt", "From: the shore\nDate: 2003-07-24\nSubject: Tide\n\nText", "text"),
        ("a.md", PLAIN, "mail"),
        ("a", PLAIN, "mail"),
    ] {
        let doc = Document::from_bytes(name, name, text.as_bytes().to_vec());
        assert_eq!(crate::parse::choose(&doc).unwrap().name(), parser, "{name}: {text}");
    }
}

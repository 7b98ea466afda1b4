//! What people really have, from the file to the feed: a mail with its files, a crawl, a page that is no article.

use crate::harness::Project;

const MAIL: &str = "From: Ada Quill <ada@quay.example>\r\nDate: Sun, 9 Jul 2023 10:15:00 +0200\r\nMessage-ID: \
<storm@quay.example>\r\nSubject: The storm in pictures\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; \
boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<h1>The storm</h1><p>The mole at \
noon:</p><p><img src=\"cid:mole@quay\" alt=\"The mole\"></p>\r\n--b\r\nContent-Type: image/png; \
name=\"mole.png\"\r\nContent-ID: <mole@quay>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";

#[test]
fn the_files_of_a_mail_are_kept_and_published() {
    let project = Project::new();
    project.file("inbox/storm.eml", MAIL);
    project.run("build").done().mentions("1 added");
    let stored = "files/4c4b6a3be1314ab8-mole.png";
    let record = project.read("archive/2023/07/09/the-storm-in-pictures.html");
    assert!(record.contains(&format!("- url: {stored}")) && record.contains(&format!("src=\"{stored}\"")), "{record}");
    assert_eq!(std::fs::read(project.path(&format!("archive/2023/07/09/{stored}"))).unwrap(), b"\x89PNG\r\n\x1a\n");
    assert_eq!(std::fs::read(project.path(&format!("feeds/{stored}"))).unwrap(), b"\x89PNG\r\n\x1a\n");
    let atom = project.read("feeds/atom.xml");
    let published = format!("https://test.example/{stored}");
    let link = format!("<link rel=\"enclosure\" type=\"image/png\" length=\"8\" href=\"{published}\"/>");
    assert!(atom.contains(&link), "{atom}");
    assert!(atom.contains(&format!("<img src=\"{published}\"")), "{atom}");
    // Again nothing changes, and what was lost is published again.
    project.run("build").done().mentions("nothing changed");
    std::fs::remove_dir_all(project.path("feeds/files")).unwrap();
    project.run("generate").done();
    assert!(project.path(&format!("feeds/{stored}")).exists());
}

fn warc(pages: &[(&str, &str)]) -> String {
    let record = |(uri, page): &(&str, &str)| {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Target-URI: {uri}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
            answer.len()
        )
    };
    pages.iter().map(record).collect()
}

#[test]
fn a_crawl_becomes_articles_and_the_rest_is_counted() {
    let article = "<!doctype html><html lang=en><head><title>Storm closes harbour - Quay News</title><meta \
        property=\"article:published_time\" content=\"2023-07-09T10:00:00+02:00\"></head><body><article><h1>Storm closes \
        harbour</h1><p>The harbour was closed on Sunday evening after a storm had pressed eleven boats against the \
        northern wall, and nobody was hurt.</p><p><time datetime=\"2023-07-10\">10 July</time></p></article></body></html>";
    let missing =
        "<!doctype html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>";
    let project = Project::new();
    let pages = [("https://quay.example/storm", article), ("https://quay.example/gone", missing)];
    project.file("inbox/crawl.warc", warc(&pages));
    let ran = project.run("build").done();
    let _ = ran.mentions("1 added").mentions("1 document without an article");
    let record = project.read("archive/2023/07/09/storm-closes-harbour.html");
    assert!(
        record.contains("url: https://quay.example/storm") && record.contains("date: \"2024-01-02T03:04:05Z\""),
        "{record}"
    );

    let explained = project.run("explain https://quay.example/storm").done();
    explained
        .mentions("chosen: the most trusted place")
        .mentions("(visible \"time\")")
        .mentions("titles    Storm closes");
    // A container stands for what is in it.
    project.run("explain inbox/crawl.warc").done().mentions("storm-closes-harbour.html");
    // A truncated one yields what it has.
    let whole = warc(&pages);
    project.file("inbox/crawl.warc", &whole[..whole.len() - 40]);
    project.run("ingest").exits(1).mentions("the same as before").mentions("inbox/crawl.warc");
}

#[test]
fn a_file_is_explained_before_it_is_taken_in() {
    let project = Project::new();
    project.file("inbox/2023-07-20-x.md", "---\ntitle: Storm\ndate: 2023-07-09\n---\n\nThe harbour was closed.\n");
    project
        .run("explain inbox/2023-07-20-x.md")
        .done()
        .mentions("11 days apart, and path is trusted less than metadata");
}

#[test]
fn explain_shows_how_the_names_beside_a_file_spell_their_dates() {
    let project = Project::new();
    for day in ["04", "11", "18", "25", "31"] {
        project.file(&format!("inbox/log-2023-01-{day}.txt"), format!("Ice on the pier, {day} inches.\n"));
        project.file(&format!("inbox/board/minutes-2301{day}.txt"), format!("Seat {day} was empty again.\n"));
    }
    project.file("inbox/readme.txt", "date 2023-02-01\n\nWhat is here.\n");
    // Before they are taken in, and after.
    project
        .run("explain inbox/log-2023-01-11.txt")
        .done()
        .mentions("names     9999-99-99 at the end, as in 4 of 5 names beside it");
    project.run("build").done();
    project
        .run("explain inbox/log-2023-01-04.txt")
        .done()
        .mentions("names     9999-99-99 at the end, as in 4 of 5 names beside it");
    // Six digits are a date since the names beside it say so.
    project
        .run("explain inbox/board/minutes-230104.txt")
        .done()
        .mentions("names     YYMMDD, as in all 4 names beside it");
    let json = project.run("explain inbox/board/minutes-230104.txt --json").done().json();
    assert_eq!(json["names"], "YYMMDD, as in all 4 names beside it");
    let none = project.run("explain inbox/readme.txt").done().stdout;
    assert!(!none.contains("\nnames "), "{none}");
}

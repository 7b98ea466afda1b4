//! Listings as servers and stores write them.

use proptest::prelude::*;

use super::*;

const URL: &str = "https://files.example/pub/notes/";

/// The listing in lines: address below [`URL`], date, size.
fn shown(listing: &Listing) -> Vec<String> {
    let line = |entry: &Listed| {
        let modified = entry.modified.as_ref().map_or("-".to_owned(), DateValue::to_string);
        let size = entry.size.map_or("-".to_owned(), |size| size.to_string());
        assert_eq!(entry.is_directory, entry.url.ends_with('/'));
        format!("{} {modified} {size}", entry.url.strip_prefix(URL).unwrap_or(&entry.url))
    };
    listing.entries.iter().map(line).collect()
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    assert!(is_index(html.as_bytes()), "no index: {html}");
    assert_eq!(shown(&read(html.as_bytes(), None, URL)), expected);
}

#[test]
fn nginx() {
    check(
        "<html>\r\n<head><title>Index of /pub/notes/</title></head>\r\n<body>\r\n<h1>Index of /pub/notes/</h1><hr><pre><a href=\"../\">../</a>\r\n\
         <a href=\"old/\">old/</a>                                               09-Jul-2022 09:00                   -\r\n\
         <a href=\"2023-07-09%20storm.txt\">2023-07-09 storm.txt</a>            10-Jul-2023 14:30                1234\r\n\
         <a href=\"big.tar.gz\">big.tar.gz</a>                                  11-Jul-2023 00:00         20000000000\r\n</pre><hr></body></html>",
        &[
            "old/ 2022-07-09T09:00 -",
            "2023-07-09%20storm.txt 2023-07-10T14:30 1234",
            "big.tar.gz 2023-07-11T00:00 20000000000",
        ],
    );
}

#[test]
fn apache_as_text_and_as_a_table() {
    check(
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">\n<html><head><title>Index of /pub/notes</title></head><body>\n\
         <h1>Index of /pub/notes</h1>\n<pre><img src=\"/icons/blank.gif\" alt=\"Icon \"> <a href=\"?C=N;O=D\">Name</a>  <a href=\"?C=M;O=A\">Last modified</a> <hr>\
         <img src=\"/icons/back.gif\" alt=\"[PARENTDIR]\"> <a href=\"/pub/\">Parent Directory</a>                             -   \n\
         <img src=\"/icons/text.gif\" alt=\"[TXT]\"> <a href=\"a.txt\">a.txt</a>      2023-07-09 14:30  1.2K  \n\
         <img src=\"/icons/text.gif\" alt=\"[TXT]\"> <a href=\"b.txt\">b.txt</a>      2023-07-10 09:00   12   Two of 3 notes\n<hr></pre></body></html>",
        &["a.txt 2023-07-09T14:30 -", "b.txt 2023-07-10T09:00 12"],
    );
    check(
        "<html><head><title>Index of /pub/notes</title></head><body><table><tr><th><a href=\"?C=N;O=D\">Name</a></th></tr>\
         <tr><td><a href=\"/pub/\">Parent Directory</a></td><td>&nbsp;</td><td align=\"right\">  - </td></tr>\
         <tr><td valign=top><a href=\"a.txt\"><img src=\"/icons/text.gif\"></a></td><td><a href=\"a.txt\">a.txt</a></td>\
         <td align=\"right\">2023-07-09 14:30  </td><td align=\"right\">123 </td><td>&nbsp;</td></tr>\
         <tr><td><a href=\"deep/\">deep/</a></td><td align=\"right\">2023-07-10 09:00  </td><td align=\"right\">  - </td></tr></table>",
        &["a.txt 2023-07-09T14:30 123", "deep/ 2023-07-10T09:00 -"],
    );
}

#[test]
fn lighttpd_caddy_python_iis_tomcat() {
    check(
        "<!DOCTYPE html><html><head><title>Index of /pub/notes/</title></head><body><table><tbody>\
         <tr class=\"d\"><td class=\"n\"><a href=\"../\">..</a>/</td><td class=\"m\">&nbsp;</td><td class=\"s\">- &nbsp;</td></tr>\
         <tr><td class=\"n\"><a href=\"a.txt\">a.txt</a></td><td class=\"m\">2023-Jul-09 14:30:05</td><td class=\"s\">1.2K</td><td class=\"t\">text/plain</td></tr>",
        &["a.txt 2023-07-09T14:30:05 -"],
    );
    check(
        "<!DOCTYPE html><html><head><title>/pub/notes/</title></head><body><table><thead><tr><th><a href=\"?sort=name&amp;order=desc\">Name</a> \
         <a href=\"?sort=size&amp;order=asc\">Size</a></th></tr></thead><tr class=\"file\"><td></td><td><a href=\"./a.txt\"><span class=\"name\">a.txt</span></a></td>\
         <td class=\"size\" data-size=\"1234\"><div class=\"sizebar\"><div class=\"sizebar-text\">1.2 KiB</div></div></td>\
         <td class=\"timestamp hideable\"><time datetime=\"2023-07-09T14:30:05Z\">07/09/2023 02:30:05 PM +00:00</time></td></tr>",
        &["a.txt 2023-07-09T14:30:05Z 1234"],
    );
    check(
        "<!DOCTYPE HTML>\n<html lang=\"en\">\n<head>\n<title>Directory listing for /pub/notes/</title>\n</head>\n<body>\n<ul>\n\
         <li><a href=\"a.txt\">a.txt</a></li>\n<li><a href=\"old/\">old/</a></li>\n</ul>\n",
        &["a.txt - -", "old/ - -"],
    );
    check(
        "<html><head><title>files.example - /pub/notes/</title></head><body><H1>files.example - /pub/notes/</H1><hr>\r\n\
         <pre><A HREF=\"/pub/\">[To Parent Directory]</A><br><br> 7/27/2023  2:30 PM         1234 <A HREF=\"/pub/notes/a.txt\">a.txt</A><br>\
          7/9/2023  2:30 PM          99 <A HREF=\"/pub/notes/b.txt\">b.txt</A><br>  7/28/2023  2:30 PM  &lt;dir&gt; <A HREF=\"/pub/notes/old/\">old</A><br></pre>",
        &["a.txt 2023-07-27T14:30 1234", "b.txt - 99", "old/ 2023-07-28T14:30 -"],
    );
    check(
        "<html><head><title>Directory Listing For [/pub/notes/]</title></head><body><table><tr><td>&nbsp;<a href=\"/pub/notes/a.txt\"><tt>a.txt</tt></a></td>\
         <td align=\"right\"><tt>1234 bytes</tt></td><td align=\"right\"><tt>Sun, 09 Jul 2023 14:30:00 GMT</tt></td></tr>\
         <tr><td><a href=\"/pub/notes/b.txt\"><tt>b.txt</tt></a></td><td><tt>0.2 kb</tt></td><td><tt>Mon, 10 Jul 2023 14:30:00 GMT</tt></td></tr>",
        &["a.txt 2023-07-09T14:30:00Z 1234", "b.txt 2023-07-10T14:30:00Z -"],
    );
}

#[test]
fn nothing_outside_the_directory_is_listed() {
    let html = "<title>Index of /pub/notes/</title><base href='/pub/notes/'><ul>\
        <li><a href='/'>x</a><li><a href='https://evil.example/pub/notes/x'>x</a><li><a href='http://files.example/pub/notes/x'>x</a>\
        <li><a href='../../pub/notesx/y'>x</a><li><a href='..%2f..%2fetc%2fpasswd'>x</a><li><a href='%2e%2e/x'>x</a><li><a href='a%00b'>x</a>\
        <li><a href='a%5c..%5cb'>x</a><li><a href='javascript:x'>x</a><li><a href='?C=N;O=D'>x</a><li><a href='a.txt?C=1'>x</a><li><a href='./'>x</a>\
        <li><a href='a//b'>x</a><li><a href='ok.txt#top'>x</a><li><a href='ok.txt'>x</a><li><a>x</a><li><a href='sub/deeper.txt'>x</a>";
    assert_eq!(shown(&read(html.as_bytes(), None, URL)), ["ok.txt - -", "sub/deeper.txt - -"]);
}

#[test]
fn pages_are_no_indexes() {
    for html in [
        "",
        "<title>Index of economic freedom</title><a href='a.html'>A</a>",
        "<title>Harbour</title><h1>News</h1><a href='/?sort=new'>Newest</a><a href='../'>Up</a>",
        "<p>See Index of /pub and <a href='b/'>b/</a>",
    ] {
        assert!(!is_index(html.as_bytes()), "{html}");
    }
}

const BUCKET: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
    <Name>harbour</Name><Prefix></Prefix><IsTruncated>true</IsTruncated>MORE\
    <Contents><Key>2023/storm &amp; fog?.txt</Key><LastModified>2023-07-09T14:30:05.000Z</LastModified><ETag>\"x\"</ETag><Size>1234</Size>\
    <Owner><ID>1</ID></Owner></Contents><Contents><Key>../../etc/passwd</Key><Size>1</Size></Contents><Contents><Key>/x</Key></Contents>\
    <Contents><Key>2023/dir/</Key><Size>0</Size></Contents><CommonPrefixes><Prefix>2022/</Prefix></CommonPrefixes></ListBucketResult>";

#[test]
fn stores() {
    let text = BUCKET.replace("MORE", "<NextContinuationToken>a+b=</NextContinuationToken>");
    let found = read(text.as_bytes(), None, "https://harbour.s3.example/?list-type=2&prefix=");
    let urls: Vec<&str> = found.entries.iter().map(|entry| entry.url.as_str()).collect();
    assert_eq!(
        urls,
        [
            "https://harbour.s3.example/2023/storm%20&%20fog%3F.txt",
            "https://harbour.s3.example/2023/dir/",
            "https://harbour.s3.example/?list-type=2&prefix=2022%2F",
        ]
    );
    assert_eq!(found.entries[0].modified.as_ref().unwrap().to_string(), "2023-07-09T14:30:05Z");
    assert_eq!((found.entries[0].size, found.entries[2].is_directory), (Some(1234), true));
    assert_eq!(
        found.next.as_deref(),
        Some("https://harbour.s3.example/?list-type=2&prefix=&continuation-token=a%2Bb%3D")
    );

    let found = read(BUCKET.replace("MORE", "").as_bytes(), None, "https://s3.example/harbour?marker=a&prefix=");
    assert_eq!(found.entries[0].url, "https://s3.example/harbour/2023/storm%20&%20fog%3F.txt");
    assert_eq!(found.next.as_deref(), Some("https://s3.example/harbour?prefix=&marker=2023%2Fdir%2F"));
    let cut = &text[..text.find("<CommonPrefixes").unwrap()];
    let found = read(cut.as_bytes(), None, "https://harbour.s3.example/");
    assert_eq!((found.entries.len(), found.next, found.is_cut), (2, None, true));
}

#[test]
fn plain_lists() {
    let text = "\u{feff}# mine\r\nhttps://a.example/1#x\r\n\r\n  https://b.example/2  2023-07-09\nhttps://a.example/1\njavascript:x\nnot one\n//c.example/3\n";
    let found = read(text.as_bytes(), None, URL);
    let urls: Vec<&str> = found.entries.iter().map(|entry| entry.url.as_str()).collect();
    assert_eq!(urls, ["https://a.example/1", "https://b.example/2", "https://c.example/3"]);
    assert!(is_list("https://a.example/1\n#x\nhttps://b.exa", false) && is_list("HTTPS://a.example/", true));
    assert!(
        !is_list("", true)
            && !is_list("# x", true)
            && !is_list("https://a.example/ is down", true)
            && !is_list("https://", true)
    );
}

#[test]
fn hostile_listings_are_bounded() {
    let many: String = (0..MOST + 1).map(|n| format!("https://a.example/{n}\n")).collect();
    let found = read(many.as_bytes(), None, URL);
    assert_eq!((found.entries.len(), found.is_cut), (MOST, true));
    let row = format!(
        "<title>Index of /</title><pre>{}{}",
        "<a href='a'>a</a> ".repeat(50_000),
        "2023-07-09 ".repeat(100_000)
    );
    assert_eq!(shown(&read(row.as_bytes(), None, URL)), ["a - -"]);
    let rows = format!("<pre>{}", format!("<a href='a'>a</a> {}\n", "July ".repeat(100)).repeat(2000));
    assert_eq!(read(rows.as_bytes(), None, URL).entries.len(), 1);
    assert!(read(b"\x89PNG\r\n\x1a\n\0\0", None, URL).entries.is_empty());
    assert!(read(b"<a href='a'>a</a>", None, "notes").entries.is_empty());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<pre>|<tr>|<td>|<a href='|'>|</a>|\n|a.txt|../|09-Jul-2023 14:30|1234|K|\u{a0}|é|<ListBucketResult>|<Contents>|<Key>|</|https://a.example/|#|%2e|<base href='){0,40}") {
        let found = read(text.as_bytes(), None, URL);
        prop_assert!(text.trim_start().starts_with("<L") || !text.trim_start().starts_with('<') || found.entries.iter().all(|entry| entry.url.starts_with(URL)));
        let _ = is_index(text.as_bytes());
    }
}

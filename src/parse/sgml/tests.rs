//! Stories in the shapes of the collections, written here.

use std::io::Read;

use proptest::prelude::*;

use super::*;
use crate::article::TitleSource;
use crate::parse::tests::{parsed, parsed_all};

const WIRE: &str = r#"<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="5544" NEWID="1">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>ferry</D><D>fuel</D></TOPICS>
<PLACES><D>norway</D></PLACES>
<PEOPLE></PEOPLE>
<UNKNOWN>&#5;&#5;C T
&#22;f0704&#31;harb</UNKNOWN>
<TEXT>&#2;
<TITLE>HARBOUR LINES &lt;HBL> CUTS FARES</TITLE>
<AUTHOR>    By Ada Lund, Harbour Wire</AUTHOR>
<DATELINE>    BERGEN, Feb 26 - </DATELINE><BODY>Harbour Lines said it cut fares
by five pct &amp; more.
    It gave no reason.
 Wire
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID="2">
<DATE> 2-MAR-1987 09:00:00.00</DATE>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>HARBOUR LINES SEES PROFIT
</TITLE>Blah blah blah.
&#3;

</TEXT>
</REUTERS>
<REUTERS NEWID="3">
<DATE>3-MAR-1987 09:00:00.00</DATE>
<TEXT TYPE="UNPROC">&#2;
 PORT PRICES - MARCH 3

 COAL 12.0
 FUEL  9.1
&#3;</TEXT>
</REUTERS>
"#;

fn date(article: &Article) -> String {
    article.date.as_ref().map(|date| date.chosen.value.to_string()).unwrap_or_default()
}

#[test]
fn wire_stories() {
    let articles = parsed("sgml", "w.sgm", WIRE.as_bytes());
    assert_eq!(articles.len(), 3);
    let first = &articles[0];
    assert_eq!((&*first.title.text, &*date(first)), ("HARBOUR LINES <HBL> CUTS FARES", "1987-02-26T15:01:01.790"));
    assert_eq!(
        first.body.text,
        "BERGEN, Feb 26 - Harbour Lines said it cut fares\nby five pct & more.\n    It gave no reason.\n Wire"
    );
    assert_eq!((first.tags.as_slice(), &*first.fragment), (&["ferry".to_owned(), "fuel".to_owned()][..], "1"));
    assert_eq!(first.extra["places"], serde_json::json!(["norway"]));
    assert_eq!((&first.extra["unknown"], &first.extra["oldid"]), (&"C T f0704harb".into(), &"5544".into()));
    assert_eq!(first.authors[0].name, "Ada Lund");
    let (brief, raw) = (&articles[1], &articles[2]);
    assert_eq!((&*brief.title.text, brief.body.text.trim()), ("HARBOUR LINES SEES PROFIT", "Blah blah blah."));
    assert_eq!((&*raw.title.text, raw.title.source), ("PORT PRICES - MARCH 3", TitleSource::Heading));
    assert!(raw.body.text.contains("COAL 12.0\n FUEL  9.1") && !raw.body.text.contains('\u{3}'), "{:?}", raw.body.text);
}

#[test]
fn stories_of_collections() {
    let giga = "<DOC id=\"HWI_ENG_19940512.0003\" type=\"story\" >\n<HEADLINE>\nFerry returns to\nthe harbour\n</HEADLINE>\n\
        <DATELINE>\nBERGEN, May 12 (HWI)\n</DATELINE>\n<TEXT>\n<P>\nThe ferry sailed,\nat last.\n</P>\n<P>\nMore &amp; more.\n</P>\n</TEXT>\n</DOC>\n";
    let ap = "<DOC>\n<DOCNO> HW880212-0001 </DOCNO>\n<FILEID>HW-NR-02-12-88 2344EST</FILEID>\n<HEAD>Ferry Returns</HEAD>\n\
        <BYLINE>By ADA LUND</BYLINE>\n<DATELINE>BERGEN, Norway (HW) </DATELINE>\n<TEXT>\n   The ferry sailed.\n   It rained.\n</TEXT>\n</DOC>\n";
    let ft = "<DOC><DOCNO>HT911-3</DOCNO>\n<DATE>910514\n</DATE>\n<HEADLINE>\nHT  14 MAY 91 / Ferry returns\n</HEADLINE>\n<TEXT>\nIt sailed.\n</TEXT>\n<PUB>Harbour Times</PUB></DOC>";
    let la = "<DOC>\n<DOCNO> HA010189-0001 </DOCNO>\n<DOCID> 1 </DOCID>\n<DATE>\n<P>\nJanuary 1, 1989, Sunday, Home Edition\n</P>\n</DATE>\n\
        <SECTION>\n<P>\nBooks; Page 1; Desk\n</P>\n</SECTION>\n<HEADLINE>\n<P>\nNEW FERRY; \n</P>\n<P>\nOLD PIER\n</P>\n</HEADLINE>\n<TEXT>\n<P>\nIt sailed.\n</P>\n</TEXT>\n</DOC>";
    let aquaint = "<DOC>\n<DOCNO> HYT19980601.0001 </DOCNO>\n<DATE_TIME> 1998-06-01 00:02 </DATE_TIME>\n<BODY>\n<HEADLINE>Ferry</HEADLINE>\n<TEXT>\n<P>\nIt sailed.\n</P>\n</TEXT>\n</BODY>\n</DOC>";
    let all = [giga, ap, ft, la, aquaint].concat();
    let articles = parsed("sgml", "x", all.as_bytes());
    let found: Vec<(&str, String, &str)> =
        articles.iter().map(|article| (&*article.title.text, date(article), &*article.fragment)).collect();
    assert_eq!(
        found,
        [
            ("Ferry returns to the harbour", "1994-05-12".to_owned(), "HWI_ENG_19940512.0003"),
            ("Ferry Returns", "1988-02-12".to_owned(), "HW880212-0001"),
            ("HT 14 MAY 91 / Ferry returns", "1991-05-14".to_owned(), "HT911-3"),
            ("NEW FERRY; OLD PIER", "1989-01-01".to_owned(), "HA010189-0001"),
            ("Ferry", "1998-06-01T00:02".to_owned(), "HYT19980601.0001"),
        ]
    );
    assert_eq!(articles[0].body.text, "BERGEN, May 12 (HWI) - The ferry sailed,\nat last.\n\nMore & more.");
    assert_eq!(articles[1].body.text, "BERGEN, Norway (HW) - The ferry sailed.\n   It rained.");
    assert_eq!((&*articles[1].authors[0].name, articles[3].section.as_deref()), ("ADA LUND", Some("Books")));
    assert_eq!(articles[2].extra["pub"], "Harbour Times");
}

#[test]
fn nitf() {
    let text = r#"<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><title>Ferry returns</title>
<docdata><doc-id id-string="146580"/><identified-content><classifier class="indexing" type="descriptor">Ferries</classifier></identified-content></docdata>
<pubdata date.publication="20030225T000000" ex-ref="https://harbour.example/1" name="Harbour Times"/></head>
<body><body.head><hedline><hl1>Ferry returns, at last</hl1></hedline><byline class="print_byline">By ADA LUND</byline></body.head>
<body.content><block class="lead_paragraph"><p>It sailed.</p></block><block class="full_text"><p>It sailed.</p><p>It rained &#8212; a lot.</p></block></body.content></body></nitf>"#;
    let article = parsed("sgml", "1.xml", text.as_bytes()).remove(0);
    assert_eq!((&*article.title.text, &*date(&article)), ("Ferry returns, at last", "2003-02-25"));
    assert_eq!(article.body.text, "It sailed.\n\nIt rained — a lot.");
    assert_eq!((article.url.as_deref(), &*article.tags[0]), (Some("https://harbour.example/1"), "Ferries"));
    assert_eq!((&*article.authors[0].name, &*article.fragment), ("ADA LUND", "146580"));
}

#[test]
fn what_is_newswire() {
    let sniffed = |text: &str| Sgml.sniff(&Document::from_bytes("a", "a", text.as_bytes().to_vec()));
    assert_eq!(sniffed(WIRE), Confidence::Content);
    assert_eq!(sniffed("\n<DOC>\n<DOCNO> X </DOCNO>"), Confidence::Content);
    assert_eq!(sniffed("<?xml version='1.0'?>\n<nitf>"), Confidence::Content);
    assert_eq!(sniffed("<doc id=\"12\" title=\"Ferries\">\nFerries\n\nA ferry is"), Confidence::No);
    assert_eq!(sniffed("<!DOCTYPE html><html>"), Confidence::No);
    assert_eq!(sniffed("<DOCUMENT>"), Confidence::No);
}

#[test]
fn stories_that_do_not_end() {
    let (articles, errors, _) = parsed_all(
        "sgml",
        "a",
        "<DOC><DOCNO>X19980601.1</DOCNO><TEXT>One.</TEXT>\n<DOC><DOCNO>X19980602.1</DOCNO><TEXT>Two.</TEXT></DOC><DOC>"
            .as_bytes(),
    );
    assert_eq!(articles.iter().map(|article| &*article.body.text).collect::<Vec<_>>(), ["One.", "Two."]);
    assert!(errors[0].to_string().starts_with("a <DOC>: expected a whole story, found the end"), "{errors:?}");
    let first = WIRE.find("</REUTERS>").unwrap() + "</REUTERS>".len();
    for end in 0..WIRE.len() {
        let (articles, errors, _) = parsed_all("sgml", "a", &WIRE.as_bytes()[..end]);
        assert_eq!(articles.is_empty(), end < first, "{end}");
        assert!(errors.len() <= 1);
    }
}

#[test]
fn endless_stories_take_no_memory() {
    let tail = "</TEXT></DOC>\n<DOC id=\"X19980601.1\"><TEXT>Two.</TEXT></DOC>";
    for filler in ["z", "<P>", "<"] {
        let filler = filler.repeat(1000);
        let filler_length = filler.len() / 1000;
        let endless =
            std::iter::repeat_n(filler.as_bytes(), 12_000 / filler_length).flatten().copied().collect::<Vec<u8>>();
        let stream = "<DOC><TEXT>".as_bytes().chain(&endless[..]).chain(tail.as_bytes());
        let mut blocks = Blocks::new(Box::new(std::io::BufReader::new(stream)));
        let first = blocks.next().unwrap().unwrap();
        assert!(matches!(first, Block::TooLong(ref bytes) if bytes.len() < blocks::LONGEST), "{:?}", filler.get(..1));
        assert!(matches!(blocks.next().unwrap().unwrap(), Block::Story(_)));
    }
    let started = std::time::Instant::now();
    for piece in ["<a ", "<", "&", "&a;", "<D>", "</D>", "<a b='", "<TITLE>", "<DATELINE>x", "</TEXT>", "<P>"] {
        let text = format!("<DOC><TEXT>{}</TEXT></DOC>", piece.repeat((1 << 18) / piece.len()));
        let _ = parsed_all("sgml", "a", text.as_bytes());
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_soup_makes_it_panic(text in "(<DOC>|<REUTERS NEWID=\"|</DOC>|</REUTERS>|<TEXT>|</TEXT>|<TITLE>|</TITLE>|<DATE>|910514|26-FEB-1987|\">|<P>|&#3;|&lt;|&#|é|<| |\n|x|\\*|<DATELINE>|<nitf a=|<hl1>|/>){0,40}") {
        let (articles, _, _) = parsed_all("sgml", "a", text.as_bytes());
        for article in articles {
            prop_assert!(!article.title.text.is_empty() && !article.title.text.contains('\n'));
        }
    }
}

//! Tables as people and programs write them.

use proptest::prelude::*;

use super::*;
use crate::article::BodyKind;
use crate::parse::tests::{parsed, parsed_all};

fn date(article: &Article) -> String {
    article.date.as_ref().map(|date| date.chosen.value.to_string()).unwrap_or_default()
}

const PLAIN: &str = "id,title,date,author,text,url,tags,pages\n\
    7,Ferry returns,2021-03-04,Ada Lund,\"It sailed, at last.\nEverybody came.\",https://harbour.example/7,\"sea, ferry\",2\n\
    8,\"The \"\"old\"\" pier\",2021-03-05 10:30,\"Bo Ek, Cy Li\",Closed.,,,\n";

#[test]
fn each_row_is_an_article() {
    let articles = parsed("table", "news.csv", PLAIN.as_bytes());
    assert_eq!(articles.len(), 2);
    let first = &articles[0];
    assert_eq!((&*first.title.text, &*date(first), &*first.fragment), ("Ferry returns", "2021-03-04", "7"));
    assert_eq!((first.body.kind, &*first.body.text), (BodyKind::Text, "It sailed, at last.\nEverybody came."));
    assert_eq!(first.url.as_deref(), Some("https://harbour.example/7"));
    assert_eq!(first.tags, ["sea", "ferry"]);
    assert_eq!(first.extra["pages"], "2");
    assert_eq!((&*articles[1].title.text, &*date(&articles[1])), ("The \"old\" pier", "2021-03-05T10:30"));
    assert_eq!(articles[1].authors.len(), 2);
    assert!(articles[1].url.is_none() && !articles[1].extra.contains_key("pages"));
}

#[test]
fn separators_marks_and_line_ends() {
    let semicolons =
        PLAIN.replace(',', ";").replace("sea;", "sea,").replace("sailed;", "sailed,").replace("Ek;", "Ek,");
    let tabs = semicolons.replace(';', "\t");
    for text in [
        format!("\u{feff}{PLAIN}"),
        PLAIN.replace('\n', "\r\n"),
        format!("sep=;\r\n{semicolons}"),
        semicolons.clone(),
        tabs.clone(),
        tabs.replace('\t', "|"),
    ] {
        let articles = parsed("table", "a", text.as_bytes());
        assert_eq!((articles.len(), &*articles[0].title.text), (2, "Ferry returns"), "{text}");
        assert_eq!(articles[0].body.text, "It sailed, at last.\nEverybody came.");
    }
    let bare = "date\ttitle\ttext\n2021-03-04\t\"Quoted\" pier\tA 5\" plank.\n2021-03-05\t\"Open\tIt is.\n";
    let articles = parsed("table", "a.tsv", bare.as_bytes());
    assert_eq!((articles.len(), &*articles[1].title.text), (2, "\"Open"));
    let escaped = "date,title,text\n2021-03-04,\"The \\\"old\\\" pier\",Closed\n";
    assert_eq!(parsed("table", "a.csv", escaped.as_bytes())[0].title.text, "The \"old\" pier");
}

#[test]
fn encodings() {
    let wide: Vec<u8> = format!("\u{feff}{}", "titel\tdatum\ttext\nFähre\t2021-03-04\tSie fährt.\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(parsed("table", "a.csv", &wide)[0].title.text, "Fähre");
    let (latin, cyrillic) = (b"titel;datum;text\nF\xe4hre;2021-03-04;Sie f\xe4hrt \xfcber das Meer.\n", b"title;date;text\n\xcf\xe0\xf0\xee\xec;2021-03-04;\xcf\xe0\xf0\xee\xec \xf1\xed\xee\xe2\xe0 \xe2\xfb\xf8\xe5\xeb \xe2 \xec\xee\xf0\xe5 \xf1\xe5\xe3\xee\xe4\xed\xff.\n");
    assert_eq!(parsed("table", "a.csv", latin)[0].title.text, "Fähre");
    assert_eq!(parsed("table", "a.csv", cyrillic)[0].title.text, "Паром");
}

#[test]
fn names_of_columns_in_other_languages_and_shapes() {
    for (header, row) in [
        ("Überschrift;Datum;Inhalt;Autorin;Ressort", "Fähre;04.03.2021;Sie fährt.;Ada Lund;Hafen"),
        ("Заголовок,Дата,Текст,Автор,Рубрика", "Fähre,2021-03-04,Sie fährt.,Ada Lund,Hafen"),
        ("标题,日期,正文,作者,分类", "Fähre,2021-03-04,Sie fährt.,Ada Lund,Hafen"),
        ("Headline|Publication Date|Body Text|By-line|Section", "Fähre|4 March 2021|Sie fährt.|By Ada Lund|Hafen"),
        (",title,author,year,month,day,content,section", "0,Fähre,['Ada Lund'],2021,3,4,Sie fährt.,Hafen"),
        ("title,date,text,author,category,date", "Fähre,2021-03-04,Sie fährt.,Ada Lund,Hafen,x"),
    ] {
        let article = parsed("table", "a.csv", format!("{header}\n{row}\n").as_bytes()).remove(0);
        assert_eq!(
            (&*article.title.text, &*date(&article), &*article.body.text),
            ("Fähre", "2021-03-04", "Sie fährt.")
        );
        assert_eq!((&*article.authors[0].name, article.section.as_deref()), ("Ada Lund", Some("Hafen")), "{header}");
    }
}

#[test]
fn dates_as_spreadsheets_and_programs_write_them() {
    for (header, value, expected) in [
        ("date,title", "45116,A", "2023-07-09"),
        ("date,title", "45116.4375,A", "2023-07-09T10:30:00"),
        ("created_utc,title", "1688898600,A", "2023-07-09T10:30:00Z"),
        ("date,time,title", "2023-07-09,10:30,A", "2023-07-09T10:30"),
        ("title,pages,date", "A,45116,", ""),
        ("date,title", "12345,A", ""),
    ] {
        let article = parsed("table", "a.csv", format!("{header}\n{value}\n").as_bytes()).remove(0);
        assert_eq!(date(&article), expected, "{header} {value}");
    }
    let mixed = parsed("table", "a.csv", b"date,title\n45116,A\nsoon,B\n");
    assert_eq!(date(&mixed[0]), "", "one value that is no number makes the column none of numbers");
}

#[test]
fn a_mapping_names_the_columns() {
    let table = b"pub_dt,story,hed,text\n2021-03-04,It sailed.,Ferry returns,note\n";
    let mut doc = Document::from_bytes("a.csv", "a.csv", table.to_vec());
    doc.columns = [("date", "pub_dt"), ("text", "story"), ("title", "hed")].map(|(k, v)| (k.into(), v.into())).into();
    let mut articles = Vec::new();
    Table.parse(&mut doc, &mut |article| articles.push(article.unwrap())).unwrap();
    assert_eq!((&*articles[0].title.text, &*articles[0].body.text), ("Ferry returns", "It sailed."));
    assert_eq!((&*date(&articles[0]), &articles[0].extra["text 2"]), ("2021-03-04", &"note".into()));
    let mut doc = Document::from_bytes("a.csv", "a.csv", table.to_vec());
    doc.columns = [("date".to_owned(), "when".to_owned())].into();
    let err = Table.parse(&mut doc, &mut |_| {}).unwrap_err().to_string();
    assert!(
        err.starts_with("a.csv: expected the column \"when\" (for date), found the columns pub_dt, story"),
        "{err}"
    );
}

#[test]
fn tables_of_other_things_are_refused_with_their_columns() {
    let (articles, _, whole) = parsed_all("table", "a.csv", b"sku,price,weight\n1,2,3\n");
    let err = whole.unwrap_err().to_string();
    assert!(articles.is_empty() && err.contains("the columns sku, price, weight; name the columns"), "{err}");
    assert!(
        parsed_all("table", "a.csv", b"title,price\nA,3\n").2.unwrap_err().to_string().contains("a column of dates")
    );
    assert!(parsed_all("table", "a.csv", b"date,title\n").2.unwrap_err().to_string().contains("found none"));
}

#[test]
fn ragged_rows() {
    let (articles, errors, whole) = parsed_all(
        "table",
        "a.csv",
        b"date,title,pages\n2021-03-04,A\n2021-03-05,B, C,2\n2021-03-06,D,1,,\n\n,,\n2021-03-07,,1\n",
    );
    assert!(whole.is_ok());
    assert_eq!(articles.iter().map(|article| &*article.title.text).collect::<Vec<_>>(), ["A", "D"]);
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(errors[0].starts_with("a.csv line 3: expected 3 fields as in the header, found 4"), "{errors:?}");
    assert!(errors[1].starts_with("a.csv line 7: expected a row with a title or a text"), "{errors:?}");
    let articles = parsed("table", "a.csv", b"date,title,text\n2021-03-04,A,It sailed, at last, home\n");
    assert_eq!(articles[0].body.text, "It sailed, at last, home");
}

#[test]
fn rows_keep_apart_and_keep_their_names_when_others_come_or_go() {
    let rows = |table: &str| -> Vec<String> {
        parsed("table", "a.csv", table.as_bytes()).into_iter().map(|article| article.fragment).collect()
    };
    let short = rows("date,title,text\n2021-03-04,A,x\n2021-03-05,B,y\n");
    let long = rows("date,title,text\n2021-03-01,Z,z\n2021-03-04,A,x\n2021-03-05,B,y\n");
    assert_eq!(short, long[1..]);
    let same = rows("id,date,title\n1,2021-03-04,A\n1,2021-03-05,B\n");
    assert!(same[0] == "1" && same[1].starts_with("1 ") && same[1].len() > 10, "{same:?}");
}

#[test]
fn html_in_a_field_is_html() {
    let article = parsed("table", "a.csv", b"date,content\n2021-03-04,<p>It <b>sailed</b>.</p>\n").remove(0);
    assert_eq!((article.body.kind, &*article.title.text), (BodyKind::Html, "It sailed"));
}

#[test]
fn what_is_a_table() {
    let sniffed = |name: &str, text: &str| Table.sniff(&Document::from_bytes(name, name, text.as_bytes().to_vec()));
    assert_eq!(sniffed("a", PLAIN), Confidence::Content);
    assert_eq!(sniffed("a.csv", "x,y\n1,2\n"), Confidence::Name);
    assert_eq!(sniffed("a.txt", "Dates, titles and texts of the harbour, by name.\n"), Confidence::No);
    assert_eq!(sniffed("a.txt", "date 2021-03-04 Title, text\n"), Confidence::No);
}

#[test]
fn an_endless_row_takes_no_memory() {
    let head = "date,title,text\n2021-03-04,A,x\n2021-03-05,B,\"";
    let endless = head.as_bytes().chain(std::io::repeat(b'z').take(1 << 40));
    let mut doc = Document::from_reader("a.csv", "a.csv", endless).unwrap();
    let mut count = 0;
    let err = Table.parse(&mut doc, &mut |article| count += u32::from(article.is_ok())).unwrap_err().to_string();
    assert!(count == 1 && err.starts_with("a.csv line 3: expected a row of at most 8 MiB"), "{count} {err}");
    let wide = "date,title".to_owned() + &",".repeat(100_000) + "\n";
    assert!(parsed_all("table", "a.csv", wide.as_bytes()).2.is_err());
}

#[test]
fn cut_anywhere_it_reads_what_there_is() {
    for end in 0..PLAIN.len() {
        let (articles, _, _) = parsed_all("table", "a.csv", &PLAIN.as_bytes()[..end]);
        assert!(articles.len() <= 2 && articles.iter().all(|article| !article.title.text.is_empty()), "{end}");
    }
}

proptest! {
    #[test]
    fn no_table_makes_it_panic(text in "(date|title|text|,|;|\t|\\||\"|\n|\r|2021-03-04|45116|\\\\|é|sep=|\\[|'|x){0,60}") {
        let _ = parsed_all("table", "a.csv", text.as_bytes());
        let _ = parsed_all("table", "a.csv", format!("date,title,text\n{text}").as_bytes());
    }
}

#[test]
fn rows_are_never_called_after_their_table() {
    let text = "id,date,text\n1,2021-03-04,***\n2,2021-03-05,???\n";
    let titles: Vec<_> = parsed("table", "harbour.csv", text.as_bytes()).into_iter().map(|a| a.title.text).collect();
    assert_eq!(titles, ["Untitled", "Untitled"]);
}

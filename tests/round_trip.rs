//! What feedmill publishes, feedmill can read: the same articles from RSS, from Atom and from JSON Feed.

use feedmill::archive::{Access, Archive, Intake};
use feedmill::article::Article;
use feedmill::source::Document;
use feedmill::{feed, generate, ingest, parse};

/// Articles with what is hard to carry: markup-like titles, other scripts, relative links, files, several authors.
const POSTS: &[(&str, &str)] = &[
    (
        "one.md",
        "---\ntitle: \"Fish & <chips> *again* ]]>\"\ndate: 2023-07-09T14:30:00+02:00\nauthor: [Ada Reed, Ben Shaw]\n\
         tags: [Sea, \"R&D\"]\nurl: https://harbour.example/2023/one?a=1&b=2\nsummary: Short & sweet.\n---\n\
         Some **bold** text, a [link](two), and `a < b && c`.\n\n![Fog](fog.png)\n",
    ),
    (
        "two.md",
        "---\ntitle: Навигация 🎉 日本\ndate: 2023-07-10\nlang: ru\nurl: https://harbour.example/two\n\
         enclosure: {url: \"https://harbour.example/a b.mp3\", type: audio/mpeg, length: 7}\n---\nПаром ушёл.\n",
    ),
    ("three.txt", " date 2023-07-11 A pump came back. It works.\n\nNobody knows why.\n"),
];

fn read(path: &std::path::Path) -> Vec<Article> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let mut doc = Document::from_bytes(name, name, std::fs::read(path).unwrap());
    let parser = parse::choose(&doc).unwrap();
    assert_eq!(parser.name(), if name.ends_with(".json") { "json" } else { "feed" });
    let mut articles = Vec::new();
    parser.parse(&mut doc, &mut |article| articles.push(article.unwrap())).unwrap();
    articles
}

/// The fields that all three formats can say.
fn shown(article: &Article) -> String {
    let published = article.date.as_ref().unwrap().chosen.value.instant_in(&chrono::Utc).unwrap().timestamp();
    // Atom wants an author of each feed, which is the site where nobody else is named.
    let authors = article.authors.iter().map(|person| person.name.as_str()).filter(|name| *name != "Harbour");
    let authors: Vec<&str> = authors.collect();
    format!(
        "{} | {published} | {:?} | {:?} | {authors:?} | {:?} | {:?} | {:?} | {}",
        article.title.text,
        article.id,
        article.url,
        article.tags,
        article.enclosures,
        article.summary,
        article.body.text.trim()
    )
}

#[test]
fn every_format_says_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let (records, feeds) = (dir.path().join("archive"), dir.path().join("feeds"));
    let now = "2023-07-12T08:00:00Z".parse().unwrap();
    Archive::create_if_missing(&records, Some("https://harbour.example/")).unwrap();
    let mut archive = Archive::open(&records, Access::Write, now).unwrap();
    let intake = Intake { zone: chrono_tz::UTC, now };
    for (name, text) in POSTS {
        let doc = Document::from_bytes(*name, *name, text.as_bytes().to_vec());
        let report =
            ingest::ingest_document(&mut archive, doc, &ingest::Options::default(), &intake, &mut |_| {}).unwrap();
        assert_eq!(report.added, 1, "{name}");
    }
    let site = feed::Site { title: "Harbour".into(), url: "https://harbour.example/".into(), ..feed::Site::default() };
    generate::generate(&archive, &site, &[feed::FeedSpec::default()], now, &feeds).unwrap();

    let [rss, atom, json] = ["rss.xml", "atom.xml", "feed.json"].map(|name| read(&feeds.join(name)));
    assert_eq!((rss.len(), atom.len(), json.len()), (3, 3, 3));
    for ((rss, atom), json) in rss.iter().zip(&atom).zip(&json) {
        assert_eq!(shown(rss), shown(atom));
        assert_eq!(shown(atom), shown(json));
        assert_eq!(rss.extra["feed"]["title"], "Harbour");
    }
    let titles: Vec<&str> = atom.iter().map(|article| article.title.text.as_str()).collect();
    assert_eq!(titles, ["A pump came back", "Навигация 🎉 日本", "Fish & <chips> again ]]>"]);
    assert_eq!(atom[2].body.text.matches("https://harbour.example/2023/").count(), 2);
}

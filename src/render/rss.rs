//! RSS 2.0, with the recommendations of the RSS Advisory Board's profile.

use std::io::{self, Write};

use super::{GENERATOR, HISTORY, Renderer, Rendering, itunes, media};
use crate::article::Person;
use crate::feed::{Entry, Head, Origin, Outline, Place, media_type};
use feedmill_dates::write::{rfc822, rfc3339};
use feedmill_markup::write::{Value, XmlWriter};

/// RSS 2.0.
pub(super) struct Rss;

/// What every document declares.
const ROOT: [(&str, &str); 4] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// The syndication module, which says how often a feed changes.
const SYNDICATION: (&str, &str) = ("xmlns:sy", "http://purl.org/rss/1.0/modules/syndication/");

/// The periods of the syndication module, in minutes; a month and a year of the shortest.
const PERIODS: [(&str, u32); 5] =
    [("hourly", 60), ("daily", 1_440), ("weekly", 10_080), ("monthly", 40_320), ("yearly", 525_600)];

impl Renderer for Rss {
    fn name(&self) -> &'static str {
        "rss"
    }

    fn label(&self) -> &'static str {
        "RSS"
    }

    fn about(&self) -> &'static str {
        "RSS 2.0, which every feed reader and podcast player understands"
    }

    fn file_name(&self) -> &'static str {
        "rss.xml"
    }

    fn extension(&self) -> &'static str {
        "rss"
    }

    fn media_type(&self) -> &'static str {
        "application/rss+xml; charset=utf-8"
    }

    fn begin<'a>(
        &self,
        head: &'a Head,
        outline: &Outline,
        out: &'a mut dyn Write,
    ) -> io::Result<Box<dyn Rendering + 'a>> {
        let mut xml = XmlWriter::new(out)?;
        let mut root = ROOT.to_vec();
        if matches!(head.place, Place::Complete | Place::Archived { .. }) {
            root.push(("xmlns:fh", HISTORY));
        }
        if head.show.is_some() {
            root.extend(itunes::NAMESPACES);
        }
        if outline.has_pictures || outline.has_more_files {
            root.push(media::NAMESPACE);
        }
        if rhythm_of(head).is_some() {
            root.push(SYNDICATION);
        }
        xml.open("rss", &root)?;
        xml.open("channel", &[])?;
        write_channel(&mut xml, head, outline)?;
        Ok(Box::new(Document { xml }))
    }
}

struct Document<'a> {
    xml: XmlWriter<'a>,
}

impl Rendering for Document<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        write_item(&mut self.xml, entry)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.xml.close("channel")?;
        self.xml.close("rss")?;
        self.xml.finish()
    }
}

/// Everything that comes before the first item, since readers stream.
fn write_channel(xml: &mut XmlWriter<'_>, feed: &Head, outline: &Outline) -> io::Result<()> {
    xml.leaf("title", &[], Value::Profile(&feed.title))?;
    xml.leaf("link", &[], Value::Text(&feed.home_url))?;
    xml.leaf("description", &[], Value::Profile(&feed.description))?;
    xml.empty("atom:link", &[("rel", "self"), ("type", Rss.link_type()), ("href", &Rss.address(feed))])?;
    // A hub tells of what is new, and the past is not.
    if let Some(hub) = feed.hub.as_ref().filter(|_| !feed.place.is_archived()) {
        xml.empty("atom:link", &[("rel", "hub"), ("href", hub)])?;
    }
    write_history(xml, feed)?;
    if let Some(language) = &feed.language {
        xml.leaf("language", &[], Value::Text(language))?;
    }
    if let Some(rights) = &feed.rights {
        xml.leaf("copyright", &[], Value::Profile(rights))?;
    }
    write_people(xml, "managingEditor", &feed.authors)?;
    if let Some(newest) = &outline.newest {
        xml.leaf("pubDate", &[], Value::Text(&rfc822(newest)))?;
    }
    xml.leaf("lastBuildDate", &[], Value::Text(&rfc822(&feed.updated)))?;
    xml.leaf("generator", &[], Value::Text(GENERATOR))?;
    xml.leaf("docs", &[], Value::Text("https://www.rssboard.org/rss-specification"))?;
    if let Some(image) = &feed.image {
        // The profile wants the image's title and link to be the channel's.
        xml.open("image", &[])?;
        xml.leaf("url", &[], Value::Text(image))?;
        xml.leaf("title", &[], Value::Profile(&feed.title))?;
        xml.leaf("link", &[], Value::Text(&feed.home_url))?;
        xml.close("image")?;
    }
    if let Some(minutes) = rhythm_of(feed) {
        write_rhythm(xml, minutes)?;
    }
    match &feed.show {
        Some(show) => itunes::write_show(xml, feed, show),
        None => Ok(()),
    }
}

/// After how many minutes it is worth to look at the document again; at the past it is not.
fn rhythm_of(head: &Head) -> Option<u32> {
    head.ttl.filter(|_| !head.place.is_archived())
}

/// After how many minutes it is worth to look again: as such, and as so many times a period.
fn write_rhythm(xml: &mut XmlWriter<'_>, minutes: u32) -> io::Result<()> {
    xml.leaf("ttl", &[], Value::Text(&minutes.to_string()))?;
    let last = PERIODS[PERIODS.len() - 1];
    let (period, length) = PERIODS.into_iter().find(|(_, length)| minutes <= *length).unwrap_or(last);
    xml.leaf("sy:updatePeriod", &[], Value::Text(period))?;
    xml.leaf("sy:updateFrequency", &[], Value::Text(&(length / minutes.max(1)).max(1).to_string()))
}

/// The place of the document in the history of the feed (RFC 5005 sections 2 and 4, appendix B).
fn write_history(xml: &mut XmlWriter<'_>, feed: &Head) -> io::Result<()> {
    let mut link = |rel: &str, address: &str| {
        xml.empty("atom:link", &[("rel", rel), ("type", Rss.link_type()), ("href", address)])
    };
    if feed.place.is_archived() {
        link("current", &feed.url_of(Rss.file_name()))?;
    }
    if let Some(older) = Rss.older(feed) {
        link("prev-archive", &older)?;
    }
    if let Some(newer) = Rss.newer(feed) {
        link("next-archive", &newer)?;
    }
    match feed.place {
        Place::Complete => xml.empty("fh:complete", &[]),
        Place::Archived { .. } => xml.empty("fh:archive", &[]),
        Place::Alone | Place::Newest { .. } => Ok(()),
    }
}

fn write_item(xml: &mut XmlWriter<'_>, entry: &Entry) -> io::Result<()> {
    xml.open("item", &[])?;
    xml.leaf("title", &[], Value::Profile(&entry.title))?;
    xml.leaf("link", &[], Value::Text(&entry.url))?;
    let is_permalink = entry.id == entry.url && (entry.id.starts_with("http://") || entry.id.starts_with("https://"));
    let is_permalink = if is_permalink { "true" } else { "false" };
    xml.leaf("guid", &[("isPermaLink", is_permalink)], Value::Text(&entry.id))?;
    xml.leaf("pubDate", &[], Value::Text(&rfc822(&entry.published)))?;
    if entry.was_edited() {
        xml.leaf("atom:updated", &[], Value::Text(&rfc3339(&entry.updated)))?;
    }
    write_people(xml, "author", &entry.authors)?;
    for tag in &entry.tags {
        xml.leaf("category", &[], Value::Profile(tag))?;
    }
    // One enclosure an item: many readers know the last one only, others refuse the feed.
    if let Some(enclosure) = entry.enclosures.first() {
        // The profile's form of an unknown size.
        let length = enclosure.length.unwrap_or(0).to_string();
        xml.empty("enclosure", &[("url", &enclosure.url), ("length", &length), ("type", media_type(enclosure))])?;
    }
    match (&entry.summary, &entry.content) {
        (Some(summary), Some(content)) => {
            xml.leaf("description", &[], Value::Escaped(summary))?;
            xml.leaf("content:encoded", &[], Value::Html(content))?;
        }
        (Some(summary), None) => xml.leaf("description", &[], Value::Escaped(summary))?,
        (None, Some(content)) => xml.leaf("description", &[], Value::Html(content))?,
        (None, None) => {}
    }
    // Behind the texts: readers that leave namespaces out of account take the first of each name.
    if let Some(picture) = &entry.picture {
        media::write_picture(xml, picture)?;
    }
    let shown = entry.picture.as_ref().map(|picture| &picture.url);
    for file in entry.enclosures.iter().skip(1).filter(|file| Some(&file.url) != shown) {
        media::write_file(xml, file)?;
    }
    if let Some(Origin { title, feed: Some(address), .. }) = &entry.origin {
        xml.leaf("source", &[("url", address)], Value::Profile(title))?;
    }
    itunes::write_episode(xml, entry)?;
    xml.close("item")
}

/// RSS wants an e-mail address and allows one person; all others are Dublin Core creators. Never both.
fn write_people(xml: &mut XmlWriter<'_>, element: &str, people: &[Person]) -> io::Result<()> {
    if let [Person { name, email: Some(email), .. }] = people {
        let person = if name.is_empty() || name == email { email.clone() } else { format!("{email} ({name})") };
        return xml.leaf(element, &[], Value::Profile(&person));
    }
    for person in people {
        let name = [Some(&person.name), person.email.as_ref(), person.uri.as_ref()];
        if let Some(name) = name.into_iter().flatten().find(|name| !name.is_empty()) {
            xml.leaf("dc:creator", &[], Value::Profile(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Feed;
    use crate::feed::sample::{bare_entry, bare_feed, full_feed};
    use crate::render::tests::rendered;

    #[test]
    fn a_full_feed() {
        expect_test::expect![[r#"
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
              <channel>
                <title>Tides &#x26; &#x3C;Times&#x3E;</title>
                <link>https://courier.example/</link>
                <description>News from the harbour</description>
                <atom:link rel="self" type="application/rss+xml" href="https://courier.example/feeds/rss.xml"/>
                <language>en</language>
                <copyright>© 2023 The Tidewater Courier</copyright>
                <managingEditor>desk@courier.example (The desk)</managingEditor>
                <pubDate>Sun, 09 Jul 2023 10:00:00 +0000</pubDate>
                <lastBuildDate>Tue, 11 Jul 2023 06:30:00 +0000</lastBuildDate>
                <generator>feedmill</generator>
                <docs>https://www.rssboard.org/rss-specification</docs>
                <image>
                  <url>https://courier.example/logo.png</url>
                  <title>Tides &#x26; &#x3C;Times&#x3E;</title>
                  <link>https://courier.example/</link>
                </image>
                <item>
                  <title>Dockers &#x26; pilots: "&#x3C;3" is no deal</title>
                  <link>https://courier.example/strike/</link>
                  <guid isPermaLink="true">https://courier.example/strike/</guid>
                  <pubDate>Sun, 09 Jul 2023 10:00:00 +0000</pubDate>
                  <atom:updated>2023-07-11T08:30:00+02:00</atom:updated>
                  <author>ada@courier.example (Ada Marsh)</author>
                  <category>Harbour</category>
                  <category>R&#x26;D</category>
                  <enclosure url="https://courier.example/a.mp3?x=1&amp;y=2" length="1234567" type="audio/mpeg"/>
                  <description>Talks ended at 5 &amp;lt; 6 o'clock &amp;amp; resume.</description>
                  <content:encoded><![CDATA[<p>Talks &amp; tides: <code>a[b[0]]&gt;1</code> ]]]]><![CDATA[> שלום 🚢</p>]]></content:encoded>
                  <media:content url="https://courier.example/strike.jpg" medium="image" type="image/jpeg"/>
                  <media:thumbnail url="https://courier.example/strike.jpg"/>
                  <media:content url="https://courier.example/b.pdf" type="application/pdf" medium="document"/>
                </item>
                <item>
                  <title>Entry guid-17</title>
                  <link>https://courier.example/guid-17/</link>
                  <guid isPermaLink="false">guid-17</guid>
                  <pubDate>Sat, 08 Jul 2023 10:00:00 +0000</pubDate>
                  <dc:creator>Ben Okoro</dc:creator>
                  <dc:creator>Chia Lin</dc:creator>
                  <description><![CDATA[<p>Short.</p>]]></description>
                </item>
                <item>
                  <title>Entry long</title>
                  <link>https://courier.example/long/</link>
                  <guid isPermaLink="false">long</guid>
                  <pubDate>Fri, 07 Jul 2023 10:00:00 +0000</pubDate>
                  <description>Too long for the feed.</description>
                </item>
              </channel>
            </rss>
        "#]].assert_eq(&rendered(&Rss, &full_feed()));
    }

    #[test]
    fn an_empty_feed() {
        let channel = rss::Channel::read_from(rendered(&Rss, &bare_feed()).as_bytes()).unwrap();
        assert_eq!((channel.title(), channel.items().len()), ("The Tidewater Courier", 0));
        assert_eq!(channel.last_build_date(), Some("Thu, 01 Jan 1970 00:00:00 +0000"));
        assert_eq!((channel.pub_date(), channel.language(), channel.image()), (None, None, None));
    }

    #[test]
    fn the_reader_of_another_crate_finds_everything() {
        let feed = full_feed();
        let channel = rss::Channel::read_from(rendered(&Rss, &feed).as_bytes()).unwrap();
        assert_eq!(channel.items().len(), feed.entries.len());
        assert_eq!((channel.title(), channel.link()), (feed.head.title.as_str(), feed.head.home_url.as_str()));
        for (item, entry) in channel.items().iter().zip(&feed.entries) {
            assert_eq!(item.title(), Some(entry.title.as_str()));
            assert_eq!(item.link(), Some(entry.url.as_str()));
            let guid = item.guid().unwrap();
            assert_eq!((guid.value(), guid.is_permalink()), (entry.id.as_str(), entry.id == entry.url));
            let full = if entry.summary.is_some() { item.content() } else { item.description() };
            assert_eq!(full, entry.content.as_deref());
            let categories: Vec<&str> = item.categories().iter().map(|category| category.name()).collect();
            assert_eq!(categories, entry.tags);
            let published = chrono::DateTime::parse_from_rfc2822(item.pub_date().unwrap()).unwrap();
            assert_eq!(published, entry.published);
        }
    }

    #[test]
    fn authors_need_an_address_and_are_never_doubled() {
        let of = |people: &[(&str, Option<&str>)]| {
            let people = people.iter().map(|(name, email)| Person {
                name: (*name).to_owned(),
                email: email.map(str::to_owned),
                uri: None,
            });
            let entry = Entry { authors: people.collect(), ..bare_entry("a") };
            let channel =
                rss::Channel::read_from(rendered(&Rss, &Feed { entries: vec![entry], ..bare_feed() }).as_bytes());
            let item = channel.unwrap().items.remove(0);
            let creators = item.dublin_core_ext.map(|dc| dc.creators).unwrap_or_default();
            (item.author.unwrap_or_default(), creators.join("|"))
        };
        let no = String::new;
        assert_eq!(of(&[]), (no(), no()));
        assert_eq!(of(&[("Ada", None)]), (no(), "Ada".into()));
        assert_eq!(of(&[("Ada", Some("a@b.example"))]), ("a@b.example (Ada)".into(), no()));
        assert_eq!(of(&[("", Some("a@b.example"))]), ("a@b.example".into(), no()));
        assert_eq!(of(&[("Ada", Some("a@b.example")), ("Ben", None)]), (no(), "Ada|Ben".into()));
        assert_eq!(of(&[("Ada", Some("a@b.example")), ("", Some("b@b.example"))]), (no(), "Ada|b@b.example".into()));
    }
}

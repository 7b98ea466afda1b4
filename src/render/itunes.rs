//! What podcast directories and players want beside RSS: Apple's tags, and those of the Podcasting 2.0 namespace.

use std::io;

use crate::feed::{Category, Entry, Head, Show, is_cover, media_type_of};
use feedmill_markup::write::{Value, XmlWriter};

/// The declarations that the elements need.
pub(super) const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("xmlns:podcast", "https://podcastindex.org/namespace/1.0"),
];

/// What belongs to the channel of a podcast.
pub(super) fn write_show(xml: &mut XmlWriter<'_>, head: &Head, show: &Show) -> io::Result<()> {
    let said = &show.said;
    xml.leaf("itunes:author", &[], Value::Text(&show.author))?;
    xml.leaf("itunes:type", &[], Value::Text(if said.is_serial { "serial" } else { "episodic" }))?;
    xml.leaf("itunes:explicit", &[], Value::Text(truth(said.explicit)))?;
    if let Some(image) = &head.image {
        xml.empty("itunes:image", &[("href", image)])?;
    }
    for Category { name, inner } in &said.categories {
        match inner {
            Some(inner) => {
                xml.open("itunes:category", &[("text", name)])?;
                xml.empty("itunes:category", &[("text", inner)])?;
                xml.close("itunes:category")?;
            }
            None => xml.empty("itunes:category", &[("text", name)])?,
        }
    }
    let mail = said.owner.as_ref().and_then(|owner| owner.email.as_deref());
    if let (Some(owner), Some(mail)) = (&said.owner, mail) {
        xml.open("itunes:owner", &[])?;
        xml.leaf("itunes:name", &[], Value::Text(&owner.name))?;
        xml.leaf("itunes:email", &[], Value::Text(mail))?;
        xml.close("itunes:owner")?;
    }
    if said.is_complete {
        xml.leaf("itunes:complete", &[], Value::Text("Yes"))?;
    }
    if let Some(address) = &said.moved_to {
        xml.leaf("itunes:new-feed-url", &[], Value::Text(address))?;
    }
    xml.leaf("podcast:guid", &[], Value::Text(&show.guid.to_string()))?;
    if let Some(is_locked) = said.locked {
        let owner: Vec<(&str, &str)> = mail.map(|mail| ("owner", mail)).into_iter().collect();
        xml.leaf("podcast:locked", &owner, Value::Text(if is_locked { "yes" } else { "no" }))?;
    }
    Ok(())
}

/// What belongs to an episode.
pub(super) fn write_episode(xml: &mut XmlWriter<'_>, entry: &Entry) -> io::Result<()> {
    let Some(episode) = &entry.episode else { return Ok(()) };
    if let Some(title) = &episode.title {
        xml.leaf("itunes:title", &[], Value::Text(title))?;
    }
    if let Some(duration) = entry.enclosures.first().and_then(|played| played.duration) {
        xml.leaf("itunes:duration", &[], Value::Text(&duration.to_string()))?;
    }
    if let Some(season) = episode.season {
        xml.leaf("itunes:season", &[], Value::Text(&season.to_string()))?;
    }
    if let Some(number) = episode.number {
        xml.leaf("itunes:episode", &[], Value::Text(&number.to_string()))?;
    }
    if let Some(kind) = episode.kind {
        xml.leaf("itunes:episodeType", &[], Value::Text(kind.name()))?;
    }
    if let Some(explicit) = episode.explicit {
        xml.leaf("itunes:explicit", &[], Value::Text(truth(explicit)))?;
    }
    if let Some(picture) = entry.picture.as_ref().filter(|picture| is_cover(&picture.url)) {
        xml.empty("itunes:image", &[("href", &picture.url)])?;
    }
    if let Some(url) = &episode.transcript
        && let Some(kind) = media_type_of(url)
    {
        xml.empty("podcast:transcript", &[("url", url), ("type", kind)])?;
    }
    if let Some(url) = &episode.chapters {
        xml.empty("podcast:chapters", &[("url", url), ("type", "application/json+chapters")])?;
    }
    Ok(())
}

fn truth(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

#[cfg(test)]
mod tests {
    use crate::feed::sample::podcast_feed;
    use crate::render::by_name;
    use crate::render::tests::rendered;

    fn rss() -> String {
        rendered(by_name("rss").unwrap(), &podcast_feed())
    }

    #[test]
    fn a_podcast() {
        expect_test::expect![[r#"
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:media="http://search.yahoo.com/mrss/">
              <channel>
                <title>The Tidewater Courier</title>
                <link>https://courier.example/</link>
                <description>News from the harbour</description>
                <atom:link rel="self" type="application/rss+xml" href="https://courier.example/feeds/rss.xml"/>
                <language>en</language>
                <pubDate>Sun, 09 Jul 2023 10:00:00 +0000</pubDate>
                <lastBuildDate>Sun, 09 Jul 2023 10:00:00 +0000</lastBuildDate>
                <generator>feedmill</generator>
                <docs>https://www.rssboard.org/rss-specification</docs>
                <image>
                  <url>https://courier.example/cover.png</url>
                  <title>The Tidewater Courier</title>
                  <link>https://courier.example/</link>
                </image>
                <itunes:author>The desk</itunes:author>
                <itunes:type>episodic</itunes:type>
                <itunes:explicit>false</itunes:explicit>
                <itunes:image href="https://courier.example/cover.png"/>
                <itunes:category text="Society &amp; Culture">
                  <itunes:category text="Documentary"/>
                </itunes:category>
                <itunes:category text="Arts"/>
                <itunes:owner>
                  <itunes:name>Mara Quill</itunes:name>
                  <itunes:email>mara@courier.example</itunes:email>
                </itunes:owner>
                <podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
                <podcast:locked owner="mara@courier.example">yes</podcast:locked>
                <item>
                  <title>Entry quay-notes-3</title>
                  <link>https://courier.example/quay-notes-3/</link>
                  <guid isPermaLink="false">quay-notes-3</guid>
                  <pubDate>Sun, 09 Jul 2023 10:00:00 +0000</pubDate>
                  <enclosure url="https://courier.example/3.mp3" length="18874368" type="audio/mpeg"/>
                  <description>Six foghorns.</description>
                  <media:content url="https://courier.example/3.png" medium="image" type="image/png">
                    <media:description type="plain">A tuning fork &amp; a foghorn</media:description>
                    <media:credit>Ada Marsh</media:credit>
                  </media:content>
                  <media:thumbnail url="https://courier.example/3.png"/>
                  <media:content url="https://courier.example/3.mp4" fileSize="7" type="video/mp4" medium="video" duration="60"/>
                  <itunes:title>The woman who tunes foghorns</itunes:title>
                  <itunes:duration>1591</itunes:duration>
                  <itunes:season>2</itunes:season>
                  <itunes:episode>3</itunes:episode>
                  <itunes:episodeType>full</itunes:episodeType>
                  <itunes:explicit>false</itunes:explicit>
                  <itunes:image href="https://courier.example/3.png"/>
                  <podcast:transcript url="https://courier.example/3.vtt" type="text/vtt"/>
                  <podcast:chapters url="https://courier.example/3.json" type="application/json+chapters"/>
                </item>
                <item>
                  <title>Entry quay-notes-2</title>
                  <link>https://courier.example/quay-notes-2/</link>
                  <guid isPermaLink="false">quay-notes-2</guid>
                  <pubDate>Sun, 02 Jul 2023 10:00:00 +0000</pubDate>
                  <enclosure url="https://courier.example/2.mp3" length="9" type="audio/mpeg"/>
                  <description>The night ferry.</description>
                </item>
              </channel>
            </rss>
        "#]].assert_eq(&rss());
    }

    #[test]
    fn the_reader_of_another_crate_finds_the_show_and_its_episodes() {
        let channel = rss::Channel::read_from(rss().as_bytes()).unwrap();
        let show = channel.itunes_ext().unwrap();
        assert_eq!(
            (show.author(), show.explicit(), show.r#type()),
            (Some("The desk"), Some("false"), Some("episodic"))
        );
        assert_eq!(show.image(), Some("https://courier.example/cover.png"));
        let categories: Vec<(&str, Option<&str>)> =
            show.categories().iter().map(|one| (one.text(), one.subcategory().map(|inner| inner.text()))).collect();
        assert_eq!(categories, [("Society & Culture", Some("Documentary")), ("Arts", None)]);
        let owner = show.owner().unwrap();
        assert_eq!((owner.name(), owner.email()), (Some("Mara Quill"), Some("mara@courier.example")));
        let [full, plain] = channel.items() else { panic!("two episodes") };
        let episode = full.itunes_ext().unwrap();
        assert_eq!((episode.duration(), episode.episode(), episode.season()), (Some("1591"), Some("3"), Some("2")));
        assert_eq!(episode.image(), Some("https://courier.example/3.png"));
        assert_eq!(full.enclosure().unwrap().mime_type(), "audio/mpeg");
        assert!(plain.itunes_ext().is_none(), "nothing is made up");
        assert_eq!(channel.extensions()["podcast"]["guid"][0].value(), Some("917393e3-1b1e-5cef-ace4-edaa54e1f810"));
    }
}

//! Podcasts, media, places, sharing.

use super::{assert_clean, channel, codes, entry, item, pairs};

#[test]
fn podcasts() {
    pairs(
        item,
        &[
            ("<itunes:duration>1:02:03</itunes:duration>", "<itunes:duration>an hour</itunes:duration>", "duration"),
            ("<itunes:explicit>true</itunes:explicit>", "<itunes:explicit> true</itunes:explicit>", "itunes-explicit"),
            ("<itunes:block>Yes</itunes:block>", "<itunes:block>please</itunes:block>", "itunes-yes"),
            ("<itunes:episode>3</itunes:episode>", "<itunes:episode>0</itunes:episode>", "number-positive"),
            (
                "<itunes:episodeType>bonus</itunes:episodeType>",
                "<itunes:episodeType>extra</itunes:episodeType>",
                "itunes-episode-type",
            ),
            ("<itunes:image href='https://a.example/i.png'/>", "<itunes:image href='/i.png'/>", "uri-relative"),
            (
                "<itunes:keywords>sea, tide</itunes:keywords>",
                "<itunes:keywords>sea; tide</itunes:keywords>",
                "itunes-keywords",
            ),
            (
                "<itunes:subtitle>x</itunes:subtitle>",
                "<itunes:subtitle>&lt;b&gt;x&lt;/b&gt;</itunes:subtitle>",
                "text-contains-html",
            ),
            (
                "<enclosure url='https://a.example/a.mp3' length='1' type='audio/mpeg'/>",
                "<enclosure url='https://a.example/a.wma' length='1' type='audio/x-ms-wma'/>",
                "itunes-format",
            ),
            (
                "<podcast:transcript url='https://a.example/t' type='text/vtt'/>",
                "<podcast:transcript url='https://a.example/t'/>",
                "attribute-missing",
            ),
        ],
    );
    pairs(
        channel,
        &[
            ("<itunes:category text='Technology'/>", "<itunes:category text='Gadgetry'/>", "itunes-category"),
            ("<itunes:category text='Technology'/>", "<itunes:category text='Audio Blogs'/>", "itunes-category-old"),
            (
                "<itunes:category text='Arts'><itunes:category text='Food'/></itunes:category>",
                "<itunes:category text='Arts'><itunes:category text='Golf'/></itunes:category>",
                "itunes-category",
            ),
            ("<itunes:type>serial</itunes:type>", "<itunes:type>daily</itunes:type>", "itunes-type"),
            (
                "<itunes:owner><itunes:email>a@b.example</itunes:email></itunes:owner>",
                "<itunes:owner><itunes:name>Ada</itunes:name></itunes:owner>",
                "itunes-owner-mail",
            ),
            ("", "<itunes:author>Ada</itunes:author>", "itunes-missing"),
            ("", "<itunes:duration>5</itunes:duration>", "element-misplaced"),
        ],
    );
}

#[test]
fn media() {
    pairs(
        item,
        &[
            ("<media:content url='https://a.example/'/>", "<media:content url='a'/>", "uri-relative"),
            ("<media:content medium='image'/>", "<media:content medium='picture'/>", "media-medium"),
            ("<media:content expression='full'/>", "<media:content expression='whole'/>", "media-expression"),
            ("<media:content isDefault='true'/>", "<media:content isDefault='yes'/>", "value-boolean"),
            ("<media:content width='5'/>", "<media:content width='0'/>", "number-positive"),
            ("<media:content bitrate='1.5'/>", "<media:content bitrate='fast'/>", "number-decimal"),
            (
                "<media:group><media:content/><media:content/></media:group>",
                "<media:group><media:content/></media:group>",
                "media-group",
            ),
            (
                "<media:rating scheme='urn:mpaa'>pg-13</media:rating>",
                "<media:rating scheme='urn:mpaa'>tv-14</media:rating>",
                "media-rating",
            ),
            (
                "<media:rating scheme='urn:icra'>r (nz 1 lz 1)</media:rating>",
                "<media:rating scheme='urn:icra'>r (zz 1)</media:rating>",
                "media-rating",
            ),
            ("<media:text type='plain'>x</media:text>", "<media:text type='rtf'>x</media:text>", "media-text-type"),
            ("<media:text start='0:01:02'>x</media:text>", "<media:text start='soon'>x</media:text>", "play-time"),
            (
                "<media:hash algo='md5'>dfdec888b72151965a34b4b59031290a</media:hash>",
                "<media:hash algo='md5'>abc</media:hash>",
                "media-hash",
            ),
            (
                "<media:restriction relationship='deny' type='country'>de us</media:restriction>",
                "<media:restriction relationship='deny' type='country'>xx</media:restriction>",
                "country-code",
            ),
            (
                "<media:restriction relationship='deny'>all</media:restriction>",
                "<media:restriction relationship='deny'>some</media:restriction>",
                "media-restriction",
            ),
            (
                "<media:restriction relationship='deny'>all</media:restriction>",
                "<media:restriction relationship='shun'>all</media:restriction>",
                "media-restriction-relationship",
            ),
            (
                "<media:credit role='author'>Ada</media:credit>",
                "<media:credit role='Author'>Ada</media:credit>",
                "media-credit-role",
            ),
            ("", "<media:adult>true</media:adult>", "media-adult"),
            ("<media:thumbnail url='https://a.example/t.png'/>", "<media:thumbnail/>", "attribute-missing"),
        ],
    );
    let slashless = item("<media:title>x</media:title>").replace("search.yahoo.com/mrss/", "search.yahoo.com/mrss");
    assert_eq!(codes(slashless).iter().filter(|code| **code == "namespace-media-slash").count(), 1);
}

#[test]
fn places() {
    pairs(
        entry,
        &[
            ("<geo:lat>54.1</geo:lat>", "<geo:lat>154.1</geo:lat>", "latitude"),
            ("<geo:long>54.1</geo:long>", "<geo:long>254.1</geo:long>", "longitude"),
            ("<georss:point>54.1 8.2</georss:point>", "<georss:point>54.1, 8.2</georss:point>", "coordinates-comma"),
            ("<georss:box>1 2 3 4</georss:box>", "<georss:box>1 2 3</georss:box>", "coordinates"),
            ("<georss:line>1 2 3 4</georss:line>", "<georss:line>1 2</georss:line>", "coordinates"),
        ],
    );
}

#[test]
fn sharing_and_licences() {
    pairs(
        channel,
        &[
            (
                "<sx:sharing since='2023-07-09T12:00:00Z' until='2023-07-10T12:00:00Z'/>",
                "<sx:sharing since='2023-07-09T12:00:00Z'/>",
                "attribute-missing",
            ),
            (
                "<sx:sharing since='2023-07-09T12:00:00Z' until='2023-07-10T12:00:00Z'/>",
                "<sx:sharing since='2023-07-11T12:00:00Z' until='2023-07-10T12:00:00Z'/>",
                "sx-since-after-until",
            ),
            (
                "<sx:sharing><sx:related link='https://a.example/' type='complete'/></sx:sharing>",
                "<sx:sharing><sx:related link='https://a.example/' type='whole'/></sx:sharing>",
                "sx-related-type",
            ),
        ],
    );
    pairs(
        item,
        &[
            ("<sx:sync id='a1' updates='1'/>", "<sx:sync id='a 1' updates='1'/>", "sx-id"),
            ("<sx:sync id='a1' updates='1'/>", "<sx:sync id='a1' updates='9999999999'/>", "number-too-big"),
            (
                "<sx:sync id='a1' updates='1'><sx:history sequence='1' by='a'/></sx:sync>",
                "<sx:sync id='a1' updates='1'><sx:history sequence='1'/></sx:sync>",
                "sx-by-when-missing",
            ),
            (
                "<creativeCommons:license>https://a.example/</creativeCommons:license>",
                "<creativeCommons:license>by-nc</creativeCommons:license>",
                "uri-relative",
            ),
        ],
    );
}

#[test]
fn extensions_that_nobody_knows_are_left_alone() {
    assert_clean(&item("<x:a xmlns:x='https://a.example/x' b='c'>text<x:d>more</x:d></x:a>"));
    assert!(codes(item("<x:a xmlns:x='https://a.example/x'><b/></x:a>")).contains(&"element-not-in-a-namespace"));
}

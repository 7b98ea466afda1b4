//! RSS 2.0 and 1.0.

use super::{assert_clean, channel, codes, item, pairs};

#[test]
fn channels() {
    pairs(
        channel,
        &[
            ("<ttl>60</ttl>", "<ttl>-5</ttl>", "number-positive"),
            ("<ttl>60</ttl>", "<ttl>1.5</ttl>", "number-integer"),
            ("<docs>https://a.example/</docs>", "<docs>help</docs>", "uri-relative"),
            ("<docs>https://a.example/</docs>", "<docs/><docs/>", "element-duplicate"),
            ("<category>Sea</category>", "<category> </category>", "value-blank"),
            ("<copyright>AT&amp;T</copyright>", "<copyright>&lt;b&gt;AT&lt;/b&gt;</copyright>", "text-contains-html"),
            (
                "<managingEditor>a@b.example (Ada)</managingEditor>",
                "<managingEditor>Ada</managingEditor>",
                "person-without-address",
            ),
            ("<webMaster>a@b.example (Ada)</webMaster>", "<webMaster>a@b.example</webMaster>", "person-without-name"),
            (
                "<lastBuildDate>9 Jul 2023 12:00 GMT</lastBuildDate>",
                "<lastBuildDate>2023-07-09</lastBuildDate>",
                "date-rfc822",
            ),
            ("<pubDate>9 Jul 2023 12:00 GMT</pubDate>", "<pubDate>9 Jul 1823 12:00 GMT</pubDate>", "date-implausible"),
            ("<dc:language>de</dc:language>", "<dc:language>de_DE</dc:language>", "language-tag"),
            ("<skipDays><day>Monday</day></skipDays>", "<skipDays><day>Mon</day></skipDays>", "rss-day"),
            ("<skipDays><day>Monday</day></skipDays>", "<skipDays/>", "element-missing"),
            ("<skipDays><day>Monday</day></skipDays>", "<skipDays><date/></skipDays>", "element-unknown"),
            (
                "<skipDays><day>Monday</day></skipDays>",
                "<skipDays><day>Friday</day><day>Friday</day></skipDays>",
                "value-duplicate",
            ),
            ("<skipHours><hour>0</hour></skipHours>", "<skipHours><hour>24</hour></skipHours>", "rss-hour-midnight"),
            ("<skipHours><hour>23</hour></skipHours>", "<skipHours><hour>25</hour></skipHours>", "rss-hour"),
            ("", "<textInput><title>x</title></textInput>", "rss-text-input"),
            ("<category>x</category>", "<colour>x</colour>", "element-unknown"),
            ("", "Hello", "text-unexpected"),
            ("<category domain='x'>x</category>", "<category colour='x'>x</category>", "attribute-unknown"),
            ("<item><title>x</title></item>", "<item><title>x</title></item><ttl>5</ttl>", "rss-item-early"),
            ("<sy:updatePeriod>daily</sy:updatePeriod>", "<sy:updatePeriod>often</sy:updatePeriod>", "sy-period"),
            (
                "<pubDate>9 Jul 2023 12:00 GMT</pubDate>",
                "<pubDate>9 Jul 2023 12:00 GMT</pubDate><dc:date>2023</dc:date>",
                "element-same-meaning",
            ),
        ],
    );
}

#[test]
fn images_and_clouds() {
    pairs(
        |more| {
            channel(&format!(
                "<image><title>Quay</title><link>https://quay.example/</link><url>https://quay.example/a.png</url>{more}</image>"
            ))
        },
        &[
            ("<width>88</width>", "<width>200</width>", "image-width"),
            ("<height>400</height>", "<height>401</height>", "image-height"),
            ("<description>x</description>", "<title>again</title>", "element-duplicate"),
        ],
    );
    pairs(
        |title| {
            channel(&format!(
                "<image><title>{title}</title><link>https://quay.example/</link><url>https://quay.example/a.png</url></image>"
            ))
        },
        &[("Quay", "Key", "rss-image-title")],
    );
    pairs(
        |url| {
            channel(&format!(
                "<image><title>Quay</title><link>https://quay.example/</link><url>https://quay.example/{url}</url></image>"
            ))
        },
        &[("a.gif", "a.tiff", "rss-image-format")],
    );
    pairs(
        |more| channel(&format!("<cloud domain='x' path='/' registerProcedure='p' {more}/>")),
        &[
            ("port='80' protocol='soap'", "port='80' protocol='smoke'", "rss-cloud-protocol"),
            ("port='80' protocol='soap'", "protocol='soap'", "attribute-missing"),
            ("port='80' protocol='soap'", "port='80.5' protocol='soap'", "number-integer"),
        ],
    );
}

#[test]
fn items() {
    pairs(
        item,
        &[
            ("<link>https://quay.example/</link>", "<link>quay.example</link>", "uri-relative"),
            ("<link>https://quay.example/%20</link>", "<link>https://quay.example/a b</link>", "uri-character"),
            ("<link>https://xn--hfn-hoa.example/</link>", "<link>https://häfn.example/</link>", "uri-not-ascii"),
            ("<author>a@b.example (Ada)</author>", "<author>Ada</author>", "person-without-address"),
            (
                "<dc:creator>Ada</dc:creator>",
                "<author>a@b.example (A)</author><dc:creator>Ada</dc:creator>",
                "element-same-meaning",
            ),
            ("<source url='https://a.example/'>A</source>", "<source>A</source>", "attribute-missing"),
            (
                "<enclosure url='https://a.example/' length='0' type='audio/mpeg'/>",
                "<enclosure url='a' length='0' type='audio/mpeg'/>",
                "uri-relative",
            ),
            (
                "<enclosure url='https://a.example/' length='0' type='audio/mpeg'/>",
                "<enclosure url='https://a.example/' length='' type='audio/mpeg'/>",
                "size-unknown",
            ),
            (
                "<enclosure url='https://a.example/' length='0' type='audio/mpeg'/>",
                "<enclosure url='https://a.example/' length='0' type='mp3'/>",
                "media-type-attribute",
            ),
            (
                "<enclosure url='https://a.example/' length='0' type='audio/mpeg'/>",
                "<enclosure url='https://a.example/' length='0' type='audio/mpeg'/><enclosure url='https://a.example/b' length='0' type='audio/mpeg'/>",
                "rss-enclosure-duplicate",
            ),
            (
                "<description>x</description><content:encoded>y</content:encoded>",
                "<content:encoded>y</content:encoded>",
                "rss-content-before-description",
            ),
            (
                "<description>&lt;p&gt;x&lt;/p&gt;</description>",
                "<description>&lt;p onload='x'&gt;x&lt;/p&gt;</description>",
                "html-unsafe-attribute",
            ),
            (
                "<description>&lt;a href='https://a.example/'&gt;x&lt;/a&gt;</description>",
                "<description>&lt;a href='/'&gt;x&lt;/a&gt;</description>",
                "html-relative-link",
            ),
            ("<category>x</category>", "<category><b>x</b></category>", "element-in-text"),
            (
                "<pubDate>9 Jul 2023 12:00 GMT</pubDate><slash:comments>3</slash:comments>",
                "<slash:comments>many</slash:comments>",
                "number-integer",
            ),
            (
                "<wfw:commentRss>https://a.example/</wfw:commentRss>",
                "<wfw:commentRSS>https://a.example/</wfw:commentRSS>",
                "wfw-comment-rss",
            ),
        ],
    );
    pairs(
        |guid| channel(&format!("<item><title>x</title>{guid}</item>")),
        &[
            ("<guid>https://quay.example/1</guid>", "<guid>1</guid>", "rss-guid-not-url"),
            ("<guid isPermaLink='false'>quay-1</guid>", "<guid isPermaLink='no'>quay-1</guid>", "value-boolean"),
            (
                "<guid isPermaLink='false'>quay-1-2023</guid>",
                "<guid isPermaLink='false'>17</guid>",
                "rss-guid-not-unique",
            ),
            ("<guid>https://quay.example/1</guid>", "", "rss-guid-missing"),
            (
                "<guid>https://quay.example/1</guid>",
                "<guid>https://quay.example/1</guid></item><item><title>y</title><guid>https://quay.example/1</guid>",
                "rss-guid-duplicate",
            ),
        ],
    );
    assert!(codes(channel("<item><link>https://quay.example/</link></item>")).contains(&"rss-item-empty"));
}

/// What readers take for markup depends on how it was written, not on what it means.
#[test]
fn titles() {
    pairs(
        |title| channel(&format!("<item><title>{title}</title></item>")),
        &[
            ("AT&amp;T", "&lt;b&gt;Storm&lt;/b&gt;", "text-contains-html"),
            ("a &#x26;amp; b", "a &amp;amp; b", "text-contains-html"),
            ("&#x3C;gorilla&#x3E;", "&lt;gorilla&gt;", "text-ambiguous"),
            ("R&amp;D", "alpha&amp;omega", "text-ambiguous"),
            ("<![CDATA[1 < 2]]>", "<![CDATA[<i>Storm</i>]]>", "text-contains-html"),
        ],
    );
}

#[test]
fn rss_in_rdf() {
    let document = |item: &str| {
        format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"
               xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"https://quay.example/feed\"><title>Quay</title>
             <link>https://quay.example/</link><description>News</description><dc:language>en</dc:language>
             <items><rdf:Seq><rdf:li rdf:resource=\"https://quay.example/1\"/></rdf:Seq></items></channel>{item}</rdf:RDF>"
        )
    };
    let item = |inner: &str| format!("<item rdf:about=\"https://quay.example/1\"><title>Storm</title>{inner}</item>");
    assert_clean(&document(&item("<link>https://quay.example/1</link><dc:date>2023-07-09</dc:date>")));
    assert!(codes(document(&item(""))).contains(&"element-missing"));
    assert!(
        codes(document(&item("<link>https://quay.example/1</link><pubDate>x</pubDate>"))).contains(&"element-unknown")
    );
    assert!(
        codes(document("<item><title>x</title><link>https://quay.example/1</link></item>"))
            .contains(&"attribute-missing")
    );
    let unlisted =
        "<item rdf:about=\"https://quay.example/2\"><title>x</title><link>https://quay.example/2</link></item>";
    assert!(codes(document(unlisted)).contains(&"rdf-item-not-listed"));
}

//! Samples of the habits that plain text has.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::to_html;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&to_html(text));
}

#[test]
fn paragraphs_by_blank_lines_and_a_subheading() {
    check(
        "The ferry to the outer islands is back, the harbour office said on Monday.\n\n\"We have waited long enough,\" \
         said the mayor.\n\nA winter without boats\n\nThe old ship was sold in October & never replaced.",
        expect![[r#"
            <p>The ferry to the outer islands is back, the harbour office said on Monday.</p>
            <p>"We have waited long enough," said the mayor.</p>
            <h2>A winter without boats</h2>
            <p>The old ship was sold in October &amp; never replaced.</p>
        "#]],
    );
}

#[test]
fn newswire_shape() {
    check(
        "The island's dairy said\nit would raise its milk price by two pct in April after a\nyear of losses, the board announced.\n    \
         The price was last changed in 1985, when the ferry company\nraised its own rates.\n    The board expects no further rise this\n\
         year, Chairman J. R. Halloran said.\n Wire",
        expect![[r#"
            <p>The island's dairy said it would raise its milk price by two pct in April after a year of losses, the board announced.</p>
            <p>The price was last changed in 1985, when the ferry company raised its own rates.</p>
            <p>The board expects no further rise this year, Chairman J. R. Halloran said.</p>
            <p>Wire</p>
        "#]],
    );
}

#[test]
fn newswire_figures() {
    check(
        "Shr 28 cts vs 25 cts\n    Net 1,204,000 vs 1,100,000\n    Revs 15.4 mln vs 13.6 mln\n    Year\n    Shr 1.10 dlrs vs 98 cts\n    \
         NOTE: 1985 figures restated for the sale of the harbour\nwarehouse in that year.\n Wire",
        expect![[r#"
            <p>Shr 28 cts vs 25 cts<br>
            Net 1,204,000 vs 1,100,000<br>
            Revs 15.4 mln vs 13.6 mln<br>
            Year<br>
            Shr 1.10 dlrs vs 98 cts</p>
            <p>NOTE: 1985 figures restated for the sale of the harbour warehouse in that year.</p>
            <p>Wire</p>
        "#]],
    );
}

#[test]
fn a_sign_off_stands_apart() {
    check(
        "A line said so,\nand went on.\n    Terms were not disclosed.\n Wire",
        expect![[r#"
            <p>A line said so, and went on.</p>
            <p>Terms were not disclosed.</p>
            <p>Wire</p>
        "#]],
    );
    check(
        "Div six cts vs six cts\n    Pay April 28\n    Record March 31\n Wire",
        expect![[r#"
            <p>Div six cts vs six cts<br>
            Pay April 28<br>
            Record March 31</p>
            <p>Wire</p>
        "#]],
    );
}

#[test]
fn columns_after_prose() {
    check(
        "The fleet caught this,\nin tonnes --\n  Herring   120\n  Cod        87\n Wire",
        expect![[r#"
        <p>The fleet caught this, in tonnes --</p>
        <pre>Herring   120
        Cod        87</pre>
        <p>Wire</p>
    "#]],
    );
}

#[test]
fn columns_stay_columns() {
    check(
        "Catches in tonnes:\n\n              1986     1985\nHerring        120      131\nCod             87       90\n\nBoth fell.",
        expect![[r#"
            <p>Catches in tonnes:</p>
            <pre>              1986     1985
            Herring        120      131
            Cod             87       90</pre>
            <p>Both fell.</p>
        "#]],
    );
    check(
        "name\tage\nAnn\t31\nBo\t4",
        expect![[r#"
        <pre>name    age
        Ann 31
        Bo  4</pre>
    "#]],
    );
}

#[test]
fn hard_wrapped_paragraphs_without_indentation() {
    check(
        "A first paragraph that somebody wrapped at sixty columns or\nso, as one does in mail; it ends early.\nThe second one \
         follows without a blank line between the two\nof them, which only the short line above it shows.\n",
        expect![[r#"
            <p>A first paragraph that somebody wrapped at sixty columns or so, as one does in mail; it ends early.</p>
            <p>The second one follows without a blank line between the two of them, which only the short line above it shows.</p>
        "#]],
    );
}

#[test]
fn a_paragraph_on_each_line() {
    let long = "This is a paragraph that goes on and on without any break in it, as programs write them that leave wrapping to the screen.";
    check(
        &format!("{long}\nA heading of sorts\n{long}\n{long}"),
        expect![[r#"
            <p>This is a paragraph that goes on and on without any break in it, as programs write them that leave wrapping to the screen.</p>
            <h2>A heading of sorts</h2>
            <p>This is a paragraph that goes on and on without any break in it, as programs write them that leave wrapping to the screen.</p>
            <p>This is a paragraph that goes on and on without any break in it, as programs write them that leave wrapping to the screen.</p>
        "#]],
    );
}

#[test]
fn verse_and_addresses_keep_their_lines() {
    check(
        "The boat went out at break of day,\nThe gulls came after, white and grey,\nAnd none of us had much to say\nBefore the sun was \
         high.\n\nThe harbour office\n12 Quay Street\nPort Ellis\n",
        expect![[r#"
            <p>The boat went out at break of day,<br>
            The gulls came after, white and grey,<br>
            And none of us had much to say<br>
            Before the sun was high.</p>
            <p>The harbour office<br>
            12 Quay Street<br>
            Port Ellis</p>
        "#]],
    );
}

#[test]
fn lists() {
    check(
        "Bring:\n- a coat\n- a lamp that works in rain and in wind and\n  does not go out\n  * spare wick\n  * oil\n- bread\nThat is all.",
        expect![[r#"
            <p>Bring:</p>
            <ul>
            <li>a coat</li>
            <li>a lamp that works in rain and in wind and does not go out
            <ul>
            <li>spare wick</li>
            <li>oil</li>
            </ul>
            </li>
            <li>bread</li>
            </ul>
            <p>That is all.</p>
        "#]],
    );
    check(
        "1. First\n\n2. Second\n\n3. Third\n\nAfter.",
        expect![[r#"
        <ol>
        <li>First</li>
        <li>Second</li>
        <li>Third</li>
        </ol>
        <p>After.</p>
    "#]],
    );
    check(
        "a) one\nb) two\n\n7) seven\n8) eight",
        expect![[r#"
        <ol type="a">
        <li>one</li>
        <li>two</li>
        </ol>
        <ol start="7">
        <li>seven</li>
        <li>eight</li>
        </ol>
    "#]],
    );
    check(
        "- Jane",
        expect![[r#"
        <p>- Jane</p>
    "#]],
    );
}

#[test]
fn quotations_rules_and_code() {
    check(
        "She wrote:\n> first line of it\n> goes on\n>> older\n\nI agree.\n\n* * *\n\n```sh\nls  -l\n\n<x>\n```\n\n    fn main() {\n        run();\n    }\n\n    main();\n\nEnd.",
        expect![[r#"
            <p>She wrote:</p>
            <blockquote>
            <p>first line of it goes on</p>
            <blockquote>
            <p>older</p>
            </blockquote>
            </blockquote>
            <p>I agree.</p>
            <hr>
            <pre>ls  -l

            &lt;x&gt;

            fn main() {
                run();
            }

            main();</pre>
            <p>End.</p>
        "#]],
    );
    check(
        "He said this:\n\n    The sea gives and the sea takes, and nobody on\n    this island has ever been asked about it.\n\nThen he left.",
        expect![[r#"
            <p>He said this:</p>
            <blockquote>
            <p>The sea gives and the sea takes, and nobody on this island has ever been asked about it.</p>
            </blockquote>
            <p>Then he left.</p>
        "#]],
    );
}

#[test]
fn headings_by_underline_and_hash() {
    check(
        "Title\n=====\nText of it.\n\nSub\n---\n\n## Third ##\n\nText.",
        expect![[r#"
        <h2>Title</h2>
        <p>Text of it.</p>
        <h2>Sub</h2>
        <h2>Third</h2>
        <p>Text.</p>
    "#]],
    );
}

#[test]
fn short_lines_that_are_no_headings() {
    check(
        "Alpha\n\nBeta\n\nGamma",
        expect![[r#"
        <p>Alpha</p>
        <p>Beta</p>
        <p>Gamma</p>
    "#]],
    );
    check(
        "He asked me this:\n\nWhy?\n\nand so on\n\n12,000 34,000\n\nThe end of it.\n\nJ. Doe",
        expect![[r#"
        <p>He asked me this:</p>
        <p>Why?</p>
        <p>and so on</p>
        <p>12,000 34,000</p>
        <p>The end of it.</p>
        <p>J. Doe</p>
    "#]],
    );
}

#[test]
fn markup_in_text_is_text() {
    check(
        "a <b>bold</b> & \"x\" ]]> \0\u{b}b https://example.org/<script>",
        expect![[r#"
            <p>a &lt;b&gt;bold&lt;/b&gt; &amp; "x" ]]&gt; b <a href="https://example.org/">https://example.org/</a>&lt;script&gt;</p>
        "#]],
    );
}

#[test]
fn scripts_without_spaces_and_with() {
    check(
        "これはとても長い文章なので、五十桁あたりで折り返してあ\nります。次の行に続きます。\n",
        expect![[r#"
        <p>これはとても長い文章なので、五十桁あたりで折り返してあります。次の行に続きます。</p>
    "#]],
    );
}

#[test]
fn hostile_texts_take_linear_time() {
    for text in [
        ">".repeat(40_000),
        "> ".repeat(20_000),
        "- a\n".repeat(10_000),
        "- a\n* b\n".repeat(5_000),
        "1. a\n".repeat(10_000),
        "```\n".repeat(10_001),
        "```x\n".repeat(10_000),
        "a@".repeat(20_000),
        "http://".repeat(6_000),
        format!("http://{}", ")".repeat(20_000)),
        "www.".repeat(10_000),
        "=\n".repeat(10_000),
        "a\n===\n".repeat(6_000),
        "\t".repeat(20_000),
        "    a\n".repeat(10_000),
        "- a\n\n".repeat(10_000),
        "a\n  b\n".repeat(10_000),
    ] {
        let start = std::time::Instant::now();
        to_html(&text);
        assert!(start.elapsed().as_secs() < 5, "{:?}", text.chars().take(20).collect::<String>());
    }
}

proptest! {
    #[test]
    fn no_word_is_lost(text in "([a-z>*`(1-3]{1,4}[ \n\t.)-]{1,3}){0,40}") {
        let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
        let shown = crate::html::to_text(&to_html(&text));
        // The word after an opening fence names a language.
        prop_assume!(!text.contains("```"));
        prop_assert_eq!(letters(&shown), letters(&text));
    }

    #[test]
    fn any_text_makes_clean_html(text in any::<String>()) {
        let html = to_html(&text);
        let cleaned = crate::html::clean(&html, None).replace("&nbsp;", "\u{a0}");
        prop_assert_eq!(cleaned, html);
    }
}

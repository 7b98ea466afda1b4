//! Pages that mean harm, or were cut off, or never were pages.

use proptest::prelude::*;

use super::super::{Known, main_text};
use super::{base, prose, read};
use feedmill_markup::html;

/// So long that nobody waits for what grows with the square of it, and so short that an unoptimised build gets through.
const LENGTH: usize = 250_000;

#[track_caller]
fn survives(page: &str) {
    let main = main_text(page, &Known { title: "x", ..Known::default() }, Some(&base()), true);
    assert!(main.html.len() < 10 * page.len() + 1000);
}

#[test]
fn nesting_costs_no_stack_and_no_quadratic_time() {
    for tag in [
        "<div>",
        "<b>",
        "<table>",
        "<table><tr><td>",
        "<a href=x>",
        "<ul><li>",
        "<p><span>",
        "<font>",
        "<noscript>",
        "<form>",
        "</p>",
        "<x-y>",
    ] {
        survives(&tag.repeat(LENGTH / tag.len()));
    }
    survives(&format!("{}{}", "<div>".repeat(20_000), "</div>".repeat(20_000)));
    // What is nested too deeply loses its tags and keeps its text.
    let main = read(&format!("{}<article>{}</article>", "<div>".repeat(10_000), prose(5)));
    assert!(main.text.contains("4. A spokeswoman"), "{}", main.text);
}

#[test]
fn repetition_costs_no_quadratic_time() {
    let many = |piece: &str| piece.repeat(LENGTH / piece.len());
    survives(&many("<h2>Related</h2>"));
    survives(&format!("{}{}", "<i></i>".repeat(20_000), "<h2>Share this</h2>".repeat(10_000)));
    survives(&format!("<picture>{}</picture>", many("<source srcset=a.jpg><img>")));
    survives(&many("<noscript><p>"));
    survives(&many("<img src=a.jpg><noscript>"));
    survives(&many("<h1>x</h1>"));
    survives(&format!("<p class='{}'>", many("related nav ")));
    survives(&format!("<p {}>", (0..100_000).map(|n| format!("a{n}=1 ")).collect::<String>()));
    survives(&many("<p>x"));
    survives(&many("&amp;&lt;"));
    survives(&format!("<p>{}", many("a ")));
    survives(&many("<!--"));
    survives(&many("<svg>"));
    survives(&many("<script>"));
}

#[test]
fn a_page_of_more_elements_than_any_keeps_its_text() {
    let main = read(&format!("<nav>{}</nav><article>{}</article>", "<b></b>".repeat(210_000), prose(5)));
    assert!(main.text.starts_with("0. The harbour master") && main.text.contains("4. A spokeswoman"), "{}", main.text);
}

#[test]
fn a_page_may_be_cut_off_anywhere() {
    let page = format!(
        "<!doctype html><html><head><title>é</title><base href='/b/'></head><body><nav class=\"ménu\"><a href='/'>H</a></nav><article \
         class='post-content'><h1>x</h1><img data-src='ü.jpg'><table><tr><td>1<td>2</table><pre>\n a</pre><!-- c --><![CDATA[ d ]]>\
         {}<ul><li>日本<li>&eacute;&#x41;</ul></article><svg><p>x</svg><script>if (a < b) {{}}</script>",
        prose(2)
    );
    for end in (0..=page.len()).filter(|end| page.is_char_boundary(*end)) {
        read(&page[..end]);
    }
}

proptest! {
    #[test]
    fn any_soup_of_tags_comes_out_clean(
        pieces in prop::collection::vec(
            prop_oneof![
                3 => "</?(div|p|a|b|i|ul|li|table|tr|td|article|main|nav|h1|h2|span|figure|img|br|noscript|picture|source|form|svg|script|x-y)>",
                1 => "<(div|p|section) (class|id|role|itemprop|style|hidden)=\"(related|nav|article-body|comments|main|tabpanel|display:none|articleBody| )\">",
                1 => "<(a|img) (href|src|data-src|srcset)=['\"]?(x|/y.jpg|javascript:x|data:image/png;base64,AA|//z|\\{\\{u\\}\\})['\"]?>",
                2 => "[ a-zé日<>&;\"'=/-]{0,60}",
                1 => "(the wind was so strong that nobody could stand on the quay any more\\. ){1,4}",
            ],
            0..60,
        ),
        title in "[a-zé ]{0,12}",
        is_declared_article in any::<bool>(),
        linked in prop::option::of("([a-z&;<>/p]{1,8} ){0,90}"),
    ) {
        let page = pieces.concat();
        let known = Known { title: &title, json_ld_body: linked.as_deref(), is_declared_article };
        let main = main_text(&page, &known, Some(&base()), true);
        prop_assert_eq!(html::clean(&main.html, Some(&base())), main.html.clone());
        prop_assert_eq!(html::to_text(&main.html), main.text);
        prop_assert!(main.offers.iter().filter(|offer| offer.verdict.starts_with("chosen")).count() <= 1);
        prop_assert!(!main.html.contains("<script") && !main.html.contains("=\"javascript:"));
    }
}

//! Pictures that scripts would have loaded.

use super::{prose, read};

#[track_caller]
fn check(picture: &str, kept: &[&str], gone: &[&str]) {
    let main = read(&format!("<article>{}<p>{picture} The quay at night.</p>{}</article>", prose(2), prose(2)));
    for address in kept {
        assert_eq!(main.html.matches(address).count(), 1, "{address} in {}", main.html);
    }
    for address in gone {
        assert!(!main.html.contains(address), "{address} in {}", main.html);
    }
}

#[test]
fn lazy_pictures_get_their_real_addresses() {
    const POINT: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
    check("<img src='quay.jpg'>", &["https://ledger.example/news/quay.jpg"], &[]);
    check(&format!("<img src='{POINT}' data-src='/i/quay.jpg'>"), &["https://ledger.example/i/quay.jpg"], &["R0lG"]);
    check(&format!("<img src='{POINT}' data-lazy='/i/quay.jpg'>"), &["https://ledger.example/i/quay.jpg"], &["R0lG"]);
    check(
        "<img src='/i/placeholder.png' data-url='/i/quay.jpg'>",
        &["https://ledger.example/i/quay.jpg"],
        &["placeholder"],
    );
    check("<img src='/i/blank.gif' data-srcset='/i/q1.jpg 640w, /i/q2.jpg 1280w'>", &["/i/q2.jpg 1280w"], &["blank"]);
}

#[test]
fn a_picture_without_an_address_takes_that_of_its_sources() {
    check(
        "<picture><source srcset='/i/quay.webp 1x, /i/quay2.webp 2x' type='image/webp'><img alt='Quay'></picture>",
        &["src=\"https://ledger.example/i/quay.webp\""],
        &[],
    );
}

#[test]
fn a_picture_for_browsers_without_scripts_is_shown_once() {
    let noscript = "<noscript><img src='/i/quay.jpg'></noscript>";
    check(&format!("<img data-src='/i/quay.jpg'>{noscript}"), &["https://ledger.example/i/quay.jpg"], &[]);
    check(&format!("<img src='/i/quay.jpg'>{noscript}"), &["https://ledger.example/i/quay.jpg"], &[]);
    check(&format!("<img class=lazy>{noscript}"), &["https://ledger.example/i/quay.jpg"], &[]);
    check(&format!("<span>{noscript}</span>"), &["https://ledger.example/i/quay.jpg"], &[]);
}

#[test]
fn pictures_that_count_visitors_go() {
    check("<img src='https://count.example/p.gif?x=1' width=1 height=1>", &[], &["count.example"]);
    check(
        "<noscript><img src='https://count.example/p.gif' width='1px' height='0'></noscript>",
        &[],
        &["count.example"],
    );
}

#[test]
fn players_become_links_and_other_frames_go() {
    check(
        "<iframe data-src='https://videos.example/embed/1?rel=0' title='The storm'></iframe><iframe src='https://ads.example/f'></iframe>",
        &["<a href=\"https://videos.example/embed/1?rel=0\">The storm</a>"],
        &["ads.example"],
    );
}

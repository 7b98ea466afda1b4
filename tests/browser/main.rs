//! The pages in a real browser: Chromium, driven over WebDriver, and judged by axe-core.
//!
//! Needs `chromedriver` (Debian: `chromium chromium-driver`) and the file `axe.min.js` of axe-core, whose path
//! `FEEDMILL_AXE` holds. Where they are missing the tests say so and are left out, unless `FEEDMILL_REQUIRE_READERS` is
//! set. With `FEEDMILL_SCREENSHOTS` set to a directory, every page is left there as a picture.

#[path = "../harness/mod.rs"]
mod harness;

mod driver;
mod pages;
mod site;

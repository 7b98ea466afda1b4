//! feedmill turns dated articles into feeds that people can subscribe to.
//!
//! Two half-pipes meet at a directory; neither knows the other: the in-wing reads documents of any shape into the
//! [`archive`], the out-wing makes feeds from it. The list of modules below is the floor plan: a room imports only
//! rooms that stand above it, and the out-wing never imports the in-wing.

#![warn(missing_docs)]

// cellar: knows nothing of the house
pub mod error;
pub mod date;
pub mod markup;
pub mod disk;
// ground floor
pub mod article;
pub mod archive;
// in-wing: the outside → archive
pub mod source;
pub mod parse;
pub mod ingest;
// out-wing: archive → the outside
pub mod feed;
pub mod render;
pub mod generate;
// roof
pub mod config;

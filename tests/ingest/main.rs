//! Taking files in, through the library.

mod containers;
mod duplicates;
mod files;
mod house;

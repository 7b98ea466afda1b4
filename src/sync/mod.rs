//! Archives kept up to date from remote addresses: what is asked, when it may be asked again, and what an answer means.

pub mod robots;

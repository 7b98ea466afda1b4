//! Tidiness as tests: the floor plan, the one door to each outside thing, and documents that tell the truth.

mod documents;
mod floors;
mod rust;

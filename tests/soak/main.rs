//! Simulated traffic around the real program: everything at once, for as long as `FEEDMILL_SOAK` says (seconds; 12 if it
//! says nothing), by the dice of `FEEDMILL_SOAK_SEED`.
//!
//! Articles are written, edited and removed in a folder and in a feed on another host; clients fetch all the while; the
//! process is killed, stopped and told to read its configuration anew; its disk runs full, and its clock jumps. No article
//! may be lost, no client may ever see half a file, and neither memory nor descriptors may grow.

#[path = "../harness/mod.rs"]
mod harness;

mod clients;
mod dice;
mod exchange;
mod ground;
mod ledger;
mod mill;
mod newsdesk;
mod soak;

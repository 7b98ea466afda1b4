//! The program as its users meet it: each test is a session at a terminal.

#[path = "../harness/mod.rs"]
mod harness;

mod addresses;
mod build;
mod check;
mod config;
mod formats;
mod held;
mod help;
mod history;
mod hostile;
mod many;
mod noise;
mod parse;
mod podcast;
mod publish;
mod renamed;
mod retract;
mod samples;
mod schedule;
mod serve;
mod unreadable;
mod split;
mod withdraw;
mod wrong_use;

//! The program as its users meet it: each test is a session at a terminal.

#[path = "../harness/mod.rs"]
mod harness;

mod build;
mod check;
mod config;
mod formats;
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
mod withdraw;
mod wrong_use;

//! The client against a server that plays every answer, and the server itself.

#[path = "../harness/mod.rs"]
mod harness;

mod server;

//! The server, asked over real connections by a client that can send what no client should.

mod conditions;
mod connections;
mod cross_origin;
mod deltas;
mod files;
mod harness;
mod hostile;
mod pages;
mod records;

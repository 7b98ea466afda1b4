//! One archive publishes itself, another keeps a copy of it; between them stands a map of addresses to files.

mod house;
mod hostile;
mod publish;
mod pull;
mod two_way;

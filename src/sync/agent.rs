//! Who asks other machines.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::robots::Robots;
use super::{Clock, Hosts, Settings};
use crate::error::Result;
use crate::source::http::Client;

/// The way to other machines, and what they have asked for. Runs that share an agent, one after the other or side by
/// side, ask a host by one request at a time between them, and keep its connections.
pub struct Agent<'c> {
    pub(super) settings: Settings,
    pub(super) clock: &'c dyn Clock,
    pub(super) hosts: Hosts<'c>,
    pub(super) robots: Mutex<HashMap<String, Rules>>,
    /// Made when there is somebody to ask: it has threads of its own.
    client: Mutex<Option<Arc<Client>>>,
}

/// What a server allows, and when it said so.
pub(super) struct Rules {
    pub robots: Arc<Robots>,
    pub asked: DateTime<Utc>,
}

/// Rules are asked for again after this; a day is the most (RFC 9309 section 2.4).
const RULES_HOLD: TimeDelta = TimeDelta::hours(1);

impl<'c> Agent<'c> {
    /// One that has asked nobody yet.
    pub fn new(settings: Settings, clock: &'c dyn Clock) -> Agent<'c> {
        let hosts = Hosts::new(clock, settings.delay);
        Agent { settings, clock, hosts, robots: Mutex::default(), client: Mutex::default() }
    }

    pub(super) fn client(&self) -> Result<Arc<Client>> {
        let mut client = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = &*client {
            return Ok(Arc::clone(client));
        }
        let made = Arc::new(Client::new(&self.settings.http)?);
        *client = Some(Arc::clone(&made));
        Ok(made)
    }

    /// The rules of a server, if they were asked for not long ago.
    pub(super) fn rules(&self, origin: &str) -> Option<Arc<Robots>> {
        let known = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        let rules = known.get(origin)?;
        let age = self.clock.now() - rules.asked;
        (TimeDelta::zero() <= age && age < RULES_HOLD).then(|| Arc::clone(&rules.robots))
    }

    pub(super) fn put_rules(&self, origin: &str, robots: &Arc<Robots>) {
        let rules = Rules { robots: Arc::clone(robots), asked: self.clock.now() };
        self.robots.lock().unwrap_or_else(PoisonError::into_inner).insert(origin.to_owned(), rules);
    }
}

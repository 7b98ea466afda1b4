//! What every command starts from: the voice, the configuration, and the moment at which the command was given.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::clock;
use super::say::Say;
use super::{Global, Stop};
use crate::config::{self, Config};
use crate::error::{Error, Result};

/// The name of the configuration file.
pub(super) const CONFIG_FILE: &str = "feedmill.toml";

#[derive(Clone)]
pub(super) struct Session {
    pub(super) say: Say,
    pub(super) json: bool,
    /// The one reading of the clock: everything that a command does happens at this moment.
    pub(super) now: DateTime<Utc>,
    config: Option<PathBuf>,
}

impl Session {
    pub(super) fn new(global: Global) -> Session {
        Session {
            say: Say::new(global.quiet, global.verbose, global.color),
            json: global.json,
            now: clock::now(),
            config: global.config,
        }
    }

    /// The configuration, which must exist.
    pub(super) fn config(&self) -> Result<Config> {
        self.load(&self.config_path()?)
    }

    /// The configuration in that file, with what is to be said of it.
    pub(super) fn load(&self, path: &Path) -> Result<Config> {
        let config = Config::load(path)?;
        for note in config.remotes.iter().filter_map(|spec| spec.note.as_ref()) {
            self.say.note(note);
        }
        Ok(config)
    }

    /// The configuration file.
    pub(super) fn config_path(&self) -> Result<PathBuf> {
        match self.find_config()? {
            Some(path) => Ok(path),
            None => Err(Error::usage(CONFIG_FILE, "expected it here or in a parent directory, found none")
                .hint("`feedmill init` writes one; --config names one that stands elsewhere")),
        }
    }

    /// The path and the text of the configuration, for whoever adds to it.
    pub(super) fn config_text(&self) -> Result<(PathBuf, String)> {
        let path = match self.find_config()? {
            Some(path) => path,
            None => {
                self.config()?;
                PathBuf::from(CONFIG_FILE)
            }
        };
        let text = std::fs::read_to_string(&path).map_err(|err| Error::io("read", &path, err))?;
        Ok((path, text))
    }

    /// The configuration, if `--config` names one.
    pub(super) fn named_config(&self) -> Result<Option<Config>> {
        self.config.as_ref().map(|_| self.config()).transpose()
    }

    /// The named configuration file, else the nearest one upwards.
    fn find_config(&self) -> Result<Option<PathBuf>> {
        if let Some(path) = &self.config {
            return Ok(Some(if path.is_dir() { path.join(CONFIG_FILE) } else { path.clone() }));
        }
        let here = Path::new(CONFIG_FILE);
        if here.is_file() {
            return Ok(Some(here.to_owned()));
        }
        let start = std::env::current_dir().map_err(|err| Error::io("find the current directory", ".", err))?;
        // Upwards in `..` steps, so that messages name paths as the user would type them.
        let found = start.ancestors().skip(1).zip(1..).find(|(dir, _)| dir.join(CONFIG_FILE).is_file());
        Ok(found.map(|(_, steps)| std::iter::repeat_n("..", steps).collect::<PathBuf>().join(CONFIG_FILE)))
    }

    /// The instant that `--as-of` means: a time stands for itself, a day includes all of it, in the site's zone.
    pub(super) fn as_of(&self, asked: Option<&str>, config: &Config) -> Result<DateTime<Utc>> {
        let Some(text) = asked else { return Ok(self.now) };
        let read = |day_is_over| config::point_in_time(text, day_is_over, config.zone);
        let (Some(begin), Some(end)) = (read(false), read(true)) else {
            return Err(Error::usage("--as-of", format!("expected a date or a time, found {text:?}"))
                .hint("write 2024-05-01 or 2024-05-01T12:00:00Z"));
        };
        // The end of a day is the first instant of the next, which does not belong to it.
        let instant = if begin == end { end } else { end - chrono::TimeDelta::seconds(1) };
        Ok(instant.to_utc())
    }

    /// With `--json`, one value on standard output, in one line.
    pub(super) fn print_json(&self, value: impl FnOnce() -> serde_json::Value) -> Result<(), Stop> {
        if self.json {
            writeln!(io::stdout().lock(), "{}", value())?;
        }
        Ok(())
    }
}

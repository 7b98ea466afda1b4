//! `feedmill init [DIR]`

use std::path::PathBuf;

use super::session::{CONFIG_FILE, Session};
use super::{Outcome, Stop};
use crate::disk;
use crate::error::Error;

/// What a new configuration says.
const TEMPLATE: &str = include_str!("init.toml");

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill init             write feedmill.toml here
  feedmill init newsroom    write newsroom/feedmill.toml")]
pub(super) struct Args {
    /// The directory to write it to
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let path = match args.dir.as_os_str() == "." {
        true => PathBuf::from(CONFIG_FILE),
        false => args.dir.join(CONFIG_FILE),
    };
    if path.symlink_metadata().is_ok() {
        let err = Error::usage(path.display().to_string(), "expected no file there, found one; nothing was written")
            .hint("edit it, or remove it first");
        return Err(err.into());
    }
    disk::write_if_changed(&path, TEMPLATE.as_bytes())?;
    session.say.did("Wrote", path.display());
    session.say.next("set [site] and the path of [[source]] in it, then run `feedmill build`");
    session.print_json(|| serde_json::json!({ "wrote": path.display().to_string() }))?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_template_is_a_valid_configuration_with_and_without_its_comments() {
        let live: String = super::TEMPLATE
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(code) if code.starts_with('[') || code.split(' ').nth(1) == Some("=") => code,
                _ => line,
            })
            .map(|line| format!("{line}\n"))
            .collect();
        for text in [super::TEMPLATE, &live] {
            crate::config::Config::parse(Path::new("feedmill.toml"), text).unwrap();
        }
    }
}

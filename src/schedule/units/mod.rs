//! The schedule in the words of other schedulers, for those who prefer their own: systemd, cron, launchd, GitHub.
//!
//! Each runs `feedmill build` at every time of the configuration. What one of them cannot say is an error that names
//! it, and never left out in silence.

mod calendar;

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono_tz::Tz;

use super::when::When;
use crate::error::{Error, Result};

/// What is to be said in the words of another scheduler.
#[derive(Clone, Debug)]
pub struct Job {
    /// The program, as an absolute path.
    pub program: PathBuf,
    /// The configuration, as an absolute path.
    pub config: PathBuf,
    /// The directory of the project, as an absolute path.
    pub directory: PathBuf,
    /// Directories that are written to, as absolute paths.
    pub written: Vec<PathBuf>,
    /// What the site is called.
    pub title: String,
    /// The times at which anything is to be done, without repetitions.
    pub when: Vec<When>,
    /// The zone in which they are meant.
    pub zone: Tz,
    /// Whether there are remote sources, which are then asked too.
    pub syncs: bool,
    /// Past this a run is cut off.
    pub limit: Duration,
}

impl Job {
    /// What is run, without options that come before it.
    fn command(&self) -> &'static [&'static str] {
        if self.syncs { &["build", "--sync"] } else { &["build"] }
    }
}

/// A way of writing a job down.
type Write = fn(&Job) -> Result<String>;

/// The schedulers that a job can be written for, with what the text is.
pub const SCHEDULERS: [(&str, &str, Write); 5] = [
    ("service", "a systemd service for `feedmill run`, which needs no timer", service),
    ("systemd", "a service and a timer", systemd),
    ("cron", "lines for a crontab", crontab),
    ("launchd", "a property list for macOS", launchd),
    ("github", "a workflow for GitHub Actions", github),
];

fn cannot(when: &When, scheduler: &str, instead: &str) -> Error {
    Error::usage(format!("schedule {:?}", when.to_string()), format!("expected what {scheduler} can say, found more"))
        .hint(instead)
}

/// One line, so that nothing in it can begin another.
fn line(text: &str) -> String {
    text.split(|c: char| c.is_control()).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn systemd(job: &Job) -> Result<String> {
    let mut times = String::new();
    for when in &job.when {
        if when.is_start() {
            times.push_str("OnBootSec=1min\n");
        } else if let Some(interval) = when.interval() {
            times.push_str(&format!("OnBootSec=1min\nOnUnitActiveSec={}s\n", interval.as_secs()));
        } else {
            let said = calendar::systemd(when, job.zone)
                .ok_or_else(|| cannot(when, "a systemd timer", "`L`, `W` and `#` have no counterpart there"))?;
            said.iter().for_each(|said| times.push_str(&format!("OnCalendar={said}\n")));
        }
    }
    let written = systemd_written(job);
    let title = line(&job.title).replace('%', "%%");
    Ok(format!(
        "# feedmill.service: save as /etc/systemd/system/feedmill.service, or ~/.config/systemd/user/feedmill.service\n\
         [Unit]\n\
         Description=Feeds of {title}\n\
         Wants=network-online.target\n\
         After=network-online.target\n\n\
         [Service]\n\
         Type=oneshot\n\
         ExecStart={} --quiet --config {} {}\n\
         WorkingDirectory={}\n\
         TimeoutStartSec={}s\n\
         NoNewPrivileges=yes\n\
         PrivateTmp=yes\n\
         ProtectSystem=strict\n\
         ReadWritePaths={written}\n\n\
         # feedmill.timer: save beside it, then `systemctl enable --now feedmill.timer`\n\
         [Unit]\n\
         Description=When the feeds of {title} are made\n\n\
         [Timer]\n\
         {times}Persistent=true\n\
         AccuracySec=1s\n\n\
         [Install]\n\
         WantedBy=timers.target\n",
        systemd_word(&job.program),
        systemd_word(&job.config),
        job.command().join(" "),
        systemd_value(&job.directory),
        job.limit.as_secs()
    ))
}

/// What a service may write to. What is not there yet is made in the directory of the project; elsewhere it must be
/// there, or is left alone.
fn systemd_written(job: &Job) -> String {
    let outside = job.written.iter().filter(|path| !path.starts_with(&job.directory));
    let written: Vec<String> = std::iter::once(systemd_word(&job.directory))
        .chain(outside.map(|path| systemd_word(path).replacen('"', "\"-", 1)))
        .collect();
    written.join(" ")
}

/// A service that runs all the time. Its schedule is in the configuration, which it reads again when it is reloaded.
fn service(job: &Job) -> Result<String> {
    Ok(format!(
        "# feedmill.service: save as /etc/systemd/system/feedmill.service, or ~/.config/systemd/user/feedmill.service,\n\
         # then `systemctl enable --now feedmill`\n\
         [Unit]\n\
         Description=Feeds of {}\n\
         Wants=network-online.target\n\
         After=network-online.target\n\n\
         [Service]\n\
         Type=notify\n\
         ExecStart={} --config {} run\n\
         ExecReload=/bin/kill -HUP $MAINPID\n\
         WorkingDirectory={}\n\
         Restart=on-failure\n\
         RestartSec=5s\n\
         WatchdogSec=60s\n\
         TimeoutStopSec=10s\n\
         NoNewPrivileges=yes\n\
         PrivateTmp=yes\n\
         ProtectSystem=strict\n\
         ReadWritePaths={}\n\n\
         [Install]\n\
         WantedBy=default.target\n",
        line(&job.title).replace('%', "%%"),
        systemd_word(&job.program),
        systemd_word(&job.config),
        systemd_value(&job.directory),
        systemd_written(job),
    ))
}

/// A word of a command line of systemd: quoted, with its own specifiers and variables taken literally.
fn systemd_word(path: &Path) -> String {
    let text = path.display().to_string();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$"))
}

/// A value that is one path, and is not unquoted.
fn systemd_value(path: &Path) -> String {
    path.display().to_string().replace('%', "%%")
}

fn crontab(job: &Job) -> Result<String> {
    let mut lines = format!(
        "# Feeds of {}: add with `crontab -e`.\n\
         # Where cron does not understand CRON_TZ (cronie does), the times are those of the system.\n\
         CRON_TZ={}\n",
        line(&job.title),
        job.zone.name()
    );
    for when in &job.when {
        let fields = if when.is_start() {
            "@reboot".to_owned()
        } else if let Some(interval) = when.interval() {
            every(interval).ok_or_else(|| {
                cannot(when, "cron", "it knows intervals that divide an hour or a day, down to a minute")
            })?
        } else {
            when.plain().ok_or_else(|| cannot(when, "cron", "`L`, `W` and `#` have no counterpart there"))?;
            when.fields().unwrap_or_default().replace('?', "*")
        };
        // In a crontab, a percent sign begins the standard input of the command.
        let word = |path: &Path| shell_word(path).replace('%', "\\%");
        let (directory, program, config) = (word(&job.directory), word(&job.program), word(&job.config));
        let command = job.command().join(" ");
        lines.push_str(&format!("{fields} cd {directory} && {program} --quiet --config {config} {command}\n"));
    }
    Ok(lines)
}

fn shell_word(path: &Path) -> String {
    format!("'{}'", line(&path.display().to_string()).replace('\'', "'\\''"))
}

/// An interval as cron fields, where it divides an hour or a day evenly.
fn every(interval: Duration) -> Option<String> {
    let minutes = interval.as_secs() / 60;
    if minutes == 0 || !interval.as_secs().is_multiple_of(60) {
        return None;
    }
    match (minutes, minutes / 60) {
        (1, _) => Some("* * * * *".to_owned()),
        (60, _) => Some("0 * * * *".to_owned()),
        (1_440, _) => Some("0 0 * * *".to_owned()),
        (10_080, _) => Some("0 0 * * 0".to_owned()),
        (2..60, _) if 60 % minutes == 0 => Some(format!("*/{minutes} * * * *")),
        (_, hours @ 2..24) if minutes.is_multiple_of(60) && 24 % hours == 0 => Some(format!("0 */{hours} * * *")),
        _ => None,
    }
}

fn launchd(job: &Job) -> Result<String> {
    let mut times = String::new();
    let mut calendar = Vec::new();
    for when in &job.when {
        if when.is_start() {
            times.push_str("  <key>RunAtLoad</key>\n  <true/>\n");
        } else if when.interval().is_some() {
            continue;
        } else {
            let said = calendar::launchd(when)
                .ok_or_else(|| cannot(when, "launchd", "`L`, `W`, `#` and long lists have no counterpart there"))?;
            calendar.extend(said);
        }
    }
    // launchd knows one interval.
    if let Some(interval) = job.when.iter().filter_map(When::interval).min() {
        times.push_str(&format!("  <key>StartInterval</key>\n  <integer>{}</integer>\n", interval.as_secs()));
    }
    if !calendar.is_empty() {
        times.push_str(&format!("  <key>StartCalendarInterval</key>\n  <array>\n{}  </array>\n", calendar.concat()));
    }
    let xml = |path: &Path| feedmill_markup::escape(&path.display().to_string());
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <!-- Save as ~/Library/LaunchAgents/feedmill.plist, then `launchctl load` it. launchd goes by the time of the \
         system; the schedule is meant in {}. -->\n\
         <plist version=\"1.0\">\n<dict>\n  \
         <key>Label</key>\n  <string>feedmill</string>\n  \
         <key>ProgramArguments</key>\n  <array>\n    <string>{}</string>\n    <string>--quiet</string>\n    \
         <string>--config</string>\n    <string>{}</string>\n{}  </array>\n  \
         <key>WorkingDirectory</key>\n  <string>{}</string>\n{times}</dict>\n</plist>\n",
        job.zone.name(),
        xml(&job.program),
        xml(&job.config),
        job.command().iter().map(|word| format!("    <string>{word}</string>\n")).collect::<String>(),
        xml(&job.directory)
    ))
}

fn github(job: &Job) -> Result<String> {
    let mut times = String::new();
    for when in &job.when {
        let fields = if when.is_start() {
            continue;
        } else if let Some(interval) = when.interval() {
            let interval = interval.max(GITHUB_LEAST);
            every(interval).ok_or_else(|| {
                cannot(when, "GitHub", "it knows intervals that divide an hour or a day, from five minutes on")
            })?
        } else {
            when.plain().ok_or_else(|| cannot(when, "GitHub", "`L`, `W` and `#` have no counterpart there"))?;
            when.fields().unwrap_or_default().replace('?', "*")
        };
        times.push_str(&format!("    - cron: \"{fields}\"\n"));
    }
    let zone = match job.zone {
        Tz::UTC => String::new(),
        zone => {
            format!("# GitHub goes by UTC: these times are those of the schedule in {}, read as UTC.\n", zone.name())
        }
    };
    let title = line(&job.title).replace('\\', "").replace('"', "'");
    let schedule = if times.is_empty() { String::new() } else { format!("  schedule:\n{times}") };
    Ok(format!(
        "# .github/workflows/feeds.yml\n{zone}\
         # Fill in below where the source code of feedmill stands and which commit of it is built: a commit is named by \
         the\n# checksum of all that is in it, and its Cargo.lock has those of its dependencies, so that nobody can put \
         another\n# program in its place. No package registry is asked for a program by its name. Actions are named by \
         commit, too.\n\
         name: \"Feeds of {title}\"\n\
         on:\n{schedule}  workflow_dispatch:\n\
         permissions: {{}}\n\
         concurrency: feeds\n\
         jobs:\n  feeds:\n    runs-on: ubuntu-latest\n    timeout-minutes: {}\n    \
         permissions:\n      contents: write  # the last step pushes new articles and feeds\n    steps:\n      \
         # {CHECKOUT_VERSION}. The token is not left behind for what runs next.\n      \
         - uses: actions/checkout@{CHECKOUT}\n        with:\n          persist-credentials: false\n      \
         - env:\n          FEEDMILL_REPOSITORY: \"{}\"  # https://…\n          \
         FEEDMILL_COMMIT: \"\"  # 40 hexadecimal digits\n        \
         run: |\n          \
         [ -n \"$FEEDMILL_REPOSITORY\" ] || {{ echo \"fill in FEEDMILL_REPOSITORY\"; exit 1; }}\n          \
         echo \"$FEEDMILL_COMMIT\" | grep -Eqx \"[0-9a-f]{{40}}\" || {{ echo \"fill in FEEDMILL_COMMIT\"; exit 1; }}\n          \
         cargo install --locked --git \"$FEEDMILL_REPOSITORY\" --rev \"$FEEDMILL_COMMIT\" feedmill\n      \
         - run: feedmill {}\n      \
         - env:\n          TOKEN: ${{{{ github.token }}}}\n        \
         run: |\n          git config user.name feedmill\n          \
         git config user.email feedmill@users.noreply.github.com\n          \
         git add --all\n          \
         git diff --cached --quiet && exit 0\n          \
         git commit --message \"New articles\"\n          \
         git push \"https://x-access-token:$TOKEN@${{GITHUB_SERVER_URL#https://}}/$GITHUB_REPOSITORY\" \
         \"HEAD:$GITHUB_REF_NAME\"\n",
        (job.limit.as_secs() / 60).clamp(1, 360),
        env!("CARGO_PKG_REPOSITORY"),
        job.command().join(" "),
    ))
}

/// The commit of `actions/checkout` that is used, and …
const CHECKOUT: &str = "11bd71901bbe5b1630ceea73d27597364c9af683";
/// … its version.
const CHECKOUT_VERSION: &str = "v4.2.2";

/// GitHub begins nothing more often.
const GITHUB_LEAST: Duration = Duration::from_secs(300);

#[cfg(test)]
mod tests;

use expect_test::expect;

use super::*;

fn job(when: &[&str]) -> Job {
    Job {
        program: "/usr/bin/feedmill".into(),
        config: "/srv/my news/feedmill.toml".into(),
        directory: "/srv/my news".into(),
        written: vec!["/srv/my news/archive".into(), "/var/www/feeds".into()],
        title: "Ledger\n[Service] & <friends> 100%".into(),
        when: when.iter().map(|text| When::read(text).unwrap()).collect(),
        zone: chrono_tz::Europe::Berlin,
        syncs: false,
        limit: Duration::from_secs(600),
    }
}

#[test]
fn a_service_and_a_timer() {
    let text = systemd(&job(&["every 15m", "30 2 * * mon-fri", "0 0 1 * sun"])).unwrap();
    expect![[r##"
        # feedmill.service: save as /etc/systemd/system/feedmill.service, or ~/.config/systemd/user/feedmill.service
        [Unit]
        Description=Feeds of Ledger [Service] & <friends> 100%%
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=oneshot
        ExecStart="/usr/bin/feedmill" --quiet --config "/srv/my news/feedmill.toml" build
        WorkingDirectory=/srv/my news
        TimeoutStartSec=600s
        NoNewPrivileges=yes
        PrivateTmp=yes
        ProtectSystem=strict
        ReadWritePaths="/srv/my news" "-/var/www/feeds"

        # feedmill.timer: save beside it, then `systemctl enable --now feedmill.timer`
        [Unit]
        Description=When the feeds of Ledger [Service] & <friends> 100%% are made

        [Timer]
        OnBootSec=1min
        OnUnitActiveSec=900s
        OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 02:30:00 Europe/Berlin
        OnCalendar=*-*-01 00:00:00 Europe/Berlin
        OnCalendar=Sun *-*-* 00:00:00 Europe/Berlin
        Persistent=true
        AccuracySec=1s

        [Install]
        WantedBy=timers.target
    "##]]
    .assert_eq(&text);
}

#[test]
fn a_service_that_runs_all_the_time() {
    let text = service(&job(&["every 15m"])).unwrap();
    expect![[r##"
        # feedmill.service: save as /etc/systemd/system/feedmill.service, or ~/.config/systemd/user/feedmill.service,
        # then `systemctl enable --now feedmill`
        [Unit]
        Description=Feeds of Ledger [Service] & <friends> 100%%
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=notify
        ExecStart="/usr/bin/feedmill" --config "/srv/my news/feedmill.toml" run
        ExecReload=/bin/kill -HUP $MAINPID
        WorkingDirectory=/srv/my news
        Restart=on-failure
        RestartSec=5s
        WatchdogSec=60s
        TimeoutStopSec=10s
        NoNewPrivileges=yes
        PrivateTmp=yes
        ProtectSystem=strict
        ReadWritePaths="/srv/my news" "-/var/www/feeds"

        [Install]
        WantedBy=default.target
    "##]]
    .assert_eq(&text);
}

#[test]
fn remote_sources_are_asked_too() {
    let job = Job { syncs: true, ..job(&["@hourly"]) };
    for (name, _, write) in SCHEDULERS.iter().filter(|(name, ..)| *name != "service") {
        let text = write(&job).unwrap();
        assert!(text.contains("build --sync") || text.contains("<string>--sync</string>"), "{name}: {text}");
    }
}

#[test]
fn lines_for_a_crontab() {
    let text = crontab(&job(&["every 15m", "@daily", "@start", "every 6h"])).unwrap();
    expect![[r#"
        # Feeds of Ledger [Service] & <friends> 100%: add with `crontab -e`.
        # Where cron does not understand CRON_TZ (cronie does), the times are those of the system.
        CRON_TZ=Europe/Berlin
        */15 * * * * cd '/srv/my news' && '/usr/bin/feedmill' --quiet --config '/srv/my news/feedmill.toml' build
        0 0 * * * cd '/srv/my news' && '/usr/bin/feedmill' --quiet --config '/srv/my news/feedmill.toml' build
        @reboot cd '/srv/my news' && '/usr/bin/feedmill' --quiet --config '/srv/my news/feedmill.toml' build
        0 */6 * * * cd '/srv/my news' && '/usr/bin/feedmill' --quiet --config '/srv/my news/feedmill.toml' build
    "#]]
    .assert_eq(&text);
    let odd = Job { directory: "/srv/it's 5%".into(), ..job(&["@hourly"]) };
    assert!(crontab(&odd).unwrap().contains(r"cd '/srv/it'\''s 5\%' &&"));
}

#[test]
fn a_property_list() {
    let text = launchd(&job(&["every 1h", "every 15m", "30 2,14 * * mon"])).unwrap();
    let list = roxmltree::Document::parse_with_options(
        &text,
        roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
    )
    .unwrap();
    let values: Vec<&str> = list
        .descendants()
        .filter(|node| node.is_text())
        .filter_map(|node| node.text())
        .map(str::trim)
        .filter(|t| !t.is_empty())
        .collect();
    assert_eq!(
        values[values.len() - 14..].join(" "),
        "900 StartCalendarInterval Weekday 1 Hour 2 Minute 30 Weekday 1 Hour 14 Minute 30"
    );
    assert!(launchd(&job(&["*/2 1-23 2-30 * *"])).is_err(), "thousands of entries are refused");
}

#[test]
fn a_workflow() {
    let text = github(&job(&["every 1m", "@daily", "@start"])).unwrap();
    let workflow: serde_norway::Value = serde_norway::from_str(&text).unwrap();
    let crons = &workflow["on"]["schedule"];
    assert_eq!((crons[0]["cron"].as_str(), crons[1]["cron"].as_str()), (Some("*/5 * * * *"), Some("0 0 * * *")));
    assert_eq!(workflow["name"].as_str(), Some("Feeds of Ledger [Service] & <friends> 100%"));
    assert!(text.contains("Europe/Berlin, read as UTC"));
    assert!(serde_norway::from_str::<serde_norway::Value>(&github(&job(&[])).unwrap()).is_ok());
}

#[test]
fn a_workflow_runs_nothing_that_others_can_put_in_its_place() {
    let workflow: serde_norway::Value = serde_norway::from_str(&github(&job(&["@daily"])).unwrap()).unwrap();
    assert_eq!(workflow["permissions"].as_mapping().map(|all| all.len()), Some(0), "none beyond those of the job");
    let job = &workflow["jobs"]["feeds"];
    let permissions: Vec<_> = job["permissions"].as_mapping().unwrap().iter().collect();
    assert_eq!(permissions, [(&"contents".into(), &"write".into())]);
    let steps = job["steps"].as_sequence().unwrap();
    for action in steps.iter().filter_map(|step| step["uses"].as_str()) {
        let (_, commit) = action.split_once('@').unwrap();
        assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{action}");
    }
    assert_eq!(steps[0]["with"]["persist-credentials"].as_bool(), Some(false));
    let installs: Vec<&str> = steps
        .iter()
        .filter_map(|step| step["run"].as_str())
        .flat_map(str::lines)
        .filter(|l| l.contains("install"))
        .collect();
    let pinned = "cargo install --locked --git \"$FEEDMILL_REPOSITORY\" --rev \"$FEEDMILL_COMMIT\" feedmill";
    assert_eq!(installs, [pinned]);
    // The token is in the hands of git alone.
    let with_token = |step: &&serde_norway::Value| step["env"]["TOKEN"].as_str().is_some();
    assert_eq!(steps.iter().filter(with_token).count(), 1);
    assert!(steps.last().is_some_and(|step| with_token(&step)));
    assert_eq!(steps.last().unwrap()["env"]["TOKEN"].as_str(), Some("${{ github.token }}"));
}

/// Runs the step that installs, with a `cargo` that only says what it was told.
#[test]
#[cfg(unix)]
fn a_workflow_stops_until_repository_and_commit_are_filled_in() {
    let workflow: serde_norway::Value = serde_norway::from_str(&github(&job(&["@daily"])).unwrap()).unwrap();
    let step = workflow["jobs"]["feeds"]["steps"][1]["run"].as_str().unwrap();
    let run = |repository: &str, commit: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-ec", &format!("cargo() {{ echo cargo \"$@\"; }}\n{step}")]);
        let ran = shell.env("FEEDMILL_REPOSITORY", repository).env("FEEDMILL_COMMIT", commit).output().unwrap();
        (ran.status.success(), String::from_utf8(ran.stdout).unwrap())
    };
    let commit = "0123456789abcdef0123456789abcdef01234567";
    assert_eq!(run("https://git.example/f", ""), (false, "fill in FEEDMILL_COMMIT\n".to_owned()));
    assert_eq!(run("https://git.example/f", "main"), (false, "fill in FEEDMILL_COMMIT\n".to_owned()));
    assert_eq!(run("", commit), (false, "fill in FEEDMILL_REPOSITORY\n".to_owned()));
    let said = format!("cargo install --locked --git https://git.example/f --rev {commit} feedmill\n");
    assert_eq!(run("https://git.example/f", commit), (true, said));
}

#[test]
fn what_cannot_be_said_is_an_error_that_names_it() {
    // A service has its schedule in the configuration, and can say everything.
    for (name, _, write) in SCHEDULERS.into_iter().filter(|(name, ..)| *name != "service") {
        let err = write(&job(&["0 0 L * *"])).unwrap_err();
        assert!(err.is_usage() && err.subject().contains("0 0 L * *"), "{name}: {err}");
    }
    assert!(crontab(&job(&["every 7m"])).is_err() && github(&job(&["every 7m"])).is_err());
    assert!(crontab(&job(&["every 30s"])).is_err() && systemd(&job(&["every 30s"])).is_ok());
}

#[test]
fn intervals_as_fields() {
    let fields = |text: &str| every(When::read(text).unwrap().interval().unwrap());
    assert_eq!(fields("every 1m").as_deref(), Some("* * * * *"));
    assert_eq!(fields("every 1d").as_deref(), Some("0 0 * * *"));
    assert_eq!(fields("every 90m"), None);
    assert_eq!(fields("every 5h"), None);
}

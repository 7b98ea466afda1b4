//! When things are done: what is shown, what is written down for others, what the journal tells.

use expect_test::expect;

use crate::harness::Project;

const CONFIG: &str = "[site]\ntitle = \"Ledger\"\nurl = \"https://ledger.example/\"\ntimezone = \"Europe/Berlin\"\n\n\
                      [[source]]\npath = \"inbox\"\nschedule = \"every 15m\"\n\n[[feed]]\nschedule = \"30 6 * * mon-fri\"\n";

#[test]
fn what_is_next_due_is_shown() {
    let project = Project::with_config(CONFIG);
    let shown = project.run("schedule").done();
    for piece in ["source inbox: every 15m", "feed (top): 30 6 * * mon-fri", " 06:30:00", "Europe/Berlin"] {
        assert!(shown.stdout.contains(piece), "{}", shown.stdout);
    }
    let shown = project.run("schedule --json").done().json();
    assert_eq!(shown["schedule"][1]["schedule"], "30 6 * * mon-fri");
    assert_eq!(shown["schedule"][1]["next"].as_array().unwrap().len(), 3);
}

#[test]
fn it_is_written_down_for_other_schedulers() {
    let project = Project::with_config(CONFIG);
    let cron = project.run("schedule --print cron").done();
    let lines: Vec<&str> = cron.stdout.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines[0], "CRON_TZ=Europe/Berlin");
    assert!(
        lines[1].starts_with("*/15 * * * * cd '[project]'") && lines[1].ends_with("'[project]/feedmill.toml' build")
    );
    assert!(lines[2].starts_with("30 6 * * mon-fri cd "), "{lines:?}");
    for scheduler in ["systemd", "launchd", "github"] {
        project.run(&format!("schedule --print {scheduler}")).done().mentions("build");
    }
    project.run("schedule --print windows").exits(2);
    let project = Project::with_config("[schedule]\nevery = \"0 6 L * *\"\n");
    project.run("schedule --print systemd").exits(2).says(expect![[r#"
        $ feedmill schedule --print systemd
        error: schedule "0 6 L * *": expected what a systemd timer can say, found more
          hint: `L`, `W` and `#` have no counterpart there
        [exit 2]
    "#]]);
}

#[test]
fn a_build_says_how_long_to_sleep() {
    let project = Project::with_config(&CONFIG.replace("30 6 * * mon-fri", "0 0 1 1 *"));
    project.file("inbox/a.txt", " date 2023-07-09 The pump is back. It works.\n");
    let slept = project.run("build --quiet --until-due").done().stdout;
    assert!((800..=900).contains(&slept.trim().parse::<u64>().unwrap()), "{slept}");
    let told = project.run("build --until-due --json").done().json();
    assert!((800..=900).contains(&told["until_due"].as_u64().unwrap()), "{told}");
    project.run("build --until-due --as-of 2024-01-01").exits(2);
}

#[test]
fn the_journal_is_told() {
    let project = Project::with_config(CONFIG);
    project.file("inbox/a.txt", " date 2023-07-09 The pump is back. It works.\n");
    project.run("build").done();
    project.run("log").done().mentions("no such run");
    project.file(
        "archive/.feedmill/journal.jsonl",
        "{\"at\":\"2025-03-30T00:59:30.000Z\",\"task\":\"sync news\",\"why\":\"scheduled\",\"took\":1.25,\"ended\":\"done\",\
         \"changes\":2,\"words\":\"2 added\",\"next\":\"2025-03-30T01:15:00.000Z\"}\n\
         {\"at\":\"2025-03-30T01:00:10.000Z\",\"task\":\"generate\",\"why\":\"after sync news\",\"took\":0.05,\"ended\":\"failed\",\
         \"words\":\"the disk is \\u001b[31mfull\"}\n{\"at\":\"2025-03-",
    );
    project.run("log").done().says(expect![[r#"
        $ feedmill log
        2025-03-30 01:59:30  sync news  done        1.2s  scheduled; 2 changes; 2 added; next 2025-03-30 03:15:00
        2025-03-30 03:00:10  generate   failed      0.1s  after sync news; the disk is \u{1b}[31mfull
        note: 1 line of archive/.feedmill/journal.jsonl cannot be read
    "#]]);
    let failed = project.run("log --failed --task generate --since 2025-03-30 --json").done().json();
    assert_eq!(failed["runs"].as_array().unwrap().len(), 1);
    assert_eq!(project.run("log --since 1h --json").done().json()["runs"].as_array().unwrap().len(), 0);
    assert_eq!(project.run("log -n 1 --json").done().json()["runs"][0]["task"], "generate");
    project.run("log --since soon").exits(2).mentions("a date, a time or a length of time");
    project.run("status").done().mentions("run       sync news: done 2025-03-30 01:59:30; next 2025-03-30 03:15:00");
    // The journal is the archive's own affair: nothing else takes notice of it.
    project.run("check").done();
    project.run("build").done().mentions("nothing changed");
}

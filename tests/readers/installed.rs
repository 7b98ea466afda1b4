//! Which readers this machine has.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Whether this command ends well. Where it does not, says that the reader is left out, or fails where all are demanded.
pub fn is_installed(reader: &str, probe: &mut Command) -> bool {
    let answers = probe.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if answers.is_ok_and(|status| status.success()) {
        return true;
    }
    let demanded = std::env::var_os("FEEDMILL_REQUIRE_READERS").is_some_and(|value| value == "1");
    assert!(!demanded, "{reader} is not installed; see docs/readers.md");
    // Written directly, since the test runner shows what passing tests print to nobody.
    let said = format!("left out: {reader} is not installed (docs/readers.md says how)\n");
    let _ = std::io::stderr().write_all(said.as_bytes());
    false
}

/// The Python that has the readers written in it.
pub fn python() -> PathBuf {
    std::env::var_os("FEEDMILL_READERS_PYTHON").map_or_else(|| "python3".into(), PathBuf::from)
}

/// Whether that Python has these modules.
pub fn has_modules(reader: &str, modules: &str) -> bool {
    is_installed(reader, Command::new(python()).args(["-c", &format!("import {modules}")]))
}

/// Runs a reader to its end; its standard output. What it complains of fails the test.
#[track_caller]
pub fn output(command: &mut Command) -> String {
    let out = command.stdin(Stdio::null()).output().unwrap_or_else(|err| panic!("{command:?}: {err}"));
    let complaint = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{command:?}: {}\n{complaint}", out.status);
    String::from_utf8(out.stdout).unwrap()
}

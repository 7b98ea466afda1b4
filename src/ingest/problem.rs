//! What is wrong with a file is kept with it, so that it can be told again while the file is as it was.

use crate::error::Error;

/// More problems of one file than this are counted, not kept for the next report.
const MOST_KEPT: usize = 20;

/// What was wrong with one file and with the articles in it.
#[derive(Default)]
pub(super) struct Problems {
    kept: Vec<Kept>,
    more: usize,
    may_pass: bool,
}

impl Problems {
    pub fn add_all(&mut self, problems: impl IntoIterator<Item = Kept>) {
        for problem in problems {
            self.may_pass |= problem.passing;
            if self.kept.len() < MOST_KEPT { self.kept.push(problem) } else { self.more += 1 }
        }
    }

    /// Whether something is wrong that may pass without a change of the file.
    pub fn may_pass(&self) -> bool {
        self.may_pass
    }

    /// As the archive keeps them with the file; `None` where nothing was wrong.
    pub fn to_json(&self) -> Option<String> {
        if self.kept.is_empty() {
            return None;
        }
        let mut all = self.kept.clone();
        if self.more > 0 {
            let message = format!("{} more problems, told when the file was last read", self.more);
            all.push(Kept { undated: false, passing: false, about: all[0].about.clone(), message });
        }
        // Strings and booleans can always be serialised.
        serde_json::to_string(&all).ok()
    }
}

/// A problem as it is kept until the file changes.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct Kept {
    undated: bool,
    /// Whether it may pass without a change of the file.
    #[serde(default)]
    passing: bool,
    about: String,
    message: String,
}

impl From<&Error> for Kept {
    fn from(err: &Error) -> Kept {
        let message = match err.hint_text() {
            Some(hint) => format!("{}; {hint}", err.message()),
            None => err.message().to_owned(),
        };
        let passing = err.is_record() || err.is_of_disk();
        Kept { undated: err.is_undated(), passing, about: err.subject().to_owned(), message }
    }
}

/// The problems that [`Archive::problems`](crate::archive::Archive::problems) keeps with a file.
pub fn kept_problems(text: &str) -> Vec<Error> {
    let kept: Vec<Kept> = serde_json::from_str(text).unwrap_or_default();
    kept.into_iter().map(|kept| Error::again(kept.about, kept.message, kept.undated)).collect()
}

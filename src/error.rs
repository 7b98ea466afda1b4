//! The one error of the crate.
//!
//! An [`Error`] always names the thing that it is about (a path, a URL, a command line option), says what was
//! expected and what was found, and, where that helps, what to do. Callers branch on predicates
//! ([`Error::is_undated`], [`Error::is_locked`], …), never on the wording.

use std::fmt;
use std::path::Path;

/// What every fallible function of the crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error with its subject, its message, a hint and its cause.
///
/// Displayed as `subject: message; hint`, on one line, in lower case and without a full stop. The cause is in
/// [`std::error::Error::source`] and, for input and output errors, in the message too.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    subject: String,
    message: String,
    hint: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Io,
    Input,
    NotText,
    NoArticle,
    Undated,
    Archive,
    Record,
    Locked,
    Interrupted,
    Config,
    Usage,
    Remote,
    RemoteTime,
    RemoteAddress,
    Stopped,
}

impl Error {
    /// The operating system refused something: `action` is a verb phrase ("read", "rename to x").
    pub fn io(action: &str, path: impl AsRef<Path>, err: std::io::Error) -> Self {
        let message = format!("cannot {action}: {err}");
        Self::new(Kind::Io, path.as_ref().display().to_string(), message).caused_by(err)
    }

    /// A document is not what its format demands.
    pub fn input(origin: impl Into<String>, expected: impl fmt::Display, found: impl fmt::Display) -> Self {
        Self::new(Kind::Input, origin.into(), format!("expected {expected}, found {found}"))
    }

    /// A document is empty, binary, or too large to be an article; `found` says which.
    pub fn not_text(origin: impl Into<String>, found: impl fmt::Display) -> Self {
        Self::new(Kind::NotText, origin.into(), format!("expected an article, found {found}"))
    }

    /// A document is in order and no article: a page that lists articles, an error page; `found` says which.
    pub fn no_article(origin: impl Into<String>, found: impl fmt::Display) -> Self {
        Self::new(Kind::NoArticle, origin.into(), format!("expected an article, found {found}"))
    }

    /// No date was found; `looked_at` lists the places that were looked at.
    pub fn undated(origin: impl Into<String>, looked_at: impl fmt::Display) -> Self {
        let message = format!("no publication date found; looked at {looked_at}");
        Self::new(Kind::Undated, origin.into(), message)
    }

    /// What was wrong with a document when it was last read; it has not changed since.
    pub fn again(origin: impl Into<String>, message: impl Into<String>, undated: bool) -> Self {
        Self::new(if undated { Kind::Undated } else { Kind::Input }, origin.into(), message.into())
    }

    /// The archive directory is not as it should be.
    pub fn archive(path: impl AsRef<Path>, message: impl fmt::Display) -> Self {
        Self::new(Kind::Archive, path.as_ref().display().to_string(), message.to_string())
    }

    /// A record is in the way of an article: it cannot be read, or is gone. Mended, the same article comes in.
    pub fn record(path: impl AsRef<Path>, message: impl fmt::Display) -> Self {
        Self::new(Kind::Record, path.as_ref().display().to_string(), message.to_string())
    }

    /// Another process is writing to the same archive; `holder` describes it.
    pub fn locked(path: impl AsRef<Path>, holder: impl fmt::Display) -> Self {
        Self::new(Kind::Locked, path.as_ref().display().to_string(), format!("the archive is in use by {holder}"))
            .hint("wait until it has finished, or stop it; a crashed process holds no lock")
    }

    /// A look-up was given up because whoever wanted it did not want to wait any longer.
    pub fn interrupted(path: impl AsRef<Path>) -> Self {
        Self::new(Kind::Interrupted, path.as_ref().display().to_string(), "the look-up was given up".to_owned())
    }

    /// The configuration is wrong; `message` points at the line where it can.
    pub fn config(path: impl AsRef<Path>, message: impl fmt::Display) -> Self {
        Self::new(Kind::Config, path.as_ref().display().to_string(), message.to_string())
    }

    /// The command line, or a value given on it, is wrong.
    pub fn usage(subject: impl Into<String>, message: impl fmt::Display) -> Self {
        Self::new(Kind::Usage, subject.into(), message.to_string())
    }

    /// Another machine did not answer, or not as it should; `url` holds no password.
    pub fn remote(url: impl Into<String>, message: impl fmt::Display) -> Self {
        Self::new(Kind::Remote, url.into(), message.to_string())
    }

    /// Another machine took too long; `url` holds no password.
    pub fn remote_time(url: impl Into<String>, message: impl fmt::Display) -> Self {
        Self::new(Kind::RemoteTime, url.into(), message.to_string())
    }

    /// An address of this machine or of a private network, where only public ones may be asked; `found` names it.
    pub fn remote_address(url: impl Into<String>, found: impl fmt::Display) -> Self {
        Self::new(Kind::RemoteAddress, url.into(), format!("expected a public address, found {found}"))
            .hint("`allow_private = true` in the source permits addresses of this machine and of private networks")
    }

    /// The work was to end before it was done, and nothing is wrong.
    pub fn stopped(subject: impl Into<String>) -> Self {
        Self::new(Kind::Stopped, subject.into(), "stopped before it was done".to_owned())
    }

    fn new(kind: Kind, subject: String, message: String) -> Self {
        Error(Box::new(Inner { kind, subject, message, hint: None, source: None }))
    }

    /// Adds what the user can do about it.
    pub fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.0.hint = Some(hint.to_string());
        self
    }

    /// Adds the error that caused this one.
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// The path, URL or option that the error is about.
    pub fn subject(&self) -> &str {
        &self.0.subject
    }

    /// The message without its subject and hint.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What the user can do about it, where that is known.
    pub fn hint_text(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Whether the document was understood, but holds no date.
    pub fn is_undated(&self) -> bool {
        self.0.kind == Kind::Undated
    }

    /// Whether the document is in order and no article.
    pub fn is_no_article(&self) -> bool {
        self.0.kind == Kind::NoArticle
    }

    /// Whether the document is empty, binary or too large.
    pub fn is_not_text(&self) -> bool {
        self.0.kind == Kind::NotText
    }

    /// Whether a record is in the way of an article, and nothing else is wrong.
    pub fn is_record(&self) -> bool {
        self.0.kind == Kind::Record
    }

    /// Whether another process holds the archive.
    pub fn is_locked(&self) -> bool {
        self.0.kind == Kind::Locked
    }

    /// Whether the work was to end before it was done.
    pub fn is_stopped(&self) -> bool {
        self.0.kind == Kind::Stopped
    }

    /// Whether the user called the program in a wrong way, or configured it wrongly: exit code 2.
    pub fn is_usage(&self) -> bool {
        matches!(self.0.kind, Kind::Usage | Kind::Config)
    }

    /// Whether another machine is to blame, or the way to it; the same request may succeed later.
    pub fn is_remote(&self) -> bool {
        matches!(self.0.kind, Kind::Remote | Kind::RemoteTime | Kind::RemoteAddress)
    }

    /// Whether it was given up because nobody wanted it any more.
    pub fn is_interrupted(&self) -> bool {
        self.0.kind == Kind::Interrupted
    }

    /// Whether another machine took too long.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::RemoteTime
    }

    /// Whether the address is one of this machine or of a private network, and was not asked.
    pub fn is_forbidden_address(&self) -> bool {
        self.0.kind == Kind::RemoteAddress
    }

    /// Whether the operating system found no such file.
    pub fn is_not_found(&self) -> bool {
        let cause = self.0.source.as_deref().and_then(|cause| cause.downcast_ref::<std::io::Error>());
        cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::NotFound)
    }

    /// Whether the operating system refused something on the way: then nothing is known of the content, and trying again
    /// may succeed although nothing has changed.
    pub fn is_of_disk(&self) -> bool {
        let mut cause = self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static));
        while let Some(err) = cause {
            if err.downcast_ref::<std::io::Error>().is_some_and(|err| err.raw_os_error().is_some()) {
                return true;
            }
            cause = err.source();
        }
        false
    }

    /// Whether the operating system refused something, so that the same call may succeed later.
    pub fn is_io(&self) -> bool {
        self.0.kind == Kind::Io
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.subject, self.0.message)?;
        match &self.0.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({self})", self.0.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|e| e as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_subject_message_and_hint_on_one_line() {
        let err = Error::input("notes/a.json", "an object", "a number").hint("wrap it in braces");
        assert_eq!(err.to_string(), "notes/a.json: expected an object, found a number; wrap it in braces");
        assert!(!err.is_usage() && !err.is_undated());
    }

    #[test]
    fn tells_what_other_machines_did() {
        let late = Error::remote_time("https://a.example/", "expected an answer within 30 s, found none");
        assert!(late.is_remote() && late.is_timeout() && !late.is_io() && !late.is_forbidden_address());
        let near = Error::remote_address("http://a.example/", "10.0.0.1");
        assert!(near.is_remote() && near.is_forbidden_address() && !near.is_timeout());
        assert!(near.to_string().contains("found 10.0.0.1; `allow_private = true`"), "{near}");
        assert!(Error::remote("https://a.example/", "cannot connect").is_remote());
    }

    #[test]
    fn keeps_the_cause() {
        let err = Error::io("read", "x.txt", std::io::Error::from(std::io::ErrorKind::NotFound));
        assert!(std::error::Error::source(&err).is_some());
        assert!(err.is_io() && err.is_not_found());
    }
}

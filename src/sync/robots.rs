//! robots.txt, after RFC 9309: what a site asks programs not to fetch.
//!
//! An implementation of our own: of the crates for it, one (`texting_robots` 0.2) builds regular expressions of what a
//! server sends, and the other (`robotstxt` 0.3) knows no delays.

use std::time::Duration;

use url::Url;

/// How much of a robots.txt is read (section 2.5: at least 500 KiB).
pub const LONGEST: usize = 500 << 10;

/// How long a robots.txt may be relied on (section 2.4: no more than 24 hours).
pub const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest delay between two requests that is believed; more would mean never.
const LONGEST_DELAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The most sitemaps that are kept; a site has one, or an index.
const MOST_SITEMAPS: usize = 1000;

/// What the answer to a request for robots.txt means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The body says it: [`Robots::parse`].
    Read,
    /// There is none: everything is allowed (section 2.3.1.3).
    AllowAll,
    /// The site cannot be asked at the moment: nothing is allowed (section 2.3.1.4).
    DisallowAll,
}

/// What an answer with that status means, redirects having been followed; `None` stands for no answer at all.
///
/// Statuses from 400 to 499 say that there is no robots.txt; 429 says to stay away for a while, and so nothing is
/// allowed then. Redirects that lead nowhere count as none being there (section 2.3.1.2).
pub fn on_status(status: Option<u16>) -> Verdict {
    match status {
        Some(200..=299) => Verdict::Read,
        Some(429) => Verdict::DisallowAll,
        Some(300..=499) => Verdict::AllowAll,
        _ => Verdict::DisallowAll,
    }
}

/// What a site asks of programs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    groups: Vec<Group>,
    sitemaps: Vec<String>,
}

/// Rules, and the programs that they are for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Group {
    /// Product tokens in lower case; `*` for all others.
    agents: Vec<String>,
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allows: bool,
    pattern: Pattern,
}

impl Robots {
    /// Reads a robots.txt; what is no line of one is passed over. Of a longer one the first [`LONGEST`] bytes count,
    /// without the line that they cut.
    pub fn parse(bytes: &[u8]) -> Robots {
        let bytes = match bytes.get(..LONGEST) {
            Some(near) => &near[..near.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(0)],
            None => bytes,
        };
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let mut robots = Robots::default();
        // Whether the last group may get more programs: not once it has rules (section 2.2.1). Anything else between,
        // such as a delay, parts no groups.
        let mut is_open = false;
        for line in text.split(['\n', '\r']) {
            let Some((key, value)) = field(line) else { continue };
            match key {
                Key::UserAgent => {
                    if !is_open {
                        robots.groups.push(Group::default());
                        is_open = true;
                    }
                    if let (Some(group), Some(agent)) = (robots.groups.last_mut(), agent(value)) {
                        group.agents.push(agent);
                    }
                }
                Key::Allow | Key::Disallow => {
                    is_open = false;
                    // Rules before the first program are for none; an empty one says nothing.
                    if let Some(group) = robots.groups.last_mut().filter(|_| !value.is_empty()) {
                        group.rules.push(Rule { allows: key == Key::Allow, pattern: Pattern::of(value) });
                    }
                }
                Key::CrawlDelay => {
                    if let Some(group) = robots.groups.last_mut() {
                        group.delay = group.delay.or_else(|| delay(value));
                    }
                }
                Key::Sitemap if robots.sitemaps.len() < MOST_SITEMAPS => {
                    let url = Url::parse(value).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
                    let url = url.map(String::from).filter(|url| !robots.sitemaps.contains(url));
                    robots.sitemaps.extend(url);
                }
                Key::Sitemap => {}
            }
        }
        robots
    }

    /// Whether a program may fetch a path with its query, such as `/notes/?page=2`.
    ///
    /// `agent_token` is the program's name (`feedmill`), compared without case; all groups that name it count, else
    /// those for `*`. The rule with the longest pattern wins, and of two equally long ones the one that allows
    /// (section 2.2.2). Paths are compared with their percent-encoding made alike. `/robots.txt` is always allowed.
    ///
    /// ```
    /// use feedmill::sync::robots::Robots;
    /// let robots = Robots::parse(b"User-agent: *\nDisallow: /private/\nAllow: /private/*.txt$");
    /// assert!(robots.allows("feedmill", "/private/storm.txt"));
    /// assert!(!robots.allows("feedmill", "/private/storm.html"));
    /// ```
    pub fn allows(&self, agent_token: &str, url_path_and_query: &str) -> bool {
        let path = url_path_and_query.split('#').next().unwrap_or_default();
        let path =
            if path.starts_with('/') { normal(path, Side::Path) } else { normal(&format!("/{path}"), Side::Path) };
        if path == "/robots.txt" {
            return true;
        }
        let rules = self.groups_for(agent_token).flat_map(|group| &group.rules);
        let matching = rules.filter(|rule| rule.pattern.matches(&path));
        matching.max_by_key(|rule| (rule.pattern.octets, rule.allows)).is_none_or(|rule| rule.allows)
    }

    /// How long a program is asked to wait between two requests (`Crawl-delay`, which no standard knows and many sites
    /// write): at most a day. `None` where nothing is asked.
    pub fn crawl_delay(&self, agent_token: &str) -> Option<Duration> {
        self.groups_for(agent_token).filter_map(|group| group.delay).max()
    }

    /// The sitemaps that it names, in its order, each once: they are for every program.
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    /// The groups that name a program, else those for all.
    fn groups_for(&self, agent_token: &str) -> impl Iterator<Item = &Group> {
        let token = agent_token.to_ascii_lowercase();
        let is_named = self.groups.iter().any(|group| group.agents.contains(&token));
        let wanted = if is_named { token } else { "*".to_owned() };
        self.groups.iter().filter(move |group| group.agents.contains(&wanted))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    UserAgent,
    Allow,
    Disallow,
    CrawlDelay,
    Sitemap,
}

/// Key and value of a line, where it is one that means something; keys in any case, and as people misspell them.
fn field(line: &str) -> Option<(Key, &str)> {
    let line = line.split('#').next().unwrap_or_default().trim();
    // Some forget the colon.
    let (key, value) = line.split_once(':').or_else(|| line.split_once(char::is_whitespace))?;
    let key = match key.trim().to_ascii_lowercase().as_str() {
        "user-agent" | "useragent" | "user agent" => Key::UserAgent,
        "allow" => Key::Allow,
        "disallow" | "dissallow" | "dissalow" | "disalow" | "diasllow" | "disallaw" => Key::Disallow,
        "crawl-delay" | "crawldelay" => Key::CrawlDelay,
        "sitemap" | "site-map" => Key::Sitemap,
        _ => return None,
    };
    Some((key, value.trim()))
}

/// The product token at the beginning of a value, in lower case: what stands behind it is a version or a comment.
fn agent(value: &str) -> Option<String> {
    if value == "*" || value.starts_with("* ") {
        return Some("*".to_owned());
    }
    let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let end = value.find(|c| !is_token(c)).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_ascii_lowercase())
}

/// A number of seconds, which may have a fraction.
fn delay(value: &str) -> Option<Duration> {
    let seconds: f64 = value.split_whitespace().next()?.replace(',', ".").parse().ok()?;
    // Whatever is no number at all is not greater than nothing.
    let seconds = Some(seconds).filter(|seconds| *seconds > 0.0)?.min(LONGEST_DELAY.as_secs_f64());
    Some(Duration::from_secs_f64(seconds)).filter(|delay| !delay.is_zero())
}

/// A path with wildcards.
#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    /// What stands between the `*`.
    parts: Vec<String>,
    /// Whether it reaches to the end of the path (`$`).
    is_whole: bool,
    /// How specific it is.
    octets: usize,
}

impl Pattern {
    fn of(value: &str) -> Pattern {
        let (value, is_whole) = match value.strip_suffix('$') {
            Some(value) => (value, true),
            None => (value, false),
        };
        let rooted;
        let value = match value.starts_with(['/', '*']) {
            true => value,
            // Meant to begin at the root, and without it matching nothing.
            false => {
                rooted = format!("/{value}");
                &rooted
            }
        };
        let value = normal(value, Side::Pattern);
        let octets = value.len() + usize::from(is_whole);
        let mut parts: Vec<String> = Vec::new();
        for part in value.split('*') {
            // Between two `*` nothing is to be found.
            if !part.is_empty() || parts.is_empty() {
                parts.push(part.to_owned());
            }
        }
        if value.ends_with('*') {
            parts.push(String::new());
        }
        Pattern { parts, is_whole, octets }
    }

    /// Whether the path begins so. Each part is looked for once, behind the one before, which is enough: the first place
    /// that fits leaves most to the parts that follow.
    fn matches(&self, path: &str) -> bool {
        let Some((first, rest)) = self.parts.split_first() else { return true };
        let Some(mut behind) = path.as_bytes().strip_prefix(first.as_bytes()) else { return false };
        let Some((last, middle)) = rest.split_last() else { return !self.is_whole || behind.is_empty() };
        for part in middle {
            let Some(at) = memchr::memmem::find(behind, part.as_bytes()) else { return false };
            behind = &behind[at + part.len()..];
        }
        match self.is_whole {
            true => behind.ends_with(last.as_bytes()),
            false => memchr::memmem::find(behind, last.as_bytes()).is_some(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Path,
    Pattern,
}

/// The path in the one form in which paths and patterns are compared (section 2.2.2): what may stand as it is stands
/// so, everything else is percent-encoded in upper case. Behind the `?`, where `/` and `:` part nothing, it makes no
/// difference how they are written.
fn normal(text: &str, side: Side) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    let mut in_query = false;
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        let escaped = (*first == b'%').then(|| hex(more)).flatten();
        let (byte, was_escaped) = match escaped {
            Some(byte) => {
                rest = &more[2..];
                (byte, true)
            }
            None => (*first, false),
        };
        in_query |= byte == b'?' && !was_escaped;
        let stands = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => true,
            b'/' | b':' if in_query => true,
            // In a pattern these two mean something, and in a path they are what `%2A` and `%24` in a pattern mean.
            b'*' => !was_escaped && side == Side::Pattern,
            b'$' | b'%' => false,
            b'!'..=b'~' => !was_escaped,
            _ => false,
        };
        match stands {
            true => out.push(char::from(byte)),
            false => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(DIGITS[usize::from(byte >> 4)]));
                out.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
    out
}

/// The byte that two hexadecimal digits stand for.
fn hex(bytes: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests;

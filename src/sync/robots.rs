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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Robots::parse(text.as_bytes()).allows("feedmill", path)
    }

    /// Whether a single rule that disallows matches.
    fn matches(pattern: &str, path: &str) -> bool {
        !allows(&format!("User-agent: *\nDisallow: {pattern}"), path)
    }

    #[test]
    fn the_examples_of_the_standard() {
        // Section 5.1.
        let simple = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n\
            User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n\
            User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n\nEOF";
        let robots = Robots::parse(simple.as_bytes());
        assert!(!robots.allows("feedmill", "/a.gif") && !robots.allows("feedmill", "/example/x"));
        assert!(robots.allows("feedmill", "/publications/a") && robots.allows("feedmill", "/a.gift"));
        assert!(!robots.allows("FooBot", "/a") && robots.allows("foobot", "/example/page.html"));
        for bot in ["barbot", "bazbot"] {
            assert!(!robots.allows(bot, "/example/page.html") && robots.allows(bot, "/example/a.gif"));
        }
        assert!(robots.allows("quxbot", "/example/a.gif"));
        // Section 5.2.
        let longest = "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif";
        let robots = Robots::parse(longest.as_bytes());
        assert!(robots.allows("foobot", "/example/page/a") && !robots.allows("foobot", "/example/page/disallowed.gif"));
    }

    #[test]
    fn encodings_are_made_alike() {
        // The table of section 2.2.2.
        for (pattern, path) in [
            ("/foo/bar?baz=quz", "/foo/bar?baz=quz"),
            ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"),
            ("/foo/bar?baz=https%3a%2f%2ffoo.bar", "/foo/bar?baz=https://foo.bar"),
            ("/foo/bar/ツ", "/foo/bar/%E3%83%84"),
            ("/foo/bar/%e3%83%84", "/foo/bar/ツ"),
            ("/foo/bar/%62%61%7A", "/foo/bar/baz"),
            ("/%7Eada", "/~ada"),
            ("/a b", "/a%20b"),
            // The table of section 2.2.3.
            ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"),
            ("/path/foo-%24", "/path/foo-$"),
            ("/a$b", "/a$b"),
            ("/100%", "/100%"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/a%2Fb", "/a/b"),
            ("/path/file-with-a-%2A.html", "/path/file-with-a-b.html"),
            ("/path/foo-%24", "/path/foo-"),
            ("/a%3Fb", "/a?b"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn wildcards() {
        for (pattern, path, expected) in [
            ("/", "/anything", true),
            ("/fish", "/fish.html", true),
            ("/fish", "/Fish", false),
            ("/fish*", "/fishheads", true),
            ("/fish/", "/fish", false),
            ("/*.php", "/folder/a.php?x=1", true),
            ("/*.php$", "/folder/a.php?x=1", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/fish*.php", "/fishheads/catfish.php5", true),
            ("/fish*.php", "/Fish.PHP", false),
            ("/a*b*c$", "/abcbc", true),
            ("/a*b*c$", "/abcb", false),
            ("/a*a$", "/a", false),
            ("/$", "/", true),
            ("/$", "/a", false),
            ("*", "/", true),
            ("*$", "/a", true),
            ("/a**b", "/axb", true),
            ("/a*$", "/abc", true),
            ("$", "/", true),
            ("fish", "/fish", true),
            ("/*/foo", "/a?x=/foo", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn of_equally_long_rules_the_one_that_allows_wins() {
        assert!(allows("User-agent: *\nDisallow: /page\nAllow: /page", "/page"));
        assert!(allows("User-agent: *\nAllow: /page\nDisallow: /page", "/page"));
        assert!(!allows("User-agent: *\nAllow: /page\nDisallow: /*.html", "/page.html"));
        assert!(!allows("User-agent: *\nAllow: /$\nDisallow: /", "/page"));
        assert!(allows("User-agent: *\nAllow: /$\nDisallow: /", "/"));
    }

    #[test]
    fn groups_are_put_together() {
        let text = "Disallow: /none\nUser-agent: FeedMill/1.0 (x)\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\n\
            user-agent : feedmill\nSitemap: https://a.example/s.xml\nUser-agent: other\nDisallow: /b\n";
        assert!(!allows(text, "/a") && !allows(text, "/b/c") && allows(text, "/c") && allows(text, "/none"));
        let robots = Robots::parse(text.as_bytes());
        assert!(!robots.allows("other", "/b") && robots.allows("other", "/a") && !robots.allows("third", "/c"));
        assert!(!robots.allows("feed", "/c") && !robots.allows("feedmillx", "/c"));
    }

    #[test]
    fn files_as_people_write_them() {
        let text = "\u{feff}USER-AGENT:*# all\rDISALLOW : /a # not this\r\nDissallow: /b\nallow /b/c\nDisallow:\nNoindex: /x\nCrawl-delay: 2,5\n";
        assert!(!allows(text, "/a") && !allows(text, "/b") && allows(text, "/b/c") && allows(text, "/x"));
        assert!(allows(text, "") && !allows(text, "a") && allows(text, "/c#/a"));
        assert!(allows("User-agent: *\nDisallow: /", "/robots.txt"));
        assert!(allows("", "/") && allows("<html>Not found", "/") && allows("User-agent: *\nDisallow:", "/x"));
        assert!(!allows("User-agent: *\nDisallow: /\u{fffd}", "/%EF%BF%BD"));
    }

    #[test]
    fn delays_and_sitemaps() {
        let text = "Sitemap: https://a.example/1.xml\nUser-agent: feedmill\nCrawl-delay: 10\nSitemap: /2.xml\nUser-agent: *\n\
            Crawl-delay: 0.5\nSitemap: https://a.example/3.xml?x#y\nsite-map: https://a.example/1.xml\nSitemap: javascript:x";
        let robots = Robots::parse(text.as_bytes());
        assert_eq!(robots.sitemaps(), ["https://a.example/1.xml", "https://a.example/3.xml?x"]);
        let delay = |value: &str| {
            Robots::parse(format!("User-agent: *\nCrawl-delay: {value}").as_bytes()).crawl_delay("feedmill")
        };
        assert_eq!(delay("2"), Some(Duration::from_secs(2)));
        assert_eq!(delay("0.5 # half"), Some(Duration::from_millis(500)));
        assert_eq!(delay("1e300"), Some(LONGEST_DELAY));
        for value in ["0", "-1", "1e-300", "NaN", "soon", ""] {
            assert_eq!(delay(value), None, "{value}");
        }
        assert_eq!(delay("inf"), Some(LONGEST_DELAY));
        assert_eq!(Robots::default().crawl_delay("feedmill"), None);
    }

    #[test]
    fn statuses() {
        let verdicts = [200, 204, 301, 401, 403, 404, 410, 429, 500, 503, 99].map(|status| on_status(Some(status)));
        use Verdict::*;
        assert_eq!(
            verdicts,
            [
                Read,
                Read,
                AllowAll,
                AllowAll,
                AllowAll,
                AllowAll,
                AllowAll,
                DisallowAll,
                DisallowAll,
                DisallowAll,
                DisallowAll
            ]
        );
        assert_eq!(on_status(None), DisallowAll);
    }

    #[test]
    fn hostile_files_are_bounded() {
        let many = format!("User-agent: *\n{}", "Disallow: /*a*a*a*a*a*a*a*a*a*a*b$\n".repeat(20_000));
        let robots = Robots::parse(many.as_bytes());
        assert!(robots.groups[0].rules.len() * 30 < LONGEST);
        assert!(robots.allows("feedmill", &"/a".repeat(2000)));
        let stars = format!("User-agent: *\nDisallow: /{}x", "*".repeat(400_000));
        assert!(!allows(&stars, "/x") && allows(&stars, "/y"));
        // The line that is cut would forbid more than it says.
        let cut = format!("User-agent: *\n{}Disallow: /private", "#\n".repeat(LONGEST / 2 - 15));
        assert!(cut.len() > LONGEST && cut.len() < LONGEST + 20);
        assert!(allows(&cut, "/privacy"));
        let agents = Robots::parse("User-agent: x\n".repeat(30_000).as_bytes());
        assert!(agents.allows("feedmill", "/"));
        let sitemaps: String = (0..5000).map(|n| format!("Sitemap: https://a.example/{n}\n")).collect();
        assert_eq!(Robots::parse(sitemaps.as_bytes()).sitemaps().len(), MOST_SITEMAPS);
        assert!(allows(&"x".repeat(2 * LONGEST), "/"));
    }

    /// A slow and obvious matcher: `*` is any number of characters.
    fn plainly(pattern: &[u8], path: &[u8]) -> bool {
        match pattern {
            [] => true,
            [b'$'] => path.is_empty(),
            [b'*', rest @ ..] => (0..=path.len()).any(|at| plainly(rest, &path[at..])),
            [first, rest @ ..] => path.first() == Some(first) && plainly(rest, &path[1..]),
        }
    }

    proptest! {
        #[test]
        fn patterns_match_what_they_say(pattern in "/[ab*]{0,8}[$]?", path in "/[ab]{0,10}") {
            prop_assert_eq!(matches(&pattern, &path), plainly(pattern.as_bytes(), path.as_bytes()));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), path in any::<String>()) {
            let robots = Robots::parse(&[b"User-agent: *\nDisallow: ", &bytes[..]].concat());
            let _ = (robots.allows("feedmill", &path), robots.crawl_delay("feedmill"));
        }

        #[test]
        fn normal_forms_are_final(text in any::<String>()) {
            let once = normal(&text, Side::Path);
            prop_assert_eq!(normal(&once, Side::Path), once);
        }
    }
}

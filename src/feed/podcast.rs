//! What makes a feed a podcast: what directories want to know of the show, and players of its episodes.

use serde_json::{Map, Value};
use url::Url;
use uuid::Uuid;

use super::{Entry, address, entry, media, notes};
use crate::article::{Article, Person};
use feedmill_dates as dates;
use feedmill_markup as markup;

/// The namespace in which the `podcast:guid` of a feed is minted, version 5, of its address without protocol and without
/// slashes at its end (the guid tag of the Podcasting 2.0 namespace).
pub const GUID_NAMESPACE: Uuid = Uuid::from_u128(0xead4_c236_bf58_58c6_a2c6_a6b2_8d12_8cb6);

/// How a podcast is configured, beside what every feed says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Podcast {
    /// What directories file it under, the most fitting first; at least one.
    pub categories: Vec<Category>,
    /// Whether it is unfit for children.
    pub explicit: bool,
    /// Whether its episodes are to be heard from the first to the last.
    pub is_serial: bool,
    /// Who makes it; the authors of the feed or the site where `None`.
    pub author: Option<String>,
    /// Whom directories may write to. Everybody can read the address.
    pub owner: Option<Person>,
    /// The id of the show, which no move changes; minted of the feed's address where `None`.
    pub guid: Option<Uuid>,
    /// Whether other hosts are forbidden to import it.
    pub locked: Option<bool>,
    /// Whether there will be no further episode.
    pub is_complete: bool,
    /// Where the feed has moved to, absolute.
    pub moved_to: Option<String>,
}

/// A category of the directories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The main one.
    pub name: String,
    /// The one below it.
    pub inner: Option<String>,
}

/// A show as its feed tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Show {
    /// Its id.
    pub guid: Uuid,
    /// Who makes it, plain text, never empty.
    pub author: String,
    /// What is configured.
    pub said: Podcast,
}

/// An episode, beside what every entry says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Episode {
    /// The title without number and show, plain text, where it has one.
    pub title: Option<String>,
    /// Its number in the season, or in the show.
    pub number: Option<u64>,
    /// The season.
    pub season: Option<u64>,
    /// What it is, where it is not said to be a whole episode.
    pub kind: Option<EpisodeKind>,
    /// Whether it is unfit for children, where it differs from the show or says so itself.
    pub explicit: Option<bool>,
    /// The address of its transcript, which has a usual media type.
    pub transcript: Option<String>,
    /// The address of its chapters in JSON.
    pub chapters: Option<String>,
}

/// What an episode is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpisodeKind {
    /// A whole one.
    Full,
    /// A preview of the show, the season or an episode.
    Trailer,
    /// Something beside the series.
    Bonus,
}

impl EpisodeKind {
    /// The word that feeds use.
    pub fn name(self) -> &'static str {
        match self {
            EpisodeKind::Full => "full",
            EpisodeKind::Trailer => "trailer",
            EpisodeKind::Bonus => "bonus",
        }
    }

    fn from_name(name: &str) -> Option<EpisodeKind> {
        let kinds = [EpisodeKind::Full, EpisodeKind::Trailer, EpisodeKind::Bonus];
        kinds.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

const LONGEST_TITLE: usize = 500;

/// Whether players can show a picture, as far as its address tells: directories take JPEG and PNG only.
pub fn is_cover(url: &str) -> bool {
    matches!(media::media_type_of(url), Some("image/jpeg" | "image/png"))
}

/// The show of a feed whose RSS document stands at `address`.
pub(super) fn show(podcast: &Podcast, address: &str, authors: &[Person], publisher: &str) -> Show {
    let own = podcast.author.as_deref().map(markup::one_line).filter(|author| !author.is_empty());
    let names = || authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join(", ");
    let author = own.or_else(|| Some(names()).filter(|names| !names.is_empty()));
    let owner = podcast.owner.as_ref().and_then(|owner| entry::people(std::slice::from_ref(owner)).pop());
    Show {
        guid: podcast.guid.unwrap_or_else(|| minted(address)),
        author: author.unwrap_or_else(|| publisher.to_owned()),
        said: Podcast { owner, ..podcast.clone() },
    }
}

fn minted(address: &str) -> Uuid {
    let name = address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/');
    Uuid::new_v5(&GUID_NAMESPACE, name.as_bytes())
}

/// Makes an entry an episode; `false` where there is nothing to play. What is played comes first among its files.
pub(super) fn make_episode(entry: &mut Entry, article: &Article, base: &Url) -> bool {
    let Some(played) = entry.enclosures.iter().position(media::is_playable) else { return false };
    entry.enclosures[..=played].rotate_right(1);
    let notes = &article.extra;
    let link = |keys: &[&str]| address::link(notes::text(notes, keys)?, base);
    let title = notes::text(notes, &["itunestitle", "episodetitle", "shorttitle"]);
    entry.episode = Some(Episode {
        title: title.map(|title| markup::excerpt(title, LONGEST_TITLE)).filter(|title| !title.is_empty()),
        number: number(notes, &["episode", "episodenumber", "itunesepisode", "episodeno"]),
        season: number(notes, &["season", "seasonnumber", "itunesseason"]),
        kind: notes::text(notes, &["episodetype", "itunesepisodetype"]).and_then(EpisodeKind::from_name),
        explicit: notes::find(notes, &["explicit", "itunesexplicit"]).and_then(is_explicit),
        transcript: link(&["transcript", "podcasttranscript"]).filter(|url| media::media_type_of(url).is_some()),
        chapters: link(&["chapters", "podcastchapters"])
            .filter(|url| media::media_type_of(url) == Some("application/json")),
    });
    true
}

/// How long the article says that its sound or film plays, in seconds.
pub(super) fn play_time(article: &Article) -> Option<u64> {
    match notes::find(&article.extra, &["duration", "itunesduration", "audioduration", "durationinseconds"])? {
        Value::String(text) => dates::play_time(text),
        value => dates::play_time(&value.as_u64()?.to_string()),
    }
}

fn number(notes: &Map<String, Value>, keys: &[&str]) -> Option<u64> {
    let number = match notes::find(notes, keys)? {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_u64()?,
    };
    (1..=u64::from(u32::MAX)).contains(&number).then_some(number)
}

fn is_explicit(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(says) => Some(*says),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "explicit" => Some(true),
            "false" | "no" | "clean" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sample::bare_entry;
    use super::*;
    use crate::article::{Body, BodyKind, Enclosure, Title, TitleSource};

    #[test]
    fn the_guid_is_that_of_the_namespace() {
        // The examples of the specification and of the Open Podcast API.
        for (address, expected) in [
            ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
            ("http://mp3s.nashownotes.com/pc20rss.xml//", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
            ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ] {
            assert_eq!(minted(address).to_string(), expected);
        }
        let moved = Podcast { guid: Some(Uuid::from_u128(7)), ..Podcast::default() };
        assert_eq!(show(&moved, "https://a.example/rss.xml", &[], "A").guid, Uuid::from_u128(7));
    }

    #[test]
    fn somebody_makes_the_show() {
        let person = |name: &str| Person { name: name.into(), ..Person::default() };
        let author = |own: Option<&str>, authors: &[Person]| {
            let podcast = Podcast { author: own.map(str::to_owned), ..Podcast::default() };
            show(&podcast, "https://a.example/rss.xml", authors, "The Courier").author
        };
        assert_eq!(author(Some("The desk"), &[person("Ada")]), "The desk");
        assert_eq!(author(Some(" "), &[person("Ada"), person("Ben")]), "Ada, Ben");
        assert_eq!(author(None, &[]), "The Courier");
    }

    fn episode(extra: Value, files: &[&str]) -> Option<(Entry, Episode)> {
        let title = Title { text: "T".into(), source: TitleSource::Metadata };
        let mut article = Article::new(title, Body { kind: BodyKind::Text, text: String::new() });
        let Value::Object(extra) = extra else { panic!("an object") };
        article.extra = extra;
        let file = |url: &&str| Enclosure { url: (*url).into(), media_type: None, length: None, duration: None };
        let mut entry = Entry { enclosures: files.iter().map(file).collect(), ..bare_entry("a") };
        let base = Url::parse("https://courier.example/a/").unwrap();
        make_episode(&mut entry, &article, &base).then(|| (entry.clone(), entry.episode.unwrap()))
    }

    #[test]
    fn front_matter_makes_an_episode() {
        let (entry, episode) = episode(
            json!({
                "itunes:title": "Foghorns", "episode": "3", "season": 2, "episodeType": "Bonus", "explicit": "no",
                "transcript": "t.vtt", "chapters": "/c.json",
            }),
            &["a.pdf", "b.jpg", "c.mp3", "d.mp3"],
        )
        .unwrap();
        let expected = Episode {
            title: Some("Foghorns".into()),
            number: Some(3),
            season: Some(2),
            kind: Some(EpisodeKind::Bonus),
            explicit: Some(false),
            transcript: Some("https://courier.example/a/t.vtt".into()),
            chapters: Some("https://courier.example/c.json".into()),
        };
        assert_eq!(episode, expected);
        let order: Vec<&str> = entry.enclosures.iter().map(|file| file.url.as_str()).collect();
        assert_eq!(order, ["c.mp3", "a.pdf", "b.jpg", "d.mp3"], "what is played comes first");
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let odd = json!({
            "episode": 0, "season": "two", "episode_type": "best", "explicit": "maybe", "transcript": "t",
            "chapters": "javascript:x", "itunes_title": " ",
        });
        assert_eq!(episode(odd, &["a.ogg"]).unwrap().1, Episode::default());
        assert!(episode(json!({"episode": 1}), &["a.pdf"]).is_none() && episode(json!({}), &[]).is_none());
    }
}

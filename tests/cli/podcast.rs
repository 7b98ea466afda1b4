//! A podcast, from front matter to what a directory reads.

use crate::harness::Project;
use crate::harness::server::{Reply, Server};

const CONFIG: &str = "[site]\ntitle = \"Ledger\"\nurl = \"https://ledger.example/\"\nlanguage = \"en\"\n\
                      hub = \"https://hub.example/\"\n\n[schedule]\nevery = \"6h\"\n\n[[source]]\npath = \"inbox\"\n\n\
                      [[feed]]\nname = \"quay\"\ntitle = \"Quay Notes\"\nkind = \"podcast\"\nimage = \"/quay.jpg\"\n\n\
                      [feed.podcast]\ncategories = [\"Society & Culture > Documentary\"]\n\
                      owner = \"Mara Quill <mara@ledger.example>\"\n";

const EPISODE: &str = "---\ntitle: The woman who tunes foghorns\ndate: 2023-07-09T06:00:00Z\nurl: https://ledger.example/quay/3/\n\
                       audio: 3.mp3\nduration: 26:31\nepisode: 3\nseason: 1\nepisode_type: bonus\nimage: cover.png\n\
                       image_alt: A tuning fork\n---\nSix foghorns.\n";

#[test]
fn a_directory_finds_everything_and_the_judge_nothing() {
    let server = Server::start();
    server.on("/hub", Reply::status(202));
    let hub = server.url("/hub");
    let project = Project::with_config(&CONFIG.replace("https://hub.example/", &hub));
    project.file("inbox/3.md", EPISODE);
    project.file("inbox/3.mp3", "ID3 and sound");
    project.file("inbox/pump.txt", " date 2023-07-10 The pump is back. It works again.\n");
    project.run("build --strict").done().mentions("1 article without sound or film left out of the podcast");
    project.run("check feeds").done();
    let bytes = std::fs::read(project.path("feeds/quay/rss.xml")).unwrap();
    let channel = rss::Channel::read_from(&bytes[..]).unwrap();
    let show = channel.itunes_ext().unwrap();
    assert_eq!((show.author(), show.image()), (Some("Ledger"), Some("https://ledger.example/quay.jpg")));
    assert_eq!((channel.ttl(), channel.items().len()), (Some("360"), 1));
    let item = &channel.items()[0];
    let file = item.enclosure().unwrap();
    assert_eq!(file.url(), "https://ledger.example/quay/3/3.mp3");
    assert_eq!((file.length(), file.mime_type()), ("13", "audio/mpeg"), "looked up beside the article");
    let episode = item.itunes_ext().unwrap();
    assert_eq!((episode.duration(), episode.episode(), episode.season()), (Some("1591"), Some("3"), Some("1")));
    assert_eq!(
        (episode.episode_type(), episode.image()),
        (Some("bonus"), Some("https://ledger.example/quay/3/cover.png"))
    );
    let guid = uuid::Uuid::new_v5(&feedmill::feed::GUID_NAMESPACE, b"ledger.example/quay/rss.xml").to_string();
    assert_eq!(channel.extensions()["podcast"]["guid"][0].value(), Some(guid.as_str()));
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("<media:description type=\"plain\">A tuning fork</media:description>"), "{text}");
    assert!(text.contains(&format!("<atom:link rel=\"hub\" href=\"{hub}\"/>")));
    project.run("build").done().mentions("nothing changed");
}

#[test]
fn what_a_directory_would_refuse_stops_the_build() {
    let project = Project::with_config(&CONFIG.replace("> Documentary", "> Documentaries"));
    std::fs::create_dir(project.path("inbox")).unwrap();
    let hint = "did you mean \"Society & Culture > Documentary\"?";
    project.run("build").exits(2).mentions("expected a category of the podcast directories").mentions(hint);
    assert!(!project.path("feeds").exists());
}

//! `feedmill sync` against a server on this machine that plays every answer.

#[path = "../harness/mod.rs"]
mod harness;

mod answers;
mod archives;
mod deleted;
mod history;
mod killed;
mod kinds;
mod logins;
mod moved;
mod polite;
mod robots;
mod session;

use harness::Project;
use harness::server::Server;

/// A project whose sources are these tables of TOML, without pauses between requests.
fn project(sources: &str) -> Project {
    Project::with_config(&format!(
        "[site]\ntitle = \"Mirror\"\nurl = \"https://mirror.example/\"\n\n[sync]\ndelay = \"0s\"\ntimeout = \"5s\"\n{sources}"
    ))
}

/// A source on this machine.
fn source(url: &str, keys: &str) -> String {
    format!("\n[[source]]\nurl = \"{url}\"\nallow_private = true\n{keys}\n")
}

/// An RSS feed whose entries have these numbers, `head` between its title and them.
fn rss(name: &str, head: &str, entries: impl IntoIterator<Item = u32>) -> String {
    let items: String = entries.into_iter().map(|n| item(name, n, "")).collect();
    format!(
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:fh=\"http://purl.org/syndication/history/1.0\">\
         <channel><title>{name}</title><link>https://{name}.example/</link><description>News</description>{head}{items}\
         </channel></rss>"
    )
}

/// An entry: dated by its number, so that higher ones are newer.
fn item(name: &str, n: u32, more: &str) -> String {
    // Each feed has its own minute, so that no two entries are published in the same second.
    let minute = name.bytes().map(u32::from).sum::<u32>() % 60;
    let (day, month, year) = (n % 28 + 1, n / 28 % 12, 2020 + n / 336);
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month as usize];
    format!(
        "<item><title>The {name} ferry number {n}</title><link>https://{name}.example/{n}</link>\
         <guid isPermaLink=\"false\">tag:{name}.example,2020:{n}</guid><pubDate>{day:02} {month} {year} 10:{minute:02}:00 GMT</pubDate>\
         <description>Ferry {n} of {name} left the harbour with {} people and {} cars on board{more}.</description></item>",
        n * 7 + 3,
        n * 3 + 1,
    )
}

/// The records in the archive of a project: their paths.
fn records(project: &Project) -> Vec<String> {
    let is_record = |path: &String| path.starts_with("20") && !path.contains("/files/");
    project.tree("archive").into_iter().map(|(path, _)| path).filter(is_record).collect()
}

/// The state of the only source, as `sources --json` shows it.
fn state(project: &Project) -> serde_json::Value {
    project.run("sources --json").done().json()["sources"][0]["state"].clone()
}

/// The result of the first source that a run was about.
fn result(ran: &harness::Ran) -> String {
    ran.json()["sync"]["sources"][0]["result"].as_str().unwrap().to_owned()
}

/// The methods and targets that a server was asked.
fn asked(server: &Server) -> Vec<String> {
    server.log().into_iter().map(|asked| asked.target).collect()
}

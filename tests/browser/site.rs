//! The sample newsroom and a few articles that are hard to show, built and served as users would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::harness::Project;

/// How often it is asked whether the catalogue is there. No test waits for the last time.
const TRIES: usize = 500;

/// A server of the sample. Stopped at the end.
pub struct Site {
    _project: Project,
    server: Child,
    pub address: String,
}

const HARD: &[(&str, &str)] = &[
    (
        "hard.html",
        "<html lang=en><head><title>Everything that an article may hold</title><meta name=date content=2024-03-25>\
         <meta name=author content='Ada Quay'><meta name=keywords content='long words'></head><body><article>\
         <h1>Everything that an article may hold</h1><p>A paragraph with <a href='https://a.example/'>a link</a>, \
         <code>code</code>, <em>stress</em> and Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.</p>\
         <h2>A heading</h2><blockquote><p>What somebody said.</p></blockquote>\
         <figure><img alt='A red square' src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==' width=600 height=200>\
         <figcaption>A square</figcaption></figure>\
         <table><tr><th>Quay</th><th>Depth in metres at mean low water</th><th>Length in metres</th><th>Ships today</th></tr>\
         <tr><td>North</td><td>8.5</td><td>240</td><td>The ferry, two colliers</td></tr></table>\
         <pre><code>let line = \"a line of code that is longer than any phone is wide, and must not make the page scroll\";</code></pre>\
         <ol><li>One</li><li>Two</li></ol><p>The end of it, with some more words so that it is a text.</p></article></body></html>",
    ),
    (
        "arabic.md",
        "---\ntitle: العاصفة تغلق الميناء\ndate: 2024-03-24\nlanguage: ar\ntags: [بحر]\n---\n\
         أغلقت العاصفة الميناء يوم الأحد، وبقيت العبّارات في أماكنها حتى المساء.\n\nقال مدير الميناء إن الرصيف الشمالي سيفتح غدًا.\n",
    ),
    (
        "japanese.md",
        "---\ntitle: 東京湾の天気\ndate: 2024-03-23\nlanguage: ja\n---\n東京湾では今日も雨が降っています。フェリーは午後まで欠航します。\n",
    ),
];

impl Site {
    pub fn start() -> Site {
        let project = Project::sample();
        for (name, text) in HARD {
            project.file(&format!("examples/articles/{name}"), text);
        }
        project.run("build").done();
        let mut server = project
            .command()
            .args(["serve", "--listen", "127.0.0.1:0", "--json", "--quiet"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).expect("where it listens");
        let site = Site { _project: project, server, address: said["address"].as_str().unwrap().to_owned() };
        let is_ready = |_| {
            std::thread::sleep(Duration::from_millis(10));
            site.get("/browse/search?q=harbour").contains("<mark>") && site.get("/").contains("Years")
        };
        assert!((0..TRIES).any(is_ready), "no catalogue is made");
        site
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The answer, head and body.
    pub fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

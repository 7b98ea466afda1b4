//! SIGKILL in the middle of a sync: the next runs finish it, and the archive is what an undisturbed run makes.

#![cfg(unix)]

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::harness::Project;
use crate::harness::server::{Reply, Server};
use crate::{project, rss, source};

const KILLS: u32 = 8;

/// Sources of every kind that takes more than one request, and feeds on several hosts.
fn sources(server: &Server) -> String {
    let link = |n: u32| format!("<atom:link rel=\"prev-archive\" href=\"{}\"/>", server.url(&format!("/{n}.xml")));
    let mut tables = source(&server.url("/deep.xml"), "");
    server.on("/deep.xml", Reply::ok("application/rss+xml", rss("deep", &link(9), 100..110)));
    for n in 0..10 {
        let older = if n == 0 { String::new() } else { link(n - 1) };
        let document = rss("deep", &format!("<fh:archive/>{older}"), n * 10..n * 10 + 10);
        server.on(&format!("/{n}.xml"), Reply::ok("application/rss+xml", document).after(Duration::from_millis(5)));
    }
    for n in 2..12 {
        let (name, host) = (format!("feed{n}"), format!("127.0.0.{}", n / 2 + 1));
        let path = format!("/{name}.xml");
        let reply = Reply::ok("application/rss+xml", rss(&name, "", 1..30)).after(Duration::from_millis(10));
        server.on(&path, reply);
        tables += &source(&server.url_at(&host, &path), "");
    }
    let urls: String =
        (1..25).map(|n| format!("<url><loc>{}</loc></url>", server.url_at("127.0.0.9", &format!("/p/{n}")))).collect();
    let map = format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>");
    server.on("/sitemap.xml", Reply::ok("application/xml", map));
    for n in 1..25 {
        let text = format!(" date 2021-02-{n:02} The dredger worked at berth {n}, and moved {} tons.", n * 31);
        server.on(&format!("/p/{n}"), Reply::ok("text/plain", text).after(Duration::from_millis(3)));
    }
    tables + &source(&server.url_at("127.0.0.9", "/sitemap.xml"), "")
}

/// Records without what tells when they came in.
fn outcome(project: &Project) -> Vec<(String, Vec<u8>)> {
    if !project.path("archive").exists() {
        return Vec::new();
    }
    // What a dead process was writing begins with a dot, and nobody takes it for a record.
    let is_record = |path: &str| path.starts_with("20") && !path.contains("/.");
    project.tree("archive").into_iter().filter(|(path, _)| is_record(path)).collect()
}

#[test]
fn a_killed_sync_is_finished_by_the_next() {
    let server = Server::start();
    let tables = sources(&server);
    let undisturbed = project(&tables);
    let start = Instant::now();
    undisturbed.run("sync").done();
    let duration = start.elapsed();
    let expected = outcome(&undisturbed);
    assert_eq!(expected.len(), 110 + 10 * 29 + 24);

    let mut hit = 0;
    for kill in 0..KILLS {
        let project = project(&tables);
        let mut child =
            project.command().args(["sync", "-q"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(duration * kill / KILLS);
        let _ = child.kill();
        hit += u32::from(!child.wait().unwrap().success());
        for (path, bytes) in outcome(&project) {
            assert!(expected.iter().any(|whole| *whole == (path.clone(), bytes.clone())), "after kill {kill}: {path}");
        }
        project.run("sync").done();
        let after = outcome(&project);
        assert_eq!(after.len(), expected.len(), "after kill {kill}");
        for (one, other) in after.iter().zip(&expected) {
            assert_eq!(
                String::from_utf8_lossy(&one.1),
                String::from_utf8_lossy(&other.1),
                "after kill {kill}: {}",
                one.0
            );
        }
    }
    assert!(hit > KILLS / 4, "only {hit} of {KILLS} runs were killed before their end: the test proves little");
}

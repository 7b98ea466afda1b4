//! Where articles live: the addresses of entries, the links between them, and the files beside them.

use std::collections::{BTreeSet, HashMap};

use crate::harness::Project;

/// The addresses of the entries of the top feed, by title.
fn addresses(project: &Project) -> HashMap<String, String> {
    let feed: serde_json::Value = serde_json::from_str(&project.read("feeds/feed.json")).unwrap();
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    feed["items"].as_array().unwrap().iter().map(|item| (text(item, "title"), text(item, "url"))).collect()
}

#[test]
fn a_folder_as_hugo_has_it() {
    let project = Project::with_config(
        "[site]\nurl = \"https://tides.example/feeds/\"\nhome_url = \"https://tides.example/\"\ntimezone = \"Europe/Berlin\"\n\
         [[source]]\npath = \"content\"\narticle_url = \"{site}{dir}/{year}/{month}/{day}/:slugorfilename/\"\n",
    );
    project
        .file("content/post/spring.md", "---\ntitle: The spring tide of April\ndate: 2023-04-20T23:30:00-02:00\n---\nHigh.\n")
        .file("content/post/neap.md", "---\ntitle: Neap\ndate: 2023-04-27\nslug: low-water\n---\nSee [spring]({{< ref \"spring.md\" >}}).\n")
        .file("content/post/ebb/index.md", "+++\ntitle = \"Ebb\"\ndate = 2023-05-02\n+++\n![Mud](mud.png) [neap](../neap.md#low) [gone](../gone.md)\n")
        .file("content/post/ebb/mud.png", "not quite a picture")
        .file("content/about.md", "---\ntitle: About\ndate: 2023-05-03\nurl: /who/\ncover: ../../secret.png\n---\n[[ebb|The ebb]] and [[nobody]].\n")
        .file("secret.png", "outside");
    project.run("build").done();
    let found = addresses(&project);
    for (title, address) in [
        ("The spring tide of April", "https://tides.example/post/2023/04/21/spring/"),
        ("Neap", "https://tides.example/post/2023/04/27/low-water/"),
        ("Ebb", "https://tides.example/post/2023/05/02/ebb/"),
        ("About", "https://tides.example/who/"),
    ] {
        assert_eq!(found[title], address);
    }
    let feed = project.read("feeds/atom.xml");
    for piece in [
        "href=\"https://tides.example/post/2023/04/21/spring/\">spring",
        "href=\"https://tides.example/post/2023/04/27/low-water/#low\">neap",
        "href=\"https://tides.example/post/2023/05/02/ebb/\">The ebb",
        "[[nobody]]",
    ] {
        assert!(feed.contains(piece), "{piece}\n{feed}");
    }
    let files: Vec<String> = project.tree("feeds/files").into_iter().map(|(name, _)| name).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(feed.contains(&format!("https://tides.example/feeds/files/{}", files[0])), "{files:?}\n{feed}");
}

#[test]
fn a_folder_as_jekyll_has_it() {
    let project = Project::with_config(
        "[site]\nurl = \"https://quay.example/feeds/\"\nhome_url = \"https://quay.example/\"\n[[source]]\npath = \"site\"\nexclude = [\"_config.yml\"]\n",
    );
    project
        .file("site/_config.yml", "title: Quay\npermalink: /:categories/:year/:title:output_ext\n")
        .file("site/_posts/2023-01-04-Cranes_and_ropes.md", "---\ntitle: On cranes\ncategories: [Work, Iron]\n---\nLifting.\n")
        .file("site/north/_posts/2023-01-05-fog.md", "---\ntitle: Fog\n---\n[c]({% post_url 2023-01-04-Cranes_and_ropes %}) [d]({% link _posts/2023-01-06-dawn.md %})\n")
        .file("site/_posts/2023-01-06-dawn.md", "---\ntitle: Dawn\npermalink: pretty\ncategory: early light\n---\nRed.\n");
    project.run("build").done();
    let found = addresses(&project);
    for (title, address) in [
        ("On cranes", "https://quay.example/work/iron/2023/Cranes_and_ropes.html"),
        ("Fog", "https://quay.example/north/2023/fog.html"),
        ("Dawn", "https://quay.example/early%20light/2023/01/06/dawn/"),
    ] {
        assert_eq!(found[title], address);
    }
    assert!(project.read("feeds/rss.xml").contains("https://quay.example/early%20light/2023/01/06/dawn/\">d"));
    let before = project.tree("archive");
    project.run("build").done();
    assert_eq!(project.tree("archive").len(), before.len());
}

#[test]
fn a_rendered_site_has_the_addresses_of_its_files() {
    let project = Project::with_config(
        "[site]\nurl = \"https://feeds.example/\"\n[[source]]\npath = \"_site\"\nbase_url = \"https://quay.example/log\"\nassets = \"link\"\n",
    );
    let page = |title: &str| {
        format!(
            "<html><head><title>{title}</title><meta property=\"article:published_time\" content=\"2023-02-03T10:00:00Z\"></head>\
             <body><article><h1>{title}</h1><p>The {title} was seen from the quay for most of the morning, and then again at dusk.</p>\
             <p>It went north with the tide, and <a href=\"../whale/index.html\">the other one</a> did not.</p><img src=\"a.png\"></article></body></html>"
        )
    };
    project
        .file("_site/2023/seal/index.html", page("seal"))
        .file("_site/2023/whale/index.html", page("whale"))
        .file("_site/2023/seal/a.png", "x");
    project.run("build").done();
    let found = addresses(&project);
    assert_eq!(found["seal"], "https://quay.example/log/2023/seal/");
    let feed = project.read("feeds/rss.xml");
    assert!(feed.contains("https://quay.example/log/2023/whale/\""), "{feed}");
    assert!(feed.contains("https://quay.example/log/2023/seal/a.png"), "{feed}");
    assert!(!project.path("feeds/files").exists());
}

/// Every link below `https://log.example/` in the files of the output directory: it leads to a file, and to a place in it.
fn follow(project: &Project) -> BTreeSet<String> {
    let files: HashMap<String, String> = project
        .tree("feeds")
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()))
        .collect();
    let mut dead = BTreeSet::new();
    for (name, text) in &files {
        for piece in text.split("https://log.example/").skip(1) {
            let link = &piece[..piece.find(['"', '<', '\'', '&', ' ', '\\', '>', ')']).unwrap_or(piece.len())];
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let path =
                if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
            let is_there = files
                .get(&path)
                .is_some_and(|page| fragment.is_empty() || page.contains(&format!("id=\"{fragment}\"")));
            if !is_there {
                dead.insert(format!("{name}: {link}"));
            }
        }
    }
    dead
}

fn log(pages: &str) -> Project {
    let project = Project::with_config(&format!(
        "[site]\nurl = \"https://log.example/\"\n[output]\n{pages}\n[[source]]\npath = \"log\"\n[[feed]]\nmax_items = 5\nmin_items = 1\n\
         [[feed]]\nname = \"north\"\ntags = [\"north\"]\nmax_items = 3\nmin_items = 1\n"
    ));
    for month in 1..=6 {
        for day in 1..=4 {
            let tag = if day % 2 == 0 { "north" } else { "south" };
            project.file(
                &format!("log/2023-{month:02}-{day:02}-watch.md"),
                format!("---\ntitle: Watch {month} {day}\ntags: [{tag}]\n---\nThe watch of day {day} in month {month} saw [[2023-01-01-watch|the first]] again.\n"),
            );
        }
    }
    project
}

#[test]
fn no_link_of_ours_dies() {
    let project = log("");
    project.run("build").done();
    assert_eq!(follow(&project), BTreeSet::new());
    assert!(
        project
            .read("feeds/history/2023-01.atom")
            .contains("https://log.example/history/2023-01.html#2023-01-01-watch-1-1")
    );
    let ids = |text: String| text.matches("<id>urn:uuid:").count();
    assert_eq!(ids(project.read("feeds/history/2023-01.atom")), 5);
}

#[test]
fn every_article_has_a_page_where_that_is_wanted() {
    let project = log("pages = \"articles\"");
    project.run("build").done();
    assert_eq!(follow(&project), BTreeSet::new());
    let page = project.read("feeds/articles/2023/06/04/watch-6-4.html");
    assert!(page.contains("<h1 dir=\"auto\">Watch 6 4</h1>"), "{page}");
    assert!(page.contains("href=\"https://log.example/articles/2023/01/01/watch-1-1.html\">the first</a>"), "{page}");
    assert!(project.read("feeds/sitemap.xml").contains("https://log.example/articles/2023/01/01/watch-1-1.html"));
    let before = project.tree("feeds");
    project.run("generate").done();
    assert_eq!(project.tree("feeds"), before, "a second run changes nothing");
    std::fs::remove_dir_all(project.path("feeds")).unwrap();
    project.run("generate").done();
    assert_eq!(project.tree("feeds"), before, "they are a function of the archive");

    project.run("retract 2023/06/04/watch-6-4.md").done();
    project.run("generate").done();
    assert!(!project.path("feeds/articles/2023/06/04/watch-6-4.html").exists());
    assert_eq!(follow(&project), BTreeSet::new());
}

#[test]
fn check_finds_dead_links() {
    let project = log("pages = \"articles\"");
    project.file("log/2023-06-05-note.md", "---\ntitle: Note\n---\nSeals[^1] were seen.\n\n[^1]: Two.\n");
    project.run("build").done();
    project.run("check feeds").done();
    let gone = "articles/2023/06/04/watch-6-4.html";
    std::fs::remove_file(project.path(&format!("feeds/{gone}"))).unwrap();
    project.run("check feeds").exits(1).mentions(&format!("expected the file {gone}, which is linked"));

    project
        .file("site/a.html", "<a href=\"b.html#deep\">b</a><a href=\"b.html#top\">b</a><a href=\"../out.html\">o</a>");
    project.file("site/b.html", "<p id=\"deep\"><a href=\"#none\">n</a><a href=\"https://b.example/x\">x</a></p>");
    let told = project.run("check site").exits(1).mentions("expected a place \"top\" in b.html, which is linked");
    assert!(told.stderr.contains("a place \"none\" in b.html"), "{}", told.stderr);
    assert!(!told.stderr.contains("deep") && !told.stderr.contains("out.html"), "{}", told.stderr);
}

#[test]
fn a_link_waits_for_its_article() {
    let project = Project::with_config(
        "[site]\nurl = \"https://log.example/\"\narticle_url = \"{site}{name}/\"\n[[source]]\npath = \"log\"\n",
    );
    project.file("log/first.md", "---\ntitle: First\ndate: 2023-01-01\n---\nSee [[later]].\n");
    project.run("build").done();
    assert!(project.read("feeds/rss.xml").contains("[[later]]"));
    project.file("log/later.md", "---\ntitle: Later\ndate: 2023-02-01\nurl: /soon/\n---\nHere.\n");
    project.run("build").done();
    assert!(project.read("feeds/rss.xml").contains("<a href=\"https://log.example/soon/\">later</a>"));
    std::fs::remove_file(project.path("log/later.md")).unwrap();
    project.run("build").done().mentions("log/later.md: the file is gone, and its entry stays");
    assert!(!project.run("build").done().stderr.contains("is gone"), "once is enough");
}

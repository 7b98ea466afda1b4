use super::*;

fn project(files: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in files {
        let path = dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    dir
}

fn walked(tree: &Tree) -> (Vec<String>, u64) {
    let (mut origins, mut passed_over) = (Vec::new(), 0);
    tree.walk(&mut |listing| {
        let listing = listing.unwrap();
        passed_over += listing.passed_over;
        origins.extend(listing.files.into_iter().map(|entry| entry.origin));
        ControlFlow::Continue(())
    });
    (origins, passed_over)
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

#[test]
fn walks_in_order_and_passes_over_what_is_no_article() {
    let dir = project(&[
        "in/b/2.txt",
        "in/a.md",
        "in/a.png",
        "in/.hidden.md",
        "in/.git/x",
        "in/b/1.txt",
        "in/p.md",
        "in/p.meta",
    ]);
    let tree = Tree::new(Path::new("in"), dir.path(), &[], &[], &[]).unwrap();
    assert_eq!(walked(&tree), (strings(&["in/a.md", "in/p.md", "in/b/1.txt", "in/b/2.txt"]), 1));
    let globbed = |include: &[&str], exclude: &[&str]| {
        let tree = Tree::new(Path::new("./in"), dir.path(), &strings(include), &strings(exclude), &[]).unwrap();
        walked(&tree).0
    };
    assert_eq!(globbed(&["**/*.txt"], &["b/2*"]), ["in/b/1.txt"]);
    let skipping = Tree::new(Path::new("in"), dir.path(), &[], &[], &[PathBuf::from("in/b")]).unwrap();
    assert_eq!(walked(&skipping).0, ["in/a.md", "in/p.md"]);
    let own = Tree::new(Path::new("in/b/1.txt"), dir.path(), &[], &[], &[PathBuf::from("in/b")]).unwrap_err();
    assert!(own.is_usage() && own.to_string().starts_with("in/b/1.txt: "), "{own}");
    let file = Tree::new(Path::new("in/a.png"), dir.path(), &[], &[], &[]).unwrap();
    assert_eq!(walked(&file).0, ["in/a.png"], "a file that is named is tried");
}

#[test]
fn maildirs_are_read_as_mail_servers_mean_them() {
    let message = "1059035224.M1.host:2,S";
    let dir = project(&[
        &format!("in/cur/{message}"),
        "in/new/1059035225.M2.host.py",
        "in/tmp/1059035226.M3.host",
        "in/dovecot.index.log",
        "in/dovecot-uidlist",
        "in/subscriptions",
        "in/.Lists/cur/1059035227.M4.host:2,",
        "in/.Lists/new/.keep",
        "in/.Lists/tmp/x",
        "in/.git/x",
        "other/tmp/x.txt",
    ]);
    let tree = Tree::new(Path::new("in"), dir.path(), &[], &[], &[]).unwrap();
    let expected =
        ["in/.Lists/cur/1059035227.M4.host:2,", &format!("in/cur/{message}"), "in/new/1059035225.M2.host.py"];
    assert_eq!(walked(&tree), (strings(&expected), 3));
    let other = Tree::new(Path::new("other"), dir.path(), &[], &[], &[]).unwrap();
    assert_eq!(walked(&other).0, ["other/tmp/x.txt"]);
}

#[test]
fn links_in_a_circle_end() {
    let dir = project(&["in/a.txt"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", dir.path().join("in/up")).unwrap();
        std::os::unix::fs::symlink("nowhere", dir.path().join("in/gone.txt")).unwrap();
    }
    let tree = Tree::new(Path::new("in"), dir.path(), &[], &[], &[]).unwrap();
    assert_eq!(walked(&tree), (strings(&["in/a.txt"]), 1));
}

#[cfg(unix)]
#[test]
fn links_among_siblings_are_followed_once() {
    let dir = project(&["in/a/1.txt", "in/b/2.txt", "out/c/3.txt"]);
    for (to, at) in [("../b", "in/a/b"), ("../a", "in/b/a"), ("../out", "in/out"), ("../../out/c", "in/a/c")] {
        std::os::unix::fs::symlink(to, dir.path().join(at)).unwrap();
    }
    let tree = Tree::new(Path::new("in"), dir.path(), &[], &[], &[]).unwrap();
    assert_eq!(walked(&tree).0, ["in/a/1.txt", "in/a/c/3.txt", "in/b/2.txt"]);
}

#[test]
fn a_sidecar_goes_with_its_article() {
    let dir = project(&["p.md", "p.meta"]);
    let tree = Tree::new(dir.path(), Path::new("/"), &[], &[], &[]).unwrap();
    let mut entries = Vec::new();
    tree.walk(&mut |listing| {
        entries.extend(listing.unwrap().files);
        ControlFlow::Continue(())
    });
    assert_eq!(entries.len(), 1);
    assert_eq!(open(&entries[0]).unwrap().sidecar.unwrap().bytes, b"p.meta");
    let root = dir.path().file_name().unwrap().to_str().unwrap();
    assert_eq!(entries[0].name, format!("{root}/p.md"), "directories above an absolute path say nothing");
}

#[test]
fn wrong_paths_and_globs_are_named() {
    let missing = Tree::new(Path::new("nope"), Path::new("/tmp"), &[], &[], &[]).unwrap_err();
    assert!(missing.to_string().starts_with("nope: "), "{missing}");
    let glob = Tree::new(Path::new("."), Path::new("/tmp"), &strings(&["a["]), &[], &[]).unwrap_err();
    assert!(glob.to_string().contains("a["), "{glob}");
}

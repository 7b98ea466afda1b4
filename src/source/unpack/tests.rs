use std::io::Write;

use super::*;

/// Every document in `bytes`: its origin, its name and its text, or the error.
fn unpacked(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let mut found = Vec::new();
    let flow = unpack(Document::from_bytes(format!("in/{name}"), name, bytes), &mut |doc| {
        found.push(match doc.and_then(|mut doc| doc.bytes().map(<[u8]>::to_vec).map(|bytes| (doc, bytes))) {
            Ok((doc, bytes)) => format!("{} [{}] {}", doc.origin, doc.name, String::from_utf8_lossy(&bytes)),
            Err(err) => format!("error: {err}"),
        });
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
    found
}

fn packed(coding: Coding, bytes: &[u8]) -> Vec<u8> {
    match coding {
        Coding::Gzip => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        Coding::Zstd => zstd::encode_all(bytes, 1).unwrap(),
        Coding::Bzip2 => {
            let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        Coding::Xz => {
            let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
    }
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Written by hand, since the builder refuses the names of an attacker.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const CODINGS: [(Coding, &str, &str); 4] = [
    (Coding::Gzip, "gz", "tgz"),
    (Coding::Zstd, "zst", "tzst"),
    (Coding::Bzip2, "bz2", "tbz2"),
    (Coding::Xz, "xz", "txz"),
];

#[test]
fn what_is_no_container_is_passed_on() {
    assert_eq!(unpacked("a.txt", b"text".to_vec()), ["in/a.txt [a.txt] text"]);
    assert_eq!(unpacked("a.txt", Vec::new()), ["in/a.txt [a.txt] "]);
    assert_eq!(unpacked("BZh9 is a word", b"BZh9 is a word".to_vec()).len(), 1);
}

#[test]
fn compressed_files_are_what_they_hold() {
    for (coding, extension, tar) in CODINGS {
        let file = packed(coding, b"text");
        assert_eq!(
            unpacked(&format!("a.txt.{extension}"), file.clone()),
            [format!("in/a.txt.{extension} [a.txt] text")]
        );
        let archive = packed(coding, &tarred(&[("2019/a.txt", b"one"), ("b.txt", b"two")]));
        let expected = [format!("in/x.{tar}/2019/a.txt [2019/a.txt] one"), format!("in/x.{tar}/b.txt [b.txt] two")];
        assert_eq!(unpacked(&format!("x.{tar}"), archive), expected);
        // Parts one after the other, as a log is written that is compressed hour by hour.
        let twice = [file.clone(), packed(coding, b" and more")].concat();
        assert_eq!(unpacked("a.txt", twice), ["in/a.txt [a.txt] text and more"]);
        let cut = unpacked("a.txt", file[..file.len() - 3].to_vec());
        assert!(cut.iter().any(|line| line.starts_with("error: in/a.txt: cannot ")), "{cut:?}");
    }
}

#[test]
fn archives_in_archives_and_no_further() {
    let inner = zipped(&[("a.txt", b"text")]);
    let outer = tarred(&[("inner.zip", &inner), ("b.txt", b"beside")]);
    assert_eq!(
        unpacked("x.tar", outer.clone()),
        ["in/x.tar/inner.zip/a.txt [a.txt] text", "in/x.tar/b.txt [b.txt] beside"]
    );
    let third = unpacked("y.zip", zipped(&[("x.tar", &outer)]));
    assert!(
        third[0].starts_with("error: in/y.zip/x.tar/inner.zip: expected archives of files nested at most"),
        "{third:?}"
    );
    assert_eq!(third[1], "in/y.zip/x.tar/b.txt [b.txt] beside");
    let often = (0..5).fold(b"text".to_vec(), |bytes, _| packed(Coding::Gzip, &bytes));
    assert!(unpacked("x.gz", often)[0].starts_with("error: in/x.gz: expected data that are compressed at most four"));
}

#[test]
fn names_of_members_lead_nowhere() {
    let files: &[(&str, &[u8])] = &[
        ("../../etc/passwd.txt", b"1"),
        ("/srv/b.txt", b"2"),
        ("c\\..\\d.txt", b"3"),
        ("e\n.txt", b"4"),
        ("__MACOSX/f.txt", b"5"),
        (".git/g.txt", b"6"),
        ("h.png", b"7"),
        ("..", b"8"),
    ];
    let expected = [
        "in/x/etc/passwd.txt [etc/passwd.txt] 1",
        "in/x/srv/b.txt [srv/b.txt] 2",
        "in/x/c/d.txt [c/d.txt] 3",
        "in/x/e%0A.txt [e%0A.txt] 4",
    ];
    assert_eq!(unpacked("x", tarred(files)), expected);
    assert_eq!(unpacked("x", zipped(files)), expected);
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![0u8; 64 << 20];
    let bomb = packed(Coding::Zstd, &zeros.repeat(5));
    let found = unpacked("a.txt.zst", bomb);
    assert!(found.len() == 1 && found[0].starts_with("error: "), "{}", found.len());
    // Members that are small each, and a flood together.
    let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..20 {
        writer.start_file(format!("{at}.txt"), ::zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&zeros[..32 << 20]).unwrap();
    }
    let found = unpacked("x.zip", writer.finish().unwrap().into_inner());
    let refused: Vec<&String> = found.iter().filter(|line| line.starts_with("error: ")).collect();
    assert!(refused.last().is_some_and(|line| line.contains("250 times its size")), "{refused:?}");
    assert!(found.len() < 20, "{}", found.len());
}

#[test]
fn damaged_archives_yield_what_stands_before_the_damage() {
    let archive = tarred(&[("a.txt", b"one"), ("b.txt", b"two"), ("c.txt", b"three")]);
    for end in 0..archive.len() {
        let found = unpacked("x.tar", archive[..end].to_vec());
        assert!(found.len() <= 4);
        if end > 1536 {
            assert!(found[0].starts_with("in/x.tar/a.txt "), "{end}: {found:?}");
        }
    }
    let archive = zipped(&[("a.txt", b"one"), ("b.txt", b"two")]);
    for end in 4..archive.len() {
        let found = unpacked("x.zip", archive[..end].to_vec());
        assert!(found[0].starts_with("error: in/x.zip: expected a ZIP archive"), "{end}: {found:?}");
    }
    let mut noise = archive;
    for at in 0..noise.len() {
        noise[at] ^= 0xa5;
        unpacked("x.zip", noise.clone());
    }
}

#[test]
fn documents_of_offices_are_no_archives() {
    let bytes = zipped(&[("word/document.xml", b"<x/>")]);
    assert_eq!(unpacked("report.docx", bytes.clone()).len(), 1);
    assert!(unpacked("report.docx", bytes)[0].starts_with("in/report.docx [report.docx] PK"));
}

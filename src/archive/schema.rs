//! The tables of the index.

/// Raised whenever the tables change; an index of another version is made anew.
pub(super) const VERSION: i64 = 7;

pub(super) const SCHEMA: &str = "
    CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE articles(
        key INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again, so that origins cannot lead astray
        path TEXT NOT NULL,
        id TEXT NOT NULL,
        title TEXT NOT NULL,
        day INTEGER NOT NULL,             -- the day that the source says, counted from the common era
        published INTEGER NOT NULL,       -- Unix seconds
        published_zone INTEGER NOT NULL,  -- seconds east of UTC
        updated INTEGER,
        updated_zone INTEGER,
        draft INTEGER NOT NULL,
        url TEXT,
        size INTEGER NOT NULL,            -- of the record's file, in bytes
        modified INTEGER NOT NULL,        -- of the record's file, Unix nanoseconds
        record BLOB NOT NULL,             -- SHA-256 of the record's file
        content BLOB NOT NULL,            -- SHA-256 of title and body, 16 bytes of it
        origin TEXT,                      -- where the article was first found
        source BLOB,                      -- SHA-256 of the bytes that the article was read from
        fields BLOB,                      -- fingerprints of the fields as ingest wrote them; NULL: not known
        terms TEXT NOT NULL,              -- JSON
        attached INTEGER NOT NULL,        -- whether it names files that stand beside it
        retracted INTEGER,                -- when it was withdrawn, Unix seconds; NULL: it was not
        substance INTEGER NOT NULL,       -- fingerprint of what it says, apart from how it is written
        hints TEXT NOT NULL,              -- JSON: what it says of its address
        refs TEXT NOT NULL                -- JSON: the names of the files that its text refers to
    );
    CREATE UNIQUE INDEX articles_path ON articles(path);
    CREATE INDEX articles_id ON articles(id);
    CREATE INDEX articles_published ON articles(published DESC, id);
    CREATE INDEX articles_updated ON articles(updated DESC) WHERE updated IS NOT NULL;
    CREATE INDEX articles_url ON articles(url) WHERE url IS NOT NULL;
    CREATE INDEX articles_content ON articles(content);
    CREATE INDEX articles_retracted ON articles(retracted DESC) WHERE retracted IS NOT NULL;
    CREATE INDEX articles_hidden_files ON articles(key)
        WHERE attached = 1 AND (draft = 1 OR retracted IS NOT NULL);
    CREATE TABLE files(
        name TEXT,                        -- of a file beside a record, as that names it
        key INTEGER,                      -- of the record; 0 where one named it that no longer does
        PRIMARY KEY(name, key)
    ) WITHOUT ROWID;
    CREATE INDEX files_key ON files(key);
    CREATE TABLE terms(
        kind INTEGER, term TEXT, published INTEGER, key INTEGER, updated INTEGER,
        PRIMARY KEY(kind, term, published DESC, key)
    ) WITHOUT ROWID;
    CREATE INDEX terms_updated ON terms(kind, term, updated DESC) WHERE updated IS NOT NULL;
    CREATE TABLE origins(
        origin TEXT PRIMARY KEY,
        key INTEGER NOT NULL,
        reading INTEGER                   -- fingerprint of what it said when it was last taken in
    ) WITHOUT ROWID;
    CREATE TABLE names(
        name TEXT, key INTEGER,           -- what files are called when others refer to them
        PRIMARY KEY(name, key)
    ) WITHOUT ROWID;
    CREATE TABLE refs(
        name TEXT, key INTEGER,           -- which articles refer to files of that name
        PRIMARY KEY(name, key)
    ) WITHOUT ROWID;
    CREATE TABLE similar(
        band INTEGER,                     -- of the sketch of the text, now or before it changed
        key INTEGER,
        PRIMARY KEY(band, key)
    ) WITHOUT ROWID;
    CREATE TABLE sources(
        dir TEXT, name TEXT, size INTEGER NOT NULL, modified INTEGER NOT NULL,
        reading INTEGER NOT NULL,         -- fingerprint of how it was read
        problem TEXT,                     -- what was wrong with it
        PRIMARY KEY(dir, name)
    ) WITHOUT ROWID;
    CREATE TABLE remotes(
        url TEXT PRIMARY KEY,
        state TEXT NOT NULL               -- JSON
    ) WITHOUT ROWID;
    CREATE TABLE remote_pages(
        source TEXT, url TEXT,
        mark TEXT NOT NULL,               -- what told its version
        etag TEXT, last_modified TEXT, failures INTEGER NOT NULL,
        wanted TEXT,                      -- the version that is still to be fetched
        list TEXT,                        -- the sitemap or directory that named it last; NULL: none did
        gone INTEGER NOT NULL,            -- whether that one names it no longer
        PRIMARY KEY(source, url)
    ) WITHOUT ROWID;
    CREATE INDEX remote_pages_url ON remote_pages(url);
    CREATE TABLE departed(
        id TEXT NOT NULL, at INTEGER NOT NULL, published INTEGER NOT NULL, terms TEXT NOT NULL,
        content BLOB,                     -- of a record that was removed; NULL where it only changed
        path TEXT                         -- of a record that was public and no longer is; else NULL
    );
    CREATE INDEX departed_id ON departed(id);
    CREATE INDEX departed_at ON departed(at DESC);
    CREATE INDEX departed_published ON departed(published);
    CREATE INDEX departed_content ON departed(content) WHERE content IS NOT NULL;
    CREATE INDEX departed_path ON departed(path) WHERE path IS NOT NULL;
";

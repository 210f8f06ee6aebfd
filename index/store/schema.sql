-- The truth of a library. Everything else (the vectors in Chroma) can be made again from this.
CREATE TABLE IF NOT EXISTS meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- A file that was read; one file may hold many articles.
CREATE TABLE IF NOT EXISTS files (
    path    TEXT PRIMARY KEY,
    hash    TEXT NOT NULL,            -- of the file's bytes and of what else decides the reading
    skipped TEXT NOT NULL DEFAULT '[]' -- JSON list of [part, why]: what could not be read, part "" for the whole
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS articles (
    id             TEXT PRIMARY KEY,
    path           TEXT NOT NULL UNIQUE,
    file           TEXT NOT NULL,     -- the file that holds it
    url            TEXT NOT NULL,
    title          TEXT NOT NULL,
    source         TEXT NOT NULL,
    authors        TEXT NOT NULL,     -- JSON list
    published      TEXT,              -- ISO date; NULL while unknown
    published_from TEXT NOT NULL,
    published_sure TEXT NOT NULL,
    updated        TEXT,
    dates_written  TEXT NOT NULL,     -- JSON list
    section        TEXT NOT NULL,
    language       TEXT NOT NULL,
    type           TEXT NOT NULL,
    words          INTEGER NOT NULL,
    text           TEXT NOT NULL,
    text_hash      TEXT NOT NULL,
    version        INTEGER NOT NULL,
    digest         TEXT NOT NULL,     -- of the whole article: unchanged ones are not written again
    story          TEXT NOT NULL      -- the article of which this one is a copy; its own id for the original; ''
);
CREATE INDEX IF NOT EXISTS articles_published ON articles (published);
CREATE INDEX IF NOT EXISTS articles_file ON articles (file);
CREATE INDEX IF NOT EXISTS articles_story ON articles (story);

CREATE TABLE IF NOT EXISTS paragraphs (
    row        INTEGER PRIMARY KEY,   -- same number in full_text
    id         TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    start      INTEGER NOT NULL,      -- offsets in articles.text, in characters
    "end"      INTEGER NOT NULL,
    page       INTEGER NOT NULL,      -- from 1; 0 where there are none
    box        TEXT NOT NULL,         -- JSON list of four numbers, or ''
    text_key   TEXT NOT NULL          -- hash of the text: equal texts share an embedding
);
CREATE INDEX IF NOT EXISTS paragraphs_article ON paragraphs (article_id);
CREATE INDEX IF NOT EXISTS paragraphs_text ON paragraphs (text_key);

-- What an article said before it changed, so that an old answer still leads to the words it cited.
CREATE TABLE IF NOT EXISTS versions (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    article    TEXT NOT NULL,         -- JSON of the article as it was, paragraphs included
    PRIMARY KEY (article_id, version)
) WITHOUT ROWID;

-- Near copies: MinHash signatures of paragraphs, and for each copied text the text that stands for its group.
CREATE TABLE IF NOT EXISTS signatures (
    text_key  TEXT PRIMARY KEY,
    signature BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS copies (
    text_key TEXT PRIMARY KEY,
    leader   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copies_leader ON copies (leader);

-- Corrections that stand in an article of their own, and the article that each is about.
CREATE TABLE IF NOT EXISTS corrections (
    paragraph_id TEXT PRIMARY KEY,    -- of the correction
    article_id   TEXT NOT NULL,       -- that is corrected
    correction   TEXT NOT NULL        -- JSON of what it says
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS corrections_article ON corrections (article_id);

CREATE TABLE IF NOT EXISTS embeddings (
    text_key TEXT NOT NULL,
    "window" INTEGER NOT NULL,        -- 0, 1, … for texts longer than the model reads at once
    vector   BLOB NOT NULL,           -- float32, little-endian, unit length
    PRIMARY KEY (text_key, "window")
);

CREATE VIRTUAL TABLE IF NOT EXISTS full_text USING fts5 (
    text, title, tokenize = 'porter unicode61 remove_diacritics 2'
);

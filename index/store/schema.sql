-- The truth of a library. Everything else (the Chroma folder) can be made again from this.
CREATE TABLE IF NOT EXISTS meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS articles (
    id             TEXT PRIMARY KEY,
    path           TEXT NOT NULL UNIQUE,
    url            TEXT NOT NULL,
    title          TEXT NOT NULL,
    source         TEXT NOT NULL,
    authors        TEXT NOT NULL,     -- JSON list
    published      TEXT,              -- ISO date; NULL while unknown
    published_from TEXT NOT NULL,
    text           TEXT NOT NULL,
    text_hash      TEXT NOT NULL,
    version        INTEGER NOT NULL,
    file_hash      TEXT NOT NULL      -- of the file's bytes and of what else decides the reading
);
CREATE INDEX IF NOT EXISTS articles_published ON articles (published);

CREATE TABLE IF NOT EXISTS paragraphs (
    row        INTEGER PRIMARY KEY,   -- same number in full_text
    id         TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    start      INTEGER NOT NULL,      -- offsets in articles.text, in characters
    end        INTEGER NOT NULL,
    text_key   TEXT NOT NULL          -- hash of the text: equal texts share an embedding
);
CREATE INDEX IF NOT EXISTS paragraphs_article ON paragraphs (article_id);
CREATE INDEX IF NOT EXISTS paragraphs_text ON paragraphs (text_key);

CREATE TABLE IF NOT EXISTS embeddings (
    text_key TEXT NOT NULL,
    window   INTEGER NOT NULL,        -- 0, 1, … for texts longer than the model reads at once
    vector   BLOB NOT NULL,           -- float32, little-endian, unit length
    PRIMARY KEY (text_key, window)
);

CREATE VIRTUAL TABLE IF NOT EXISTS full_text USING fts5 (
    text, title, tokenize = 'porter unicode61 remove_diacritics 2'
);

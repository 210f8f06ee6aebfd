-- A library of format 1, as its version wrote it: three articles, one of them in its second version.
-- Embeddings are left out; who opens it adds them.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE articles (
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
CREATE INDEX articles_published ON articles (published);

CREATE TABLE paragraphs (
    row        INTEGER PRIMARY KEY,   -- same number in full_text
    id         TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    start      INTEGER NOT NULL,      -- offsets in articles.text, in characters
    end        INTEGER NOT NULL,
    text_key   TEXT NOT NULL          -- hash of the text: equal texts share an embedding
);
CREATE INDEX paragraphs_article ON paragraphs (article_id);
CREATE INDEX paragraphs_text ON paragraphs (text_key);

CREATE TABLE embeddings (
    text_key TEXT NOT NULL,
    window   INTEGER NOT NULL,        -- 0, 1, … for texts longer than the model reads at once
    vector   BLOB NOT NULL,           -- float32, little-endian, unit length
    PRIMARY KEY (text_key, window)
);

CREATE VIRTUAL TABLE full_text USING fts5 (
    text, title, tokenize = 'porter unicode61 remove_diacritics 2'
);

INSERT INTO meta VALUES ('encoder', 'all-MiniLM-L6-v2');
INSERT INTO meta VALUES ('encoder_fingerprint', '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db');
INSERT INTO meta VALUES ('format', '1');
INSERT INTO meta VALUES ('generation', '4');
INSERT INTO meta VALUES ('identity', '3d28cde89d434fe6a4f8b3f5748a8f77');
INSERT INTO articles VALUES ('dd35ef667aa1d91f', '/newsroom/bay-post/ferry.txt', '', 'Ferry returns to Skerry Island', 'Bay Post', '[]', NULL, '', 'Ferry returns to Skerry Island

The ferry to Skerry Island sails again after its radar was replaced.

Nobody was hurt when it ran aground.
', 'f95cdc9d88dad3fdf710bcfa5600293b', 1, '8569d9596c8dceaa13ec1cbf315bed1b');
INSERT INTO articles VALUES ('cf07ba8f9613ad0c', '/newsroom/bridge.md', 'https://harbour-gazette.example/bridge', 'Old bridge closes; trams wait', 'Harbour Gazette', '[]', '2026-03-06', 'front matter', 'The old bridge closed on Friday because a pillar had cracked, the county''s engineer said.

What comes next

Traffic is led over Mill Road until May – a detour of “nine minutes”.', '1eb4ca5b709d648df65309d6790c350b', 1, 'b5bc3c0ed4733d66e70fcee43f321b46');
INSERT INTO articles VALUES ('88817714a89df92d', '/newsroom/storm.txt', '', 'Storm floods quay', '', '["Jane Roe"]', '2026-03-03', 'date line', 'Storm floods quay

By Jane Roe

March 3, 2026

The storm flooded the lower quay on Monday night, and 40 people left their homes.

Mayor Ann Hale said the seawall "held for an hour" before it broke.

Repairs will cost 2 million dollars, the harbour office said.
', '1fcd120aab3f4da504e7f9a5b476a42d', 2, '5c9007a406ec95d9361047c436e111b6');
INSERT INTO paragraphs VALUES (1, 'dd35ef667aa1d91f-6ff86642c36de57e', 'dd35ef667aa1d91f', 1, 'headline', 0, 30, 'bb2c3f5974eeb78b3d876b962363c7d4');
INSERT INTO paragraphs VALUES (2, 'dd35ef667aa1d91f-858df94f2eca23f5', 'dd35ef667aa1d91f', 2, 'body', 32, 100, '76a2a6e40adcc30c381c3c97bc09a37e');
INSERT INTO paragraphs VALUES (3, 'dd35ef667aa1d91f-78e8eb7bdacf59e7', 'dd35ef667aa1d91f', 3, 'body', 102, 138, 'a02f52a8cc68ea34c65c3330952d2a74');
INSERT INTO paragraphs VALUES (4, 'cf07ba8f9613ad0c-b9307945d263b18d', 'cf07ba8f9613ad0c', 1, 'body', 0, 89, 'f116f04a65f4d4a2a5b697a147b29e58');
INSERT INTO paragraphs VALUES (5, 'cf07ba8f9613ad0c-53f3b8f6c85629bd', 'cf07ba8f9613ad0c', 2, 'subhead', 91, 106, 'db5a204509faefecfa4525879dab9323');
INSERT INTO paragraphs VALUES (6, 'cf07ba8f9613ad0c-03c97930ad13cc65', 'cf07ba8f9613ad0c', 3, 'body', 108, 177, 'dad8c33029db7a02c56f28e2acf36346');
INSERT INTO paragraphs VALUES (7, '88817714a89df92d-67baaf2a8e63ade7', '88817714a89df92d', 1, 'headline', 0, 17, 'dadd25bd005bf1a6eafc7aafc9e54b3f');
INSERT INTO paragraphs VALUES (8, '88817714a89df92d-f17432315ae64a24', '88817714a89df92d', 2, 'credit', 19, 30, 'affd142973e484a79fd55add1be669a6');
INSERT INTO paragraphs VALUES (9, '88817714a89df92d-f8e2fb11a33fe324', '88817714a89df92d', 3, 'dateline', 32, 45, 'e9fbba9f22c1d62e907f63409b436d10');
INSERT INTO paragraphs VALUES (10, '88817714a89df92d-07950459785c8fb0', '88817714a89df92d', 4, 'body', 47, 128, '8f5c4f4ed527244d937e1c9c90b8dc28');
INSERT INTO paragraphs VALUES (11, '88817714a89df92d-91ac38b053d3d91f', '88817714a89df92d', 5, 'body', 130, 197, '5f37f0e752e5ae282cc98f7e041ed56d');
INSERT INTO paragraphs VALUES (12, '88817714a89df92d-62d58e741e8f35b4', '88817714a89df92d', 6, 'body', 199, 260, '1f9e9f2f0790b2aa2b8e12c0d85c615d');
INSERT INTO full_text (rowid, text, title)
    SELECT p.row, substr(a.text, p.start + 1, p.end - p.start), a.title
    FROM paragraphs p JOIN articles a ON a.id = p.article_id WHERE p.kind IN ('body', 'dateline', 'credit');

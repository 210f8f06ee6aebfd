-- What the truth has in PostgreSQL in place of FTS5's table: the same words, counted, so that the same BM25 can be told.
CREATE TABLE full_text (
    rowid  INTEGER PRIMARY KEY,       -- the paragraph's
    counts JSONB NOT NULL,            -- how often each stem stands in the text, twice, and in the title, once
    words  INTEGER NOT NULL           -- of the text and the title
);
CREATE INDEX full_text_stems ON full_text USING gin (counts);

-- In how many paragraphs each stem stands, and how many there are, kept in step by the triggers below.
CREATE TABLE stems (
    stem       TEXT COLLATE "C" PRIMARY KEY,
    paragraphs BIGINT NOT NULL
);
CREATE TABLE full_text_size (
    paragraphs BIGINT NOT NULL,
    words      BIGINT NOT NULL
);
INSERT INTO full_text_size VALUES (0, 0);

CREATE FUNCTION full_text_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO stems AS s
            SELECT stem, count(*) FROM changed, jsonb_object_keys(counts) AS stem GROUP BY stem
            ON CONFLICT (stem) DO UPDATE SET paragraphs = s.paragraphs + excluded.paragraphs;
        UPDATE full_text_size t SET paragraphs = t.paragraphs + c.paragraphs, words = t.words + c.words
            FROM (SELECT count(*) AS paragraphs, coalesce(sum(words), 0) AS words FROM changed) AS c;
    ELSE
        UPDATE stems s SET paragraphs = s.paragraphs - c.paragraphs
            FROM (SELECT stem, count(*) AS paragraphs FROM changed, jsonb_object_keys(counts) AS stem GROUP BY stem) AS c
            WHERE s.stem = c.stem;
        UPDATE full_text_size t SET paragraphs = t.paragraphs - c.paragraphs, words = t.words - c.words
            FROM (SELECT count(*) AS paragraphs, coalesce(sum(words), 0) AS words FROM changed) AS c;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER full_text_added AFTER INSERT ON full_text REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION full_text_changed();
CREATE TRIGGER full_text_removed AFTER DELETE ON full_text REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION full_text_changed();

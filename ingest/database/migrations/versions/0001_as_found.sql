-- Of SQLite, in which all archives are that were made before migrations began. It stays as it is.
CREATE TABLE IF NOT EXISTS articles (id VARCHAR NOT NULL, version VARCHAR, outlet VARCHAR NOT NULL, folded_outlet
  VARCHAR NOT NULL, title TEXT NOT NULL, url TEXT, published INTEGER, day INTEGER, added INTEGER NOT NULL, removing
  BOOLEAN DEFAULT 0 NOT NULL, PRIMARY KEY (id));
CREATE INDEX IF NOT EXISTS ix_articles_day ON articles (day);
CREATE INDEX IF NOT EXISTS ix_articles_folded_outlet ON articles (folded_outlet);
CREATE INDEX IF NOT EXISTS ix_articles_published ON articles (published);
CREATE TABLE IF NOT EXISTS embeddings ("key" VARCHAR NOT NULL, model VARCHAR NOT NULL, vector BLOB NOT NULL, PRIMARY
  KEY ("key", model));
CREATE TABLE IF NOT EXISTS feed_entries (feed TEXT NOT NULL, "key" VARCHAR NOT NULL, digest VARCHAR NOT NULL,
  article_id VARCHAR, taken INTEGER NOT NULL, failures INTEGER NOT NULL, due INTEGER, PRIMARY KEY (feed, "key"));
CREATE TABLE IF NOT EXISTS feeds (address TEXT NOT NULL, title TEXT NOT NULL, added INTEGER NOT NULL, checked
  INTEGER, last_new INTEGER, failing_since INTEGER, failures INTEGER NOT NULL, reason TEXT NOT NULL, etag TEXT,
  modified TEXT, answered TEXT, due INTEGER, PRIMARY KEY (address));
CREATE TABLE IF NOT EXISTS fetches (url TEXT NOT NULL, final_url TEXT NOT NULL, etag TEXT, modified TEXT, digest
  VARCHAR NOT NULL, status INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (url));
CREATE TABLE IF NOT EXISTS names (name VARCHAR NOT NULL, article_id VARCHAR NOT NULL, PRIMARY KEY (name));
CREATE TABLE IF NOT EXISTS outcomes (source TEXT NOT NULL, item VARCHAR NOT NULL, number INTEGER NOT NULL, page
  VARCHAR NOT NULL, status VARCHAR NOT NULL, reason TEXT NOT NULL, article_id VARCHAR, version VARCHAR, title TEXT
  NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (source, item, number));
CREATE INDEX IF NOT EXISTS ix_outcomes_article_id ON outcomes (article_id);
CREATE INDEX IF NOT EXISTS ix_outcomes_page ON outcomes (page);
CREATE TABLE IF NOT EXISTS removed (article_id VARCHAR NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (article_id));
CREATE TABLE IF NOT EXISTS sentence_embeddings ("key" VARCHAR NOT NULL, model VARCHAR NOT NULL, vectors BLOB NOT
  NULL, PRIMARY KEY ("key", model));
CREATE TABLE IF NOT EXISTS shingles (hash INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (hash, number))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (address TEXT NOT NULL, kind VARCHAR NOT NULL, captured VARCHAR, mapping TEXT,
  added INTEGER NOT NULL, PRIMARY KEY (address));
CREATE TABLE IF NOT EXISTS turns (conversation VARCHAR NOT NULL, number INTEGER NOT NULL, answer TEXT NOT NULL, at
  INTEGER NOT NULL, PRIMARY KEY (conversation, number));
CREATE TABLE IF NOT EXISTS likenesses (first VARCHAR NOT NULL, second VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  PRIMARY KEY (first, second), FOREIGN KEY(first) REFERENCES articles (id), FOREIGN KEY(second) REFERENCES articles
  (id));
CREATE INDEX IF NOT EXISTS likenesses_of_second ON likenesses (second);
CREATE TABLE IF NOT EXISTS passages (id VARCHAR NOT NULL, version VARCHAR NOT NULL, article_id VARCHAR NOT NULL,
  ordinal INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, embedding VARCHAR NOT NULL, PRIMARY KEY
  (id, version), FOREIGN KEY(article_id) REFERENCES articles (id));
CREATE INDEX IF NOT EXISTS ix_passages_embedding ON passages (embedding);
CREATE INDEX IF NOT EXISTS passages_of_article ON passages (article_id, version, ordinal);
CREATE TABLE IF NOT EXISTS sketches (number INTEGER NOT NULL, article_id VARCHAR NOT NULL, version VARCHAR NOT NULL,
  hashes BLOB NOT NULL, PRIMARY KEY (number), UNIQUE (article_id), FOREIGN KEY(article_id) REFERENCES articles
  (id));
CREATE TABLE IF NOT EXISTS stories (article_id VARCHAR NOT NULL, story_id VARCHAR NOT NULL, copy_of VARCHAR, PRIMARY
  KEY (article_id), FOREIGN KEY(article_id) REFERENCES articles (id));
CREATE INDEX IF NOT EXISTS ix_stories_copy_of ON stories (copy_of);
CREATE INDEX IF NOT EXISTS ix_stories_story_id ON stories (story_id);
CREATE TABLE IF NOT EXISTS versions (article_id VARCHAR NOT NULL, digest VARCHAR NOT NULL, state VARCHAR NOT NULL,
  record TEXT NOT NULL, text TEXT NOT NULL, seen FLOAT NOT NULL, PRIMARY KEY (article_id, digest), FOREIGN
  KEY(article_id) REFERENCES articles (id));
CREATE INDEX IF NOT EXISTS ix_versions_state ON versions (state);
CREATE INDEX IF NOT EXISTS versions_by_digest ON versions (digest);

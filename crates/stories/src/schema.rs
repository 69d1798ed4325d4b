//! The tables of this crate. `story*` are the desk's; what the public may see of them is copied to `public_*`.

use base::db::Migration;

pub const MIGRATIONS: &[Migration] = &[FIRST, SECOND, DESK, DESK_PEOPLE];

const FIRST: Migration = Migration {
    name: "stories_1",
    sql: "CREATE TABLE public_edition (code {key} PRIMARY KEY, name TEXT NOT NULL, tagline TEXT NOT NULL, language TEXT NOT NULL,
            dir TEXT NOT NULL, timezone TEXT NOT NULL, position BIGINT NOT NULL, made_at BIGINT NOT NULL) {strict};
        CREATE TABLE public_section (edition {key} NOT NULL, slug {key} NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
            position BIGINT NOT NULL, PRIMARY KEY (edition, slug)) {clustered};
        CREATE TABLE public_topic (edition {key} NOT NULL, slug {key} NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
            PRIMARY KEY (edition, slug)) {clustered};
        CREATE TABLE public_author (edition {key} NOT NULL, slug {key} NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
            bio TEXT NOT NULL, PRIMARY KEY (edition, slug)) {clustered};
        CREATE TABLE public_page (edition {key} NOT NULL, slug {key} NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
            position BIGINT NOT NULL, PRIMARY KEY (edition, slug)) {clustered};
        CREATE TABLE public_redirect (path {key} PRIMARY KEY, target {key} NOT NULL) {clustered};

        CREATE TABLE story (id {key} PRIMARY KEY, edition {key} NOT NULL, section {key} NOT NULL, kind TEXT NOT NULL,
            headline TEXT NOT NULL, state {key} NOT NULL, version BIGINT NOT NULL, public_version BIGINT, release_at BIGINT,
            external_id {key}, made_at BIGINT NOT NULL, updated_at BIGINT NOT NULL) {strict};
        CREATE UNIQUE INDEX story_external ON story (edition, external_id);
        CREATE INDEX story_updated ON story (updated_at, id);
        CREATE TABLE story_version (story {key} NOT NULL, number BIGINT NOT NULL, draft TEXT NOT NULL, at BIGINT NOT NULL,
            by_person {key}, why TEXT NOT NULL, PRIMARY KEY (story, number)) {clustered};

        CREATE TABLE public_story (id {key} PRIMARY KEY, edition {key} NOT NULL, section {key} NOT NULL, path {key} NOT NULL UNIQUE,
            facts TEXT NOT NULL, body TEXT NOT NULL, language TEXT NOT NULL, translations {key}, storyline {key}, version BIGINT NOT NULL,
            published_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, killed_at BIGINT, kill_reason TEXT) {strict};
        CREATE INDEX public_story_updated ON public_story (updated_at, id);
        CREATE INDEX public_story_translations ON public_story (translations);
        CREATE INDEX public_story_storyline ON public_story (storyline, published_at);
        CREATE TABLE public_story_listing (edition {key} NOT NULL, place {key} NOT NULL, published_at BIGINT NOT NULL,
            story {key} NOT NULL, PRIMARY KEY (edition, place, published_at, story)) {clustered};
        CREATE INDEX public_story_listing_story ON public_story_listing (story);
        CREATE TABLE public_story_version (story {key} NOT NULL, number BIGINT NOT NULL, kind TEXT NOT NULL, at BIGINT NOT NULL,
            headline TEXT NOT NULL, standfirst TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (story, number)) {clustered};
        CREATE TABLE public_correction (edition {key} NOT NULL, at BIGINT NOT NULL, story {key} NOT NULL, number BIGINT NOT NULL,
            kind TEXT NOT NULL, note TEXT NOT NULL, before_text TEXT NOT NULL, after_text TEXT NOT NULL,
            PRIMARY KEY (edition, at, story, number)) {clustered};
        CREATE INDEX public_correction_story ON public_correction (story, at);

        CREATE TABLE public_storyline (edition {key} NOT NULL, slug {key} NOT NULL, title TEXT NOT NULL,
            PRIMARY KEY (edition, slug)) {clustered};
        CREATE TABLE public_storyline_entry (edition {key} NOT NULL, slug {key} NOT NULL, at BIGINT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (edition, slug, at)) {clustered};",
};

/// `public_story_span` answers the index of sitemaps, which asks for counts and last changes, without a look at the stories.
const SECOND: Migration = Migration {
    name: "stories_2",
    sql: "CREATE TABLE story_topic (edition {key} NOT NULL, slug {key} NOT NULL, name TEXT NOT NULL, PRIMARY KEY (edition, slug)) {clustered};
        CREATE INDEX public_story_span ON public_story (edition, published_at, updated_at) WHERE killed_at IS NULL;",
};

/// What the desk agrees about a story, who writes it, and what is said about it between colleagues. Nothing of it is public.
const DESK: Migration = Migration {
    name: "stories_desk",
    sql: "CREATE TABLE story_work (story {key} PRIMARY KEY, stage {key} NOT NULL, moved_at BIGINT NOT NULL, moved_by {key}, person {key},
            due_at BIGINT, words BIGINT, embargo_until BIGINT) {strict};
        CREATE TABLE story_pen (story {key} PRIMARY KEY, person {key} NOT NULL, name TEXT NOT NULL, page {key} NOT NULL,
            until BIGINT NOT NULL) {strict};
        CREATE TABLE story_note (id {key} NOT NULL, story {key} NOT NULL, thread {key}, text TEXT NOT NULL, about TEXT NOT NULL,
            by_person {key} NOT NULL, name TEXT NOT NULL, at BIGINT NOT NULL, resolved_at BIGINT, resolved_by TEXT,
            PRIMARY KEY (story, id)) {strict};
        CREATE INDEX story_state ON story (state, updated_at);",
};

/// What one person did at the desk is found when their account is exported or erased.
const DESK_PEOPLE: Migration = Migration {
    name: "stories_desk_people",
    sql: "CREATE INDEX story_pen_person ON story_pen (person);
        CREATE INDEX story_work_person ON story_work (person);
        CREATE INDEX story_note_by ON story_note (by_person, at);
        CREATE INDEX story_note_resolved ON story_note (resolved_by);",
};

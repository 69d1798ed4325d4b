//! The tables of this crate. What readers may see of a discussion is in `public_*`; a message that is held, was refused or
//! was taken out is in `room_message` alone.

use base::db::Migration;

pub const MIGRATIONS: &[Migration] = &[FIRST];

/// `seq` is the number of a message's record on its room's stream, so one number orders the table and the live stream.
const FIRST: Migration = Migration {
    name: "rooms_1",
    sql: "CREATE TABLE public_room (story {key} PRIMARY KEY, edition {key} NOT NULL, state {key} NOT NULL, slow_seconds BIGINT NOT NULL,
            members_only BIGINT NOT NULL, language TEXT NOT NULL, pinned {key}, reason TEXT NOT NULL, opened_at BIGINT NOT NULL,
            closes_at BIGINT NOT NULL, messages BIGINT NOT NULL, last_at BIGINT NOT NULL) {strict};
        CREATE INDEX public_room_active ON public_room (edition, state, last_at);
        CREATE TABLE public_room_message (story {key} NOT NULL, seq BIGINT NOT NULL, id {key} NOT NULL, at BIGINT NOT NULL,
            author {key} NOT NULL, name TEXT NOT NULL, badge TEXT NOT NULL, reply_to {key}, text TEXT NOT NULL, body TEXT NOT NULL,
            host BIGINT NOT NULL, featured BIGINT NOT NULL, edited_at BIGINT, removed TEXT NOT NULL, PRIMARY KEY (story, seq)) {clustered};
        CREATE UNIQUE INDEX public_room_message_id ON public_room_message (id);
        CREATE INDEX public_room_message_author ON public_room_message (author, at);
        CREATE INDEX public_room_message_featured ON public_room_message (story, seq) WHERE featured = 1;
        CREATE TABLE public_room_reaction (story {key} NOT NULL, seq BIGINT NOT NULL, kind {key} NOT NULL, count BIGINT NOT NULL,
            PRIMARY KEY (story, seq, kind)) {clustered};

        CREATE TABLE room_message (id {key} PRIMARY KEY, story {key} NOT NULL, seq BIGINT, person {key} NOT NULL, key {key} NOT NULL,
            author {key} NOT NULL, name TEXT NOT NULL, badge TEXT NOT NULL, text TEXT NOT NULL, reply_to {key}, host BIGINT NOT NULL,
            at BIGINT NOT NULL, state {key} NOT NULL, rule TEXT NOT NULL, word TEXT NOT NULL, decided_by {key}, decided_at BIGINT,
            reason TEXT NOT NULL) {strict};
        CREATE UNIQUE INDEX room_message_key ON room_message (story, person, key);
        CREATE INDEX room_message_state ON room_message (state, at, id);
        CREATE INDEX room_message_person ON room_message (person, at);
        CREATE TABLE room_reaction (message {key} NOT NULL, person {key} NOT NULL, kind {key} NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (message, person, kind)) {clustered};
        CREATE TABLE room_report (message {key} NOT NULL, person {key} NOT NULL, story {key} NOT NULL, reason {key} NOT NULL,
            note TEXT NOT NULL, at BIGINT NOT NULL, state {key} NOT NULL, PRIMARY KEY (message, person)) {clustered};
        CREATE INDEX room_report_state ON room_report (state, at);
        CREATE TABLE room_seen (person {key} NOT NULL, story {key} NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (person, story)) {clustered};",
};

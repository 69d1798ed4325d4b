//! The tables of this crate. What readers may see of a discussion is in `public_*`; a message that is held, was refused or
//! was taken out is in `room_message` alone.

use base::db::Migration;

pub const MIGRATIONS: &[Migration] = &[FIRST, MODERATION];

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

/// Rules, sanctions, decisions and what waits for a look. Only `public_room_decision` is for everybody: it names nobody.
const MODERATION: Migration = Migration {
    name: "rooms_moderation_1",
    sql: "ALTER TABLE room_message ADD COLUMN likeness BIGINT;
        CREATE INDEX room_message_likeness ON room_message (likeness, at) WHERE likeness IS NOT NULL;
        CREATE INDEX room_report_person ON room_report (person, state);
        CREATE TABLE room_rule (place {key} PRIMARY KEY, version BIGINT NOT NULL, layer TEXT NOT NULL, made_by {key}, at BIGINT NOT NULL)
            {strict};
        CREATE TABLE room_rule_version (place {key} NOT NULL, version BIGINT NOT NULL, layer TEXT NOT NULL, made_by {key},
            at BIGINT NOT NULL, PRIMARY KEY (place, version)) {clustered};
        CREATE TABLE room_sanction (id {key} PRIMARY KEY, person {key} NOT NULL, kind {key} NOT NULL, at BIGINT NOT NULL, until BIGINT,
            why TEXT NOT NULL, message {key}, made_by {key} NOT NULL, undone_at BIGINT, undone_by {key}) {strict};
        CREATE INDEX room_sanction_person ON room_sanction (person, at);
        CREATE TABLE room_decision (id {key} PRIMARY KEY, at BIGINT NOT NULL, act {key} NOT NULL, edition {key} NOT NULL, story {key},
            message {key}, person {key}, made_by {key}, ground {key} NOT NULL, rule {key} NOT NULL, word TEXT NOT NULL, reason TEXT NOT NULL,
            batch {key} NOT NULL, sanction {key}, before_state {key} NOT NULL, undone_at BIGINT, undone_by {key}) {strict};
        CREATE INDEX room_decision_at ON room_decision (at, id);
        CREATE INDEX room_decision_person ON room_decision (person, at, id);
        CREATE INDEX room_decision_message ON room_decision (message, at);
        CREATE INDEX room_decision_batch ON room_decision (batch);
        CREATE TABLE public_room_decision (edition {key} NOT NULL, at BIGINT NOT NULL, id {key} NOT NULL, act {key} NOT NULL,
            ground {key} NOT NULL, rule {key} NOT NULL, undone_at BIGINT, PRIMARY KEY (edition, at, id)) {clustered};
        CREATE TABLE room_look (message {key} PRIMARY KEY, kind {key} NOT NULL, rank BIGINT NOT NULL, at BIGINT NOT NULL,
            story {key} NOT NULL, person {key} NOT NULL, reports BIGINT NOT NULL, weight BIGINT NOT NULL, state {key} NOT NULL) {strict};
        CREATE INDEX room_look_open ON room_look (state, kind, rank, at, message);
        CREATE TABLE room_notice (id {key} PRIMARY KEY, secret {key} NOT NULL, at BIGINT NOT NULL, story {key} NOT NULL, message {key} NOT NULL,
            law TEXT NOT NULL, explanation TEXT NOT NULL, name TEXT NOT NULL, mail TEXT NOT NULL, state {key} NOT NULL, answer TEXT NOT NULL,
            decision {key}, decided_by {key}, decided_at BIGINT) {strict};
        CREATE INDEX room_notice_state ON room_notice (state, at, id);
        CREATE TABLE room_appeal (decision {key} PRIMARY KEY, person {key} NOT NULL, at BIGINT NOT NULL, text TEXT NOT NULL,
            state {key} NOT NULL, answer TEXT NOT NULL, decided_by {key}, decided_at BIGINT) {strict};
        CREATE INDEX room_appeal_state ON room_appeal (state, at, decision);
        CREATE TABLE room_shift_note (id {key} PRIMARY KEY, at BIGINT NOT NULL, made_by {key} NOT NULL, name TEXT NOT NULL,
            text TEXT NOT NULL) {strict};
        CREATE INDEX room_shift_note_at ON room_shift_note (at);
        CREATE INDEX room_shift_note_by ON room_shift_note (made_by);",
};

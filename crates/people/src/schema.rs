//! The tables of this crate. Only the public faces of people are readable through the public wall, and none holds a secret
//! that opens anything by itself except the second factor's, which must be computed with.

use base::db::Migration;

pub const MIGRATIONS: &[Migration] = &[STAFF, READERS];

const STAFF: Migration = Migration {
    name: "people_1",
    sql: "CREATE TABLE people_person (id {key} PRIMARY KEY, folded {key} NOT NULL UNIQUE, email TEXT NOT NULL, name TEXT NOT NULL,
            role {key} NOT NULL, made_at BIGINT NOT NULL, ended_at BIGINT) {strict};
        CREATE TABLE people_password (person {key} PRIMARY KEY, hash TEXT NOT NULL, set_at BIGINT NOT NULL) {strict};
        CREATE TABLE people_totp (person {key} PRIMARY KEY, secret {bytes} NOT NULL, confirmed_at BIGINT NOT NULL,
            last_step BIGINT NOT NULL) {strict};
        CREATE TABLE people_recovery (person {key} NOT NULL, hash {bytes} NOT NULL, PRIMARY KEY (person, hash)) {clustered};
        CREATE TABLE people_enrolment (holder {key} PRIMARY KEY, person {key} NOT NULL, secret {bytes} NOT NULL,
            made_at BIGINT NOT NULL) {strict};
        CREATE INDEX people_enrolment_person ON people_enrolment (person);
        CREATE TABLE people_ticket (id {key} PRIMARY KEY, hash {bytes} NOT NULL UNIQUE, person {key} NOT NULL, agent TEXT NOT NULL,
            made_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, wrong BIGINT NOT NULL) {strict};
        CREATE INDEX people_ticket_person ON people_ticket (person);
        CREATE INDEX people_ticket_ends ON people_ticket (ends_at);
        CREATE TABLE people_session (id {key} PRIMARY KEY, hash {bytes} NOT NULL UNIQUE, person {key} NOT NULL, agent TEXT NOT NULL,
            made_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, ends_at BIGINT NOT NULL) {strict};
        CREATE INDEX people_session_person ON people_session (person, made_at);
        CREATE INDEX people_session_ends ON people_session (ends_at);
        CREATE INDEX people_session_seen ON people_session (seen_at);
        CREATE TABLE people_browser (hash {bytes} PRIMARY KEY, person {key} NOT NULL, made_at BIGINT NOT NULL) {strict};
        CREATE INDEX people_browser_person ON people_browser (person);
        CREATE TABLE people_token (id {key} PRIMARY KEY, hash {bytes} NOT NULL UNIQUE, person {key} NOT NULL, name TEXT NOT NULL,
            scope {key} NOT NULL, made_at BIGINT NOT NULL, used_at BIGINT, ends_at BIGINT) {strict};
        CREATE INDEX people_token_person ON people_token (person, made_at);
        CREATE TABLE people_link (hash {bytes} PRIMARY KEY, kind {key} NOT NULL, person {key}, email TEXT NOT NULL,
            made_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, used_at BIGINT) {strict};
        CREATE INDEX people_link_person ON people_link (person);
        CREATE TABLE people_guess (place {key} PRIMARY KEY, level BIGINT NOT NULL, at BIGINT NOT NULL) {strict};
        CREATE INDEX people_guess_at ON people_guess (at);
        CREATE TABLE people_event (at BIGINT NOT NULL, id {key} NOT NULL, what {key} NOT NULL, person {key} NOT NULL,
            by_person {key}, detail TEXT NOT NULL, PRIMARY KEY (at, id)) {clustered};
        CREATE INDEX people_event_person ON people_event (person, at);",
};

const READERS: Migration = Migration {
    name: "people_2",
    sql: "CREATE TABLE public_person (id {key} PRIMARY KEY, key {key} NOT NULL UNIQUE, name TEXT NOT NULL, badge {key},
            made_at BIGINT NOT NULL) {strict};
        CREATE TABLE people_tombstone (hash {bytes} PRIMARY KEY, at BIGINT NOT NULL) {strict};
        CREATE TABLE people_errand (hash {bytes} PRIMARY KEY, kind {key} NOT NULL, person {key}, folded {key} NOT NULL,
            email TEXT NOT NULL, name TEXT NOT NULL, browser {bytes} NOT NULL, next TEXT NOT NULL, made_at BIGINT NOT NULL,
            ends_at BIGINT NOT NULL, used_at BIGINT) {strict};
        CREATE INDEX people_errand_folded ON people_errand (folded);
        CREATE INDEX people_errand_person ON people_errand (person);
        CREATE INDEX people_errand_ends ON people_errand (ends_at);
        CREATE TABLE people_ignore (person {key} NOT NULL, ignored {key} NOT NULL, made_at BIGINT NOT NULL,
            PRIMARY KEY (person, ignored)) {clustered};
        CREATE INDEX people_ignore_ignored ON people_ignore (ignored);
        CREATE TABLE people_passkey (id {key} PRIMARY KEY, person {key} NOT NULL, public {bytes} NOT NULL, count BIGINT NOT NULL,
            name TEXT NOT NULL, made_at BIGINT NOT NULL, used_at BIGINT) {strict};
        CREATE INDEX people_passkey_person ON people_passkey (person, made_at);
        CREATE TABLE people_challenge (hash {bytes} PRIMARY KEY, person {key}, ends_at BIGINT NOT NULL) {strict};
        CREATE INDEX people_challenge_person ON people_challenge (person);
        CREATE INDEX people_challenge_ends ON people_challenge (ends_at);
        CREATE TABLE people_seal (id {key} PRIMARY KEY, secret {bytes} NOT NULL) {strict};",
};

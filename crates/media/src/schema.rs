//! The tables of this crate. `media_*` are the desk's; what readers may fetch is copied to `public_media*`.

use base::db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "media_1",
    sql: "CREATE TABLE media_asset (id {key} PRIMARY KEY, public_key {key} NOT NULL UNIQUE, blob {key} NOT NULL, media_type TEXT NOT NULL,
            width BIGINT NOT NULL, height BIGINT NOT NULL, file_name TEXT NOT NULL, title TEXT NOT NULL, alt TEXT NOT NULL,
            caption TEXT NOT NULL, credit TEXT NOT NULL, creator TEXT NOT NULL, copyright TEXT NOT NULL, source TEXT NOT NULL,
            taken TEXT NOT NULL, keywords TEXT NOT NULL, rights TEXT NOT NULL, focal_x DOUBLE PRECISION NOT NULL,
            focal_y DOUBLE PRECISION NOT NULL, version BIGINT NOT NULL, made_at BIGINT NOT NULL, by_person {key}) {strict};
        CREATE TABLE media_rendition (asset {key} NOT NULL, width BIGINT NOT NULL, format {key} NOT NULL, blob {key} NOT NULL,
            PRIMARY KEY (asset, width, format)) {clustered};
        CREATE TABLE media_use (shown_by {key} NOT NULL, asset {key} NOT NULL, PRIMARY KEY (shown_by, asset)) {clustered};
        CREATE INDEX media_use_asset ON media_use (asset);

        CREATE TABLE public_media (asset {key} PRIMARY KEY, public_key {key} NOT NULL UNIQUE, width BIGINT NOT NULL,
            height BIGINT NOT NULL, alt TEXT NOT NULL, caption TEXT NOT NULL, credit TEXT NOT NULL, focal_x DOUBLE PRECISION NOT NULL,
            focal_y DOUBLE PRECISION NOT NULL) {strict};
        CREATE TABLE public_media_rendition (asset {key} NOT NULL, width BIGINT NOT NULL, format {key} NOT NULL, blob {key} NOT NULL,
            PRIMARY KEY (asset, width, format)) {clustered};",
}];

//! Every set of news text in the corpus is read whole.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpus;

use flate2::bufread::GzDecoder;
use formats::{Body, jsonl};
use std::io::BufReader;

#[test]
fn every_line_of_every_set_is_taken() {
    for (path, bytes) in corpus::files("news-text", ".jsonl.gz") {
        let lines = BufReader::new(GzDecoder::new(bytes.as_slice()));
        let (mut taken, mut undated) = (0, 0);
        for item in jsonl::items(lines) {
            let story = item.unwrap_or_else(|refusal| panic!("{path}: {refusal}"));
            assert!(!story.title.is_empty() && !story.external_id.is_empty(), "{path}");
            assert!(story.language.is_some() && story.source.is_some(), "{path}");
            let empty = match &story.body {
                Body::Html(text) | Body::Text(text) => text.is_empty(),
                Body::Sentences(list) => list.is_empty(),
            };
            assert!(!empty, "{path} {}", story.external_id);
            assert!(
                story
                    .warnings
                    .iter()
                    .all(|warning| warning.code == "date.missing"),
                "{path}: {:?}",
                story.warnings
            );
            undated += usize::from(story.published_at.is_none());
            taken += 1;
        }
        let expected_undated = if path.contains("wikinews-ja") { 22 } else { 0 };
        assert_eq!(undated, expected_undated, "{path}");
        assert!(taken > 300, "{path}: {taken}");
    }
}

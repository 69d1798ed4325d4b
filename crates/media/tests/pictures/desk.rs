//! The desk brings pictures in; readers get them while a story shows them.

use super::files::{exif, jpeg};
use super::house::{House, form, id_of};
use super::prints::addresses;
use serde_json::json;

pub const TESTS: &[(&str, fn())] = &[
    (
        "a_picture_comes_in_with_its_words",
        a_picture_comes_in_with_its_words,
    ),
    (
        "a_form_that_is_wrong_is_refused_by_name",
        a_form_that_is_wrong_is_refused_by_name,
    ),
    (
        "a_picture_is_fetched_only_while_a_story_shows_it",
        a_picture_is_fetched_only_while_a_story_shows_it,
    ),
    (
        "only_widths_of_the_ladder_have_addresses",
        only_widths_of_the_ladder_have_addresses,
    ),
    (
        "a_herd_on_a_size_that_is_not_made_gets_one",
        a_herd_on_a_size_that_is_not_made_gets_one,
    ),
    ("the_original_stays_as_it_came", the_original_stays_as_it_came),
];

fn a_picture_comes_in_with_its_words() {
    for house in House::on_each_engine() {
        let answer = house.upload(
            &jpeg(500, 400, &[(1, exif(6))]),
            &[("alt", "Two halves"), ("keywords", "red, blue ,")],
        );
        let id = id_of(&answer);
        let item = answer.json();
        assert_eq!(
            (&item["width"], &item["height"], &item["type"]),
            (&400.into(), &500.into(), &"image/jpeg".into())
        );
        assert_eq!(
            (&item["alt"], &item["keywords"]),
            (&"Two halves".into(), &json!(["red", "blue"]))
        );
        assert_eq!(item["file_name"], "../ab.jpg", "a name, never a path of ours");
        assert!(item["url"].as_str().unwrap().ends_with(id.as_str()));
        let path = format!("/api/v1/desk/assets/{id}");
        assert_eq!(answer.header("location"), path);
        assert_eq!(house.desk("GET", &path, &json!(null)).json(), item);
        let saved = house.desk(
            "PUT",
            &path,
            &json!({ "caption": "Halves", "focal_x": 0.1, "rights": { "usage_terms": "once" } }),
        );
        assert_eq!(saved.status, 200, "{}", saved.json());
        let saved = saved.json();
        assert_eq!(
            (&saved["caption"], &saved["alt"], &saved["version"]),
            (&"Halves".into(), &"Two halves".into(), &2.into())
        );
        assert_eq!(saved["rights"]["usage_terms"], "once");
        assert_eq!(house.get(&path).status, 401);
        assert_eq!(
            house
                .desk("GET", "/api/v1/desk/assets/nothing", &json!(null))
                .code(),
            "media.not_found"
        );
    }
}

fn a_form_that_is_wrong_is_refused_by_name() {
    let house = House::open();
    let picture = jpeg(64, 64, &[]);
    let twice = [
        &form(Some(&picture), &[])[..form(Some(&picture), &[]).len() - 13],
        &form(Some(&picture), &[]),
    ]
    .concat();
    for (form, status, code) in [
        (form(None, &[("alt", "x")]), 422, "media.no_file"),
        (form(Some(&picture), &[("owner", "x")]), 422, "media.field"),
        (
            form(Some(&picture), &[("credit", &"x".repeat(4_001))]),
            422,
            "media.words",
        ),
        (form(Some(b"<svg/>"), &[]), 422, "media.svg"),
        (form(Some(b""), &[]), 422, "media.empty"),
        (twice, 422, "media.two_files"),
        (vec![b'-'; 100], 422, "media.form"),
        (vec![0; (64 << 20) + (64 << 10) + 1], 413, "web.too_large"),
    ] {
        let answer = house.post_form(&form, &[]);
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (status, code),
            "{}",
            answer.json()
        );
    }
    let full = form(Some(&vec![0; (64 << 20) + 1]), &[]);
    assert_eq!(
        house.post_form(&full, &[]).status,
        413,
        "the form fits, the file does not"
    );
    assert_eq!(house.desk("POST", "/api/v1/desk/assets", &json!({})).status, 415);
    let again = [("idempotency-key", "k1")];
    let (one, two) = (form(Some(&picture), &[]), form(Some(&picture), &[]));
    assert_eq!(
        house.post_form(&one, &again).json()["id"],
        house.post_form(&two, &again).json()["id"]
    );
    assert!(left_over(&house).is_empty(), "no file of a refused form is left");
}

fn left_over(house: &House) -> Vec<String> {
    let folder = house.app.config.data().join("blobs/incoming");
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

fn a_picture_is_fetched_only_while_a_story_shows_it() {
    for house in House::on_each_engine() {
        let id = id_of(&house.upload(&jpeg(500, 400, &[]), &[]));
        house.publish(std::slice::from_ref(&id));
        let set = house.set(&id);
        for address in addresses(&set) {
            let answer = house.get(&address);
            assert_eq!(
                (answer.status.as_u16(), answer.header("content-type")),
                (200, "image/jpeg"),
                "{address}"
            );
            assert_eq!(
                answer.header("content-security-policy"),
                "default-src 'none'; sandbox"
            );
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
            let again = house.get_with(&address, &[("if-none-match", answer.header("etag"))]);
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        }
        house.publish(&[]);
        for address in addresses(&set) {
            assert_eq!(
                (
                    house.get(&address).status.as_u16(),
                    house.get(&address).code().as_str()
                ),
                (404, "media.not_found")
            );
        }
    }
}

fn only_widths_of_the_ladder_have_addresses() {
    let house = House::open();
    let id = id_of(&house.upload(&jpeg(500, 400, &[]), &[]));
    house.publish(std::slice::from_ref(&id));
    let set = house.set(&id);
    let folder = set.src.rsplit_once('/').unwrap().0.to_owned();
    assert_eq!(house.get(&format!("{folder}/480.jpg")).status, 200);
    for file in [
        "481.jpg",
        "640.jpg",
        "0480.jpg",
        "+480.jpg",
        "480.png",
        "480.avif",
        "480.jpg.jpg",
        "480",
        ".jpg",
        "99999999999.jpg",
    ] {
        assert_eq!(house.get(&format!("{folder}/{file}")).status, 404, "{file}");
    }
    assert_eq!(
        house.get(&format!("/media/{id}/480.jpg")).status,
        404,
        "the desk's id is no key"
    );
}

fn a_herd_on_a_size_that_is_not_made_gets_one() {
    let house = House::open();
    let id = id_of(&house.upload(&jpeg(500, 400, &[]), &[]));
    house.publish(std::slice::from_ref(&id));
    // New words: all sizes are forgotten.
    house.desk(
        "PUT",
        &format!("/api/v1/desk/assets/{id}"),
        &json!({ "caption": "New" }),
    );
    let address = house.set(&id).src;
    let bodies: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..8).map(|_| scope.spawn(|| house.get(&address))).collect();
        asked
            .into_iter()
            .map(|answer| answer.join().unwrap().body)
            .collect()
    });
    assert!(bodies[0].len() > 500 && bodies.iter().all(|body| *body == bodies[0]));
    assert!(!house.get(&address).header("etag").is_empty(), "it is kept");
}

fn the_original_stays_as_it_came() {
    let house = House::open();
    let original = jpeg(500, 400, &[(1, exif(6)), (13, b"Photoshop 3.0\x008BIM".to_vec())]);
    id_of(&house.upload(&original, &[]));
    let kept = house
        .app
        .config
        .data()
        .join("blobs")
        .join(blake3::hash(&original).to_hex().as_str());
    assert_eq!(std::fs::read(kept).unwrap(), original);
}

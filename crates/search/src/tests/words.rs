//! What is found by what, and how it is shown.

use super::*;

/// Language, what the story says, what finds it, what does not.
const CASES: [(&str, &str, &[&str], &[&str]); 12] = [
    (
        "en",
        "Bridges were flooded in the valleys",
        &["bridge", "flooding", "valley"],
        &["ridge", "volley"],
    ),
    (
        "ru",
        "Затоплены мосты, ещё поднимается вода",
        &["мост", "мостам", "еще", "воды"],
        &["масть"],
    ),
    ("ar", "غمرت الفيضانات الجسور", &["فيضانات", "الجسور"], &["مطر"]),
    (
        "de",
        "Die Brücken stehen unter Wasser",
        &["Brücke", "wasser"],
        &["lücke"],
    ),
    (
        "fr",
        "Les élections régionales sont reportées",
        &["élection", "regionales", "reporter"],
        &["sélection"],
    ),
    (
        "es",
        "Las inundaciones cortan carreteras",
        &["inundación", "carretera"],
        &["carrera"],
    ),
    (
        "zh",
        "北京市今天发布洪水预警",
        &["北京", "洪水预警", "今天发布"],
        &["上海", "水洪"],
    ),
    (
        "ja",
        "東京都で人々が避難した",
        &["東京", "京都", "人々", "避難"],
        &["大阪"],
    ),
    (
        "ko",
        "서울시 의회가 예산을 통과시켰다",
        &["의회", "예산", "서울"],
        &["부산"],
    ),
    ("fi", "Sillat ovat veden alla", &["silta", "sillat"], &["tuli"]),
    (
        "tr",
        "Köprüler sular altında kaldı",
        &["köprü", "sular"],
        &["yangın"],
    ),
    ("eo", "La pontoj estas sub akvo", &["pontoj", "akvo"], &["fajro"]),
];

#[test]
fn words_are_found_in_each_language_in_its_own_way() {
    check(async |room| {
        for (language, text, ..) in CASES {
            room.publish(draft(language, &format!("Headline {language}"), text))
                .await;
        }
        let (index, _follower) = room.follow().await;
        for (language, _, found, not) in CASES {
            let expect = format!("Headline {language}");
            for q in found {
                let mut query = asked(q);
                query.edition = Some(language.to_owned());
                let results = room.ask(&index, query).await.unwrap();
                assert_eq!(headlines(&results), [expect.as_str()], "{language}: {q}");
                let marked = results.items[0].excerpt.iter().any(|(_, hit)| *hit);
                assert!(marked, "{language}: {q}: {:?}", results.items[0].excerpt);
            }
            for q in not {
                assert!(!room.find(&index, q).await.contains(&expect), "{language}: {q}");
            }
        }
    });
}

#[test]
fn a_story_in_another_language_than_its_edition_is_found_there() {
    check(async |room| {
        let mut foreign = draft("en", "Гостья", "Мосты затоплены");
        foreign.language = "ru".to_owned();
        room.publish(foreign).await;
        let (index, _follower) = room.follow().await;
        let mut query = asked("мост");
        query.edition = Some("en".to_owned());
        assert_eq!(headlines(&room.ask(&index, query).await.unwrap()), ["Гостья"]);
    });
}

#[test]
fn phrases_exclusions_and_filters_narrow() {
    check(async |room| {
        room.publish(draft("en", "River", "The river flood reached the port."))
            .await;
        room.scratch.clock.advance(At::DAY);
        let mut sport = draft("en", "Regatta", "No flood on the river today, said the port.");
        sport.section = Slug::parse("sport").unwrap();
        room.publish(sport).await;
        room.scratch.clock.advance(At::DAY);
        room.publish(draft("ru", "Другая", "river flood port")).await;
        let (index, _follower) = room.follow().await;
        let day = |days: i64| Some(MORNING.plus(days * At::DAY).rfc3339());
        let sorted = |q: &str| SearchQuery {
            sort: Some("date".into()),
            ..asked(q)
        };
        let in_english = |q: &str| SearchQuery {
            edition: Some("en".into()),
            ..sorted(q)
        };
        let cases = [
            (sorted("river flood"), vec!["Другая", "Regatta", "River"]),
            (sorted("\"river flood\""), vec!["Другая", "River"]),
            (sorted("flood -today"), vec!["Другая", "River"]),
            (sorted("flood -\"river flood\""), vec!["Regatta"]),
            (in_english("flood"), vec!["Regatta", "River"]),
            (
                SearchQuery {
                    section: Some("sport".into()),
                    ..in_english("flood")
                },
                vec!["Regatta"],
            ),
            (
                SearchQuery {
                    from: day(1),
                    ..sorted("flood")
                },
                vec!["Другая", "Regatta"],
            ),
            (
                SearchQuery {
                    to: day(1),
                    ..sorted("flood")
                },
                vec!["River"],
            ),
            (
                SearchQuery {
                    from: day(1),
                    to: day(2),
                    ..sorted("flood")
                },
                vec!["Regatta"],
            ),
            (sorted("flood desert"), vec![]),
        ];
        for (query, expect) in cases {
            let found = headlines(&room.ask(&index, query.clone()).await.unwrap());
            assert_eq!(found, expect, "{query:?}");
        }
    });
}

#[test]
fn pages_of_results_hold_each_story_once() {
    check(async |room| {
        for number in 0..23 {
            room.publish(draft("en", &format!("Flood {number}"), "water"))
                .await;
        }
        let (index, _follower) = room.follow().await;
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let query = SearchQuery {
                cursor: cursor.clone(),
                limit: Some(10),
                ..asked("flood")
            };
            let page = room.ask(&index, query).await.unwrap();
            assert_eq!(page.total, 23);
            seen.extend(headlines(&page));
            match page.next {
                Some(next) => cursor = Some(next.to_string()),
                None => break,
            }
        }
        let all: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), all.len()), (23, 23));
    });
}

#[test]
fn marks_stand_around_whole_words_and_nothing_else() {
    check(async |room| {
        room.publish(draft("zh", "预警", "北京市今天发布洪水预警")).await;
        room.publish(draft(
            "en",
            "Script",
            "before &lt;script&gt;flood&lt;/script&gt; after",
        ))
        .await;
        let (index, _follower) = room.follow().await;
        let excerpt = |results: &Results| results.items[0].excerpt.clone();
        let chinese = excerpt(&room.ask(&index, asked("洪水预警")).await.unwrap());
        let hits: Vec<&str> = chinese
            .iter()
            .filter(|piece| piece.1)
            .map(|piece| piece.0.as_str())
            .collect();
        assert_eq!(hits, ["洪水预警"], "pairs that overlap are one mark: {chinese:?}");
        let script = excerpt(&room.ask(&index, asked("flood")).await.unwrap());
        let text: String = script.iter().map(|piece| piece.0.as_str()).collect();
        assert!(
            text.contains("<script>flood</script>"),
            "a text as it is; whoever shows it escapes it: {text}"
        );
        assert!(script.contains(&("flood".to_owned(), true)), "{script:?}");
    });
}

#[test]
fn hostile_queries_are_answered_at_once() {
    let hostile = [
        "x".repeat(10_000),
        "\"".repeat(200),
        "\"never closed".to_owned(),
        "- - - -".to_owned(),
        "-".repeat(200),
        "\u{0}\u{1}\u{1b}[31m\u{7f}".to_owned(),
        "* ? ~ ^ [a TO z] {x} title:secret AND OR NOT ()".to_owned(),
        "a*b?c* *".to_owned(),
        "\u{202e}desrever\u{200d}\u{feff}".to_owned(),
        "東".repeat(200),
        "a b c d e f g h i j k l m n o p q r s t u v w x y z".to_owned(),
        "\"a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h\"".to_owned(),
        "𝕱𝖑𝖔𝖔𝖉 ﷽ ẞ ŉ ǰ".to_owned(),
        "%' OR 1=1; --".to_owned(),
    ];
    check(async |room| {
        for language in LANGUAGES {
            room.publish(draft(language, "Flood", "a b c d e 東東東 water"))
                .await;
        }
        let (index, _follower) = room.follow().await;
        for q in hostile.clone() {
            let started = Instant::now();
            let status = match room.ask(&index, asked(&q)).await {
                Ok(_) => 200,
                Err(error) => error.status(),
            };
            let shown: String = q.chars().take(30).collect();
            assert!(status == 200 || (400..500).contains(&status), "{shown}: {status}");
            assert!(
                started.elapsed() < Duration::from_secs(2),
                "{shown}: {:?}",
                started.elapsed()
            );
        }
        let wrong = [
            SearchQuery {
                cursor: Some("-1".into()),
                ..asked("x")
            },
            SearchQuery {
                cursor: Some("99999999999999999999999".into()),
                ..asked("x")
            },
            SearchQuery {
                from: Some("yesterday".into()),
                ..asked("x")
            },
            SearchQuery {
                edition: Some("../..".into()),
                ..asked("x")
            },
            SearchQuery {
                edition: Some("zz".into()),
                ..asked("x")
            },
            SearchQuery {
                section: Some("A B".into()),
                ..asked("x")
            },
        ];
        for query in wrong {
            let Err(error) = room.ask(&index, query.clone()).await else {
                panic!("{query:?}")
            };
            assert!((400..500).contains(&error.status()), "{query:?}: {error:?}");
        }
        let deep = SearchQuery {
            cursor: Some("4000000000".into()),
            ..asked("flood")
        };
        let deep = room.ask(&index, deep).await.unwrap();
        assert_eq!((deep.items.len(), deep.next), (0, None));
    });
}

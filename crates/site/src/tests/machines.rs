//! What programs read: link cards, structured data, alternates, sitemaps, feeds, robots, and the search form.

use super::*;
use crate::card_picture;
use crate::search_page::{self, Asked};
use std::collections::BTreeSet;
use stories::Original;

/// What stands between two marks, each time.
fn all_between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from)
        .skip(1)
        .filter_map(|rest| rest.split(to).next())
        .collect()
}

#[test]
fn a_link_card_is_drawn_in_every_script() {
    let headlines = [
        (
            "en",
            "River at Kolvane passes its flood mark as the upper valley empties",
        ),
        ("en", "Река в Колване поднялась выше отметки паводка"),
        ("ar", "نهر كولفان يتجاوز علامة الفيضان مع إخلاء الوادي"),
        ("en", "科尔瓦讷河水位超过警戒线，上游山谷居民全部撤离，桥梁关闭"),
        (
            "en",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsänderungsantrag",
        ),
        (
            "en",
            "An awfully long headline that goes on and on, past what any card can hold, and then goes on a little more, because some \
                writers do not stop, not even here, where the fourth line has long ended and the fifth would begin, if there were one at all",
        ),
        ("en", "<b>&amp; \"x\"</b>"),
    ];
    let keep = std::env::var("CARDS").ok();
    check(async |room| {
        let mut sizes = BTreeSet::new();
        for (number, (edition, headline)) in headlines.into_iter().enumerate() {
            let mut draft = draft(edition, headline);
            draft.byline = if number == 5 {
                "A name that is long enough to run into the date ".repeat(4)
            } else {
                "Ann Ellin".into()
            };
            let id = room.publish(draft).await;
            let page = card_picture::card(&room.house, format!("{id}-1.png"))
                .await
                .unwrap();
            assert_eq!(&page.body[..8], b"\x89PNG\r\n\x1a\n", "{headline}");
            let number_at = |at: usize| u32::from_be_bytes(page.body[at..at + 4].try_into().unwrap());
            assert_eq!((number_at(16), number_at(20)), (1200, 630));
            sizes.insert(page.body.len());
            if let Some(folder) = &keep {
                std::fs::write(format!("{folder}/card-{number}.png"), &page.body).unwrap();
            }
        }
        assert_eq!(sizes.len(), headlines.len(), "each is another picture");
        let id = room.publish(draft("en", "x")).await;
        for file in [
            format!("{id}-2.png"),
            format!("{id}-0.png"),
            format!("{id}.png"),
            "x-1.png".into(),
            format!("{id}-1.jpg"),
        ] {
            assert!(
                card_picture::card(&room.house, file.clone()).await.is_err(),
                "{file}"
            );
        }
    });
}

#[test]
fn alternates_are_mutual_and_agree_on_the_default() {
    check(async |room| {
        let mut ids = Vec::new();
        for (code, _) in EDITIONS.into_iter().rev() {
            let mut draft = draft(code, &format!("In {code}"));
            draft.translations = Some("g".into());
            ids.push(room.publish(draft).await);
        }
        let mut sets = BTreeSet::new();
        for id in &ids {
            let html = room.story(id).await;
            let links = all_between(&html, "<link rel=\"alternate\" hreflang=\"", "\">");
            let own = format!("https://ledger.example{}", room.path(id).await);
            assert!(links.iter().any(|link| link.ends_with(&own)), "each names itself");
            assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{own}\">")));
            sets.insert(links.into_iter().map(str::to_owned).collect::<BTreeSet<_>>());
        }
        assert_eq!(sets.len(), 1, "all pages of the group say the same: {sets:#?}");
        let set = sets.pop_first().unwrap();
        assert_eq!(set.len(), 4, "{set:?}");
        let default = format!(
            "x-default\" href=\"https://ledger.example{}",
            room.path(&ids[2]).await
        );
        assert!(set.contains(&default), "the first edition's: {set:?}");
        for target in [
            Target::Front("ar", false),
            Target::Newsfeed("ar", 1, false),
            Target::Corrections("ar", 1),
        ] {
            let html = room.text(&target).await;
            assert_eq!(
                all_between(&html, "<link rel=\"alternate\" hreflang=\"", "\">").len(),
                4,
                "{target:?}"
            );
        }
    });
}

#[test]
fn a_story_tells_machines_what_it_is() {
    check(async |room| {
        let original = room.publish(draft("en", "Flood")).await;
        let mut story = draft("ar", "فيضان");
        story.authors = vec![Slug::parse("ann-ellin").unwrap()];
        story.topics = vec![Slug::parse("ice").unwrap()];
        story.dateline = "KOLVANE".into();
        story.standfirst = "About it.".into();
        story.translations = Some("g".into());
        story.original = Some(Original {
            story: original.clone(),
            version: 1,
        });
        let id = room.publish(story).await;
        let read = original.clone();
        room.act(move |tx| {
            let story = Story::by_id(tx, &read)?;
            let mut draft = story.draft.clone();
            draft.translations = Some("g".into());
            let version = story.version;
            story.save(tx, draft, version, None, Why::Saved)?;
            stories::publish(tx, &read, &Timing::default())
        })
        .await
        .unwrap();
        room.act({
            let id = id.clone();
            move |tx| {
                let story = Story::by_id(tx, &id)?;
                let draft = story.draft.clone();
                let (kind, note) = (lexicon::CorrectionKind::Correction, "Wrong number.".to_owned());
                stories::correct(tx, story, draft, stories::Correction { kind, note, by: None })
            }
        })
        .await
        .unwrap();
        let html = room.story(&id).await;
        let json = all_between(&html, "<script type=\"application/ld+json\">", "</script>")[0];
        let documents: serde_json::Value = serde_json::from_str(json).unwrap();
        let article = &documents[0];
        let wanted = [
            "headline",
            "image",
            "datePublished",
            "dateModified",
            "author",
            "publisher",
            "articleSection",
            "keywords",
            "isAccessibleForFree",
            "dateline",
            "correction",
            "inLanguage",
            "translationOfWork",
            "description",
            "mainEntityOfPage",
        ];
        for key in wanted {
            assert!(!article[key].is_null(), "{key} is missing: {article:#}");
        }
        assert_eq!(article["@type"], "NewsArticle");
        assert_eq!(article["author"][0]["name"], "Ann Ellin");
        assert_eq!(
            article["author"][0]["url"],
            "https://ledger.example/ar/authors/ann-ellin"
        );
        let social = [
            "og:title",
            "og:type",
            "og:image",
            "og:image:width",
            "og:image:height",
            "og:image:alt",
            "og:url",
            "og:site_name",
            "og:locale",
            "article:published_time",
            "article:modified_time",
            "article:author",
            "article:section",
            "article:tag",
        ];
        for property in social {
            assert!(
                html.contains(&format!("<meta property=\"{property}\" content=\"")),
                "{property}"
            );
        }
        assert!(html.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"));
        assert!(html.contains("max-image-preview:large"));
        for (media_type, file) in [
            ("rss+xml", "feed.rss"),
            ("atom+xml", "feed.atom"),
            ("feed+json", "feed.json"),
        ] {
            assert!(
                html.contains(&format!("type=\"application/{media_type}\""))
                    && html.contains(&format!("/ar/{file}")),
                "{file}"
            );
        }
    });
}

#[test]
fn sitemaps_name_every_story_once_and_news_for_two_days() {
    check(async |room| {
        let old = room.publish(draft("en", "Old")).await;
        room.scratch.clock.advance(2 * At::DAY - 2 * At::MINUTE);
        let fresh = room.publish(draft("en", "Fresh")).await;
        let index = room.text(&Target::Sitemap).await;
        let parts = all_between(&index, "/sitemaps/", "</loc>");
        let mut urls = Vec::new();
        for part in parts {
            let file = part.strip_prefix("en/").unwrap().to_owned();
            let text = room.text(&Target::Part("en", file)).await;
            urls.extend(
                all_between(&text, "<loc>", "</loc>")
                    .into_iter()
                    .map(str::to_owned),
            );
        }
        urls.sort();
        let mut expect = vec![room.path(&old).await, room.path(&fresh).await]
            .into_iter()
            .map(|path| format!("https://ledger.example{path}"))
            .collect::<Vec<_>>();
        expect.sort();
        assert_eq!(urls, expect);
        let page = Target::News.render(room).await.unwrap();
        let news = String::from_utf8_lossy(&page.body).into_owned();
        assert!(
            news.contains("Old")
                && news.contains("Fresh")
                && news.contains("<news:publication_date>")
                && news.contains("<news:language>en<")
        );
        let leaves_at = page.expires_at.unwrap();
        room.scratch
            .clock
            .advance(leaves_at.0 - room.scratch.clock.now().0);
        let news = room.text(&Target::News).await;
        assert!(
            !news.contains("Old") && news.contains("Fresh"),
            "it leaves at its moment, and not before"
        );
        for file in [
            "x.xml",
            "1_0.xml",
            "1_x.xml",
            "99999999.xml",
            "1.txt",
            "1_99999999999.xml",
        ] {
            assert!(
                Target::Part("en", file.into()).render(room).await.is_err(),
                "{file}"
            );
        }
    });
}

#[test]
fn feeds_go_back_to_the_first_story_page_by_page() {
    check(async |room| {
        for number in 0..65 {
            room.publish(draft("en", &format!("Story number {number}.")))
                .await;
        }
        for file in ["feed.rss", "feed.atom", "feed.json"] {
            let mut seen = BTreeSet::new();
            for page in 1..=3 {
                let text = room.text(&Target::Feed("en", file, page)).await;
                let own = if page == 1 {
                    format!("/en/{file}")
                } else {
                    format!("/en/{file}?page={page}")
                };
                assert!(
                    text.contains(&format!("https://ledger.example{own}")),
                    "{file} {page}: its own address"
                );
                let next = format!("/en/{file}?page={}", page + 1);
                assert_eq!(text.contains(&next), page < 3, "{file} {page}: the next page");
                let found = (0..65).filter(|number| text.contains(&format!("Story number {number}.")));
                for number in found {
                    assert!(seen.insert(number), "{file}: {number} twice");
                }
            }
            assert_eq!(seen.len(), 65, "{file}");
            for page in [0, 4, usize::MAX] {
                assert!(
                    Target::Feed("en", file, page).render(room).await.is_err(),
                    "{file}: no page {page}"
                );
            }
        }
    });
}

#[test]
fn robots_may_read_the_site_and_know_its_sitemaps() {
    check(async |room| {
        let page = machine::robots(&room.house).await.unwrap();
        let text = String::from_utf8_lossy(&page.body).into_owned();
        for line in [
            "User-agent: *",
            "Disallow: /desk/",
            "Disallow: /me/",
            "Sitemap: https://ledger.example/sitemap.xml",
            "Sitemap: https://ledger.example/sitemap-news.xml",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}");
        }
    });
}

#[test]
fn the_search_page_marks_words_and_escapes_the_rest() {
    check(async |room| {
        let mut story = draft("en", "Script");
        story.body =
            markup::from_html("<p>before &lt;img src=x onerror=alert(1)&gt; flood &amp; after</p>").0;
        room.publish(story).await;
        let (app, index) = (room.house.app.clone(), room.house.index.clone());
        let task = tokio::spawn(search::follow(app.clone(), app.hub.clone(), index));
        let mut html = String::new();
        for _ in 0..400 {
            let asked = Asked {
                q: "flood".into(),
                ..Asked::default()
            };
            let page = search_page::search(&room.house, "en".into(), asked, false)
                .await
                .unwrap();
            html = String::from_utf8_lossy(&page.body).into_owned();
            if html.contains("<mark>flood</mark>") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        task.abort();
        assert!(html.contains("<mark>flood</mark>"), "the subject exists");
        assert!(
            html.contains("&lt;img src=x") && !html.contains("<img src=x"),
            "{html}"
        );
        for q in [
            "\"",
            "<script>alert(1)</script>",
            "-",
            "\u{0}",
            &"x".repeat(10_000),
        ] {
            for lite in [false, true] {
                let asked = Asked {
                    q: q.to_owned(),
                    from: Some("yesterday".into()),
                    ..Asked::default()
                };
                let page = search_page::search(&room.house, "en".into(), asked, lite)
                    .await
                    .unwrap();
                assert!(
                    !String::from_utf8_lossy(&page.body).contains("<script>alert"),
                    "what was asked is shown as text"
                );
            }
        }
    });
}

#[test]
fn a_newsfeed_of_several_pages_loses_nothing() {
    check(async |room| {
        for number in 0..60 {
            room.publish(draft("en", &format!("Story number {number}.")))
                .await;
            room.scratch.clock.advance(At::SECOND);
            let headline = format!("Flash number {number}.");
            let send = move |tx: &mut Tx| {
                newsfeed::Flash::send(tx, &EditionCode::parse("en")?, Level::Flash, &headline, None)
            };
            room.act(send).await.unwrap();
        }
        let pages = [
            room.text(&Target::Newsfeed("en", 1, false)).await,
            room.text(&Target::Newsfeed("en", 2, false)).await,
        ];
        for number in 0..60 {
            for word in ["Story", "Flash"] {
                let text = format!("{word} number {number}.");
                assert_eq!(
                    pages.iter().filter(|page| page.contains(&text)).count(),
                    1,
                    "{text}"
                );
            }
        }
        assert!(
            pages[1].contains("<link rel=\"canonical\" href=\"https://ledger.example/en/newsfeed?page=2\">")
        );
        assert!(Target::Newsfeed("en", 3, false).render(room).await.is_err());
    });
}

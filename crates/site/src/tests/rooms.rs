//! Rooms on pages: what readers wrote is text, every address stays true, and only what matters drops a page.

use super::*;
use crate::room_page::{self, Part};
use crate::tags;
use ::rooms::author::{Author as Writer, Badge};
use ::rooms::{Message, Posting, Receipt, Room as Chat, message};
use base::{Clock, journal};
use lexicon::Role;

fn writer() -> Writer {
    Writer {
        person: Clock::system().person_id(),
        role: Role::Editor,
        key: base::clock::random_base32(16),
        name: "Ann <b>Waters</b>".to_owned(),
        badge: Badge::Staff,
    }
}

async fn say(room: &Room, story: &StoryId, text: &str) -> Receipt {
    let (story, author) = (story.clone(), writer());
    let posting = Posting {
        text: text.to_owned(),
        ..Posting::default()
    };
    let post = move |tx: &mut Tx| {
        let chat = Chat::of(tx, &story)?;
        Message::post(tx, chat, &author, None, &posting, message::pass)
    };
    room.act(post).await.unwrap()
}

async fn page(room: &Room, story: &StoryId, part: Part) -> Result<Page> {
    let path = room.path(story).await;
    let asked = if part == Part::Held {
        format!("{path}/room/held")
    } else {
        format!("{path}/room")
    };
    room_page::room(&room.house, asked, &parts(&path).1, part).await
}

async fn text(room: &Room, story: &StoryId, part: Part) -> String {
    String::from_utf8(page(room, story, part).await.unwrap().body.to_vec()).unwrap()
}

/// The tags that were dropped since a number, and the number now.
async fn dropped(room: &Room, since: i64) -> (Vec<String>, i64) {
    let read = move |read: &mut base::Read| journal::after(read, &Stream::Public, since, 1_000);
    let records = room.house.app.db.public().read(read).await.unwrap();
    let last = records.last().map_or(since, |record| record.seq);
    let events = records.iter().filter_map(|record| record.event.as_ref());
    (
        events
            .flat_map(tags::touched)
            .map(|tag| tag.as_str().to_owned())
            .collect(),
        last,
    )
}

#[test]
fn what_readers_write_is_text_on_every_page() {
    check(async |room| {
        for edition in ["en", "ar"] {
            let story = room.publish(draft(edition, "River rises")).await;
            say(
                room,
                &story,
                "**bold** <script>alert(1)</script> \" </script> 'x'",
            )
            .await;
            let feature = say(room, &story, "An *answer*").await;
            let id = feature.id.clone();
            room.act(move |tx| Message::feature(tx, &id, true)).await.unwrap();
            let shown = text(room, &story, Part::Newest).await;
            assert!(
                shown.contains("<strong>bold</strong>") && shown.contains("&lt;script&gt;alert(1)"),
                "{shown}"
            );
            assert!(
                !shown.contains("<script>alert") && !shown.contains("<b>Waters"),
                "{shown}"
            );
            assert!(shown.contains("DiscussionForumPosting"));
            let shown = room.story(&story).await;
            assert!(
                shown.contains("An <em>answer</em>") && !shown.contains("<b>Waters"),
                "{shown}"
            );
            let chats = room_page::chats(&room.house, edition.to_owned()).await.unwrap();
            let chats = String::from_utf8(chats.body.to_vec()).unwrap();
            assert!(
                chats.contains("River rises") && chats.contains("An answer") && !chats.contains("<b>Waters")
            );
            assert!(text(room, &story, Part::Held).await.contains("notice"));
        }
    });
}

#[test]
fn an_older_page_keeps_its_address() {
    check(async |room| {
        let story = room.publish(draft("en", "River rises")).await;
        assert!(text(room, &story, Part::Newest).await.contains("data-empty"));
        for number in 1..=150 {
            say(room, &story, &format!("number {number}!")).await;
        }
        let newest = text(room, &story, Part::Newest).await;
        assert!(
            newest.contains("number 150!")
                && newest.contains("number 111!")
                && !newest.contains("number 110!")
        );
        assert!(
            newest.contains("/room?page=3"),
            "the page with the message before the first shown"
        );
        let oldest = text(room, &story, Part::Older(2)).await;
        assert!(
            oldest.contains("number 1!") && oldest.contains("number 64!") && !oldest.contains("number 65!")
        );
        let path = room.path(&story).await;
        let link = oldest
            .split("class=\"message-at\" href=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        assert!(
            link.starts_with(&format!("{path}/room?page=2#message-")),
            "{link}"
        );
        assert_eq!(
            page(room, &story, Part::Older(9)).await.unwrap_err().status(),
            404
        );
    });
}

#[test]
fn a_busy_room_drops_no_page_and_a_removal_does() {
    check(async |room| {
        let story = room.publish(draft("en", "River rises")).await;
        let (_, before) = dropped(room, 0).await;
        let first = say(room, &story, "one").await;
        let (tags, opened) = dropped(room, before).await;
        assert!(
            tags.contains(&format!("story:{story}")),
            "the first message opens the room: {tags:?}"
        );
        for text in ["two", "three"] {
            say(room, &story, text).await;
        }
        assert_eq!(dropped(room, opened).await.0, Vec::<String>::new());
        let kept = page(room, &story, Part::Newest).await.unwrap();
        assert!(
            kept.expires_at
                .is_some_and(|at| at <= room.scratch.clock.now().plus(2 * At::SECOND))
        );
        let id = first.id.clone();
        room.act(move |tx| Message::remove(tx, &id, None, "moderator", "off topic"))
            .await
            .unwrap();
        let (tags, _) = dropped(room, opened).await;
        let own: Vec<String> = kept.tags.iter().map(|tag| tag.as_str().to_owned()).collect();
        assert!(tags.iter().any(|tag| own.contains(tag)), "{tags:?} and {own:?}");
        assert!(!text(room, &story, Part::Newest).await.contains(">one<"));
    });
}

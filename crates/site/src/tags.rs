//! Which stored pages an event makes wrong.
//!
//! `story:{id}`: shows the story, its headline or its card · `list:{edition}/{place}`: shows the newest stories of a list ·
//! `older:{edition}/{place}`: shows stories of a list older than one of its own · `list:everywhere`: looks at all editions ·
//! `front:{edition}`: shows a launched front ·
//! `room:{id}`: shows a story's room · `rooms:{edition}`: lists rooms · `chrome`: shows editions, sections, topics, authors, policy pages.

use base::pages::Tag;
use lexicon::Event;

/// The tags of the pages that a record of the `public` stream touches.
pub fn touched(event: &Event) -> Vec<Tag> {
    match event {
        Event::StoryPublished(touch)
        | Event::StoryUpdated(touch)
        | Event::StoryCorrected(touch)
        | Event::StoryKilled(touch) => {
            let story = |id: &lexicon::StoryId| Tag::new(format!("story:{id}"));
            let list = |place: &String| Tag::new(format!("list:{}/{place}", touch.edition));
            let older = |place: &String| Tag::new(format!("older:{}/{place}", touch.edition));
            let pages = [story(&touch.story), Tag::new("list:everywhere")];
            let forgotten = cfg!(feature = "planted-forgotten-tag");
            pages
                .into_iter()
                .chain(touch.places.iter().map(list))
                .chain(touch.inserted.iter().map(older))
                .chain(touch.relatives.iter().map(story).filter(|_| !forgotten))
                .collect()
        }
        Event::FlashSent { edition } => vec![Tag::new(format!("list:{edition}/"))],
        // Sections have fronts of their own.
        Event::FrontLaunched { edition } => vec![Tag::new(format!("front:{edition}"))],
        // A new edition stands in every edition's switcher.
        Event::EditionChanged { .. } => vec![Tag::new("chrome")],
        Event::RoomChanged {
            story,
            edition,
            story_page,
        } => {
            let room = [
                Tag::new(format!("room:{story}")),
                Tag::new(format!("rooms:{edition}")),
            ];
            let page = story_page.then(|| Tag::new(format!("story:{story}")));
            room.into_iter().chain(page).collect()
        }
        Event::StorySaved { .. } => Vec::new(),
    }
}

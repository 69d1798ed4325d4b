//! Which stored pages an event makes wrong.

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
            let pages = [story(&touch.story), Tag::new("list:everywhere")];
            pages
                .into_iter()
                .chain(touch.places.iter().map(list))
                .chain(touch.relatives.iter().map(story))
                .collect()
        }
        Event::FlashSent { edition } | Event::FrontLaunched { edition } => {
            vec![Tag::new(format!("list:{edition}/"))]
        }
        // A new edition stands in every edition's switcher.
        Event::EditionChanged { .. } => vec![Tag::new("chrome")],
        Event::StorySaved { .. } => Vec::new(),
    }
}

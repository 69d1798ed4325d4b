//! The rooms of an edition, as the "Chats" list shows them.

use crate::message::Message;
use crate::room::Room;
use base::{Read, Result};
use lexicon::{At, EditionCode, RoomState};
use stories::Card;
use stories::public::newest;

/// A room in a list, with its story and its last message.
pub struct Listed {
    pub room: Room,
    pub card: Card,
    pub last: Option<Message>,
}

/// The rooms of an edition: those that take messages, then those of new stories in which nobody has written, then the ended.
pub fn listed(read: &mut Read, edition: &EditionCode, now: At, limit: usize) -> Result<Vec<Listed>> {
    let mut rooms = Vec::new();
    for state in [RoomState::Open, RoomState::Premoderated, RoomState::ReadOnly] {
        rooms.extend(Room::listed(read, edition, state, limit)?);
    }
    rooms.sort_by_key(|room| std::cmp::Reverse((room.is_live(now), room.last_at)));
    let live = rooms.iter().take_while(|room| room.is_live(now)).count();
    let mut quiet = Vec::new();
    if live < limit {
        let known = |card: &Card, rooms: &[Room]| rooms.iter().any(|room| room.story == card.id);
        for card in Card::listed(read, edition, "", newest(), limit)? {
            if !known(&card, &rooms) && Room::unopened(&card).is_live(now) {
                let room = Room::of(read, &card.id)?;
                quiet.extend(room.is_live(now).then_some(room));
            }
        }
    }
    let ended = rooms.split_off(live);
    rooms.extend(quiet);
    rooms.extend(ended);
    rooms.extend(Room::listed(read, edition, RoomState::Closed, limit)?);
    rooms.truncate(limit);
    rooms
        .into_iter()
        .filter_map(|room| with_story(read, room).transpose())
        .collect()
}

fn with_story(read: &mut Read, room: Room) -> Result<Option<Listed>> {
    let Some(card) = Card::by_id(read, &room.story)? else {
        return Ok(None);
    };
    let last = match room.messages {
        0 => None,
        _ => Message::before(read, &room.story, i64::MAX, 5)?
            .into_iter()
            .find(|message| message.removed.is_empty()),
    };
    Ok(Some(Listed { room, card, last }))
}

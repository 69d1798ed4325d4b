//! The API of rooms: reading, writing, reacting, reporting, and what the newsroom sets. Routes first, handlers in `web/`.

mod desk;
mod here;
pub mod moderation;
mod read;
mod redress;
mod ruling;
mod write;

use crate::Rooms;
use base::web::{Access, RateClass, Route, bind};
use base::{Error, Result};
use lexicon::{MessageId, StoryId};

pub fn routes(rooms: &Rooms) -> Vec<Route> {
    let routes = [
        reading(),
        writing(),
        being_here(),
        redress::routes(),
        moderation::routes(),
        newsroom(),
    ];
    bind(rooms, routes.into_iter().flatten().collect())
}

fn reading() -> Vec<Route<Rooms>> {
    vec![
        Route::get("/api/v1/rooms", read::list_rooms)
            .public(2)
            .query::<read::ListQuery>()
            .about("An edition's rooms: those that take messages first, the last active on top."),
        Route::get("/api/v1/rooms/{story}", read::read_room)
            .public(1)
            .about("A story's room: state, how many messages, who is here."),
        Route::get("/api/v1/rooms/{story}/messages", read::list_messages)
            .public(1)
            .query::<read::MessagesQuery>()
            .about("A room's messages, newest first, with the position to follow it from."),
        Route::get("/api/v1/rooms/{story}/messages/{id}", read::read_message)
            .public(1)
            .about("One message."),
        Route::get("/api/v1/rooms/{story}/feed.json", read::feed)
            .public(10)
            .about("A room's newest messages as a JSON Feed."),
    ]
}

fn writing() -> Vec<Route<Rooms>> {
    let message = "/api/v1/rooms/{story}/messages/{id}";
    let reader = Access::Reader;
    vec![
        Route::post("/api/v1/rooms/{story}/messages", write::post_message)
            .private(reader)
            .body::<write::NewMessage>()
            .about("Posts a message: 201 with id and seq, 202 when it waits for a moderator."),
        Route::patch(message, write::edit_message)
            .private(reader)
            .body::<write::NewText>()
            .about("Changes a message of one's own within 30 seconds."),
        Route::delete(message, write::remove_message)
            .private(reader)
            .about("Takes a message of one's own out."),
        Route::post(
            "/api/v1/rooms/{story}/messages/{id}/reactions",
            write::add_reaction,
        )
        .private(reader)
        .body::<write::NewReaction>()
        .about("Reacts to a message."),
        Route::delete(
            "/api/v1/rooms/{story}/messages/{id}/reactions/{kind}",
            write::drop_reaction,
        )
        .private(reader)
        .about("Takes a reaction back."),
        Route::post(
            "/api/v1/rooms/{story}/messages/{id}/reports",
            write::report_message,
        )
        .private(reader)
        .body::<write::NewReport>()
        .about("Asks the moderators to look at a message."),
        Route::post(
            "/{edition}/{section}/{year}/{month}/{day}/{story}/room",
            write::post_form,
        )
        .private(reader)
        .body_of("application/x-www-form-urlencoded")
        .about("Posts a message by the form of the room's page, without script."),
    ]
}

fn being_here() -> Vec<Route<Rooms>> {
    vec![
        Route::get("/api/v1/rooms/seen", here::list_seen)
            .private(Access::Reader)
            .about("How far one has read in each room."),
        Route::post("/api/v1/rooms/{story}/seen", here::mark_seen)
            .private(Access::Reader)
            .body::<here::Seen>()
            .about("Notes how far one has read in a room."),
        Route::get("/api/v1/rooms/{story}/own", here::show_own)
            .private(Access::Public)
            .about("One's own reactions and waiting messages in a room."),
        Route::post("/api/v1/rooms/unseen", here::count_unseen)
            .private(Access::Public)
            .rate(RateClass::Read)
            .body::<here::Marks>()
            .about(
                "How many messages stand after a number, for several rooms at once; 100 for that and more.",
            ),
        Route::post("/api/v1/rooms/{story}/presence", here::be_here)
            .private(Access::Public)
            .rate(RateClass::Read)
            .body::<here::Here>()
            .about("Says that a browser has the room open; answers how many have, and who types."),
    ]
}

fn newsroom() -> Vec<Route<Rooms>> {
    let room = "/api/v1/desk/rooms/{story}";
    vec![
        Route::get(room, desk::show_desk_room)
            .private(Access::DESK)
            .about("A room and its settings."),
        Route::patch(room, desk::set_room)
            .private(Access::DESK)
            .body::<desk::NewSettings>()
            .about("Sets a room: state, slow mode, members only, reason, end."),
        Route::put("/api/v1/desk/rooms/{story}/pin", desk::pin_message)
            .private(Access::DESK)
            .body::<desk::Pinned>()
            .about("Pins a message on top of its room, or none."),
        Route::post(
            "/api/v1/desk/rooms/{story}/messages/{id}/feature",
            desk::feature_message,
        )
        .private(Access::DESK)
        .about("Lets an answer stand in the story."),
        Route::delete(
            "/api/v1/desk/rooms/{story}/messages/{id}/feature",
            desk::unfeature_message,
        )
        .private(Access::DESK)
        .about("Takes an answer off the story."),
        Route::delete("/api/v1/desk/rooms/{story}/messages/{id}", desk::take_out_message)
            .private(Access::DESK)
            .body_limit(base::web::limits::BODY_BYTES)
            .body::<desk::Removal>()
            .about("Takes a message out, for a reason."),
    ]
}

/// An id that is none is an address where nothing is.
pub(crate) fn story_id(text: &str) -> Result<StoryId> {
    StoryId::parse(text).map_err(|_| Error::not_found("stories.not_found"))
}

pub(crate) fn message_id(text: &str) -> Result<MessageId> {
    MessageId::parse(text).map_err(|_| Error::not_found("rooms.no_message"))
}

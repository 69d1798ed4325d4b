//! The addresses of the desk. Routes first; the handlers stand in `web/` in that order.

mod admin;
mod live;
mod queue;
mod room_rules;
mod rooms;
mod standing;
mod story;
mod versions;
mod visit;

pub use live::Bell;
pub use visit::Visit;

use crate::frame::Desk;
use ::rooms::MODERATORS;
use base::web::{Access, Route, bind};

const FORM: &str = "application/x-www-form-urlencoded";

/// All pages of the desk, with what they are made of.
pub fn routes(desk: &Desk) -> Vec<Route> {
    let routes = [frame(), pages(), owners(), moderation()];
    bind(desk, routes.into_iter().flatten().collect())
}

fn frame() -> Vec<Route<Desk>> {
    vec![
        Route::get("/desk/static/{hash}/{file}", standing::show_desk_file)
            .asset()
            .about("A file of the desk's pages."),
        Route::post("/desk/look", standing::set_look)
            .private(Access::DESK)
            .body_of(FORM)
            .about("Keeps how this browser wishes the desk to look."),
        Route::get("/desk/live", live::follow_desk)
            .private(Access::DESK)
            .answers_with(200, "text/event-stream")
            .about("Tells what changes at the desk, as server-sent events."),
    ]
}

fn pages() -> Vec<Route<Desk>> {
    vec![
        Route::get("/desk/", queue::show_queue)
            .private(Access::DESK)
            .query::<queue::Asked>()
            .answers_with(200, "text/html")
            .about("The queue: stories by due time."),
        Route::get("/desk/write", story::show_write)
            .private(Access::WRITERS)
            .answers_with(200, "text/html")
            .about("Where a story is begun."),
        Route::post("/desk/write", story::begin_story)
            .private(Access::WRITERS)
            .body_of(FORM)
            .about("Begins a story and leads to it."),
        Route::get("/desk/stories/{id}", story::show_story_at_desk)
            .private(Access::DESK)
            .answers_with(200, "text/html")
            .about("A story with everything that is done with it."),
        Route::get("/desk/stories/{id}/versions", versions::compare_versions)
            .private(Access::DESK)
            .query::<versions::Asked>()
            .answers_with(200, "text/html")
            .about("The versions of a story, and what changed between two."),
        Route::post("/desk/stories/{id}/versions", versions::bring_back)
            .private(Access::WRITERS)
            .body_of(FORM)
            .about("Brings an older version back as a new one."),
    ]
}

fn owners() -> Vec<Route<Desk>> {
    let owner = Access::OWNER;
    vec![
        Route::get("/desk/people", admin::show_desk_people)
            .private(owner)
            .answers_with(200, "text/html")
            .about("Everybody with an account, and the invitation of others."),
        Route::post("/desk/people", admin::invite_by_form)
            .private(owner)
            .body_of(FORM)
            .about("Adds a person and shows the link with which they choose a password."),
        Route::post("/desk/people/{id}/invitation", admin::invite_again)
            .private(owner)
            .body_of(FORM)
            .about("Shows a new invitation link."),
        Route::post("/desk/people/{id}/role", admin::change_role)
            .private(owner)
            .body_of(FORM)
            .about("Gives a person another role."),
        Route::post("/desk/people/{id}/ending", admin::end_account)
            .private(owner)
            .body_of(FORM)
            .about("Ends an account."),
        Route::get("/desk/house", admin::show_house)
            .private(owner)
            .answers_with(200, "text/html")
            .about("Editions and their sections."),
        Route::post("/desk/house/editions", admin::add_edition)
            .private(owner)
            .body_of(FORM)
            .about("Adds an edition."),
        Route::post("/desk/house/sections", admin::add_section)
            .private(owner)
            .body_of(FORM)
            .about("Adds a section to an edition."),
    ]
}

fn moderation() -> Vec<Route<Desk>> {
    let page = |route: Route<Desk>| route.answers_with(200, "text/html");
    vec![
        page(Route::get("/desk/rooms", rooms::show_rooms).private(MODERATORS))
            .query::<rooms::Asked>()
            .about("The moderators' queue over all rooms."),
        page(Route::get("/desk/rooms/messages/{id}", rooms::show_room_message).private(MODERATORS))
            .about("A message of a room with what a decision needs."),
        Route::post("/desk/rooms/decisions", rooms::decide_in_rooms)
            .private(MODERATORS)
            .body_of(FORM)
            .about("Decides on a message or a person, by a form."),
        Route::post("/desk/rooms/undoings", rooms::undo_in_rooms)
            .private(MODERATORS)
            .body_of(FORM)
            .about("Takes an act back, by a form."),
        page(Route::get("/desk/rooms/decisions", rooms::show_room_decisions).private(MODERATORS))
            .query::<rooms::From>()
            .about("What was decided in rooms, newest first."),
        page(Route::get("/desk/rooms/people/{id}", rooms::show_room_person).private(MODERATORS))
            .about("A person of the rooms with their history."),
        page(Route::get("/desk/rooms/notices", rooms::show_room_notices).private(MODERATORS))
            .about("Notices of illegal content and appeals that wait."),
        Route::post("/desk/rooms/answers", rooms::answer_in_rooms)
            .private(MODERATORS)
            .body_of(FORM)
            .about("Answers a notice or an appeal."),
        Route::post("/desk/rooms/shift-notes", rooms::leave_shift_note)
            .private(MODERATORS)
            .body_of(FORM)
            .about("Leaves a line for the next shift, by a form."),
        page(Route::get("/desk/rooms/rules", room_rules::show_room_rules).private(MODERATORS))
            .query::<room_rules::Asked>()
            .about("The rules of rooms."),
        Route::post("/desk/rooms/rules", room_rules::change_room_rules)
            .private(MODERATORS)
            .body_of(FORM)
            .about("Tries rules on last month's messages, or switches them on."),
    ]
}

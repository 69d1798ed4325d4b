//! The addresses of this crate. Routes first; the handlers stand in `web/` in that order.

mod account;
mod answer;
mod asking;
mod desk;
mod leaving;
mod links;
mod passkeys;
mod qr;
mod settings;
mod sign_in;
mod whoami;

use crate::page::Pages;
use crate::people::People;
use base::web::{Access, RateClass, Route, bind};
use std::sync::Arc;

/// What handlers stand on.
#[derive(Clone)]
pub(crate) struct Office {
    people: Arc<People>,
    pages: Arc<dyn Pages>,
}

/// The routes of signing in, of one's own account, and of the people of the newsroom.
pub fn routes<T: Pages>(people: &Arc<People>, pages: Arc<T>) -> Vec<Route> {
    let office = Office {
        people: people.clone(),
        pages,
    };
    let routes = [
        by_link(),
        signing_in(),
        own_account(),
        readers(),
        settings(),
        passkeys(),
        newsroom(),
    ];
    bind(&office, routes.into_iter().flatten().collect())
}

fn by_link() -> Vec<Route<Office>> {
    let secret = Access::SecretLink;
    let guessed = RateClass::SignIn;
    vec![
        Route::get("/setup", links::show_setup)
            .private(secret)
            .rate(guessed)
            .about("The page that makes the owner, by its link."),
        Route::post("/setup", links::make_owner)
            .private(secret)
            .rate(guessed)
            .body_of(FORM)
            .about("Makes the owner, once."),
        Route::get("/invitation", links::show_invitation)
            .private(secret)
            .rate(guessed)
            .about("The page where an invitation is taken up."),
        Route::post("/invitation", links::accept_invitation)
            .private(secret)
            .rate(guessed)
            .body_of(FORM)
            .about("Takes an invitation up."),
        Route::get("/reset", links::show_reset)
            .private(secret)
            .rate(guessed)
            .about("The page where a lost password is replaced, by its link."),
        Route::post("/reset", links::reset_password)
            .private(secret)
            .rate(guessed)
            .body_of(FORM)
            .about("Replaces a lost password."),
    ]
}

fn signing_in() -> Vec<Route<Office>> {
    let (everybody, guessed) = (Access::Public, RateClass::SignIn);
    vec![
        Route::get("/sign-in", sign_in::show_sign_in)
            .private(everybody)
            .about("The form that asks for address and password."),
        Route::post("/sign-in", sign_in::sign_in)
            .private(everybody)
            .rate(guessed)
            .body_of(FORM)
            .about("Checks address and password; staff go on to the code."),
        Route::get("/sign-in/code", sign_in::show_code)
            .private(everybody)
            .about("The form that asks for the code, or sets the second factor up."),
        Route::post("/sign-in/code", sign_in::check_code)
            .private(everybody)
            .rate(guessed)
            .body_of(FORM)
            .about("Checks the code and begins a session."),
        Route::post("/sign-out", sign_in::sign_out)
            .private(everybody)
            .body_of(FORM)
            .about("Ends the session of this browser."),
    ]
}

fn own_account() -> Vec<Route<Office>> {
    let (own, guessed) = (Access::Reader, RateClass::SignIn);
    vec![
        Route::get("/account", account::show_account)
            .private(own)
            .about("One's own account."),
        Route::post("/account/sessions/{id}/ending", account::end_session)
            .private(own)
            .body_of(FORM)
            .about("Ends one of one's own sessions."),
        Route::post("/account/tokens/{id}/ending", account::end_token)
            .private(own)
            .body_of(FORM)
            .about("Ends one of one's own API tokens."),
        Route::get("/account/password", account::show_password)
            .private(own)
            .about("The form for another password."),
        Route::post("/account/password", account::change_password)
            .private(own)
            .rate(guessed)
            .body_of(FORM)
            .about("Changes one's own password; all other sessions end."),
        Route::get("/account/totp", account::show_totp)
            .private(own)
            .about("The form that sets the second factor up anew."),
        Route::post("/account/totp", account::set_totp)
            .private(own)
            .rate(guessed)
            .body_of(FORM)
            .about("Sets the second factor up anew; all other sessions end."),
        Route::post("/account/recovery-codes", account::renew_recovery_codes)
            .private(own)
            .rate(guessed)
            .body_of(FORM)
            .about("Makes new recovery codes."),
        Route::get("/.well-known/change-password", account::lead_to_password)
            .private(Access::Public)
            .about("Leads password managers to the form."),
    ]
}

fn readers() -> Vec<Route<Office>> {
    let (everybody, guessed) = (Access::Public, RateClass::SignIn);
    vec![
        Route::get("/me/register", asking::show_register)
            .private(everybody)
            .about("The form with which a reader registers."),
        Route::post("/me/register", asking::register_reader)
            .private(everybody)
            .rate(guessed)
            .body_of(FORM)
            .about("Mails the link that makes the account."),
        Route::get("/me/sent", asking::show_sent)
            .private(everybody)
            .about("Says that a letter is on its way."),
        Route::get("/me/sign-in", asking::show_reader_sign_in)
            .private(everybody)
            .about("The form with which a reader signs in."),
        Route::post("/me/sign-in", asking::reader_sign_in)
            .private(everybody)
            .rate(guessed)
            .body_of(FORM)
            .about("Checks a reader's address and password."),
        Route::post("/me/sign-in/link", asking::mail_sign_in)
            .private(everybody)
            .rate(guessed)
            .body_of(FORM)
            .about("Mails a link that signs a reader in."),
        Route::get("/me/forgotten", asking::show_forgotten)
            .private(everybody)
            .about("The form for a reader's forgotten password."),
        Route::post("/me/forgotten", asking::mail_new_password)
            .private(everybody)
            .rate(guessed)
            .body_of(FORM)
            .about("Mails the link that sets a new password."),
        Route::get("/me/link", asking::show_errand)
            .private(Access::SecretLink)
            .rate(guessed)
            .about("What a mailed link is for; it is used up only by the button."),
        Route::post("/me/link", asking::run_errand)
            .private(Access::SecretLink)
            .rate(guessed)
            .body_of(FORM)
            .about("Does what a mailed link is for, once, in the browser that asked for it."),
        Route::get("/api/v1/me", whoami::who_am_i)
            .private(everybody)
            .answers::<whoami::WhoAmI>(200)
            .about("Who is signed in, for the scripts of pages that are the same for all."),
    ]
}

fn settings() -> Vec<Route<Office>> {
    let (own, guessed) = (Access::Reader, RateClass::SignIn);
    vec![
        Route::get("/me/", settings::show_reader_page)
            .private(own)
            .about("A reader's own page."),
        Route::post("/me/name", settings::rename_me)
            .private(own)
            .body_of(FORM)
            .about("Gives oneself another name."),
        Route::post("/me/address", settings::ask_address)
            .private(own)
            .body_of(FORM)
            .rate(guessed)
            .about("Mails the link that confirms another address."),
        Route::get("/me/password", settings::show_new_password)
            .private(own)
            .about("The form for a first or another password."),
        Route::post("/me/password", settings::set_own_password)
            .private(own)
            .body_of(FORM)
            .rate(guessed)
            .about("Sets one's own password; all other sessions end."),
        Route::post("/me/sessions/{id}/ending", settings::end_own_session)
            .private(own)
            .body_of(FORM)
            .about("Ends one of one's own sessions."),
        Route::post("/me/sessions/ending", settings::end_other_sessions)
            .private(own)
            .body_of(FORM)
            .about("Ends all of one's own sessions but this one."),
        Route::get("/me/ignored", settings::show_ignored)
            .private(own)
            .about("The people one ignores."),
        Route::post("/me/ignored/{id}/ending", settings::end_ignored)
            .private(own)
            .body_of(FORM)
            .about("Takes somebody off the list of the ignored."),
        Route::get("/me/export", leaving::export_me)
            .private(own)
            .rate(RateClass::Costly)
            .about("Everything that is kept of oneself, as JSON."),
        Route::get("/me/deletion", leaving::show_deletion)
            .private(own)
            .about("Asks whether the account shall end."),
        Route::post("/me/deletion", leaving::delete_me)
            .private(own)
            .body_of(FORM)
            .rate(guessed)
            .about("Erases the account, with the password."),
        Route::post("/me/deletion/link", leaving::mail_deletion)
            .private(own)
            .body_of(FORM)
            .rate(guessed)
            .about("Mails the link that erases the account."),
        Route::get("/api/v1/me/ignored", whoami::list_ignored)
            .private(own)
            .about("The people one ignores."),
        Route::put("/api/v1/me/ignored/{id}", whoami::ignore_person)
            .private(own)
            .about("Ignores somebody."),
        Route::delete("/api/v1/me/ignored/{id}", whoami::heed_person)
            .private(own)
            .about("Ignores somebody no longer."),
    ]
}

fn passkeys() -> Vec<Route<Office>> {
    let (own, everybody, guessed) = (Access::Reader, Access::Public, RateClass::SignIn);
    vec![
        Route::post("/api/v1/me/passkeys/challenge", passkeys::ask_new_passkey)
            .private(own)
            .rate(guessed)
            .about("What a device must sign to become a passkey of one's own."),
        Route::post("/api/v1/me/passkeys", passkeys::add_passkey)
            .private(own)
            .rate(guessed)
            .body::<crate::passkey::Proof>()
            .about("Adds a passkey."),
        Route::post("/me/passkeys/{id}/ending", passkeys::end_passkey)
            .private(own)
            .body_of(FORM)
            .about("Removes one of one's own passkeys."),
        Route::post("/api/v1/me/passkeys/sign-in/challenge", passkeys::ask_passkey)
            .private(everybody)
            .rate(guessed)
            .about("What a passkey must sign to let its holder in."),
        Route::post("/api/v1/me/passkeys/sign-in", passkeys::enter_with_passkey)
            .private(everybody)
            .rate(guessed)
            .body::<passkeys::Entering>()
            .about("Signs in with a passkey; staff go on to the code."),
    ]
}

fn newsroom() -> Vec<Route<Office>> {
    let owner = Access::OWNER;
    let person = "/api/v1/desk/people/{id}";
    vec![
        Route::get("/api/v1/desk/me", desk::show_me)
            .private(Access::DESK)
            .answers::<desk::Me>(200)
            .about("Who is signed in, and with what."),
        Route::get("/api/v1/desk/people", desk::list_people)
            .private(owner)
            .about("Everybody with an account."),
        Route::post("/api/v1/desk/people", desk::invite_person)
            .private(owner)
            .body::<desk::Invited>()
            .about("Adds a person and gives the link with which they choose a password."),
        Route::delete(person, desk::end_person)
            .private(owner)
            .about("Ends an account."),
        Route::put("/api/v1/desk/people/{id}/role", desk::set_person_role)
            .private(owner)
            .body::<desk::NewRole>()
            .about("Gives a person another role; they are signed out."),
        Route::post("/api/v1/desk/people/{id}/invitation", desk::renew_invitation)
            .private(owner)
            .about("Gives a new invitation link; the one before ends."),
        Route::post("/api/v1/desk/people/{id}/reset", desk::make_reset)
            .private(owner)
            .about("Gives a link with which the person chooses a new password."),
        Route::delete("/api/v1/desk/people/{id}/sessions", desk::end_person_sessions)
            .private(owner)
            .about("Signs a person out everywhere."),
        Route::get("/api/v1/desk/people/{id}/events", desk::list_person_events)
            .private(owner)
            .about("What happened to an account, newest first."),
    ]
}

const FORM: &str = "application/x-www-form-urlencoded";

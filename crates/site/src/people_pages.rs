//! The pages of `people` in the theme: signing in, one's own account, links that work once.

use crate::House;
use crate::scene::Scene;
use crate::web::preferred;
use base::web::Later;
use base::{Error, Read, Result};
use fluent_bundle::FluentArgs;
use http::Uri;
use people::Pages;
use people::page::{Account, Form, Me, Page, Tongue, Words};
use serde_json::{Map, Value, json};
use stories::Edition;

impl Pages for House {
    fn render(&self, page: Page, tongue: Tongue) -> Later<'_, Result<String>> {
        Box::pin(async move {
            let reading = self.clone();
            let scene = self
                .app
                .db
                .public()
                .read(move |read| scene(&reading, read, &tongue))
                .await?;
            show(self, &scene, page)
        })
    }
}

/// Where a reader of this page signs in, to come back to it.
pub(crate) fn sign_in(scene: &Scene, uri: &Uri) -> String {
    let target = uri.path_and_query().map_or(uri.path(), |target| target.as_str());
    let page = match target.starts_with("/me/") {
        true => "/me/sign-in",
        false => "/sign-in",
    };
    format!("{page}?edition={}&next={}", scene.code(), escaped(target))
}

/// Where a reader of the page at this path signs in, to come back to it.
pub(crate) fn reader_sign_in(scene: &Scene, path: &str) -> String {
    let next = match path {
        "" => String::new(),
        path => format!("&next={}", escaped(path)),
    };
    format!("/me/sign-in?edition={}{next}", scene.code())
}

fn escaped(target: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~');
    let escaped = |byte: u8| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    target.bytes().map(escaped).collect()
}

/// The edition they came from, else the one in their language, else none at all.
pub(crate) fn scene(house: &House, read: &mut Read, tongue: &Tongue) -> Result<Scene> {
    if let Some(code) = &tongue.edition {
        match Scene::read(house, read, code) {
            Err(Error::NotFound { .. }) => {}
            scene => return scene,
        }
    }
    let editions = Edition::all(read)?;
    match preferred(&editions, &tongue.wished) {
        Some(edition) => Scene::read(house, read, edition.code.as_str()),
        None => Scene::bare(house, tongue.wished.split([',', ';']).next().unwrap_or_default()),
    }
}

fn show(house: &House, scene: &Scene, page: Page) -> Result<String> {
    let languages = house.theme.now();
    let word = |key: &str| languages.languages.plain(&scene.language, key);
    let title = match &page {
        Page::Setup { .. } => word("setup-title"),
        Page::SignIn { .. } => word("sign-in"),
        Page::Code { .. } => word("totp-title"),
        Page::Enrol { .. } => word("totp-enrol-title"),
        Page::Password { .. } => word("password-submit"),
        Page::DeadLink { .. } => word("link-title"),
        Page::Account { account } => account.name.clone(),
        Page::Register { .. } => word("register-title"),
        Page::ReaderSignIn { .. } => word("sign-in"),
        Page::Forgotten { .. } => word("forgotten-title"),
        Page::Sent => word("sent-title"),
        Page::Confirm { what, .. } => word(&format!("confirm-{what}-title")),
        Page::DeadErrand { .. } => word("link-title"),
        Page::Me { .. } => word("me-title"),
        Page::Ignored { .. } => word("ignored-title"),
        Page::Deletion { .. } => word("deletion-title"),
        Page::Farewell => word("farewell-title"),
    };
    let (template, own) = drawn(house, scene, &page);
    let kind = match template {
        "account.html" | "me.html" => "account",
        _ => "form",
    };
    let mut view = scene.page(kind, &scene.title(&title), "");
    (view.canonical, view.robots) = (None, Some("noindex"));
    view.feeds.clear();
    let rendered = scene.render(house, template, view, own)?;
    Ok(String::from_utf8_lossy(&rendered.body).into_owned())
}

/// The template of a page, and what only it is given.
fn drawn(house: &House, scene: &Scene, page: &Page) -> (&'static str, Value) {
    let say = |words: &Words| said(house, scene, words);
    match page {
        Page::Setup { form } => ("setup.html", json!({ "form": form_view(form, say) })),
        Page::SignIn { form } => ("sign-in.html", json!({ "form": form_view(form, say) })),
        Page::Code { form } => {
            let totp = json!({ "mode": "verify" });
            ("totp.html", json!({ "form": form_view(form, say), "totp": totp }))
        }
        Page::Enrol { form, secret } => {
            let mut totp = json!(secret);
            (totp["mode"], totp["secret"]) = ("enrol".into(), secret.text.as_str().into());
            ("totp.html", json!({ "form": form_view(form, say), "totp": totp }))
        }
        Page::Password { form, asks } => {
            let password = json!({ "asks": asks });
            (
                "password.html",
                json!({ "form": form_view(form, say), "password": password }),
            )
        }
        Page::DeadLink { why } => {
            let sign_in_url = format!("/sign-in?edition={}", scene.code());
            (
                "link.html",
                json!({ "link": { "why": say(why), "sign_in_url": sign_in_url } }),
            )
        }
        Page::Account { account } => ("account.html", account_view(account, say)),
        page => drawn_for_readers(scene, page, say),
    }
}

/// The same, for the pages of readers.
fn drawn_for_readers(
    scene: &Scene,
    page: &Page,
    say: impl Fn(&Words) -> String + Copy,
) -> (&'static str, Value) {
    let ways = json!({
        "sign_in_url": format!("/me/sign-in?edition={}", scene.code()),
        "register_url": format!("/me/register?edition={}", scene.code()),
        "forgotten_url": format!("/me/forgotten?edition={}", scene.code()),
    });
    let form_page = |form: &Form| json!({ "form": form_view(form, say), "me": ways_with_next(&ways, form) });
    match page {
        Page::Register { form } => ("register.html", form_page(form)),
        Page::ReaderSignIn { form } => ("me-sign-in.html", form_page(form)),
        Page::Forgotten { form } => ("forgotten.html", form_page(form)),
        Page::Confirm { form, what, email } => {
            let mut own = form_page(form);
            own["confirm"] = json!({ "what": what, "email": email });
            ("confirm.html", own)
        }
        Page::DeadErrand { why } => (
            "errand.html",
            json!({ "errand": { "why": say(why) }, "me": ways }),
        ),
        Page::Me { me } => ("me.html", me_view(me, say)),
        Page::Ignored { people, back_url } => {
            let ignored = json!({ "people": people, "back_url": back_url });
            ("ignored.html", json!({ "ignored": ignored }))
        }
        Page::Deletion { form, deletion } => {
            let own = json!({ "form": form_view(form, say), "deletion": deletion });
            ("deletion.html", own)
        }
        Page::Farewell => ("farewell.html", json!({})),
        _ => ("sent.html", json!({})),
    }
}

/// Whoever goes from one form to the other comes back to the same story.
fn ways_with_next(ways: &Value, form: &Form) -> Value {
    let mut ways = ways.clone();
    if let Some(next) = &form.next {
        for way in ["sign_in_url", "register_url"] {
            let url = ways[way].as_str().unwrap_or_default();
            ways[way] = format!("{url}&next={}", escaped(next)).into();
        }
    }
    ways
}

fn me_view(me: &Me, say: impl Fn(&Words) -> String + Copy) -> Value {
    let mut view = json!(me);
    view["notice"] = me.notice.as_ref().map(say).into();
    view["name_form"] = form_view(&me.name_form, say);
    view["address_form"] = form_view(&me.address_form, say);
    json!({ "me": view })
}

fn said(house: &House, scene: &Scene, words: &Words) -> String {
    let languages = &house.theme.now().languages;
    let mut arguments = FluentArgs::new();
    if let Some(count) = words.count {
        arguments.set("count", count);
        arguments.set("shown", languages.number(&scene.language, count));
    }
    languages.text(&scene.language, words.key, &arguments)
}

fn form_view(form: &Form, say: impl Fn(&Words) -> String) -> Value {
    let errors: Map<String, Value> = form
        .errors
        .iter()
        .map(|(field, words)| ((*field).to_owned(), say(words).into()))
        .collect();
    json!({
        "action": form.action,
        "error": form.error.as_ref().map(&say),
        "errors": errors,
        "values": form.values,
        "token": form.token,
        "next": form.next,
        "stamp": form.stamp,
        "other_action": form.other_action,
    })
}

fn account_view(account: &Account, say: impl Fn(&Words) -> String) -> Value {
    let mut view = json!(account);
    view["notice"] = account.notice.as_ref().map(&say).into();
    view["desk_url"] = account.role.is_staff().then_some("/desk/").into();
    json!({ "form": form_view(&account.form, say), "account": view })
}

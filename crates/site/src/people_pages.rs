//! The pages of `people` in the theme: signing in, one's own account, links that work once.

use crate::House;
use crate::scene::Scene;
use crate::web::preferred;
use base::web::Later;
use base::{Error, Read, Result};
use fluent_bundle::FluentArgs;
use http::Uri;
use people::Pages;
use people::page::{Account, Form, Page, Tongue, Words};
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
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~');
    let escaped = |byte: u8| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    let next: String = target.bytes().map(escaped).collect();
    format!("/sign-in?edition={}&next={next}", scene.code())
}

/// The edition they came from, else the one in their language, else none at all.
fn scene(house: &House, read: &mut Read, tongue: &Tongue) -> Result<Scene> {
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
    };
    let (template, own) = drawn(house, scene, &page);
    let kind = if template == "account.html" {
        "account"
    } else {
        "form"
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
    }
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
    })
}

fn account_view(account: &Account, say: impl Fn(&Words) -> String) -> Value {
    let mut view = json!(account);
    view["notice"] = account.notice.as_ref().map(&say).into();
    view["desk_url"] = account.role.is_staff().then_some("/desk/").into();
    json!({ "form": form_view(&account.form, say), "account": view })
}

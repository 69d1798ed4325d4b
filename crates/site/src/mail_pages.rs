//! The words of mail in the theme's texts, and the newsroom's page of it.

use crate::House;
use crate::people_pages::scene;
use crate::scene::Scene;
use base::Result;
use base::web::Later;
use fluent_bundle::FluentArgs;
use notify::{Letter, Outgoing, Printed, Printer};
use people::page::Tongue;
use serde_json::json;

impl Printer for House {
    fn print(&self, letter: Letter) -> Later<'_, Result<Printed>> {
        Box::pin(async move {
            let tongue = Tongue {
                edition: letter.edition.clone(),
                wished: letter.wished.clone(),
            };
            let scene = self.scene_of(tongue).await?;
            printed(self, &scene, &letter)
        })
    }

    fn outbox(&self, mails: Vec<Outgoing>, tongue: Tongue) -> Later<'_, Result<String>> {
        Box::pin(async move {
            let scene = self.scene_of(tongue).await?;
            let title = self.theme.now().languages.plain(&scene.language, "outbox-title");
            let mut view = scene.page("account", &scene.title(&title), "");
            (view.canonical, view.robots) = (None, Some("noindex"));
            view.feeds.clear();
            let own = json!({ "outbox": { "mails": mails } });
            let rendered = scene.render(self, "outbox.html", view, own)?;
            Ok(String::from_utf8_lossy(&rendered.body).into_owned())
        })
    }
}

impl House {
    async fn scene_of(&self, tongue: Tongue) -> Result<Scene> {
        let reading = self.clone();
        let public = self.app.db.public();
        public.read(move |read| scene(&reading, read, &tongue)).await
    }
}

/// The letters in which something can be done by the button; what it does, by the key of its word.
const BUTTONS: [(&str, &str); 9] = [
    ("register", "confirm-register-submit"),
    ("known", "sign-in"),
    ("sign-in", "sign-in"),
    ("staff", "sign-in"),
    ("address-taken", "sign-in"),
    ("password", "password-submit"),
    ("address", "confirm-address-submit"),
    ("deletion", "confirm-deletion-submit"),
    ("unknown", "register"),
];
/// Those whose link works once, in the browser that asked.
const ONCE: [&str; 6] = ["register", "known", "sign-in", "password", "address", "deletion"];

fn printed(house: &House, scene: &Scene, letter: &Letter) -> Result<Printed> {
    let languages = house.theme.now();
    let mut arguments = FluentArgs::new();
    arguments.set("site", scene.edition.name.clone());
    for (key, value) in &letter.words {
        arguments.set(key.clone(), value.clone());
    }
    let say = |key: &str| languages.languages.text(&scene.language, key, &arguments);
    let (subject, from) = (
        say(&format!("mail-{}-subject", letter.kind)),
        scene.edition.name.clone(),
    );
    let paragraphs = vec![say(&format!("mail-{}-text", letter.kind))];
    let button = BUTTONS
        .iter()
        .find(|(kind, _)| *kind == letter.kind)
        .map(|(_, key)| say(key));
    let after = match ONCE.contains(&letter.kind.as_str()) {
        true => vec![say("mail-once"), say("mail-not-you")],
        false => Vec::new(),
    };
    let (link, foot) = (letter.link.clone().filter(|_| button.is_some()), say("mail-foot"));
    let mut lines = paragraphs.clone();
    lines.extend(link.clone());
    lines.extend(after.iter().cloned());
    lines.push(format!("-- \n{foot}\n{}", scene.origin));
    let html = house.theme.render(
        "mail.html",
        minijinja::Value::from(minijinja::value::Serde(json!({
            "language": scene.language,
            "dir": stories::edition::direction(&scene.language),
            "from": from, "subject": subject, "paragraphs": paragraphs, "link": link,
            "button": button, "after": after, "foot": foot,
        }))),
    )?;
    Ok(Printed {
        from,
        subject,
        text: lines.join("\n\n") + "\n",
        html,
    })
}

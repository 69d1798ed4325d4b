//! The link card of a story: a picture of 1200 × 630 pixels with its headline, drawn from the theme's `card.svg`.

use crate::House;
use crate::scene::Scene;
use crate::theme::Loaded;
use base::pages::{Page, Tag};
use base::{Error, Read, Result};
use lexicon::{StoryId, StoryKind};
use minijinja::value::Serde;
use resvg::usvg::{self, fontdb};
use serde_json::json;
use std::sync::Arc;
use stories::PublicStory;

/// The width the headline may take, in pixels, and the sizes that are tried until it fits in four lines.
const WIDTH: f32 = 1072.0;
const SIZES: [f32; 4] = [76.0, 66.0, 56.0, 48.0];
const LINES: usize = 4;

/// `/cards/{id}-{version}.png`.
pub async fn card(house: &House, file: String) -> Result<Page> {
    let missing = || Error::not_found("site.no_card");
    let (id, version) = file
        .strip_suffix(".png")
        .and_then(|name| name.split_once('-'))
        .ok_or_else(missing)?;
    let (id, version) = (
        StoryId::parse(id).map_err(|_| missing())?,
        version.parse::<i64>().map_err(|_| missing())?,
    );
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let story = PublicStory::by_id(read, &id)?;
        let scene = Scene::read(&reading, read, story.card.edition.as_str())?;
        Ok((scene, story))
    };
    let (scene, story) = house.app.db.public().read(read).await?;
    if !(1..=story.card.version).contains(&version) {
        return Err(missing());
    }
    let (theme, tag, at_seq) = (
        house.clone(),
        Tag::new(format!("story:{}", story.card.id)),
        scene.at_seq,
    );
    let png = tokio::task::spawn_blocking(move || draw(&theme, &scene, &story))
        .await
        .map_err(Error::internal)??;
    Ok(Page::new("image/png", png, at_seq).tagged([tag]))
}

fn draw(house: &House, scene: &Scene, story: &PublicStory) -> Result<Vec<u8>> {
    let loaded = house.theme.now();
    let fonts = Arc::new(fonts(&loaded));
    let (facts, language) = (&story.card.facts, &scene.language);
    let script = script_of(&facts.headline);
    let family = if script == "arabic" {
        "Vazirmatn"
    } else {
        "Source Serif 4"
    };
    let (lines, font_size) = fit(&fonts, family, &facts.headline);
    let names: Vec<&str> = facts.byline.iter().map(|byline| byline.name.as_str()).collect();
    let date = loaded.languages.date(
        language,
        story.card.published_at,
        &scene.edition.timezone,
        "date",
        0,
    );
    let svg = house.theme.render(
        "card.svg",
        minijinja::Value::from(Serde(json!({ "card": {
            "lines": lines, "font_size": font_size, "dir": stories::edition::direction(&facts.language), "script": script,
            "name": scene.edition.name, "section": facts.section.name, "byline": names.join(", "), "date": date,
            "live": facts.kind == StoryKind::Live && !facts.closed,
        } }))),
    )?;
    rendered(&svg, fonts)
}

fn fonts(theme: &Loaded) -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    for (_, bytes) in theme.files.card_fonts() {
        fonts.load_font_data(bytes.to_vec());
    }
    fonts
}

fn rendered(svg: &str, fonts: Arc<fontdb::Database>) -> Result<Vec<u8>> {
    let options = usvg::Options {
        fontdb: fonts,
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(Error::internal)?;
    let mut pixels =
        resvg::tiny_skia::Pixmap::new(1200, 630).ok_or_else(|| Error::internal("no room for a picture"))?;
    resvg::render(
        &tree,
        resvg::tiny_skia::Transform::identity(),
        &mut pixels.as_mut(),
    );
    pixels.encode_png().map_err(Error::internal)
}

/// Breaks the headline into lines at the largest size at which they are few enough; the rest of a very long one is cut.
fn fit(fonts: &Arc<fontdb::Database>, family: &str, headline: &str) -> (Vec<String>, f32) {
    for size in SIZES {
        let lines = broken(fonts, family, headline, size);
        if lines.len() <= LINES {
            return (lines, size);
        }
    }
    let size = SIZES[SIZES.len() - 1];
    let mut lines = broken(fonts, family, headline, size);
    lines.truncate(LINES);
    if let Some(last) = lines.last_mut() {
        last.push('…');
    }
    (lines, size)
}

fn broken(fonts: &Arc<fontdb::Database>, family: &str, headline: &str, size: f32) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in headline.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(fonts, family, &longer, size) <= WIDTH || line.is_empty() {
            line = longer;
            continue;
        }
        lines.push(std::mem::replace(&mut line, word.to_owned()));
    }
    lines.push(line);
    lines
}

/// The width of shaped text, in pixels.
fn width(fonts: &Arc<fontdb::Database>, family: &str, text: &str, size: f32) -> f32 {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><text y=\"100\" font-family=\"'{family}'\" font-size=\"{size}\" font-weight=\"700\">{text}</text></svg>"
    );
    let options = usvg::Options {
        fontdb: fonts.clone(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(&svg, &options).map_or(0.0, |tree| tree.root().abs_bounding_box().width())
}

fn script_of(text: &str) -> &'static str {
    let letter = text.chars().find(|c| c.is_alphabetic()).map_or(0, u32::from);
    match letter {
        0x0000..=0x024F => "latin",
        0x0400..=0x052F => "cyrillic",
        0x0600..=0x06FF | 0x0750..=0x077F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => "arabic",
        _ => "other",
    }
}

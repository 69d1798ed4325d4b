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
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeSet;
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
    let (facts, language) = (&story.card.facts, &scene.language);
    let names: Vec<&str> = facts.byline.iter().map(|byline| byline.name.as_str()).collect();
    let names = names.join(", ");
    let fonts = fonts_for(
        &loaded,
        &[&facts.headline, &scene.edition.name, &facts.section.name, &names],
    );
    // Boxes in place of letters are worse than no words: what no font can draw is left out.
    let drawn = |text: &str| {
        if covers(&fonts, text) {
            text.to_owned()
        } else {
            String::new()
        }
    };
    let headline = Some(drawn(&facts.headline)).filter(|headline| !headline.is_empty());
    let headline = headline.unwrap_or_else(|| host(&scene.origin));
    let script = script_of(&headline);
    let family = if script == "arabic" {
        "Vazirmatn"
    } else {
        "Source Serif 4"
    };
    let (lines, font_size) = fit(&fonts, family, &headline);
    let date = loaded.languages.date(
        language,
        story.card.published_at,
        &scene.edition.timezone,
        "date",
        0,
    );
    let line = |text: &str, family: &str, size: f32, room: f32| {
        let family = if script_of(text) == "arabic" {
            "Vazirmatn"
        } else {
            family
        };
        cut(&fonts, family, &drawn(text), size, room)
    };
    let date = Some(drawn(&date)).filter(|date| !date.is_empty());
    let date = date.unwrap_or_else(|| {
        loaded.languages.date(
            "en",
            story.card.published_at,
            &scene.edition.timezone,
            "iso-day",
            0,
        )
    });
    let svg = house.theme.render(
        "card.svg",
        minijinja::Value::from(Serde(json!({ "card": {
            "lines": lines, "font_size": font_size, "dir": if script == "arabic" { stories::edition::direction(&facts.language) } else { "ltr" }, "script": script,
            "name": line(&scene.edition.name, "Source Serif 4", 44.0, 700.0), "section": line(&facts.section.name, "Source Sans 3", 28.0, 340.0),
            "byline": line(&names, "Source Sans 3", 28.0, 740.0), "date": date,
            "live": facts.kind == StoryKind::Live && !facts.closed,
        } }))),
    )?;
    rendered(&svg, fonts)
}

/// The theme's own fonts; with those of the machine when the texts have letters that the theme's do not.
fn fonts_for(theme: &Loaded, texts: &[&str]) -> Arc<fontdb::Database> {
    let own = theme.card_fonts(|| {
        let mut fonts = fontdb::Database::new();
        for (_, bytes) in theme.files.card_fonts() {
            fonts.load_font_data(bytes.to_vec());
        }
        fonts
    });
    if texts.iter().all(|text| covers(&own, text)) {
        return own;
    }
    let mut all = fontdb::Database::clone(&own);
    all.load_system_fonts();
    Arc::new(all)
}

/// Whether every letter of a text has a shape in one of the fonts.
fn covers(fonts: &fontdb::Database, text: &str) -> bool {
    let mut missing: BTreeSet<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    for face in fonts.faces() {
        if missing.is_empty() {
            break;
        }
        fonts.with_face_data(face.id, |data, index| {
            if let Ok(font) = FontRef::from_index(data, index) {
                let letters = font.charmap();
                missing.retain(|c| letters.map(*c).is_none());
            }
        });
    }
    missing.is_empty()
}

fn host(origin: &str) -> String {
    origin
        .split_once("://")
        .map_or(origin, |(_, host)| host)
        .to_owned()
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
        *last = cut(fonts, family, &format!("{last} …"), size, WIDTH);
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
        if width(fonts, family, &longer, size) <= WIDTH {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        // A word wider than a line, as in Chinese a whole sentence is, is broken where the line ends.
        let mut rest = word;
        while let Some(at) = overflow(fonts, family, rest, size) {
            lines.push(rest[..at].to_owned());
            rest = &rest[at..];
            if lines.len() > LINES {
                return lines;
            }
        }
        line = rest.to_owned();
    }
    lines.push(line);
    lines
}

/// A text that is too wide ends in an ellipsis where its room ends.
fn cut(fonts: &Arc<fontdb::Database>, family: &str, text: &str, size: f32, room: f32) -> String {
    let whole = text.trim_end_matches([' ', '…']);
    let dotted = |end: usize| format!("{}…", whole[..end].trim_end());
    let fits = |text: &str| width(fonts, family, text, size) <= room;
    if whole == text && fits(whole) {
        return text.to_owned();
    }
    let ends: Vec<usize> = whole
        .char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .chain([whole.len()])
        .collect();
    let fitting = ends.partition_point(|end| fits(&dotted(*end)));
    ends.get(fitting.saturating_sub(1))
        .map(|end| dotted(*end))
        .unwrap_or_default()
}

/// Where a word has to be broken to stay inside a line; nowhere when it fits.
fn overflow(fonts: &Arc<fontdb::Database>, family: &str, word: &str, size: f32) -> Option<usize> {
    let fits = |end: usize| width(fonts, family, &word[..end], size) <= WIDTH;
    if fits(word.len()) {
        return None;
    }
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).collect();
    let fitting = ends.partition_point(|end| fits(*end));
    ends.get(fitting.saturating_sub(1)).copied()
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
        0x0370..=0x03FF => "greek",
        0x0400..=0x052F => "cyrillic",
        0x0600..=0x06FF | 0x0750..=0x077F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => "arabic",
        _ => "other",
    }
}

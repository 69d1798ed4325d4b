//! Interface texts: Fluent messages in seven languages. A language is offered only when it has every message.

use super::files::Files;
use base::{Error, Result};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;
use lexicon::At;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The languages of the interface.
pub const OFFERED: [&str; 7] = ["en", "ru", "ar", "es", "fr", "de", "zh"];

/// The complete languages of a theme. Cloning shares them.
#[derive(Clone)]
pub struct Languages(Arc<BTreeMap<String, FluentBundle<Arc<FluentResource>>>>);

impl Languages {
    pub(crate) fn read(files: &Files) -> Result<Self> {
        let mut resources = BTreeMap::new();
        for (code, source) in files.languages() {
            let resource = FluentResource::try_new(source.to_owned())
                .map_err(|(_, errors)| Error::internal(format!("theme.text texts/{code}.ftl: {errors:?}")))?;
            resources.insert(code.to_owned(), Arc::new(resource));
        }
        let english = resources
            .get("en")
            .cloned()
            .ok_or_else(|| Error::internal("theme.text texts/en.ftl is missing"))?;
        let wanted = messages(&english);
        let complete = resources.into_iter().filter(|(_, resource)| {
            let has = messages(resource);
            wanted.iter().all(|id| has.contains(id))
        });
        let bundles = complete.map(|(code, resource)| Ok((code.clone(), bundle(&code, resource)?)));
        Ok(Self(Arc::new(bundles.collect::<Result<_>>()?)))
    }

    /// The interface language for a language of a story or edition: its own when it is offered, English otherwise.
    pub fn for_language(&self, language: &str) -> &str {
        let primary = language
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        self.0
            .get_key_value(primary.as_str())
            .map_or("en", |(code, _)| code)
    }

    pub fn offered(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A text. An unknown key shows itself, so that it is seen and not a hole.
    pub fn text(&self, language: &str, key: &str, arguments: &FluentArgs) -> String {
        let message = |code: &str| {
            let bundle = self.0.get(code)?;
            let pattern = bundle.get_message(key)?.value()?;
            Some(
                bundle
                    .format_pattern(pattern, Some(arguments), &mut Vec::new())
                    .into_owned(),
            )
        };
        message(self.for_language(language))
            .or_else(|| message("en"))
            .unwrap_or_else(|| key.to_owned())
    }

    /// A text without arguments.
    pub fn plain(&self, language: &str, key: &str) -> String {
        self.text(language, key, &FluentArgs::new())
    }

    /// A moment on an edition's wall clock: `long`, `short`, `date`, `day` in words, `time`, and `iso`, `iso-day` for machines.
    /// `short` leaves out the clock and names the year when that is another than `this_year`'s.
    pub fn date(&self, language: &str, at: At, timezone: &str, style: &str, this_year: i16) -> String {
        let local = at.zoned(timezone);
        let style = if style == "short" && local.year() != this_year {
            "date"
        } else {
            style
        };
        match style {
            "iso" => return local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            "iso-day" => return local.strftime("%Y-%m-%d").to_string(),
            "time" => return local.strftime("%H:%M").to_string(),
            _ => {}
        }
        let word = |key: String| self.plain(language, &key);
        let mut arguments = FluentArgs::new();
        arguments.set("day", local.day().to_string());
        arguments.set("month", word(format!("month-{}", local.month())));
        arguments.set("month_short", word(format!("month-short-{}", local.month())));
        arguments.set("year", local.year().to_string());
        arguments.set(
            "weekday",
            word(format!("weekday-{}", local.weekday().to_monday_one_offset())),
        );
        arguments.set("time", local.strftime("%H:%M").to_string());
        arguments.set("zone", zone(&local));
        self.text(language, &format!("date-{style}"), &arguments)
    }

    /// A whole number in groups of three, as the language writes it.
    pub fn number(&self, language: &str, number: i64) -> String {
        let group = self.plain(language, "number-group");
        let digits = number.unsigned_abs().to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(&group);
            }
            text.push(digit);
        }
        if number < 0 { format!("−{text}") } else { text }
    }
}

/// The zone's abbreviation, or `UTC+3` when it has none but a number.
fn zone(local: &jiff::ZonedDateTime) -> String {
    let name = local.strftime("%Z").to_string();
    match name.strip_prefix(['+', '-']) {
        None => name,
        Some(digits) => {
            let (hours, minutes) = digits.split_at(digits.len().min(2));
            let minutes = if minutes.is_empty() || minutes == "00" {
                String::new()
            } else {
                format!(":{minutes}")
            };
            format!("UTC{}{}{minutes}", &name[..1], hours.trim_start_matches('0'))
        }
    }
}

fn messages(resource: &FluentResource) -> Vec<&str> {
    resource.entries().filter_map(id).collect()
}

fn id<'r>(entry: &Entry<&'r str>) -> Option<&'r str> {
    match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    }
}

fn bundle(code: &str, resource: Arc<FluentResource>) -> Result<FluentBundle<Arc<FluentResource>>> {
    let language = code
        .parse()
        .map_err(|_| Error::internal(format!("theme.text {code} is not a language")))?;
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Marks around arguments would end up in attributes and titles.
    bundle.set_use_isolating(false);
    bundle
        .add_resource(resource)
        .map_err(|errors| Error::internal(format!("theme.text {code}: {errors:?}")))?;
    Ok(bundle)
}

//! The desk's words in English and Russian: Fluent messages inside the program.

use base::{Error, Result};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The languages of the desk, the first when nothing suits.
pub const OFFERED: [&str; 2] = ["en", "ru"];

const ENGLISH: &str = include_str!("../texts/en.ftl");
const RUSSIAN: &str = include_str!("../texts/ru.ftl");

/// The texts, ready. Cloning shares them.
#[derive(Clone)]
pub(crate) struct Texts(Arc<BTreeMap<&'static str, FluentBundle<Arc<FluentResource>>>>);

impl Texts {
    /// Errors: `desk.text` with the language and what is wrong in it.
    pub fn read() -> Result<Self> {
        let mut bundles = BTreeMap::new();
        for (code, source) in sources() {
            bundles.insert(code, bundle(code, resource(code, source)?)?);
        }
        Ok(Self(Arc::new(bundles)))
    }

    /// A text. An unknown key shows itself, so that it is seen and not a hole.
    pub fn text(&self, language: &str, key: &str, arguments: &FluentArgs) -> String {
        let message = |code: &str| {
            let bundle = self.0.get(code)?;
            let pattern = bundle.get_message(key)?.value()?;
            let text = bundle.format_pattern(pattern, Some(arguments), &mut Vec::new());
            Some(text.into_owned())
        };
        message(language)
            .or_else(|| message("en"))
            .unwrap_or_else(|| key.to_owned())
    }

    /// Every text whose key begins so, for a script: key and words.
    pub fn beginning(&self, language: &str, start: &str) -> BTreeMap<String, String> {
        let code = OFFERED.into_iter().find(|code| *code == language).unwrap_or("en");
        let source = if code == "ru" { RUSSIAN } else { ENGLISH };
        let Ok(resource) = resource(code, source) else {
            return BTreeMap::new();
        };
        let keys = messages(&resource);
        keys.into_iter()
            .filter_map(|key| Some((key.strip_prefix(start)?, key)))
            .map(|(short, key)| (short.to_owned(), self.text(code, key, &FluentArgs::new())))
            .collect()
    }
}

/// Language and source of each.
pub(crate) fn sources() -> [(&'static str, &'static str); 2] {
    [("en", ENGLISH), ("ru", RUSSIAN)]
}

pub(crate) fn resource(code: &str, source: &str) -> Result<Arc<FluentResource>> {
    FluentResource::try_new(source.to_owned())
        .map(Arc::new)
        .map_err(|(_, errors)| Error::internal(format!("desk.text {code}: {errors:?}")))
}

/// The keys of a language.
pub(crate) fn messages(resource: &FluentResource) -> Vec<&str> {
    resource
        .entries()
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name),
            _ => None,
        })
        .collect()
}

fn bundle(code: &str, resource: Arc<FluentResource>) -> Result<FluentBundle<Arc<FluentResource>>> {
    let language = code
        .parse()
        .map_err(|_| Error::internal(format!("desk.text {code} is not a language")))?;
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Marks around arguments would end up in attributes and titles.
    bundle.set_use_isolating(false);
    bundle
        .add_resource(resource)
        .map_err(|errors| Error::internal(format!("desk.text {code}: {errors:?}")))?;
    Ok(bundle)
}

//! What the frame promises.

use crate::texts::{messages, resource, sources};

/// Variables of a message, as `{ $count }`, in the order of the alphabet.
fn variables(source: &str) -> Vec<String> {
    let mut found: Vec<String> = source
        .split('$')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect())
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_word_is_there_in_both_languages() {
    let [(_, english), (_, russian)] = sources();
    let (en, ru) = (resource("en", english).unwrap(), resource("ru", russian).unwrap());
    let (mut en, mut ru) = (messages(&en), messages(&ru));
    assert!(en.len() > 40, "{} texts", en.len());
    if cfg!(feature = "planted-missing-text") {
        ru.pop();
    }
    en.sort_unstable();
    ru.sort_unstable();
    assert_eq!(en, ru);
    assert_eq!(variables(english), variables(russian));
}

/// A key that a template asks for and no language has would show itself to the newsroom.
#[test]
fn every_word_that_a_template_asks_for_exists() {
    let [(_, english), _] = sources();
    let en = resource("en", english).unwrap();
    let keys = messages(&en);
    let mut asked = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        // Not the end of `asset("…")`.
        for (at, _) in text
            .match_indices("t(\"")
            .filter(|(at, _)| !text[..*at].ends_with('e'))
        {
            let rest = &text[at + 3..];
            let key = rest.split('"').next().unwrap_or_default();
            // A key that ends in a hyphen is put together with a word.
            if key.ends_with('-') {
                assert!(keys.iter().any(|known| known.starts_with(key)), "{key}…");
                continue;
            }
            assert!(keys.contains(&key), "{key}");
            asked += 1;
        }
    }
    assert!(asked > 10, "{asked}");
}

/// Words that templates put together from a value.
#[test]
fn every_value_that_is_shown_has_a_word() {
    use lexicon::{CorrectionKind, Level, Role, SourceKind, Stage, StoryKind, StoryState};
    let [(_, english), _] = sources();
    let en = resource("en", english).unwrap();
    let keys = messages(&en);
    let places = crate::frame::PLACES
        .iter()
        .map(|place| format!("{}-title", place.word));
    let mut wanted: Vec<String> = places.collect();
    let mut each = |start: &str, words: Vec<&'static str>| {
        wanted.extend(words.iter().map(|word| format!("{start}{word}")));
    };
    each("role-", Role::ALL.iter().map(|it| it.as_str()).collect());
    each("kind-", StoryKind::ALL.iter().map(|it| it.as_str()).collect());
    each("level-", Level::ALL.iter().map(|it| it.as_str()).collect());
    each("at-", Stage::ALL.iter().map(|it| it.as_str()).collect());
    each("queue-none-", Stage::ALL.iter().map(|it| it.as_str()).collect());
    let states = StoryState::ALL
        .iter()
        .filter(|state| **state != StoryState::Draft);
    each("at-", states.map(|it| it.as_str()).collect());
    each("why-", CorrectionKind::ALL.iter().map(|it| it.as_str()).collect());
    each("why-", vec!["made", "saved", "imported", "autosaved", "restored"]);
    each(
        "script-source-",
        SourceKind::ALL.iter().map(|it| it.as_str()).collect(),
    );
    for key in &wanted {
        assert!(keys.contains(&key.as_str()), "{key}");
    }
}

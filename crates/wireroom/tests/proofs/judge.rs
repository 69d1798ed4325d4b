//! The judge of histories: what clients asked for and were told, what readers saw, and how the world stands in the end.
//!
//! It knows nothing of the system, only what the acts mean. For every story it carries the set of all standings that the
//! history allows: an act answered "ok" happened, one that was refused did not, and one whose answer was lost may or may
//! not have; unknown is never counted as ok.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a client asked for. Stories are named by the key that the client made, texts and notes likewise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    Make {
        story: String,
        text: String,
    },
    Publish {
        story: String,
    },
    Correct {
        story: String,
        text: String,
        note: String,
    },
    Kill {
        story: String,
    },
    Flash {
        key: String,
    },
}

impl Act {
    fn story(&self) -> Option<&str> {
        match self {
            Self::Make { story, .. }
            | Self::Publish { story }
            | Self::Correct { story, .. }
            | Self::Kill { story } => Some(story),
            Self::Flash { .. } => None,
        }
    }
}

/// What the client was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Ok,
    Refused,
    Unknown,
}

/// An act and its outcome. The deeds on one story are in the order in which one client did them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub act: Act,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Draft,
    Published,
    Killed,
}

/// How one story stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    pub state: State,
    pub text: String,
    /// The notes of its public corrections, oldest first.
    pub notes: Vec<String>,
    /// What the public has seen of it; 0 when it sees nothing.
    pub version: i64,
}

/// A record of the readers' stream: its kind and what it is about.
pub type Record = (String, String);

/// Everything there is in the end.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub stories: Vec<(String, Standing)>,
    pub flashes: Vec<String>,
    /// The readers' stream, replayed from its beginning.
    pub records: BTreeMap<i64, Record>,
}

/// What a reader saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sighting {
    /// On a page or in a list.
    Listed { story: String },
    /// The story itself, in this public version.
    Read {
        story: String,
        version: i64,
        text: String,
    },
    /// A record of the stream, under this number.
    Record { seq: i64, record: Record },
}

/// Everything that is wrong, in words; nothing when the history holds.
pub fn judge(history: &[Deed], world: &World, sightings: &[Sighting]) -> Vec<String> {
    let mut faults = stories(history, world);
    faults.extend(flashes(history, world));
    faults.extend(numbers(world));
    let standing: BTreeMap<&str, &Standing> = world
        .stories
        .iter()
        .map(|(key, standing)| (key.as_str(), standing))
        .collect();
    faults.extend(
        sightings
            .iter()
            .filter_map(|sighting| unseen(sighting, &standing, world)),
    );
    faults.extend(two_texts(sightings));
    faults
}

fn stories(history: &[Deed], world: &World) -> Vec<String> {
    let mut possible: BTreeMap<&str, BTreeSet<Option<Standing>>> = BTreeMap::new();
    for deed in history {
        let Some(story) = deed.act.story() else { continue };
        let before = possible.entry(story).or_insert_with(|| BTreeSet::from([None]));
        let after: BTreeSet<_> = before
            .iter()
            .filter_map(|standing| applied(&deed.act, standing.as_ref()))
            .map(Some)
            .collect();
        match deed.outcome {
            Outcome::Ok => *before = after,
            Outcome::Refused => {}
            Outcome::Unknown => before.extend(after),
        }
    }
    let mut found: BTreeMap<&str, Vec<&Standing>> = BTreeMap::new();
    for (key, standing) in &world.stories {
        found.entry(key).or_default().push(standing);
    }
    let invented = found.keys().filter(|key| !possible.contains_key(*key));
    let mut faults: Vec<String> = invented.map(|key| format!("invented: story {key}")).collect();
    for (key, allowed) in &possible {
        let copies = found.get(key).map_or(&[][..], Vec::as_slice);
        match copies {
            [] if allowed.contains(&None) => {}
            [] => faults.push(format!("lost: story {key}")),
            [one] if allowed.contains(&Some((*one).clone())) => {}
            [one] => faults.push(format!(
                "wrong: story {key} is {one:?}; the history allows {allowed:?}"
            )),
            more => faults.push(format!("double: story {key} is there {} times", more.len())),
        }
    }
    faults
}

/// The standing after an act; none when the act cannot have succeeded on it.
fn applied(act: &Act, standing: Option<&Standing>) -> Option<Standing> {
    let mut after = standing.cloned();
    match (act, &mut after) {
        (Act::Make { text, .. }, None) => {
            after = Some(Standing {
                state: State::Draft,
                text: text.clone(),
                notes: Vec::new(),
                version: 0,
            });
        }
        (Act::Publish { .. }, Some(story)) if story.state != State::Killed => {
            story.state = State::Published;
            story.version += 1;
        }
        (Act::Correct { text, note, .. }, Some(story)) if story.state == State::Published => {
            story.text.clone_from(text);
            story.notes.push(note.clone());
            story.version += 1;
        }
        (Act::Kill { .. }, Some(story)) if story.state == State::Published => {
            story.state = State::Killed;
            story.notes.clear();
            story.version = 0;
        }
        _ => return None,
    }
    after
}

fn flashes(history: &[Deed], world: &World) -> Vec<String> {
    let mut told: BTreeMap<&str, Outcome> = BTreeMap::new();
    for deed in history {
        if let Act::Flash { key } = &deed.act {
            told.insert(key, deed.outcome);
        }
    }
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for key in &world.flashes {
        *count.entry(key).or_default() += 1;
    }
    let mut faults = Vec::new();
    for (key, outcome) in &told {
        match (outcome, count.get(key).copied().unwrap_or(0)) {
            (Outcome::Ok, 1) | (Outcome::Unknown, 0 | 1) | (Outcome::Refused, 0) => {}
            (Outcome::Ok, 0) => faults.push(format!("lost: flash {key}")),
            (Outcome::Refused, _) => faults.push(format!("invented: flash {key} was refused")),
            (_, times) => faults.push(format!("double: flash {key} is there {times} times")),
        }
    }
    faults.extend(
        count
            .keys()
            .filter(|key| !told.contains_key(*key))
            .map(|key| format!("invented: flash {key}")),
    );
    faults
}

/// The stream's numbers are 1, 2, 3, … without a gap.
fn numbers(world: &World) -> Option<String> {
    let wrong = world
        .records
        .keys()
        .zip(1..)
        .find(|(seq, expected)| **seq != *expected)?;
    Some(format!("gap: record {} stands where {} should", wrong.0, wrong.1))
}

/// What was seen by anyone was durable first: so it is still there, and says the same.
fn unseen(sighting: &Sighting, standing: &BTreeMap<&str, &Standing>, world: &World) -> Option<String> {
    match sighting {
        Sighting::Listed { story } => match standing.get(story.as_str()) {
            Some(now) if now.state != State::Draft => None,
            _ => Some(format!("vanished: a reader saw {story} in a list")),
        },
        Sighting::Read { story, version, text } => match standing.get(story.as_str()) {
            Some(now) if now.state == State::Killed || now.version > *version => None,
            Some(now) if now.version == *version && now.text == *text => None,
            now => Some(format!(
                "vanished: a reader saw {story} version {version} say {text}; it is {now:?}"
            )),
        },
        Sighting::Record { seq, record } => match world.records.get(seq) {
            Some(now) if now == record => None,
            now => Some(format!(
                "vanished: a reader saw record {seq} {record:?}; it is {now:?}"
            )),
        },
    }
}

/// One public version of a story has one text, whoever reads it and when.
fn two_texts(sightings: &[Sighting]) -> Vec<String> {
    let mut first: BTreeMap<(&str, i64), &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for sighting in sightings {
        if let Sighting::Read { story, version, text } = sighting {
            let known = first.entry((story, *version)).or_insert(text);
            if known != text {
                faults.push(format!(
                    "changed: {story} version {version} said {known}, then {text}"
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make() -> Act {
        Act::Make {
            story: "s".into(),
            text: "t1".into(),
        }
    }
    fn publish() -> Act {
        Act::Publish { story: "s".into() }
    }
    fn correct() -> Act {
        Act::Correct {
            story: "s".into(),
            text: "t2".into(),
            note: "n".into(),
        }
    }
    fn kill() -> Act {
        Act::Kill { story: "s".into() }
    }
    fn flash() -> Act {
        Act::Flash { key: "f".into() }
    }
    fn done(acts: &[Act]) -> Vec<Deed> {
        acts.iter()
            .map(|act| Deed {
                act: act.clone(),
                outcome: Outcome::Ok,
            })
            .collect()
    }
    fn story(state: State, text: &str, notes: &[&str], version: i64) -> (String, Standing) {
        let notes = notes.iter().map(|note| (*note).to_owned()).collect();
        (
            "s".into(),
            Standing {
                state,
                text: text.into(),
                notes,
                version,
            },
        )
    }
    fn world(stories: Vec<(String, Standing)>, flashes: &[&str]) -> World {
        World {
            stories,
            flashes: flashes.iter().map(|key| (*key).to_owned()).collect(),
            records: BTreeMap::new(),
        }
    }
    fn word(history: &[Deed], world: &World, sightings: &[Sighting]) -> String {
        judge(history, world, sightings)
            .first()
            .map_or("holds", |fault| fault.split(':').next().unwrap())
            .to_owned()
    }

    #[test]
    fn a_whole_history_holds() {
        let history = done(&[make(), publish(), correct(), flash()]);
        let end = world(vec![story(State::Published, "t2", &["n"], 2)], &["f"]);
        assert_eq!(word(&history, &end, &[]), "holds");
        let killed = done(&[make(), publish(), kill()]);
        assert_eq!(
            word(
                &killed,
                &world(vec![story(State::Killed, "t1", &[], 0)], &[]),
                &[]
            ),
            "holds"
        );
    }

    #[test]
    fn what_was_acknowledged_and_is_gone_is_lost() {
        let history = done(&[make(), publish(), correct()]);
        assert_eq!(word(&history, &world(vec![], &[]), &[]), "lost");
        assert_eq!(
            word(
                &history,
                &world(vec![story(State::Published, "t1", &[], 1)], &[]),
                &[]
            ),
            "wrong"
        );
        assert_eq!(
            word(
                &history,
                &world(vec![story(State::Published, "t2", &[], 2)], &[]),
                &[]
            ),
            "wrong",
            "no note"
        );
        assert_eq!(
            word(
                &history,
                &world(vec![story(State::Published, "t3", &["n"], 2)], &[]),
                &[]
            ),
            "wrong",
            "text"
        );
        assert_eq!(word(&done(&[flash()]), &world(vec![], &[]), &[]), "lost");
    }

    #[test]
    fn what_is_there_twice_is_double() {
        let draft = story(State::Draft, "t1", &[], 0);
        assert_eq!(
            word(&done(&[make()]), &world(vec![draft.clone(), draft], &[]), &[]),
            "double"
        );
        assert_eq!(
            word(&done(&[flash()]), &world(vec![], &["f", "f"]), &[]),
            "double"
        );
        let history = done(&[make(), publish(), correct()]);
        assert_eq!(
            word(
                &history,
                &world(vec![story(State::Published, "t2", &["n", "n"], 3)], &[]),
                &[]
            ),
            "wrong"
        );
    }

    #[test]
    fn what_nobody_asked_for_is_invented() {
        assert_eq!(
            word(&[], &world(vec![story(State::Draft, "t1", &[], 0)], &[]), &[]),
            "invented"
        );
        assert_eq!(word(&[], &world(vec![], &["f"]), &[]), "invented");
        let refused = [Deed {
            act: flash(),
            outcome: Outcome::Refused,
        }];
        assert_eq!(word(&refused, &world(vec![], &["f"]), &[]), "invented");
    }

    #[test]
    fn an_unknown_outcome_allows_both_ends_and_no_third() {
        let mut history = done(&[make(), publish()]);
        history[1].outcome = Outcome::Unknown;
        assert_eq!(
            word(
                &history,
                &world(vec![story(State::Draft, "t1", &[], 0)], &[]),
                &[]
            ),
            "holds"
        );
        assert_eq!(
            word(
                &history,
                &world(vec![story(State::Published, "t1", &[], 1)], &[]),
                &[]
            ),
            "holds"
        );
        assert_eq!(
            word(
                &history,
                &world(vec![story(State::Killed, "t1", &[], 0)], &[]),
                &[]
            ),
            "wrong"
        );
        assert_eq!(word(&history, &world(vec![], &[]), &[]), "lost");
        history.push(Deed {
            act: correct(),
            outcome: Outcome::Ok,
        });
        assert_eq!(
            word(
                &history,
                &world(vec![story(State::Published, "t2", &["n"], 2)], &[]),
                &[]
            ),
            "holds"
        );
    }

    #[test]
    fn what_a_reader_saw_may_not_vanish_or_change() {
        let mut history = done(&[make(), publish()]);
        history[1].outcome = Outcome::Unknown;
        let draft = world(vec![story(State::Draft, "t1", &[], 0)], &[]);
        let public = world(vec![story(State::Published, "t1", &[], 1)], &[]);
        let listed = [Sighting::Listed { story: "s".into() }];
        assert_eq!(
            (word(&history, &draft, &listed), word(&history, &public, &listed)),
            ("vanished".into(), "holds".into())
        );
        let read = |text: &str| Sighting::Read {
            story: "s".into(),
            version: 1,
            text: text.into(),
        };
        assert_eq!(word(&history, &public, &[read("t1")]), "holds");
        assert_eq!(word(&history, &public, &[read("t9")]), "vanished");
        assert_eq!(word(&history, &draft, &[read("t1")]), "vanished");
        let later = world(vec![story(State::Published, "t2", &["n"], 2)], &[]);
        assert_eq!(
            word(
                &done(&[make(), publish(), correct()]),
                &later,
                &[read("t1"), read("t9")]
            ),
            "changed"
        );
    }

    #[test]
    fn the_stream_has_no_gap_and_keeps_what_was_sent() {
        let record = |kind: &str| (kind.to_owned(), "s".to_owned());
        let mut end = World {
            records: BTreeMap::from([(1, record("flash")), (2, record("story.published"))]),
            ..World::default()
        };
        let seen = [Sighting::Record {
            seq: 2,
            record: record("story.published"),
        }];
        assert_eq!(word(&[], &end, &seen), "holds");
        end.records.insert(2, record("story.killed"));
        assert_eq!(word(&[], &end, &seen), "vanished");
        end.records.remove(&2);
        assert_eq!(word(&[], &end, &seen), "vanished");
        end.records.insert(3, record("flash"));
        assert_eq!(word(&[], &end, &[]), "gap");
    }
}

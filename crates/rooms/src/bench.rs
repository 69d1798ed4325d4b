//! The judge at work: gathers what the rules need to know from the tables, in the transaction that keeps the message.

use crate::message::{Case, Judge as Judging, Verdict};
use crate::rules::{self, Context, Judge, Standing, likeness, limits};
use crate::{look, rule, sanction};
use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Result, values};
use lexicon::{At, PersonId, StoryId, Stream};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

base::sql! {
    LATELY = "SELECT at, story, text FROM room_message WHERE person = $1 AND at > $2 ORDER BY at DESC LIMIT $3";
    SAME = "SELECT COUNT(DISTINCT person) FROM room_message WHERE likeness = $1 AND at > $2 AND person <> $3";
}

/// A person's counts are asked again after so long; what stops them is asked each time.
const FRESH: i64 = 20 * At::SECOND;
/// Rooms and people remembered at once.
const REMEMBERED: usize = 10_000;

/// Judges made ready, and what was known of people a moment ago.
#[derive(Debug, Default)]
pub(crate) struct Bench {
    /// Pace and repeats are not looked at where load is measured.
    unhurried: bool,
    judges: Mutex<HashMap<StoryId, Ready>>,
    standings: Mutex<HashMap<PersonId, (At, Standing)>>,
    fresh: i64,
}

type Ready = (Vec<(String, i64)>, Arc<Judge>);

impl Bench {
    /// `limits` is false only for load tests on a loopback listener.
    pub fn new(limits: bool) -> Self {
        Self {
            unhurried: !limits,
            fresh: FRESH,
            ..Self::default()
        }
    }

    /// As what `Message::post` asks.
    pub fn judging(self) -> Judging {
        let bench = Arc::new(self);
        Arc::new(move |tx: &mut Tx, case: &Case<'_>| bench.judge(tx, case))
    }

    fn judge(&self, tx: &mut Tx, case: &Case<'_>) -> Result<Verdict> {
        let judge = self.ready(tx, case)?;
        let standing = self.standing(tx, case)?;
        let verdict = if case.editing.is_some() {
            judge.edited(&standing, tx.now(), case.text)
        } else {
            let context = self.context(tx, case)?;
            judge.judge(&standing, &context, case.text)
        };
        if let Some(error) = verdict.refusal() {
            return Ok(Verdict::Refuse(error));
        }
        Ok(match verdict {
            rules::Verdict::Hold(reason) => {
                if case.editing.is_none() {
                    ring(tx);
                }
                let word = if reason.listed.is_empty() {
                    reason.word
                } else {
                    format!("{} ({})", reason.word, reason.listed)
                };
                Verdict::Hold {
                    rule: reason.rule.as_str().to_owned(),
                    word,
                }
            }
            _ => {
                if case.editing.is_none() && !standing.staff && standing.approved < limits::KNOWN_APPROVED {
                    look::newcomer(tx, case)?;
                }
                Verdict::Pass
            }
        })
    }

    /// The room's judge, made again only when a version has changed.
    fn ready(&self, tx: &mut Tx, case: &Case<'_>) -> Result<Arc<Judge>> {
        let (story, edition) = (&case.room.story, &case.room.edition);
        let versions = rule::versions(tx, edition, story)?;
        let known = self
            .judges
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(story)
            .cloned();
        if let Some((_, judge)) = known.filter(|(then, _)| *then == versions) {
            return Ok(judge);
        }
        let judge = Arc::new(Judge::of(rule::of_room(tx, edition, story)?));
        let mut judges = self.judges.lock().unwrap_or_else(PoisonError::into_inner);
        if judges.len() >= REMEMBERED {
            judges.clear();
        }
        judges.insert(story.clone(), (versions, judge.clone()));
        Ok(judge)
    }

    fn standing(&self, tx: &mut Tx, case: &Case<'_>) -> Result<Standing> {
        let (person, now) = (&case.author.person, tx.now());
        let known = self
            .standings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(person)
            .cloned();
        if let Some((_, standing)) = known.filter(|(at, _)| at.plus(self.fresh) > now && *at <= now) {
            return Ok(Standing {
                stopped: sanction::stopped(tx, person, now)?,
                ..standing
            });
        }
        let standing = sanction::standing(tx, person, now)?;
        let mut standings = self.standings.lock().unwrap_or_else(PoisonError::into_inner);
        if standings.len() >= REMEMBERED {
            standings.clear();
        }
        standings.insert(person.clone(), (now, standing.clone()));
        Ok(standing)
    }

    fn context(&self, tx: &mut Tx, case: &Case<'_>) -> Result<Context> {
        let now = tx.now();
        let mut context = Context {
            now,
            ..Context::default()
        };
        if self.unhurried {
            return Ok(context);
        }
        let person = &case.author.person;
        let since = now.plus(-limits::REPEAT_WITHIN.max(limits::WINDOW));
        for row in tx.query(LATELY, values![person, since, limits::LATELY])? {
            let mut columns = row.columns();
            let (at, story): (At, StoryId) = (columns.next()?, columns.next()?);
            context.moments.push(at);
            if context.last_here.is_none() && story == case.room.story {
                context.last_here = Some(at);
            }
            if context.latest.len() < limits::LATEST {
                context.latest.push(rules::Said {
                    at,
                    text: columns.next()?,
                });
            }
        }
        if let Some(likeness) = likeness(case.text) {
            let row = tx.one(SAME, values![likeness, now.plus(-limits::CROWD_WITHIN), person])?;
            context.same_by_others = row.map_or(Ok(0_i64), Row::only)?.try_into().unwrap_or(u32::MAX);
        }
        Ok(context)
    }
}

/// Tells the desk's open pages that the queue is another.
pub(crate) fn ring(tx: &mut Tx) {
    tx.record(
        Stream::Desk,
        Happening::shown(QUEUE_CHANGED, "", &serde_json::json!({})),
    );
}

/// The kind of the record on the desk's stream.
pub const QUEUE_CHANGED: &str = "room.queue";

//! What a room lets through, holds or refuses, and why.
//!
//! The judge is pure: rules, what is known of the person, what was written lately, and the text go in; a verdict comes out.
//! Every hold and every refusal names its rule and the word that met it. Order: form, sanctions, pace, repeats, then what is
//! refused for its content, then what is held.

pub(crate) mod fold;
mod form;
pub mod limits;
pub mod links;
mod pace;
mod reading;
mod settings;
mod spam;
mod standing;
mod words;

pub use pace::{Context, Said, likeness};
pub use settings::{Layer, Rules, SETTINGS, Setting};
pub use standing::{Standing, Stop, Stopped, Trust};

use base::Error;
use form::Fault;
use links::Host;
use pace::{Haste, Repeat};
use reading::Reading;
use serde::{Deserialize, Serialize};
use spam::Signs;
use words::Words;

#[cfg(test)]
mod tests;

/// Which rule a message met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    Empty,
    Length,
    Control,
    Bidi,
    Zalgo,
    Invisible,
    Sanction,
    SlowMode,
    Flood,
    Repeat,
    Banned,
    NearRepeat,
    Crowd,
    Watched,
    DeniedHost,
    Links,
    Capitals,
    Spam,
    Rejected,
    Newcomer,
    Premoderated,
    /// Enough trusted people reported it.
    Reported,
    /// A program outside said so.
    Classifier,
}

/// Why: the rule, and the word (or number) that met it, as it stands in the text where it stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub rule: Rule,
    /// Never empty.
    pub word: String,
    /// The entry of the list, where the text says it otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub listed: String,
}

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    /// Kept, shown to nobody but its author and moderators until one of these has decided.
    Hold(Reason),
    /// Not kept. `retry_after_s` where coming back makes sense.
    Refuse {
        code: &'static str,
        retry_after_s: Option<u32>,
        reason: Reason,
    },
}

/// Rules made ready to judge by. Making one costs about a millisecond for a long list: keep it while the rules are the same.
#[derive(Debug)]
pub struct Judge {
    rules: Rules,
    banned: Words,
    watched: Words,
    allowed: Words,
    allowed_hosts: Vec<Host>,
    denied_hosts: Vec<Host>,
    signs: Signs,
}

/// Judges one message by rules that are used once.
pub fn judge(rules: &Rules, standing: &Standing, context: &Context, text: &str) -> Verdict {
    Judge::of(rules.clone()).judge(standing, context, text)
}

impl Judge {
    pub fn of(rules: Rules) -> Self {
        let list = |words: &[String]| Words::of(words.iter().map(String::as_str));
        // What is stored was checked; an entry that no longer passes is left out rather than stopping a room.
        let hosts = |list: &'static str, hosts: &[String]| {
            hosts
                .iter()
                .filter_map(|host| Host::parse(list, host).ok())
                .collect()
        };
        Self {
            banned: list(&rules.banned),
            watched: list(&rules.watched),
            allowed: list(&rules.allowed),
            allowed_hosts: hosts("allowed_hosts", &rules.allowed_hosts),
            denied_hosts: hosts("denied_hosts", &rules.denied_hosts),
            signs: Signs::ready(),
            rules,
        }
    }

    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The verdict on a message that a person wants to write now.
    pub fn judge(&self, standing: &Standing, context: &Context, text: &str) -> Verdict {
        if let Some(fault) = form::fault(text) {
            return fault.verdict();
        }
        if let Some(stopped) = &standing.stopped {
            return stopped.verdict(context);
        }
        if standing.staff {
            return Verdict::Pass;
        }
        if let Some(haste) = pace::haste(&self.rules, standing, context) {
            return haste.verdict();
        }
        let repeat = (self.rules.repeats > 0)
            .then(|| pace::repeat(context, text))
            .flatten();
        if let Some((Repeat::Same, earlier)) = repeat {
            return refuse("rooms.repeat", Reason::of(Rule::Repeat, shorten(&earlier)));
        }
        let content = self.content(standing.trust(), text);
        if matches!(content, Verdict::Refuse { .. }) {
            return content;
        }
        if let Some((Repeat::Near, earlier)) = repeat {
            return Verdict::Hold(Reason::of(Rule::NearRepeat, shorten(&earlier)));
        }
        if let Verdict::Hold(_) = content {
            return content;
        }
        self.person(standing, context)
            .map_or(Verdict::Pass, Verdict::Hold)
    }

    /// The verdict on a change of a message: its pace was judged when it was posted.
    pub fn edited(&self, standing: &Standing, now: lexicon::At, text: &str) -> Verdict {
        let calm = Context {
            now,
            ..Context::default()
        };
        match form::fault(text) {
            Some(fault) => fault.verdict(),
            None => match &standing.stopped {
                Some(stopped) => stopped.verdict(&calm),
                None if standing.staff => Verdict::Pass,
                None => self.content(standing.trust(), text),
            },
        }
    }

    /// The verdict on the words alone, whoever wrote them: also for edits, and for trying rules on what was written before.
    pub fn content(&self, trust: Trust, text: &str) -> Verdict {
        let reading = Reading::of(text);
        if let Some(found) = self.banned.find(&reading, &self.allowed) {
            return refuse(
                "rooms.word",
                Reason::listed(Rule::Banned, found.written, found.listed),
            );
        }
        let held = self
            .watched
            .find(&reading, &self.allowed)
            .map(|found| Reason::listed(Rule::Watched, found.written, found.listed));
        let held = held
            .or_else(|| self.linked(trust, text))
            .or_else(|| self.loud(text))
            .or_else(|| self.spam(text, &reading));
        held.map_or(Verdict::Pass, Verdict::Hold)
    }

    fn linked(&self, trust: Trust, text: &str) -> Option<Reason> {
        let links = links::links(text);
        let denied = links
            .iter()
            .find(|link| self.denied_hosts.iter().any(|host| host.is(&link.host)));
        if let Some(link) = denied {
            return Some(Reason::of(Rule::DeniedHost, link.host.clone()));
        }
        let most = if trust == Trust::New {
            self.rules.newcomer_links
        } else {
            self.rules.links
        };
        let mut counted = links
            .iter()
            .filter(|link| !self.allowed_hosts.iter().any(|host| host.is(&link.host)));
        // The first above the number is the one to name.
        counted
            .nth(most as usize)
            .map(|link| Reason::of(Rule::Links, link.host.clone()))
    }

    fn loud(&self, text: &str) -> Option<Reason> {
        let percent = form::capitals_percent(text)?;
        let loud = self.rules.capitals_percent > 0 && percent >= self.rules.capitals_percent as usize;
        loud.then(|| Reason::of(Rule::Capitals, shorten(form::loudest(text))))
    }

    fn spam(&self, text: &str, reading: &Reading<'_>) -> Option<Reason> {
        if self.rules.spam_points == 0 {
            return None;
        }
        let links = links::links(text);
        let outside: Vec<_> = links
            .into_iter()
            .filter(|link| !self.allowed_hosts.iter().any(|host| host.is(&link.host)))
            .collect();
        let (points, signs) = spam::points(&self.signs, text, reading, &outside);
        let signs = || signs.iter().take(4).copied().collect::<Vec<_>>().join(", ");
        (points >= self.rules.spam_points).then(|| Reason::of(Rule::Spam, signs()))
    }

    /// Holds for who writes and who else writes the same.
    fn person(&self, standing: &Standing, context: &Context) -> Option<Reason> {
        let rules = &self.rules;
        if rules.premoderated > 0 {
            return Some(Reason::of(Rule::Premoderated, "everybody".to_owned()));
        }
        if rules.crowd > 0 && context.same_by_others + 1 >= rules.crowd {
            return Some(Reason::of(
                Rule::Crowd,
                format!("{} people", context.same_by_others + 1),
            ));
        }
        let rejected = standing.rejected_percent();
        if rules.rejected_percent > 0 && rejected > rules.rejected_percent {
            return Some(Reason::of(Rule::Rejected, format!("{rejected} %")));
        }
        let approved = standing.approved;
        (approved < rules.newcomers_until)
            .then(|| Reason::of(Rule::Newcomer, format!("{approved} of {}", rules.newcomers_until)))
    }
}

/// Whether reports of this weight hold a message until a moderator has looked. They never remove one.
pub fn reported(rules: &Rules, weight: u32) -> Option<Reason> {
    let enough = rules.report_weight > 0 && weight >= rules.report_weight;
    enough.then(|| Reason::of(Rule::Reported, weight.to_string()))
}

/// The longest part of a message that a reason quotes.
const QUOTED: usize = 60;

fn shorten(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

fn refuse(code: &'static str, reason: Reason) -> Verdict {
    Verdict::Refuse {
        code,
        retry_after_s: None,
        reason,
    }
}

impl Reason {
    pub fn of(rule: Rule, word: String) -> Self {
        Self {
            rule,
            word,
            listed: String::new(),
        }
    }

    fn listed(rule: Rule, word: String, listed: String) -> Self {
        let listed = if listed.eq_ignore_ascii_case(&word) {
            String::new()
        } else {
            listed
        };
        Self { rule, word, listed }
    }

    /// What the person is told, in a sentence that says what to do next.
    pub fn sentence(&self) -> String {
        let word = &self.word;
        match self.rule {
            Rule::Empty => "Write something first.".to_owned(),
            Rule::Length => format!(
                "Shorten it: a message has at most {} characters, this one has {word}.",
                limits::CHARACTERS
            ),
            Rule::Control => format!("Take out the control character {word} and send it again."),
            Rule::Bidi => {
                format!("Take out the sign {word} that turns the direction of text and send it again.")
            }
            Rule::Zalgo => format!("Take out the marks piled up on a letter ({word}) and send it again."),
            Rule::Invisible => {
                format!("Take out the {word} characters that nobody can see and send it again.")
            }
            Rule::Sanction => word.clone(),
            Rule::SlowMode => format!("Slow mode is on here: write again in {word}."),
            Rule::Flood => format!("You wrote many messages; write again in {word}."),

            Rule::Repeat => format!("You have said this already: “{word}”."),
            Rule::Banned => format!("“{word}” is not used here; say it another way."),
            _ => format!(
                "A moderator looks at this first ({}: {word}).",
                self.rule.as_str()
            ),
        }
    }
}

impl Verdict {
    /// A refusal as the error that answers the request.
    pub fn refusal(&self) -> Option<Error> {
        let Self::Refuse {
            code,
            retry_after_s,
            reason,
        } = self
        else {
            return None;
        };
        Some(match (reason.rule, retry_after_s) {
            (Rule::Sanction, _) => Error::refused(code, reason.sentence()),
            (_, Some(retry_after_s)) => Error::TooMany {
                code,
                retry_after_s: *retry_after_s,
            },
            _ => Error::invalid("text", code, reason.sentence()),
        })
    }
}

impl Fault {
    fn verdict(self) -> Verdict {
        let sign = |c: char| format!("U+{:04X}", u32::from(c));
        match self {
            Self::Empty => refuse("rooms.empty", Reason::of(Rule::Empty, "nothing".to_owned())),
            Self::Long => refuse(
                "rooms.too_long",
                Reason::of(Rule::Length, format!("more than {}", limits::CHARACTERS)),
            ),
            Self::Control(c) => refuse("rooms.control_character", Reason::of(Rule::Control, sign(c))),
            Self::Bidi(c) => refuse("rooms.bidi", Reason::of(Rule::Bidi, sign(c))),
            Self::Zalgo(c) => refuse("rooms.zalgo", Reason::of(Rule::Zalgo, sign(c))),
            Self::Invisible(count) => {
                refuse("rooms.invisible", Reason::of(Rule::Invisible, count.to_string()))
            }
        }
    }
}

impl Stopped {
    fn verdict(&self, context: &Context) -> Verdict {
        let left = self
            .until
            .map(|until| (until.0 - context.now.0 + 999_999) / 1_000_000);
        let retry_after_s = left.and_then(|left| u32::try_from(left.max(1)).ok());
        Verdict::Refuse {
            code: self.how.code(),
            retry_after_s,
            reason: Reason::of(Rule::Sanction, self.sentence()),
        }
    }

    fn sentence(&self) -> String {
        let how = match (self.how, self.until) {
            (Stop::Banned, _) => "You are banned from the rooms".to_owned(),
            (Stop::Muted, None) => "You cannot write in the rooms".to_owned(),
            (_, Some(until)) => format!("You cannot write until {}", until.rfc3339()),
            (Stop::TimedOut, None) => "You cannot write just now".to_owned(),
        };
        format!(
            "{how}: {}. You can ask for another look under “My decisions”.",
            self.why.trim_end_matches('.')
        )
    }
}

impl Haste {
    fn verdict(self) -> Verdict {
        let (code, rule, wait) = match self {
            Self::Slow { wait_s, .. } => ("rooms.slow_mode", Rule::SlowMode, wait_s),
            Self::Flood { wait_s, .. } => ("rooms.flood", Rule::Flood, wait_s),
        };
        Verdict::Refuse {
            code,
            retry_after_s: Some(wait),
            reason: Reason::of(rule, format!("{wait} s")),
        }
    }
}

impl Rule {
    pub const ALL: &'static [Self] = &[
        Self::Empty,
        Self::Length,
        Self::Control,
        Self::Bidi,
        Self::Zalgo,
        Self::Invisible,
        Self::Sanction,
        Self::SlowMode,
        Self::Flood,
        Self::Repeat,
        Self::Banned,
        Self::NearRepeat,
        Self::Crowd,
        Self::Watched,
        Self::DeniedHost,
        Self::Links,
        Self::Capitals,
        Self::Spam,
        Self::Rejected,
        Self::Newcomer,
        Self::Premoderated,
        Self::Reported,
        Self::Classifier,
    ];

    /// The word as it stands in the database, the API and the texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Length => "length",
            Self::Control => "control",
            Self::Bidi => "bidi",
            Self::Zalgo => "zalgo",
            Self::Invisible => "invisible",
            Self::Sanction => "sanction",
            Self::SlowMode => "slow_mode",
            Self::Flood => "flood",
            Self::Repeat => "repeat",
            Self::Banned => "banned",
            Self::NearRepeat => "near_repeat",
            Self::Crowd => "crowd",
            Self::Watched => "watched",
            Self::DeniedHost => "denied_host",
            Self::Links => "links",
            Self::Capitals => "capitals",
            Self::Spam => "spam",
            Self::Rejected => "rejected",
            Self::Newcomer => "newcomer",
            Self::Premoderated => "premoderated",
            Self::Reported => "reported",
            Self::Classifier => "classifier",
        }
    }

    /// The rule of that word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.as_str() == word)
    }
}

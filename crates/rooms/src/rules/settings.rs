//! What a newsroom may set, declared once: the stored layers, the rules that come of them, the desk's page and the tests follow from it.

use super::{limits, links::Host, words};
use base::{Error, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A number of the rules as the desk's page and the tests see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    pub name: &'static str,
    pub about: &'static str,
    pub usual: u32,
    pub most: u32,
}

macro_rules! settings {
    ($($(#[doc = $about:literal])+ $name:ident = $usual:literal, most $most:literal;)+) => {
        /// What one place (the newsroom, an edition, a room) says. What it leaves out it takes from the wider place; lists add up.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct Layer {
            /// Refused; the person is told which word, and can write it another way.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub banned: Vec<String>,
            /// Held until a moderator has looked.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub watched: Vec<String>,
            /// Never a hit, though a beginning (`idiot*`) fits.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub allowed: Vec<String>,
            /// Links to these hosts do not count.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub allowed_hosts: Vec<String>,
            /// Links to these hosts are held.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub denied_hosts: Vec<String>,
            $($(#[doc = $about])+ #[serde(skip_serializing_if = "Option::is_none")] pub $name: Option<u32>,)+
        }

        /// The rules that hold in a room: all layers put together.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        pub struct Rules {
            pub banned: Vec<String>,
            pub watched: Vec<String>,
            pub allowed: Vec<String>,
            pub allowed_hosts: Vec<String>,
            pub denied_hosts: Vec<String>,
            $($(#[doc = $about])+ pub $name: u32,)+
        }

        impl Default for Rules {
            fn default() -> Self {
                Self {
                    banned: Vec::new(), watched: Vec::new(), allowed: Vec::new(), allowed_hosts: Vec::new(), denied_hosts: Vec::new(),
                    $($name: $usual,)+
                }
            }
        }

        /// Every number, in the order of the page.
        pub const SETTINGS: &[Setting] = &[$(Setting { name: stringify!($name), about: concat!($($about),+), usual: $usual, most: $most }),+];

        impl Layer {
            fn numbers(&self) -> Vec<(&'static Setting, Option<u32>)> {
                SETTINGS.iter().zip([$(self.$name),+]).collect()
            }

            /// Sets a number by its name; false when there is none of that name.
            pub fn set(&mut self, name: &str, value: Option<u32>) -> bool {
                match name {
                    $(stringify!($name) => self.$name = value,)+
                    _ => return false,
                }
                true
            }
        }

        impl Rules {
            fn lay(&mut self, layer: &Layer) {
                $(if let Some(value) = layer.$name { self.$name = value; })+
                self.banned.extend(layer.banned.iter().cloned());
                self.watched.extend(layer.watched.iter().cloned());
                self.allowed.extend(layer.allowed.iter().cloned());
                self.allowed_hosts.extend(layer.allowed_hosts.iter().cloned());
                self.denied_hosts.extend(layer.denied_hosts.iter().cloned());
            }

            /// The number of that name.
            pub fn number(&self, name: &str) -> Option<u32> {
                match name {
                    $(stringify!($name) => Some(self.$name),)+
                    _ => None,
                }
            }
        }
    };
}

settings! {
    /// Messages a person may write in a minute; 0 is any number.
    person_minute = 20, most 60;
    /// Messages a person may write in five minutes; 0 is any number.
    person_window = 40, most 60;
    /// The same for people who are new: in a minute …
    newcomer_minute = 10, most 60;
    /// … and in five minutes.
    newcomer_window = 20, most 60;
    /// Seconds a person must wait between two messages in a room; 0 is none.
    slow_mode_s = 0, most 3600;
    /// Links a message may have before it is held.
    links = 3, most 100;
    /// The same for people who are new.
    newcomer_links = 0, most 100;
    /// Messages of a newcomer that a moderator must let through before the next are shown at once; 0 is none.
    newcomers_until = 0, most 50;
    /// Percent of a person's messages of seven days that were rejected, above which the next are held; 0 is never.
    rejected_percent = 30, most 100;
    /// Percent of capitals from which a message is held; 0 is never.
    capitals_percent = 0, most 100;
    /// Points of spam from which a message is held; 0 is never.
    spam_points = 100, most 1000;
    /// 1: a person who says the same again is refused, almost the same is held; 0: both are let through.
    repeats = 1, most 1;
    /// People who wrote the same within ten minutes, from which on it is held; 0 is never.
    crowd = 5, most 1000;
    /// 1: everything but staff's is held until a moderator has looked.
    premoderated = 0, most 1;
    /// Weight of reports from which a message is held until a moderator has looked; 0 is never. New accounts weigh nothing.
    report_weight = 8, most 1000;
}

impl Layer {
    /// `rooms.rule_number`, `rooms.rule_word`, `rooms.rule_host`, `rooms.rule_list`, each with what to do about it.
    pub fn check(&self) -> Result<()> {
        for (setting, value) in self.numbers() {
            if value.is_some_and(|value| value > setting.most) {
                let message = format!("write a number from 0 to {}", setting.most);
                return Err(Error::invalid(setting.name, "rooms.rule_number", message));
            }
        }
        for (list, words) in [
            ("banned", &self.banned),
            ("watched", &self.watched),
            ("allowed", &self.allowed),
        ] {
            short_enough(list, words)?;
            words.iter().try_for_each(|word| words::check(list, word))?;
        }
        for (list, hosts) in [
            ("allowed_hosts", &self.allowed_hosts),
            ("denied_hosts", &self.denied_hosts),
        ] {
            short_enough(list, hosts)?;
            hosts
                .iter()
                .try_for_each(|host| Host::parse(list, host).map(|_| ()))?;
        }
        Ok(())
    }
}

fn short_enough(list: &'static str, entries: &[String]) -> Result<()> {
    if entries.len() > limits::LISTED {
        let message = format!("a list has at most {} entries", limits::LISTED);
        return Err(Error::invalid(list, "rooms.rule_list", message));
    }
    Ok(())
}

impl Rules {
    /// The layers of a room, widest first: newsroom, edition, room.
    pub fn of<'a>(layers: impl IntoIterator<Item = &'a Layer>) -> Self {
        let mut rules = Self::default();
        for layer in layers {
            rules.lay(layer);
        }
        rules
    }
}

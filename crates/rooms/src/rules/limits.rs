//! Every number of the rules in one place: what is hard (nobody can change it), and from where to where a newsroom may set the rest.

use lexicon::At;

/// Characters of a message. A page of a book is about 2,000.
pub const CHARACTERS: usize = 6_000;
/// Characters that are not seen (joiners out of place, fillers, tags) before a message is refused. Honest phones send one or two.
pub const INVISIBLE: usize = 8;
/// Combining marks on one letter. Vietnamese and pointed Hebrew need three, with cantillation four.
pub const MARKS: usize = 4;
/// Directional controls that may be open inside each other. Real text nests two.
pub const NESTED: usize = 4;

/// The window in which the longer budget of a person is counted.
pub const WINDOW: i64 = 5 * At::MINUTE;
/// How far back the person's own messages are looked at for repeats.
pub const REPEAT_WITHIN: i64 = 10 * At::MINUTE;
/// How many of the person's latest messages are looked at for repeats.
pub const LATEST: usize = 10;
/// How many of them are read at all: one more than the usual five minutes' budget needs.
pub const LATELY: usize = 61;
/// A repeat shorter than this many letters is conversation: "yes", "thank you".
pub const REPEAT_LETTERS: usize = 12;
/// A message that is almost another is looked for from this many letters on.
pub const NEAR_LETTERS: usize = 30;
/// Shared thirds (of a hundred) from which two messages are near-same.
pub const NEAR_PERCENT: usize = 85;
/// How far back the same words from other people count as a crowd.
pub const CROWD_WITHIN: i64 = 10 * At::MINUTE;

/// Messages of a week before the part of them that was rejected says anything.
pub const RATIO_LEAST: u32 = 5;
/// Cased letters before capitals are counted: "NASA" is no shouting.
pub const CAPITALS_LEAST: usize = 20;

/// A person is known after so many approved messages …
pub const KNOWN_APPROVED: u32 = 3;
/// … and so much time.
pub const KNOWN_AGE: i64 = At::DAY;
/// A regular …
pub const REGULAR_APPROVED: u32 = 20;
pub const REGULAR_AGE: i64 = 7 * At::DAY;
/// … and somebody whose reports weigh most.
pub const TRUSTED_APPROVED: u32 = 100;
pub const TRUSTED_AGE: i64 = 30 * At::DAY;
/// Percent of a week's messages rejected above which nobody is a regular.
pub const REGULAR_REJECTED_PERCENT: u32 = 10;
/// Judged reports before a reporter's being right or wrong changes their weight.
pub const REPORTS_LEAST: u32 = 4;

/// Words and phrases in one list, hosts in one list.
pub const LISTED: usize = 5_000;
/// Characters of one listed word or phrase.
pub const WORD_CHARACTERS: usize = 80;
/// Letters before the star of a listed beginning: less would match half a dictionary.
pub const STEM_LETTERS: usize = 3;

/// The timeouts a moderator chooses from, in seconds: 10 s … 24 h.
pub const TIMEOUTS_S: [u32; 6] = [10, 60, 300, 600, 1_800, 86_400];

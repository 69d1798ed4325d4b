//! Every number of signing in, in one place. Each has a test that goes one past it.

use lexicon::At;

/// The shortest password, in characters. No rules on what is in it (ASVS 6.2.1, 6.2.5).
pub const PASSWORD_SHORTEST: usize = 12;
/// The longest password, in characters (ASVS 6.2.9 wants at least 64).
pub const PASSWORD_LONGEST: usize = 200;
/// Passwords hashed at the same moment: each takes 19 MiB and a core.
pub const HASHES_AT_ONCE: usize = 2;
/// Passwords waiting for their turn; more are sent away for a moment, so that a flood costs no memory.
pub const HASHES_WAITING: usize = 64;

/// A name, in characters.
pub const NAME_LONGEST: usize = 100;
/// An e-mail address, in bytes (RFC 5321 §4.5.3.1.3, less the brackets).
pub const EMAIL_LONGEST: usize = 254;

/// A session that nobody used for so long is over: longer than a shift, shorter than a night and a day.
pub const SESSION_IDLE: i64 = 12 * At::HOUR;
/// A session is over after so long, however much it was used.
pub const SESSION_WHOLE: i64 = 7 * At::DAY;
/// The same for readers: nothing but their own words can be changed with it, and who must sign in each day stops coming.
pub const READER_IDLE: i64 = 60 * At::DAY;
pub const READER_WHOLE: i64 = 180 * At::DAY;
/// The mark of last use is moved at most this often: it is a write.
pub const SEEN_EVERY: i64 = At::MINUTE;
/// Between the password and the code.
pub const TICKET: i64 = 10 * At::MINUTE;
/// Wrong codes on one ticket before the password is asked for again.
pub const TICKET_WRONG: i64 = 5;
/// A browser that once signed in is remembered so long; its guesses are counted apart from those of strangers.
pub const BROWSER: i64 = 180 * At::DAY;

/// The link that makes the owner.
pub const SETUP_LINK: i64 = 7 * At::DAY;
/// An invitation to the newsroom.
pub const INVITATION: i64 = 7 * At::DAY;
/// A link that sets a new password.
pub const RESET_LINK: i64 = At::DAY;

/// A link that a reader was mailed: long enough for slow mail, too short to be found later.
pub const ERRAND: i64 = At::HOUR;
/// A form that is sent sooner than a person can read it was sent by a program.
pub const FORM_SOONEST: i64 = 2 * At::SECOND;
/// A form that stood open longer is given out anew.
pub const FORM_LATEST: i64 = At::DAY;
/// People whom one reader ignores.
pub const IGNORED_MOST: i64 = 1_000;
/// Passkeys of one person.
pub const PASSKEYS_MOST: usize = 20;
/// Between the asking for a passkey and its answer.
pub const CHALLENGE: i64 = 5 * At::MINUTE;

/// Recovery codes given out together.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a recovery code: 120 bits, so its plain hash is enough (ASVS 6.5.2).
pub const RECOVERY_CHARACTERS: usize = 24;

/// The second factor's step in seconds (RFC 6238 §5.2).
pub const STEP_S: i64 = 30;

/// How many wrong guesses are taken: so many at once, then each must wait twice as long as the one before, and one is
/// forgotten every so often. It delays and never locks: nobody can be shut out for longer than `longest`.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub free: i64,
    /// The longest wait.
    pub longest: i64,
    /// One wrong guess is forgotten after this.
    pub forgets: i64,
}

/// For one account, from everywhere together: at most 100 a day.
pub const ACCOUNT: Patience = Patience {
    free: 5,
    longest: 30 * At::MINUTE,
    forgets: 30 * At::MINUTE,
};
/// For everything that comes from one network. A newsroom shares one, so right passwords are not counted.
pub const NETWORK: Patience = Patience {
    free: 30,
    longest: 10 * At::MINUTE,
    forgets: 2 * At::MINUTE,
};
/// Mail that somebody asks for to one address, whether anybody has it or not: a mailbox must not be flooded through us.
pub const MAILBOX: Patience = Patience {
    free: 4,
    longest: 30 * At::MINUTE,
    forgets: 15 * At::MINUTE,
};
/// Mail asked for from one network.
pub const MAIL_NETWORK: Patience = Patience {
    free: 20,
    longest: 10 * At::MINUTE,
    forgets: 3 * At::MINUTE,
};

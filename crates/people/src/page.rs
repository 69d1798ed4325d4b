//! The pages of this crate, as what is to be said on them. Whoever has the theme makes HTML of it.

use base::Result;
use base::web::Later;
use lexicon::{At, Role, Scope};
use serde::Serialize;
use std::collections::BTreeMap;

/// Makes HTML pages. `site` implements it.
pub trait Pages: Send + Sync + 'static {
    /// Renders a page in the language that suits.
    fn render(&self, page: Page, tongue: Tongue) -> Later<'_, Result<String>>;
}

/// What is known of the reader's language.
#[derive(Clone, Debug, Default)]
pub struct Tongue {
    /// The code of the edition they came from.
    pub edition: Option<String>,
    /// Their browser's `Accept-Language`.
    pub wished: String,
}

/// A sentence of the theme's texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    pub key: &'static str,
    /// The number in it.
    pub count: Option<i64>,
}

/// One page.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Page {
    /// The first visitor becomes the owner.
    Setup {
        form: Form,
    },
    SignIn {
        form: Form,
    },
    /// The code of the second factor.
    Code {
        form: Form,
    },
    /// A second factor to be set up.
    Enrol {
        form: Form,
        secret: Secret,
    },
    /// A new password.
    Password {
        form: Form,
        asks: Asks,
    },
    /// A link that does not work, and why.
    DeadLink {
        why: Words,
    },
    Account {
        account: Box<Account>,
    },
    /// A reader registers.
    Register {
        form: Form,
    },
    /// A reader signs in: with a password, or by a link that is mailed.
    ReaderSignIn {
        form: Form,
    },
    /// A reader forgot the password.
    Forgotten {
        form: Form,
    },
    /// A letter is on its way, or would be if there were somebody to get it.
    Sent,
    /// A mailed link was opened: one press does what it is for.
    Confirm {
        form: Form,
        what: &'static str,
        email: String,
    },
    /// A mailed link that does not work here.
    DeadErrand {
        why: Words,
    },
    /// A reader's own page.
    Me {
        me: Box<Me>,
    },
    /// The people a reader ignores.
    Ignored {
        people: Vec<IgnoredRow>,
        back_url: String,
    },
    /// The end of an account.
    Deletion {
        form: Form,
        deletion: Deletion,
    },
    /// The account is gone.
    Farewell,
}

/// Why a new password is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// By somebody who was invited.
    Invitation,
    /// By somebody whose password was lost.
    Reset,
    /// By somebody who is signed in: the present one is asked for as well.
    Change,
    /// By a reader who is signed in and has none yet.
    First,
}

/// A form with what was typed and what was wrong with it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    pub error: Option<Words>,
    pub errors: BTreeMap<&'static str, Words>,
    /// What was typed; never a password or a code.
    pub values: BTreeMap<&'static str, String>,
    /// The secret of the link, which travels with the form.
    pub token: Option<String>,
    /// Where to go afterwards.
    pub next: Option<String>,
    /// When it was given out.
    pub stamp: Option<String>,
    /// Another way to send it: the second button's address.
    pub other_action: Option<String>,
}

/// A secret for an authenticator app.
#[derive(Clone, Debug, Serialize)]
pub struct Secret {
    /// Base32, four by four.
    pub text: String,
    pub otpauth_url: String,
    /// The `d` of an SVG path whose unit is a module, quiet zone included.
    pub qr_path: String,
    /// Modules a side, quiet zone included.
    pub qr_size: i32,
    /// Whether the password is asked for with the code.
    pub asks_password: bool,
}

/// Somebody's own page.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub notice: Option<Words>,
    /// The form for new recovery codes, with its mistakes.
    pub form: Form,
    pub totp: bool,
    pub recovery_left: i64,
    /// New recovery codes, shown this once.
    pub recovery_codes: Vec<String>,
    pub password_url: String,
    pub totp_url: String,
    pub sign_out_url: String,
    pub sessions: Vec<SessionRow>,
    pub tokens: Vec<TokenRow>,
}

/// One place where somebody is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct SessionRow {
    pub device: String,
    pub current: bool,
    pub started_at: At,
    pub last_seen_at: At,
    pub end_url: String,
}

/// One API token.
#[derive(Clone, Debug, Serialize)]
pub struct TokenRow {
    pub name: String,
    pub scope: Scope,
    pub made_at: At,
    pub last_used_at: Option<At>,
    pub end_url: String,
}

/// A reader's own page.
#[derive(Clone, Debug, Serialize)]
pub struct Me {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub notice: Option<Words>,
    pub name_form: Form,
    pub address_form: Form,
    pub has_password: bool,
    pub password_url: String,
    pub sessions: Vec<SessionRow>,
    pub end_others_url: String,
    pub passkeys: Vec<PasskeyRow>,
    pub ignored: usize,
    pub ignored_url: String,
    pub export_url: String,
    pub deletion_url: String,
    pub sign_out_url: String,
    /// Where staff find their second factor and tokens.
    pub account_url: Option<String>,
}

/// One passkey.
#[derive(Clone, Debug, Serialize)]
pub struct PasskeyRow {
    pub name: String,
    pub made_at: At,
    pub used_at: Option<At>,
    pub end_url: String,
}

/// Somebody whose words are not shown.
#[derive(Clone, Debug, Serialize)]
pub struct IgnoredRow {
    pub name: String,
    pub end_url: String,
}

/// How an account can be ended.
#[derive(Clone, Debug, Serialize)]
pub struct Deletion {
    pub has_password: bool,
    /// An account of staff is the newsroom's to end.
    pub is_staff: bool,
    pub link_url: String,
    pub export_url: String,
    pub back_url: String,
}

impl Words {
    pub fn of(key: &'static str) -> Self {
        Self { key, count: None }
    }

    pub fn counted(key: &'static str, count: i64) -> Self {
        let count = Some(count);
        Self { key, count }
    }
}

impl Form {
    pub fn to(action: String) -> Self {
        Self {
            action,
            ..Self::default()
        }
    }

    pub fn value(mut self, field: &'static str, typed: &str) -> Self {
        self.values.insert(field, typed.to_owned());
        self
    }

    pub fn is_wrong(&self) -> bool {
        self.error.is_some() || !self.errors.is_empty()
    }
}

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

//! The one error of the program: stable codes for machines, a sentence for people.

use std::fmt;

/// The result of everything that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was refused. `code` is stable (`stories.not_found`) and never changes its meaning.
#[derive(Debug)]
pub enum Error {
    /// 404. There is no such thing, or this caller may not know that there is.
    NotFound { code: &'static str },
    /// 401. Nobody is signed in, or the token is not valid.
    Unauthenticated,
    /// 403. Signed in, but not allowed.
    Forbidden { code: &'static str },
    /// 403 for a reason of the matter; `message` says which, and what to do.
    Refused { code: &'static str, message: String },
    /// 400 or 422. `field` says where, `message` what to do next.
    Invalid {
        field: String,
        code: &'static str,
        message: String,
    },
    /// 409, or 412 when a precondition (`If-Match`) failed, or 428 when there was none; `current` is what stands there now.
    Conflict {
        code: &'static str,
        message: String,
        current: Option<serde_json::Value>,
    },
    /// 413. More than the limit, in bytes.
    TooLarge { limit_bytes: u64 },
    /// 429. Come back after so many seconds.
    TooMany { code: &'static str, retry_after_s: u32 },
    /// 410. It was here; `message` says why it is not any more.
    Gone { code: &'static str, message: String },
    /// 503. Not now: disk full, draining, database away.
    Unavailable { code: &'static str, retry_after_s: u32 },
    /// 500. A fault of ours; the cause is logged, never shown.
    Internal { cause: String },
}

impl Error {
    pub fn not_found(code: &'static str) -> Self {
        Self::NotFound { code }
    }

    pub fn invalid(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid {
            field: field.into(),
            code,
            message: message.into(),
        }
    }

    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self::Refused {
            code,
            message: message.into(),
        }
    }

    pub fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::Conflict {
            code,
            message: message.into(),
            current: None,
        }
    }

    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::Internal {
            cause: cause.to_string(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { code }
            | Self::Forbidden { code }
            | Self::Refused { code, .. }
            | Self::Invalid { code, .. }
            | Self::Conflict { code, .. }
            | Self::TooMany { code, .. }
            | Self::Gone { code, .. }
            | Self::Unavailable { code, .. } => code,
            Self::Unauthenticated => "people.sign_in",
            Self::TooLarge { .. } => "web.too_large",
            Self::Internal { .. } => "internal",
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } => 404,
            Self::Unauthenticated => 401,
            Self::Forbidden { .. } | Self::Refused { .. } => 403,
            Self::Invalid { .. } => 422,
            Self::Conflict { code, .. } if code.ends_with(".precondition") => 412,
            Self::Conflict { code, .. } if code.ends_with(".precondition_required") => 428,
            Self::Conflict { .. } => 409,
            Self::TooLarge { .. } => 413,
            Self::TooMany { .. } => 429,
            Self::Gone { .. } => 410,
            Self::Unavailable { .. } => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// Seconds for `Retry-After`, where coming back makes sense.
    pub fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::TooMany { retry_after_s, .. } | Self::Unavailable { retry_after_s, .. } => {
                Some(*retry_after_s)
            }
            _ => None,
        }
    }
}

/// A sentence that says what to do next. The cause of an internal fault is not in it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { .. } => f.write_str("There is nothing at this address."),
            Self::Unauthenticated => f.write_str("Sign in, or send a valid token, and try again."),
            Self::Forbidden { .. } => f.write_str("Your role does not allow this; ask an owner or editor."),
            Self::Invalid { field, message, .. } => write!(f, "{field}: {message}"),
            Self::Refused { message, .. } | Self::Conflict { message, .. } | Self::Gone { message, .. } => {
                f.write_str(message)
            }
            Self::TooLarge { limit_bytes } => {
                write!(f, "This is larger than the limit of {limit_bytes} bytes.")
            }
            Self::TooMany { retry_after_s, .. } => {
                write!(f, "Too many requests; try again in {retry_after_s} s.")
            }
            Self::Unavailable { retry_after_s, .. } => {
                write!(f, "Not possible just now; try again in {retry_after_s} s.")
            }
            Self::Internal { .. } => f.write_str("Something went wrong on our side; it has been logged."),
        }
    }
}

impl std::error::Error for Error {}

impl From<lexicon::Malformed> for Error {
    fn from(malformed: lexicon::Malformed) -> Self {
        Self::invalid(malformed.0, "malformed", malformed.to_string())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return Self::Unavailable {
                code: "disk_full",
                retry_after_s: 30,
            };
        }
        Self::internal(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(format!("stored JSON does not fit its type: {error}"))
    }
}

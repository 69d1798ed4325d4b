//! What is wrong with a document that was refused, and where.

/// A refusal: a code that never changes, the JSON path of the fault and a sentence for a person.
///
/// Codes: `markup.json` (not JSON, or not of the shape of a document), `markup.version`, `markup.depth`,
/// `markup.blocks`, `markup.size`, `markup.shape` (a block with a missing, unknown or mistyped field), `markup.id`,
/// `markup.id_twice`, `markup.url`, `markup.level`, `markup.time`, `markup.picture` (neither asset nor URL).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at {path}, {code})")]
pub struct Error {
    /// Stable, for programs and translations.
    pub code: &'static str,
    /// Where, as `blocks[3].text[0].marks[1].href`; `$` is the document itself.
    pub path: String,
    /// What is wrong, in English.
    pub message: String,
}

impl Error {
    pub(crate) fn new(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            path: path.into(),
            message: message.into(),
        }
    }
}

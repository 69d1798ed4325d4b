//! Statements are constants: nothing is ever put together from text that came from outside.

/// One SQL statement, the same for both engines; `$1…` in ascending order of first appearance.
/// `{name}` stands for a fragment of the dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sql(&'static str);

impl Sql {
    /// For `sql!` alone.
    #[doc(hidden)]
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    pub fn text(self) -> &'static str {
        self.0
    }
}

/// Declares a noun file's statements, and `STATEMENTS` with all of them for the test that prepares each on both engines.
#[macro_export]
macro_rules! sql {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: $crate::db::Sql = $crate::db::Sql::new($text);)+
        /// Every statement of this file.
        pub(crate) const STATEMENTS: &[$crate::db::Sql] = &[$($name),+];
    };
}

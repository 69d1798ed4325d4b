//! What goes into a statement and what comes out of it.

use crate::{Error, Result};
use lexicon::{AssetId, At, EditionCode, MessageId, PersonId, Slug, StoryId, Stream};

/// One value of the five types that both engines share. Booleans are 0 and 1, times are microseconds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A list of values for `$1`, `$2`, …, in that order.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::db::Value::from($value)),*] };
}

/// One row of an answer.
#[derive(Debug)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// The columns, to be taken from left to right.
    pub fn columns(self) -> Columns {
        Columns(self.0.into_iter())
    }

    /// All columns as they came.
    pub fn into_values(self) -> Vec<Value> {
        self.0
    }

    /// The first column, where there is only one.
    pub fn only<T: FromValue>(self) -> Result<T> {
        self.columns().next()
    }
}

/// The columns of a row not yet taken.
pub struct Columns(std::vec::IntoIter<Value>);

impl Columns {
    /// The next column as a `T`; an internal error when it is of another type.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is typed by the caller and never ends quietly"
    )]
    pub fn next<T: FromValue>(&mut self) -> Result<T> {
        T::from_value(self.0.next().unwrap_or(Value::Null))
    }
}

/// What a column can become.
pub trait FromValue: Sized {
    fn from_value(value: Value) -> Result<Self>;
}

fn mistyped<T>(value: &Value) -> Error {
    Error::internal(format!(
        "a column holds {value:?}, not {}",
        std::any::type_name::<T>()
    ))
}

macro_rules! plain {
    ($($type:ty, $variant:ident);+ $(;)?) => { $(
        impl FromValue for $type {
            fn from_value(value: Value) -> Result<Self> {
                match value {
                    Value::$variant(inner) => Ok(inner),
                    other => Err(mistyped::<Self>(&other)),
                }
            }
        }
        impl From<$type> for Value {
            fn from(inner: $type) -> Self { Self::$variant(inner) }
        }
    )+ };
}

plain! { i64, Int; f64, Real; String, Text; Vec<u8>, Bytes; }

macro_rules! worded {
    ($($type:ty),+ $(,)?) => { $(
        impl FromValue for $type {
            fn from_value(value: Value) -> Result<Self> {
                let text = String::from_value(value)?;
                text.parse().map_err(|_| mistyped::<Self>(&Value::Text(text)))
            }
        }
        impl From<&$type> for Value {
            fn from(word: &$type) -> Self { Self::Text(word.to_string()) }
        }
        impl From<$type> for Value {
            fn from(word: $type) -> Self { Self::Text(word.to_string()) }
        }
    )+ };
}

worded!(StoryId, AssetId, PersonId, MessageId, EditionCode, Slug, Stream);
worded!(
    lexicon::Role,
    lexicon::Scope,
    lexicon::StoryKind,
    lexicon::StoryState
);
worded!(
    lexicon::CorrectionKind,
    lexicon::SourceKind,
    lexicon::Level,
    lexicon::RoomState,
    lexicon::Stage
);

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl FromValue for At {
    fn from_value(value: Value) -> Result<Self> {
        i64::from_value(value).map(At)
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self> {
        i64::from_value(value).map(|n| n != 0)
    }
}

impl From<At> for Value {
    fn from(at: At) -> Self {
        Self::Int(at.0)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Int(i64::from(truth))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl<T> From<Option<T>> for Value
where
    Value: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

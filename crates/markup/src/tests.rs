//! What the document promises, as data.

mod reading;

//! From a printed letter to the bytes that a mail server takes: two parts, typed headers, CRLF and nothing else.

use crate::Printed;
use base::{Error, Result};
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

/// Says that no person wrote it, so that no absence note answers (RFC 3834 §5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The message. `id` makes a mail that is sent twice, because its end was lost, one mail for its reader.
/// Errors: `notify.address` when the address is none that mail can be sent to.
pub(crate) fn compose(sender: &Address, id: &str, to: &str, printed: &Printed) -> Result<Message> {
    let to: Address = to.parse().map_err(|_| no_address())?;
    let from = Mailbox::new(Some(one_line(&printed.from)), sender.clone());
    let parts = MultiPart::alternative_plain_html(lines(&printed.text), lines(&printed.html));
    let built = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(one_line(&printed.subject))
        .message_id(Some(format!("<{id}@{}>", sender.domain())))
        .header(AutoSubmitted)
        .multipart(parts);
    built.map_err(|error| Error::invalid("mail", "notify.mail", error.to_string()))
}

fn no_address() -> Error {
    Error::invalid("to", "notify.address", "mail cannot be sent to this address")
}

/// The bytes as they go to the server.
pub(crate) fn bytes(message: &Message, printed: &Printed) -> Vec<u8> {
    let bytes = message.formatted();
    if !cfg!(feature = "planted-raw-subject") {
        return bytes;
    }
    let raw = format!("Subject: {}\r\n", printed.subject);
    [raw.as_bytes(), &bytes].concat()
}

/// A header is one line: whatever would end it becomes a space. Bidirectional marks go too, so that nobody's words turn
/// the rest of a line round.
pub(crate) fn one_line(text: &str) -> String {
    let bent = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let line: String = text.chars().map(|c| if bent(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = line.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(200).collect();
    // What looks like an encoded word (RFC 2047) would be decoded into something else.
    line.replace("=?", "=\u{2060}?")
}

/// A body is lines of text: a lone CR is a line's end to some servers and none to others, and a NUL is the end of all.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().map(|c| if kept(c) { c } else { ' ' }).collect()
}

/// What a reader wrote, to stand inside a mail: one line, and nothing of it becomes a link in the mail program, which
/// would make us the sender of somebody's lure.
pub(crate) fn quiet(text: &str) -> String {
    if cfg!(feature = "planted-words-as-they-came") {
        return text.to_owned();
    }
    let mut quiet = String::new();
    for c in one_line(text).chars() {
        quiet.push(c);
        // A word joiner: it is not seen, and mail programs find no address across it.
        if matches!(c, '.' | ':' | '@' | '/' | '。' | '．' | '｡') {
            quiet.push('\u{2060}');
        }
    }
    quiet
}

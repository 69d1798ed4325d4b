//! M2: no text in any field bends a mail. Two parsers that know nothing of us read what was composed.

use crate::compose::{bytes, compose, one_line, quiet};
use crate::sender::hushed;
use crate::{Letter, Printed};
use lettre::Address;
use mail_parser::{MessageParser, MimeHeaders};
use people::page::Tongue;
use proptest::prelude::*;

fn sender() -> Address {
    "noreply@news.example".parse().unwrap()
}

/// What an attacker would put in, alone and in the middle of other text.
const BENT: &[&str] = &[
    "\r\nBcc: victim@evil.example\r\n",
    "\nBcc: victim@evil.example",
    "\rBcc: victim@evil.example",
    "\r\n\r\n<script>alert(1)</script>",
    "\r\n.\r\nMAIL FROM:<a@b>\r\n",
    "\n.\n",
    "\u{2028}Bcc: x@y",
    "\u{85}Bcc: x@y",
    "\0",
    "=?utf-8?q?=0D=0ABcc:=20x@y?=",
    "=?utf-8?b?DQpCY2M6IHhAeQ==?=",
    "--boundary\r\nContent-Type: text/html\r\n\r\n",
    "\u{202e}moc.live",
    "\"<evil@evil.example>\" <x@y>",
    ", evil@evil.example",
    "Content-Type: multipart/mixed; boundary=x",
];

fn text() -> impl Strategy<Value = String> {
    let bent = proptest::sample::select(BENT).prop_map(str::to_owned);
    let any = prop_oneof![any::<String>(), bent, "[ -~]{0,300}".prop_map(|s| s)];
    proptest::collection::vec(any, 0..4).prop_map(|parts| parts.concat())
}

/// The names of all headers of a message, as this parser finds them.
fn names(raw: &[u8]) -> Vec<String> {
    let (headers, _) = mailparse::parse_headers(raw).unwrap();
    let mut names: Vec<String> = headers.iter().map(mailparse::MailHeader::get_key).collect();
    names.sort();
    names
}

const EXPECTED: [&str; 8] = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
];

/// Every line ends in CRLF, none is bare, and none is a lone dot that a server could take for the end.
fn is_clean(raw: &[u8]) -> bool {
    let bare = raw.windows(2).any(|two| two[1] == b'\n' && two[0] != b'\r')
        || raw.windows(2).any(|two| two[0] == b'\r' && two[1] != b'\n');
    !bare && !raw.contains(&0) && raw.split(|b| *b == b'\n').all(|line| line.len() <= 999)
}

fn judge(printed: &Printed) {
    let message = compose(&sender(), "id", "ada@reader.example", printed).unwrap();
    let raw = bytes(&message, printed);
    assert!(is_clean(&raw), "{:?}", String::from_utf8_lossy(&raw));
    assert_eq!(names(&raw), EXPECTED, "{:?}", String::from_utf8_lossy(&raw));

    let first = mailparse::parse_mail(&raw).unwrap();
    assert_eq!(first.subparts.len(), 2, "two parts");
    assert!(first.subparts.iter().all(|part| part.subparts.is_empty()));
    let second = MessageParser::default().parse(&raw).unwrap();
    assert_eq!((second.text_body_count(), second.html_body_count()), (1, 1));
    assert_eq!(second.attachment_count(), 0);
    assert_eq!(second.parts.len(), 3);
    assert!(
        second.parts[1]
            .content_type()
            .is_some_and(|it| it.c_type == "text")
    );
    let to: Vec<_> = second.to().unwrap().iter().collect();
    assert_eq!((to.len(), to[0].address()), (1, Some("ada@reader.example")));
    let from: Vec<_> = second.from().unwrap().iter().collect();
    assert_eq!((from.len(), from[0].address()), (1, Some("noreply@news.example")));
    assert!(second.cc().is_none() && second.bcc().is_none());
    assert_eq!(
        second.subject().unwrap_or_default().trim(),
        one_line(&printed.subject).trim()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_in_any_place_bends_a_mail(from in text(), subject in text(), body in text(), html in text()) {
        judge(&Printed { from, subject, text: body, html });
    }

    #[test]
    fn no_text_as_an_address_reaches_another_mailbox(to in text()) {
        let printed = Printed { from: "News".to_owned(), subject: "S".to_owned(), text: "t".to_owned(), html: "h".to_owned() };
        if let Ok(message) = compose(&sender(), "id", &to, &printed) {
            assert_eq!(message.envelope().to().len(), 1);
            assert_eq!(names(&bytes(&message, &printed)), EXPECTED);
            assert!(!to.contains(['\r', '\n', ',', ' ']), "{to:?}");
        }
    }

    #[test]
    fn what_a_reader_wrote_is_no_link_in_a_mail(word in text()) {
        let letter = Letter::new("test", "ada@reader.example", &Tongue::default());
        let word = format!("{word} https://evil.example/x www.evil.example evil@evil.example");
        let hushed = hushed(letter.word("excerpt", &word));
        let shown = &hushed.words["excerpt"];
        for lure in ["://", "evil.example", "www.evil", "@e"] {
            assert!(!shown.contains(lure), "{shown:?} has {lure}");
        }
        assert!(!shown.contains(['\r', '\n', '\u{2028}', '\u{202e}']));
    }
}

#[test]
fn each_of_the_known_tricks_stays_text() {
    for bent in BENT {
        let printed = Printed {
            from: bent.to_string(),
            subject: format!("Hello {bent}"),
            text: format!("a{bent}b"),
            html: format!("<p>{bent}</p>"),
        };
        judge(&printed);
    }
    assert_eq!(quiet("read evil.com"), "read evil.\u{2060}com");
}

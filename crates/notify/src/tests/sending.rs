//! The way of a mail: committed with its cause, spoken to a strict server, tried again, given up, forgotten.

use crate::mail::JOB;
use crate::{Letter, MIGRATIONS, Mail, Outgoing, Printed, Printer, Smtp};
use base::db::scratch::Scratch;
use base::db::{Query, Sql};
use base::hub::{Hub, Limits, Listing, Reading};
use base::jobs::Workers;
use base::pages::PageStore;
use base::web::{Later, Shield};
use base::{App, Config, Error, Result, Tx};
use lexicon::{At, Role, Stream};
use people::page::Tongue;
use people::{Part, Person};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

struct Plain;

impl Printer for Plain {
    fn print(&self, letter: Letter) -> Later<'_, Result<Printed>> {
        Box::pin(async move {
            Ok(Printed {
                from: "The Courier".to_owned(),
                subject: format!("About {}", letter.kind),
                text: format!("{}\n.\nend", letter.link.unwrap_or_default()),
                html: "<p>Hello</p>".to_owned(),
            })
        })
    }

    fn outbox(&self, _: Vec<Outgoing>, _: Tongue) -> Later<'_, Result<String>> {
        Box::pin(async { Ok(String::new()) })
    }
}

struct Everything;

impl Listing for Everything {
    fn exists(&self, _: &Stream) -> Reading<'_, bool> {
        Box::pin(async { Ok(true) })
    }
}

/// What a server does with the recipient.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Takes,
    NotNow,
    Never,
}

/// A server that takes nothing that is not exactly as RFC 5321 writes it.
struct Server {
    url: String,
    taken: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
}

impl Server {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!(
            "smtp://post:se%20cret@127.0.0.1:{}",
            listener.local_addr().unwrap().port()
        );
        let (taken, manner) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(Mutex::new(Manner::Takes)),
        );
        let (kept, asked) = (taken.clone(), manner.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, kept.clone(), asked.clone()));
            }
        });
        Self { url, taken, manner }
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

async fn talk(stream: tokio::net::TcpStream, taken: Arc<Mutex<Vec<String>>>, manner: Arc<Mutex<Manner>>) {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 strict ESMTP\r\n").await.unwrap();
    let (mut data, mut mail) = (false, String::new());
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let line = String::from_utf8(line).unwrap();
        assert!(
            line.ends_with("\r\n") && !line.trim_end_matches("\r\n").contains('\r'),
            "{line:?}"
        );
        if data {
            if line == ".\r\n" {
                taken.lock().unwrap().push(std::mem::take(&mut mail));
                data = false;
                stream.write_all(b"250 taken\r\n").await.unwrap();
            } else {
                mail += line.strip_prefix('.').unwrap_or(&line);
            }
            continue;
        }
        let verb = line
            .split([' ', ':', '\r'])
            .next()
            .unwrap_or_default()
            .to_uppercase();
        let answer = match (verb.as_str(), *manner.lock().unwrap()) {
            ("EHLO", _) => "250-strict\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n",
            // \0post\0se cret
            ("AUTH", _) if line.contains("AHBvc3QAc2UgY3JldA==") => "235 welcome\r\n",
            ("RCPT", Manner::NotNow) => "451 later, <ada@reader.example>\r\n",
            ("RCPT", Manner::Never) => "550 5.1.1 <bob@reader.example>: nobody here\r\n",
            ("MAIL" | "RCPT" | "RSET" | "NOOP", _) => "250 ok\r\n",
            ("DATA", _) => {
                data = true;
                "354 go on\r\n"
            }
            ("QUIT", _) => "221 bye\r\n",
            _ => "500 what\r\n",
        };
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

struct House {
    app: App,
    workers: Workers,
}

fn house(scratch: &Scratch, smtp: &str) -> House {
    let flags = BTreeMap::from([
        ("data".to_owned(), "/nonexistent".to_owned()),
        ("origin".to_owned(), "https://news.example".to_owned()),
        ("smtp".to_owned(), smtp.to_owned()),
    ]);
    let (db, clock) = (scratch.db().clone(), scratch.clock.clone());
    let ledger = Arc::new(db.public().clone());
    let app = App {
        pages: PageStore::new(1 << 20, clock.clone(), Shield::of("https://news.example")),
        config: Arc::new(Config::resolve(&flags, &BTreeMap::new()).unwrap()),
        hub: Hub::new(ledger, Arc::new(Everything), Limits::default(), clock.clone()).unwrap(),
        db,
        clock,
    };
    let smtp = Smtp::of(&app.config).unwrap();
    let workers = crate::workers(&app, &smtp, Arc::new(Plain), Workers::default());
    House { app, workers }
}

impl House {
    async fn turn(&self) -> usize {
        self.workers
            .turn_mail(&self.app.db, &self.app.clock)
            .await
            .unwrap()
    }

    async fn send(&self, to: &str) {
        let letter = Letter::new("sign-in", to, &Tongue::default())
            .leading_to("https://news.example/me/link?key=canarykey".to_owned());
        let send = move |tx: &mut Tx| Mail::send(tx, &letter);
        self.app.db.write(send).await.unwrap();
    }

    async fn states(&self) -> Vec<String> {
        let mails = self.app.db.read(|read| Mail::latest(read, 50)).await.unwrap();
        mails.into_iter().map(|mail| mail.state).collect()
    }

    /// Everything that the tables of mail and work hold, as text.
    async fn rows(&self) -> String {
        const MAILS: Sql = Sql::new("SELECT * FROM notify_mail");
        const JOBS: Sql = Sql::new("SELECT * FROM base_job");
        let read = |read: &mut base::Read| {
            Ok(format!(
                "{:?} {:?}",
                read.query(MAILS, &[])?,
                read.query(JOBS, &[])?
            ))
        };
        self.app.db.read(read).await.unwrap()
    }
}

fn on_each(test: impl AsyncFn(&Scratch)) {
    for scratch in Scratch::on_each_engine(&[&base::migrations(), people::MIGRATIONS, MIGRATIONS]) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(test(&scratch));
    }
}

#[test]
fn a_mail_that_was_sent_is_kept_by_nobody() {
    on_each(async |scratch| {
        let server = Server::open().await;
        let house = house(scratch, &server.url);
        house.send("ada@reader.example").await;
        assert!(house.rows().await.contains("canarykey"));
        assert_eq!((house.turn().await, house.turn().await), (1, 0));
        let taken = server.taken();
        assert_eq!(taken.len(), 1);
        let parsed = mailparse::parse_mail(taken[0].as_bytes()).unwrap();
        let text = parsed.subparts[0].get_body().unwrap();
        assert!(
            text.contains("/me/link?key=canarykey") && text.contains("\r\n.\r\nend"),
            "{text:?}"
        );
        let rows = house.rows().await;
        assert!(
            !rows.contains("canarykey") && !rows.contains("ada@reader"),
            "{rows}"
        );
        assert_eq!(house.states().await, ["sent"]);
    });
}

#[test]
fn a_mail_of_an_act_that_was_taken_back_is_never_sent() {
    on_each(async |scratch| {
        let server = Server::open().await;
        let house = house(scratch, &server.url);
        let letter = Letter::new("sign-in", "ada@reader.example", &Tongue::default());
        let act = move |tx: &mut Tx| {
            Mail::send(tx, &letter)?;
            Err::<(), _>(Error::conflict("test.taken_back", "no"))
        };
        assert!(house.app.db.write(act).await.is_err());
        assert_eq!((house.turn().await, server.taken().len()), (0, 0));
    });
}

#[test]
fn a_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not() {
    on_each(async |scratch| {
        let server = Server::open().await;
        let house = house(scratch, &server.url);
        *server.manner.lock().unwrap() = Manner::NotNow;
        house.send("ada@reader.example").await;
        let mut pauses = Vec::new();
        for _ in 0..4 {
            let from = house.app.clock.now();
            while house.turn().await == 0 {
                house.app.clock.advance(At::SECOND);
            }
            pauses.push((house.app.clock.now().0 - from.0) / At::SECOND);
        }
        assert!(pauses.is_sorted() && pauses[3] >= 30, "{pauses:?}");
        assert_eq!(
            house.rows().await.matches("ada@reader").count(),
            1,
            "in the letter and in no reason"
        );
        *server.manner.lock().unwrap() = Manner::Takes;
        house.app.clock.advance(At::HOUR);
        assert_eq!((house.turn().await, server.taken().len()), (1, 1));

        *server.manner.lock().unwrap() = Manner::Never;
        house.send("bob@reader.example").await;
        assert_eq!(house.turn().await, 1);
        house.app.clock.advance(At::DAY);
        assert_eq!(house.turn().await, 0);
        let mut states = house.states().await;
        states.sort();
        assert_eq!(states, ["failed", "sent"]);
        assert!(!house.rows().await.contains("bob@reader"));
    });
}

#[test]
fn a_server_that_never_has_time_is_given_up() {
    on_each(async |scratch| {
        let server = Server::open().await;
        let house = house(scratch, &server.url);
        *server.manner.lock().unwrap() = Manner::NotNow;
        house.send("ada@reader.example").await;
        let mut tries = 0;
        for _ in 0..100 {
            tries += house.turn().await;
            house.app.clock.advance(At::HOUR);
        }
        assert_eq!((tries, house.states().await), (12, vec!["failed".to_owned()]));
    });
}

#[test]
fn without_a_server_mail_is_shown_and_with_its_reader_it_is_erased() {
    on_each(async |scratch| {
        let house = house(scratch, "");
        house.send("Ada@Reader.example").await;
        assert_eq!(house.turn().await, 1);
        assert_eq!(house.states().await, ["shown"]);
        let erase = |tx: &mut Tx| {
            let person = Person::add(tx, "ada@reader.example", "Ada", Role::Reader, None)?;
            const PARTS: &[Part] = &[people::erase::PART, crate::PART];
            people::erase(tx, PARTS, &person.id)
        };
        house.app.db.write(erase).await.unwrap();
        assert!(!house.rows().await.to_lowercase().contains("ada@reader"));
    });
}

#[test]
fn mail_waits_in_a_lane_of_its_own() {
    on_each(async |scratch| {
        let house = house(scratch, "");
        house.send("ada@reader.example").await;
        assert!(JOB.starts_with("mail."));
        assert_eq!(
            house.workers.turn(&house.app.db, &house.app.clock).await.unwrap(),
            0
        );
        assert_eq!(house.turn().await, 1);
    });
}

#[test]
fn every_statement_is_one_on_both_engines() {
    for scratch in Scratch::on_each_engine(&[&base::migrations(), people::MIGRATIONS, MIGRATIONS]) {
        base::db::scratch::prepare_all(&scratch, &crate::statements());
    }
}

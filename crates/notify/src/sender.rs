//! The job that sends. A mail is handed over once for each end that is committed; the lease keeps two from doing it at once.

use crate::compose::{bytes, compose, quiet};
use crate::mail::{JOB, Mail};
use crate::smtp::Refused;
use crate::{Letter, Printed, Printer, Smtp};
use base::jobs::{Job, Workers};
use base::{App, Db, Error, Result};
use std::sync::Arc;

/// So often a mail is tried, over most of a day.
const TRIES: i64 = 12;

/// What sending stands on.
#[derive(Clone)]
struct Sender {
    db: Db,
    smtp: Smtp,
    printer: Arc<dyn Printer>,
}

/// Adds the work of sending. Errors: `config.smtp`, `config.mail_from`.
pub fn workers(app: &App, smtp: &Smtp, printer: Arc<dyn Printer>, workers: Workers) -> Workers {
    let sender = Sender {
        db: app.db.clone(),
        smtp: smtp.clone(),
        printer,
    };
    workers.with(JOB, move |job| {
        let sender = sender.clone();
        async move { sender.send(job).await }
    })
}

/// What became of a mail.
enum End {
    Sent,
    Shown,
    Failed(String),
    /// It was sent, given up or erased before.
    Nothing,
}

impl Sender {
    async fn send(&self, job: Job) -> Result<()> {
        let id = job.payload.clone();
        let looked = id.clone();
        let letter = self.db.read(move |read| Mail::waiting(read, &looked)).await?;
        let end = match letter {
            None => End::Nothing,
            Some(letter) => self.hand(&job, &id, letter).await?,
        };
        self.db
            .write(move |tx| {
                job.finish(tx)?;
                match &end {
                    End::Sent => Mail::sent(tx, &id),
                    End::Shown => Mail::shown(tx, &id),
                    End::Failed(why) => Mail::failed(tx, &id, why),
                    End::Nothing => Ok(()),
                }
            })
            .await
    }

    async fn hand(&self, job: &Job, id: &str, letter: Letter) -> Result<End> {
        let (to, link) = (letter.to.clone(), letter.link.clone());
        let printed = self.printer.print(hushed(letter)).await?;
        if !self.smtp.is_there() {
            show(&to, &printed, link.as_deref());
            return Ok(End::Shown);
        }
        let message = match compose(&self.smtp.sender, id, &to, &printed) {
            Ok(message) => message,
            Err(error) => return Ok(given_up(id, error.to_string())),
        };
        match self.smtp.hand(&to, &bytes(&message, &printed)).await {
            Ok(()) => Ok(End::Sent),
            Err(Refused::ForGood(why)) => Ok(given_up(id, nameless(&why))),
            Err(Refused::ForNow(why)) if job.attempts >= TRIES => Ok(given_up(id, nameless(&why))),
            Err(Refused::ForNow(why)) => Err(Error::internal(format!("mail: {}", nameless(&why)))),
        }
    }
}

/// The letter with what readers wrote made harmless.
pub(crate) fn hushed(mut letter: Letter) -> Letter {
    for word in letter.words.values_mut() {
        *word = quiet(word);
    }
    letter
}

/// Servers say in their refusal whom they refused; it is kept and logged without.
fn nameless(why: &str) -> String {
    let words = why.split_whitespace();
    let shown = words.map(|word| if word.contains('@') { "…" } else { word });
    shown.collect::<Vec<_>>().join(" ")
}

/// Neither the address nor the words: whoever reads logs need not know who was written to.
fn given_up(id: &str, why: String) -> End {
    tracing::error!(target: "notify", mail = id, cause = why, "a mail was given up");
    End::Failed(why)
}

/// There is no server: the newsroom is being tried out, and this terminal is where its mail goes.
fn show(to: &str, printed: &Printed, link: Option<&str>) {
    tracing::info!(target: "notify", to, subject = printed.subject, link, "mail (no smtp is set; see /desk/outbox)");
}

//! How a connection writes: ready answers, refusals, and the last words before it ends.

use super::Connection;
use crate::Error;
use crate::pages::{Choice, Encoding, Form, Stored};
use crate::web::lane::GoesOn;
use crate::web::raw;
use socket2::SockRef;
use std::fs::File;
use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::num::NonZeroUsize;
use std::task::Poll;
use std::time::Duration;
use tokio::io::Interest;

const NOT_MODIFIED: &[u8] = b"HTTP/1.1 304 Not Modified\r\n";

/// How long, and how much, a refused peer is listened to before the socket closes.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_READS: usize = 64;

impl Connection {
    /// Writes a ready answer: status, date, and the rest in one piece; a body that is often sent, from its file.
    pub(super) async fn write_page(&mut self, stored: &Stored, choice: Choice, closes: bool) -> bool {
        let lane = self.lane.clone();
        let date = lane.date.borrow().clone();
        let close: &[u8] = if closes { b"connection: close\r\n" } else { b"" };
        let Some(ready) = stored
            .ready(choice.encoding)
            .or_else(|| stored.ready(Encoding::Identity))
        else {
            return false;
        };
        let (head, status) = (&ready.bytes[..ready.body_at], stored.status_line.as_bytes());
        match choice.form {
            Form::NotModified => {
                let etag = stored.etag_line(choice.encoding);
                let pieces = [
                    NOT_MODIFIED,
                    &date,
                    close,
                    etag.as_bytes(),
                    &head[ready.common_at..],
                ];
                self.write_all(pieces, 0).await
            }
            Form::HeadOnly => self.write_all([status, &date, close, head], 0).await,
            Form::Whole => match lane.pages.body_file(ready) {
                None => self.write_all([status, &date, close, &ready.bytes], 0).await,
                Some(file) => {
                    let more = self.write_all([status, &date, close, head], libc::MSG_MORE).await;
                    more && self.send_file(file, ready.bytes.len() - ready.body_at).await
                }
            },
        }
    }

    /// Writes the pieces in as few calls as the socket takes. False when the peer is gone or takes nothing.
    pub(crate) async fn write_all<const N: usize>(&mut self, pieces: [&[u8]; N], flags: i32) -> bool {
        let mut left: usize = pieces.iter().map(|piece| piece.len()).sum();
        let mut slices = pieces.map(IoSlice::new);
        let mut slices = &mut slices[..];
        while left > 0 {
            let written = self
                .write_with(|socket| socket.send_vectored_with_flags(slices, flags))
                .await;
            let Some(count) = written.filter(|count| *count > 0) else {
                return false;
            };
            left -= count;
            IoSlice::advance_slices(&mut slices, count);
        }
        true
    }

    async fn send_file(&mut self, file: &File, bytes: usize) -> bool {
        let mut sent = 0;
        while let Some(left) = NonZeroUsize::new(bytes - sent) {
            let written = self
                .write_with(|socket| socket.sendfile(file, sent, Some(left)))
                .await;
            let Some(count) = written.filter(|count| *count > 0) else {
                return false;
            };
            sent += count;
        }
        true
    }

    /// One call that writes, when the socket takes something. `None` when the peer is gone or too slow.
    async fn write_with(&mut self, write: impl Fn(SockRef<'_>) -> io::Result<usize>) -> Option<usize> {
        let (watch, lane, stream) = (&self.watch, &self.lane, &self.stream);
        let attempt = || stream.try_io(Interest::WRITABLE, || write(SockRef::from(stream)));
        let written = poll_fn(|context| {
            watch.poll(context, |context| {
                loop {
                    if stream.poll_write_ready(context)?.is_pending() {
                        watch.set_idle(false);
                        lane.watchman.set(watch, lane.limits.write_idle);
                        return Poll::Pending;
                    }
                    match attempt() {
                        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                        written => return Poll::Ready(written),
                    }
                }
            })
        });
        written.await?.ok()
    }

    /// Answers with a problem document and ends the connection.
    pub(crate) async fn refuse(mut self, status: u16, error: &Error) -> GoesOn {
        let bytes = raw::refusal(status, error, self.lane.door.shield(), self.lane.door.clock.now()).await;
        self.write_last(&bytes).await
    }

    /// Writes, says that nothing more comes, and reads away what is still under way: a socket that is closed
    /// with unread bytes takes the answer back (RFC 9112 §9.6).
    pub(crate) async fn write_last(&mut self, bytes: &[u8]) -> GoesOn {
        if self.write_all([bytes], 0).await {
            let shut = SockRef::from(&self.stream).shutdown(std::net::Shutdown::Write);
            self.lane
                .watchman
                .set(&self.watch, LINGER.min(self.lane.limits.head));
            let mut reads = 0;
            while shut.is_ok() && reads < LINGER_READS && self.read().await.is_some() {
                reads += 1;
            }
        }
        None
    }
}

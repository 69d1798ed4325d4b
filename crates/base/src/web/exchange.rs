//! One request and its answer, as hyper sees the connection: exactly the bytes of this request, then the end.
//!
//! hyper never sees past the request's own frame, so the connection is ours again when the answer is written,
//! and hyper's idea of where the next request begins does not matter.

use super::head::Frame;
use super::limits::Limits;
use super::watch::{Watch, Watchman};
use hyper::rt::{Read, ReadBufCursor, Write};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The connection for the time of one request.
pub(crate) struct Exchange {
    pub(crate) stream: TcpStream,
    /// Bytes read from the socket and not yet given on: the head, the body's beginning, later requests.
    pub(crate) read: Vec<u8>,
    head_left: usize,
    body: Body,
    pub(crate) wrote: bool,
    /// Set at the end: the request was read to its last byte.
    pub(crate) is_whole: bool,
    clocks: Clocks,
}

/// The deadlines of the exchange.
pub(crate) struct Clocks {
    pub(crate) watch: Rc<Watch>,
    pub(crate) watchman: Rc<Watchman>,
    pub(crate) limits: Rc<Limits>,
    pub(crate) began: tokio::time::Instant,
}

enum Body {
    Length(u64),
    Chunked(Chunks),
}

impl Exchange {
    pub(crate) fn new(
        stream: TcpStream,
        read: Vec<u8>,
        head_bytes: usize,
        frame: Frame,
        clocks: Clocks,
    ) -> Self {
        let body = match frame {
            Frame::Length(bytes) => Body::Length(bytes),
            Frame::Chunked => Body::Chunked(Chunks::default()),
        };
        Self {
            stream,
            read,
            head_left: head_bytes,
            body,
            wrote: false,
            is_whole: false,
            clocks,
        }
    }

    /// Notes what the connection needs to know when the exchange has ended.
    pub(crate) fn ended(mut self) -> Self {
        self.is_whole = self.is_whole();
        self
    }

    /// Whether the whole request was read, so that the next one begins where this one ended.
    fn is_whole(&self) -> bool {
        self.head_left == 0 && self.body.is_over()
    }

    /// Gives on what of the bytes at hand belongs to this request.
    fn give(&mut self, room: usize) -> io::Result<usize> {
        let at_hand = self.read.len().min(room);
        if self.head_left > 0 {
            let given = self.head_left.min(at_hand);
            self.head_left -= given;
            return Ok(given);
        }
        self.body.take(&self.read[..at_hand])
    }

    /// Reads more of a body; nothing for too long, or too long in all, ends it.
    fn poll_more(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let limits = &self.clocks.limits;
        if self.clocks.began.elapsed() > limits.body_total {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let mut room = [0; 8 * 1024];
        let mut buffer = ReadBuf::new(&mut room);
        let polled = Pin::new(&mut self.stream).poll_read(context, &mut buffer);
        match polled {
            Poll::Pending => self.clocks.watchman.set(&self.clocks.watch, limits.body_idle),
            Poll::Ready(_) => self.clocks.watch.clear(),
        }
        ready!(polled)?;
        if buffer.filled().is_empty() {
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        self.read.extend_from_slice(buffer.filled());
        Poll::Ready(Ok(()))
    }

    fn noting<T>(&mut self, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match written {
            Poll::Pending => self
                .clocks
                .watchman
                .set(&self.clocks.watch, self.clocks.limits.write_idle),
            Poll::Ready(_) => self.clocks.watch.clear(),
        }
        self.wrote |= matches!(written, Poll::Ready(Ok(_)));
        written
    }
}

impl Read for Exchange {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        while !self.is_whole() {
            let given = self.give(into.remaining())?;
            if given > 0 {
                into.put_slice(&self.read[..given]);
                self.read.drain(..given);
                return Poll::Ready(Ok(()));
            }
            ready!(self.poll_more(context))?;
        }
        Poll::Ready(Ok(()))
    }
}

impl Write for Exchange {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.noting(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.noting(written)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl Body {
    fn is_over(&self) -> bool {
        match self {
            Self::Length(left) => *left == 0,
            Self::Chunked(chunks) => chunks.at == At::End,
        }
    }

    /// How many of these bytes are the body's.
    fn take(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Length(left) => {
                let taken = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                *left -= taken as u64;
                Ok(taken)
            }
            Self::Chunked(chunks) => chunks.take(bytes),
        }
    }
}

/// Finds the end of a chunked body (RFC 9112 §7.1). Extensions and trailers are refused: nobody sends them but
/// those who try what two readers make of them.
#[derive(Default)]
struct Chunks {
    at: At,
    left: u64,
    digits: u8,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Size,
    SizeLf,
    Content,
    ContentCr,
    ContentLf,
    LastCr,
    LastLf,
    End,
}

impl Chunks {
    fn take(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut taken = 0;
        while taken < bytes.len() && self.at != At::End {
            if self.at == At::Content {
                let content = usize::try_from(self.left)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len() - taken);
                self.left -= content as u64;
                taken += content;
                if self.left == 0 {
                    self.at = At::ContentCr;
                }
            } else {
                self.at = self.step(bytes[taken]).ok_or(io::ErrorKind::InvalidData)?;
                taken += 1;
            }
        }
        Ok(taken)
    }

    /// The next place after one byte of framing; `None` when it cannot stand there.
    fn step(&mut self, byte: u8) -> Option<At> {
        match (self.at, byte) {
            (At::Size, b'\r') if self.digits > 0 => Some(At::SizeLf),
            (At::Size, digit) => self.size_digit(digit),
            (At::SizeLf, b'\n') if self.left == 0 => Some(At::LastCr),
            (At::SizeLf, b'\n') => Some(At::Content),
            (At::ContentCr, b'\r') => Some(At::ContentLf),
            (At::ContentLf, b'\n') => {
                self.digits = 0;
                Some(At::Size)
            }
            (At::LastCr, b'\r') => Some(At::LastLf),
            (At::LastLf, b'\n') => Some(At::End),
            _ => None,
        }
    }

    fn size_digit(&mut self, byte: u8) -> Option<At> {
        let digit = char::from(byte).to_digit(16)?;
        if self.digits >= 15 {
            return None;
        }
        self.digits += 1;
        self.left = self.left << 4 | u64::from(digit);
        Some(At::Size)
    }
}

#[cfg(test)]
mod tests;

//! What a full socket did not take: the rest of one frame, shared with all readers, never a queue.

use crate::hub::frame::Frame;
use std::io::{self, Write};
use std::sync::Arc;

/// The rest of something that was begun.
#[derive(Debug)]
pub(super) struct Remainder {
    /// Bytes of this connection alone: the opening, an id line.
    own: Vec<u8>,
    own_at: usize,
    frame: Option<Arc<Frame>>,
    frame_at: usize,
}

impl Remainder {
    pub fn of_bytes(own: Vec<u8>) -> Box<Self> {
        Box::new(Self {
            own,
            own_at: 0,
            frame: None,
            frame_at: 0,
        })
    }

    /// `own` and then the frame from byte `frame_at` on.
    pub fn of_frame(own: Vec<u8>, frame: Arc<Frame>, frame_at: usize) -> Box<Self> {
        Box::new(Self {
            own,
            own_at: 0,
            frame: Some(frame),
            frame_at,
        })
    }

    /// Bytes still to be sent.
    pub fn bytes(&self) -> usize {
        let own = self.own.len() - self.own_at;
        own + self
            .frame
            .as_ref()
            .map_or(0, |frame| frame.whole().len() - self.frame_at)
    }

    /// Sends on. True when all of it is gone, false when the socket is full.
    pub fn flush(&mut self, socket: &mut impl Write) -> io::Result<bool> {
        if !send_from(socket, &self.own, &mut self.own_at)? {
            return Ok(false);
        }
        match &self.frame {
            Some(frame) => send_from(socket, frame.whole(), &mut self.frame_at),
            None => Ok(true),
        }
    }

    #[cfg(feature = "planted-unbounded-queue")]
    pub fn queue(&mut self, bytes: &[u8]) {
        if let Some(frame) = self.frame.take() {
            self.own
                .extend_from_slice(frame.whole().get(self.frame_at..).unwrap_or_default());
        }
        self.own.extend_from_slice(bytes);
    }
}

fn send_from(socket: &mut impl Write, bytes: &[u8], at: &mut usize) -> io::Result<bool> {
    while let Some(rest) = bytes.get(*at..).filter(|rest| !rest.is_empty()) {
        match taken(socket.write(rest))? {
            0 => return Ok(false),
            sent => *at += sent,
        }
    }
    Ok(true)
}

/// How much a non-blocking socket took: nothing when it is full.
pub(super) fn taken(result: io::Result<usize>) -> io::Result<usize> {
    match result {
        Ok(0) => Err(io::ErrorKind::WriteZero.into()),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(0),
        other => other,
    }
}

/// Room that is used again for every reader of several streams: their id lines.
#[derive(Default)]
pub(super) struct Scratch {
    pub ids: String,
    pub pieces: Vec<Piece>,
}

/// One event for a reader of several streams: its own id line, and the shared rest.
pub(super) struct Piece {
    pub seat: usize,
    /// Where the id line ends in `Scratch::ids`; it begins where the one before ends.
    pub id_end: usize,
    pub frame: Arc<Frame>,
}

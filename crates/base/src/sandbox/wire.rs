//! The frames on the two pipes.
//!
//! To the child: pieces of `u32 length, bytes`, the first of them the opening; a length of 0 ends the input, one of
//! `u32::MAX` says that the input failed. From the child: `u8 kind, u32 length, bytes`. Numbers are little-endian.

use std::io::{self, Read, Write};

/// The input ends with this length.
pub const END: u32 = 0;
/// The input could not be read to its end.
pub const FAILED: u32 = u32::MAX;
/// The longest frame taken from a child, in bytes.
pub const FRAME_BYTES: u32 = 64 << 20;

/// What a frame from the child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Result = 0,
    Done = 1,
    Refused = 2,
}

/// Writes one piece of input.
pub fn write_piece(to: &mut impl Write, piece: &[u8]) -> io::Result<()> {
    let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(piece)
}

/// Writes one frame with a single call, as far as the pipe takes it.
pub fn write_frame(to: &mut impl Write, kind: Kind, frame: &[u8]) -> io::Result<()> {
    let length = u32::try_from(frame.len())
        .ok()
        .filter(|length| *length <= FRAME_BYTES)
        .ok_or_else(|| io::Error::other("a frame that is too long"))?;
    let mut bytes = Vec::with_capacity(frame.len() + 5);
    bytes.push(kind as u8);
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(frame);
    to.write_all(&bytes)
}

/// Reads one frame. `InvalidData` for a kind or length that no task of ours sends.
pub fn read_frame(from: &mut impl Read) -> io::Result<(Kind, Vec<u8>)> {
    let mut head = [0; 5];
    from.read_exact(&mut head)?;
    let [kind, length @ ..] = head;
    let length = u32::from_le_bytes(length);
    let kind = match kind {
        0 => Kind::Result,
        1 => Kind::Done,
        2 => Kind::Refused,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    if length > FRAME_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // The length is the child's word; memory is taken as the bytes come.
    let mut frame = Vec::with_capacity(length.min(1 << 20) as usize);
    from.take(u64::from(length)).read_to_end(&mut frame)?;
    if frame.len() as u64 == u64::from(length) {
        Ok((kind, frame))
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// The input as the child reads it: one stream, however it was cut into pieces.
pub struct Pieces<R> {
    from: R,
    left: u32,
    ended: bool,
}

impl<R: Read> Pieces<R> {
    pub fn new(from: R) -> Self {
        Self {
            from,
            left: 0,
            ended: false,
        }
    }

    /// The next piece as a whole; used for the opening.
    pub fn whole(&mut self) -> io::Result<Vec<u8>> {
        self.next_length()?;
        let mut piece = Vec::new();
        let length = u64::from(std::mem::take(&mut self.left));
        (&mut self.from).take(length).read_to_end(&mut piece)?;
        Ok(piece)
    }

    fn next_length(&mut self) -> io::Result<()> {
        let mut length = [0; 4];
        self.from.read_exact(&mut length)?;
        match u32::from_le_bytes(length) {
            END => self.ended = true,
            FAILED => return Err(io::Error::other("the input failed")),
            length => self.left = length,
        }
        Ok(())
    }
}

impl<R: Read> Read for Pieces<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.ended {
            self.next_length()?;
        }
        if self.ended || buffer.is_empty() {
            return Ok(0);
        }
        let wanted = buffer.len().min(self.left as usize);
        let count = self.from.read(&mut buffer[..wanted])?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= u32::try_from(count).unwrap_or(self.left);
        Ok(count)
    }
}

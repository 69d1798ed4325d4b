//! The bytes below the XML parser, counted.

use super::MAX_TEXT_BYTES;
use std::io::{BufRead, Read};

/// What is handed to the parser at once, so that a limit is noticed in time.
const CHUNK_BYTES: usize = 64 << 10;

/// Counts lines, and stops a single token from filling the memory: the parser below keeps a whole token at once.
pub(super) struct Measured<R> {
    reader: R,
    /// Bytes read since the owner set this to 0, at the beginning of a token.
    pub(super) token_bytes: usize,
    /// The line the reader is in, from 1.
    pub(super) lines: u64,
}

impl<R> Measured<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            token_bytes: 0,
            lines: 1,
        }
    }
}

impl<R: BufRead> Read for Measured<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Measured<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.token_bytes > MAX_TEXT_BYTES {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.reader
            .fill_buf()
            .map(|chunk| &chunk[..chunk.len().min(CHUNK_BYTES)])
    }

    fn consume(&mut self, count: usize) {
        if let Ok(chunk) = self.reader.fill_buf() {
            let read = &chunk[..count.min(chunk.len())];
            self.lines += read.iter().filter(|byte| **byte == b'\n').count() as u64;
        }
        self.token_bytes += count;
        self.reader.consume(count);
    }
}

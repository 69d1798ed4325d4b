//! Feeds the input to the child from a thread of its own, so that frames can be taken while the child is still reading.

use super::wire;
use std::io::{self, Read, Write};
use std::process::ChildStdin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What is known of the feeding.
#[derive(Clone, Default)]
pub struct Feeder(Arc<State>);

#[derive(Default)]
struct State {
    pieces: AtomicU64,
    failure: Mutex<Option<io::Error>>,
}

impl Feeder {
    /// Starts feeding. The thread ends with the input, or when the child reads no more.
    pub fn start(
        mut pipe: ChildStdin,
        opening: Vec<u8>,
        mut input: Box<dyn Read + Send>,
    ) -> io::Result<Self> {
        let feeder = Self::default();
        let told = feeder.clone();
        let feed = move || {
            // A pipe that broke means that the child has ended; why, its own end says.
            let _ = told.feed(&mut pipe, &opening, &mut *input);
        };
        std::thread::Builder::new()
            .name("sandbox-feed".to_owned())
            .spawn(feed)?;
        Ok(feeder)
    }

    /// How many pieces the child has taken.
    pub fn pieces(&self) -> u64 {
        self.0.pieces.load(Ordering::Relaxed)
    }

    /// Why the input could not be read, if that was so.
    pub fn failure(&self) -> Option<io::Error> {
        self.0
            .failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    fn feed(&self, pipe: &mut ChildStdin, opening: &[u8], input: &mut dyn Read) -> io::Result<()> {
        wire::write_piece(pipe, opening)?;
        let mut buffer = vec![0; 64 << 10];
        loop {
            match input.read(&mut buffer) {
                Ok(0) => return pipe.write_all(&wire::END.to_le_bytes()),
                Ok(count) => wire::write_piece(pipe, &buffer[..count])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    *self.0.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                    return pipe.write_all(&wire::FAILED.to_le_bytes());
                }
            }
            self.0.pieces.fetch_add(1, Ordering::Relaxed);
        }
    }
}

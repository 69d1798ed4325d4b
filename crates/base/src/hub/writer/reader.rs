//! One reader: a socket and a number per stream.

use super::group::{Groups, Seat};
use super::outgoing::{Piece, Remainder, Scratch, taken};
use crate::hub::counters::{Counters, Permit};
use crate::hub::frame::{Frame, write_id};
use crate::hub::revocation::Mark;
use crate::hub::ring::Kept;
use crate::hub::topic::Page;
use mio::net::TcpStream;
use std::any::Any;
use std::borrow::Cow;
use std::io::{self, IoSlice, Read, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Events in one write.
const EVENTS: usize = 64;

pub(super) struct Reader {
    socket: TcpStream,
    /// The socket is full: nothing is tried before it says that there is room.
    blocked: bool,
    sent_ms: u32,
    seats: Seats,
    remainder: Option<Box<Remainder>>,
    mark: Mark,
    _permit: Permit,
    _companion: Box<dyn Any + Send>,
}

/// Nearly all readers have one stream; only the others pay for a list.
enum Seats {
    One(Seat),
    Many(Box<[Seat]>),
}

/// How serving a reader ended.
pub(super) enum Fate {
    /// It has all there is, or its socket is full.
    Served,
    /// What it needs next has to be read from the table.
    Behind { group: u32, seq: i64 },
    /// It fell off the ring.
    Lost,
    /// The connection is broken.
    Gone,
}

/// How one write ended.
enum Wrote {
    Nothing,
    All,
    Part,
}

impl Reader {
    pub fn new(
        socket: TcpStream,
        mut seats: Vec<Seat>,
        opening: Vec<u8>,
        mark: Mark,
        permit: Permit,
        companion: Box<dyn Any + Send>,
        now_ms: u32,
    ) -> Self {
        let seats = match (seats.pop(), seats.is_empty()) {
            (Some(only), true) => Seats::One(only),
            (last, _) => Seats::Many(seats.into_iter().chain(last).collect()),
        };
        let remainder = Some(Remainder::of_bytes(opening));
        Self {
            socket,
            blocked: false,
            sent_ms: now_ms,
            seats,
            remainder,
            mark,
            _permit: permit,
            _companion: companion,
        }
    }

    pub fn seats(&self) -> &[Seat] {
        match &self.seats {
            Seats::One(seat) => std::slice::from_ref(seat),
            Seats::Many(seats) => seats,
        }
    }

    pub fn seats_mut(&mut self) -> &mut [Seat] {
        match &mut self.seats {
            Seats::One(seat) => std::slice::from_mut(seat),
            Seats::Many(seats) => seats,
        }
    }

    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    /// The socket says that there is room again. True when that was waited for.
    pub fn unblock(&mut self) -> bool {
        std::mem::take(&mut self.blocked)
    }

    /// Whether it waits for the table at this number of this stream.
    pub fn awaits(&self, group: u32, seq: i64) -> bool {
        self.seats()
            .iter()
            .any(|seat| seat.group == group && seat.seq == seq && seat.catching_up)
    }

    /// Sends all there is, until the socket is full.
    pub fn serve(
        &mut self,
        groups: &Groups,
        scratch: &mut Scratch,
        counters: &Counters,
        now_ms: u32,
    ) -> Fate {
        if self.blocked {
            let quiet = Duration::from_millis(now_ms.wrapping_sub(self.sent_ms).into());
            return self.left_behind(groups, counters, quiet);
        }
        loop {
            match self.send_next(groups, scratch, counters, now_ms) {
                Err(fate) => return fate,
                Ok(Wrote::Nothing) => return Fate::Served,
                Ok(Wrote::All) => {}
                Ok(Wrote::Part) => {
                    self.blocked = true;
                    return Fate::Served;
                }
            }
        }
    }

    fn send_next(
        &mut self,
        groups: &Groups,
        scratch: &mut Scratch,
        counters: &Counters,
        now_ms: u32,
    ) -> Result<Wrote, Fate> {
        if !self.flush(counters, now_ms).map_err(|_| Fate::Gone)? {
            return Ok(Wrote::Part);
        }
        match &self.seats {
            Seats::One(_) => self.send_one(groups, counters, now_ms),
            Seats::Many(_) => self.send_many(groups, scratch, counters, now_ms),
        }
    }

    /// Sends a comment. Fine to call at any time: never in the middle of a frame.
    pub fn beat(&mut self, counters: &Counters, now_ms: u32) -> io::Result<()> {
        if self.remainder.is_none() && !self.blocked {
            self.hold(counters, Remainder::of_bytes(b":\n\n".to_vec()));
            self.blocked = !self.flush(counters, now_ms)?;
        }
        Ok(())
    }

    pub fn is_quiet(&self, now_ms: u32, beat: Duration) -> bool {
        u128::from(now_ms.wrapping_sub(self.sent_ms)) >= beat.as_millis()
    }

    /// Its socket has been full, and has taken nothing, for so long.
    pub fn has_stalled(&self, now_ms: u32, stall: Duration) -> bool {
        self.blocked && u128::from(now_ms.wrapping_sub(self.sent_ms)) >= stall.as_millis()
    }

    /// Reads and drops what the client sends, which it has no business to. True when it is too much or the end.
    pub fn talks(&mut self) -> bool {
        let mut dropped = [0; 1024];
        for _ in 0..4 {
            match self.socket.read(&mut dropped) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => return error.kind() != io::ErrorKind::WouldBlock,
            }
        }
        true
    }

    /// The last words: come back in `retry_ms`. Not in the middle of a frame.
    pub fn farewell(&mut self, retry_ms: u32) {
        if self.remainder.is_none() {
            // The connection ends now, whatever comes of this.
            drop(self.socket.write(format!("retry: {retry_ms}\n\n").as_bytes()));
        }
    }

    /// Gives back what it held in the counters.
    pub fn dismiss(mut self, counters: &Counters) {
        self.let_go(counters);
    }

    fn send_one(&mut self, groups: &Groups, counters: &Counters, now_ms: u32) -> Result<Wrote, Fate> {
        let Seats::One(seat) = &mut self.seats else {
            return Ok(Wrote::Nothing);
        };
        let frames = upcoming(seat, groups)?;
        let sent = match frames.as_ref() {
            [] => return Ok(Wrote::Nothing),
            [frame] => self.socket.write(frame.whole()),
            frames => {
                let slices: Vec<_> = frames.iter().map(|frame| IoSlice::new(frame.whole())).collect();
                self.socket.write_vectored(&slices)
            }
        };
        let mut left = taken(sent).map_err(|_| Fate::Gone)?;
        if left > 0 {
            self.sent_ms = now_ms;
        }
        for frame in frames.iter() {
            if left == 0 {
                return Ok(Wrote::Part);
            }
            seat.seq = frame.seq();
            Counters::add(&counters.deliveries, 1);
            let whole = frame.whole().len();
            if left < whole {
                self.hold(counters, Remainder::of_frame(Vec::new(), frame.clone(), left));
                return Ok(Wrote::Part);
            }
            left -= whole;
        }
        Ok(Wrote::All)
    }

    fn send_many(
        &mut self,
        groups: &Groups,
        scratch: &mut Scratch,
        counters: &Counters,
        now_ms: u32,
    ) -> Result<Wrote, Fate> {
        self.gather(groups, scratch)?;
        if scratch.pieces.is_empty() {
            return Ok(Wrote::Nothing);
        }
        let (ids, mut begin) = (scratch.ids.as_bytes(), 0);
        let mut slices = Vec::with_capacity(scratch.pieces.len() * 2);
        for piece in &scratch.pieces {
            let id = ids.get(begin..piece.id_end).unwrap_or_default();
            slices.extend([IoSlice::new(id), IoSlice::new(piece.frame.rest())]);
            begin = piece.id_end;
        }
        let mut left = taken(self.socket.write_vectored(&slices)).map_err(|_| Fate::Gone)?;
        if left > 0 {
            self.sent_ms = now_ms;
        }
        for (number, piece) in scratch.pieces.iter().enumerate() {
            if left == 0 {
                return Ok(Wrote::Part);
            }
            if let Some(seat) = self.seats_mut().get_mut(piece.seat) {
                seat.seq = piece.frame.seq();
            }
            Counters::add(&counters.deliveries, 1);
            let id = slices.get(number * 2).map(|slice| &**slice).unwrap_or_default();
            let whole = id.len() + piece.frame.rest().len();
            if left < whole {
                let own = id.get(left.min(id.len())..).unwrap_or_default().to_vec();
                let skipped = piece.frame.whole().len() - piece.frame.rest().len();
                let at = skipped + left.saturating_sub(id.len());
                self.hold(counters, Remainder::of_frame(own, piece.frame.clone(), at));
                return Ok(Wrote::Part);
            }
            left -= whole;
        }
        Ok(Wrote::All)
    }

    /// Collects the next events of all streams, each with an id that tells where all of them stand after it.
    fn gather(&mut self, groups: &Groups, scratch: &mut Scratch) -> Result<(), Fate> {
        scratch.ids.clear();
        scratch.pieces.clear();
        let Some(epoch) = self.seats().first().and_then(|seat| groups.at(seat.group)) else {
            return Ok(());
        };
        let epoch = &epoch.topic.mark.epoch;
        let mut positions: Vec<_> = self
            .seats()
            .iter()
            .filter_map(|seat| Some((groups.at(seat.group)?.topic.mark.tag, seat.seq)))
            .collect();
        for (number, seat) in self.seats_mut().iter_mut().enumerate() {
            for frame in upcoming(seat, groups)?.iter() {
                if scratch.pieces.len() == EVENTS {
                    return Ok(());
                }
                if let Some(position) = positions.get_mut(number) {
                    position.1 = frame.seq();
                }
                write_id(&mut scratch.ids, epoch, positions.iter().copied());
                let id_end = scratch.ids.len();
                scratch.pieces.push(Piece {
                    seat: number,
                    id_end,
                    frame: frame.clone(),
                });
            }
        }
        Ok(())
    }

    /// Sends on what was begun. True when nothing is left of it.
    fn flush(&mut self, counters: &Counters, now_ms: u32) -> io::Result<bool> {
        let Some(remainder) = &mut self.remainder else {
            return Ok(true);
        };
        let before = remainder.bytes();
        let flushed = remainder.flush(&mut self.socket)?;
        let after = remainder.bytes();
        if after < before {
            self.sent_ms = now_ms;
            counters
                .buffered_bytes
                .fetch_sub(before - after, Ordering::Relaxed);
        }
        if flushed {
            self.remainder = None;
        }
        Ok(flushed)
    }

    fn hold(&mut self, counters: &Counters, remainder: Box<Remainder>) {
        counters
            .buffered_bytes
            .fetch_add(remainder.bytes(), Ordering::Relaxed);
        self.remainder = Some(remainder);
    }

    fn let_go(&mut self, counters: &Counters) {
        if let Some(remainder) = self.remainder.take() {
            counters
                .buffered_bytes
                .fetch_sub(remainder.bytes(), Ordering::Relaxed);
        }
    }

    /// A reader whose socket is full keeps its place, which costs nobody anything, unless the ring left it behind and it
    /// has taken nothing for a while: then it is cut, and resumes by its id.
    #[cfg(not(feature = "planted-unbounded-queue"))]
    fn left_behind(&self, groups: &Groups, _: &Counters, quiet: Duration) -> Fate {
        let fell = |seat: &Seat| {
            groups
                .at(seat.group)
                .is_some_and(|group| group.tail.floor > seat.seq)
        };
        if quiet >= groups.lag() && self.seats().iter().any(fell) {
            Fate::Lost
        } else {
            Fate::Served
        }
    }

    /// Planted: whatever a full socket does not take is kept for it.
    #[cfg(feature = "planted-unbounded-queue")]
    fn left_behind(&mut self, groups: &Groups, counters: &Counters, _: Duration) -> Fate {
        let Seats::One(seat) = &mut self.seats else {
            return Fate::Served;
        };
        let remainder = self
            .remainder
            .get_or_insert_with(|| Remainder::of_bytes(Vec::new()));
        if let Ok(frames) = upcoming(seat, groups) {
            for frame in frames.iter() {
                remainder.queue(frame.whole());
                counters
                    .buffered_bytes
                    .fetch_add(frame.whole().len(), Ordering::Relaxed);
                seat.seq = frame.seq();
            }
        }
        Fate::Served
    }
}

/// What one stream has for a reader, at most a write's worth.
fn upcoming<'g>(seat: &mut Seat, groups: &'g Groups) -> Result<Cow<'g, [Arc<Frame>]>, Fate> {
    let Some(group) = groups.at(seat.group) else {
        return Err(Fate::Gone);
    };
    if let Some(frames) = group.tail.after(seat.seq) {
        seat.catching_up = false;
        return Ok(Cow::Borrowed(frames.get(..EVENTS).unwrap_or(frames)));
    }
    // Its socket has room, so it is we who were late: the table has what the ring let go of.
    seat.catching_up = true;
    match group.topic.page(seat.seq) {
        Page::Next(frames) => Ok(Cow::Owned(frames)),
        Page::Nothing => Ok(Cow::Borrowed(&[])),
        Page::Older => Err(Fate::Behind {
            group: seat.group,
            seq: seat.seq,
        }),
    }
}

/// All readers of one writer, by key.
#[derive(Default)]
pub(super) struct Readers {
    slots: Vec<Option<Reader>>,
    free: Vec<usize>,
}

impl Readers {
    pub fn at(&mut self, key: usize) -> Option<&mut Reader> {
        self.slots.get_mut(key)?.as_mut()
    }

    pub fn is_empty(&self) -> bool {
        self.free.len() == self.slots.len()
    }

    /// Keys are below this.
    pub fn slots(&self) -> usize {
        self.slots.len()
    }

    /// The key that the next `insert` is to use.
    pub fn next_key(&self) -> usize {
        self.free.last().copied().unwrap_or(self.slots.len())
    }

    pub fn insert(&mut self, key: usize, reader: Reader) {
        match self.free.pop().and_then(|key| self.slots.get_mut(key)) {
            Some(slot) => *slot = Some(reader),
            None => self.slots.push(Some(reader)),
        }
        debug_assert!(
            self.slots.get(key).is_some_and(Option::is_some),
            "keys are given in order"
        );
    }

    pub fn remove(&mut self, key: usize) -> Option<Reader> {
        let reader = self.slots.get_mut(key)?.take()?;
        self.free.push(key);
        Some(reader)
    }

    /// A reader's index among the members of a stream has changed.
    pub fn moved(&mut self, key: usize, group: u32, at: u32) {
        let Some(reader) = self.at(key) else { return };
        if let Some(seat) = reader.seats_mut().iter_mut().find(|seat| seat.group == group) {
            seat.at = at;
        }
    }
}

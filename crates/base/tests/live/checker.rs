//! Judges what one client heard, knowing nothing of how the hub works.
//!
//! A client that asked for some streams hears where it stands and then, of each stream, every number once and in order;
//! nothing of any other stream; and no text that was already superseded when it connected.

#![allow(
    dead_code,
    reason = "each test program that includes this file uses a part of it"
)]

use std::collections::BTreeMap;

/// One thing a client heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Positions told at the start, or after `reset`.
    Position(BTreeMap<String, i64>),
    Reset(BTreeMap<String, i64>),
    Event(Event),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub stream: String,
    pub seq: i64,
    pub subject: Option<String>,
    /// Whether it still carries its text.
    pub has_text: bool,
    /// The numbers in its `id:`, in the order of the streams asked for.
    pub id_positions: Vec<i64>,
}

/// A text that must not be heard: number `seq` of the stream spoke for the subject before the client connected.
#[derive(Clone, Debug)]
pub struct Settled {
    pub stream: String,
    pub subject: String,
    pub seq: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Gap {
        stream: String,
        after: i64,
        heard: i64,
    },
    Double {
        stream: String,
        seq: i64,
    },
    Foreign {
        stream: String,
    },
    OldText {
        stream: String,
        seq: i64,
    },
    WrongId {
        stream: String,
        seq: i64,
    },
    /// An event before the client knew where it stands.
    Unplaced {
        stream: String,
    },
    /// Less than what was there to be heard.
    Short {
        stream: String,
        heard: i64,
        head: i64,
    },
}

/// What the client asked for, and where it said it stood.
#[derive(Clone, Debug)]
pub struct Asked {
    pub streams: Vec<String>,
    pub from: Option<BTreeMap<String, i64>>,
}

/// Goes through a history; the positions at its end, or the first fault.
pub fn judge(asked: &Asked, heard: &[Heard], settled: &[Settled]) -> Result<BTreeMap<String, i64>, Fault> {
    let mut at = asked.from.clone().unwrap_or_default();
    for one in heard {
        match one {
            Heard::Position(positions) | Heard::Reset(positions) => {
                if let Some(stream) = positions.keys().find(|stream| !asked.streams.contains(stream)) {
                    return Err(Fault::Foreign {
                        stream: stream.clone(),
                    });
                }
                at = positions.clone();
            }
            Heard::Event(event) => step(asked, &mut at, event, settled)?,
        }
    }
    Ok(at)
}

/// The history must also reach the head of every stream.
pub fn judge_whole(
    asked: &Asked,
    heard: &[Heard],
    settled: &[Settled],
    heads: &BTreeMap<String, i64>,
) -> Result<(), Fault> {
    let at = judge(asked, heard, settled)?;
    for stream in &asked.streams {
        let (heard, head) = (
            at.get(stream).copied().unwrap_or(0),
            heads.get(stream).copied().unwrap_or(0),
        );
        if heard < head {
            return Err(Fault::Short {
                stream: stream.clone(),
                heard,
                head,
            });
        }
    }
    Ok(())
}

fn step(
    asked: &Asked,
    at: &mut BTreeMap<String, i64>,
    event: &Event,
    settled: &[Settled],
) -> Result<(), Fault> {
    let Event { stream, seq, .. } = event;
    if !asked.streams.contains(stream) {
        return Err(Fault::Foreign {
            stream: stream.clone(),
        });
    }
    let Some(last) = at.get_mut(stream) else {
        return Err(Fault::Unplaced {
            stream: stream.clone(),
        });
    };
    if *seq <= *last {
        return Err(Fault::Double {
            stream: stream.clone(),
            seq: *seq,
        });
    }
    if *seq > *last + 1 {
        return Err(Fault::Gap {
            stream: stream.clone(),
            after: *last,
            heard: *seq,
        });
    }
    *last = *seq;
    let old = |one: &Settled| {
        one.stream == *stream && Some(&one.subject) == event.subject.as_ref() && *seq < one.seq
    };
    if event.has_text && settled.iter().any(old) {
        return Err(Fault::OldText {
            stream: stream.clone(),
            seq: *seq,
        });
    }
    let expected: Vec<i64> = asked
        .streams
        .iter()
        .map(|stream| at.get(stream).copied().unwrap_or(-1))
        .collect();
    if event.id_positions != expected {
        return Err(Fault::WrongId {
            stream: stream.clone(),
            seq: *seq,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        Asked {
            streams: vec!["a".into(), "b".into()],
            from: None,
        }
    }

    fn positions(a: i64, b: i64) -> BTreeMap<String, i64> {
        [("a".to_owned(), a), ("b".to_owned(), b)].into()
    }

    fn event(stream: &str, seq: i64, id: [i64; 2]) -> Heard {
        let (stream, subject) = (stream.to_owned(), Some("s".to_owned()));
        Heard::Event(Event {
            stream,
            seq,
            subject,
            has_text: true,
            id_positions: id.to_vec(),
        })
    }

    fn begun(rest: &[Heard]) -> Vec<Heard> {
        [&[Heard::Position(positions(4, 7))], rest].concat()
    }

    #[test]
    fn whole_histories_pass() {
        let heard = begun(&[
            event("a", 5, [5, 7]),
            event("b", 8, [5, 8]),
            event("a", 6, [6, 8]),
        ]);
        assert_eq!(judge(&asked(), &heard, &[]), Ok(positions(6, 8)));
        assert_eq!(judge_whole(&asked(), &heard, &[], &positions(6, 8)), Ok(()));
        let heard = begun(&[Heard::Reset(positions(40, 70)), event("a", 41, [41, 70])]);
        assert_eq!(judge(&asked(), &heard, &[]), Ok(positions(41, 70)));
    }

    #[test]
    fn broken_histories_are_named() {
        let settled = [Settled {
            stream: "a".into(),
            subject: "s".into(),
            seq: 9,
        }];
        let a = || "a".to_owned();
        let cases: [(&[Heard], Fault); 5] = [
            (
                &[event("a", 6, [6, 7])],
                Fault::Gap {
                    stream: a(),
                    after: 4,
                    heard: 6,
                },
            ),
            (&[event("a", 4, [4, 7])], Fault::Double { stream: a(), seq: 4 }),
            (&[event("c", 1, [4, 7])], Fault::Foreign { stream: "c".into() }),
            (&[event("a", 5, [5, 7])], Fault::OldText { stream: a(), seq: 5 }),
            (
                &[event("b", 8, [4, 9])],
                Fault::WrongId {
                    stream: "b".into(),
                    seq: 8,
                },
            ),
        ];
        for (heard, fault) in cases {
            assert_eq!(judge(&asked(), &begun(heard), &settled), Err(fault));
        }
        let unplaced = Err(Fault::Unplaced { stream: a() });
        assert_eq!(judge(&asked(), &[event("a", 1, [1, 0])], &[]), unplaced);
        let short = Err(Fault::Short {
            stream: "b".into(),
            heard: 7,
            head: 8,
        });
        assert_eq!(judge_whole(&asked(), &begun(&[]), &[], &positions(4, 8)), short);
        let foreign = Heard::Reset([("c".to_owned(), 3)].into());
        assert_eq!(
            judge(&asked(), &[foreign], &[]),
            Err(Fault::Foreign { stream: "c".into() })
        );
    }
}

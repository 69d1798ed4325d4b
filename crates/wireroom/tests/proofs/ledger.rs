//! The clients' ledger: on disk outside of the system before a request is sent, and again when its answer is there.

use crate::judge::{Act, Deed, Outcome};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// One line of the file.
#[derive(Serialize, Deserialize)]
enum Line {
    Ask { number: usize, act: Act },
    Told { number: usize, outcome: Outcome },
}

/// An append-only file, flushed with every line.
pub struct Ledger {
    path: PathBuf,
    open: Mutex<(File, usize)>,
}

impl Ledger {
    pub fn new(path: &Path) -> Self {
        let file = File::options()
            .create(true)
            .append(true)
            .open(path)
            .expect("a ledger");
        Self {
            path: path.to_owned(),
            open: Mutex::new((file, 0)),
        }
    }

    /// Notes what is about to be asked for; gives its number.
    pub fn ask(&self, act: &Act) -> usize {
        let mut open = self.open.lock().unwrap();
        open.1 += 1;
        let number = open.1;
        write(
            &mut open.0,
            &Line::Ask {
                number,
                act: act.clone(),
            },
        );
        number
    }

    /// Notes the answer.
    pub fn told(&self, number: usize, outcome: Outcome) {
        write(&mut self.open.lock().unwrap().0, &Line::Told { number, outcome });
    }

    /// The history as the file has it; what has no answer is unknown.
    pub fn history(&self) -> Vec<Deed> {
        let text = std::fs::read_to_string(&self.path).expect("the ledger");
        let mut history: Vec<Deed> = Vec::new();
        for line in text.lines() {
            match serde_json::from_str(line).expect("a line of the ledger") {
                Line::Ask { number, act } => {
                    assert_eq!(number, history.len() + 1);
                    history.push(Deed {
                        act,
                        outcome: Outcome::Unknown,
                    });
                }
                Line::Told { number, outcome } => history[number - 1].outcome = outcome,
            }
        }
        history
    }
}

fn write(file: &mut File, line: &Line) {
    let text = serde_json::to_string(line).expect("a line") + "\n";
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_data())
        .expect("the ledger takes it");
}

//! Pictures from outside. The sandbox runs this very binary, so it has a `main` of its own: called with `sandbox`, it is the
//! child that decodes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "this is a test, though clippy knows tests only by their attribute"
)]

mod pictures {
    pub mod bombs;
    pub mod corpus;
    pub mod desk;
    pub mod files;
    pub mod house;
    pub mod prints;
}

use libtest_mimic::{Arguments, Failed, Trial};
use pictures::{bombs, corpus, desk, prints};
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("sandbox") {
        base::sandbox::child_main(media::TASKS);
    }
    let trial = |(name, test): (&str, fn())| {
        Trial::test(name, move || {
            std::panic::catch_unwind(test).map_err(|_| Failed::without_message())
        })
    };
    let tests: Vec<(&str, fn())> = [bombs::TESTS, corpus::TESTS, desk::TESTS, prints::TESTS].concat();
    libtest_mimic::run(&Arguments::from_args(), tests.into_iter().map(trial).collect()).exit_code()
}

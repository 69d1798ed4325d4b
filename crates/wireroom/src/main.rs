//! The program: it reads the command line, and starts or wires everything else.

mod cli;
mod commands;
mod console;
mod health;
mod house;
mod interrupt;
mod remote;
mod sample;
mod serve;

use base::{Clock, Config, Error};
use cli::{ConfigVerb, Verb};
use console::{Console, Stop};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let (verb, flags) = match cli::read(std::env::args_os()) {
        Ok(read) => read,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    if matches!(verb, Verb::Sandbox) {
        base::sandbox::child_main(&[commands::TASKS, media::TASKS].concat());
    }
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let folder = std::env::current_dir().unwrap_or_default();
    let mut meter = meter();
    let stop = Stop::default();
    let mut console = Console::new(&mut out, &mut err, folder)
        .with_meter(&mut meter)
        .until(stop);
    let code = dispatch(&verb, &flags, &mut console);
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

/// A line that moves, on a terminal only.
fn meter() -> impl FnMut(&str) + Send {
    let bar = std::io::stderr()
        .is_terminal()
        .then(indicatif::ProgressBar::new_spinner);
    move |text| match (&bar, text) {
        (Some(bar), "") => bar.finish_and_clear(),
        (Some(bar), text) => {
            bar.set_message(text.to_owned());
            bar.tick();
        }
        (None, _) => {}
    }
}

fn dispatch(verb: &Verb, flags: &BTreeMap<String, String>, console: &mut Console) -> i32 {
    match verb {
        Verb::Version { json } => {
            match json {
                true => console.say(serde_json::json!({ "name": "wireroom", "version": health::VERSION })),
                false => console.say(format_args!("wireroom {}", health::VERSION)),
            }
            return 0;
        }
        Verb::Config(ConfigVerb::Example) => {
            console.say(base::config::example().trim_end());
            return 0;
        }
        _ => {}
    }
    match Config::resolve(flags, &std::env::vars().collect()) {
        Ok(config) => configured(verb, config, console),
        Err(error) => {
            commands::refused(&error, console);
            78
        }
    }
}

fn configured(verb: &Verb, config: Config, console: &mut Console) -> i32 {
    let outcome = match verb {
        Verb::Serve { no_sample } => serve::serve(config, !no_sample),
        Verb::Config(ConfigVerb::Show { json }) => Ok(show_config(&config, *json, console)),
        Verb::Healthcheck => Ok(health::check(&config, console)),
        Verb::Backup(backup) => match commands::run_apart(backup, &config, console) {
            Some(done) => done.map(|()| 0),
            None => Ok(on_database(verb, &config, console)),
        },
        _ => Ok(on_database(verb, &config, console)),
    };
    outcome.unwrap_or_else(|error| commands::refused(&error, console))
}

/// With a server running, it does the command; otherwise the database is opened for it.
fn on_database(verb: &Verb, config: &Config, console: &mut Console) -> i32 {
    let clock = Clock::system();
    match house::open(config, &clock) {
        Ok(db) => {
            if verb.is_long() {
                let stop = console.stop();
                interrupt::watch(move || stop.ask());
            }
            let code = commands::run(verb, &db, &clock, config, console);
            db.close();
            code
        }
        Err(
            error @ Error::Conflict {
                code: "db.locked", ..
            },
        ) => remote::ask(config, verb, &mut meter()).unwrap_or_else(|| commands::refused(&error, console)),
        Err(error) => commands::refused(&error, console),
    }
}

fn show_config(config: &Config, json: bool, console: &mut Console) -> i32 {
    for (key, value, origin) in config.shown() {
        let origin = format!("{origin:?}").to_lowercase();
        match json {
            true => console.say(serde_json::json!({ "key": key.name, "value": value, "from": origin })),
            false => console.say(format_args!("{} = {value:?}\t({origin})", key.name)),
        }
    }
    0
}

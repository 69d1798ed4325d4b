//! `wireroom serve`: everything at once, until it is asked to stop.

use crate::house::{self, House};
use crate::{remote, sample};
use base::web::door;
use base::{Clock, Config, Error, Result};
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// Runs the server; gives the exit code.
pub fn serve(config: Config, with_sample: bool) -> Result<i32> {
    raise_open_files();
    base::log::start(config.log());
    let clock = Clock::system();
    let db = house::open(&config, &clock)?;
    let listener = listen(&config)?;
    let empty = db.read_blocking(|read| Ok(stories::Edition::all(read)?.is_empty()))?;
    if with_sample && empty {
        sample::load(&db, &clock, &media::Store::open(&config)?)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let code = runtime.block_on(run(config, clock, db.clone(), listener));
    runtime.shutdown_timeout(Duration::from_secs(5));
    db.close();
    code
}

/// The data folder is ours by now; the address may be somebody else's.
fn listen(config: &Config) -> Result<std::net::TcpListener> {
    let address = config.listen()?;
    door::listen(address).map_err(|error| {
        let message = format!("Cannot listen on {address}: {error}. Choose another address with --listen.");
        Error::conflict("serve.listen", message)
    })
}

async fn run(config: Config, clock: Clock, db: base::Db, listener: std::net::TcpListener) -> Result<i32> {
    let house = Arc::new(House::build(config, clock, db)?);
    let (stop, stopping) = watch::channel(false);
    let background = background(&house, &stopping);
    // Who is told that it is ready may stop it at once.
    let signals = Signals::catch()?;
    greet(&house).await?;
    let signalled = async {
        signals.first().await;
        let _ = stop.send(true);
    };
    door::serve(listener, house.door()?, signalled).await?;
    house.app.hub.close();
    for task in background {
        task.abort();
    }
    Ok(0)
}

/// Followers, workers and the command socket.
fn background(house: &Arc<House>, stopping: &watch::Receiver<bool>) -> Vec<tokio::task::JoinHandle<()>> {
    let app = house.app.clone();
    let (workers, work) = (house.workers(), app.clone());
    let mut tasks = vec![
        tokio::spawn(search::follow(app.clone(), app.hub.clone(), house.index.clone())),
        tokio::spawn(site::pages::follow(app.clone())),
        tokio::spawn(people::watch(app.clone())),
        tokio::spawn(async move { workers.run(&work.db, &work.clock).await }),
        tokio::spawn(site::theme::watch(house.theme.clone(), app.pages.clone())),
        tokio::spawn(remote::listen(app.clone(), remote::open(&app), stopping.clone())),
    ];
    if let Some(address) = app.config.metrics() {
        tasks.push(tokio::spawn(crate::health::serve_metrics(app, address)));
    }
    tasks
}

/// Prints the address, and while there is no owner the link that makes one.
async fn greet(house: &House) -> Result<()> {
    let origin = house.app.config.origin();
    let mut terminal = std::io::stderr();
    let _ = writeln!(
        terminal,
        "Wireroom {} is ready at {origin}",
        crate::health::VERSION
    );
    if let Some(secret) = people::Setup::link(&house.app.db).await? {
        let _ = writeln!(
            terminal,
            "Become its owner (works once): {origin}/setup?key={secret}"
        );
    }
    Ok(())
}

/// SIGTERM and Ctrl-C: the first asks to stop, a second Ctrl-C forces.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn catch() -> Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn first(self) {
        let Self {
            mut terminate,
            mut interrupt,
        } = self;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tokio::spawn(async move {
            interrupt.recv().await;
            std::process::exit(130);
        });
    }
}

/// Readers are open files: as many as the system lets us have.
fn raise_open_files() {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: the struct is ours and lives through both calls.
    unsafe {
        if libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) == 0 {
            limit.rlim_cur = limit.rlim_max;
            libc::setrlimit(libc::RLIMIT_NOFILE, &limit);
        }
    }
}

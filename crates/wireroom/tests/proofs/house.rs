//! A server of our own: a data folder, a port, an engine; started, killed and started again.

use crate::wire::Client;
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Where a server keeps its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    /// A schema of its own at this address.
    Postgres {
        url: String,
        schema: String,
    },
}

impl Engine {
    /// SQLite, and PostgreSQL when there is one. With `WIREROOM_ENGINES=required` its absence is a failure.
    pub fn each() -> Vec<Self> {
        std::iter::once(Self::Sqlite).chain(Self::postgres()).collect()
    }

    pub fn postgres() -> Option<Self> {
        static SCHEMAS: AtomicU32 = AtomicU32::new(0);
        let Ok(url) = std::env::var("WIREROOM_TEST_POSTGRES") else {
            let required = std::env::var("WIREROOM_ENGINES").as_deref() == Ok("required");
            assert!(
                !required,
                "WIREROOM_TEST_POSTGRES is not set, but both engines are required"
            );
            return None;
        };
        let number = SCHEMAS.fetch_add(1, Ordering::SeqCst);
        let schema = format!("proof_{}_{number}", std::process::id());
        let mut server = postgres::Client::connect(&url, postgres::NoTls).expect("the test server answers");
        server
            .batch_execute(&format!("CREATE SCHEMA {schema}"))
            .expect("a schema");
        Some(Self::Postgres { url, schema })
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// The value of `WIREROOM_DATABASE`.
    fn place(&self) -> String {
        match self {
            Self::Sqlite => String::new(),
            Self::Postgres { url, schema } => {
                let joint = if url.contains('?') { '&' } else { '?' };
                format!("{url}{joint}options=-csearch_path%3D{schema}")
            }
        }
    }
}

/// One installation. Its server is ended and its data removed when it is dropped.
pub struct House {
    pub engine: Engine,
    pub data: PathBuf,
    pub port: u16,
    /// More environment for the server: a skewed clock, limits.
    pub environment: Vec<(String, String)>,
    folder: tempfile::TempDir,
    child: Option<Child>,
}

impl House {
    /// An empty data folder, with an edition `en`, its sections `news` and `world`, and no server yet.
    pub fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        let house = Self::bare(engine, folder, data);
        house.furnish();
        house
    }

    /// As `new`, with the data in a folder that stands already and nothing in it.
    pub fn at(engine: Engine, data: PathBuf) -> Self {
        Self::bare(engine, tempfile::tempdir().expect("a temporary folder"), data)
    }

    fn bare(engine: Engine, folder: tempfile::TempDir, data: PathBuf) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("a free port").port();
        Self {
            engine,
            data,
            port,
            environment: Vec::new(),
            folder,
            child: None,
        }
    }

    pub fn furnish(&self) {
        self.run(&[
            "edition",
            "add",
            "--code",
            "en",
            "--name",
            "The Proof",
            "--language",
            "en",
        ]);
        for (slug, name) in [("news", "News"), ("world", "World")] {
            self.run(&[
                "section",
                "add",
                "--edition",
                "en",
                "--slug",
                slug,
                "--name",
                name,
            ]);
        }
    }

    /// A server on a new house.
    pub fn serving(engine: Engine) -> Self {
        let mut house = Self::new(engine);
        house.start();
        house
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wireroom"));
        command
            .args(args)
            .env("WIREROOM_DATA", &self.data)
            .env("WIREROOM_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("WIREROOM_DATABASE", self.engine.place())
            .env("WIREROOM_LIMITS", "off")
            .env("WIREROOM_LOG", "warn")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    /// Starts the server and waits until it answers.
    pub fn start(&mut self) {
        assert!(self.child.is_none(), "it runs already");
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.log())
            .expect("a log");
        let mut command = self.command(&["serve", "--no-sample"]);
        let child = command
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        self.child = Some(child);
        let end = Instant::now() + Duration::from_secs(60);
        while Instant::now() < end {
            if Client::new(self.port).send("GET", "/healthz", &[], None).is_ok() {
                return;
            }
            assert!(
                self.is_running(),
                "the server ended by itself:\n{}",
                self.logged()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the server did not answer:\n{}", self.logged());
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// What the server has written to its terminal.
    pub fn logged(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }

    pub fn is_running(&mut self) -> bool {
        self.child
            .as_mut()
            .is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// SIGKILL, and wait until it is gone.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// SIGTERM, and wait until it is gone.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // SAFETY: the id is that of a child which has not been waited for.
            unsafe { libc::kill(child.id().cast_signed(), libc::SIGTERM) };
            let _ = child.wait();
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// A command that must succeed; gives its output.
    pub fn run(&self, args: &[&str]) -> String {
        let output = self.try_run(args, "");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success(),
            "wireroom {}: {told}\n{}",
            args.join(" "),
            self.logged()
        );
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    pub fn try_run(&self, args: &[&str], input: &str) -> Output {
        let mut command = self.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        if let Some(mut stdin) = child.stdin.take() {
            let _ = stdin.write_all(input.as_bytes());
        }
        child.wait_with_output().expect("the program ends")
    }

    /// A token of a new person with this role.
    pub fn token(&self, role: &str, scope: &str) -> String {
        static PEOPLE: AtomicU32 = AtomicU32::new(0);
        let email = format!("{role}{}@proof.example", PEOPLE.fetch_add(1, Ordering::SeqCst));
        self.run(&["person", "add", "--email", &email, "--name", role, "--role", role]);
        self.run(&[
            "token", "add", "--person", &email, "--name", "proof", "--scope", scope,
        ])
    }

    pub fn client(&self) -> Client {
        Client::new(self.port)
    }

    pub fn client_of(&self, token: &str) -> Client {
        Client::with_token(self.port, token)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.kill();
        if let Engine::Postgres { url, schema } = &self.engine
            && let Ok(mut server) = postgres::Client::connect(url, postgres::NoTls)
        {
            let _ = server.batch_execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE"));
        }
    }
}

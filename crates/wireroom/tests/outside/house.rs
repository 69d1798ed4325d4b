//! A newsroom in a scratch folder, on either engine, run by the real program.

use base::db::scratch::Schema;
use base::db::{Migration, Place};
use base::{Clock, Db};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Long enough for a busy machine; nothing waits so long when all is well.
const PATIENCE: Duration = Duration::from_secs(60);

/// A data folder, a database and a free port.
pub struct Newsroom {
    folder: tempfile::TempDir,
    schema: Option<Schema>,
    address: SocketAddr,
}

/// What a command printed, and its exit code.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A running server; killed when dropped.
pub struct Serving {
    child: Child,
    address: SocketAddr,
    /// What it has printed so far, a line each.
    said: mpsc::Receiver<String>,
    /// The link that makes the first visitor the owner.
    pub setup: Option<String>,
}

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Newsroom {
    /// One on each engine that this machine has.
    pub fn on_each_engine() -> Vec<Self> {
        let required = std::env::var("WIREROOM_ENGINES").as_deref() == Ok("required");
        let mut each = vec![Self::on_sqlite()];
        match std::env::var("WIREROOM_TEST_POSTGRES") {
            Ok(url) => each.push(Self::new(Some(Schema::new(&url)))),
            Err(_) => assert!(
                !required,
                "WIREROOM_TEST_POSTGRES is not set, but both engines are required"
            ),
        }
        each
    }

    pub fn on_sqlite() -> Self {
        Self::new(None)
    }

    fn new(schema: Option<Schema>) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            schema,
            address: free.local_addr().unwrap(),
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.schema.is_none()
    }

    /// Not made before the first command.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place beside the data folder.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file beside the data folder.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.beside(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program with this newsroom's configuration and nothing else of ours; relative paths begin beside the data folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wireroom"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WIREROOM_")) {
            command.env_remove(name);
        }
        command.env("WIREROOM_DATA", self.data());
        command.env("WIREROOM_LISTEN", self.address.to_string());
        command.env("WIREROOM_LIMITS", "off");
        if let Some(schema) = &self.schema {
            command.env("WIREROOM_DATABASE", &schema.url);
        }
        command
    }

    /// Does to the database what a later version would have done.
    pub fn mark_newer(&self) {
        let place = match &self.schema {
            Some(schema) => Place::Postgres(schema.url.clone()),
            None => Place::Sqlite(self.data().join("wireroom.db")),
        };
        let later = Migration {
            name: "stories_99",
            sql: "CREATE TABLE story_later (id BIGINT NOT NULL) {strict}",
        };
        // It knows none of our own steps, so it is refused itself; its step is done by then.
        assert!(Db::open(&place, Clock::system(), &[later]).is_err());
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().unwrap())
    }

    /// Runs a command that must succeed, and gives what it printed.
    pub fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        ran.out
    }

    /// The report of an import.
    pub fn import(&self, format: &str, file: &Path, more: &[&str]) -> Report {
        let file = file.to_string_lossy();
        let args = [&["import", format, &file, "--json"], more].concat();
        Report::of(&self.run(&args))
    }

    /// Starts the server and waits until it is ready.
    pub fn serve(&self, args: &[&str]) -> Serving {
        let mut child = self
            .command(&[&["serve"], args].concat())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, said) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let mut serving = Serving {
            child,
            address: self.address,
            said,
            setup: None,
        };
        serving.wait_ready();
        serving
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Serving {
    fn wait_ready(&mut self) {
        let begun = Instant::now();
        let mut heard = Vec::new();
        loop {
            assert!(begun.elapsed() < PATIENCE, "not ready: {heard:?}");
            match self.said.recv_timeout(Duration::from_millis(200)) {
                Ok(line) if line.contains("is ready at") => break,
                Ok(line) => heard.push(line),
                Err(mpsc::RecvTimeoutError::Disconnected) => panic!("the server ended: {heard:?}"),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
        }
        if let Ok(line) = self.said.recv_timeout(Duration::from_millis(500)) {
            self.setup = line
                .split_whitespace()
                .find(|word| word.starts_with("http"))
                .map(str::to_owned);
        }
    }

    /// What it has said since it was ready.
    pub fn heard(&self) -> Vec<String> {
        self.said.try_iter().collect()
    }

    pub fn listen_address(&self) -> String {
        self.address.to_string()
    }

    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[], b"")
    }

    /// JSON of an answer that must be 200.
    pub fn json(&self, target: &str) -> serde_json::Value {
        let answer = self.get(target);
        assert_eq!(answer.status, 200, "{target}: {answer:?}");
        serde_json::from_slice(&answer.body).unwrap()
    }

    pub fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let host = self.address.to_string().replace("127.0.0.1", "localhost");
        let mut head = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("Content-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }

    /// Every story of an edition, as the public API lists them.
    pub fn stories(&self, edition: &str) -> Vec<serde_json::Value> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.json(&format!("/api/v1/stories?edition={edition}&limit=100{cursor}"));
            all.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }

    /// Opens a stream and gives what comes within a moment.
    pub fn listen(&self, target: &str, headers: &[(&str, &str)]) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_millis(1_500)))
            .unwrap();
        let host = self.address.to_string().replace("127.0.0.1", "localhost");
        let more: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let head =
            format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n{more}\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut heard = Vec::new();
        let mut part = [0; 4096];
        while let Ok(count) = stream.read(&mut part) {
            if count == 0 {
                break;
            }
            heard.extend_from_slice(&part[..count]);
        }
        String::from_utf8_lossy(&heard).into_owned()
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// As a power cut does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and gives its exit code.
    pub fn stop(mut self) -> i32 {
        self.signal("-TERM");
        ended(&mut self.child)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for a program to end by itself.
pub fn ended(child: &mut Child) -> i32 {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().unwrap_or(-1);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = child.kill();
    panic!("it did not end");
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let end = bytes
            .windows(4)
            .position(|part| part == b"\r\n\r\n")
            .expect("an HTTP head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let body = bytes[end + 4..].to_vec();
        let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        Self {
            status: head[9..12].parse().unwrap(),
            body: if chunked { joined(&body) } else { body },
            head,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().skip(1).find(|line| {
            line.split_once(':')
                .is_some_and(|(found, _)| found.eq_ignore_ascii_case(name))
        })?;
        line.split_once(':').map(|(_, value)| value.trim())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The chunks of a body put together.
fn joined(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|part| part == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap().trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
    whole
}

/// An import's report, taken from the last line of its output.
#[derive(Debug)]
pub struct Report {
    pub code: i32,
    pub read: u64,
    pub made: u64,
    pub unchanged: u64,
    pub redirects: u64,
    /// Item and reason.
    pub not_taken: Vec<(String, String)>,
}

impl Report {
    pub fn of(ran: &Ran) -> Self {
        let last = ran
            .out
            .lines()
            .last()
            .unwrap_or_else(|| panic!("no report: {ran:?}"));
        let json: serde_json::Value =
            serde_json::from_str(last).unwrap_or_else(|_| panic!("no report: {ran:?}"));
        let mut keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["made", "not_taken", "read", "redirects", "unchanged"]);
        let count = |key: &str| json[key].as_u64().unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let not_taken = json["not_taken"].as_array().unwrap();
        let report = Self {
            code: ran.code,
            read: count("read"),
            made: count("made"),
            unchanged: count("unchanged"),
            redirects: count("redirects"),
            not_taken: not_taken
                .iter()
                .map(|row| (text(&row["item"]), text(&row["reason"])))
                .collect(),
        };
        assert_eq!(
            report.read,
            report.made + report.unchanged + report.not_taken.len() as u64,
            "{report:?}"
        );
        assert!(
            report
                .not_taken
                .iter()
                .all(|(item, reason)| !item.is_empty() && !reason.is_empty())
        );
        report
    }
}

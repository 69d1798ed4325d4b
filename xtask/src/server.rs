//! A server of our own: started on an empty folder, spoken to as programs speak to it, ended when dropped.

use crate::machine::free_port;
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server with a data folder of its own.
pub struct Server {
    child: Child,
    binary: PathBuf,
    environment: Vec<(String, String)>,
    args: Vec<String>,
    pub origin: String,
    pub data: PathBuf,
    pub port: u16,
}

impl Server {
    /// Starts `wireroom serve` on an empty folder and waits until it answers.
    pub fn start(binary: &Path, environment: &[(&str, &str)], args: &[&str]) -> Result<Self> {
        Self::named("127.0.0.1", binary, environment, args)
    }

    /// As `start`, known under this name of the machine.
    pub fn named(host: &str, binary: &Path, environment: &[(&str, &str)], args: &[&str]) -> Result<Self> {
        let port = free_port()?;
        let data = std::env::temp_dir().join(format!("wireroom-data-{}-{port}", std::process::id()));
        let origin = format!("http://{host}:{port}");
        let mut told: Vec<(String, String)> = vec![
            ("WIREROOM_DATA".into(), data.to_string_lossy().into_owned()),
            ("WIREROOM_LISTEN".into(), format!("127.0.0.1:{port}")),
            ("WIREROOM_ORIGIN".into(), origin.clone()),
        ];
        told.extend(
            environment
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned())),
        );
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let server = Self {
            child: spawn(binary, &told, &args)?,
            binary: binary.to_owned(),
            environment: told,
            args,
            origin,
            data,
            port,
        };
        server.until_answered("/healthz", Instant::now())?;
        Ok(server)
    }

    /// Ends it and starts it again on the same folder; gives the milliseconds from the command to the first whole front page.
    pub fn restart(&mut self) -> Result<f64> {
        self.end();
        let start = Instant::now();
        self.child = spawn(&self.binary, &self.environment, &self.args)?;
        self.until_answered("/en/", start)?;
        Ok(start.elapsed().as_secs_f64() * 1_000.0)
    }

    fn until_answered(&self, path: &str, start: Instant) -> Result<()> {
        let url = format!("{}{path}", self.origin);
        while !fetch(&url).is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            ensure!(
                start.elapsed() < Duration::from_secs(30),
                "{url} did not answer within 30 s"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Runs a command of the program against this server's folder; gives what it prints.
    pub fn command(&self, args: &[&str], input: Option<&str>) -> Result<String> {
        let mut child = Command::new(&self.binary)
            .args(args)
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.unwrap_or_default().as_bytes())?;
        }
        let answer = child.wait_with_output()?;
        ensure!(
            answer.status.success(),
            "wireroom {} failed ({})",
            args.join(" "),
            answer.status
        );
        Ok(String::from_utf8(answer.stdout)?.trim().to_owned())
    }

    /// An editor's token for the desk's API.
    pub fn desk_token(&self) -> Result<String> {
        let email = "bench@newsroom.test";
        let person = [
            "person",
            "add",
            "--email",
            email,
            "--name",
            "Bench",
            "--role",
            "owner",
            "--password-stdin",
        ];
        self.command(&person, Some("correct horse battery staple\n"))?;
        self.command(
            &[
                "token", "add", "--person", email, "--name", "bench", "--scope", "desk",
            ],
            None,
        )
    }

    /// Makes a story; gives its id.
    pub fn make(&self, token: &str, draft: &Value) -> Result<String> {
        let made = self.post("/api/v1/desk/stories", token, draft)?;
        Ok(made["id"].as_str().context("no id")?.to_owned())
    }

    /// Publishes a story; gives its address.
    pub fn release(&self, token: &str, id: &str) -> Result<String> {
        let path = format!("/api/v1/desk/stories/{id}/publication");
        let published = self.post(&path, token, &serde_json::json!({}))?;
        Ok(published["url"].as_str().context("no url")?.to_owned())
    }

    /// Makes and publishes a story; gives its address.
    pub fn publish(&self, token: &str, draft: &Value) -> Result<String> {
        let id = self.make(token, draft)?;
        self.release(token, &id)
    }

    fn post(&self, path: &str, token: &str, body: &Value) -> Result<Value> {
        let body = body.to_string();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            authority(&self.origin),
            body.len()
        );
        let answer = exchange(&self.origin, &format!("{head}{body}"))?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no whole answer")?;
        ensure!(head.starts_with("HTTP/1.1 2"), "POST {path}: {head}\n{body}");
        Ok(serde_json::from_str(body)?)
    }

    /// The process's proportional memory, in MiB.
    pub fn memory_mib(&self) -> Result<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.pid()))?;
        let line = text
            .lines()
            .find(|line| line.starts_with("Pss:"))
            .context("no Pss line")?;
        let kib: f64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
        Ok(kib / 1_024.0)
    }

    fn end(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

fn spawn(binary: &Path, environment: &[(String, String)], args: &[String]) -> Result<Child> {
    let mut command = Command::new(binary);
    command.arg("serve").args(args).envs(environment.iter().cloned());
    Ok(command.stdin(Stdio::null()).spawn()?)
}

/// The whole answer to a GET, head included, over a connection of its own.
pub fn fetch(url: &str) -> Result<String> {
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    let request = format!(
        "GET /{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        authority(url)
    );
    exchange(url, &request)
}

fn exchange(url: &str, request: &str) -> Result<String> {
    let mut stream = TcpStream::connect(authority(url))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    match answer.is_empty() {
        true => bail!("{url} answered nothing"),
        false => Ok(String::from_utf8_lossy(&answer).into_owned()),
    }
}

/// `127.0.0.1:8080` of an address.
fn authority(url: &str) -> &str {
    url.split('/').nth(2).unwrap_or_default()
}

//! A small HTTP/1.1 client that sends exactly what it is told, and an event-stream reader.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case, in the order they were sent.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The stable code of a problem document; empty when it is none.
    pub fn code(&self) -> String {
        match self.header("content-type") {
            Some("application/problem+json") => self.json()["code"].as_str().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    /// Everything that came back as one text, to look for canaries in.
    pub fn whole(&self) -> String {
        let head = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\n"));
        head.collect::<String>() + &self.text()
    }
}

/// One kept-alive connection to one server.
pub struct Client {
    port: u16,
    open: Option<BufReader<TcpStream>>,
    token: Option<String>,
}

impl Client {
    pub fn new(port: u16) -> Self {
        Self {
            port,
            open: None,
            token: None,
        }
    }

    pub fn with_token(port: u16, token: &str) -> Self {
        Self {
            port,
            open: None,
            token: Some(token.to_owned()),
        }
    }

    pub fn get(&mut self, target: &str) -> Answer {
        self.send("GET", target, &[], None)
            .unwrap_or_else(|error| panic!("GET {target}: {error}"))
    }

    /// JSON to a route; panics when no answer comes.
    pub fn call(&mut self, method: &str, target: &str, body: &serde_json::Value) -> Answer {
        self.try_call(method, target, body)
            .unwrap_or_else(|error| panic!("{method} {target}: {error}"))
    }

    pub fn try_call(&mut self, method: &str, target: &str, body: &serde_json::Value) -> io::Result<Answer> {
        let body = body.to_string();
        self.send(
            method,
            target,
            &[("content-type", "application/json")],
            Some(body.as_bytes()),
        )
    }

    /// Any request. An error means that nobody knows whether it was done.
    pub fn send(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> io::Result<Answer> {
        let reused = self.open.is_some();
        match self.exchange(method, target, headers, body) {
            // The server may have closed a resting connection just now; what only reads may be sent again.
            Err(_) if reused && matches!(method, "GET" | "HEAD") => {
                self.exchange(method, target, headers, body)
            }
            other => other,
        }
    }

    fn exchange(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> io::Result<Answer> {
        let mut head = format!("{method} {target} HTTP/1.1\r\nhost: localhost:{}\r\n", self.port);
        if let Some(token) = &self.token {
            head += &format!("authorization: Bearer {token}\r\n");
        }
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if let Some(body) = body {
            head += &format!("content-length: {}\r\n", body.len());
        }
        let mut bytes = (head + "\r\n").into_bytes();
        bytes.extend_from_slice(body.unwrap_or_default());
        let mut connection = match self.open.take() {
            Some(open) => open,
            None => BufReader::new(connect(self.port)?),
        };
        // A refusal may come, and the connection end, before the whole body is sent.
        let sent = connection.get_mut().write_all(&bytes);
        let answer = read_answer(&mut connection, method == "HEAD")?;
        if sent.is_ok() && answer.header("connection") != Some("close") {
            self.open = Some(connection);
        }
        Ok(answer)
    }
}

fn connect(port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    Ok(stream)
}

fn read_answer(connection: &mut impl BufRead, head_only: bool) -> io::Result<Answer> {
    let status = line(connection)?;
    let status = status
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .ok_or_else(cut)?;
    let mut headers = Vec::new();
    loop {
        let text = line(connection)?;
        if text.is_empty() {
            break;
        }
        let (name, value) = text.split_once(':').ok_or_else(cut)?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
    };
    if head_only || matches!(status, 204 | 304) {
        return Ok(answer);
    }
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = chunks(connection)?;
    } else if let Some(length) = answer.header("content-length").and_then(|text| text.parse().ok()) {
        answer.body = vec![0; length];
        connection.read_exact(&mut answer.body)?;
    } else {
        connection.read_to_end(&mut answer.body)?;
    }
    Ok(answer)
}

fn chunks(connection: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = usize::from_str_radix(&line(connection)?, 16).map_err(|_| cut())?;
        let start = body.len();
        body.resize(start + size, 0);
        connection.read_exact(&mut body[start..])?;
        line(connection)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn line(connection: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    if connection.read_until(b'\n', &mut bytes)? == 0 {
        return Err(cut());
    }
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

fn cut() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}

/// A server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: String,
    pub kind: String,
    pub data: String,
}

impl Event {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.data).unwrap_or_default()
    }
}

/// Follows `/api/v1/live` on a thread of its own, and comes back after every cut with the last id it saw.
pub struct Follower {
    seen: Arc<Mutex<Vec<Event>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Follower {
    pub fn start(port: u16, query: &str) -> Self {
        let (seen, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, end, query) = (seen.clone(), stop.clone(), query.to_owned());
        let thread = std::thread::spawn(move || {
            while !end.load(Ordering::SeqCst) {
                let _ = follow(port, &query, &log, &end);
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        Self {
            seen,
            stop,
            thread: Some(thread),
        }
    }

    pub fn seen(&self) -> Vec<Event> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until an event fits.
    pub fn wait(&self, patience: Duration, fits: impl Fn(&Event) -> bool) -> Option<Event> {
        let end = Instant::now() + patience;
        while Instant::now() < end {
            if let Some(event) = self.seen().into_iter().find(&fits) {
                return Some(event);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        None
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn follow(port: u16, query: &str, log: &Mutex<Vec<Event>>, stop: &AtomicBool) -> io::Result<()> {
    let mut stream = connect(port)?;
    stream.set_read_timeout(Some(Duration::from_millis(100)))?;
    let last = log
        .lock()
        .unwrap()
        .last()
        .map(|event| format!("last-event-id: {}\r\n", event.id));
    let resume = last.unwrap_or_default();
    write!(
        stream,
        "GET /api/v1/live?{query} HTTP/1.1\r\nhost: localhost:{port}\r\n{resume}\r\n"
    )?;
    let mut text = Vec::new();
    let mut bytes = [0; 16384];
    while !stop.load(Ordering::SeqCst) {
        match stream.read(&mut bytes) {
            Ok(0) => return Ok(()),
            Ok(count) => text.extend_from_slice(&bytes[..count]),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                continue;
            }
            Err(error) => return Err(error),
        }
        while let Some(end) = text.windows(2).position(|pair| pair == b"\n\n") {
            let block: Vec<u8> = text.drain(..end + 2).collect();
            log.lock()
                .unwrap()
                .extend(event(&String::from_utf8_lossy(&block)));
        }
    }
    Ok(())
}

/// A block of lines as an event; comments and the answer's head are none.
fn event(block: &str) -> Option<Event> {
    let field = |name: &str| {
        block
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(str::to_owned)
    };
    Some(Event {
        id: field("id: ")?,
        kind: field("event: ")?,
        data: field("data: ")?,
    })
}

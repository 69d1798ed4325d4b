//! A client that sends exactly the bytes it is given.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

pub struct Client(TcpStream, Vec<u8>);

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

impl Client {
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(8))).unwrap();
        Self(stream, Vec::new())
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        // The server may have ended the connection already; what it said before is still to be read.
        let _ = self.0.write_all(bytes.as_ref());
        self
    }

    /// The next answer; `None` when the connection ends first.
    pub fn answer(&mut self, to_head: bool) -> Option<Answer> {
        let end = loop {
            if let Some(end) = self.1.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            self.more()?;
        };
        let head = String::from_utf8(self.1.drain(..end).collect()).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
        let pair = |line: &str| {
            line.split_once(": ")
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let headers: BTreeMap<_, _> = lines.filter_map(pair).collect();
        let bodiless = to_head || status == 304 || status == 204;
        let body = match headers.get("content-length") {
            _ if bodiless => Vec::new(),
            Some(length) => self.take(length.parse().unwrap())?,
            None if headers.contains_key("transfer-encoding") => self.chunks()?,
            None => self.rest(),
        };
        Some(Answer {
            status,
            headers,
            body,
        })
    }

    pub fn ask(&mut self, request: &str) -> Answer {
        let to_head = request.starts_with("HEAD ");
        self.send(request)
            .answer(to_head)
            .unwrap_or_else(|| panic!("no answer to {request:?}"))
    }

    /// Whether the server ends the connection (rather than saying nothing for a while).
    pub fn is_ended(&mut self) -> bool {
        let mut byte = [0; 4096];
        loop {
            match self.0.read(&mut byte) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => return error.kind() == std::io::ErrorKind::ConnectionReset,
            }
        }
    }

    /// Everything up to and with these bytes.
    pub fn until(&mut self, end: &[u8]) -> String {
        loop {
            if let Some(at) = self.1.windows(end.len()).position(|window| window == end) {
                return String::from_utf8(self.1.drain(..at + end.len()).collect()).unwrap();
            }
            let heard = String::from_utf8_lossy(&self.1).into_owned();
            self.more()
                .unwrap_or_else(|| panic!("the connection ended after {heard:?}"));
        }
    }

    pub fn rest(&mut self) -> Vec<u8> {
        while self.more().is_some() {}
        std::mem::take(&mut self.1)
    }

    fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        while self.1.len() < count {
            self.more()?;
        }
        Some(self.1.drain(..count).collect())
    }

    fn chunks(&mut self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            while !self.1.windows(2).any(|two| two == b"\r\n") {
                self.more()?;
            }
            let end = self.1.windows(2).position(|two| two == b"\r\n")?;
            let size: Vec<u8> = self.1.drain(..end + 2).collect();
            let size = usize::from_str_radix(std::str::from_utf8(&size).unwrap().trim(), 16).unwrap();
            body.extend(self.take(size)?);
            self.take(2)?;
            if size == 0 {
                return Some(body);
            }
        }
    }

    fn more(&mut self) -> Option<()> {
        let mut bytes = [0; 65536];
        let count = self.0.read(&mut bytes).ok().filter(|count| *count > 0)?;
        self.1.extend_from_slice(&bytes[..count]);
        Some(())
    }
}

/// A GET with further header lines, each ended by CRLF.
pub fn get(path: &str, more: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: news.example\r\n{more}\r\n")
}

pub fn post(path: &str, more: &str, body: &str) -> String {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nHost: news.example\r\nContent-Length: {length}\r\n{more}\r\n{body}")
}

//! Answers in; a server on this machine that gives them one after another, and the requests it saw, out.

#![allow(unreachable_pub, missing_docs, reason = "for tests only")]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How the server answers one request.
#[derive(Clone)]
pub enum Answer {
    /// These bytes, then the connection is closed.
    Bytes(Vec<u8>),
    /// A document that comes letter by letter and never ends.
    Drip,
    /// A document that comes as fast as it is read and never ends.
    Flood,
}

/// A full answer: `200 OK`, `Retry-After: 7`, the body.
pub fn answer(status: &str, headers: &[&str], body: &[u8]) -> Answer {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    Answer::Bytes([head.as_bytes(), body].concat())
}

pub fn ok(body: &[u8]) -> Answer {
    answer("200 OK", &[], body)
}

/// An answer that breaks off before the end it announced.
pub fn cut(body: &[u8]) -> Answer {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len() * 2
    );
    Answer::Bytes([head.as_bytes(), body].concat())
}

pub struct Server {
    /// `127.0.0.1:PORT`
    pub host: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Gives `answers` in their order; whoever asks more often gets a 418.
    pub fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        thread::spawn(move || {
            let mut answers = answers.into_iter();
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let answer = answers.next();
                let answer = answer.unwrap_or_else(|| self::answer("418 Too often", &[], b""));
                let _ = serve(&stream, &answer, &log);
            }
        });
        Self { host, seen }
    }

    /// A template for the documents of this server.
    pub fn mirror(&self) -> String {
        format!("http://{}/{{language}}/{{symbol}}.{{kind}}", self.host)
    }

    /// The heads of the requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

fn serve(stream: &TcpStream, answer: &Answer, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut head = String::new();
    let mut reader = BufReader::new(stream);
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    log.lock().unwrap().push(head);
    let mut stream = stream;
    let endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    match answer {
        Answer::Bytes(bytes) => stream.write_all(bytes),
        Answer::Drip => {
            stream.write_all(endless)?;
            loop {
                stream.write_all(b"1")?;
                stream.flush()?;
                thread::sleep(Duration::from_millis(20));
            }
        }
        Answer::Flood => {
            stream.write_all(endless)?;
            loop {
                stream.write_all(&[b'1'; 4096])?;
            }
        }
    }
}

/// `bytes` as a gzip file (RFC 1952) of one stored block (RFC 1951, 3.2.4).
pub fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(bytes);
    let crc = bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    });
    out.extend((!crc).to_le_bytes());
    out.extend(u32::from(length).to_le_bytes());
    out
}

//! An address in; the bytes it answers with, asked for politely, or what came in the way, out.
//!
//! One request at a time, a pause between two, and more patience after each failure. An answer that is larger than
//! [`Patience::largest`], unpacked, or takes longer than [`Patience::whole`] is given up.

use std::io::{self, ErrorKind, Read};
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::{StatusCode, header};

use super::address::redirected;

/// How long is waited, and how often is asked again.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Between two requests.
    pub pause: Duration,
    /// How often one document is asked for.
    pub tries: u32,
    /// After the first failure; twice as long after each further one.
    pub wait: Duration,
    /// The longest wait; a service that asks for more is left alone.
    pub longest_wait: Duration,
    /// For one answer as a whole.
    pub whole: Duration,
    /// Redirections that are followed.
    pub redirects: u32,
    /// Bytes of one document.
    pub largest: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(1),
            tries: 4,
            wait: Duration::from_secs(2),
            longest_wait: Duration::from_secs(60),
            whole: Duration::from_secs(120),
            redirects: 5,
            largest: super::super::gather::LARGEST,
        }
    }
}

/// What came in the way of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Not found (404, 410).
    Absent,
    /// Another answer than the document.
    Status(u16),
    /// Asked to come back after so long.
    Later(Duration),
    /// No answer: why.
    Unreachable(&'static str),
    /// It answers, but not as the web does.
    Unclear,
    /// The answer broke off.
    Cut,
    /// The answer did not end in time.
    Slow,
    /// The answer is larger than a document.
    Large,
    /// Redirected again and again.
    Redirects,
    /// Redirected to where nobody should be led.
    Redirected(String),
}

impl Trouble {
    /// Whether asking again may help.
    fn passes(&self) -> bool {
        match self {
            Self::Status(status) => matches!(status, 429 | 500 | 502 | 503 | 504),
            Self::Unreachable(_) | Self::Cut | Self::Slow => true,
            _ => false,
        }
    }

    /// What to say of it, after the name of the service.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Absent => "has no such document (404); check the symbol".to_owned(),
            Self::Status(429) => "is asked too often at present; try again later".to_owned(),
            Self::Status(status @ (401 | 403)) => format!("does not allow this request ({status})"),
            Self::Status(status @ 500..) => {
                format!("is out of order at present ({status}); try again later")
            }
            Self::Status(status) => format!("did not answer with a document ({status})"),
            Self::Later(wait) => {
                let minutes = wait.as_secs().div_ceil(60);
                format!("asks to come back in {minutes} minutes; try again then")
            }
            Self::Unreachable(why) => format!("cannot be reached: {why}"),
            Self::Unclear => "gives an answer that is not understood; check the address".to_owned(),
            Self::Cut => {
                "broke off in the middle of the document each time; try again later".to_owned()
            }
            Self::Slow => "answers too slowly; try again later".to_owned(),
            Self::Large => "answered with a file too large for a document".to_owned(),
            Self::Redirects => "leads in a circle instead of to the document".to_owned(),
            Self::Redirected(to) if to.is_empty() => "leads nowhere".to_owned(),
            Self::Redirected(to) => format!("leads to an address that is not safe to follow: {to}"),
        }
    }
}

/// Asks for documents.
pub(super) struct Client {
    agent: Agent,
    patience: Patience,
    sleep: Box<dyn FnMut(Duration)>,
    /// When the last request was sent.
    last: Option<Instant>,
}

/// The name and version of this program, and where it is from.
fn user_agent() -> String {
    let own = concat!("adref/", env!("CARGO_PKG_VERSION"));
    match env!("CARGO_PKG_REPOSITORY") {
        "" => own.to_owned(),
        from => format!("{own} (+{from})"),
    }
}

impl Client {
    pub(super) fn new(patience: Patience, sleep: Box<dyn FnMut(Duration)>) -> Self {
        let config = Agent::config_builder()
            .user_agent(user_agent())
            .http_status_as_error(false)
            // Followed by hand, so that none leads where it should not.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(patience.whole))
            .timeout_connect(Some(patience.whole.min(Duration::from_secs(20))));
        Self { agent: config.build().new_agent(), patience, sleep, last: None }
    }

    /// What an address answers with, asked for again where that may help.
    pub(super) fn get(&mut self, address: &str) -> Result<Vec<u8>, Trouble> {
        let mut wait = self.patience.wait;
        let mut tries = 1;
        loop {
            let (trouble, asked) = match self.follow(address) {
                Ok(bytes) => return Ok(bytes),
                Err(failed) => failed,
            };
            if tries >= self.patience.tries || !trouble.passes() {
                return Err(trouble);
            }
            let own = wait.min(self.patience.longest_wait);
            let wanted = asked.map_or(own, |asked| asked.max(own));
            if wanted > self.patience.longest_wait {
                return Err(Trouble::Later(wanted));
            }
            (self.sleep)(wanted);
            wait *= 2;
            tries += 1;
        }
    }

    /// Asks once, wherever that leads; with a failure, how long the service wants to be left alone.
    fn follow(&mut self, address: &str) -> Result<Vec<u8>, (Trouble, Option<Duration>)> {
        let mut address = address.to_owned();
        for _ in 0..=self.patience.redirects {
            self.pause();
            let mut answer =
                self.agent.get(&address).call().map_err(|error| (unanswered(&error), None))?;
            let text = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
            let status = answer.status();
            if status.is_redirection() {
                let location = text(header::LOCATION).unwrap_or_default();
                let Some(next) = redirected(&address, location) else {
                    let shown = location.chars().take(200).collect();
                    return Err((Trouble::Redirected(shown), None));
                };
                address = next;
                continue;
            }
            match status {
                StatusCode::NOT_FOUND | StatusCode::GONE => return Err((Trouble::Absent, None)),
                status if !status.is_success() => {
                    let after = text(header::RETRY_AFTER).and_then(|text| text.trim().parse().ok());
                    return Err((Trouble::Status(status.as_u16()), after.map(Duration::from_secs)));
                }
                _ => {}
            }
            let mut bytes = Vec::new();
            let largest = self.patience.largest;
            let body = answer.body_mut().with_config().limit(u64::MAX).reader();
            let read = body.take(largest + 1).read_to_end(&mut bytes);
            return match read {
                Ok(read) if read as u64 > largest => Err((Trouble::Large, None)),
                Ok(_) => Ok(bytes),
                Err(error) => Err((broken_off(&error), None)),
            };
        }
        Err((Trouble::Redirects, None))
    }

    /// Waits until enough time has gone by since the last request.
    fn pause(&mut self) {
        let gone = self.last.map(|last| last.elapsed());
        let left = gone.and_then(|gone| self.patience.pause.checked_sub(gone));
        if let Some(left) = left.filter(|left| !left.is_zero()) {
            (self.sleep)(left);
        }
        self.last = Some(Instant::now());
    }
}

/// Why there was no answer.
fn unanswered(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::Timeout(_) => Trouble::Slow,
        ureq::Error::HostNotFound => {
            Trouble::Unreachable("no such host is known; is this machine connected to the network?")
        }
        ureq::Error::Io(error) if error.kind() == ErrorKind::TimedOut => Trouble::Slow,
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            Trouble::Unreachable("it refuses the connection")
        }
        ureq::Error::Io(_) => Trouble::Unreachable("the connection broke off"),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
            Trouble::Unreachable("it does not prove that it is who it says")
        }
        ureq::Error::ConnectionFailed => Trouble::Unreachable("the connection failed"),
        _ => Trouble::Unclear,
    }
}

/// Why an answer did not end.
fn broken_off(error: &io::Error) -> Trouble {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
    match inner {
        Some(ureq::Error::Timeout(_)) => Trouble::Slow,
        _ if error.kind() == ErrorKind::TimedOut => Trouble::Slow,
        _ => Trouble::Cut,
    }
}

//! A page and what it is made of in; the page, given to browsers on this machine and to nobody else, out.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use super::stamp::Watched;
use crate::cli::output::Ended;

/// So long a request is waited for before the files are looked at again.
const PAUSE: Duration = Duration::from_millis(250);

/// What every answer says: it is kept nowhere, and no other site may use it.
const HEADERS: [(&str, &str); 5] = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
];

/// A page that is served.
pub(super) struct Served<P> {
    server: Server,
    address: SocketAddr,
    make: P,
    page: String,
    version: usize,
    watched: Watched,
}

impl<P: Fn(usize) -> Result<String>> Served<P> {
    /// Opens `port` of this machine to itself; any free one for 0.
    ///
    /// # Errors
    /// When the port is taken, or the page cannot be made.
    pub(super) fn new(port: u16, make: P, watched: Watched) -> Result<Self> {
        let server = Server::http((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
            anyhow!("port {port} cannot be used ({error}); name another one with --port")
        })?;
        let address =
            server.server_addr().to_ip().ok_or_else(|| anyhow!("no port could be opened"))?;
        let page = make(1)?;
        Ok(Self { server, address, make, page, version: 1, watched })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the tool is ended.
    ///
    /// # Errors
    /// When the port is lost, or a page cannot be made.
    pub(super) fn run(mut self) -> Result<Ended> {
        loop {
            let request = self.server.recv_timeout(PAUSE)?;
            if self.watched.has_changed() {
                self.version += 1;
                self.page = (self.make)(self.version)?;
            }
            if let Some(request) = request {
                // Whoever asked may be gone already.
                let _ = self.answer(request);
            }
        }
    }

    fn answer(&self, request: Request) -> std::io::Result<()> {
        let path = request.url().split(['?', '#']).next().unwrap_or_default();
        let (code, kind, body) = match (request.method(), path) {
            // A site that calls itself by this machine's address could read the draft through a browser.
            _ if !self.is_own(&request) => (403, "text/plain", "not for other sites".to_owned()),
            (Method::Get, "/") => (200, "text/html", self.page.clone()),
            (Method::Get, "/version") => (200, "text/plain", self.version.to_string()),
            _ => (404, "text/plain", "nothing is here".to_owned()),
        };
        let mut response = Response::from_string(body).with_status_code(code);
        let kind = format!("{kind}; charset=utf-8");
        for (name, value) in HEADERS.iter().copied().chain([("Content-Type", kind.as_str())]) {
            if let Ok(header) = Header::from_bytes(name, value) {
                response.add_header(header);
            }
        }
        request.respond(response)
    }

    /// True where the request names this machine as its host.
    fn is_own(&self, request: &Request) -> bool {
        let port = self.address.port();
        let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let mut hosts = request.headers().iter().filter(|header| header.field.equiv("Host"));
        let named =
            hosts.next().is_some_and(|host| own.iter().any(|own| host.value == own.as_str()));
        named && hosts.next().is_none() && !self.is_foreign(request)
    }

    /// True where a browser says that another site asks.
    fn is_foreign(&self, request: &Request) -> bool {
        let port = self.address.port();
        let said = |name: &'static str| {
            let own = request.headers().iter().find(|header| header.field.equiv(name));
            own.map(|header| header.value.as_str())
        };
        let origins = [format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")];
        said("Origin").is_some_and(|origin| !origins.iter().any(|own| own == origin))
            || said("Sec-Fetch-Site").is_some_and(|site| !["none", "same-origin"].contains(&site))
    }
}

//! A server that a test starts, and requests as bytes: what a test sends has to be wrong where it wants it to be.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::{folder, program};

pub const TOKEN: &str = "a-token-of-the-tests";

/// A server. It ends with the test.
pub struct Started {
    child: Child,
    port: u16,
    /// Where it keeps uploads.
    temporary: PathBuf,
}

/// What the answer to a check's request names.
pub struct Begun {
    pub id: String,
    pub events: String,
    pub report: String,
}

static STARTED: AtomicUsize = AtomicUsize::new(0);

impl Started {
    pub fn new(flags: &[&str]) -> Self {
        Self::start(program(), flags)
    }

    /// One that a shell starts after a command of its own, as one that sets a limit.
    pub fn within(command: &str, flags: &[&str]) -> Self {
        let program = program();
        let mut shell = std::process::Command::new("sh");
        let script = format!("{command}; exec \"$0\" \"$@\"");
        shell.args(["-c", &script]).arg(program.get_program());
        Self::start(shell, flags)
    }

    fn start(mut program: std::process::Command, flags: &[&str]) -> Self {
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let temporary = folder("serve", &format!("temporary-{number}"));
        let log = temporary.with_extension("log");
        let mut child = program
            .args(["serve", "--port", "0", "--token", TOKEN, "--log", "json"])
            .args(flags)
            .env("TMPDIR", &temporary)
            .env("TMP", &temporary)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut words = BufReader::new(child.stdout.take().unwrap());
        words.read_line(&mut line).unwrap();
        let port = line.trim_end().trim_end_matches('/').rsplit(':').next();
        let port = port.unwrap().parse().unwrap_or_else(|_| panic!("{line}"));
        Self {
            child,
            port,
            temporary,
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(180)))
            .unwrap();
        stream
    }

    /// Sends a request and reads to the end of the connection.
    pub fn send(&self, request: &str) -> Answer {
        self.send_bytes(request.as_bytes())
    }

    pub fn send_bytes(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses early may hang up while the rest is sent.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer::read(&answer)
    }

    pub fn get(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let headers = lines(headers);
        self.send(&format!(
            "GET {address} HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n",
            self.host()
        ))
    }

    pub fn delete(&self, address: &str) {
        let answer = self.send(&format!(
            "DELETE {address} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n",
            self.host()
        ));
        assert_eq!(answer.status, 204, "{}", answer.text());
    }

    /// Sends a form with the token.
    pub fn post(&self, form: &Form, headers: &[(&str, &str)]) -> Answer {
        self.post_to("/api/v1/checks", form, headers)
    }

    pub fn post_as(&self, form: &Form, token: Option<&str>) -> Answer {
        match token {
            Some(token) => self.post_with(form, &[("X-Presscheck-Token", token)]),
            None => self.post_with(form, &[]),
        }
    }

    pub fn post_with(&self, form: &Form, headers: &[(&str, &str)]) -> Answer {
        self.post_at("/api/v1/checks", form, headers)
    }

    /// A form sent to an address, with the token.
    pub fn post_to(&self, address: &str, form: &Form, headers: &[(&str, &str)]) -> Answer {
        let bearer = format!("Bearer {TOKEN}");
        let token = [("Authorization", bearer.as_str())];
        self.post_at(address, form, &[&token, headers].concat())
    }

    fn post_at(&self, address: &str, form: &Form, headers: &[(&str, &str)]) -> Answer {
        let body = form.body();
        let mut request = format!(
            "POST {address} HTTP/1.1\r\nHost: {}\r\n{}Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.host(),
            lines(headers),
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(&body);
        self.send_bytes(&request)
    }

    /// The head of an upload whose parts a `b` parts, with a line that says how long its body is.
    pub fn upload(&self, framing: &str) -> String {
        format!(
            "POST /api/v1/checks HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\n\
             Content-Type: multipart/form-data; boundary=b\r\n{framing}\r\n\r\n",
            self.host()
        )
    }

    /// Begins a check.
    pub fn begin(&self, form: &Form) -> Begun {
        let answer = self.post(form, &[]);
        assert_eq!(answer.status, 202, "{}", answer.text());
        let begun: Value = answer.json();
        let member = |name: &str| begun[name].as_str().unwrap().to_owned();
        assert_eq!(answer.header("location"), Some(member("report").as_str()));
        Begun {
            id: member("id"),
            events: member("events"),
            report: member("report"),
        }
    }

    /// Begins a check and follows it to its end.
    pub fn checked(&self, form: &Form) -> Begun {
        let begun = self.begin(form);
        let events = self.get(&begun.events, &[]).text();
        assert!(events.contains("event: done"), "{events}");
        begun
    }

    /// The folder of uploads, while the server runs.
    pub fn folder(&self) -> Option<PathBuf> {
        let mut entries = std::fs::read_dir(&self.temporary).unwrap();
        entries.next().map(|entry| entry.unwrap().path())
    }

    /// Whether no upload is kept.
    pub fn is_empty(&self) -> bool {
        let folder = self.folder().unwrap();
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names = entries.map(|entry| entry.unwrap().file_name());
        names.all(|name| name == "lock")
    }

    /// The lines of the log so far.
    pub fn log(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.temporary.with_extension("log")).unwrap();
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        // What it says to people is no part of it.
        let lines = text[..whole].lines().filter(|line| line.starts_with('{'));
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Waits for something that has to come.
    pub fn until(&self, is_so: impl Fn() -> bool) {
        let since = Instant::now();
        while !is_so() {
            assert!(since.elapsed() < Duration::from_secs(120), "it never came");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks the server to stop, as a service manager does, and waits for its end.
    pub fn stop(&mut self) -> ExitStatus {
        self.stop_by("TERM")
    }

    /// The same by a signal of another name.
    pub fn stop_by(&mut self, signal: &str) -> ExitStatus {
        let pid = self.child.id().to_string();
        let mut kill = std::process::Command::new("kill");
        let status = kill.args(["-s", signal, &pid]).status();
        assert!(status.unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(headers: &[(&str, &str)]) -> String {
    let lines = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    lines.collect()
}

const BOUNDARY: &str = "between-two-parts";

/// A form with files.
#[derive(Default)]
pub struct Form(Vec<u8>);

impl Form {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn text(self, name: &str, text: &str) -> Self {
        self.part(&format!("name=\"{name}\""), text.as_bytes())
    }

    pub fn file(self, name: &str, file: &str, bytes: &[u8]) -> Self {
        let file = file.replace('"', "%22");
        self.part(&format!("name=\"{name}\"; filename=\"{file}\""), bytes)
    }

    fn part(mut self, head: &str, bytes: &[u8]) -> Self {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(bytes);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    fn body(&self) -> Vec<u8> {
        [self.0.as_slice(), format!("--{BOUNDARY}--\r\n").as_bytes()].concat()
    }
}

/// An answer.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut answer = Self {
            status: status.parse().unwrap(),
            headers,
            body: bytes[end + 4..].to_vec(),
        };
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = whole(&answer.body);
        }
        answer
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| known == name)?;
        Some(value)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// Whether it is a problem of a status, with all that a client may rely on.
    pub fn is_problem(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json")
        );
        let problem: Value = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], "about:blank");
        for member in ["title", "detail"] {
            assert!(
                problem[member]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
        }
    }
}

/// The body that came in chunks.
fn whole(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let length = std::str::from_utf8(&chunks[..end]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        if length == 0 {
            break;
        }
        body.extend_from_slice(&chunks[end + 2..end + 2 + length]);
        chunks = &chunks[end + 2 + length + 2..];
    }
    body
}

//! The server, as programs and attackers meet it: a process of its own that is spoken to over sockets.

pub(crate) mod wire;

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use self::wire::{Answer, Form, Started, TOKEN};
use crate::support::{fixture, folder, presscheck};

/// The files of the sample book.
fn novel() -> Form {
    Form::new()
        .file(
            "interior",
            "interior.pdf",
            &read("books/novel/interior.pdf"),
        )
        .file("cover", "cover.pdf", &read("books/novel/cover-kdp.pdf"))
        .text("job", r#"{"for": ["kdp"]}"#)
}

/// A book with faults.
fn twin() -> Form {
    Form::new()
        .file("file", "cover.pdf", &read("books/faulty-twin/cover.pdf"))
        .file(
            "file",
            "interior.pdf",
            &read("books/faulty-twin/interior.pdf"),
        )
        .text("job", r#"{"for": ["kdp"], "paper": "white"}"#)
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

/// A page.
fn small() -> Form {
    let page = read("bleed-missing/pass-white-ground.pdf");
    Form::new().file("interior", "page.pdf", &page)
}

#[test]
fn a_report_is_what_the_command_line_reports() {
    let server = Started::new(&[]);
    let report = server.post(&twin(), &[("Prefer", "wait=120")]);
    assert_eq!(report.status, 200, "{}", report.text());
    assert_eq!(report.header("preference-applied"), Some("wait"));
    let by_server: Value = report.json();
    let files = ["interior", "cover"].map(|part| fixture(&format!("books/faulty-twin/{part}.pdf")));
    let [interior, cover] = &files;
    let by_command = presscheck(&[
        "check",
        interior.to_str().unwrap(),
        cover.to_str().unwrap(),
        "--for",
        "kdp",
        "--paper",
        "white",
        "--format",
        "json",
    ]);
    let text = String::from_utf8(by_command.stdout).unwrap();
    // Names as the client gave them, not where the files are.
    let text = files.iter().fold(text, |text, file| {
        let path = serde_json::to_string(file.to_str().unwrap()).unwrap();
        let name = serde_json::to_string(file.file_name().unwrap().to_str().unwrap()).unwrap();
        text.replace(&path, &name)
    });
    let by_command: Value = serde_json::from_str(&text).unwrap();
    for member in ["job", "files", "verdicts", "causes", "findings", "codes"] {
        assert_eq!(by_server[member], by_command[member], "{member}");
    }
}

#[test]
fn a_report_comes_in_every_format_and_files_in_copies_and_pictures() {
    let server = Started::new(&[]);
    let begun = server.checked(&twin());
    for (accept, begins) in [
        ("application/json", "{"),
        ("text/html", "<!doctype html>"),
        ("application/sarif+json", "{"),
        ("text/markdown", ""),
        ("application/xml", "<?xml"),
        ("text/html;q=0.5, text/plain", ""),
        ("application/signed-exchange, */*;q=0.8", "{"),
    ] {
        let answer = server.get(&begun.report, &[("Accept", accept)]);
        assert_eq!(answer.status, 200, "{accept}");
        assert!(answer.text().starts_with(begins), "{accept}");
        assert_eq!(answer.header("vary"), Some("accept"));
    }
    assert_eq!(
        server.get(&begun.report, &[("Accept", "image/gif")]).status,
        406
    );
    for format in [
        "text", "json", "jsonl", "html", "sarif", "junit", "markdown", "github",
    ] {
        let address = format!("{}?format={format}", begun.report);
        assert_eq!(server.get(&address, &[]).status, 200, "{format}");
    }
    let wrong = server.get(&format!("{}?format=word", begun.report), &[]);
    wrong.is_problem(400);
    let proof = server.get(
        &format!("{}/files/interior.annotated.pdf", begun.report),
        &[],
    );
    assert!(proof.body.starts_with(b"%PDF"));
    let picture = server.get(
        &format!("{}/pages/1.png?file=cover&longest=200", begun.report),
        &[],
    );
    assert!(picture.body.starts_with(b"\x89PNG"));
    for (missing, status) in [
        ("pages/0.png", 404),
        ("pages/999.png", 404),
        ("pages/1.jpg", 404),
        ("pages/1.png?file=../../etc/passwd", 404),
        ("pages/1.png?longest=100000000", 422),
        ("pages/1.png?page=2", 400),
        ("files/back.annotated.pdf", 404),
        ("files/..%2f..%2fetc%2fpasswd", 404),
    ] {
        let answer = server.get(&format!("{}/{missing}", begun.report), &[]);
        answer.is_problem(status);
    }
}

#[test]
fn events_tell_progress_and_then_the_end_and_a_client_that_comes_back_hears_the_end_again() {
    let server = Started::new(&[]);
    let begun = server.begin(&novel());
    let events = server.get(&begun.events, &[]).text();
    let names: Vec<&str> = events
        .lines()
        .filter_map(|line| line.strip_prefix("event: "))
        .collect();
    assert_eq!(names.first(), Some(&"progress"), "{events}");
    assert_eq!(names.last(), Some(&"done"), "{events}");
    assert_eq!(names.iter().filter(|name| **name == "done").count(), 1);
    let again = server.get(&begun.events, &[]).text();
    assert!(again.contains("event: done") && !again.contains("event: progress"));
    // An event source that knows the end is told not to come again.
    let known = server.get(&begun.events, &[("Last-Event-ID", "end")]);
    assert_eq!(known.status, 204);
    server
        .get("/api/v1/checks/none/events", &[])
        .is_problem(404);
}

#[test]
fn another_paper_needs_no_second_upload_and_a_mended_file_finds_its_place() {
    let server = Started::new(&[]);
    let first = server.checked(&twin());
    let from = |form: Form| server.checked(&form.text("from", &first.id));
    let cream = from(Form::new().text("job", r#"{"for": ["kdp"], "paper": "cream"}"#));
    let report: Value = server.get(&cream.report, &[]).json();
    assert_eq!(report["job"]["paper"], "cream");
    assert_eq!(report["files"].as_array().unwrap().len(), 2);
    // One file alone: that it is the interior shows by itself, and the cover stays.
    let interior = read("books/novel/interior.pdf");
    let mended = from(
        Form::new()
            .file("file", "interior.pdf", &interior)
            .text("job", r#"{"for": ["kdp"], "paper": "white"}"#),
    );
    let report: Value = server.get(&mended.report, &[]).json();
    let names: Vec<&str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["interior.pdf", "cover.pdf"]);
    assert_eq!(report["files"][0]["pages"], 200);
    let address = format!("{}/changes?since={}", mended.report, first.id);
    let changes: Value = server.get(&address, &[]).json();
    let rules = |list: &str| -> Vec<String> {
        let faults = changes[list].as_array().unwrap().iter();
        faults
            .map(|fault| fault["rule"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(
        rules("mended").contains(&"font-not-embedded".to_owned()),
        "{changes}"
    );
    assert!(
        rules("remaining").contains(&"cover-size-wrong".to_owned()),
        "{changes}"
    );
    // Other printers find other faults: none of them is new, and none is gone.
    let others = from(Form::new().text("job", r#"{"for": ["lulu", "pdfx/4"]}"#));
    let address = format!("{}/changes?since={}", others.report, first.id);
    let changes: Value = server.get(&address, &[]).json();
    assert_eq!(
        [&changes["mended"], &changes["new"]],
        [&Value::Array(Vec::new()); 2]
    );
    // What nobody could look for is not gone.
    let locked = read("hostile/password.pdf");
    let locked = from(
        Form::new()
            .file("interior", "interior.pdf", &locked)
            .text("job", r#"{"for": ["kdp"], "paper": "white"}"#),
    );
    let address = format!("{}/changes?since={}", locked.report, first.id);
    let changes: Value = server.get(&address, &[]).json();
    let has = |list: &str, rule: &str| {
        let mut faults = changes[list].as_array().unwrap().iter();
        faults.any(|fault| fault["rule"] == rule)
    };
    assert!(has("not_checked", "font-not-embedded"), "{changes}");
    assert!(!has("mended", "font-not-embedded"), "{changes}");
    server
        .post(&Form::new().text("from", "none"), &[])
        .is_problem(404);
}

#[test]
fn who_waits_for_a_report_has_it_in_the_format_asked_for_or_hears_at_once_that_there_is_none() {
    let server = Started::new(&[]);
    let wait = [("Prefer", "wait=60")];
    let text = server.post_to("/api/v1/checks?format=text", &small(), &wait);
    assert_eq!(text.status, 200);
    assert_eq!(
        text.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    // The page and programs know no flags.
    assert!(!text.text().contains("--trim"), "{}", text.text());
    let headers = [("Prefer", "wait=60"), ("Accept", "image/png")];
    server
        .post_to("/api/v1/checks", &small(), &headers)
        .is_problem(406);
    server
        .post_to("/api/v1/checks?format=word", &small(), &wait)
        .is_problem(400);
    let lost = Form::new()
        .file("interior", "a.pdf", b"%PDF-")
        .text("job", "{}");
    assert!(
        server
            .post_to("/api/v1/checks", &lost, &wait)
            .header("content-location")
            .is_some()
    );
}

#[test]
fn what_is_wrong_with_a_request_is_said_with_what_to_do() {
    let server = Started::new(&[]);
    let job = |job: &str| small().text("job", job);
    for (form, status, says) in [
        (Form::new(), 422, "nothing to check"),
        (job(r#"{"paper": "papyrus"}"#), 422, "paper"),
        (job(r#"{"for": ["gutenberg"]}"#), 422, "gutenberg"),
        (job(r#"{"interior": "/etc/passwd"}"#), 422, "names no files"),
        (job("paper = 'cream'"), 422, "does not read"),
        (Form::new().text("papper", "cream"), 422, "papper"),
        (job("{}").text("job", "{}"), 422, "two parts \\\"job\\\""),
        (
            small().file("interior", "other.pdf", b"%PDF-"),
            422,
            "two parts",
        ),
        (job(r#"{"pages": 4294967295}"#), 422, "10000 pages"),
        (job(r#"{"trim": "0.0001x0.0001mm"}"#), 422, "half an inch"),
        (Form::new().text("job", &" ".repeat(100_000)), 413, "65536"),
    ] {
        let problem = server.post(&form, &[]);
        problem.is_problem(status);
        let detail = problem.json::<Value>()["detail"].to_string();
        assert!(detail.contains(says), "{detail}");
    }
    let plain = server.send(&format!(
        "POST /api/v1/checks HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 2\r\n\
         Connection: close\r\n\r\n{{}}",
        server.host()
    ));
    plain.is_problem(400);
    server.get("/nothing", &[]).is_problem(404);
    server.get("/api/v1/checks/%ff", &[]).is_problem(400);
    server.get("/api/v1/spine?pages=0", &[]).is_problem(422);
    server.get("/api/v1/spine?pages=many", &[]).is_problem(400);
    server
        .get("/api/v1/profiles?id=gutenberg", &[])
        .is_problem(404);
    let put = server.send(&format!(
        "PUT /api/v1/rules HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        server.host()
    ));
    put.is_problem(405);
    assert_eq!(put.header("allow"), Some("GET,HEAD"));
}

#[test]
fn files_that_are_no_pdf_or_locked_are_reported_as_what_they_are() {
    let server = Started::new(&[]);
    let docx = b"PK\x03\x04\x14\0\0\0\x08\0word/document.xml".repeat(40);
    let form = Form::new().file("interior", "book.docx", &docx);
    let report: Value = server.post(&form, &[("Prefer", "wait=60")]).json();
    assert_eq!(report["files"][0]["readable"], false);
    assert!(report["files"][0]["why"].as_str().unwrap().contains("Word"));
    assert!(report["verdicts"][0]["not_checked"].as_u64().unwrap() > 0);
    let begun = server.checked(&form);
    server
        .get(
            &format!("{}/files/interior.annotated.pdf", begun.report),
            &[],
        )
        .is_problem(422);
}

#[test]
fn commands_that_need_no_file_answer_the_same_here() {
    let server = Started::new(&[]);
    let same = |address: &str, command: &[&str]| {
        let by_server: Value = server.get(address, &[]).json();
        let by_command: Value = serde_json::from_slice(&presscheck(command).stdout).unwrap();
        assert_eq!(by_server, by_command, "{address}");
    };
    same(
        "/api/v1/spine?pages=240&paper=cream",
        &[
            "spine", "--pages", "240", "--paper", "cream", "--format", "json",
        ],
    );
    same("/api/v1/rules", &["rules", "--format", "json"]);
    same(
        "/api/v1/profiles?id=kdp",
        &["profiles", "kdp", "--format", "json"],
    );
    let job = json!({ "for": ["kdp/paperback"], "trim": "6x9", "pages": 240, "paper": "cream" })
        .to_string();
    let cover = |accept: &str| {
        server.send(&format!(
            "POST /api/v1/cover HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nAccept: {accept}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{job}",
            server.host(),
            job.len()
        ))
    };
    let by_command = |format: &str| {
        presscheck(&[
            "cover",
            "--for",
            "kdp/paperback",
            "--trim",
            "6x9",
            "--pages",
            "240",
            "--paper",
            "cream",
            "--format",
            format,
        ])
        .stdout
    };
    let by_command_json: Value = serde_json::from_slice(&by_command("json")).unwrap();
    assert_eq!(cover("application/json").json::<Value>(), by_command_json);
    assert!(
        cover("image/svg+xml").text().starts_with("<svg")
            || cover("image/svg+xml").text().starts_with("<?xml")
    );
    assert!(cover("application/pdf").body.starts_with(b"%PDF"));
}

#[test]
fn the_page_of_another_site_reaches_nothing() {
    let server = Started::new(&[]);
    let host = server.host();
    let get = |headers: &str| {
        server.send(&format!(
            "GET /api/v1/rules HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"
        ))
    };
    assert_eq!(get(&format!("Host: {host}\r\n")).status, 200);
    // Its name leads here: DNS rebinding.
    get("Host: evil.example\r\n").is_problem(421);
    get(&format!("Host: evil.example:{}\r\n", server.port())).is_problem(421);
    assert!([400, 421].contains(&get("").status));
    get(&format!(
        "Host: {}\r\nHost: evil.example\r\n",
        server.host()
    ))
    .is_problem(421);
    get(&format!("Host: {host}\r\nOrigin: http://evil.example\r\n")).is_problem(403);
    get(&format!("Host: {host}\r\nOrigin: null\r\n")).is_problem(403);
    get(&format!(
        "Host: {host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"
    ))
    .is_problem(403);
    // A link that a person follows.
    let link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n";
    assert_eq!(get(&format!("Host: {host}\r\n{link}")).status, 200);
    let own = get(&format!("Host: {host}\r\nOrigin: http://{host}\r\n"));
    assert_eq!(own.status, 200);
    for header in [
        "access-control-allow-origin",
        "access-control-allow-credentials",
    ] {
        assert_eq!(own.header(header), None);
    }
}

#[test]
fn nothing_is_begun_or_forgotten_without_the_token() {
    let server = Started::new(&[]);
    let form = small();
    server.post_as(&form, None).is_problem(403);
    server
        .post_as(&form, Some("wrong-token-of-some-length"))
        .is_problem(403);
    let begun = server.checked(&form);
    let delete = |token: &str| {
        server.send(&format!(
            "DELETE {} HTTP/1.1\r\nHost: {}\r\n{token}Connection: close\r\n\r\n",
            begun.report,
            server.host()
        ))
    };
    delete("").is_problem(403);
    assert_eq!(server.get(&begun.report, &[]).status, 200);
    assert_eq!(
        delete(&format!("X-Presscheck-Token: {TOKEN}\r\n")).status,
        204
    );
    server.get(&begun.report, &[]).is_problem(404);
    // The page knows it.
    let page = server.get("/", &[]).text();
    assert!(page.contains(&format!("content=\"{TOKEN}\"")));
}

#[test]
fn on_a_network_everything_asks_for_the_token() {
    let refused = presscheck(&["serve", "--listen", "0.0.0.0", "--port", "0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--token"));
    let short = presscheck(&[
        "serve", "--listen", "0.0.0.0", "--port", "0", "--token", "short",
    ]);
    assert_eq!(short.status.code(), Some(2));
    let server = Started::new(&["--listen", "0.0.0.0"]);
    assert_eq!(server.get("/healthz", &[]).status, 200);
    for address in ["/", "/api/v1/rules", "/app.js"] {
        let refused = server.get(address, &[]);
        refused.is_problem(401);
        assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
        assert!(!refused.text().contains(TOKEN));
    }
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(
        server
            .get("/api/v1/rules", &[("Authorization", &bearer)])
            .status,
        200
    );
    server
        .get("/?token=wrong-token-of-some-length", &[])
        .is_problem(401);
    let first = server.get(&format!("/?token={TOKEN}"), &[]);
    assert_eq!((first.status, first.header("location")), (303, Some("/")));
    let cookie = first.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    // Servers at other ports of the machine are sent it too.
    assert!(!cookie.contains(TOKEN));
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(server.get("/", &[("Cookie", cookie)]).status, 200);
    // Of other programs on this host a browser may send cookies of any letters.
    let among = format!("lang=fran\u{e7}ais; {cookie}");
    assert_eq!(server.get("/", &[("Cookie", &among)]).status, 200);
    let other = cookie.replacen("presscheck-page-", "presscheck-page-1", 1);
    assert_eq!(server.get("/", &[("Cookie", &other)]).status, 401);
    // A cookie alone changes nothing: a form of another site would send it, too.
    let form = small();
    server
        .post_with(&form, &[("Cookie", cookie)])
        .is_problem(403);
}

#[test]
fn under_another_name_everything_asks_for_the_token_too() {
    let server = Started::new(&["--host", "press.example"]);
    let ask = |more: &str| {
        server.send(&format!(
            "GET / HTTP/1.1\r\nHost: press.example\r\n{more}Connection: close\r\n\r\n"
        ))
    };
    ask("").is_problem(401);
    let bearer = format!("Authorization: Bearer {TOKEN}\r\n");
    assert_eq!(ask(&bearer).status, 200);
}

#[test]
fn answers_may_load_nothing_from_elsewhere_and_run_no_script_of_a_file() {
    let server = Started::new(&[]);
    let name = "<img src=x onerror=alert(1)>.pdf";
    let begun = server.checked(&Form::new().file(
        "interior",
        name,
        &read("bleed-missing/pass-white-ground.pdf"),
    ));
    let pages = ["/".to_owned(), begun.report.clone() + "?format=html"];
    for address in pages {
        let page = server.get(&address, &[]);
        let policy = page.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert!(!page.text().contains("<img src=x"), "{address}");
    }
}

#[test]
fn a_file_over_the_limit_is_refused_before_and_while_it_is_sent() {
    let server = Started::new(&["--max-upload", "10MB"]);
    let declared = server.send(&server.upload("Content-Length: 2000000000"));
    declared.is_problem(413);
    // With no length told, what comes counts.
    let mut stream = server.connect();
    let head = server.upload("Transfer-Encoding: chunked");
    stream.write_all(head.as_bytes()).unwrap();
    let opening =
        "--b\r\nContent-Disposition: form-data; name=\"interior\"; filename=\"a.pdf\"\r\n\r\n";
    let chunk = |bytes: &[u8]| {
        let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
        chunk.extend_from_slice(bytes);
        chunk.extend_from_slice(b"\r\n");
        chunk
    };
    stream.write_all(&chunk(opening.as_bytes())).unwrap();
    let megabyte = chunk(&vec![b'x'; 1 << 20]);
    // The server stops reading somewhere behind the limit.
    let sent = (0..200)
        .take_while(|_| stream.write_all(&megabyte).is_ok())
        .count();
    assert!(sent < 200);
    assert!(server.is_empty());
}

#[test]
fn a_part_whose_head_does_not_end_is_refused_before_it_fills_the_memory() {
    let server = Started::new(&[]);
    let opening = b"--b\r\nContent-Disposition: form-data; name=\"interior\"; filename=\"a.pdf";
    let mut stream = server.connect();
    let head = server.upload("Content-Length: 900000000");
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(opening).unwrap();
    let megabyte = vec![b'x'; 1 << 20];
    let sent = (0..200)
        .take_while(|_| stream.write_all(&megabyte).is_ok())
        .count();
    assert!(sent < 200);
    // A long name is cut, and the file taken.
    let mut long = "x".repeat(60_000);
    long.push_str(".pdf");
    let book = Form::new().file("interior", &long, &read("books/novel/interior.pdf"));
    assert_eq!(server.post(&book, &[]).status, 202);
    let mut short = opening.to_vec();
    short.resize(100_000, b'x');
    let mut request = head.replace("900000000", "100000").into_bytes();
    request.extend(short);
    server.send_bytes(&request).is_problem(413);
}

#[test]
fn a_cancelled_upload_leaves_nothing_and_a_cancelled_check_ends() {
    let server = Started::new(&[]);
    let mut stream = server.connect();
    let head = server.upload("Content-Length: 100000")
        + "--b\r\nContent-Disposition: form-data; name=\"interior\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4";
    stream.write_all(head.as_bytes()).unwrap();
    server.until(|| !server.is_empty());
    drop(stream);
    server.until(|| server.is_empty());
    let begun = server.begin(&novel());
    server.delete(&begun.report);
    server.get(&begun.report, &[]).is_problem(404);
    server.until(|| server.is_empty());
}

#[test]
fn a_client_that_goes_silent_is_let_go() {
    let server = Started::new(&["--silence", "1"]);
    let mut stream = server.connect();
    let head = server.upload("Content-Length: 100000") + "--b\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    Answer::read(&answer).is_problem(408);
    assert!(server.is_empty());
}

#[test]
fn a_client_that_sends_a_byte_now_and_then_is_let_go_whatever_part_it_sends() {
    let server = Started::new(&["--silence", "1"]);
    for part in ["job", "from", "interior"] {
        let mut stream = server.connect();
        let head = server.upload("Content-Length: 100000")
            + &format!("--b\r\nContent-Disposition: form-data; name=\"{part}\"\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let since = Instant::now();
        while stream.write_all(b"x").is_ok() {
            assert!(since.elapsed() < Duration::from_secs(60), "{part}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    assert!(server.is_empty());
}

#[test]
fn an_upload_that_breaks_off_is_the_clients_fault() {
    let server = Started::new(&[]);
    let mut stream = server.connect();
    let request = server.upload("Transfer-Encoding: chunked") + "no length\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Answer::read(&answer).is_problem(400);
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_is_told_and_the_server_goes_on() {
    // No file may have more than 100 kB, as on a disk with no more room.
    let server = Started::within("ulimit -f 200", &[]);
    let report = server.post(&novel(), &[]);
    report.is_problem(507);
    assert!(server.is_empty());
    assert_eq!(server.get("/healthz", &[]).status, 200);
    server.checked(&small());
}

#[cfg(unix)]
#[test]
fn a_log_that_cannot_be_written_costs_no_answer() {
    let mut server = Started::within("exec 2> /dev/full", &[]);
    for _ in 0..3 {
        assert_eq!(server.get("/healthz", &[]).status, 200);
    }
    server.checked(&small());
    assert_eq!(server.stop().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn the_folder_goes_when_the_terminal_is_closed() {
    let mut server = Started::new(&[]);
    server.checked(&small());
    let folder = server.folder().unwrap();
    assert_eq!(server.stop_by("HUP").code(), Some(0));
    assert!(!folder.exists());
}

#[test]
fn the_folder_of_uploads_is_private_and_goes_with_the_server() {
    let mut server = Started::new(&[]);
    server.checked(&small());
    let folder = server.folder().unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    // One check is going on, one client listens, when the server is asked to stop.
    let begun = server.begin(&novel());
    let mut events = server.connect();
    write!(
        events,
        "GET {} HTTP/1.1\r\nHost: {}\r\n\r\n",
        begun.events,
        server.host()
    )
    .unwrap();
    let status = server.stop();
    assert_eq!(status.code(), Some(0));
    assert!(!folder.exists());
}

#[test]
fn when_there_is_too_much_to_do_clients_are_asked_to_come_back() {
    let server = Started::new(&["--at-once", "1", "--waiting", "1"]);
    let begun: Vec<Answer> = (0..6).map(|_| server.post(&novel(), &[])).collect();
    let refused: Vec<&Answer> = begun.iter().filter(|answer| answer.status != 202).collect();
    assert!(!refused.is_empty() && refused.len() <= 4);
    for answer in refused {
        answer.is_problem(429);
        assert_eq!(answer.header("retry-after"), Some("5"));
    }
    server.until(|| {
        let health: Value = server.get("/healthz", &[]).json();
        health["running"] == 0 && health["waiting"] == 0
    });
    assert_eq!(server.post(&small(), &[]).status, 202);
}

#[test]
fn two_tabs_may_change_one_book_at_once() {
    let server = Started::new(&[]);
    let first = server.checked(&twin());
    let papers = ["white", "cream", "groundwood", "cream", "white"];
    std::thread::scope(|scope| {
        for paper in papers {
            let (server, first) = (&server, &first);
            scope.spawn(move || {
                let job = format!(r#"{{"for": ["kdp"], "paper": "{paper}"}}"#);
                let form = Form::new().text("from", &first.id).text("job", &job);
                let report: Value = server.post(&form, &[("Prefer", "wait=120")]).json();
                assert_eq!(report["job"]["paper"], paper);
                assert_eq!(report["files"].as_array().unwrap().len(), 2);
            });
        }
    });
}

#[test]
fn files_that_are_traps_harm_neither_the_server_nor_other_checks() {
    let server = Started::new(&["--time-limit", "5"]);
    let traps = std::fs::read_dir(fixture("hostile")).unwrap();
    let mut names: Vec<_> = traps.map(|trap| trap.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|end| end == "pdf"));
    names.sort();
    for trap in names.iter().step_by(6) {
        let form = Form::new().file("interior", "trap.pdf", &std::fs::read(trap).unwrap());
        let report = server.post(&form, &[("Prefer", "wait=120")]);
        assert_eq!(report.status, 200, "{}", trap.display());
        let page = format!("{}?format=html", report.header("content-location").unwrap());
        assert_eq!(server.get(&page, &[]).status, 200, "{}", trap.display());
    }
    server.checked(&small());
}

#[test]
fn a_check_that_is_given_up_leaves_its_place_at_once() {
    let server = Started::new(&["--at-once", "1", "--waiting", "2"]);
    let begun: Vec<_> = (0..3).map(|_| server.begin(&twin())).collect();
    for waits in &begun[1..] {
        server.delete(&waits.report);
    }
    server.until(|| server.post(&small(), &[]).status == 202);
    server.delete(&begun[0].report);
    server.until(|| {
        let health: Value = server.get("/healthz", &[]).json();
        health["running"] == 0 && health["waiting"] == 0
    });
}

#[test]
fn a_client_that_takes_no_answer_is_let_go() {
    let server = Started::new(&["--silence", "1"]);
    let mut stream = server.connect();
    let request = format!(
        "GET /api/v1/rules HTTP/1.1\r\nHost: {}\r\n\r\n",
        server.host()
    );
    // Answers fill what lies between; then nothing more is read of the requests, until the server hangs up.
    stream
        .set_write_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let refused = std::iter::repeat_with(|| stream.write_all(request.as_bytes()))
        .find_map(Result::err)
        .unwrap();
    let hung_up = [
        std::io::ErrorKind::ConnectionReset,
        std::io::ErrorKind::BrokenPipe,
    ];
    assert!(hung_up.contains(&refused.kind()), "{refused}");
}

#[test]
fn a_thousand_idle_connections_keep_nobody_out() {
    let server = Started::new(&[]);
    let idle: Vec<_> = (0..400).map(|_| server.connect()).collect();
    let slow: Vec<_> = (0..400)
        .map(|_| {
            let mut stream = server.connect();
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ");
            stream
        })
        .collect();
    let since = Instant::now();
    assert_eq!(server.get("/healthz", &[]).status, 200);
    assert!(since.elapsed() < Duration::from_secs(20));
    drop((idle, slow));
}

#[test]
fn the_log_has_an_object_a_request_and_neither_tokens_nor_names() {
    let server = Started::new(&["--listen", "0.0.0.0"]);
    server.get(&format!("/?token={TOKEN}"), &[]);
    let name = "a-name-of-a-file.pdf";
    let form = Form::new().file(
        "interior",
        name,
        &read("bleed-missing/pass-white-ground.pdf"),
    );
    let report = server.post(&form, &[("Prefer", "wait=60")]);
    assert_eq!(report.status, 200);
    let is = |line: &&Value| line["fields"]["path"] == "/api/v1/checks";
    // It is written by a thread of its own.
    server.until(|| server.log().iter().any(|line| is(&line)));
    let log = server.log();
    let request = &log.iter().find(is).unwrap()["fields"];
    assert_eq!(request["status"], 200);
    assert_eq!(request["method"], "POST");
    assert!(
        log.iter()
            .any(|line| line["fields"]["message"] == "check ended")
    );
    let text = format!("{log:?}");
    assert!(!text.contains(TOKEN) && !text.contains(name), "{text}");
}

#[test]
fn names_of_uploads_are_no_paths() {
    let server = Started::new(&[]);
    let page = read("bleed-missing/pass-white-ground.pdf");
    let outside = folder("serve", "outside");
    let escape = format!("../../../../../..{}/evil.pdf", outside.display());
    let form = Form::new()
        .file("interior", &escape, &page)
        .file("cover", "evil.pdf", &page);
    let begun = server.checked(&form);
    let report: Value = server.get(&begun.report, &[]).json();
    assert_eq!(report["files"][0]["name"], "evil.pdf");
    assert_eq!(report["files"][1]["name"], "cover-evil.pdf");
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
}

#[test]
#[ignore = "needs schemathesis, whose command st is on PATH"]
fn a_tester_of_apis_finds_that_the_description_is_true() {
    let server = Started::new(&["--waiting", "1000"]);
    let settings = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/serve/schemathesis.toml"
    );
    let output = std::process::Command::new("st")
        .args(["--config-file", settings, "run"])
        .arg(format!("http://{}/api/v1/openapi.json", server.host()))
        .args(["-H", &format!("Authorization: Bearer {TOKEN}")])
        .current_dir(folder("serve", "schemathesis"))
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{words}");
}

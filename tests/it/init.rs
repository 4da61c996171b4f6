//! `presscheck init`: a book.toml that says what the files show.

use presscheck_fixtures::made;

use crate::support::{fixture, folder, presscheck};

#[test]
fn what_init_writes_is_the_job_that_was_concluded() {
    let folder = folder("init", "book");
    for name in ["interior.pdf", "cover-kdp.pdf"] {
        std::fs::copy(fixture("books/novel").join(name), folder.join(name)).unwrap();
    }
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (job, interior, cover) = (
        path("book.toml"),
        path("interior.pdf"),
        path("cover-kdp.pdf"),
    );
    let args = [
        "init", "--quiet", &interior, &cover, "--for", "kdp", "-o", &job,
    ];
    assert_eq!(presscheck(&args).status.code(), Some(0));
    let text = std::fs::read_to_string(&job).unwrap();
    for line in [
        "interior = \"interior.pdf\"",
        "cover = \"cover-kdp.pdf\"",
        "trim = \"6x9\"",
        "ink = \"black\"",
        "paper = \"cream\"",
        "isbn = \"9781234567897\"",
        "for = [\"kdp/paperback\"]",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    let checked = presscheck(&["check", "--quiet", &job]);
    assert_eq!(checked.status.code(), Some(0));
    // It is made anew as long as nobody has worked on it.
    assert_eq!(presscheck(&args).status.code(), Some(0));
    std::fs::write(&job, text.replace("cream", "white")).unwrap();
    let refused = presscheck(&args);
    assert_eq!(refused.status.code(), Some(2));
    assert!(std::fs::read_to_string(&job).unwrap().contains("white"));
}

#[test]
fn a_second_file_with_the_pages_of_a_book_is_doubted_as_its_cover() {
    let folder = folder("init", "two-interiors");
    let job = folder.join("book.toml");
    let [first, second] =
        ["novel", "faulty-twin"].map(|b| fixture(&format!("books/{b}/interior.pdf")));
    let files = [&first, &second, &job].map(|path| path.to_str().unwrap());
    presscheck(&["init", "-q", files[0], files[1], "-o", files[2]]);
    let text = std::fs::read_to_string(&job).unwrap();
    let cover = text
        .lines()
        .find(|line| line.starts_with("cover = "))
        .unwrap();
    assert!(cover.contains("pages: is it the cover?"), "{cover}");
    toml::from_str::<toml::Table>(&text).unwrap();
}

#[test]
fn what_a_file_says_of_its_title_acts_neither_on_a_terminal_nor_on_the_job() {
    let folder = folder("init", "names that act");
    let file = folder.join("a\u{1b}[31m\u{202e}.pdf");
    let mut book = made::Small::new();
    book.pdf
        .info(
            "Title",
            "The \u{1b}[31mLamp\r\nfor = [\"kdp\"]\u{202e}\u{2028}",
        )
        .info("Author", "\u{7}\"\"\" # \u{9b}");
    book.plain();
    std::fs::write(&file, book.finish()).unwrap();
    for out in ["-", "book.toml"] {
        let job = folder.join("book.toml");
        let out = if out == "-" {
            out
        } else {
            job.to_str().unwrap()
        };
        let output = presscheck(&["init", file.to_str().unwrap(), "-o", out]);
        assert_eq!(output.status.code(), Some(0));
        let written = match out {
            "-" => output.stdout,
            path => std::fs::read(path).unwrap(),
        };
        let text = String::from_utf8(written).unwrap();
        let said = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
        let acts = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}' | '\u{202e}');
        assert!(!said.contains(acts), "{said:?}");
        let read: toml::Table = toml::from_str(&text).unwrap();
        assert!(read.get("title").is_none());
        let hint = text.lines().find(|line| line.starts_with("# title = "));
        let hint: toml::Table = toml::from_str(&hint.unwrap()[2..]).unwrap();
        let title = hint["title"].as_str().unwrap();
        assert!(title.starts_with("The \\u{1b}[31mLamp"), "{title}");
    }
}

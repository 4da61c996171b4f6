//! Writes small PDFs the same way every time, byte for byte, so that fixtures can be kept and compared.
//!
//! Lengths are in points of 1/72 in, y runs upwards from the lower left corner of the page.

use super::content::Content;
use std::fmt::Write as _;
use std::io::Write as _;

/// The number of an indirect object; prints as a reference (`7 0 R`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(pub u32);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// One page to be: its size in points, its content and whatever else its dictionary should say.
#[derive(Clone, Debug, Default)]
pub struct Page {
    width: f64,
    height: f64,
    content: Content,
    entries: Vec<(String, String)>,
}

impl Page {
    /// A page of `width` x `height` points whose MediaBox starts at the origin.
    pub fn new(width: f64, height: f64, content: Content) -> Self {
        Self {
            width,
            height,
            content,
            entries: Vec::new(),
        }
    }

    /// Any entry of the page dictionary, written as given: `entry("Rotate", "90")`. A `MediaBox`, `Contents` or
    /// `Resources` given here replaces the page's own; an empty value leaves the entry out.
    #[must_use]
    pub fn entry(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        self.entries.push((key.to_owned(), value.to_string()));
        self
    }

    /// A page box by its corners in points, left, bottom, right, top: `boxed("TrimBox", [9., 9., 441., 657.])`.
    #[must_use]
    pub fn boxed(self, key: &str, corners: [f64; 4]) -> Self {
        self.entry(key, numbers(&corners))
    }

    /// TrimBox and BleedBox of a page whose MediaBox is the sheet with `bleed` points on each edge.
    #[must_use]
    pub fn bleed(self, bleed: f64) -> Self {
        let (w, h) = (self.width, self.height);
        self.boxed("TrimBox", [bleed, bleed, w - bleed, h - bleed])
            .boxed("BleedBox", [0.0, 0.0, w, h])
    }
}

/// A PDF being written.
#[derive(Clone, Debug)]
pub struct Pdf {
    objects: Vec<Option<Vec<u8>>>,
    /// The kids of the page tree: pages, and nodes with further pages.
    pages: Vec<Id>,
    /// How many pages the nodes among them hold beyond one each.
    beyond: usize,
    /// What the last page's dictionary says of its shape.
    shape: Vec<(String, String)>,
    /// Its size as it was added.
    size: Option<(f64, f64)>,
    info: Vec<(String, String)>,
    catalog: Vec<(String, String)>,
    trailer: Vec<(String, String)>,
    version: &'static str,
    /// Contents longer than this many bytes are packed with Flate.
    readable: usize,
}

const CATALOG: Id = Id(1);
const TREE: Id = Id(2);
const INFO: Id = Id(3);
/// What tells the shape of a page, beside its boxes.
const SHAPE: [&str; 2] = ["Rotate", "UserUnit"];

impl Default for Pdf {
    fn default() -> Self {
        Self::new()
    }
}

impl Pdf {
    /// An empty PDF 1.4 whose page contents stay readable as text.
    pub fn new() -> Self {
        Self {
            objects: vec![None; 3],
            pages: Vec::new(),
            beyond: 0,
            shape: Vec::new(),
            size: None,
            info: vec![("Producer".into(), "(presscheck studio)".into())],
            catalog: Vec::new(),
            trailer: Vec::new(),
            version: "1.4",
            readable: usize::MAX,
        }
    }

    /// An empty PDF 1.4 whose page contents are packed with Flate, as for whole books.
    pub fn compressed() -> Self {
        Self::readable_up_to(0)
    }

    /// An empty PDF 1.4 whose page contents are packed with Flate where they are longer than so many bytes.
    pub fn readable_up_to(bytes: usize) -> Self {
        Self {
            readable: bytes,
            ..Self::new()
        }
    }

    /// Another version in the header, such as `"1.6"`.
    pub fn version(&mut self, version: &'static str) -> &mut Self {
        self.version = version;
        self
    }

    /// An entry of the Info dictionary, the value as plain text.
    pub fn info(&mut self, key: &str, value: &str) -> &mut Self {
        set(&mut self.info, key, &string(value));
        self
    }

    /// An entry of the catalogue, written as given: `catalog("PageLayout", "/TwoPageRight")`.
    pub fn catalog(&mut self, key: &str, value: impl std::fmt::Display) -> &mut Self {
        set(&mut self.catalog, key, &value.to_string());
        self
    }

    /// An entry of the trailer, written as given.
    pub fn trailer(&mut self, key: &str, value: impl std::fmt::Display) -> &mut Self {
        set(&mut self.trailer, key, &value.to_string());
        self
    }

    /// A number for an object whose body comes later by `set`; never set, it stays a free entry (a dangling reference).
    pub fn reserve(&mut self) -> Id {
        self.objects.push(None);
        Id(self.objects.len() as u32)
    }

    /// The body of a reserved object, as it stands between `obj` and `endobj`.
    pub fn set(&mut self, id: Id, body: impl Into<Vec<u8>>) {
        self.objects[id.0 as usize - 1] = Some(body.into());
    }

    /// A new object with the body given, as it stands between `obj` and `endobj`.
    pub fn add(&mut self, body: impl Into<Vec<u8>>) -> Id {
        let id = self.reserve();
        self.set(id, body);
        id
    }

    /// A stream whose data is written as it is; `entries` are those of its dictionary without `Length`.
    pub fn stream(&mut self, entries: &str, data: &[u8]) -> Id {
        self.add(stream_body(entries, data))
    }

    /// A stream packed with Flate; `entries` are those of its dictionary without `Length` and `Filter`.
    pub fn flate(&mut self, entries: &str, data: &[u8]) -> Id {
        self.add(stream_body(
            &format!("{entries} /Filter /FlateDecode"),
            &deflate(data),
        ))
    }

    /// A page's or form's stream: readable or packed, as this PDF was begun.
    fn text(&mut self, entries: &str, data: &[u8]) -> Id {
        if data.len() > self.readable {
            self.flate(entries, data)
        } else {
            self.stream(entries, data)
        }
    }

    /// A form XObject with its own resources; `bbox` by its corners in points of the form's own space.
    pub fn form(&mut self, bbox: [f64; 4], matrix: [f64; 6], content: &Content) -> Id {
        self.form_with("", bbox, matrix, content)
    }

    /// The same with further entries, such as `/Group << /S /Transparency >>` or `/OC 9 0 R`.
    pub fn form_with(
        &mut self,
        entries: &str,
        bbox: [f64; 4],
        matrix: [f64; 6],
        content: &Content,
    ) -> Id {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox {} /Matrix {} /Resources {} {entries}",
            numbers(&bbox),
            numbers(&matrix),
            content.resources()
        );
        self.text(&entries, content.bytes())
    }

    /// Adds a page at the end.
    pub fn page(&mut self, page: Page) -> Id {
        let contents = self.text("", page.content.bytes());
        let mut entries = vec![
            ("Type".into(), "/Page".into()),
            ("Parent".into(), TREE.to_string()),
            (
                "MediaBox".into(),
                numbers(&[0.0, 0.0, page.width, page.height]),
            ),
            ("Resources".into(), page.content.resources()),
            ("Contents".into(), contents.to_string()),
        ];
        for (key, value) in &page.entries {
            set(&mut entries, key, value);
        }
        let shapely =
            |(key, _): &(String, String)| key.ends_with("Box") || SHAPE.contains(&key.as_str());
        self.size = Some((page.width, page.height));
        self.shape = entries.iter().filter(|e| shapely(e)).cloned().collect();
        let id = self.add(dict(&entries));
        self.pages.push(id);
        id
    }

    /// Adds pages until there are so many. They are shaped as the last one is, and share one content, so that they
    /// take few bytes; the last of them is blank, as printers want it.
    pub fn pad(&mut self, count: usize, content: &Content) {
        let more = count.saturating_sub(self.page_count());
        if more == 0 {
            return;
        }
        let node = self.reserve();
        let stream = self.text("", content.bytes());
        let inherited = |key: &str| matches!(key, "MediaBox" | "CropBox" | "Rotate");
        let (above, own): (Vec<_>, Vec<_>) = self
            .shape
            .clone()
            .into_iter()
            .partition(|(key, _)| inherited(key));
        let kids: Vec<String> = (1..=more)
            .map(|n| {
                let mut entries = vec![
                    ("Type".into(), "/Page".into()),
                    ("Parent".into(), node.to_string()),
                ];
                entries.extend(own.iter().cloned());
                if n < more {
                    entries.push(("Contents".into(), stream.to_string()));
                }
                self.add(dict(&entries)).to_string()
            })
            .collect();
        let mut entries = vec![
            ("Type".into(), "/Pages".into()),
            ("Parent".into(), TREE.to_string()),
            ("Count".into(), more.to_string()),
            ("Kids".into(), format!("[{}]", kids.join(" "))),
            ("Resources".into(), content.resources()),
        ];
        entries.extend(above);
        self.set(node, dict(&entries));
        self.pages.push(node);
        self.beyond += more - 1;
    }

    /// The size of the last page that was added by itself, in points.
    pub fn last_size(&self) -> Option<(f64, f64)> {
        self.size
    }

    /// How many pages have been added.
    pub fn page_count(&self) -> usize {
        self.pages.len() + self.beyond
    }

    /// The whole file: header, objects in order of their numbers, cross-reference table, trailer.
    pub fn finish(mut self) -> Vec<u8> {
        let kids: Vec<String> = self.pages.iter().map(Id::to_string).collect();
        let tree = format!(
            "<< /Type /Pages /Count {} /Kids [{}] >>",
            self.page_count(),
            kids.join(" ")
        );
        let mut catalog = vec![
            ("Type".into(), "/Catalog".into()),
            ("Pages".into(), TREE.to_string()),
        ];
        for (key, value) in &self.catalog {
            set(&mut catalog, key, value);
        }
        self.set(CATALOG, dict(&catalog));
        self.set(TREE, tree);
        self.set(INFO, dict(&self.info));

        // The bytes above 127 tell transfer programs that the file is binary, as the standard advises.
        let mut out = format!("%PDF-{}\n%\u{b5}\u{b6}\n", self.version).into_bytes();
        let mut offsets = Vec::new();
        for (index, body) in self.objects.iter().enumerate() {
            offsets.push(body.as_ref().map(|_| out.len()));
            if let Some(body) = body {
                out.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
                out.extend_from_slice(body);
                out.extend_from_slice(b"\nendobj\n");
            }
        }
        let id = format!("<{:016x}{:016x}>", fnv(&out, 1), fnv(&out, 2));
        let start = out.len();
        let mut tail = format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
        for offset in &offsets {
            let _ = match offset {
                Some(offset) => writeln!(tail, "{offset:010} 00000 n "),
                None => writeln!(tail, "0000000000 65535 f "),
            };
        }
        let mut trailer = vec![
            ("Size".into(), (offsets.len() + 1).to_string()),
            ("Root".into(), CATALOG.to_string()),
            ("Info".into(), INFO.to_string()),
            ("ID".into(), format!("[{id} {id}]")),
        ];
        for (key, value) in &self.trailer {
            set(&mut trailer, key, value);
        }
        let _ = write!(
            tail,
            "trailer\n{}\nstartxref\n{start}\n%%EOF\n",
            dict(&trailer)
        );
        out.extend_from_slice(tail.as_bytes());
        out
    }
}

/// The bytes as FlateDecode reads them.
pub fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder
        .write_all(data)
        .and_then(|()| encoder.finish())
        .expect("writing to memory does not fail")
}

/// A number as PDF likes it: at most four decimals, no trailing zeros, no exponent.
pub fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".into()
    } else {
        text.into()
    }
}

/// An array of numbers: `[0 0 432 648]`.
pub fn numbers(values: &[f64]) -> String {
    let all: Vec<String> = values.iter().map(|v| number(*v)).collect();
    format!("[{}]", all.join(" "))
}

/// A literal string, with what must be escaped; beyond ASCII as UTF-16, as Info dictionaries want it.
pub fn string(text: &str) -> String {
    if text.is_ascii() {
        let escaped = text
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)");
        return format!("({escaped})");
    }
    let units: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
    format!("<FEFF{units}>")
}

fn stream_body(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut body = format!("<< {} /Length {} >>\nstream\n", entries.trim(), data.len())
        .replace("<<  ", "<< ")
        .into_bytes();
    body.extend_from_slice(data);
    body.extend_from_slice(b"\nendstream");
    body
}

fn set(entries: &mut Vec<(String, String)>, key: &str, value: &str) {
    match entries.iter_mut().find(|(k, _)| k == key) {
        Some(entry) => entry.1 = value.to_owned(),
        None => entries.push((key.to_owned(), value.to_owned())),
    }
}

fn dict(entries: &[(String, String)]) -> String {
    let mut out = String::from("<<");
    for (key, value) in entries.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(out, " /{key} {value}");
    }
    out + " >>"
}

/// A name for the file from its bytes (FNV-1a), since a real one would take the clock.
fn fnv(bytes: &[u8], seed: u64) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

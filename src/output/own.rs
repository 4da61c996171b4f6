//! How presscheck knows its own files again: answers by their schema, tables by their head, all that people may go on
//! working in (pages of reports, templates, pictures, text) by a checksum that fails once a byte has changed. Answers for
//! programs have none: their members are a contract, and nobody writes remarks into them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::model::digest::hex;

/// The words of a seal, before its sum.
const SEAL: &str = "written by presscheck; ";
/// Digits of the sum.
const SUM: usize = 16;
/// How a template leaves room for its sum.
const OPEN: &str = "written by presscheck; 0000000000000000";
/// The most that comes behind the seal of a PDF: its table of objects and its end.
const PDF_TAIL: usize = 2048;
/// A PNG ends in the check sum of the chunk with the seal and a chunk of its own.
const PNG_TAIL: usize = 16;
const PNG_END: usize = 12;
const PNG_SIGN: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Enough of a file to know an answer by.
const HEAD: u64 = 4096;
/// How a line of results begins.
const RESULTS: &str = "{\"batch\":{\"schema\":\"presscheck";
/// Nothing of ours that is sealed is larger.
const MOST: u64 = 64 << 20;

/// A text with a last line that says who wrote it.
pub fn seal_text(text: &str) -> String {
    format!("{text}{SEAL}{}\n", sum(text.as_bytes()))
}

/// A text whose comments are those of HTML, with a last one that says who made it.
pub fn seal_markup(text: &str) -> String {
    let text = format!("{text}<!-- ");
    format!("{text}{SEAL}{} -->\n", sum(text.as_bytes()))
}

/// A template whose sum is filled in, where room was left for one.
pub fn seal_pdf(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some(at) = last(&bytes, OPEN.as_bytes())
        && let Some((before, rest)) = bytes.split_at_mut_checked(at + SEAL.len())
        && let Some(room) = rest.get_mut(..SUM)
    {
        let body = before.get(..at).unwrap_or_default();
        room.copy_from_slice(sum(body).as_bytes());
    }
    bytes
}

/// A copy of somebody's PDF with a last comment that says who made it, behind its end.
pub fn seal_copy(mut bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.push(b'%');
    let sum = sum(&bytes);
    bytes.extend_from_slice(SEAL.as_bytes());
    bytes.extend_from_slice(sum.as_bytes());
    bytes.push(b'\n');
    bytes
}

/// A picture with a comment that says who made it.
pub fn seal_png(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.len().saturating_sub(PNG_END);
    let (body, tail) = bytes.split_at(end);
    let mut sealed = body.to_vec();
    let key = b"tEXtComment\0";
    let length = key.len() - 4 + SEAL.len() + SUM;
    sealed.extend_from_slice(&u32::try_from(length).unwrap_or_default().to_be_bytes());
    sealed.extend_from_slice(key);
    let sum = sum(&sealed);
    sealed.extend_from_slice(SEAL.as_bytes());
    sealed.extend_from_slice(sum.as_bytes());
    let mut check = flate2::Crc::new();
    check.update(sealed.get(end + 4..).unwrap_or_default());
    sealed.extend_from_slice(&check.sum().to_be_bytes());
    sealed.extend_from_slice(tail);
    sealed
}

fn sum(bytes: &[u8]) -> String {
    let mut sum = hex(&Sha256::digest(bytes));
    sum.truncate(SUM);
    sum
}

fn last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|w| w == what)
}

/// Whether presscheck wrote a file, or nothing stands in it.
pub(super) fn is_own(path: &Path) -> bool {
    let read = |most: u64| {
        let mut bytes = Vec::new();
        let file = File::open(path).ok()?;
        file.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    };
    // Results of a large backlist are known by their beginning.
    read(HEAD).is_some_and(|head| head.is_empty() || is_answer(&head))
        || read(MOST).is_some_and(|bytes| is_sealed(&bytes))
}

/// JSON with a schema of ours, and summaries of backlists.
fn is_answer(bytes: &[u8]) -> bool {
    let head: String = String::from_utf8_lossy(bytes)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    [
        "{\"schema\":\"presscheck",
        RESULTS,
        "\u{feff}number,line,id,title,result,errors,warnings,notes,not_checked,accepted,pages,change,",
    ]
    .iter()
    .any(|start| head.starts_with(start))
        // A run that was killed at its first line has left the beginning of one.
        || (head.starts_with("{\"batch\"") && RESULTS.starts_with(&head))
        || (head.starts_with("{\"$schema\":") && head.contains("{\"generator\":\"presscheck\"}"))
        || (head.starts_with("<!doctypehtml>")
            && head.contains("<metaname=\"generator\"content=\"presscheckbatch\">"))
}

fn is_sealed(bytes: &[u8]) -> bool {
    let Some(at) = last(bytes, SEAL.as_bytes()) else {
        return false;
    };
    let (body, rest) = bytes.split_at(at);
    let Some((told, tail)) = rest
        .get(SEAL.len()..)
        .and_then(|rest| rest.split_at_checked(SUM))
    else {
        return false;
    };
    let ends = match body {
        b if b.starts_with(b"%PDF") && b.ends_with(b"\n%") => tail == b"\n",
        b if b.starts_with(b"%PDF") => {
            tail.len() < PDF_TAIL && tail.ends_with(b"%%EOF") && last(body, b"%%EOF").is_none()
        }
        b if b.starts_with(PNG_SIGN) => tail.len() == PNG_TAIL,
        _ => tail == b"\n" || tail == b" -->\n",
    };
    ends && told == sum(body).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_until_a_byte_is_changed() {
        let pdf = format!("%PDF-1.5\nart /Mark({OPEN})>>\nxref\n%%EOF").into_bytes();
        let mut png = PNG_SIGN.to_vec();
        png.extend_from_slice(b"pixels\0\0\0\0IEND\xaeB\x60\x82");
        for sealed in [
            seal_text("a report\n").into_bytes(),
            seal_markup("<svg/>\n").into_bytes(),
            seal_pdf(pdf.clone()),
            seal_copy(pdf),
            seal_png(&png),
        ] {
            assert!(is_sealed(&sealed), "{}", String::from_utf8_lossy(&sealed));
            let mut more = sealed.clone();
            more.extend_from_slice(b"a note of my own\n");
            assert!(!is_sealed(&more));
            let mut other = sealed.clone();
            if let Some(byte) = other.get_mut(8) {
                *byte ^= 1;
            }
            assert!(!is_sealed(&other));
        }
        assert!(!is_sealed(b"a report\n"));
    }

    #[test]
    fn answers_are_known_by_their_schema() {
        assert!(is_answer(b"{\n  \"schema\": \"presscheck-facts/1\",\n"));
        assert!(is_answer(b"{\"batch\":{\"schema\":\"presscheck-batch/1\""));
        assert!(is_answer(
            b"{\"$schema\": \"https://a.b/sarif\", \"properties\": {\"generator\": \"presscheck\"}"
        ));
        let page =
            |by: &str| format!("<!doctype html>\n<meta name=\"generator\" content=\"{by}\">");
        assert!(is_answer(page("presscheck batch").as_bytes()));
        // A report that people read is known by its seal alone.
        assert!(!is_answer(page("presscheck").as_bytes()));
        assert!(!is_answer(b"{\"schema\": \"other\"}"));
        assert!(!is_answer(b"isbn,title,interior\n"));
    }
}

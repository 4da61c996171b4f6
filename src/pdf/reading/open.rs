//! Opens files, also with damage that other readers repair.

use std::sync::Arc;

use hayro_syntax::object::{Dict, Name, Object};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use memchr::memmem;

/// A file that was opened.
pub(in crate::pdf) struct Opened {
    pub(in crate::pdf) pdf: Pdf,
    /// The repairs made, for messages.
    pub(in crate::pdf) repairs: Vec<String>,
}

/// Opens a file from its bytes, or says for people why it cannot be read.
pub(in crate::pdf) fn open(bytes: Arc<Vec<u8>>) -> Result<Opened, String> {
    if bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let has_header = memmem::find(head, b"%PDF-").is_some();
    let mut repairs = Vec::new();
    if !has_header {
        if let Some(kind) = other_kind(head) {
            return Err(format!("it is not a PDF but {kind}"));
        }
        repairs.push("it does not begin with %PDF".to_owned());
    }
    let opened = Pdf::new(Arc::clone(&bytes));
    let pdf = match opened {
        Ok(pdf) if !pdf.pages().is_empty() => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => open_pages(&bytes)
            .ok_or("it needs a password; save a copy without security settings")?,
        Err(LoadPdfError::Decryption(_)) => {
            return Err("its encryption cannot be undone".to_owned());
        }
        Err(LoadPdfError::Invalid) if !has_header => {
            return Err("it is not a PDF: it does not begin with %PDF".to_owned());
        }
        Ok(_) => search(&bytes, &mut repairs).ok_or("no page can be found in it")?,
        Err(LoadPdfError::Invalid) => search(&bytes, &mut repairs)
            .ok_or("it is damaged beyond repair or cut short: no page can be found in it")?,
    };
    // The reader rebuilds its table of objects as soon as one is not where it should be, and from then on sees another file.
    // It does so here, once, and not at whichever page a thread takes first.
    pdf.objects().into_iter().for_each(drop);
    Ok(Opened { pdf, repairs })
}

/// Names what a file is that is no PDF: authors submit Word files and pictures.
fn other_kind(head: &[u8]) -> Option<&'static str> {
    let has = |name: &[u8]| memmem::find(head, name).is_some();
    match head {
        [b'P', b'K', 3, 4, ..] if has(b"mimetypeapplication/epub") => {
            Some("an EPUB; export a PDF for print from the program that made it")
        }
        [b'P', b'K', 3, 4, ..] if has(b"mimetypeapplication/vnd.oasis") => {
            Some("an OpenDocument file; export it as PDF")
        }
        [b'P', b'K', 3, 4, ..] if has(b"word/") || has(b"[Content_Types].xml") => {
            Some("a Word file (.docx) or another of Office; export it as PDF")
        }
        [b'P', b'K', 3, 4, ..] => Some("a ZIP archive; unpack it and hand in the PDF"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("an old Word or Office file; export it as PDF"),
        [0xff, 0xd8, 0xff, ..] => Some("a JPEG picture; export a PDF"),
        [0x89, b'P', b'N', b'G', ..] => Some("a PNG picture; export a PDF"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some("a TIFF picture; export a PDF"),
        [b'8', b'B', b'P', b'S', ..] => Some("a Photoshop file; export a PDF"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("an RTF file; export it as PDF"),
        [b'%', b'!', b'P', b'S', ..] => Some("a PostScript file; convert it to PDF"),
        _ if has(b"<html") || has(b"<!DOCTYPE html") => Some("a web page; export a PDF"),
        _ => None,
    }
}

/// A copy of a file in which every key of a name has another of the same length.
fn renamed(bytes: &[u8], key: &[u8], other: &[u8]) -> Option<Vec<u8>> {
    let mut copy = bytes.to_vec();
    let places: Vec<usize> = memmem::find_iter(bytes, key).collect();
    for at in &places {
        copy.get_mut(*at..at + key.len())?.copy_from_slice(other);
    }
    (!places.is_empty()).then_some(copy)
}

/// Opens a file of which a password locks the attachments alone: its pages are not encrypted, and read as they stand.
fn open_pages(bytes: &[u8]) -> Option<Pdf> {
    let copy = renamed(bytes, b"/Encrypt", b"/Unlocks")?;
    let pdf = Pdf::new(Arc::new(copy))
        .ok()
        .filter(|pdf| !pdf.pages().is_empty())?;
    let spares_pages = pdf.objects().into_iter().any(|object| {
        let Object::Dict(lock) = object else {
            return false;
        };
        lock.get::<Name<'_>>(b"Filter").as_deref() == Some(b"Standard")
            && lock.get::<Dict<'_>>(b"CF").is_some()
            && [b"StmF".as_slice(), b"StrF"].into_iter().all(|key| {
                let filter = lock.get::<Name<'_>>(key);
                filter.is_none_or(|name| name.as_ref() == b"Identity")
            })
    });
    spares_pages.then_some(pdf)
}

/// Opens a file by searching for its pages, whatever its page tree says: without kids no reader follows the tree.
fn search(bytes: &[u8], repairs: &mut Vec<String>) -> Option<Pdf> {
    let copy = renamed(bytes, b"/Kids", b"/Lost")?;
    let found = Pdf::new(Arc::new(copy))
        .ok()
        .filter(|pdf| !pdf.pages().is_empty())?;
    let repair =
        "its page tree is damaged; pages were searched for, and may stand in another order";
    repairs.push(repair.to_owned());
    Some(found)
}

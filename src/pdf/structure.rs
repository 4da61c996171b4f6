//! The file's skeleton through a second reader: version, locks, information, repairs.

use lopdf::xref::XrefRecovery;
use lopdf::{Document, LoadOptions, Object, ObjectId};

use crate::limits::Limits;

/// The skeleton of a file.
#[derive(Clone, Debug, Default)]
pub struct Skeleton {
    /// PDF version.
    pub version: Option<String>,
    /// How it is locked: method, and what is forbidden.
    pub encryption: Option<(String, Vec<String>)>,
    /// Title, author, creator, producer.
    pub info: [Option<String>; 4],
    /// Whether XMP metadata is there.
    pub xmp: bool,
    /// What had to be repaired.
    pub repairs: Vec<String>,
    /// The end of the file is missing, and with it whatever stood there.
    pub cut_short: bool,
    /// Pages as this reader counts them; none where it could not.
    pub pages: Option<u32>,
    /// The PDF/X it claims to be.
    pub pdfx: Option<String>,
}

/// Reads the skeleton. A file this reader cannot load leaves a skeleton that says so among its repairs.
pub fn skeleton(bytes: &[u8], limits: &Limits) -> Skeleton {
    let options = LoadOptions {
        filter: Some(keep_bones),
        max_decompressed_size: Some(limits.stream_bytes),
        ..LoadOptions::default()
    };
    let mut skeleton = Skeleton::default();
    if let Some(repair) = junk_before_header(bytes) {
        skeleton.repairs.push(repair);
    }
    let ends = ends_properly(bytes);
    if !ends {
        skeleton
            .repairs
            .push("the end-of-file mark is missing: the file may have been cut short".to_owned());
    }
    // The second reader is fenced: what it cannot take is a fact about the file, not a crash of ours.
    let loaded = std::panic::catch_unwind(|| Document::load_mem_with_options(bytes, options));
    let Ok(Ok(document)) = loaded else {
        skeleton.encryption = locked_by_its_trailer(bytes);
        skeleton
            .repairs
            .push("a second reader cannot read its structure".to_owned());
        return skeleton;
    };
    skeleton.version = Some(document.version.clone());
    match document.xref_recovery {
        Some(XrefRecovery::OffsetCorrected) => {
            skeleton
                .repairs
                .push("the cross-reference table is not where the file says".to_owned());
        }
        Some(XrefRecovery::Reconstructed) => {
            // A table that had to be rebuilt and no end: the last bytes of the file are not there.
            skeleton.cut_short = !ends;
            skeleton
                .repairs
                .push("the cross-reference table is damaged and was rebuilt".to_owned());
        }
        _ => {}
    }
    skeleton.encryption = encryption(&document);
    skeleton.info = info(&document);
    skeleton.pdfx = pdfx(&document);
    skeleton.xmp = document.catalog().is_ok_and(|c| c.has(b"Metadata"));
    let locked_out = skeleton.encryption.is_some() && document.encryption_state.is_none();
    if !locked_out {
        skeleton.pages = u32::try_from(document.page_iter().take(limits.pages + 1).count()).ok();
    }
    skeleton
}

/// Keeps what the skeleton is made of: dictionaries of the page tree, the catalogue, the information
/// dictionary; no stream, font, annotation or tag.
fn keep_bones(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    match object {
        Object::Stream(_) => None,
        Object::Dictionary(dict) => {
            let bulk = dict.get(b"Type").and_then(Object::as_name).is_ok_and(|t| {
                matches!(
                    t,
                    b"Annot"
                        | b"Font"
                        | b"FontDescriptor"
                        | b"StructElem"
                        | b"ExtGState"
                        | b"Outlines"
                )
            });
            // Bookmarks and struct elements without a type still name their parent and siblings.
            let item = dict.has(b"Parent")
                && (dict.has(b"Dest") || dict.has(b"Prev") || dict.has(b"Next"));
            (!bulk && !item).then(|| (id, Object::Dictionary(dict.clone())))
        }
        other => Some((id, other.clone())),
    }
}

fn encryption(document: &Document) -> Option<(String, Vec<String>)> {
    // A file that opens without a password is unlocked while loading, and its trailer says nothing any more.
    let (version, revision, allowed) = if let Some(state) = &document.encryption_state {
        (
            state.version(),
            state.revision(),
            state.permissions().bits().cast_signed(),
        )
    } else {
        let lock = document.get_encrypted().ok()?;
        let number = |key: &[u8]| lock.get(key).and_then(Object::as_i64).unwrap_or(0);
        (number(b"V"), number(b"R"), number(b"P"))
    };
    // Bits of the permission word, numbered from 1 as the format does.
    let words: [(u32, &str); 7] = [
        (3, "printing"),
        (12, "printing in high quality"),
        (4, "changing the document"),
        (5, "copying text and pictures"),
        (6, "commenting"),
        (9, "filling in forms"),
        (11, "assembling pages"),
    ];
    let forbidden = words
        .iter()
        .filter(|(bit, _)| allowed & (1 << (bit - 1)) == 0)
        .map(|(_, word)| (*word).to_owned())
        .collect();
    Some((format!("V{version} R{revision}"), forbidden))
}

/// For files the second reader refuses: whether an encryption dictionary is named near the end.
fn locked_by_its_trailer(bytes: &[u8]) -> Option<(String, Vec<String>)> {
    let tail = bytes.get(bytes.len().saturating_sub(4096)..)?;
    tail.windows(9)
        .any(|w| w == b"/Encrypt ")
        .then(|| ("unknown".to_owned(), Vec::new()))
}

fn info(document: &Document) -> [Option<String>; 4] {
    [b"Title".as_slice(), b"Author", b"Creator", b"Producer"].map(|key| told(document, key))
}

/// An entry of the information dictionary.
fn told(document: &Document, key: &[u8]) -> Option<String> {
    let dict = match document.trailer.get(b"Info").ok()? {
        Object::Reference(id) => document.get_dictionary(*id),
        other => other.as_dict(),
    };
    let object = dict.ok()?.get_deref(key, document).ok()?;
    let text = lopdf::decode_text_string(object).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(500).collect())
}

/// The PDF/X the file claims to be: X-1a and X-3 do so here, X-4 in its metadata.
fn pdfx(document: &Document) -> Option<String> {
    told(document, b"GTS_PDFXConformance").or_else(|| told(document, b"GTS_PDFXVersion"))
}

fn junk_before_header(bytes: &[u8]) -> Option<String> {
    let at = bytes
        .get(..bytes.len().min(1024))?
        .windows(5)
        .position(|w| w == b"%PDF-")?;
    (at > 0).then(|| format!("{at} bytes of something else stand before the PDF header"))
}

fn ends_properly(bytes: &[u8]) -> bool {
    bytes
        .get(bytes.len().saturating_sub(1100)..)
        .is_some_and(|tail| tail.windows(5).any(|w| w == b"%%EOF"))
}

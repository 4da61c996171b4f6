//! Reads the file's skeleton with a second parser: version, encryption, information, repairs.

use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Document, LoadOptions, Object, ObjectId};

use crate::model::facts::{Encryption, Info, Structure};
use crate::model::geometry::Direction;
use crate::model::limits::Limits;
use crate::pdf::reading::updates::{is_garbled, is_misplaced, unlisted, update_is_cut_short};

/// The skeleton of a file.
#[derive(Clone, Debug, Default)]
pub struct Skeleton {
    /// The structure facts, without actions, forms and the like.
    pub structure: Structure,
    /// The end of the file is missing, and with it whatever stood there.
    pub cut_short: bool,
    /// Numbers of objects that an update of the file has replaced by what cannot be read.
    pub garbled: Vec<u32>,
    /// Numbers of objects that the file says are deleted, or that its cross-reference table does not lead to.
    pub deleted: Vec<u32>,
    /// Width and height of each page as this reader sees it, in points on paper; none where it cannot tell.
    pub sizes: Vec<Option<[f64; 2]>>,
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
        skeleton.structure.repairs.push(repair);
    }
    if update_is_cut_short(bytes) {
        skeleton.cut_short = true;
        skeleton.structure.repairs.push(
            "an update at its end is cut short, and readers show the file as it was before"
                .to_owned(),
        );
    }
    let ends = ends_properly(bytes);
    if !ends {
        skeleton
            .structure
            .repairs
            .push("the end-of-file mark is missing: the file may have been cut short".to_owned());
    }
    // A panic of the second parser is a fact about the file, not a crash of ours.
    let loaded = std::panic::catch_unwind(|| Document::load_mem_with_options(bytes, options));
    let Ok(Ok(document)) = loaded else {
        skeleton.structure.encryption = locked_by_its_trailer(bytes);
        skeleton
            .structure
            .repairs
            .push("a second reader cannot read its structure".to_owned());
        return skeleton;
    };
    skeleton.structure.version = Some(version(&document));
    match document.xref_recovery {
        Some(XrefRecovery::OffsetCorrected) => {
            skeleton
                .structure
                .repairs
                .push("the cross-reference table is not where the file says".to_owned());
        }
        Some(XrefRecovery::Reconstructed) => {
            // A table that had to be rebuilt and no end: the last bytes of the file are not there.
            skeleton.cut_short |= !ends;
            skeleton
                .structure
                .repairs
                .push("the cross-reference table is damaged and was rebuilt".to_owned());
        }
        _ => {}
    }
    if document.xref_recovery.is_none() {
        let free = |entry: &XrefEntry| matches!(entry, XrefEntry::Free | XrefEntry::UnusableFree);
        let entries = &document.reference_table.entries;
        let misplaced = entries
            .iter()
            .filter(|(n, entry)| is_misplaced(bytes, **n, entry))
            .count();
        // Behind something else the places may be counted from the header on.
        if misplaced > 0 && bytes.starts_with(b"%PDF") {
            skeleton.structure.repairs.push(format!(
                "the cross-reference table names a wrong place for {misplaced} of its objects"
            ));
        }
        let unlisted = unlisted(bytes, &document);
        if !unlisted.is_empty() {
            skeleton.structure.repairs.push(format!(
                "the cross-reference table does not lead to {} of its objects",
                unlisted.len()
            ));
        }
        let garbled = entries.iter().filter(|(n, e)| is_garbled(bytes, **n, e));
        skeleton.garbled = garbled.map(|(n, _)| *n).collect();
        skeleton.deleted = entries
            .iter()
            .filter(|(_, e)| free(e))
            .map(|(n, _)| *n)
            .chain(unlisted)
            .collect();
    }
    skeleton.structure.encryption = encryption(&document);
    skeleton.structure.info = info(&document);
    let info = &skeleton.structure.info;
    let claim = info
        .pdfx_conformance
        .as_ref()
        .or(info.pdfx_version.as_ref());
    skeleton.structure.pdfx = claim.cloned();
    skeleton.structure.has_id = has_id(&document);
    skeleton.structure.xmp = document.catalog().is_ok_and(|c| c.has(b"Metadata"));
    skeleton.structure.direction = direction(&document);
    skeleton.structure.lang = lang(&document);
    let locked_out = skeleton.structure.encryption.is_some() && document.encryption_state.is_none();
    if !locked_out {
        let pages: Vec<ObjectId> = document.page_iter().take(limits.pages + 1).collect();
        // Finding none at all says more about this reader than about the file.
        skeleton.structure.second_count = u32::try_from(pages.len()).ok().filter(|n| *n > 0);
        skeleton.structure.declared_count = declared(&document);
        skeleton.sizes = pages.iter().map(|id| size(&document, *id)).collect();
    }
    skeleton
}

/// Keeps what the skeleton is made of: dictionaries of the page tree, the catalogue, the information
/// dictionary; no stream, font, annotation or tag.
fn keep_bones(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    match object {
        // Object streams hold dictionaries, which come past here one by one.
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => Some((id, object.clone())),
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

/// Whether the trailer has an id: two byte strings.
fn has_id(document: &Document) -> bool {
    let id = document.trailer.get_deref(b"ID", document);
    let parts = id.and_then(Object::as_array);
    let is_part = |part: &Object| part.as_str().is_ok_and(|bytes| !bytes.is_empty());
    parts.is_ok_and(|parts| parts.len() == 2 && parts.iter().all(is_part))
}

/// The PDF version: an update may raise that of the header in the catalogue.
fn version(document: &Document) -> String {
    let own = document
        .catalog()
        .and_then(|root| root.get_deref(b"Version", document));
    let own = own.and_then(Object::as_name).unwrap_or_default();
    let header = document.version.as_str();
    match std::str::from_utf8(own) {
        Ok(own) if own > header && own.len() <= header.len() => own.to_owned(),
        _ => header.to_owned(),
    }
}

/// What the root of the page tree says it holds.
fn declared(document: &Document) -> Option<u32> {
    let root = document
        .catalog()
        .ok()?
        .get_deref(b"Pages", document)
        .ok()?;
    let count = root.as_dict().ok()?.get_deref(b"Count", document).ok()?;
    u32::try_from(count.as_i64().ok()?).ok()
}

/// The height a page tree may have.
const TREE: usize = 64;

/// A page's size as seen: crop box within media box, turned and scaled.
fn size(document: &Document, page: ObjectId) -> Option<[f64; 2]> {
    let media = corners(document, inherited(document, page, b"MediaBox")?)?;
    let crop = inherited(document, page, b"CropBox").and_then(|o| corners(document, o));
    let [x0, y0, x1, y1] = crop.map_or(media, |c| {
        [
            media[0].max(c[0]),
            media[1].max(c[1]),
            media[2].min(c[2]),
            media[3].min(c[3]),
        ]
    });
    let turn = inherited(document, page, b"Rotate").map_or(0, |o| o.as_i64().unwrap_or(0));
    let unit = document
        .get_dictionary(page)
        .and_then(|dict| dict.get_deref(b"UserUnit", document))
        .and_then(Object::as_float)
        .map_or(1.0, f64::from);
    let (width, height) = ((x1 - x0) * unit, (y1 - y0) * unit);
    let sound = width > 0.0 && height > 0.0;
    sound.then_some(if turn.rem_euclid(180) == 90 {
        [height, width]
    } else {
        [width, height]
    })
}

/// An entry of a page, or of the nearest node above it that has one.
fn inherited<'d>(document: &'d Document, page: ObjectId, key: &[u8]) -> Option<&'d Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..TREE {
        if let Ok(found) = node.get_deref(key, document) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// A rectangle's corners, lower left first.
fn corners(document: &Document, rectangle: &Object) -> Option<[f64; 4]> {
    let array = rectangle.as_array().ok()?;
    let mut numbers = array.iter().map(|o| {
        let number = document.dereference(o).map(|(_, o)| o).ok()?;
        number.as_float().ok().map(f64::from)
    });
    let mut next = || numbers.next().flatten();
    let [a, b, c, d] = [next()?, next()?, next()?, next()?];
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

fn encryption(document: &Document) -> Option<Encryption> {
    // A file that opens without a password is decrypted while loading, and its trailer loses `Encrypt`.
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
    Some(Encryption {
        method: format!("V{version} R{revision}"),
        forbidden,
    })
}

/// For files the second reader refuses: whether an encryption dictionary is named near the end.
fn locked_by_its_trailer(bytes: &[u8]) -> Option<Encryption> {
    let tail = bytes.get(bytes.len().saturating_sub(4096)..)?;
    tail.windows(9)
        .any(|w| w == b"/Encrypt ")
        .then(|| Encryption {
            method: "unknown".to_owned(),
            forbidden: Vec::new(),
        })
}

fn info(document: &Document) -> Info {
    Info {
        title: told(document, b"Title"),
        author: told(document, b"Author"),
        creator: told(document, b"Creator"),
        producer: told(document, b"Producer"),
        creation_date: told(document, b"CreationDate"),
        mod_date: told(document, b"ModDate"),
        trapped: trapped(document),
        pdfx_version: told(document, b"GTS_PDFXVersion"),
        pdfx_conformance: told(document, b"GTS_PDFXConformance"),
    }
}

/// An entry of the information dictionary.
fn entry<'d>(document: &'d Document, key: &[u8]) -> Option<&'d Object> {
    let dict = match document.trailer.get(b"Info").ok()? {
        Object::Reference(id) => document.get_dictionary(*id),
        other => other.as_dict(),
    };
    dict.ok()?.get_deref(key, document).ok()
}

/// Whether the document is trapped, which is a name; a text of the same letters is none.
fn trapped(document: &Document) -> Option<String> {
    let name = entry(document, b"Trapped")?.as_name().ok()?;
    Some(String::from_utf8_lossy(name).chars().take(40).collect())
}

/// A text of the information dictionary.
fn told(document: &Document, key: &[u8]) -> Option<String> {
    let object = entry(document, key)?;
    let text = lopdf::decode_text_string(object).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(500).collect())
}

/// The reading order that the viewer preferences state. Its default is not told apart from silence by anybody but the
/// writer, so a value that is no name of the format counts as silence.
fn direction(document: &Document) -> Option<Direction> {
    let preferences = document
        .catalog()
        .ok()?
        .get_deref(b"ViewerPreferences", document)
        .ok()?
        .as_dict()
        .ok()?;
    match preferences
        .get_deref(b"Direction", document)
        .ok()?
        .as_name()
        .ok()?
    {
        b"R2L" => Some(Direction::Rtl),
        b"L2R" => Some(Direction::Ltr),
        _ => None,
    }
}

/// The language of the text, as the catalogue names it.
fn lang(document: &Document) -> Option<String> {
    let object = document.catalog().ok()?.get_deref(b"Lang", document).ok()?;
    let text = lopdf::decode_text_string(object).ok()?;
    let text: String = text.trim().chars().take(40).collect();
    (!text.is_empty()).then_some(text)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_streams_pass_the_filter_and_other_streams_do_not() {
        let stream = |kind: &str| {
            let mut dict = lopdf::Dictionary::new();
            dict.set("Type", Object::Name(kind.as_bytes().to_vec()));
            Object::Stream(lopdf::Stream::new(dict, Vec::new()))
        };
        assert!(keep_bones((5, 0), &mut stream("ObjStm")).is_some());
        assert!(keep_bones((5, 0), &mut stream("XObject")).is_none());
    }
}

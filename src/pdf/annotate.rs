//! Comments put on the pages of a file as annotations, appended to it as an incremental update: the file's own bytes stay as
//! they are.

use std::sync::Arc;

use hayro_font::kurbo::{Affine, Rect};
use lopdf::{
    Dictionary, Document, IncrementalDocument, LoadOptions, Object, ObjectId, Stream, dictionary,
    text_string,
};

use crate::model::comment::Comment;
use crate::model::finding::Level;
use crate::model::limits::Limits;
use crate::pdf::reading::frame::view;
use crate::pdf::reading::read::Reader;

/// Who the comments are by.
const AUTHOR: &str = "presscheck";
/// The side of a note's icon, and how far notes of one page stand apart, in points.
const ICON: f64 = 18.0;
const STEP: f64 = 22.0;
/// The width of the line around a place, and its distance from the place: it covers nothing of what it marks.
const LINE: f64 = 1.2;
const APART: f64 = 1.0;
/// Flags of annotations (ISO 32000-2, table 167): printed; as large and as upright whatever the page's zoom and rotation.
const PRINT: i64 = 1 << 2;
const NO_ZOOM: i64 = 1 << 3;
const NO_ROTATE: i64 = 1 << 4;

/// A copy of a file with comments on its pages. Refused, with the reason, where an update cannot be appended to the file.
pub fn annotated(
    bytes: Arc<Vec<u8>>,
    comments: &[Comment],
    limits: &Limits,
) -> Result<Vec<u8>, String> {
    if !bytes.starts_with(b"%PDF") {
        return Err("something stands before its beginning; save it anew first".to_owned());
    }
    let options = LoadOptions {
        filter: Some(without_streams),
        max_decompressed_size: Some(limits.stream_bytes),
        ..LoadOptions::default()
    };
    let previous = Document::load_mem_with_options(&bytes, options)
        .map_err(|_| "its structure cannot be read; save it anew first".to_owned())?;
    if previous.is_encrypted() || previous.encryption_state.is_some() {
        return Err("it is encrypted; save it without a password first".to_owned());
    }
    if previous.xref_recovery.is_some() {
        return Err("its cross-reference table is damaged; save it anew first".to_owned());
    }
    let reader = Reader::open(Arc::clone(&bytes), *limits)?;
    let pages: Vec<ObjectId> = previous.page_iter().take(limits.pages + 1).collect();
    if pages.len() != reader.page_count() {
        return Err("readers disagree on its pages; save it anew first".to_owned());
    }
    let mut copy = IncrementalDocument::create_from(bytes.as_ref().clone(), previous);
    for (index, page) in pages.into_iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let own: Vec<&Comment> = comments.iter().filter(|c| c.page == number).collect();
        if own.is_empty() {
            continue;
        }
        let Some(seen) = reader.page(index) else {
            continue;
        };
        let to_user_space = view(seen).inverse();
        if !to_user_space.is_finite() {
            continue;
        }
        let Some(frame) = reader.frame(index) else {
            continue;
        };
        let whole = Rect::new(0.0, 0.0, frame.size.width, frame.size.height);
        comment_on(&mut copy, page, &own, (to_user_space, whole)).map_err(|e| e.to_string())?;
    }
    let mut out = Vec::new();
    copy.save_to(&mut out).map_err(|e| e.to_string())?;
    Ok(out)
}

/// Streams are needed for object streams alone.
fn without_streams(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    match object {
        Object::Stream(stream) if !stream.dict.has_type(b"ObjStm") => None,
        other => Some((id, other.clone())),
    }
}

/// Puts comments on one page, in front of what is there.
fn comment_on(
    copy: &mut IncrementalDocument,
    page: ObjectId,
    comments: &[&Comment],
    (to_user_space, whole): (Affine, Rect),
) -> lopdf::Result<()> {
    let mut list = present(copy.get_prev_documents(), page);
    let mut notes = 0;
    for comment in comments {
        let annotation = match comment.area {
            Some(area) => {
                let [x0, y0, x1, y1] = area.to_f64();
                // A line around all of the page stays on it.
                let seen = Rect::new(x0, y0, x1, y1).inflate(LINE + APART, LINE + APART);
                let seen = seen.intersect(whole);
                square(copy, comment, to_user_space.transform_rect_bbox(seen))
            }
            None => {
                let top = 6.0 + f64::from(notes) * STEP;
                notes += 1;
                let seen = Rect::new(6.0, top, 6.0 + ICON, top + ICON);
                note(copy, comment, to_user_space.transform_rect_bbox(seen))
            }
        };
        let id = copy.new_document.add_object(annotation);
        list.push(Object::Reference(id));
    }
    copy.opt_clone_object_to_new_document(page)?;
    let page = copy.new_document.get_object_mut(page)?.as_dict_mut()?;
    page.set("Annots", list);
    Ok(())
}

/// The annotations that a page has.
fn present(document: &Document, page: ObjectId) -> Vec<Object> {
    let annotations = document
        .get_dictionary(page)
        .and_then(|page| page.get_deref(b"Annots", document))
        .and_then(Object::as_array);
    annotations.cloned().unwrap_or_default()
}

/// What all comments have in common.
fn common(comment: &Comment, subtype: &str, rect: Rect) -> Dictionary {
    dictionary! {
        "Type" => "Annot",
        "Subtype" => subtype,
        "Rect" => [rect.x0, rect.y0, rect.x1, rect.y1].map(real).to_vec(),
        "NM" => text_string(&comment.id),
        "T" => text_string(AUTHOR),
        "Subj" => text_string(&comment.subject),
        "Contents" => text_string(&comment.text),
        "C" => colour(comment.level).map(real).to_vec(),
        "F" => PRINT,
    }
}

/// A line around a place.
fn square(copy: &mut IncrementalDocument, comment: &Comment, rect: Rect) -> Dictionary {
    let [r, g, b] = colour(comment.level);
    let (width, height) = (rect.width(), rect.height());
    let content = format!(
        // Pale below, so that it is seen on art of its own colour.
        "1 G {LINE} w {half} {half} {w:.3} {h:.3} re S \
         {r} {g} {b} RG {line} w {half} {half} {w:.3} {h:.3} re S",
        line = LINE * 0.6,
        half = LINE / 2.0,
        w = width - LINE,
        h = height - LINE
    );
    let mut annotation = common(comment, "Square", rect);
    annotation.set("BS", dictionary! { "W" => real(LINE), "S" => "S" });
    annotation.set("AP", appearance(copy, rect, content));
    annotation
}

/// An icon for what concerns the page as a whole: a disc with an exclamation mark.
fn note(copy: &mut IncrementalDocument, comment: &Comment, rect: Rect) -> Dictionary {
    let [r, g, b] = colour(comment.level);
    let (width, height) = (rect.width(), rect.height());
    // The icon is drawn in a square of 18 by 18 points, whatever the units of the page.
    let content = format!(
        "{a:.4} 0 0 {d:.4} 0 0 cm {r} {g} {b} rg 18 9 m 18 13.97 13.97 18 9 18 c 4.03 18 0 13.97 0 9 c 0 4.03 4.03 0 9 0 c \
         13.97 0 18 4.03 18 9 c f 1 g 8 7 2 7 re f 8 3.5 2 2 re f",
        a = width / ICON,
        d = height / ICON
    );
    let mut annotation = common(comment, "Text", rect);
    annotation.set("Name", "Note");
    // Readers show the icon so in any case; the flags say it to those that only draw appearances.
    annotation.set("F", PRINT | NO_ZOOM | NO_ROTATE);
    annotation.set("AP", appearance(copy, rect, content));
    annotation
}

/// An appearance stream as large as its annotation.
fn appearance(copy: &mut IncrementalDocument, rect: Rect, content: String) -> Dictionary {
    let form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => [0.0, 0.0, rect.width(), rect.height()].map(real).to_vec(),
        "Resources" => Dictionary::new(),
    };
    let stream = Stream::new(form, content.into_bytes());
    let id = copy.new_document.add_object(stream);
    dictionary! { "N" => id }
}

/// Red, green and blue.
fn colour(level: Level) -> [f64; 3] {
    match level {
        Level::Error => [0.82, 0.09, 0.09],
        Level::Warning => [0.77, 0.42, 0.0],
        Level::Note => [0.09, 0.45, 0.71],
    }
}

fn real(value: f64) -> Object {
    Object::Real(((value * 1000.0).round() / 1000.0) as f32)
}

//! The facts of a page before it is measured.

use crate::model::facts::{Boxes, Coverage, Page};
use crate::pdf::PageGeometry;

pub(super) fn blank(index: usize, frame: Option<&PageGeometry>) -> Page {
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let [media, crop, bleed, trim, art] = frame.map_or([None; 5], |f| f.boxes);
    Page {
        number,
        size: frame.map(|f| f.size).unwrap_or_default(),
        boxes: Boxes {
            media,
            crop,
            bleed,
            trim,
            art,
        },
        trim: frame.and_then(|f| f.trim),
        bleed: frame.and_then(|f| f.bleed),
        inverted_boxes: frame.map_or_else(Vec::new, |f| f.inverted.clone()),
        rotate: frame.map_or(0, |f| f.rotate),
        user_unit: frame.map_or(1.0, |f| f.user_unit),
        painted: None,
        ink: None,
        text: Vec::new(),
        isbns: Vec::new(),
        leftovers: Vec::new(),
        images: Vec::new(),
        art: Vec::new(),
        paths: Default::default(),
        annotations: Vec::new(),
        colours: Vec::new(),
        objects: Vec::new(),
        objects_gap: None,
        transparency: Vec::new(),
        settings: Vec::new(),
        groups: Vec::new(),
        coverage: Coverage::default(),
        relief: None,
        texture: None,
        backdrop: None,
        lines: Default::default(),
        white_lines: Vec::new(),
        beyond: Vec::new(),
        crop_marks: None,
        skipped: Vec::new(),
        gap: None,
    }
}

//! What standards of exchange (PDF/X) ask of a file, read from its dictionaries: no content is run for it.

mod constructs;
mod graphics_states;
mod inks;
mod output_intents;
mod xmp;

use std::collections::HashSet;

use constructs::Survey;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Stream};

use crate::model::facts::{Exchange, ViewerBox};
use crate::model::limits::Limits;
use crate::pdf::reading::document_catalog::plain;

/// The settings of the viewer that name page boxes.
const VIEWER_BOXES: [&str; 4] = ["ViewArea", "ViewClip", "PrintArea", "PrintClip"];

/// Reads all of it. Objects whose numbers are `deleted` are no part of the file; what cannot be read is not there.
pub(in crate::pdf) fn exchange(pdf: &Pdf, limits: &Limits, deleted: &HashSet<u32>) -> Exchange {
    let xref = pdf.xref();
    let mut found = Exchange::default();
    let Some(root) = xref.get::<Dict<'_>>(xref.root_id()) else {
        return found;
    };
    found.output_intents = output_intents::read(&root, limits);
    match root.get::<Stream<'_>>(b"Metadata") {
        None => {}
        Some(stream) => match xmp::read(&stream, limits) {
            Ok(xmp) => found.xmp = Some(xmp),
            Err(why) => found.xmp_trouble = Some(why),
        },
    }
    if let Some(preferences) = root.get::<Dict<'_>>(b"ViewerPreferences") {
        let told = VIEWER_BOXES.into_iter().filter_map(|setting| {
            let page_box = preferences.get::<Name<'_>>(setting.as_bytes())?;
            Some(ViewerBox {
                setting: setting.to_owned(),
                page_box: plain(page_box.as_ref()),
            })
        });
        found.viewer_boxes = told.collect();
    }
    let mut survey = Survey::new(limits.catalogue_entries);
    survey.catalogue(&root);
    for (index, page) in pdf.pages().iter().enumerate() {
        survey.page(u32::try_from(index + 1).unwrap_or(u32::MAX), page);
    }
    survey.streams(pdf, deleted);
    survey.finish(&mut found);
    found
}

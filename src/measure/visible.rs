//! Names that come from a file, made harmless before anybody sees them: control characters, and characters that turn
//! the direction of what follows, are written out. What text and codes say stays as it
//! is: excerpts leave out what acts.

use std::borrow::Cow;

use crate::model::facts::{DestProfile, Document, Exchange};
use crate::model::visible::visible;

/// Writes out what would not be seen, but act: `\u{1b}`.
pub(super) fn plain(text: &mut String) {
    if let Cow::Owned(written) = visible(text) {
        *text = written;
    }
}

/// Characters of a name that are kept: PDF allows 127 bytes. One of thousands would be repeated with every place it stands at.
const NAME: usize = 127;

/// Does so with a name, and cuts one that is longer than names may be.
fn named(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(NAME) {
        text.truncate(end);
        text.push('…');
    }
    plain(text);
}

/// Does so with every name in a document.
pub(super) fn document(document: &mut Document) {
    let structure = &mut document.structure;
    let info = &mut structure.info;
    let told = [
        &mut info.title,
        &mut info.author,
        &mut info.creator,
        &mut info.producer,
        &mut info.creation_date,
        &mut info.mod_date,
        &mut info.trapped,
        &mut info.pdfx_version,
        &mut info.pdfx_conformance,
    ];
    told.into_iter().flatten().for_each(plain);
    let told = [
        &mut structure.version,
        &mut structure.lang,
        &mut structure.pdfx,
    ];
    told.into_iter().flatten().for_each(plain);
    for action in &mut structure.actions {
        plain(&mut action.kind);
        plain(&mut action.when);
    }
    structure
        .attachments
        .iter_mut()
        .for_each(|a| plain(&mut a.name));
    for layer in &mut structure.layers {
        plain(&mut layer.name);
        if let Some(step) = &mut layer.step {
            named(&mut step.group);
            named(&mut step.kind);
        }
    }
    document.fonts.iter_mut().for_each(|f| named(&mut f.name));
    for colour in &mut document.colours {
        colour.names.iter_mut().for_each(named);
        let inks = colour.inks.iter_mut().chain(&mut colour.apart);
        inks.for_each(|i| named(&mut i.ink));
        colour.profile.iter_mut().for_each(named);
    }
    for page in &mut document.pages {
        page.annotations.iter_mut().for_each(|a| named(&mut a.kind));
        page.skipped.iter_mut().for_each(plain);
        page.gap.iter_mut().for_each(plain);
    }
    document.gaps.iter_mut().for_each(|gap| plain(&mut gap.why));
    document.exchange.iter_mut().for_each(exchange);
}

/// Does so with what standards of exchange ask of a file.
fn exchange(exchange: &mut Exchange) {
    for intent in &mut exchange.output_intents {
        let told = [
            &mut intent.subtype,
            &mut intent.condition,
            &mut intent.words,
            &mut intent.registry,
            &mut intent.info,
        ];
        told.into_iter().flatten().for_each(plain);
        if let DestProfile::Embedded(icc) = &mut intent.profile {
            plain(&mut icc.class);
            plain(&mut icc.space);
        }
    }
    if let Some(xmp) = &mut exchange.xmp {
        let told = [
            &mut xmp.pdfx_version,
            &mut xmp.trapped,
            &mut xmp.title,
            &mut xmp.created,
            &mut xmp.modified,
            &mut xmp.metadata_date,
            &mut xmp.document_id,
            &mut xmp.version_id,
            &mut xmp.rendition_class,
        ];
        told.into_iter().flatten().for_each(plain);
    }
    exchange.xmp_trouble.iter_mut().for_each(plain);
    for one in &mut exchange.viewer_boxes {
        plain(&mut one.page_box);
    }
    for one in &mut exchange.constructs {
        one.value.iter_mut().for_each(plain);
    }
    exchange.inks.iter_mut().for_each(|i| named(&mut i.name));
    for action in &mut exchange.navigation {
        plain(&mut action.kind);
        plain(&mut action.when);
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_is_no_longer_than_pdf_allows() {
        let mut text = "é".repeat(30_000);
        super::named(&mut text);
        assert_eq!(text.chars().count(), 128);
        let mut text = "Garamond".to_owned();
        super::named(&mut text);
        assert_eq!(text, "Garamond");
    }

    #[test]
    fn what_acts_is_written_out_and_letters_stay() {
        let mut text = "A\u{1b}[31m\u{202e}\u{5e9}\u{5dc}\u{5d5}\u{5dd}".to_owned();
        plain(&mut text);
        assert_eq!(text, "A\\u{1b}[31m\\u{202e}\u{5e9}\u{5dc}\u{5d5}\u{5dd}");
    }
}

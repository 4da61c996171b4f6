//! From a file to facts: pages in parallel, order kept, each page fenced.

mod art;
mod average_ink;
mod bar_rows;
mod beyond;
mod blank;
mod codes;
mod colours;
mod cover;
mod crop_marks;
mod detail;
mod drawing;
mod file;
mod glance;
mod ground;
mod ink;
mod ink_mass;
mod known_pictures;
mod lines;
mod marks;
mod objects;
mod occlusion;
mod pages;
mod placed_images;
mod plate_pictures;
mod presses;
mod skeleton;
mod source;
mod text;
mod underlay;
mod visible;
mod wanted;
mod watch;

use std::sync::Arc;

pub use codes::picture::code_views;
pub use drawing::{Area, Drawn, Encoding, View};
pub(crate) use drawing::{annotate, draw};
pub use file::file;
pub(crate) use file::{Admitted, admit, refused, stopped};
use pages::Measured;
pub(crate) use plate_pictures::plates;
pub use plate_pictures::{PlatePicture, PlatePictures, PlateView};
pub use presses::press;
use sha2::{Digest, Sha256};
pub use source::Source;
use tracing::debug_span;
pub use wanted::Wanted;
pub use watch::Listener;
pub(crate) use watch::Watch;

use crate::fault::fenced;
use crate::model::digest::hex;
use crate::model::facts::{Document, Gap};
use crate::model::limits::Limits;
use crate::pdf::{Reader, skeleton};

/// Called for every page that is done: pages done, pages in all.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Measures a file from its bytes.
pub fn document(
    name: String,
    bytes: Vec<u8>,
    limits: &Limits,
    wanted: Wanted,
    progress: Progress<'_>,
) -> Document {
    let done = |_: u32, done: usize, all: usize| progress(done, all);
    measured(name, Arc::new(bytes), limits, wanted, &Watch::of(&done))
}

/// Measures a file from its bytes, and reports every page begun and done.
pub(crate) fn watched(
    name: String,
    bytes: Vec<u8>,
    limits: &Limits,
    wanted: Wanted,
    watch: &Watch<'_>,
) -> Document {
    measured(name, Arc::new(bytes), limits, wanted, watch)
}

fn measured(
    name: String,
    bytes: Arc<Vec<u8>>,
    limits: &Limits,
    wanted: Wanted,
    watch: &Watch<'_>,
) -> Document {
    let _file = debug_span!("file", ?name, bytes = bytes.len()).entered();
    let mut facts = Document {
        name,
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(bytes.as_slice())),
        ..Document::default()
    };
    // Both readers are fenced: hostile bytes must not take the program down.
    let reader = match fenced(|| Reader::open(Arc::clone(&bytes), *limits)) {
        Ok(Ok(reader)) => reader,
        Ok(Err(why)) => {
            facts.unreadable = Some(why);
            return facts;
        }
        Err(why) => {
            facts.unreadable = Some(why);
            facts.stopped = true;
            return facts;
        }
    };
    let mut skeleton = skeleton(&bytes, limits);
    let reader = reader
        .without(std::mem::take(&mut skeleton.deleted))
        .for_press(wanted.press.as_ref());
    skeleton
        .structure
        .repairs
        .extend(reader.repairs().iter().cloned());
    let lost = fenced(|| reader.lost_pages()).unwrap_or_else(|why| vec![why]);
    facts
        .gaps
        .extend(lost.into_iter().map(|why| Gap { page: None, why }));
    if skeleton.cut_short {
        facts.gaps.push(Gap {
            page: None,
            why: "it is cut short: its end is missing, and what stood there cannot be checked"
                .to_owned(),
        });
    }
    for number in std::mem::take(&mut skeleton.garbled) {
        facts.gaps.push(Gap {
            page: None,
            why: format!(
                "object {number}, as an update of the file has it, cannot be read; it is looked at as it was before"
            ),
        });
    }
    let extras = fenced(|| reader.extras()).ok();
    let sizes = std::mem::take(&mut skeleton.sizes);
    facts.structure = skeleton.structure;
    let navigation = skeleton::complete(&mut facts.structure, extras);
    if wanted.exchange {
        match fenced(|| reader.exchange()) {
            Ok(exchange) => facts.exchange = Some(exchange),
            Err(why) => facts.gaps.push(Gap { page: None, why }),
        }
    }
    if let Some(exchange) = &mut facts.exchange {
        exchange.navigation = navigation;
    }
    let measured = pages::measure(&reader, limits, &wanted, watch);
    let mut font_table = text::fonts::FontTable::default();
    let mut colours = colours::ColourTable::default();
    for measured in measured {
        let Measured {
            mut page,
            marks_fonts,
            palette,
            codes,
            unread,
            actions,
            navigation,
            restricted,
            attachments,
        } = measured;
        if let Some(exchange) = &mut facts.exchange {
            exchange.navigation.extend(navigation);
            exchange
                .constructs
                .extend(skeleton::restricted(page.number, restricted));
        }
        font_table.place(&mut page, &marks_fonts);
        colours.place(&mut page, &palette);
        if let Some(why) = &page.gap {
            facts.gaps.push(Gap {
                page: Some(page.number),
                why: why.clone(),
            });
        }
        facts.codes.extend(codes);
        facts.unread.extend(unread);
        facts.structure.actions.extend(actions);
        facts.structure.attachments.extend(attachments);
        facts.pages.push(page);
    }
    facts.fonts = font_table.into_fonts();
    facts.colours = colours.into_colours();
    facts.structure.sizes_apart = skeleton::sizes_apart(&facts.pages, &sizes);
    visible::document(&mut facts);
    facts
}

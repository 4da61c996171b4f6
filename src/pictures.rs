//! The pictures of a report: pages and places of a book's files, drawn as finely as a screen shows them.

use std::path::Path;

use rayon::prelude::*;

use crate::measure::{Area, Encoding, View};
use crate::pipeline::Options;
use crate::report::{Picture, Report, Shot, shots};

/// All pictures of a report together, in bytes; those that come after are left out. A third is added where they become text,
/// and a megabyte and a half of words: the page stays below eight.
const MOST_BYTES: usize = 4_600_000;
/// Pictures that are drawn by one worker before it is asked for more: each of them opens the file.
const AT_ONCE: usize = 12;
/// Pictures that are drawn before what they take is counted: none is drawn long after the page is full.
const BEFORE_COUNTING: usize = 96;

/// Draws what the HTML report shows. What cannot be drawn is left out.
pub fn pictures(report: &Report, options: &Options) -> Vec<Picture> {
    let mut bytes = 0;
    let mut pictures: Vec<Picture> = Vec::new();
    for shots in shots(report).chunks(BEFORE_COUNTING) {
        let batches: Vec<&[Shot]> = shots
            .chunk_by(|a, b| a.file == b.file)
            .flat_map(|of_file| of_file.chunks(AT_ONCE))
            .collect();
        let drawn: Vec<Vec<Picture>> = batches.par_iter().map(|b| draw(b, options)).collect();
        for picture in drawn.into_iter().flatten() {
            bytes += picture.data.len();
            if bytes > MOST_BYTES {
                return pictures;
            }
            pictures.push(picture);
        }
    }
    pictures
}

/// Draws shots of one file.
fn draw(shots: &[Shot], options: &Options) -> Vec<Picture> {
    let Some(first) = shots.first() else {
        return Vec::new();
    };
    let views: Vec<View> = shots
        .iter()
        .map(|shot| View {
            page: shot.page,
            area: shot.place.map_or(Area::Page, Area::Around),
            scale: shot.scale,
            longest: shot.longest,
            grey: false,
            encoding: match shot.is_small {
                true => Encoding::Thumbnail,
                false if shot.place.is_none() => Encoding::Page,
                false => Encoding::Screen,
            },
        })
        .collect();
    let drawn = options.draw(Path::new(&first.file), views);
    let drawn = drawn.unwrap_or_default();
    let both = shots.iter().zip(drawn);
    both.filter_map(|(shot, drawn)| {
        let drawn = drawn?;
        Some(Picture {
            shot: shot.clone(),
            data: drawn.data,
            area: drawn.area,
            size: drawn.page,
        })
    })
    .collect()
}

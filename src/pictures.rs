//! The pictures of a report: pages and places of a book's files, drawn as finely as a screen shows them.

use std::path::Path;

use rayon::prelude::*;

use crate::measure::{Area, Encoding, PlateView, View};
use crate::pipeline::Options;
use crate::report::{
    Picture, Pictures, PlateSet, PlateShot, Report, Separation, Shot, plate_shots, shots,
};

/// All pictures of a report together, in bytes; those that come after are left out. A third is added where they become text,
/// and a megabyte and a half of words: the page stays below eight.
const MOST_BYTES: usize = 4_600_000;
/// Pictures that one worker draws before it is asked for more, each time opening the file; those of one page stay together.
const AT_ONCE: usize = 12;
/// Pictures that are drawn before what they take is counted: none is drawn long after the page is full.
const BEFORE_COUNTING: usize = 96;

/// The longest side of a separation, in pixels.
const PLATE_PIXELS: u32 = 480;

/// Draws what the HTML report shows. What cannot be drawn is left out.
pub fn pictures(report: &Report, options: &Options) -> Pictures {
    let shots = plate_shots(report);
    let plates = shots
        .into_par_iter()
        .filter_map(|shot| separate(shot, options));
    let plates: Vec<PlateSet> = plates.collect();
    Pictures {
        shots: draw_shots(report, options, plates.iter().map(size).sum()),
        plates,
    }
}

/// The separations of a page; none where they cannot be made.
fn separate(shot: PlateShot, options: &Options) -> Option<PlateSet> {
    let view = PlateView {
        page: shot.page,
        limit: shot.limit as f32,
        longest: Some(PLATE_PIXELS),
        press: None,
    };
    let made = options.plates(Path::new(&shot.file), view).ok()?;
    let separations = made.plates.into_iter().map(|plate| Separation {
        ink: plate.ink,
        most: plate.most,
        data: plate.data,
    });
    Some(PlateSet {
        shot,
        total: made.total,
        over: made.over,
        separations: separations.collect(),
    })
}

/// What separations take, in bytes.
fn size(set: &PlateSet) -> usize {
    let inks = set.separations.iter().map(|one| one.data.len());
    set.total.len() + inks.sum::<usize>()
}

/// Draws pages and places until the report is full, of which so many bytes are taken.
fn draw_shots(report: &Report, options: &Options, taken: usize) -> Vec<Picture> {
    let mut bytes = taken;
    let mut pictures: Vec<Picture> = Vec::new();
    for shots in shots(report).chunks(BEFORE_COUNTING) {
        let drawn = batches(shots).into_par_iter().map(|b| draw(&b, options));
        let mut drawn: Vec<(usize, Picture)> = drawn.flatten().collect();
        drawn.sort_by_key(|(place, _)| *place);
        for (_, picture) in drawn {
            bytes += picture.data.len();
            if bytes > MOST_BYTES {
                return pictures;
            }
            pictures.push(picture);
        }
    }
    pictures
}

/// Shots with their places in the list, in parts of one file each. A page is in one part: its raster is made once.
fn batches(shots: &[Shot]) -> Vec<Vec<(usize, &Shot)>> {
    let mut by_page: Vec<(usize, &Shot)> = shots.iter().enumerate().collect();
    by_page.sort_by_key(|(_, shot)| (&shot.file, shot.page));
    let mut batches: Vec<Vec<(usize, &Shot)>> = Vec::new();
    for page in by_page.chunk_by(|(_, a), (_, b)| a.file == b.file && a.page == b.page) {
        let file = page.first().map(|(_, shot)| &shot.file);
        let last = batches.last_mut().filter(|batch| {
            batch.len() + page.len() <= AT_ONCE && batch.first().map(|(_, shot)| &shot.file) == file
        });
        match last {
            Some(batch) => batch.extend_from_slice(page),
            None => batches.push(page.to_vec()),
        }
    }
    batches
}

/// Draws shots of one file, each kept with its place in the list.
fn draw(shots: &[(usize, &Shot)], options: &Options) -> Vec<(usize, Picture)> {
    let Some((_, first)) = shots.first() else {
        return Vec::new();
    };
    let views: Vec<View> = shots.iter().map(|(_, shot)| view(shot)).collect();
    let drawn = options.draw(Path::new(&first.file), views);
    let drawn = drawn.unwrap_or_default();
    let both = shots.iter().zip(drawn);
    both.filter_map(|((place, shot), drawn)| {
        let drawn = drawn?;
        let picture = Picture {
            shot: Shot::clone(shot),
            data: drawn.data,
            area: drawn.area,
            size: drawn.page,
        };
        Some((*place, picture))
    })
    .collect()
}

/// What is drawn for a shot.
fn view(shot: &Shot) -> View {
    View {
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
    }
}

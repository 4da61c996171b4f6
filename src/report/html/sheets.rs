//! Whole pages as the page shows them, with all their places.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::guides;
use super::maker::Maker;
use super::shots::Picture;
use super::view::{Mark, Sheet};
use crate::model::finding::{Level, Part};
use crate::model::geometry::{Rect, Size};
use crate::model::visible::visible;
use crate::report::model::{CauseReport, VerdictReport};

impl Maker<'_> {
    fn whole_pages(&self) -> impl Iterator<Item = &Picture> {
        self.pictures.iter().filter(|p| p.shot.place.is_none())
    }

    /// The picture of a whole page, with its number among those that are shown.
    pub(super) fn sheet(&self, file: &str, page: u32) -> Option<(usize, &Picture)> {
        let mut pages = self.whole_pages().enumerate();
        pages.find(|(_, p)| p.shot.file == file && p.shot.page == page)
    }

    /// Every page that is shown.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        self.whole_pages()
            .filter_map(|page| self.of_page(page))
            .collect()
    }

    fn of_page(&self, picture: &Picture) -> Option<Sheet> {
        let shot = &picture.shot;
        let file = self.report.files.iter().find(|f| f.name == shot.file)?;
        let causes = self.report.causes.iter().zip(1..);
        let causes: Vec<(&CauseReport, i32)> = causes
            .filter(|(c, _)| c.name == shot.file && c.pages.contains(&shot.page))
            .collect();
        let level = causes.iter().map(|(cause, _)| cause.level).min();
        let marks = causes.iter().flat_map(|(cause, number)| {
            let here = cause.places.iter().filter(|p| p.page == shot.page);
            here.filter_map(|p| p.area_pt).map(move |area| {
                let mark = Mark {
                    level: cause.level.word(),
                    area: boxed(area),
                    message: cause.message.clone(),
                    anchor: format!("cause-{number}"),
                };
                (cause.level, mark)
            })
        });
        // Small marks lie over large ones and errors over notes, so that each can be seen and clicked.
        let mut marks: Vec<(Level, Mark)> = marks.collect();
        let page = picture.size.width * picture.size.height;
        marks.sort_by_key(|(level, mark)| {
            let [_, _, width, height] = mark.area;
            let share = width * height / page.max(1.0);
            let is_small = share < 0.25;
            (
                is_small,
                std::cmp::Reverse(*level),
                std::cmp::Reverse((share * 1e6) as u64),
            )
        });
        let marks = marks.into_iter().map(|(_, mark)| mark).collect();
        let is_cover = file.role == Part::Cover;
        let of_file = |v: &&VerdictReport| file.products.contains(&v.profile);
        let verdicts = &self.report.verdicts;
        let verdict = verdicts.iter().find(of_file).or(verdicts.first());
        let guides = match verdict.filter(|_| is_cover) {
            Some(verdict) => guides::cover(picture.size, &verdict.expected),
            None => Vec::new(),
        };
        Some(Sheet {
            anchor: sheet_anchor(file.role, &shot.file, shot.page),
            file: file.role.word(),
            name: visible(&shot.file).into_owned(),
            page: shot.page,
            level: level.map_or("none", Level::word),
            width: picture.size.width,
            height: picture.size.height,
            data: data_uri(&picture.data),
            guides,
            marks,
            is_cover,
        })
    }
}

/// All that a page measures.
pub(super) fn whole(size: Size) -> Rect {
    Rect::new(0.0, 0.0, size.width, size.height)
}

/// A rectangle as x, y, width and height.
pub(super) fn boxed(area: Rect) -> [f64; 4] {
    let [x0, y0, x1, y1] = area.to_array();
    [x0, y0, x1 - x0, y1 - y0]
}

/// The id of a page. Names of files may hold anything: a sum of their bytes stands in for them.
pub(super) fn sheet_anchor(part: Part, name: &str, page: u32) -> String {
    let sum = name.bytes().fold(0u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    format!("{}-{sum:x}-{page}", part.word())
}

pub(super) fn data_uri(data: &[u8]) -> String {
    let kind = if data.starts_with(b"RIFF") {
        "webp"
    } else {
        "jpeg"
    };
    format!("data:image/{kind};base64,{}", STANDARD.encode(data))
}

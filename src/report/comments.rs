//! What a report says of a file, as comments to be put on its pages.

use std::collections::HashSet;

use super::model::{CauseReport, PlaceReport, Report};
use super::queries::product_name;
use crate::model::comment::Comment;
use crate::model::visible::visible_lines;
use crate::profile::Profile;

/// A cause on so many pages without a place of its own is put on the first of them only.
const PAGES: usize = 20;

/// Most comments that one cause puts on a file.
const COMMENTS: usize = 1000;

/// The comments for one file of a report, a cause each once for all products. What concerns no page is put on page 1.
pub fn comments(report: &Report, known: &[Profile], file: &str) -> Vec<Comment> {
    let causes = report.causes.iter().filter(|cause| cause.name == file);
    let mut all: Vec<Comment> = causes
        .flat_map(|cause| of_cause(cause, report, known))
        .collect();
    for (number, comment) in (1..).zip(&mut all) {
        comment.id = format!("presscheck-{number}");
    }
    all
}

fn of_cause(cause: &CauseReport, report: &Report, known: &[Profile]) -> Vec<Comment> {
    let name = |id: &str| product_name(known, id);
    let products = cause.named(&cause.products(report), name);
    let others = cause.others(report).into_iter().map(|other| {
        let products = cause.named(&other.products, name);
        format!("{products}: {}\n", other.message)
    });
    let others: String = others.collect();
    let comment = |page: u32, area, what: &str| {
        let what = match what {
            "" => String::new(),
            what => format!("\n{what}"),
        };
        Comment {
            id: String::new(),
            page,
            area,
            level: cause.level,
            subject: format!("{}: {}", cause.level.word(), cause.rule),
            text: visible_lines(&format!(
                "{}{what}\n{others}{}\n({products})",
                cause.message, cause.fix
            ))
            .into_owned(),
        }
    };
    // The worst place of every page before second ones.
    let mut pages = HashSet::new();
    let (mut placed, second): (Vec<&PlaceReport>, Vec<&PlaceReport>) =
        (cause.places.iter()).partition(|place| pages.insert(place.page));
    placed.extend(second);
    placed.truncate(COMMENTS);
    let left = cause.places_total.saturating_sub(placed.len());
    placed.retain(|place| place.area_pt.is_some());
    let mut comments: Vec<Comment> = placed
        .into_iter()
        .map(|place| comment(place.page, place.area_pt, &place.what))
        .collect();
    if left > 0 && !comments.is_empty() {
        let more = format!("and {left} more places, which have no comment of their own");
        comments.push(comment(1, None, &more));
    }
    if comments.is_empty() {
        let pages = cause.pages.iter().take(PAGES);
        comments.extend(pages.map(|page| comment(*page, None, "")));
    }
    if comments.is_empty() {
        comments.push(comment(1, None, ""));
    }
    comments
}

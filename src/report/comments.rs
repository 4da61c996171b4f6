//! What a report says of a file, as comments to be put on its pages.

use super::model::{CauseReport, Report};
use crate::model::comment::Comment;
use crate::model::finding::Level;
use crate::profile::Profile;

/// A cause on so many pages without a place of its own is put on the first of them only.
const PAGES: usize = 20;

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
    let name = |id: &str| {
        let known = known.iter().find(|p| p.id == id);
        known.map_or_else(|| id.to_owned(), |p| p.title.clone())
    };
    let named = |(id, level): &(&str, Level)| match *level == cause.level {
        true => name(id),
        false => format!("{} ({})", name(id), level.word()),
    };
    let products: Vec<String> = cause.products(report).iter().map(named).collect();
    let others = cause.others(report);
    let others = others.iter().map(|other| {
        let products: Vec<String> = other.products.iter().map(named).collect();
        format!("{}: {}\n", products.join(", "), other.message)
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
            text: format!(
                "{}{what}\n{others}{}\n({})",
                cause.message,
                cause.fix,
                products.join(", ")
            ),
        }
    };
    let placed = cause.places.iter().filter(|p| p.area_pt.is_some());
    let mut comments: Vec<Comment> = placed
        .map(|place| comment(place.page, place.area_pt, &place.what))
        .collect();
    let left = cause.places_total.saturating_sub(cause.places.len());
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

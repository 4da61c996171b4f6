//! The platform's template still shows on the cover: its labels, or its guide lines.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{ArtKind, Document, LineKind, Page, Visibility};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::profile::PanelKind;
use crate::rules::words;
use crate::rules::wrap::Wrap;
use crate::rules::{Context, Meta, Need, Rule};

/// The words on templates.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Labels, in small letters. One that stands alone on its line counts, with or without a measure after it; it takes
    /// two different ones.
    labels: BTreeSet<String>,
    /// Words that only a template says, in small letters; one is enough.
    phrases: BTreeSet<String>,
}

/// A line this near to a guide, in points, is that guide.
const ON_GUIDE: f64 = 1.0;
/// A guide is drawn no thicker than this, in points.
const THIN: f64 = 3.0;
/// A line counts if it runs along this share of the cover.
const ALONG: f64 = 0.6;

pub(super) struct CoverTemplateVisible;

impl Rule for CoverTemplateVisible {
    const META: Meta = Meta {
        id: "cover-template-visible",
        title: "the cover template's guides or labels are still visible",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Marks],
        why: "The template is there to design over. If its labels or guide lines are still visible in the file, they are printed on \
              the book, and the platform refuses the cover.",
        fix: "Hide or delete the template's layer before exporting.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let cover = cx.cover()?;
        let wrap = cx.wrap();
        let lines = wrap.as_ref().map(guides).unwrap_or_default();
        let mut places = Vec::new();
        for page in &cover.pages {
            let found = labels(limits, cover, page);
            // One label alone may be anything; beside guide lines it is a label.
            if found.sure || found.kinds >= 2 || (found.kinds == 1 && lines.kinds >= 2) {
                places.extend(found.places);
            }
        }
        let words = places.len();
        if lines.sure || (words > 0 && lines.kinds >= 2) {
            places.extend(lines.places);
        } else if lines.likely && places.is_empty() {
            let message = "a thin frame lies exactly on the trim of the cover, as a template's does: the cut goes through it";
            let finding = Finding::about(Part::Cover, message).at(Level::Warning);
            return Ok(Inspection::looked(
                lines.places.len(),
                vec![finding.at_places(lines.places)],
            ));
        }
        let finding = (!places.is_empty()).then(|| {
            let what = match (words, places.len() - words) {
                (_, 0) => words::count(words, "label of a template is", "labels of a template are"),
                (0, n) => words::count(
                    n,
                    "guide line of a template is",
                    "guide lines of a template are",
                ),
                (_, _) => "labels and guide lines of a template are".to_owned(),
            };
            Finding::about(Part::Cover, format!("{what} still visible on the cover"))
                .at_places(places)
        });
        let texts = cover.pages.iter().map(|p| p.text.len() + p.art.len()).sum();
        let gaps = match (&finding, wrap) {
            (None, Err(Skip::NotChecked(why))) => {
                vec![format!("guide lines were not looked for: {why}")]
            }
            _ => Vec::new(),
        };
        Ok(Inspection {
            at: texts,
            findings: finding.into_iter().collect(),
            gaps,
        })
    }
}

/// What was found of a template.
#[derive(Default)]
struct Traces {
    places: Vec<Place>,
    /// How many different ones.
    kinds: usize,
    /// Whether they can be nothing else.
    sure: bool,
    /// Whether a frame lies on the trim, which few people draw on purpose.
    likely: bool,
}

/// Labels of a template on a page.
fn labels(limits: &Limits, cover: &Document, page: &Page) -> Traces {
    let mut found = Traces::default();
    let mut kinds = BTreeSet::new();
    for run in page
        .text
        .iter()
        .filter(|r| r.visibility == Visibility::Visible)
    {
        let text = run
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        let label = without_measure(&text);
        let phrase = limits.phrases.iter().any(|p| text.contains(p.as_str()));
        if phrase || limits.labels.contains(label) {
            found.sure |= phrase;
            kinds.insert(label.to_owned());
            found.places.push(Place {
                page: page.number,
                area: Some(run.area),
                what: words::text(cover, run, None),
            });
        }
    }
    found.kinds = kinds.len();
    found
}

/// A label without the size that follows it: `front cover 6.000 x 9.000 in` is `front cover`.
fn without_measure(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_end_matches(|c: char| {
            c.is_ascii_digit() || " .,:;/-+*()\"'\u{d7}\u{2033}\u{201d}".contains(c)
        });
        let unit = ["in", "mm", "inch", "inches", "pt", "x", "cm"]
            .iter()
            .find_map(|u| {
                let before = trimmed.strip_suffix(u)?;
                // A unit follows a figure or stands alone; the end of a word does not.
                before
                    .ends_with(|c: char| c.is_ascii_digit() || " \"(".contains(c))
                    .then_some(before)
            });
        match unit {
            Some(before) => rest = before,
            None => return trimmed.trim_start_matches(|c: char| " (\"'".contains(c)),
        }
    }
}

/// Lines that lie on guides of this very cover. They are a template's if some lie on the trim, where designers draw no lines,
/// and others on folds or safe areas; or if four lie on different guides.
fn guides(wrap: &Wrap<'_>) -> Traces {
    let mut on_trim: BTreeSet<&str> = BTreeSet::new();
    let mut on_others: BTreeSet<String> = BTreeSet::new();
    let mut places = Vec::new();
    let finished = wrap.finished();
    let [x0, y0, x1, y1] = finished.to_f64();
    let mut frames: Vec<(bool, String, Rect)> = vec![(true, "trim".to_owned(), finished)];
    let mut uprights = vec![
        (true, "left trim".to_owned(), x0),
        (true, "right trim".to_owned(), x1),
    ];
    for (kind, panel, safe) in wrap.safe() {
        frames.push((true, format!("{} panel", kind.word()), panel));
        frames.push((false, format!("{}'s safe area", kind.word()), safe));
    }
    if let Some(spine) = wrap.panel(PanelKind::Spine) {
        uprights.push((false, "left fold".to_owned(), spine.x0.into()));
        uprights.push((false, "right fold".to_owned(), spine.x1.into()));
    }
    let levels = [
        (true, "top trim".to_owned(), y0),
        (true, "bottom trim".to_owned(), y1),
    ];
    let near = |a: f64, b: f64| (a - b).abs() <= ON_GUIDE;
    let art = wrap.page.art.iter().filter(|a| a.paths == 1);
    let art = art.map(|a| (a.area, a.kind == ArtKind::Stroke));
    // White lines on a dark cover are seen as well.
    let white = wrap.page.white_lines.iter();
    let white = white.flat_map(|on| &on.lines.thinnest);
    let white = white.map(|l| (l.area, l.kind == LineKind::Stroke));
    for (area, stroked) in art.chain(white) {
        let [a0, b0, a1, b1] = area.to_f64();
        let guide = if area.width() <= THIN && area.height() >= ALONG * finished.height() {
            uprights
                .iter()
                .find(|(_, _, x)| near((a0 + a1) / 2.0, *x))
                .map(|(trim, name, _)| (*trim, name))
        } else if area.height() <= THIN && area.width() >= ALONG * finished.width() {
            levels
                .iter()
                .find(|(_, _, y)| near((b0 + b1) / 2.0, *y))
                .map(|(trim, name, _)| (*trim, name))
        } else if !stroked {
            None
        } else {
            let same = |r: Rect| {
                let [c0, d0, c1, d1] = r.to_f64();
                [(a0, c0), (b0, d0), (a1, c1), (b1, d1)]
                    .into_iter()
                    .all(|(p, q)| near(p, q))
            };
            frames
                .iter()
                .find(|(_, _, frame)| same(*frame))
                .map(|(trim, name, _)| (*trim, name))
        };
        if let Some((trim, name)) = guide {
            if trim {
                on_trim.insert(name);
            } else {
                on_others.insert(name.clone());
            }
            places.push(Place {
                page: wrap.page.number,
                area: Some(area),
                what: format!("a line on the {name}"),
            });
        }
    }
    let kinds = on_trim.len() + on_others.len();
    let sides = ["left trim", "top trim", "right trim", "bottom trim"];
    let framed = sides.iter().all(|side| on_trim.contains(side));
    // The four sides of the trim are one frame.
    let different = if framed { kinds - 3 } else { kinds };
    let sure = (!on_trim.is_empty() && !on_others.is_empty() && kinds >= 3) || different >= 4;
    let panels = ["back panel", "front panel"];
    let likely =
        on_trim.contains("trim") || framed || panels.iter().all(|panel| on_trim.contains(panel));
    Traces {
        places,
        kinds,
        sure,
        likely,
    }
}

#[cfg(test)]
mod tests {
    use super::without_measure;

    #[test]
    fn a_label_may_be_followed_by_its_size() {
        for (text, label) in [
            ("spine", "spine"),
            (
                "front cover 6.000\" x 9.000\" (152.4mm x 228.6mm)",
                "front cover",
            ),
            ("spine width: 0.450 in", "spine width"),
            ("trim in", "trim"),
            ("begin", "begin"),
            ("the spine of the world", "the spine of the world"),
        ] {
            assert_eq!(without_measure(text), label);
        }
    }
}

//! Something in the place where the platform prints its own bar code.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Art, Code, CodeKind};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::rules::scan;
use crate::rules::{Context, Meta, Need, Rule, words};

/// What is no plain ground.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Steps of grey, of 255, that vary within an eighth of an inch where a picture shows something.
    picture_varies: u8,
    /// The share of the box in which it may.
    picture_share: f64,
}

/// Modules around bars in which their digits and their white box are.
const ROOM: f64 = 15.0;
/// Edges that touch are no overlap, in points.
const SLACK: f64 = 0.4;

pub(super) struct BarcodeAreaObstructed;

impl Rule for BarcodeAreaObstructed {
    const META: Meta = Meta {
        id: "barcode-area-obstructed",
        title: "something is in the bar code's place",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Codes, Need::Marks, Need::Relief],
        why: "Where a cover has no bar code of its own, the platform prints one in a white box on the back. What lies there is \
              covered, and text or pictures there have covers refused.",
        fix: "Keep the box clear of text and pictures, or place the bar code of your own ISBN there and say so.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let cover = cx.cover()?;
        // A code that cannot be read is there all the same; its own rule reports it.
        if !scan::isbns(cover).is_empty() || !scan::unread(cover, CodeKind::Ean13).is_empty() {
            return Err(Skip::NotApplicable(
                "the cover has a bar code of its own".to_owned(),
            ));
        }
        let wrap = cx.wrap()?;
        let Some(area) = wrap.barcode() else {
            return Err(Skip::NotApplicable(
                "the platform's bar code has no fixed place".to_owned(),
            ));
        };
        let inner = area.inflate(-SLACK);
        let place = |area: Rect, what: String| Place {
            page: wrap.page.number,
            area: Some(area),
            what,
        };
        let mut findings = Vec::new();
        // A code with its digits and box is one cause; a QR code has a rule of its own.
        let around = |c: &Code| {
            let room = if c.kind == CodeKind::Qr { 1.0 } else { ROOM };
            c.area.inflate(room * c.module_pt())
        };
        let codes: Vec<Rect> = cover.codes.iter().map(around).collect();
        let told = |a: &Rect| codes.iter().any(|code| code.contains(*a, 0.0));
        let others = cover
            .codes
            .iter()
            .filter(|c| c.kind != CodeKind::Qr && c.area.overlaps(inner));
        let others: Vec<Place> = others.map(scan::place).collect();
        if !others.is_empty() {
            let message = "a bar code that is no ISBN stands where the platform prints its own";
            findings.push(Finding::about(Part::Cover, message).at_places(others));
        }
        let text: Vec<Place> = wrap
            .text()
            .filter(|run| run.area.overlaps(inner) && !told(&run.area))
            .map(|run| place(run.area, words::text(wrap.document, run, None)))
            .collect();
        if !text.is_empty() {
            findings.push(
                Finding::about(
                    Part::Cover,
                    "text stands where the platform prints its bar code",
                )
                .at_places(text),
            );
        }
        // What covers the whole box is a ground; what begins or ends in it shows.
        let shows = |a: &Rect| a.overlaps(inner) && !a.contains(inner, 0.0) && !told(a);
        let drawn: Vec<Place> = wrap
            .page
            .art
            .iter()
            .filter(|a: &&Art| shows(&a.area))
            .map(|a| place(a.area, "drawn art".to_owned()))
            .collect();
        let pictures: Vec<Place> = wrap
            .page
            .images
            .iter()
            .filter(|i| i.visible && !i.is_flat_fill() && i.area.overlaps(inner) && !told(&i.area))
            .map(|i| place(i.area, words::image(i)))
            .collect();
        // The picture's grey values show whether it has detail there; a plain one is a ground.
        let lively = match &wrap.page.texture {
            Some(texture) => texture.lively(inner, limits.picture_varies) > limits.picture_share,
            None => pictures.iter().any(|p| p.area.is_some_and(|a| shows(&a))),
        };
        if !pictures.is_empty() && lively {
            let message = "a picture shows something where the platform prints its bar code";
            findings.push(
                Finding::about(Part::Cover, message)
                    .at(Level::Warning)
                    .at_places(pictures),
            );
        } else if !drawn.is_empty() {
            let message = "drawn art lies where the platform prints its bar code";
            findings.push(
                Finding::about(Part::Cover, message)
                    .at(Level::Warning)
                    .at_places(drawn),
            );
        }
        Ok(Inspection::looked(1, findings))
    }
}

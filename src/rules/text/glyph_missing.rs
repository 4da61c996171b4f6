//! Boxes in place of characters the font has not.

use crate::model::facts::TextRun;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GlyphMissing;

impl Rule for GlyphMissing {
    const META: Meta = Meta {
        id: "glyph-missing",
        title: "characters print as boxes because their font lacks them",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Where a font has no glyph for a character, it prints an empty or crossed box. Accented letters, dashes, \
              other scripts and symbols are the usual victims.",
        fix: "Set the character in a font that has it, or replace it, and export again.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let (mut boxes, mut places) = (0, Vec::new());
            let mut fonts: Vec<&str> = Vec::new();
            for page in &file.pages {
                for run in cx.text(part, page) {
                    looked += 1;
                    let Some(missing) = run.missing else { continue };
                    boxes += usize::try_from(missing.count).unwrap_or(usize::MAX);
                    fonts.push(file.font_name(run.font));
                    places.push(Place {
                        page: page.number,
                        area: Some(missing.area),
                        what: what(run, missing.count, &words::text(file, run, None)),
                    });
                }
            }
            if boxes > 0 {
                let fonts = words::some_of(fonts.into_iter().map(str::to_owned), 4);
                let message = format!(
                    "{} in the {}, missing from {fonts}",
                    words::count(
                        boxes,
                        "character prints as a box",
                        "characters print as boxes"
                    ),
                    part.word()
                );
                findings.push(Finding::about(part, message).at_places(places));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// `a box in text "..." in Garamond 11 pt`.
fn what(run: &TextRun, count: u32, text: &str) -> String {
    let boxes = if count == 1 {
        "a box".to_owned()
    } else {
        format!("{count} boxes")
    };
    if run.text.trim().is_empty() {
        format!("{boxes}: {text}")
    } else {
        format!("{boxes} in {text}")
    }
}

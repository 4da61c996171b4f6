//! Text in fonts whose glyphs are pictures or drawings.

use crate::model::facts::FontKind;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct FontType3;

impl Rule for FontType3 {
    const META: Meta = Meta {
        id: "font-type3",
        title: "fonts are drawn or bitmaps (Type 3)",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Type 3 glyphs are often bitmaps made for one resolution: they print thick, thin or in steps, and some \
              printers refuse them.",
        fix: "Use an outline font (OpenType, TrueType or Type 1) for this text.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += file.fonts.len();
            let drawn: Vec<_> = file
                .fonts
                .iter()
                .filter(|f| f.kind == FontKind::Type3 && !f.pages.is_empty())
                .collect();
            if !drawn.is_empty() {
                let mut names: Vec<&str> = drawn.iter().map(|f| f.name.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                let message = format!(
                    "{} made of drawings or pixels instead of outlines (Type 3): {}",
                    words::count(drawn.len(), "font is", "fonts are"),
                    names.join(", ")
                );
                let pages = drawn.iter().flat_map(|f| f.pages.iter().copied());
                findings.push(Finding::about(part, message).on_pages(pages));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

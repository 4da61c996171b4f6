//! Text in fonts that are not in the file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Document, Font, Visibility};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct FontNotEmbedded;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// How bad it is of text that cannot be seen: a note unless a standard asks for those fonts as well.
    #[serde(default = "note")]
    unseen: Level,
}

fn note() -> Level {
    Level::Note
}

impl Rule for FontNotEmbedded {
    const META: Meta = Meta {
        id: "font-not-embedded",
        title: "fonts are not embedded",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Without the font in the file the printer sets your text in another one: letters change, lines run into \
              the margin, or boxes appear. That goes for Helvetica, Times and Courier as well.",
        fix: "Export again with all fonts embedded (subsets will do).",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += file.fonts.len();
            let missing = || file.fonts.iter().enumerate().filter(|(_, f)| !f.embedded);
            let seen: Vec<_> = missing().filter(|(_, f)| !f.pages.is_empty()).collect();
            let unseen: Vec<_> = missing()
                .filter(|(_, f)| f.pages.is_empty() && !f.unseen_pages.is_empty())
                .collect();
            if !seen.is_empty() {
                let message = format!("{} not embedded: {}", fonts(seen.len()), names(&seen));
                let places = seen.iter().map(|(i, _)| first_place(file, *i, true));
                let pages = seen.iter().flat_map(|(_, f)| f.pages.iter().copied());
                findings.push(
                    Finding::about(part, message)
                        .at_places(places.flatten().collect())
                        .on_pages(pages),
                );
            }
            if !unseen.is_empty() {
                let message = format!(
                    "{} not embedded, but used only for text that cannot be seen: {}",
                    fonts(unseen.len()),
                    names(&unseen)
                );
                let pages = unseen
                    .iter()
                    .flat_map(|(_, f)| f.unseen_pages.iter().copied());
                findings.push(
                    Finding::about(part, message)
                        .at(limits.unseen)
                        .on_pages(pages),
                );
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn fonts(n: usize) -> String {
    words::count(n, "font is", "fonts are")
}

fn names(fonts: &[(usize, &Font)]) -> String {
    let mut names: Vec<&str> = fonts.iter().map(|(_, f)| f.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// Where the font is first seen.
fn first_place(file: &Document, font: usize, visible: bool) -> Option<Place> {
    file.pages.iter().find_map(|page| {
        let run = page.text.iter().find(|r| {
            usize::try_from(r.font) == Ok(font) && (!visible || r.visibility == Visibility::Visible)
        })?;
        Some(Place {
            page: page.number,
            area: Some(run.area),
            what: words::text(file, run, None),
        })
    })
}

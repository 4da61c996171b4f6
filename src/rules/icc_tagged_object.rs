//! Objects that carry a colour profile of their own.

use super::paint::{self, Used};
use super::{Context, Meta, Need, NoLimits, Rule};
use crate::finding::{Finding, Level, Outcome, Part};

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "icc-tagged-object",
        title: "objects carry a colour profile of their own",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "A profile on an object makes the press recompute its ink: 100 % black turns into a dark grey of four inks, and \
              text looks soft.",
        fix: "Export without profiles on objects. The one profile of the output intent, which PDF/X asks for, is no fault.",
        fix_in: &[
            ("indesign", "In InDesign export with Output > Profile Inclusion Policy: Don't Include Profiles, or as PDF/X-1a:2001."),
            ("illustrator", "In Illustrator save with Output > Profile Inclusion Policy: Don't Include Profiles."),
            ("affinity", "In Affinity export with Embed ICC profile off, or as PDF/X-1a:2003."),
            ("photoshop", "In Photoshop save with Color: ICC Profile cleared."),
            ("scribus", "In Scribus export without Use Custom Rendering Settings and with profiles off under Color."),
            ("latex", "In LaTeX remove profiles from pictures before including them (for instance with: exiftool -icc_profile= picture.jpg)."),
            ("typst", "In Typst remove the profiles of pictures before including them."),
            ("quartz", "macOS tags every colour: make the PDF with the layout program's own export instead of the print dialogue."),
            ("chrome", "Browsers tag pictures: convert the PDF afterwards."),
        ],
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in at.files()? {
            let mut found: Vec<Used<'_>> = Vec::new();
            for used in paint::used(file) {
                looked += 1;
                if used.colour.space.is_icc() && !used.colour.is_white() {
                    found.push(used);
                }
            }
            if found.is_empty() {
                continue;
            }
            let mut names: Vec<&str> = found
                .iter()
                .filter_map(|u| u.colour.profile.as_deref())
                .collect();
            names.sort_unstable();
            names.dedup();
            let named = if names.is_empty() {
                String::new()
            } else {
                format!(": {}", paint::list(&names))
            };
            let message = format!(
                "{} with an ICC profile on {}{named}",
                paint::kinds(&found),
                paint::pages(&found)
            );
            findings.push(Finding::about(part, message).at_places(paint::places(file, &found)));
        }
        Ok(Outcome::looked(looked, findings))
    }
}

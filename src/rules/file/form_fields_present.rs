//! Forms to be filled in on a screen.

use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct FormFieldsPresent;

impl Rule for FormFieldsPresent {
    const META: Meta = Meta {
        id: "form-fields-present",
        title: "the file is a form to be filled in",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Fields are drawn by the reader, not by the page: boxes, buttons and what was typed into them may print, \
              move or vanish. An XFA form has pages of its own that printers' software cannot see at all.",
        fix: "Flatten the form: print it to a new PDF, or take the fields out and draw the boxes and lines instead.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let looked = files.len();
        let mut findings = Vec::new();
        for (part, file) in files {
            let mut places = Vec::new();
            for page in &file.pages {
                let fields = page.annotations.iter().filter(|note| note.kind == "Widget");
                places.extend(fields.map(|note| Place {
                    page: page.number,
                    area: note.area,
                    what: "a form field".to_owned(),
                }));
            }
            // Fields that hang on no page are fields, too, and so are those the form forgot to list.
            let listed = file.structure.form.as_ref().map_or(0, |form| form.fields);
            let fields = usize::try_from(listed)
                .unwrap_or(usize::MAX)
                .max(places.len().min(1));
            let xfa = file.structure.form.as_ref().is_some_and(|form| form.xfa);
            let what = match (fields, xfa) {
                (0, false) => continue,
                (0, true) => "an XFA form".to_owned(),
                (n, false) => words::count(n, "form field", "form fields"),
                (n, true) => format!(
                    "{} and an XFA form",
                    words::count(n, "form field", "form fields")
                ),
            };
            let message = format!("{what} in the {}", part.word());
            findings.push(Finding::about(part, message).at_places(places));
        }
        Ok(Inspection {
            at: looked,
            findings,
            gaps: cx.skeleton_gaps(),
        })
    }
}

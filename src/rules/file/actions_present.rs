//! JavaScript and other actions (ISO 32000, 12.6).

use std::collections::BTreeMap;

use crate::model::facts::Action;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct ActionsPresent;

impl Rule for ActionsPresent {
    const META: Meta = Meta {
        id: "actions-present",
        title: "scripts or other actions are in the file",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Scripts, programs to be launched and forms to be sent mean nothing on paper. Printers' software refuses \
              files that carry them, as a precaution against malware and because they may change what is shown.",
        fix: "Export for print rather than as an interactive PDF; in Acrobat, Optimised PDF > Discard Objects removes \
              JavaScript and actions.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            looked += 1 + file.pages.len();
            let actions = &file.structure.actions;
            if actions.is_empty() {
                continue;
            }
            let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
            for action in actions {
                *kinds.entry(kind(&action.kind)).or_default() += 1;
            }
            let list: Vec<String> = kinds
                .iter()
                .map(|(kind, n)| words::count(*n, kind, &plural(kind)))
                .collect();
            let whens = words::some_of(actions.iter().map(when), 4);
            let message = format!(
                "{} in the {}, set off {whens}",
                list.join(", "),
                part.word()
            );
            let places = actions.iter().filter_map(|action| {
                Some(Place {
                    page: action.page?,
                    area: action.area,
                    what: words_of(action),
                })
            });
            findings.push(Finding::about(part, message).at_places(places.collect()));
        }
        Ok(Inspection {
            at: looked,
            findings,
            gaps: cx.skeleton_gaps(),
        })
    }
}

/// `a script set off when the file is opened`.
fn words_of(action: &Action) -> String {
    let kind = kind(&action.kind);
    let article = if kind.starts_with('a') { "an" } else { "a" };
    format!("{article} {kind} set off {}", when(action))
}

/// What sets an action off.
fn when(action: &Action) -> String {
    match action.when.as_str() {
        "opening the file" => "when the file is opened".to_owned(),
        "an event of the file" => "when the file is printed, saved or closed".to_owned(),
        "the page" => "when the page is shown".to_owned(),
        "a Widget annotation" => "when a form field is used".to_owned(),
        "a Link annotation" => "when a link is clicked".to_owned(),
        other => format!("by {other}"),
    }
}

/// `launches of a program`, `scripts`.
fn plural(kind: &str) -> String {
    match kind.split_once(" of ") {
        Some(("launch", what)) => format!("launches of {what}"),
        Some((one, what)) => format!("{one}s of {what}"),
        None => format!("{kind}s"),
    }
}

/// The kinds people know.
fn kind(subtype: &str) -> &'static str {
    match subtype {
        "JavaScript" => "script",
        "Launch" => "launch of a program",
        "SubmitForm" => "form submission",
        "ResetForm" | "ImportData" => "form action",
        "Rendition" | "Movie" | "Sound" | "RichMediaExecute" => "media action",
        "SetOCGState" | "Hide" => "change of what is shown",
        _ => "action",
    }
}

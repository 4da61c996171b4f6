//! Settings for the press in a file (transfer functions, halftones, OPI, alternate images): they change what prints, and
//! viewers do not show it.

use crate::model::facts::{Document, Page, Setting};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule, words};

pub(super) struct PressSettingsPresent;

/// Every setting, worst first.
const SETTINGS: [Setting; 8] = [
    Setting::TransferFunction,
    Setting::AlternateForPrint,
    Setting::Opi,
    Setting::PostScript,
    Setting::BlackGeneration,
    Setting::UndercolourRemoval,
    Setting::Halftone,
    Setting::Alternates,
];

impl Rule for PressSettingsPresent {
    const META: Meta = Meta {
        id: "press-settings-present",
        title: "the file brings settings of the press",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "A PDF can carry orders to the press beside its pages: how ink is darkened or lightened at the end, how RGB turns \
              into black, which screens dots are made by, which picture prints in the place of the one you see. Some presses \
              follow them, some do not, and on the screen nothing of it shows. The print standards forbid nearly all of them.",
        fix: "Export the file anew as PDF/X-1a, which allows none of them; a picture that stands in for another has to be replaced \
              by the full one first.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += file.pages.len();
            for setting in SETTINGS {
                let with = |page: &Page| {
                    let one = page.settings.iter().find(|s| s.setting == setting)?;
                    Some(Place {
                        page: page.number,
                        area: Some(one.area),
                        what: named(setting).to_owned(),
                    })
                };
                let places: Vec<Place> = file.pages.iter().filter_map(with).collect();
                if places.is_empty() {
                    continue;
                }
                let pages = words::pages(places.iter().map(|p| p.page));
                let idle = is_conversion(setting) && !converts(file, &places);
                let consequence = if idle {
                    "it changes nothing but RGB, and there is none"
                } else {
                    consequence(setting)
                };
                let message = format!("{} on {pages}: {consequence}", named(setting));
                let level = if idle { Level::Note } else { level(setting) };
                findings.push(Finding::about(part, message).at(level).at_places(places));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// What it is, for people.
fn named(setting: Setting) -> &'static str {
    match setting {
        Setting::TransferFunction => "transfer functions",
        Setting::AlternateForPrint => "pictures with another one for print",
        Setting::Alternates => "pictures with others that may take their place",
        Setting::Opi => "stand-ins for pictures on an image server (OPI)",
        Setting::PostScript => "PostScript code",
        Setting::BlackGeneration => "a black generation of its own",
        Setting::UndercolourRemoval => "an undercolour removal of its own",
        Setting::Halftone => "halftone screens of its own",
    }
}

/// What it does to print.
fn consequence(setting: Setting) -> &'static str {
    match setting {
        Setting::TransferFunction => {
            "a press that follows them prints lighter or darker than the screen shows"
        }
        Setting::AlternateForPrint => "what prints is not the picture that the screen shows",
        Setting::Alternates => "programs choose for themselves which of them they show and print",
        Setting::Opi => "without that server the stand-ins print, often coarse",
        Setting::PostScript => {
            "a PostScript press runs it, all others leave it out, and no screen shows it"
        }
        Setting::BlackGeneration => {
            "a press that follows it makes more or less black of RGB than the printer meant"
        }
        Setting::UndercolourRemoval => {
            "a press that follows it makes more or less colour of dark RGB than the printer meant"
        }
        Setting::Halftone => {
            "a press that follows them prints with other dots than its own, which may show as a pattern"
        }
    }
}

/// How bad it is: what cannot change amounts of ink or what is seen is worth knowing.
fn level(setting: Setting) -> Level {
    match setting {
        Setting::Halftone | Setting::Alternates => Level::Note,
        _ => Level::Warning,
    }
}

/// Whether it controls the conversion of RGB to ink, and so has no effect without RGB.
fn is_conversion(setting: Setting) -> bool {
    matches!(
        setting,
        Setting::BlackGeneration | Setting::UndercolourRemoval
    )
}

/// Whether there is RGB on any of these pages, which the press has to turn into ink.
fn converts(file: &Document, places: &[Place]) -> bool {
    let there = |page: &&Page| places.iter().any(|p| p.page == page.number);
    file.pages.iter().filter(there).any(|page| {
        let mut colours = page.colours.iter().filter_map(|u| file.colour(u.colour));
        colours.any(|c| {
            c.space.is_rgb()
                || c.parts
                    .iter()
                    .any(|p| file.colour(*p).is_some_and(|c| c.space.is_rgb()))
        })
    })
}

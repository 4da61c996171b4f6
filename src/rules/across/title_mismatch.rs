//! Another title or author in the book than entered at the platform.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::across::metadata::{BookMetadata, Name, Of, TitleScan, Wrong};
use crate::rules::across::title_inside;
use crate::rules::across::title_outside;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};
use crate::wording::{Authors, Folded, Title};

pub(super) struct TitleMismatch;

impl Rule for TitleMismatch {
    const META: Meta = Meta {
        id: "title-mismatch",
        title: "title or author differ from what the platform was told",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Relief],
        why: "Title, subtitle and author on the title page, on the copyright page, in running heads, on the cover and on the spine \
              have to be those entered for the book; reviewers look, and refuse books in which they differ. Letter case, accents, \
              punctuation, line breaks, initials and a subtitle left away make no difference. Lettering in pictures or turned into \
              outlines cannot be read and is reported as not checked.",
        fix: "Correct the title page, heads, cover or spine, or what you enter at the platform, so that all say the same.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let listed = BookMetadata {
            title: cx.resolved.title.as_deref().and_then(Title::of),
            authors: cx.resolved.author.as_deref().and_then(Authors::of),
        };
        if listed.title.is_none() && listed.authors.is_none() {
            return Err(Skip::NotApplicable(
                "neither title nor author was told; tell them with --title and --author".to_owned(),
            ));
        }
        cx.files()?;
        let inside = cx
            .interior()
            .ok()
            .map(|file| title_inside::look(file, &listed));
        let outside = title_outside::look(cx, &listed, inside.as_ref().map(|seen| &seen.said)).ok();
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        let mut looked = 0;
        for (part, seen) in [(Part::Interior, &inside), (Part::Cover, &outside)] {
            let Some(seen) = seen else {
                continue;
            };
            findings.extend(finding(
                part,
                Of::Title,
                listed.title.as_ref().map(|t| t.told.as_str()),
                seen,
            ));
            findings.extend(finding(
                part,
                Of::Author,
                listed.authors.as_ref().map(|a| a.told.as_str()),
                seen,
            ));
            if let Some(title) = listed.title.as_ref().filter(|_| seen.no_title) {
                let message = format!(
                    "the front cover shows no title; the title told is \"{}\"",
                    title.told
                );
                findings.push(Finding::about(part, message).at(Level::Warning));
            }
            gaps.extend(seen.gaps.iter().cloned());
            looked += seen.looked;
        }
        if let Some(authors) = &listed.authors {
            let all = [&inside, &outside];
            let (found, finding) = nobody(
                (&listed, authors),
                &all.map(Option::as_ref),
                !gaps.is_empty(),
            );
            looked += usize::from(found);
            let other = if found && finding.is_none() {
                inside
                    .as_ref()
                    .and_then(|inside| another_name((&listed, authors), inside))
            } else {
                None
            };
            findings.extend(finding.or(other));
        }
        if looked == 0 && findings.is_empty() && gaps.is_empty() {
            let why = "no title page and no cover with text was found to hold the title against";
            return Err(Skip::NotApplicable(why.to_owned()));
        }
        Ok(Inspection {
            at: looked,
            findings,
            gaps,
        })
    }
}

/// All that a file shows and should not, as one finding.
fn finding(part: Part, of: Of, listed: Option<&str>, seen: &TitleScan) -> Option<Finding> {
    let wrong: Vec<&Wrong> = seen.wrong.iter().filter(|w| w.of == of).collect();
    wrong.first()?;
    let mut shown: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in &wrong {
        match shown
            .iter_mut()
            .find(|(text, _)| Folded::of(text).is(&Folded::of(&one.shown)))
        {
            Some((_, at)) if at.contains(&one.at.as_str()) => {}
            Some((_, at)) => at.push(&one.at),
            None => shown.push((&one.shown, vec![&one.at])),
        }
    }
    let shown: Vec<String> = shown
        .iter()
        .map(|(text, at)| format!("\"{text}\" {}", crate::rules::paint::list(at)))
        .collect();
    let what = match of {
        Of::Title => "title",
        Of::Author => "author",
    };
    let message = format!(
        "the {what} shown is {}; the {what} told is \"{}\"",
        shown.join(", "),
        listed.unwrap_or_default()
    );
    let places = wrong.iter().map(|w| w.place.clone()).collect();
    let finding = Finding::about(part, message).at_places(places);
    // The surest of them decides.
    let unsure = wrong.iter().all(|w| w.level.is_some());
    Some(
        match wrong
            .iter()
            .filter_map(|w| w.level)
            .min()
            .filter(|_| unsure)
        {
            Some(level) => finding.at(level),
            None => finding,
        },
    )
}

/// Another name beside the title in an interior whose first pages do not name the stated author.
fn another_name(
    (listed, authors): (&BookMetadata, &Authors),
    inside: &TitleScan,
) -> Option<Finding> {
    let named = authors.any_in(&inside.said)
        || inside
            .lines
            .iter()
            .any(|l| authors.any_in(l) || authors.is(l));
    let wrong = inside.wrong.iter().any(|w| w.of == Of::Author);
    if named || wrong || inside.said.is_empty() {
        return None;
    }
    let is_title = |name: &Folded| {
        listed
            .title
            .iter()
            .flat_map(Title::forms)
            .any(|t| t.holds(name))
    };
    let other = inside
        .names
        .iter()
        .find(|n| n.sure && !is_title(&Folded::of(&n.name)))?;
    let message = format!(
        "\"{}\" stands {}; the author told, \"{}\", is not named there",
        other.name,
        other.at,
        crate::rules::across::metadata::short(&authors.told),
    );
    Some(
        Finding::about(Part::Interior, message)
            .at(Level::Warning)
            .at_places(vec![other.place.clone()]),
    )
}

/// Whether the author is named anywhere, and the finding if not.
fn nobody(
    (listed, authors): (&BookMetadata, &Authors),
    seen: &[Option<&TitleScan>; 2],
    gaps: bool,
) -> (bool, Option<Finding>) {
    let mut said = Folded::default();
    for seen in seen.iter().flatten() {
        said.append(&seen.said);
    }
    let is_wrong = seen
        .iter()
        .flatten()
        .any(|s| s.wrong.iter().any(|w| w.of == Of::Author));
    let lines = || seen.iter().flatten().flat_map(|s| &s.lines);
    if is_wrong || authors.are_in(&said) || lines().any(|line| authors.are_in(line)) {
        return (true, None);
    }
    let some = authors.any_in(&said) || lines().any(|line| authors.any_in(line));
    // A surname alone, in large letters, will do where only a surname is stated.
    if !some && lines().any(|line| authors.is(line)) {
        return (true, None);
    }
    let looked = seen
        .iter()
        .flatten()
        .any(|s| s.looked > 0 || !s.wrong.is_empty() || !s.names.is_empty());
    if gaps || said.is_empty() || !looked {
        return (false, None);
    }
    let part = if seen.iter().last().is_some_and(Option::is_some) {
        Part::Cover
    } else {
        Part::Interior
    };
    if some {
        let message = format!(
            "not all authors told are named in the book: \"{}\"",
            crate::rules::across::metadata::short(&authors.told)
        );
        return (true, Some(Finding::about(part, message).at(Level::Warning)));
    }
    // Another name: the one on the cover, or the one in two places.
    let files: Vec<(Part, &TitleScan)> = [Part::Interior, Part::Cover]
        .into_iter()
        .zip(seen.iter())
        .filter_map(|(p, s)| Some((p, (*s)?)))
        .collect();
    let titles: Vec<Folded> = files
        .iter()
        .flat_map(|(_, s)| &s.wrong)
        .map(|w| Folded::of(&w.shown))
        .collect();
    let names: Vec<(Part, &Name)> = files
        .iter()
        .flat_map(|(part, s)| s.names.iter().map(move |n| (*part, n)))
        .filter(|(_, n)| !titles.iter().any(|t| t.holds(&Folded::of(&n.name))))
        // A line of the title is no name.
        .filter(|(_, n)| {
            !listed
                .title
                .iter()
                .flat_map(Title::forms)
                .any(|t| t.holds(&Folded::of(&n.name)))
        })
        .collect();
    let twice = |name: &str| {
        names
            .iter()
            .filter(|(_, n)| Folded::of(&n.name).is(&Folded::of(name)))
            .count()
            > 1
    };
    let other = names
        .iter()
        .find(|(_, n)| twice(&n.name))
        .or_else(|| names.iter().find(|(_, n)| n.sure));
    let shown = crate::rules::across::metadata::short(&authors.told);
    let finding = match other {
        Some((part, one)) => {
            let message = format!(
                "the author told, \"{shown}\", is named nowhere; \"{}\" stands {}",
                one.name, one.at
            );
            Finding::about(*part, message).at_places(vec![one.place.clone()])
        }
        None => {
            let inside = files.iter().any(|(p, _)| *p == Part::Interior);
            let outside = files.iter().any(|(p, _)| *p == Part::Cover);
            let place = match (inside, outside) {
                (true, true) => "neither on the title and copyright pages nor on the cover",
                (true, false) => "nowhere on the title and copyright pages",
                _ => "nowhere on the cover",
            };
            let message = format!("the author told, \"{shown}\", is named {place}");
            Finding::about(part, message).at(Level::Warning)
        }
    };
    (true, Some(finding))
}

//! One ISBN for a paperback and a hardcover of the same title.

use crate::isbn;
use crate::model::facts::CodeKind;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::job::Binding;
use crate::resolve::ResolvedJob;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct IsbnSharedAcrossFormats;

impl Rule for IsbnSharedAcrossFormats {
    const META: Meta = Meta {
        id: "isbn-shared-across-formats",
        title: "a paperback and a hardcover have one ISBN",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Codes],
        why: "An ISBN names one format. A shop that orders by it must get the paperback or the hardcover, not either; platforms \
              refuse the second format.",
        fix: "Give each format an ISBN of its own, with a bar code of its own, and list both on the copyright page.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let own = numbers(cx.resolved);
        let soft = |resolved: &ResolvedJob<'_>| resolved.profile.binding == Binding::Paperback;
        let others: Vec<&ResolvedJob<'_>> = cx
            .peers
            .iter()
            .filter(|p| soft(p) != soft(cx.resolved))
            .collect();
        if own.is_empty() || others.is_empty() {
            let why = "only one format was asked for, or its ISBN is not known; ask for a paperback and a hardcover together";
            return Err(Skip::NotApplicable(why.to_owned()));
        }
        let shared = others.iter().find_map(|other| {
            let theirs = numbers(other);
            let shared = own.iter().find(|isbn| theirs.contains(isbn))?;
            Some((shared.clone(), *other))
        });
        let finding = shared.map(|(isbn, other)| {
            let message = format!(
                "{} and {} both have ISBN {isbn}",
                cx.resolved.profile.title, other.profile.title
            );
            Finding::about(Part::Cover, message)
        });
        Ok(Inspection::looked(
            others.len(),
            finding.into_iter().collect(),
        ))
    }
}

/// The ISBNs of one edition: stated, and on its cover.
fn numbers(resolved: &ResolvedJob<'_>) -> Vec<String> {
    let told = resolved.isbn.as_deref().and_then(isbn::normalize);
    let bars = resolved
        .cover_codes
        .iter()
        .filter(|(kind, _)| *kind == CodeKind::Ean13);
    let mut all: Vec<String> = bars
        .map(|(_, digits)| digits.clone())
        .filter(|d| isbn::thirteen(d).is_some())
        .collect();
    all.extend(told);
    all
}

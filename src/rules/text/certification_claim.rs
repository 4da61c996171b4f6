//! Claims that the paper's wood is certified.

use std::sync::LazyLock;

use crate::model::facts::Evidence;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::phrases::{Phrases, Script};
use crate::rules::text::manufacturing_statement::statements;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct CertificationClaim;

impl Rule for CertificationClaim {
    const META: Meta = Meta {
        id: "certification-claim",
        title: "the book claims that its paper is certified",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "FSC, SFI and PEFC claims may only be made by the certified printer of that copy, with its own licence \
              number. One in your file names paper your copies may not be printed on.",
        fix: "Delete the claim and the logo. Where the paper is certified, the printer says so itself.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            let (pages, places, first) = statements(part, file, claims);
            looked += pages;
            if let Some(first) = first {
                let message = format!("the {} claims certified paper: {first}", part.word());
                findings.push(Finding::about(part, message).at_places(places));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::of(include_str!("../../phrases/certificates.toml")));

/// Where the words of a page claim it.
fn claims(script: &Script<'_>) -> Vec<usize> {
    let finds = PHRASES.find(script).into_iter();
    finds
        .filter(|find| match find.evidence {
            // Three letters are a claim with a licence number behind them: `FSC C012345`.
            Evidence::Opens => is_licence(script.word(find.at.end)),
            _ => true,
        })
        .map(|find| find.at.start)
        .collect()
}

fn is_licence(word: &str) -> bool {
    word.strip_prefix('c')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_told_from_letters() {
        let claims = |text: &str| !claims(&Script::of_text(text)).is_empty();
        assert!(claims("Printed on FSC certified paper"));
        assert!(claims("FSC® C012345"));
        assert!(claims("PEFC/16-33-254"));
        assert!(claims("Sustainable Forestry Initiative"));
        assert!(!claims("FSC, the Faculty of Science and Culture"));
        assert_eq!(PHRASES.count(), 16);
    }
}

//! Where the hyphens of an ISBN stand, from the ranges its agency gives out; data, with its date.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The ranges that ship.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranges {
    /// What the source is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// The day its data is of.
    pub checked: String,
    /// Registration groups after 978 and 979, as `from-to`.
    groups: BTreeMap<String, Vec<String>>,
    /// Registrants of groups whose ranges are known.
    registrants: BTreeMap<String, Vec<String>>,
}

/// What the ranges say about an ISBN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parts {
    /// All its parts are known.
    Whole(String),
    /// Its group is known, of its registrants nothing: the beginning, with its hyphens.
    Group(String),
    /// It lies in no range: of groups, or of the registrants of this group.
    Unassigned,
}

static SHIPPED: LazyLock<Ranges> = LazyLock::new(|| {
    // A test reads it; a file that ships cannot be wrong.
    toml::from_str(include_str!("../../templates/isbn-ranges.toml")).unwrap_or_default()
});

impl Ranges {
    /// The ranges that ship.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Divides thirteen digits.
    pub fn parts(&self, digits: &str) -> Parts {
        let (Some(prefix), Some(rest), Some(check)) =
            (digits.get(..3), digits.get(3..12), digits.get(12..))
        else {
            return Parts::Unassigned;
        };
        let Some(group) = self
            .groups
            .get(prefix)
            .and_then(|ranges| within(ranges, rest))
        else {
            return Parts::Unassigned;
        };
        let begins = format!("{prefix}-{group}");
        let rest = rest.get(group.len()..).unwrap_or_default();
        let Some(ranges) = self.registrants.get(&begins) else {
            return Parts::Group(begins);
        };
        match within(ranges, rest) {
            Some(registrant) => {
                let title = rest.get(registrant.len()..).unwrap_or_default();
                Parts::Whole(format!("{begins}-{registrant}-{title}-{check}"))
            }
            None => Parts::Unassigned,
        }
    }
}

/// The beginning of digits that lies in one of the ranges.
fn within<'d>(ranges: &[String], digits: &'d str) -> Option<&'d str> {
    ranges.iter().find_map(|range| {
        let (from, to) = range.split_once('-')?;
        let begins = digits.get(..from.len())?;
        (from <= begins && begins <= to).then_some(begins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isbns_are_divided_as_the_agency_does() {
        let parts = |digits| Ranges::shipped().parts(digits);
        let whole = |text: &str| Parts::Whole(text.to_owned());
        assert_eq!(parts("9780306406157"), whole("978-0-306-40615-7"));
        assert_eq!(parts("9780330289870"), whole("978-0-330-28987-0"));
        assert_eq!(parts("9798886451740"), whole("979-8-88645-174-0"));
        assert_eq!(parts("9781556156786"), Parts::Group("978-1".to_owned()));
        assert_eq!(parts("9783950000009"), Parts::Group("978-3".to_owned()));
        assert_eq!(parts("9786990000000"), Parts::Unassigned);
        assert_eq!(parts("9798100000000"), Parts::Unassigned);
        assert_eq!(Ranges::shipped().checked, "2026-01-04");
    }
}

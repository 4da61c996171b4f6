//! Hyphenates an ISBN by the range message of the International ISBN Agency; data, with its date.

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
    /// The number the source gives that state of its data.
    pub serial: String,
    /// Registration groups after a prefix, as `from-to` with spaces between.
    prefixes: BTreeMap<String, String>,
    /// Each group of 978: who it is, then its registrants as `from-to`.
    #[serde(rename = "978")]
    of_978: BTreeMap<String, Vec<String>>,
    /// Each group of 979.
    #[serde(rename = "979")]
    of_979: BTreeMap<String, Vec<String>>,
}

/// What the ranges say about an ISBN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parts<'r> {
    /// All its parts are known.
    Whole {
        /// With its hyphens.
        divided: String,
        /// Who its group is: a country, a language.
        group: &'r str,
    },
    /// It lies in no range of the registrants of its group.
    NoRegistrant {
        /// Its beginning, with its hyphen: `978-3`.
        begins: String,
        /// Who its group is.
        group: &'r str,
    },
    /// It lies in no range of groups.
    NoGroup,
}

/// Read when the first ISBN is there, which takes half a millisecond.
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
    pub fn parts(&self, digits: &str) -> Parts<'_> {
        self.divide(digits).unwrap_or(Parts::NoGroup)
    }

    fn divide(&self, digits: &str) -> Option<Parts<'_>> {
        let (prefix, check) = (digits.get(..3)?, digits.get(12..)?);
        let group = within(self.prefixes.get(prefix)?, digits.get(3..12)?)?;
        let groups = if prefix == "978" {
            &self.of_978
        } else {
            &self.of_979
        };
        let [name, registrants @ ..] = groups.get(group)?.as_slice() else {
            return None;
        };
        let begins = format!("{prefix}-{group}");
        let rest = digits.get(3 + group.len()..12)?;
        Some(
            match registrants.iter().find_map(|ranges| within(ranges, rest)) {
                Some(registrant) => {
                    let title = rest.get(registrant.len()..).unwrap_or_default();
                    Parts::Whole {
                        divided: format!("{begins}-{registrant}-{title}-{check}"),
                        group: name,
                    }
                }
                None => Parts::NoRegistrant {
                    begins,
                    group: name,
                },
            },
        )
    }
}

/// The beginning of digits that lies in one of the ranges.
fn within<'d>(ranges: &str, digits: &'d str) -> Option<&'d str> {
    ranges.split(' ').find_map(|range| {
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let begins = digits.get(..from.len())?;
        (from <= begins && begins <= to).then_some(begins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isbn::twin;

    fn whole(digits: &str) -> Option<String> {
        match Ranges::shipped().parts(digits) {
            Parts::Whole { divided, .. } => Some(divided),
            Parts::NoRegistrant { .. } | Parts::NoGroup => None,
        }
    }

    #[test]
    fn isbns_are_divided_as_the_agency_does() {
        for divided in [
            "978-0-306-40615-7",
            "978-0-330-28987-0",
            "978-1-55615-678-6",
            "979-8-88645-174-0",
            "978-2-07-036822-8",
            "978-3-16-148410-0",
            "978-4-10-109205-8",
            "978-5-699-12014-7",
            "978-600-119-125-1",
            "978-65-5560-001-8",
            "978-7-301-04815-3",
            "978-80-85983-44-9",
            "978-83-7469-999-0",
            "978-84-204-8274-3",
            "978-88-04-66823-7",
            "978-91-7000-150-5",
            "978-951-45-9693-3",
            "978-9927-00-020-1",
            "978-99916-2-046-6",
            "979-10-90636-07-1",
            "979-11-86178-14-0",
            "979-12-200-0852-5",
        ] {
            let digits = divided.replace('-', "");
            assert_eq!(whole(&digits).as_deref(), Some(divided));
        }
    }

    #[test]
    fn ranges_end_where_they_end() {
        let parts = |nine: &str| whole(&twin(nine).expect("nine digits"));
        let divided = |nine: &str, as_: &str| {
            assert!(
                parts(nine).is_some_and(|p| p.starts_with(as_)),
                "{nine}: {:?}",
                parts(nine)
            )
        };
        // 978-0: 00-19 and 200-227 meet; 2280-2289 comes next, then 229-368, 3690-3699 and 370-638.
        divided("019999999", "978-0-19-999999-");
        divided("020000000", "978-0-200-00000-");
        divided("022799999", "978-0-227-99999-");
        divided("022800000", "978-0-2280-0000-");
        divided("022899999", "978-0-2289-9999-");
        divided("022900000", "978-0-229-00000-");
        divided("036999999", "978-0-3699-9999-");
        divided("037000000", "978-0-370-00000-");
        divided("099999999", "978-0-9999999-9-");
        // 978-3: 9700000-9849999, 98500-99959, 9996-9999.
        divided("398499999", "978-3-9849999-9-");
        divided("398500000", "978-3-98500-000-");
        divided("399959999", "978-3-99959-999-");
        divided("399960000", "978-3-9996-0000-");
    }

    #[test]
    fn what_nobody_has_been_given_is_not_divided() {
        let ranges = Ranges::shipped();
        // Groups end at 649, at 65, at 94, at 989 and at 9989.
        assert_eq!(ranges.parts("9786990000000"), Parts::NoGroup);
        assert_eq!(ranges.parts("9786600000000"), Parts::NoGroup);
        assert!(matches!(ranges.parts("9786500000000"), Parts::Whole { .. }));
        assert_eq!(
            ranges.parts("9798100000000"),
            Parts::NoRegistrant {
                begins: "979-8".to_owned(),
                group: "United States"
            }
        );
        // Thailand gave back 611: the group is there, registrants are not.
        assert_eq!(
            ranges.parts("9786110000000"),
            Parts::NoRegistrant {
                begins: "978-611".to_owned(),
                group: "Thailand"
            }
        );
        for none in ["9790260000438", "4006381333931", "978", "", "ééééééé"] {
            assert_eq!(ranges.parts(none), Parts::NoGroup, "{none}");
        }
    }

    #[test]
    fn the_file_is_whole() {
        let ranges = Ranges::shipped();
        assert_eq!(ranges.checked, "2026-01-04");
        assert!(ranges.of_978.len() > 270 && ranges.of_979.len() > 4 && ranges.serial.len() == 36);
        for (prefix, groups) in [("978", &ranges.of_978), ("979", &ranges.of_979)] {
            for (group, lines) in groups {
                let known = ranges
                    .prefixes
                    .get(prefix)
                    .and_then(|all| within(all, &format!("{group}00000")).map(str::len));
                assert_eq!(known, Some(group.len()), "{prefix}-{group} is no group");
                assert!(
                    lines
                        .first()
                        .is_some_and(|name| name.starts_with(char::is_alphabetic)),
                    "{prefix}-{group} has no name"
                );
                // Every range is of one length, upwards, and leaves a digit for the title.
                for range in lines.iter().skip(1).flat_map(|line| line.split(' ')) {
                    let (from, to) = range.split_once('-').unwrap_or((range, range));
                    let digits = from.bytes().chain(to.bytes()).all(|b| b.is_ascii_digit());
                    let sound = digits
                        && from.len() == to.len()
                        && from <= to
                        && group.len() + from.len() < 9
                        && !from.is_empty();
                    assert!(sound, "{prefix}-{group}: {range}");
                }
            }
        }
    }
}

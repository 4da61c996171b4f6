//! Between which page counts a book is bound; either end may be unknown.

use schemars::JsonSchema;
use serde::Deserialize;

/// Fewest and most pages. An end without a source is written `"unknown"`: `[24, "unknown"]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(from = "[End; 2]")]
pub struct PageRange {
    /// The fewest, if known.
    pub fewest: Option<u32>,
    /// The most, if known.
    pub most: Option<u32>,
}

/// One end of a range.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a page count or \"unknown\" is expected")]
enum End {
    Pages(u32),
    Word(Word),
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Unknown,
}

impl From<[End; 2]> for PageRange {
    fn from(ends: [End; 2]) -> Self {
        let [fewest, most] = ends.map(|end| match end {
            End::Pages(n) => Some(n),
            End::Word(Word::Unknown) => None,
        });
        Self { fewest, most }
    }
}

impl PageRange {
    /// Both ends known.
    pub const fn known(fewest: u32, most: u32) -> Self {
        Self {
            fewest: Some(fewest),
            most: Some(most),
        }
    }

    /// Whether this count is beyond a known end.
    pub fn refuses(self, pages: u32) -> bool {
        self.fewest.is_some_and(|n| pages < n) || self.most.is_some_and(|n| pages > n)
    }

    /// The range to search for page counts in: what is unknown is filled in from `other`, then taken widely.
    pub fn or(self, other: Self) -> [u32; 2] {
        let fewest = self.fewest.or(other.fewest).unwrap_or(2);
        let most = self.most.or(other.most).unwrap_or(MOST_SEARCHED);
        [fewest, most.max(fewest)]
    }

    /// For people: `24-828 pages`, `24 pages or more`.
    pub fn words(self) -> String {
        match (self.fewest, self.most) {
            (Some(fewest), Some(most)) => format!("{fewest}-{most} pages"),
            (Some(fewest), None) => format!("{fewest} pages or more, how many is not known"),
            (None, Some(most)) => format!("up to {most} pages, how few is not known"),
            (None, None) => "page limits not known".to_owned(),
        }
    }
}

/// No press on record binds more.
const MOST_SEARCHED: u32 = 1_200;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Holder {
        pages: PageRange,
    }

    fn read(text: &str) -> Result<PageRange, toml::de::Error> {
        toml::from_str(text).map(|h: Holder| h.pages)
    }

    #[test]
    fn either_end_may_be_unknown() {
        assert_eq!(
            read("pages = [24, 828]").ok(),
            Some(PageRange::known(24, 828))
        );
        let open = read("pages = [24, 'unknown']").unwrap_or_default();
        assert_eq!((open.fewest, open.most), (Some(24), None));
        assert!(open.refuses(22) && !open.refuses(24) && !open.refuses(5000));
        assert_eq!(open.or(PageRange::known(18, 776)), [24, 776]);
        assert!(read("pages = [24, 'many']").is_err());
    }
}

//! Parses file names: interior or cover, platform, ISBN, and the template a cover was made on.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::batch::input::isbn;
use crate::model::finding::Part;
use crate::model::geometry::Direction;
use crate::model::job::Job;

const DATA: &str = include_str!("../../../templates/catalogues/names.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct NameVocabulary {
    interior: Vec<String>,
    cover: Vec<String>,
    first_interior: Vec<String>,
    first_cover: Vec<String>,
    joints: Vec<String>,
    versions: Vec<String>,
    platforms: BTreeMap<String, Vec<String>>,
    template: Template,
}

/// How a platform names its cover templates.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Template {
    platform: String,
    right_to_left: String,
    binding: BTreeMap<String, String>,
    ink: BTreeMap<String, String>,
    paper: BTreeMap<String, String>,
}

/// That the data parses is a test.
static WORDS: LazyLock<NameVocabulary> = LazyLock::new(|| toml::from_str(DATA).unwrap_or_default());

/// A file's name, understood as far as it goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::batch) struct Name {
    /// What files of one title have in common: the ISBN, or the name without the words understood.
    pub(in crate::batch) key: String,
    /// The part that the name states.
    pub(in crate::batch) part: Option<Part>,
    /// The platform that the name states.
    pub(in crate::batch) platform: Option<&'static str>,
    /// The ISBN in it, thirteen digits.
    pub(in crate::batch) isbn: Option<String>,
    /// The facts in the name of a template.
    pub(in crate::batch) told: Option<Job>,
}

/// Reads a name.
pub(in crate::batch) fn read(path: &Path) -> Name {
    let stem = path
        .file_stem()
        .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let (stem, told) = template(&stem);
    let lower = stem.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(['_', '-', '.', ' ', '(', ')'])
        .filter(|w| !w.is_empty())
        .collect();
    let mut name = Name {
        told,
        ..Name::default()
    };
    // `interior-for-cover-v3` states its part at the front, whatever follows.
    if words
        .get(1)
        .is_some_and(|joint| WORDS.joints.iter().any(|w| w == joint))
    {
        name.part = first_part(&mut words);
    }
    if name.part.is_none() {
        drop_version(&mut words);
    }
    // From the end: a platform, the part, a platform again.
    while let Some(last) = words.last().copied() {
        if name.platform.is_none()
            && let Some(platform) = platform(last)
        {
            name.platform = Some(platform);
        } else if name.part.is_none()
            && let Some(part) = part(last)
        {
            name.part = Some(part);
        } else {
            break;
        }
        words.pop();
    }
    // 9781234567897txt has no mark between.
    if name.part.is_none()
        && let Some(last) = words.pop()
    {
        let digits = last.bytes().take_while(u8::is_ascii_digit).count();
        let (before, after) = last.split_at(digits);
        match part(after) {
            Some(found) if matches!(digits, 10 | 13) => {
                name.part = Some(found);
                words.push(before);
            }
            _ => words.push(last),
        }
    }
    if name.part.is_none() {
        name.part = first_part(&mut words);
    }
    if name.told.is_some() {
        name.part = name.part.or(Some(Part::Cover));
        name.platform = name.platform.or(Some(WORDS.template.platform.as_str()));
    }
    name.isbn = isbn_in(&words);
    name.key = name.isbn.clone().unwrap_or_else(|| words.join("-"));
    name
}

/// Drops words behind the part that tell versions apart, if a name is left without them.
fn drop_version(words: &mut Vec<&str>) {
    let version = |w: &str| {
        let number = w
            .strip_prefix('v')
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        number || WORDS.versions.iter().any(|v| v == w)
    };
    let kept = words.len() - words.iter().rev().take_while(|w| version(w)).count();
    let behind_part = words
        .get(..kept)
        .and_then(<[_]>::last)
        .is_some_and(|w| part(w).is_some() || platform(w).is_some());
    if kept > 1 && behind_part {
        words.truncate(kept);
    }
}

/// The part at the front of a name: `cover-lamp`, `interior-for-cover-v3`. Taken off, if anything is left.
fn first_part(words: &mut Vec<&str>) -> Option<Part> {
    let first = *words.first().filter(|_| words.len() > 1)?;
    let is = |list: &[String], word: &str| list.iter().any(|w| w == word);
    let part = if is(&WORDS.first_interior, first) {
        Part::Interior
    } else if is(&WORDS.first_cover, first) {
        Part::Cover
    } else {
        return None;
    };
    words.remove(0);
    while let [joint, _, ..] = words.as_slice() {
        // `interior for cover 3` is the interior of what the cover is of.
        if !is(&WORDS.joints, joint)
            && !is(&WORDS.first_cover, joint)
            && !is(&WORDS.first_interior, joint)
        {
            break;
        }
        words.remove(0);
    }
    Some(part)
}

/// An ISBN among the words, whether in one or parted by its hyphens.
fn isbn_in(words: &[&str]) -> Option<String> {
    let numeric = |w: &&str| w.bytes().all(|b| b.is_ascii_digit() || b == b'x');
    words.iter().find_map(|w| isbn::thirteen(w)).or_else(|| {
        (0..words.len()).find_map(|from| {
            let run: String = words
                .iter()
                .skip(from)
                .take(5)
                .take_while(|w| numeric(w))
                .copied()
                .collect();
            (run.len() == 13).then(|| isbn::thirteen(&run)).flatten()
        })
    })
}

fn part(word: &str) -> Option<Part> {
    let is = |list: &[String]| list.iter().any(|w| w == word);
    if is(&WORDS.interior) {
        Some(Part::Interior)
    } else if is(&WORDS.cover) {
        Some(Part::Cover)
    } else {
        None
    }
}

fn platform(word: &str) -> Option<&'static str> {
    let words: &'static NameVocabulary = &WORDS;
    words
        .platforms
        .iter()
        .find(|(_, list)| list.iter().any(|w| w == word))
        .map(|(id, _)| id.as_str())
}

/// A template's name within a stem: the stem without it, and its facts.
fn template(stem: &str) -> (String, Option<Job>) {
    let known: &'static Template = &WORDS.template;
    let upper = stem.to_ascii_uppercase();
    for (word, binding) in &known.binding {
        let Some(at) = upper.find(&format!("{word}_")) else {
            continue;
        };
        let rest = upper.get(at + word.len() + 1..).unwrap_or_default();
        let mut pieces = rest.split('_');
        let (Some(size), Some(pages), Some(ink), Some(paper)) =
            (pieces.next(), pieces.next(), pieces.next(), pieces.next())
        else {
            continue;
        };
        let (Ok(trim), Ok(pages)) = (size.to_lowercase().parse(), pages.parse::<u32>()) else {
            continue;
        };
        // Users add text after the paper, behind a blank or a hyphen.
        let paper_word: String = paper
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        let (Some(ink), Some(paper)) = (known.ink.get(ink), known.paper.get(&paper_word)) else {
            continue;
        };
        let turned = rest.contains(&known.right_to_left);
        let job = Job {
            trim: Some(trim),
            binding: meant(binding),
            ink: meant(ink),
            paper: meant(paper),
            direction: Some(if turned {
                Direction::Rtl
            } else {
                Direction::Ltr
            }),
            pages: Some(pages),
            ..Job::default()
        };
        let before = stem.get(..at).unwrap_or_default();
        let before = before.trim_end_matches(['_', '-', ' ', '.']);
        return (before.to_owned(), Some(job));
    }
    (stem.to_owned(), None)
}

fn meant<T: DeserializeOwned>(word: &str) -> Option<T> {
    T::deserialize(toml::Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::job::{Ink, Paper, WantedBinding};

    fn name(text: &str) -> Name {
        read(Path::new(text))
    }

    #[test]
    fn the_data_parses() {
        let read: Result<NameVocabulary, _> = toml::from_str(DATA);
        let read = read.unwrap();
        assert!(read.interior.len() > 3 && read.cover.len() > 3 && read.template.ink.len() > 2);
    }

    #[test]
    fn names_of_real_files() {
        use Part::{Cover, Interior};
        for (text, key, part, platform) in [
            (
                "9781234567897_txt.pdf",
                "9781234567897",
                Some(Interior),
                None,
            ),
            (
                "9781234567897txt.PDF",
                "9781234567897",
                Some(Interior),
                None,
            ),
            (
                "978-1-234-56789-7_cvr.pdf",
                "9781234567897",
                Some(Cover),
                None,
            ),
            ("080442957X_txt.pdf", "9780804429573", Some(Interior), None),
            ("the-lamp-interior.pdf", "the-lamp", Some(Interior), None),
            ("The Lamp - Cover.pdf", "the-lamp", Some(Cover), None),
            (
                "the-lamp-cover-kdp.pdf",
                "the-lamp",
                Some(Cover),
                Some("kdp"),
            ),
            (
                "the-lamp_ingram_cover.pdf",
                "the-lamp",
                Some(Cover),
                Some("ingramspark"),
            ),
            ("what-is-text-about.pdf", "what-is-text-about", None, None),
            ("interior.pdf", "", Some(Interior), None),
            (
                "Lamp_9781234567897_cover.pdf",
                "9781234567897",
                Some(Cover),
                None,
            ),
            ("proof.pdf", "proof", None, None),
            (
                "cover-passes-9781234567897.pdf",
                "9781234567897",
                Some(Cover),
                None,
            ),
            ("cover-v3.pdf", "v3", Some(Cover), None),
            ("interior-for-cover-v3.pdf", "v3", Some(Interior), None),
            ("lamp_interior_FINAL.pdf", "lamp", Some(Interior), None),
            ("lamp cover kdp v2.pdf", "lamp", Some(Cover), Some("kdp")),
            ("lamp v2.pdf", "lamp-v2", None, None),
            (
                "cover-to-cover_txt.pdf",
                "cover-to-cover",
                Some(Interior),
                None,
            ),
        ] {
            let found = name(text);
            assert_eq!(
                (found.key.as_str(), found.part, found.platform),
                (key, part, platform),
                "{text}"
            );
        }
    }

    #[test]
    fn names_of_cover_templates() {
        let found = name("PAPERBACK_6.000x9.000_161_BW_CREAM_en_US.pdf");
        assert_eq!(
            (found.part, found.platform, found.key.as_str()),
            (Some(Part::Cover), Some("kdp"), "")
        );
        let told = found.told.unwrap();
        assert_eq!(told.trim.unwrap().size.to_array(), [432.0, 648.0]);
        assert_eq!(
            (told.pages, told.ink, told.paper, told.binding),
            (
                Some(161),
                Some(Ink::Black),
                Some(Paper::Cream),
                Some(WantedBinding::Paperback)
            )
        );
        let found = name("the-lamp_CASE_LAMINATE_6.000x9.000_471_PREMIUM_WHITE_en_US.pdf");
        assert_eq!(found.key, "the-lamp");
        assert_eq!(found.told.unwrap().ink, Some(Ink::PremiumColour));
        let found = name("PAPERBACK_8.500x11.000_396_BW_WHITE_RIGHT_TO_LEFT_en_US.pdf");
        assert_eq!(found.told.unwrap().direction, Some(Direction::Rtl));
        assert_eq!(name("PAPERBACK_6.000x9.000_many_BW_CREAM.pdf").told, None);
    }
}

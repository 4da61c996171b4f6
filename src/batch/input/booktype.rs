//! Booktype strings of Ingram's spreadsheets: ink, trim, binding and paper in one cell, with their real-life irregularities.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::model::job::{Ink, Paper, Trim, WantedBinding};

const DATA: &str = include_str!("../../../templates/catalogues/booktype.toml");

/// Words of a booktype and their meaning.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BooktypeTerm {
    /// All of these are in the string.
    words: Vec<String>,
    /// Then it means this,
    #[serde(default)]
    means: String,
    /// or cannot be asked, and why.
    refused: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Vocabulary {
    binding: Vec<BooktypeTerm>,
    ink: Vec<BooktypeTerm>,
    paper: Vec<BooktypeTerm>,
    weight: Vec<BooktypeTerm>,
}

/// That the data parses is a test.
static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| toml::from_str(DATA).unwrap_or_default());

/// A parsed booktype; parts that it leaves out are `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::batch) struct Booktype {
    pub(in crate::batch) trim: Option<Trim>,
    pub(in crate::batch) binding: Option<WantedBinding>,
    pub(in crate::batch) ink: Option<Ink>,
    pub(in crate::batch) paper: Option<Paper>,
    pub(in crate::batch) weight: Option<u32>,
}

/// Reads a booktype or ACS rendition string.
pub(in crate::batch) fn read(text: &str) -> Result<Booktype, String> {
    let lower = text.to_lowercase();
    let lower = lower
        .trim()
        .trim_start_matches("pod:")
        .trim_matches(['"', ' ']);
    // Lamination is of the cover, and `creme w/gloss lam` is no paper of its own.
    let lower = lower.split(" w/gloss").next().unwrap_or(lower);
    let lower = lower.split(" w/matte").next().unwrap_or(lower);
    // The paper follows the binding; the ink comes before the size.
    let (ink, paper) = match lower.rsplit_once(" on ") {
        Some((before, after)) => (before, format!(" {after}")),
        None => (lower, lower.to_owned()),
    };
    let binding = find(&VOCABULARY.binding, lower)?;
    if binding.is_none() && size(lower).is_none() {
        return Err(format!(
            "\"{text}\" is no booktype; one such as \"B&W 6 x 9 in or 229 x 152 mm Perfect Bound on White w/Gloss Lam\" is expected"
        ));
    }
    Ok(Booktype {
        trim: trim(lower),
        binding: binding.map(word).transpose()?,
        ink: find(&VOCABULARY.ink, ink)?.map(word).transpose()?,
        paper: find(&VOCABULARY.paper, &paper)?.map(word).transpose()?,
        weight: find(&VOCABULARY.weight, &paper)?.and_then(|w| w.parse().ok()),
    })
}

fn find(list: &'static [BooktypeTerm], text: &str) -> Result<Option<&'static str>, String> {
    match list
        .iter()
        .find(|l| l.words.iter().all(|w| text.contains(w.as_str())))
    {
        Some(BooktypeTerm {
            refused: Some(why), ..
        }) => Err(why.clone()),
        Some(line) => Ok(Some(&line.means)),
        None => Ok(None),
    }
}

fn word<T: DeserializeOwned>(means: &str) -> Result<T, String> {
    T::deserialize(toml::Value::String(means.to_owned())).map_err(|e| e.to_string())
}

/// The first `w x h`, in inches: what follows in millimetres is the same, rounded.
fn size(text: &str) -> Option<(f64, f64)> {
    let bytes: Vec<char> = text.chars().collect();
    (0..bytes.len()).find_map(|start| {
        let (width, rest) = number(bytes.get(start..)?)?;
        let rest = skip(rest, |c| matches!(c, ' ' | 'i' | 'n' | '"' | '.'));
        let (cross, rest) = rest.split_first()?;
        if !matches!(cross, 'x' | '×' | '*') {
            return None;
        }
        let (height, _) = number(skip(rest, |c| c == ' '))?;
        Some((width, height))
    })
}

fn trim(text: &str) -> Option<Trim> {
    let (width, height) = size(text)?;
    // Nobody prints a book of fifty inches: those are millimetres.
    let unit = if width > 40.0 || height > 40.0 {
        "mm"
    } else {
        "in"
    };
    format!("{width}x{height}{unit}").parse().ok()
}

fn skip(text: &[char], over: impl Fn(char) -> bool) -> &[char] {
    let from = text.iter().position(|c| !over(*c)).unwrap_or(text.len());
    text.get(from..).unwrap_or_default()
}

/// A number at the start, and what follows it.
fn number(text: &[char]) -> Option<(f64, &[char])> {
    let end = text
        .iter()
        .position(|c| !c.is_ascii_digit() && *c != '.')
        .unwrap_or(text.len());
    let digits: String = text.get(..end)?.iter().collect();
    Some((digits.trim_end_matches('.').parse().ok()?, text.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let b = read(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        let size = b.trim.map_or_else(
            || "-".to_owned(),
            |t| {
                let [w, h] = t.size.to_array();
                format!("{:.2}x{:.2}", w / 72.0, h / 72.0)
            },
        );
        let word = |v: Option<&str>| v.unwrap_or("-").to_owned();
        let ink = b.ink.map(|i| match i {
            Ink::Black => "black",
            Ink::StandardColour => "standard",
            Ink::PremiumColour => "premium",
        });
        let paper = b.paper.map(|p| match p {
            Paper::White => "white",
            Paper::Cream => "cream",
            Paper::Groundwood => "groundwood",
        });
        let weight = b.weight.map_or_else(|| "-".to_owned(), |w| w.to_string());
        format!(
            "{} {size} {} {} {weight}",
            word(ink),
            word(b.binding.map(WantedBinding::word)),
            word(paper)
        )
    }

    #[test]
    fn the_data_parses() {
        let read: Result<Vocabulary, _> = toml::from_str(DATA);
        let read = read.unwrap();
        assert!(
            read.binding.len() > 3
                && read.ink.len() > 3
                && read.paper.len() > 3
                && read.weight.len() == 2
        );
    }

    #[test]
    fn strings_of_real_exports() {
        for (text, wanted) in [
            (
                "B&W 6 x 9 in or 229 x 152 mm Perfect Bound on Creme w/Gloss Lam",
                "black 6.00x9.00 paperback cream -",
            ),
            (
                "B&W 6 x 9 in or 229 x 152 mm Case Laminate on White w/Matte Lam",
                "black 6.00x9.00 case-laminate white -",
            ),
            (
                "B&W 6 x 9 in or 229 x 152 mm Case Lam w/Jacket on White w/Gloss Lam",
                "black 6.00x9.00 jacketed white -",
            ),
            (
                "B&W 6.14 x 9.21in or 234 x 156mm (Royal 8vo) Blue Digital Cloth! Cover w/Jacket on White w/Gloss Lam",
                "black 6.14x9.21 jacketed white -",
            ),
            (
                "B&W 5.5 x 8.5 in or 216 x 140 mm (Demy 8vo) Perfect Bound on White w/Gloss Lam\"",
                "black 5.50x8.50 paperback white -",
            ),
            (
                "Color 8.5 x 11 in or 280 x 216 mm Perfect Bound on 50 White w/Gloss Lam",
                "standard 8.50x11.00 paperback white 50",
            ),
            (
                "Color 7 x 10 in or 254 x 178 mm Case Laminate on 70 White w/Gloss Lam",
                "standard 7.00x10.00 case-laminate white 70",
            ),
            (
                "Premium Color 6 x 9 in or 229 - 152 mm Perfect Bound on White w/Gloss Lam",
                "premium 6.00x9.00 paperback white -",
            ),
            (
                "Standard Color 6 x 9 in or 229 x 152 mm Case Laminate on Standard 70 White w/Gloss Lam",
                "standard 6.00x9.00 case-laminate white 70",
            ),
            (
                "POD: B&W 4 x 6 in or 152 x 102 mm Perfect Bound on White w/Matte Lam",
                "black 4.00x6.00 paperback white -",
            ),
            (
                "POD: 6 x 9 in or 229 x 152 mm Perfect Bound WHITE",
                "- 6.00x9.00 paperback white -",
            ),
            (
                "POD: B&W 8.268 x 11.693 in or 297 x 210 mm (A4) Perfect Bound on Creme",
                "black 8.27x11.69 paperback cream -",
            ),
            (
                "POD: B&W 5 x 8 in or 203mm x 127 mm Perfect Bound on Groundwood",
                "black 5.00x8.00 paperback groundwood -",
            ),
            ("Perfect Bound", "- - paperback - -"),
            (
                "  b&w 6 X 9 IN PERFECT BOUND ON CREME  ",
                "black 6.00x9.00 paperback cream -",
            ),
        ] {
            assert_eq!(told(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_book_says_so() {
        assert!(read("EPUB").is_err());
        assert!(read("").is_err());
        assert!(
            read("B&W 6 x 9 in or 229 x 152 mm Blue Digital Cloth! Cover on Creme")
                .unwrap_err()
                .contains("cloth")
        );
    }
}

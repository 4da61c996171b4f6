//! The title a user states, in the forms in which a book may print it.

use super::fold::{Folded, is_rtl};

/// A title as the user states it.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    /// As stated.
    pub(crate) told: String,
    /// The accepted forms: whole, without its subtitle, without brackets at its end.
    forms: Vec<Folded>,
    /// Written from right to left.
    pub(crate) rtl: bool,
}

/// Articles that catalogues put behind a title or leave away.
const ARTICLES: &[&str] = &[
    "the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el",
    "los", "las", "il", "lo", "i", "gli", "o", "os", "as", "de", "het", "een",
];

/// Words for "and" that a title page may show as "&".
const AND: &[&str] = &["and", "und", "et", "y", "e", "en", "och", "og", "i"];

/// A form with fewer letters is a word of any text; it has to stand alone.
const SHORT: usize = 6;

impl Title {
    /// The forms of a stated title; `None` without letters.
    pub(crate) fn of(told: &str) -> Option<Self> {
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut written: Vec<String> = vec![told.clone()];
        let bare = without_brackets(&told);
        written.push(bare.clone());
        written.push(main(&bare).to_owned());
        for form in written.clone() {
            written.extend(turned(&form));
        }
        for form in written.clone() {
            written.extend(with_signs(&form));
        }
        let mut forms: Vec<Folded> = Vec::new();
        for form in written.iter().map(|w| Folded::of(w)) {
            if !form.is_empty() && !forms.iter().any(|known| known.is(&form)) {
                forms.push(form);
            }
        }
        let rtl = is_rtl(&told);
        (!forms.is_empty()).then_some(Self { told, forms, rtl })
    }

    /// Whether a text shows it: in the words of a page, or, where it is short, as all there is.
    pub(crate) fn is_in(&self, text: &Folded) -> bool {
        self.forms.iter().any(|form| {
            if form.len() < SHORT {
                text.without_figures().is(&form.without_figures()) || text.is(form)
            } else {
                text.holds(form)
            }
        })
    }

    /// Whether a text is it and nothing else.
    pub(crate) fn is(&self, text: &Folded) -> bool {
        self.forms.iter().any(|form| text.is(form))
    }

    /// Whether a text is a part of it, as running heads and spines shorten titles: all its words, in their order.
    pub(crate) fn shortens_to(&self, text: &Folded) -> bool {
        let words = text.words();
        let told = Folded::of(&self.told).words();
        let mut left = told.iter();
        let in_order = words.iter().all(|word| left.any(|t| t == word));
        let said = |w: &&String| w.len() > 3 || told.len() <= 2;
        !words.is_empty()
            && (in_order || Folded::of(&self.told).holds(text))
            && words.iter().any(|w| said(&w))
    }

    /// Its forms.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &Folded> {
        self.forms.iter()
    }

    /// Whether it is so short that only a line of its own can be taken for it.
    pub(crate) fn is_short(&self) -> bool {
        self.forms.iter().any(|form| form.len() < SHORT)
    }
}

/// A title without brackets at its end: mostly the series.
fn without_brackets(title: &str) -> String {
    let open = title.find(['(', '[']).filter(|at| *at > 0);
    let closes = title.trim_end().ends_with([')', ']']);
    match open.filter(|_| closes).and_then(|at| title.get(..at)) {
        Some(rest) => rest.trim().to_owned(),
        None => title.to_owned(),
    }
}

/// A title without its subtitle.
fn main(title: &str) -> &str {
    let ends = [
        ": ",
        " : ",
        ":",
        "\u{ff1a}",
        " - ",
        " \u{2013} ",
        " \u{2014} ",
        "\u{2014}",
        "; or",
        ", or ",
        " | ",
        " / ",
    ];
    let first = ends
        .iter()
        .filter_map(|end| title.find(end))
        .filter(|at| *at > 0)
        .min();
    let main = first
        .and_then(|at| title.get(..at))
        .map_or(title, str::trim);
    // "3:10 to Yuma" and "L - The Letter" have no such subtitle.
    if main.chars().filter(|c| c.is_alphabetic()).count() < 3 {
        title
    } else {
        main
    }
}

/// "Hill Road, The" as it is printed, and a title without its article.
fn turned(title: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if let Some((rest, article)) = title.rsplit_once(", ")
        && ARTICLES.contains(&article.to_lowercase().as_str())
    {
        forms.push(format!("{article} {rest}"));
        forms.push(rest.to_owned());
    }
    if let Some((article, rest)) = title.split_once(' ')
        && ARTICLES.contains(&article.to_lowercase().as_str())
        && Folded::of(rest).len() >= SHORT
    {
        forms.push(rest.to_owned());
    }
    forms
}

/// A title with "&" for its "and", and the other way round.
fn with_signs(title: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for and in AND {
        let word = format!(" {and} ");
        let lower = title.to_lowercase();
        if lower.contains(&word) {
            forms.push(lower.replace(&word, " & "));
        }
        if title.contains('&') && *and != "and" {
            forms.push(title.replace('&', &word));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows(told: &str, text: &str) -> bool {
        Title::of(told).is_some_and(|t| t.is_in(&Folded::of(text)))
    }

    #[test]
    fn subtitles_and_series_may_be_left_away() {
        assert!(shows("The Hill Road: A Novel", "THE HILL ROAD"));
        assert!(shows("The Hill Road", "The Hill Road: A Novel"));
        assert!(shows("The Hill Road (The Valley Book 2)", "The Hill Road"));
        assert!(shows("The Hill Road \u{2014} A Memoir", "The Hill Road"));
        assert!(shows("Hill Road, The", "The Hill Road"));
        assert!(shows("Salz und Pfeffer", "SALZ & PFEFFER"));
        assert!(shows("Salz & Pfeffer", "Salz und Pfeffer"));
        assert!(!shows("The Hill Road", "The Mill Road"));
        assert!(!shows("Quite Another Title", "The Hill Road"));
    }

    #[test]
    fn short_titles_stand_alone() {
        assert!(shows("Emma", "EMMA"));
        assert!(!shows("Emma", "for Emma and the others"));
        assert!(shows("It", "it"));
        assert!(!shows("It", "when it rained"));
    }

    #[test]
    fn heads_may_be_shorter() {
        let title = Title::of("The Strange Case of Doctor Jekyll and Mister Hyde");
        let short = |text: &str| {
            title
                .as_ref()
                .is_some_and(|t| t.shortens_to(&Folded::of(text)))
        };
        assert!(short("The Strange Case"));
        assert!(short("Jekyll and Hyde"));
        assert!(!short("The Time Machine"));
        assert!(!short("The"));
    }
}

//! Chooses one ink and one paper for the whole book, from the interior's colours and the covers' spines.

use super::answers::{Assumption, Choice, Conclusion, ProductFiles, SpineEvidence};
use super::art::cover_art;
use super::ink::{ColourSurvey, PressKind};
use super::likeness::{Likeness, likeness};
use crate::model::geometry::Size;
use crate::model::job::{Ink, Job, Paper, Setting};
use crate::model::units::{Length, Unit};
use crate::profile::{Profile, Stock};

/// A cover this near to a stock's spine, in points beyond what the spine itself may be off, is made for it: PDF writers round.
const NEAR: f64 = 1.0;

/// One pair of ink and paper, with the products that have it.
struct Pair {
    ink: Ink,
    paper: Paper,
    /// Its index among the stocks of the first product that has it.
    rank: usize,
    /// Products that do not bind the book's page count on it.
    refused: Vec<usize>,
    /// How far the nearest cover is off, in tenths of a point; none where none is near.
    off: Option<i64>,
    /// Products whose cover fits it.
    fits: Vec<usize>,
}

impl Pair {
    /// Few books are printed on groundwood, and few printers offer it.
    fn is_likely(&self) -> bool {
        self.paper != Paper::Groundwood
    }
}

/// Whether a stock may be meant: it agrees with the job and with the colours of the interior.
pub(super) fn is_meant(stock: &Stock, job: &Job, press: Option<PressKind>) -> bool {
    stock.agrees(job) && prints(stock, press)
}

/// Whether a stock's ink suits a kind of press; true where the kind is open.
pub(super) fn prints(stock: &Stock, press: Option<PressKind>) -> bool {
    match press {
        Some(PressKind::Black) => stock.ink == Ink::Black,
        Some(PressKind::Colour) => stock.ink != Ink::Black,
        None => true,
    }
}

/// The stocks of a product that may be meant. Where none prints what the interior needs, all that agree with the job.
pub(super) fn meant<'p>(
    profile: &'p Profile,
    job: &Job,
    press: Option<PressKind>,
) -> Vec<&'p Stock> {
    let all = |press| -> Vec<&Stock> {
        let stocks = profile.stocks.iter();
        stocks.filter(|s| is_meant(s, job, press)).collect()
    };
    let found = all(press);
    if found.is_empty() { all(None) } else { found }
}

/// Chooses ink and paper for the book, with the evidence for each.
pub(super) fn conclude(
    job: &Job,
    asked: &[ProductFiles<'_>],
    so_far: &Conclusion,
    looked: Option<&ColourSurvey>,
    unit: Unit,
) -> (Choice, Vec<Assumption>) {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut spines: Vec<(&str, Length)> = Vec::new();
    for (product, one) in asked.iter().enumerate() {
        let stocks = meant(one.profile, job, so_far.press);
        for (rank, stock) in stocks.into_iter().enumerate() {
            let pair = match pairs
                .iter_mut()
                .position(|p| p.ink == stock.ink && p.paper == stock.paper)
            {
                Some(at) => at,
                None => {
                    pairs.push(Pair {
                        ink: stock.ink,
                        paper: stock.paper,
                        rank: rank + pairs.len(),
                        refused: Vec::new(),
                        off: None,
                        fits: Vec::new(),
                    });
                    pairs.len() - 1
                }
            };
            let Some(pair) = pairs.get_mut(pair) else {
                continue;
            };
            // A trim that no stock is offered in cannot choose between them; its own rule reports it.
            let binds = so_far
                .trim
                .and_then(|trim| binds(one.profile, stock, trim.size, so_far.pages));
            if binds == Some(false) && !pair.refused.contains(&product) {
                pair.refused.push(product);
            }
            let Some((off, spine)) = misfit(one, stock, so_far) else {
                continue;
            };
            let name = one.book.cover.as_deref().map_or("", |c| c.name.as_str());
            if !spines.iter().any(|(known, _)| *known == name) {
                spines.push((name, spine));
            }
            if off <= NEAR {
                let tenths = (off * 10.0) as i64;
                pair.off = Some(pair.off.map_or(tenths, |known| known.min(tenths)));
                // A twin is the same printer under another name.
                if !pair.fits.contains(&product) && !one.profile.is_twin() {
                    pair.fits.push(product);
                }
            }
        }
    }
    let has_covers = !spines.is_empty();
    let best = pairs.iter().min_by_key(|p| {
        (
            p.off.is_none(),
            p.refused.len(),
            !p.is_likely(),
            std::cmp::Reverse(p.fits.len()),
            p.off,
            p.rank,
        )
    });
    let Some(best) = best else {
        return (Choice::default(), Vec::new());
    };
    let fit = match (has_covers, best.off, best.is_likely()) {
        (false, ..) => SpineEvidence::Open,
        (true, None, _) => SpineEvidence::None,
        (true, Some(_), true) => SpineEvidence::Right,
        (true, Some(_), false) => SpineEvidence::Unlikely,
    };
    let choice = Choice {
        ink: Some(best.ink),
        paper: Some(best.paper),
        fit,
    };
    // A cover narrower than two pages has no spine.
    let spine = spines.first().filter(|(_, spine)| spine.as_pt() > 0.0);
    let spine = spine.map(|(_, spine)| spine.show(unit));
    let assumptions = stock_assumptions(job, &pairs, best, fit, looked, spine.as_deref());
    (choice, assumptions)
}

/// Whether a product binds a book of a trim and so many pages on a stock; none where the trim is not had on it. A count that
/// is not known is no hindrance.
pub(super) fn binds(
    profile: &Profile,
    stock: &Stock,
    trim: Size,
    pages: Option<u32>,
) -> Option<bool> {
    let limits = profile.offer(trim, stock).pages()?;
    let printed = pages.map(|n| n + n % 2);
    Some(printed.is_none_or(|n| !limits.refuses(n)))
}

/// How far a product's cover is from a stock's spine beyond what that spine may be off, in points, and the spine the
/// cover has room for.
fn misfit(one: &ProductFiles<'_>, stock: &Stock, so_far: &Conclusion) -> Option<(f64, Length)> {
    let page = one.book.cover.as_deref()?.pages.first()?;
    let model = one.profile.cover.as_ref()?;
    let trim = so_far.trim?.size;
    let art = cover_art(page, trim, model);
    // A cover without bleed is drawn with its spine all the same.
    let page = one.profile.bleed_page(trim);
    let spine = match likeness(&art, trim, model, page, None) {
        Likeness::NoBleed(drawn) | Likeness::OtherBleed { spine: drawn, .. } => drawn,
        // A cover for another trim, or a front alone, tells nothing of a spine.
        Likeness::OtherHeight(_) | Likeness::Front => return None,
        _ => model.spine_of(trim, art.size.width),
    };
    let counts = one.profile.printed_counts(so_far.pages?);
    let off = |n: u32| {
        let own = &stock.spine;
        let width = own.width(n).or(so_far.stated_spine)?;
        let spare = if own.jumps() {
            0.0
        } else {
            own.tolerance(n).as_pt()
        };
        Some((width.distance(spine).as_pt() - spare).max(0.0))
    };
    let least = counts.into_iter().filter_map(off).reduce(f64::min)?;
    Some((least, spine))
}

/// How far a product's cover is off that fits a stock's spine, in tenths of a point; none for one that does not.
pub(super) fn off(one: &ProductFiles<'_>, stock: &Stock, so_far: &Conclusion) -> Option<i64> {
    let (off, _) = misfit(one, stock, so_far)?;
    (off <= NEAR).then_some((off * 10.0).round() as i64)
}

/// The assumptions about ink and paper, with their evidence.
fn stock_assumptions(
    job: &Job,
    pairs: &[Pair],
    best: &Pair,
    fit: SpineEvidence,
    looked: Option<&ColourSurvey>,
    spine: Option<&str>,
) -> Vec<Assumption> {
    let mut list = Vec::new();
    let differ = |differs: &dyn Fn(&Pair) -> bool| pairs.iter().any(differs);
    // Others that come first in the lists may not be had with so many pages.
    let passed_over = pairs
        .iter()
        .any(|p| !p.refused.is_empty() && p.rank < best.rank);
    let first = match best.refused.is_empty() && passed_over {
        true => "it is the first that is offered for this page count",
        false => "it is the first that the platforms offer",
    };
    let by_spine = |what: &str| match (fit, spine) {
        (SpineEvidence::Right, Some(spine)) => format!("the cover's spine of {spine} fits it"),
        (SpineEvidence::Unlikely, Some(spine)) => {
            format!("the cover's spine of {spine} fits it, and no likelier {what}")
        }
        (SpineEvidence::None, Some(spine)) => format!(
            "nothing tells the {what}, and the cover's spine of {spine} fits none for this page count; {first}"
        ),
        _ => format!("nothing tells the {what}; {first}"),
    };
    if job.ink.is_none() && (looked.is_some() || differ(&|p| p.ink != best.ink)) {
        let evidence = match looked {
            Some(looked) => {
                let kinds = differ(&|p| p.ink != best.ink);
                let evidence = looked.evidence();
                match (looked.press, kinds) {
                    (PressKind::Colour, true) => {
                        format!("{evidence}; {}", by_spine("kind of colour"))
                    }
                    _ => evidence,
                }
            }
            None => by_spine("ink"),
        };
        list.push(Assumption {
            what: Setting::Ink,
            value: ink_words(best.ink),
            evidence,
        });
    }
    if job.paper.is_none() && differ(&|p| p.paper != best.paper) {
        list.push(Assumption {
            what: Setting::Paper,
            value: paper_words(best.paper).to_owned(),
            evidence: by_spine("paper"),
        });
    }
    list
}

/// The ink and paper that the job states, for people: `standard colour on cream paper`.
pub(super) fn stated(job: &Job) -> String {
    let ink = job.ink.map(|ink| match ink {
        Ink::Black => "black ink".to_owned(),
        colour => ink_words(colour),
    });
    let weight = job.weight.map(|w| format!(" of {w} lb"));
    let weight = weight.unwrap_or_default();
    let paper = job
        .paper
        .map(|p| format!("{} paper{weight}", paper_words(p)));
    match (ink, paper) {
        (Some(ink), Some(paper)) => format!("{ink} on {paper}"),
        (Some(ink), None) if weight.is_empty() => ink,
        (Some(ink), None) => format!("{ink} on paper{weight}"),
        (None, Some(paper)) => paper,
        (None, None) => format!("paper{weight}"),
    }
}

/// An ink for people.
pub(super) fn ink_words(ink: Ink) -> String {
    ink.word().replace('-', " ")
}

/// A paper for people.
pub(super) fn paper_words(paper: Paper) -> &'static str {
    match paper {
        Paper::White => "white",
        Paper::Cream => "cream",
        Paper::Groundwood => "groundwood",
    }
}

//! A cover's geometry as an answer of its own: sizes, panels, folds, safe areas; and what one artwork for several
//! platforms has to respect.

use schemars::JsonSchema;
use serde::Serialize;

use super::model::{CoverShape, FitReport, PanelReport, SafeReport};
use super::tables::columns;
use crate::model::geometry::{Direction, Rect, Size};
use crate::model::job::{Binding, Ink, Paper};
use crate::model::units::{Length, Unit, round3, tidy};
use crate::profile::{self, Confidence, Cover, Edge, Profile, Source, Stock};
use crate::resolve::ResolvedJob;

/// The geometry of one cover.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CoverAnswer {
    /// `presscheck-cover/1`.
    pub schema: &'static str,
    /// The product.
    pub profile: String,
    /// The product for people.
    pub title: String,
    /// Its binding.
    pub binding: Binding,
    /// Pages as stated.
    pub pages: u32,
    /// Pages printed: padded to an even count.
    pub printed_pages: u32,
    /// The stock's id.
    pub stock: String,
    /// The ink.
    pub ink: Ink,
    /// The paper.
    pub paper: Paper,
    /// The paper's weight in pounds, where the product has several.
    pub weight: Option<u32>,
    /// What the job left open and was assumed.
    pub assumed: Vec<&'static str>,
    /// Why the platform does not make such a book, where that is known.
    pub not_made: Option<String>,
    /// The direction it is read in.
    pub direction: Direction,
    /// The finished page.
    pub trim_pt: Size,
    /// The spine.
    pub spine_pt: f64,
    /// The true spine lies within this, as far as known.
    pub tolerance_pt: f64,
    /// The file.
    pub cover_size_pt: Size,
    /// What lies around the panels: bleed to be cut or wrap to be folded in.
    pub edge: &'static str,
    /// How wide that is.
    pub edge_pt: f64,
    /// All panels together.
    pub finished_area_pt: Rect,
    /// Every part, from left to right.
    pub panels: Vec<PanelReport>,
    /// Where it folds, from the left.
    pub folds_pt: Vec<f64>,
    /// Where text may stand, by panel.
    pub safe_areas: Vec<SafeReport>,
    /// The box of the bar code.
    pub barcode_area_pt: Option<Rect>,
    /// Whether the bar code may stand elsewhere in the safe area of the back.
    pub barcode_may_move: bool,
    /// How sure the weakest of these figures is.
    pub confidence: Option<Confidence>,
    /// Who states the composition.
    pub source: Option<Source>,
    /// Who states the spine.
    pub spine_source: Option<Source>,
}

/// Covers of several products for one book.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CoversAnswer {
    /// `presscheck-covers/1`.
    pub schema: &'static str,
    /// One a product.
    pub covers: Vec<CoverAnswer>,
    /// What one artwork for all of them has to respect.
    pub shared: Option<Shared>,
}

/// What one artwork has to respect to serve several products of one binding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shared {
    /// The product with the narrowest spine.
    pub narrowest: String,
    /// The narrowest and the widest spine.
    pub spines_pt: [f64; 2],
    /// How far each fold moves between the two.
    pub fold_shift_pt: f64,
    /// How wide spine text may be on every one of them; none if some has no room.
    pub spine_text_room_pt: Option<f64>,
    /// How far text stays from every panel's outer edges.
    pub safety_pt: Option<f64>,
}

/// The cover a product needs for a job; `None` where the spine, the stock or the trim is not known.
pub fn cover_answer(resolved: &ResolvedJob<'_>) -> Option<(CoverAnswer, Cover)> {
    let cover = resolved.cover()?;
    let stock = resolved.stock?;
    let model = resolved.profile.cover.as_ref()?;
    let pages = resolved.pages?;
    let counted = resolved.printed().first().copied()?;
    let shape = CoverShape::from(&cover);
    let source = resolved.profile.source(&model.source).cloned();
    // A stated spine has no source in the profile.
    let known = stock.spine.is_known();
    let spine_source = resolved.profile.source(&stock.source).filter(|_| known);
    let spine_source = spine_source.cloned();
    let sources = [&source, &spine_source];
    let answer = CoverAnswer {
        schema: "presscheck-cover/1",
        profile: resolved.profile.id.clone(),
        title: resolved.profile.title.clone(),
        binding: resolved.profile.binding,
        pages,
        printed_pages: pages + pages % 2,
        stock: stock.id.clone(),
        ink: stock.ink,
        paper: stock.paper,
        weight: stock.weight,
        assumed: resolved.assumed.iter().map(|s| s.word()).collect(),
        not_made: not_made(resolved, stock),
        direction: resolved.direction,
        trim_pt: resolved.trim?,
        spine_pt: round3(cover.spine.as_pt()),
        tolerance_pt: round3(stock.spine.tolerance(counted).as_pt()),
        cover_size_pt: cover.size,
        edge: match cover.edge {
            Edge::Bleed => "bleed",
            Edge::Wrap => "wrap",
        },
        edge_pt: round3(model.bleed.as_pt()),
        finished_area_pt: cover.finished,
        panels: shape.panels,
        folds_pt: shape.folds_pt,
        safe_areas: shape.safe_areas,
        barcode_area_pt: shape.barcode_area_pt,
        barcode_may_move: cover.barcode_moves,
        confidence: sources
            .iter()
            .filter_map(|s| Some(s.as_ref()?.confidence))
            .max(),
        source,
        spine_source,
    };
    Some((answer, cover))
}

/// Why a product does not make a book of this trim and page count on a stock; none where it does or its trims are not known.
fn not_made(resolved: &ResolvedJob<'_>, stock: &Stock) -> Option<String> {
    let (profile, trim) = (resolved.profile, resolved.trim?);
    if profile.trims.is_empty() {
        return None;
    }
    let size = resolved.size_words(trim);
    let Some(range) = profile.offer(trim, stock).pages() else {
        return Some(format!(
            "{} lists no trim of {size} in {}",
            profile.title, stock.title
        ));
    };
    let printed = resolved.printed();
    let is_refused = !printed.is_empty() && printed.iter().all(|n| range.refuses(*n));
    let bounds = match (range.fewest, range.most) {
        (Some(fewest), Some(most)) => format!("{fewest} to {most} pages"),
        (Some(fewest), None) => format!("{fewest} pages or more"),
        (None, Some(most)) => format!("{most} pages at most"),
        (None, None) => return None,
    };
    is_refused.then(|| {
        format!(
            "{} takes {bounds} of {size} in {}",
            profile.title, stock.title
        )
    })
}

/// What one artwork for all these products has to respect; `None` unless two or more share a binding.
pub fn shared(resolved_jobs: &[ResolvedJob<'_>]) -> Option<Shared> {
    let binding = resolved_jobs.first()?.profile.binding;
    let alike: Vec<(&ResolvedJob<'_>, Length)> = resolved_jobs
        .iter()
        .filter(|o| o.profile.binding == binding && o.profile.cover.is_some())
        .filter_map(|o| Some((o, o.spine()?)))
        .collect();
    if alike.len() < 2 {
        return None;
    }
    let by_width = |a: &&(&ResolvedJob<'_>, Length), b: &&(&ResolvedJob<'_>, Length)| {
        a.1.as_pt().total_cmp(&b.1.as_pt())
    };
    let (narrow, wide) = (
        alike.iter().min_by(by_width)?,
        alike.iter().max_by(by_width)?,
    );
    let room = |(resolved, spine): &(&ResolvedJob<'_>, Length)| {
        let sides = resolved.profile.cover.as_ref()?.spine_sides(*spine)?;
        Some((*spine - sides * 2.0).as_pt())
    };
    let rooms: Option<Vec<f64>> = alike.iter().map(room).collect();
    let safety =
        |(resolved, _): &(&ResolvedJob<'_>, Length)| resolved.profile.cover.as_ref()?.safety;
    Some(Shared {
        narrowest: narrow.0.profile.id.clone(),
        spines_pt: [round3(narrow.1.as_pt()), round3(wide.1.as_pt())],
        fold_shift_pt: round3((wide.1 - narrow.1).as_pt() / 2.0),
        spine_text_room_pt: rooms
            .map(|r| r.into_iter().fold(f64::INFINITY, f64::min))
            .filter(|room| *room > 0.0)
            .map(round3),
        safety_pt: alike
            .iter()
            .filter_map(safety)
            .map(Length::as_pt)
            .reduce(f64::max)
            .map(round3),
    })
}

/// Covers for people.
pub fn covers_text(covers: &[CoverAnswer], shared: Option<&Shared>, unit: Unit) -> String {
    let show = |pt: f64| Length::pt(pt).show(unit);
    let size = |s: Size| format!("{} x {}", show(s.width), show(s.height));
    let mut out = String::new();
    for cover in covers {
        out.push_str(&format!(
            "{}, {} pages, {}\n",
            cover.title, cover.printed_pages, cover.stock
        ));
        if !cover.assumed.is_empty() && cover.spine_source.is_some() {
            out.push_str(&format!(
                "  assumed: {}; tell them to be sure\n",
                cover.assumed.join(", ")
            ));
        }
        if let Some(why) = &cover.not_made {
            out.push_str(&format!("  not made so: {why}\n"));
        }
        out.push_str(&format!("  cover    {}\n", size(cover.cover_size_pt)));
        let within = if cover.spine_source.is_none() {
            ", as told".to_owned()
        } else if cover.tolerance_pt > super::spine::EXACT_PT {
            format!(
                ", within {}; the platform's template has the last word",
                show(cover.tolerance_pt)
            )
        } else {
            String::new()
        };
        out.push_str(&format!("  spine    {}{within}\n", show(cover.spine_pt)));
        out.push_str(&format!(
            "  {:<8} {} on all four sides\n",
            cover.edge,
            show(cover.edge_pt)
        ));
        let place = |area: Rect| {
            let [x0, y0, x1, y1] = area.to_f64();
            let at = match unit {
                Unit::Inches => format!("{:.3}, {:.3} in", x0 / 72.0, y0 / 72.0),
                Unit::Millimetres => format!("{:.1}, {:.1} mm", x0 * 25.4 / 72.0, y0 * 25.4 / 72.0),
            };
            (at, size(Size::new(x1 - x0, y1 - y0)))
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (kind, name, area) in cover
            .panels
            .iter()
            .map(|p| ("panel", &*p.name, p.area_pt))
            .chain(
                cover
                    .safe_areas
                    .iter()
                    .map(|s| ("safe area", &*s.panel, s.area_pt)),
            )
            .chain(cover.barcode_area_pt.map(|a| ("bar code", "back", a)))
        {
            let (at, size) = place(area);
            rows.push(vec![format!("  {kind}"), name.to_owned(), at, size]);
        }
        let head = ["  part", "", "from the top left", "size"].map(str::to_owned);
        out.push_str(&columns(&head, &rows));
        if cover.barcode_may_move {
            out.push_str("  The bar code may stand anywhere in the safe area of the back.\n");
        }
        for source in [&cover.source, &cover.spine_source].into_iter().flatten() {
            let url = source
                .url
                .as_ref()
                .map_or_else(String::new, |u| format!(" <{u}>"));
            out.push_str(&format!(
                "  says  {}{url}, read {}\n",
                source.title, source.checked
            ));
        }
        out.push('\n');
    }
    if let Some(shared) = shared {
        let [narrow, wide] = shared.spines_pt;
        out.push_str(&format!(
            "One artwork for all: the narrowest spine is {} ({}), the widest {}; each fold moves by {}.\n",
            show(narrow), shared.narrowest, show(wide), show(shared.fold_shift_pt)
        ));
        match shared.spine_text_room_pt {
            Some(room) => out.push_str(&format!(
                "  Keep spine text within {} around the middle.\n",
                show(room)
            )),
            None => out.push_str("  One of them has no room for spine text.\n"),
        }
        if let Some(safety) = shared.safety_pt {
            out.push_str(&format!(
                "  Keep text {} from every outer edge.\n",
                show(safety)
            ));
        }
        out.push_str("  Let the background run across both folds; every platform still needs a file of its own size.\n");
    }
    out
}

/// What a cover of a size fits.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FitsAnswer {
    /// `presscheck-fits/1`.
    pub schema: &'static str,
    /// The size given.
    pub size_pt: Size,
    /// Every product, stock and page count, best first.
    pub fits: Vec<FitReport>,
}

/// Backwards from a cover's size; with a trim, or for every trim offered.
pub fn fits_answer(known: &[Profile], size: Size, trim: Option<Size>) -> FitsAnswer {
    FitsAnswer {
        schema: "presscheck-fits/1",
        size_pt: size,
        fits: profile::covers(known, size, trim)
            .into_iter()
            .map(|(trim, fit)| FitReport::new(trim, &fit))
            .collect(),
    }
}

/// What a cover fits, for people.
pub fn fits_text(answer: &FitsAnswer, known: &[Profile], unit: Unit) -> String {
    let show = |pt: f64| Length::pt(pt).show(unit);
    let size = answer.size_pt;
    let mut out = format!(
        "A cover of {} x {} fits",
        show(size.width),
        show(size.height)
    );
    if answer.fits.is_empty() {
        out.push_str(" no product, stock and page count known.\n");
        return out;
    }
    out.push_str(", best first:\n\n");
    let rows: Vec<Vec<String>> = answer
        .fits
        .iter()
        .map(|fit| {
            let title = known
                .iter()
                .find(|p| p.id == fit.profile)
                .map_or(fit.profile.as_str(), |p| &p.title);
            let pages = match fit.pages_range {
                [a, b] if a == b => a.to_string(),
                [a, b] => format!("{a}-{b}"),
            };
            let trim = format!(
                "{:.3} x {:.3} in",
                tidy(fit.trim_pt.width / 72.0, 3),
                tidy(fit.trim_pt.height / 72.0, 3)
            );
            vec![
                title.to_owned(),
                trim,
                pages,
                fit.title.clone(),
                show(fit.spine_pt),
            ]
        })
        .collect();
    let head = ["product", "trim", "pages", "stock", "spine"].map(str::to_owned);
    out.push_str(&columns(&head, &rows));
    out
}

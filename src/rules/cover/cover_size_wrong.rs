//! A cover of the wrong size for its page count, stock and trim; names what it would fit.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::units::{Length, SLACK_PT};
use crate::resolve::{self, Likeness, cover_art, likeness};
use crate::rules::cover::cover_size_check::{
    CoverSizeCheck, Limits, RequiredCover, is_stated, required_cover,
};
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

pub(super) struct CoverSizeWrong;

impl Rule for CoverSizeWrong {
    const META: Meta = Meta {
        id: "cover-size-wrong",
        title: "the cover does not fit the book",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Structure],
        why: "The spine grows with every leaf, and each platform's paper has its own thickness. A cover made for another \
              page count, paper or platform puts the title off the spine, or is refused.",
        fix: "Finish the interior first; then make the cover for exactly its page count, paper and platform.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[("interior-cover-mismatch", Scope::File)];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let page = cx.cover_page()?;
        let trim = cx.trim()?;
        cx.pages()?;
        let model = cx.model().map_err(|_| {
            let why = "the size of this cover cannot be judged: how the platform composes it is not known; use its template";
            Skip::NotChecked(why.to_owned())
        })?;
        let chosen = cx.stock()?;
        let art = cover_art(page, trim, model);
        if model.takes_half(trim, art.size) {
            return Err(Skip::NotApplicable(FRONT_OR_BACK.to_owned()));
        }
        let pieces = cx.cover()?.page_count() > 1;
        let bleed_page = cx.resolved.bleed_page(trim);
        if pieces && likeness(&art, trim, model, bleed_page, None) == Likeness::Front {
            return Err(Skip::NotApplicable(
                "the cover comes in pieces, and its first page is a front or a back".to_owned(),
            ));
        }
        // Where no paper's spine fits and the job states none, the nearest decides.
        let open = cx.resolved.fit == resolve::SpineEvidence::None && !is_stated(cx);
        let stocks = if open { cx.stocks()? } else { vec![chosen] };
        let wanted: Vec<RequiredCover<'_>> = stocks
            .iter()
            .filter_map(|s| required_cover(cx, model, trim, art, s))
            .collect();
        let nearest = wanted
            .iter()
            .min_by(|a, b| a.off(art).total_cmp(&b.off(art)));
        let check = CoverSizeCheck {
            cx,
            model,
            trim,
            art,
            page,
        };
        let Some(nearest) = nearest.copied() else {
            return Ok(check.without_spine(limits));
        };
        let level = if limits
            .refused()
            .is_some_and(|limit| nearest.is_beyond(art, limit, true))
        {
            Level::Error
        } else if nearest.is_beyond(art, limits.warn_beyond, !nearest.stock.spine.jumps()) {
            Level::Warning
        } else {
            return Ok(Inspection::one(
                check
                    .unlikely(nearest)
                    .or_else(|| contradicts_stated_spine(cx, nearest)),
            ));
        };
        // The cover may have been made for another paper whose spine is unknown.
        let high =
            (art.size.height - nearest.size.height).abs() > limits.warn_beyond.as_pt() + SLACK_PT;
        let open = cx
            .stocks()?
            .iter()
            .any(|s| cx.resolved.spine_of(s, nearest.printed).is_none());
        if open && !high {
            return Ok(check.without_spine(limits));
        }
        if !open
            && !is_stated(cx)
            && let Some(other) = check.another_paper(limits)
        {
            return Ok(Inspection::one(Some(other)));
        }
        Ok(Inspection::one(Some(
            check.finding(&wanted, nearest, level),
        )))
    }
}

const FRONT_OR_BACK: &str =
    "it is a front or back on its own, which the platform takes; it makes the spine itself";

/// A finding where the job's spine is not the one of this book, and presscheck knows both.
fn contradicts_stated_spine(cx: &Context<'_>, fits: RequiredCover<'_>) -> Option<Finding> {
    // With several platforms it is unknown whose spine the job states.
    let told = cx.resolved.stated_spine.filter(|_| cx.peers.len() == 1)?;
    let (stock, printed) = (fits.stock, fits.printed);
    let spine = stock.spine.width(printed)?;
    let near = told.is_near(spine, stock.spine.tolerance(printed) + Length::pt(1.0));
    (!near).then(|| {
        let [told, spine] = [told, spine].map(|width| cx.resolved.words(width));
        let message = format!(
            "a spine of {told} was told; {printed} pages in {} make {spine}",
            stock.title
        );
        Finding::about(Part::Cover, message)
            .at(Level::Note)
            .advise("Ask the platform's calculator again, with this very page count and paper.")
    })
}

//! The visitor that collects the facts of a page's marks.

use std::collections::BTreeMap;

use crate::measure::art::ArtMerger;
use crate::measure::beyond::Outside;
use crate::measure::codes::candidates::{CandidateFinder, CandidateSet};
use crate::measure::colours::Uses;
use crate::measure::crop_marks::CropMarkFinder;
use crate::measure::detail::Looked;
use crate::measure::ground::InkGrid;
use crate::measure::ink_mass::InkMass;
use crate::measure::known_pictures::KnownPictures;
use crate::measure::lines::LineCollector;
use crate::measure::objects::ObjectUses;
use crate::measure::occlusion::{OcclusionBudget, vanishes};
use crate::measure::placed_images::PlacedImages;
use crate::measure::text::runs::TextRunBuilder;
use crate::measure::wanted::Wanted;
use crate::model::facts::{
    ArtKind, ImageColour, Page, Painted, PathCount, PlacedImage, Through, Visibility, WhiteLines,
};
use crate::model::facts::{FontKind, SpaceKind};
use crate::model::geometry::{Rect, Size};
use crate::model::limits::Limits;
use crate::pdf::{
    Appearance, Compositing, Family, FontIdentity, FoundPicture, GlyphMark, GlyphMode, ImageMark,
    PaintEffect, PathMark, PathMode, Picture, Thumbnail, Visitor,
};

/// Collects the marks of one page.
pub(super) struct Marks<'p> {
    text: TextRunBuilder,
    images: Vec<PlacedImage>,
    most_images: usize,
    /// Pictures were left out, for there are more than the limit.
    left_out: bool,
    art: ArtMerger,
    paths: PathCount,
    painted: Option<Rect>,
    ink: Option<Rect>,
    ground: InkGrid,
    /// None if no rule needs codes.
    finder: Option<CandidateFinder>,
    colours: Uses,
    lines: LineCollector,
    white_lines: BTreeMap<u32, LineCollector>,
    outside: Outside,
    corners: CropMarkFinder,
    covers: OcclusionBudget,
    pictures: PlacedImages<'p>,
    /// None if no rule needs ink.
    mass: Option<InkMass>,
    /// None if no standard of exchange is asked for.
    objects: Option<ObjectUses>,
}

impl<'p> Marks<'p> {
    pub(super) fn new(page: Size, limits: &Limits, wanted: &Wanted) -> Self {
        Self {
            text: TextRunBuilder::new(limits.texts),
            images: Vec::new(),
            most_images: limits.pictures,
            left_out: false,
            art: ArtMerger::new(page, limits.art_pieces),
            paths: PathCount::default(),
            painted: None,
            ink: None,
            ground: InkGrid::new(page),
            finder: wanted.codes.then(|| CandidateFinder::new(page, limits)),
            colours: Uses::default(),
            lines: LineCollector::default(),
            white_lines: BTreeMap::new(),
            outside: Outside::new(page),
            corners: CropMarkFinder::new(page),
            covers: OcclusionBudget::new(page),
            pictures: PlacedImages::new(limits),
            mass: wanted.weigh_above.map(|_| InkMass::default()),
            objects: wanted
                .exchange
                .then(|| ObjectUses::new(page, wanted.overlaps)),
        }
    }

    /// Looks at the pictures, once the walk is over. `thumbnail` averages the pixels of one over squares of so many pixels.
    pub(super) fn look_at_pictures(
        &mut self,
        known: (&KnownPictures, Option<Looked<'_>>),
        thumbnail: &dyn Fn(&Picture<'p>, usize) -> Option<Thumbnail>,
    ) {
        let pictures = std::mem::take(&mut self.pictures);
        pictures.look(&mut self.images, self.finder.as_mut(), known, thumbnail);
    }

    /// What the page has more of than the limit.
    pub(super) fn left_out(&self) -> Option<&'static str> {
        if self.left_out {
            Some("it has more pictures than the limit")
        } else if self.text.has_left_out() {
            Some("it has more pieces of text than the limit")
        } else {
            None
        }
    }

    /// What bears ink, for a bound on it.
    pub(super) fn mass(&mut self) -> Option<InkMass> {
        self.mass.take()
    }

    /// Moves everything into the page's facts; gives its fonts, its candidates for codes, and how its marks are
    /// composited.
    pub(super) fn finish(self, page: &mut Page) -> (Vec<FontIdentity>, CandidateSet, Compositing) {
        let (runs, fonts) = self.text.finish();
        page.text = runs;
        page.images = self.images;
        if let Some(objects) = self.objects {
            (page.objects, page.objects_gap) = objects.finish();
        }
        page.art = self.art.finish();
        page.paths = self.paths;
        page.painted = self.painted;
        page.ink = self.ink;
        page.crop_marks = self.corners.finish();
        let compositing = self.colours.finish(page);
        let white = self.white_lines.into_iter().map(|(on, lines)| WhiteLines {
            on,
            lines: lines.finish(None, page.trim),
        });
        page.white_lines = white.filter(|w| w.lines.total > 0).collect();
        page.lines = self.lines.finish(page.crop_marks.as_ref(), page.trim);
        page.beyond = self.outside.finish();
        let candidates = self.finder.map(CandidateFinder::finish).unwrap_or_default();
        (fonts, candidates, compositing)
    }

    /// Records a white line and what it lies on.
    fn white_line(&mut self, mark: &PathMark<'_>, seen: Rect) {
        let Some(on) = self.ground.colour(seen) else {
            return;
        };
        if self.white_lines.len() < GROUNDS || self.white_lines.contains_key(&on) {
            self.white_lines.entry(on).or_default().path(mark, seen);
        }
    }

    /// Drops what an opaque mark over `area` hides.
    fn cover(&mut self, area: Rect) {
        if !self.covers.asks(area) {
            return;
        }
        self.text.cover(area);
        self.art.cover(area);
        self.lines.cover(area);
        self.corners.cover(area);
        for lines in self.white_lines.values_mut() {
            lines.cover(area);
        }
        for image in &mut self.images {
            image.visible &= !area.contains(image.area, 0.0);
        }
    }

    /// Extends the painted area, and the inked area if the mark is ink.
    fn extend(&mut self, seen: Option<Rect>, leaves_ink: bool) {
        let Some(seen) = seen else {
            return;
        };
        self.painted = Some(self.painted.map_or(seen, |p| p.union(seen)));
        if leaves_ink {
            self.ink = Some(self.ink.map_or(seen, |i| i.union(seen)));
        }
    }
}

impl<'p> Visitor<'p> for Marks<'p> {
    fn glyph(&mut self, mark: &GlyphMark<'_>, text: &dyn Fn(&mut String)) {
        let Some(outline) = mark.outline else {
            self.text.blank(mark, text);
            return;
        };
        self.outside.glyph(mark, outline, text);
        if let Some(objects) = &mut self.objects {
            let seen = mark.seen.filter(|seen| !vanishes(outline, *seen));
            let on_ink = on_ink(&self.ground, mark.effect, seen);
            objects.glyph(mark, seen, on_ink);
        }
        let (visibility, area) = match (mark.mode, mark.seen) {
            (GlyphMode::Invisible, _) => (Visibility::Invisible, outline),
            (_, None) => (Visibility::ClippedAway, outline),
            (_, Some(seen)) if vanishes(outline, seen) => (Visibility::ClippedAway, outline),
            (_, Some(seen)) => match mark.effect {
                PaintEffect::None => (Visibility::Invisible, seen),
                PaintEffect::White if !self.ground.is_inked(seen) => (Visibility::White, seen),
                PaintEffect::White | PaintEffect::Ink => (Visibility::Visible, seen),
            },
        };
        if visibility == Visibility::Visible {
            let drawn = mark.font.technology == FontKind::Type3;
            if let Some(finder) = &mut self.finder {
                if mark.block {
                    finder.block(area);
                } else {
                    finder.glyph(area, mark.advance, drawn);
                }
            }
        }
        if mark.mode != GlyphMode::Invisible {
            self.extend(mark.seen, visibility == Visibility::Visible);
        }
        if visibility == Visibility::Visible {
            self.colours.mark(mark.appearance, Painted::Text, area);
            match &mut self.mass {
                Some(mass) if mark.further.is_empty() => {
                    mass.mark(mark.appearance, outline, mark.filled);
                }
                Some(mass) => mass.any(area),
                None => {}
            }
            for appearance in mark.further {
                self.colours.mark(*appearance, Painted::Text, area);
            }
        }
        let is_seen = visibility == Visibility::Visible;
        let ground = is_seen.then(|| self.ground.colour(area)).flatten();
        self.text.glyph(mark, visibility, area, ground, text);
    }

    fn path(&mut self, mark: &PathMark<'_>) {
        match mark.mode {
            PathMode::Fill | PathMode::Shading => {
                self.paths.fills = self.paths.fills.saturating_add(1)
            }
            PathMode::Stroke => self.paths.strokes = self.paths.strokes.saturating_add(1),
        }
        let seen = mark.seen.filter(|s| !vanishes(mark.outline, *s));
        self.outside.path(mark);
        if let Some(objects) = &mut self.objects {
            let on_ink = on_ink(&self.ground, mark.effect, seen);
            objects.path(mark, seen, on_ink);
        }
        self.extend(mark.seen, mark.effect == PaintEffect::Ink && seen.is_some());
        let on = match mark.mode {
            PathMode::Fill => Painted::Fill,
            PathMode::Stroke => Painted::Stroke,
            PathMode::Shading => Painted::Shading,
        };
        let Some(seen) = seen else {
            self.paths.unseen += 1;
            return;
        };
        if mark.hides {
            self.cover(seen);
        }
        if (mark.mode != PathMode::Shading || mark.appearance.has_artwork)
            && mark.effect != PaintEffect::None
            && let Some(finder) = &mut self.finder
        {
            finder.path(mark, seen);
        }
        match mark.effect {
            PaintEffect::Ink => {
                self.colours.mark(mark.appearance, on, seen);
                if let Some(mass) = &mut self.mass {
                    mass.path(mark, seen);
                }
                // White on a cluttered fill is still seen, but not within a frame or between marks.
                if mark.mode == PathMode::Stroke && mark.parts.len() <= SEGMENTS {
                    for part in mark.parts.iter().filter_map(|p| p.intersection(seen)) {
                        self.ground.ink(part, mark.appearance.colour);
                    }
                } else {
                    self.ground.ink(seen, mark.appearance.colour);
                }
                let kind = match mark.mode {
                    PathMode::Fill => ArtKind::Fill,
                    PathMode::Stroke => ArtKind::Stroke,
                    PathMode::Shading => ArtKind::Shading,
                };
                self.art.add(seen, kind, mark.parts.len());
                self.lines.path(mark, seen);
                self.corners.path(mark);
            }
            PaintEffect::White => {
                if self.ground.is_inked(seen) {
                    self.colours.mark(mark.appearance, on, seen);
                    self.white_line(mark, seen);
                } else {
                    self.paths.unseen += 1;
                }
                if mark.mode == PathMode::Fill && mark.parts.len() == 1 {
                    self.ground.clear(seen);
                }
            }
            PaintEffect::None => self.paths.unseen += 1,
        }
    }

    fn clip(&mut self, area: Rect, parts: usize) {
        if let Some(finder) = &mut self.finder {
            finder.clip(area, parts);
        }
    }

    fn image(&mut self, mark: &ImageMark, picture: &FoundPicture<'_, 'p>) {
        let seen = mark.seen.filter(|s| !vanishes(mark.outline, *s));
        let visible = seen.filter(|_| mark.effect != PaintEffect::None);
        self.outside.image(mark);
        if let Some(objects) = &mut self.objects {
            objects.image(mark, seen);
        }
        self.extend(
            mark.seen,
            visible.is_some() && mark.effect == PaintEffect::Ink,
        );
        self.pictures.add(mark, visible, picture);
        if let Some(seen) = visible {
            if mark.hides {
                self.cover(seen);
            }
            self.ground.ink(seen, mark.appearance.colour);
            if let Some(finder) = &mut self.finder {
                finder.image(mark, seen);
            }
            self.colours.mark(mark.appearance, Painted::Image, seen);
            if let Some(mass) = &mut self.mass {
                mass.any(seen);
            }
            if mark.own_mask {
                self.colours.through(&Through::PictureMask, seen);
            }
        }
        let ppi = |pixels: u32, side: f64| match side > 0.0 {
            true => (f64::from(pixels) * 72.0 / side) as f32,
            false => 0.0,
        };
        let [width, height] = mark.pixels;
        let [across, down] = mark.sides;
        if self.images.len() >= self.most_images {
            self.left_out = true;
            return;
        }
        self.images.push(PlacedImage {
            area: seen.unwrap_or(mark.outline),
            object: mark
                .object
                .map_or_else(|| "inline".to_owned(), |(n, g)| format!("{n} {g} R")),
            pixels: mark.pixels,
            own_pixels: (mark.own_pixels != mark.pixels).then_some(mark.own_pixels),
            ppi: [ppi(width, across), ppi(height, down)],
            bits: mark.bits,
            colour: match mark.colour {
                None => ImageColour::Stencil,
                Some(Family::Gray) => ImageColour::Gray,
                Some(Family::Rgb) => ImageColour::Rgb,
                Some(Family::Cmyk) => ImageColour::Cmyk,
                Some(Family::Lab) => ImageColour::Lab,
                Some(Family::Icc(_)) => ImageColour::Icc,
                Some(Family::Indexed) => ImageColour::Indexed,
                Some(Family::Spot) => ImageColour::Spot,
                Some(Family::Pattern | Family::Unknown) => ImageColour::Unknown,
            },
            filter: mark.codec,
            visible: visible.is_some(),
            paint: mark.appearance.colour,
            flaw: mark.flaw,
            // Known once the picture is looked at.
            gray: false,
            whole: mark.outline,
            masked: mark.masked,
            detail: None,
        });
    }

    fn group(&mut self, appearance: Appearance, area: Rect) {
        self.colours.transparent(appearance, area);
        if let Some(finder) = &mut self.finder {
            finder.through(appearance, area);
        }
    }

    fn settings(&mut self, compositing: Compositing, area: Rect) {
        self.colours.settings(compositing, area);
    }

    fn group_space(&mut self, space: SpaceKind) {
        self.colours.group(space);
    }
}

/// Whether something white lies on ink, as far as the grid tells.
fn on_ink(ground: &InkGrid, effect: PaintEffect, seen: Option<Rect>) -> bool {
    effect == PaintEffect::White && seen.is_some_and(|seen| ground.is_inked(seen))
}

/// Grounds whose white lines are kept apart on a page.
const GROUNDS: usize = 16;
/// A line of more segments inks its whole extent, as far as the grid is concerned: it may be a drawing.
const SEGMENTS: usize = 64;

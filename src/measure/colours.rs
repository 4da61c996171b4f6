//! Collects the colours of each page by use, and the colours of the file.

use std::collections::HashMap;

use crate::model::facts::{
    Colour, ColourUse, CropMarks, InkAmount, Page, Painted, PressSetting, Setting, SpaceKind,
    Through, Transparency,
};
use crate::model::geometry::Rect;
use crate::pdf::{Appearance, Compositing, Inks, PROCESS, PaletteEntry, Space};

/// Crop marks, colour bars and the name of a file are at most this many marks of a colour.
const FEW: usize = 64;

/// Collects the colours of one page as its marks come.
#[derive(Default)]
pub(super) struct Uses {
    uses: Vec<ColourUse>,
    /// Where the marks of each use lie, of those with few marks.
    places: Vec<Vec<Rect>>,
    known: HashMap<(u32, Painted, bool), usize>,
    /// How the last mark looked, where its use stands, and marks alike that are still to be added to it.
    last: Option<(Appearance, Painted)>,
    place: usize,
    pending: u32,
    covered: f64,
    transparency: Vec<Transparency>,
    groups: Vec<SpaceKind>,
    compositing: Compositing,
    settings: Vec<PressSetting>,
}

impl Uses {
    /// Adds a visible mark.
    #[inline]
    pub(super) fn mark(&mut self, appearance: Appearance, on: Painted, area: Rect) {
        // Letters come by the thousand in one look.
        if self.last == Some((appearance, on)) {
            self.pending += 1;
        } else {
            self.next(appearance, on, area);
        }
        if let Some(places) = self.places.get_mut(self.place).filter(|p| p.len() <= FEW) {
            places.push(area);
        }
        if !matches!(on, Painted::Text | Painted::Image) {
            self.covered += area.width() * area.height();
        }
    }

    /// Adds a mark whose appearance differs from the last.
    fn next(&mut self, appearance: Appearance, on: Painted, area: Rect) {
        self.count();
        let compositing = appearance.compositing();
        self.compositing = self.compositing.with(compositing);
        self.settings(compositing, area);
        let plain = compositing.is_opaque();
        if !plain {
            self.transparent(appearance, area);
        }
        let key = (appearance.colour, on, appearance.overprint);
        let (uses, places) = (&mut self.uses, &mut self.places);
        self.place = *self.known.entry(key).or_insert_with(|| {
            places.push(Vec::new());
            uses.push(ColourUse {
                colour: appearance.colour,
                on,
                overprint: appearance.overprint,
                marks: 0,
                covers: 0.0,
                area,
                off_trim: false,
            });
            uses.len() - 1
        });
        self.pending = 1;
        // Marks that are not opaque are counted one by one.
        self.last = plain.then_some((appearance, on));
    }

    /// Adds the marks that looked as the last one.
    fn count(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let covered = std::mem::take(&mut self.covered);
        if let Some(one) = self.uses.get_mut(self.place) {
            one.marks = one.marks.saturating_add(pending);
            let covered = covered as f32;
            one.covers = (one.covers + covered).round();
        }
    }

    /// Adds a mark or group that is not opaque.
    pub(super) fn transparent(&mut self, appearance: Appearance, area: Rect) {
        let compositing = appearance.compositing();
        self.compositing = self.compositing.with(compositing);
        if compositing.has_opacity() {
            self.through(&Through::Opacity, area);
        }
        for blend in compositing.blends() {
            self.through(&Through::Blend(blend.name().to_owned()), area);
        }
        if compositing.has_mask() {
            self.through(&Through::SoftMask, area);
        }
        if compositing.has_picture_mask() {
            self.through(&Through::PictureMask, area);
        }
    }

    /// Adds one kind of transparency.
    pub(super) fn through(&mut self, through: &Through, area: Rect) {
        match self.transparency.iter_mut().find(|t| t.through == *through) {
            Some(known) => known.marks = known.marks.saturating_add(1),
            None => self.transparency.push(Transparency {
                through: through.clone(),
                marks: 1,
                area,
            }),
        }
    }

    /// Adds device-dependent settings.
    pub(super) fn settings(&mut self, compositing: Compositing, area: Rect) {
        if compositing.settings().is_none() {
            return;
        }
        self.compositing = self.compositing.with(compositing);
        for (way, setting) in SETTINGS {
            if compositing.has(way) && !self.settings.iter().any(|s| s.setting == setting) {
                self.settings.push(PressSetting { setting, area });
            }
        }
    }

    /// Adds the blending colour space of a group.
    pub(super) fn group(&mut self, space: SpaceKind) {
        if !self.groups.contains(&space) {
            self.groups.push(space);
        }
    }

    /// Moves everything into the page's facts; gives how its marks are composited.
    pub(super) fn finish(mut self, page: &mut Page) -> Compositing {
        self.count();
        if let Some(marks) = page.crop_marks.filter(CropMarks::are_sure) {
            for (one, places) in self.uses.iter_mut().zip(&self.places) {
                let off = |area: &Rect| area.intersection(marks.trim).is_none();
                one.off_trim = places.len() <= FEW && places.iter().all(off);
            }
        }
        page.colours = self.uses;
        page.transparency = self.transparency;
        page.groups = self.groups;
        page.settings = self.settings;
        self.compositing
    }
}

/// Device-dependent settings of the walk, with their names in the facts.
const SETTINGS: [(Compositing, Setting); 8] = [
    (Compositing::TRANSFER, Setting::TransferFunction),
    (Compositing::BLACK, Setting::BlackGeneration),
    (Compositing::UNDERCOLOUR, Setting::UndercolourRemoval),
    (Compositing::HALFTONE, Setting::Halftone),
    (Compositing::PRINT_ALTERNATE, Setting::AlternateForPrint),
    (Compositing::ALTERNATES, Setting::Alternates),
    (Compositing::OPI, Setting::Opi),
    (Compositing::POSTSCRIPT, Setting::PostScript),
];

/// The colours of a file, each once.
#[derive(Default)]
pub(super) struct ColourTable {
    colours: Vec<Colour>,
    known: HashMap<String, u32>,
}

/// Colours kept apart in a file; others are many-coloured.
const MAX_COLOURS: usize = 20_000;

impl ColourTable {
    /// Turns a page's places in its palette into places in the file's colours.
    pub(super) fn place(&mut self, page: &mut Page, palette: &[Colour]) {
        // Patterns name colours of the same palette, which may stand behind them.
        let mut places: HashMap<u32, u32> = HashMap::new();
        let places = &mut places;
        let mut place = |index: u32| self.find(index, palette, places, 0);
        for run in &mut page.text {
            run.paint = place(run.paint);
            run.ground = run.ground.map(&mut place);
        }
        for image in &mut page.images {
            image.paint = place(image.paint);
        }
        for white in &mut page.white_lines {
            white.on = place(white.on);
        }
        for one in &mut page.colours {
            one.colour = place(one.colour);
        }
        for one in &mut page.objects {
            one.colour = place(one.colour);
        }
    }

    fn find(
        &mut self,
        index: u32,
        palette: &[Colour],
        places: &mut HashMap<u32, u32>,
        depth: usize,
    ) -> u32 {
        if let Some(place) = places.get(&index) {
            return *place;
        }
        let Some(mut colour) = palette.get(index as usize).cloned() else {
            return u32::MAX;
        };
        colour.parts = if depth > 4 {
            Vec::new()
        } else {
            let parts = std::mem::take(&mut colour.parts);
            parts
                .into_iter()
                .map(|p| self.find(p, palette, places, depth + 1))
                .collect()
        };
        let place = self.keep(colour);
        places.insert(index, place);
        place
    }

    fn keep(&mut self, mut colour: Colour) -> u32 {
        if self.colours.len() >= MAX_COLOURS {
            colour.amounts.clear();
        }
        let key = format!("{colour:?}");
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let place = u32::try_from(self.colours.len()).unwrap_or(u32::MAX);
        self.colours.push(colour);
        self.known.insert(key, place);
        place
    }

    pub(super) fn into_colours(self) -> Vec<Colour> {
        self.colours
    }
}

/// The colours of a palette as facts.
pub(super) fn facts(palette: Vec<PaletteEntry>) -> Vec<Colour> {
    palette.iter().map(fact).collect()
}

fn fact(entry: &PaletteEntry) -> Colour {
    let space = &entry.space;
    Colour {
        space: space.kind,
        profile: space.profile.clone(),
        names: space.inks.iter().map(ToString::to_string).collect(),
        alternate: alternate(space),
        amounts: entry.amounts.iter().map(|a| round(*a)).collect(),
        inks: amounts(&entry.inks),
        apart: entry.per_plate_max.as_ref().map_or_else(Vec::new, amounts),
        parts: entry.parts.clone(),
    }
}

/// The space that stands in for named inks, be they those of a palette.
fn alternate(space: &Space) -> Option<SpaceKind> {
    let base = space.base.as_ref()?;
    match space.is_palette() {
        true => alternate(base),
        false => (!space.inks.is_empty()).then_some(base.kind),
    }
}

/// Inks that are there, in the order of their plates.
pub(super) fn amounts(inks: &Inks) -> Vec<InkAmount> {
    let process = PROCESS.iter().zip(inks.process);
    let spots = inks.spots.iter().map(|(name, amount)| (&**name, *amount));
    process
        .map(|(name, amount)| (*name, amount))
        .chain(spots)
        .filter(|(_, amount)| *amount > 0.0)
        .map(|(ink, amount)| InkAmount {
            ink: ink.to_owned(),
            percent: round(amount * 100.0),
        })
        .collect()
}

/// To a thousandth.
fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

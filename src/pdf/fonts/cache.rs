//! The cache of fonts: their identity, and the extent of each glyph, measured once.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::{Affine, BezPath, ParamCurve, PathSeg, Point, Rect, Shape, Vec2};
use hayro_font::{Font, FontCache, FontGlyph, GlyphId, StandardFont, Type3Glyph};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Resources;

use crate::model::facts::FontKind;
use crate::pdf::fonts::glyph_text::GlyphText;
use crate::pdf::fonts::identity::{FontIdentity, has_identity_codes, identify};
use crate::pdf::fonts::program as font_program;
use crate::pdf::fonts::type3::{Type3Paint, Type3Run};
use crate::pdf::guard::font_fits;
use crate::pdf::images::decode::Sizes;
use crate::pdf::images::soundness::SoundnessCheck;
use crate::pdf::raster::blocks;
use crate::pdf::reading::missing;
use crate::pdf::reading::trouble::Troubles;

/// The shape and the advance of one character code.
#[derive(Clone)]
pub(crate) struct GlyphShape<'p> {
    /// The extent in thousandths of the em, y up, placed as the font wants it.
    pub(crate) ink: Option<Rect>,
    /// How far the pen moves, in thousandths of the em.
    pub(crate) advance: Vec2,
    /// Shift and stretch from the outline to `ink`.
    pub(crate) placement: Affine,
    /// The characters it stands for.
    pub(crate) text: GlyphText,
    /// The program of a Type 3 glyph, still to be measured.
    pub(crate) program: Option<Type3Glyph<'p>>,
    /// How its program paints, unless it does so in the colour of the text alone.
    pub(crate) drawn: Option<Rc<Type3Paint>>,
    /// What went wrong when its program was run.
    pub(crate) troubles: Option<Rc<Troubles>>,
    /// Operators that its program ran.
    pub(crate) cost: u64,
    /// Operators that drawing it costs beyond those.
    pub(crate) further: u64,
    /// The font has no glyph for this code and shows .notdef.
    pub(crate) missing: bool,
    /// It is a letter or figure, and the embedded font has no outline for it.
    pub(crate) empty: bool,
    /// It is a block character.
    pub(crate) block: bool,
}

/// Kinds of things that glyphs are drawn with.
const NAMES: usize = 6;
/// Codes are kept in blocks: fonts use few of the codes they could.
const BLOCK: usize = 256;
/// Blocks of two-byte codes. Rarer, longer codes are measured anew each time.
const BLOCKS: usize = 256;
type Block<'p> = Vec<Option<Rc<GlyphShape<'p>>>>;

/// A font with its measured glyphs.
pub(crate) struct FontEntry<'p> {
    pub(crate) identity: Rc<FontIdentity>,
    pub(crate) font: Font<'p>,
    /// The file has no usable font here; glyphs are those of a substitute.
    pub(crate) stand_in: bool,
    /// The embedded program is damaged.
    pub(crate) damaged: bool,
    /// The font dictionary.
    dict: Option<Dict<'p>>,
    /// Its program, unpacked at the first letter without an outline.
    program: OnceCell<Option<Vec<u8>>>,
    /// Its glyphs use the resources of the page, for the font has none.
    borrows: bool,
    /// The address of the resources its glyphs were drawn with.
    names: Cell<[usize; NAMES]>,
    /// The number of the walk in progress, and the glyphs whose operators that walk has paid for.
    spent: RefCell<(u64, HashSet<u32>)>,
    /// Codes are two bytes each, which spares a search in the font's code map for every glyph.
    two_bytes: bool,
    glyphs: RefCell<Vec<Block<'p>>>,
    /// Extents of glyphs set askew, by code and by the matrix without its shift.
    askew: RefCell<HashMap<Slant, Option<Rect>>>,
}

type Slant = (u32, [u64; 4]);
/// Slanted glyphs remembered. Text runs in few directions; curved lettering in many.
const SLANTS: usize = 4096;

impl<'p> FontEntry<'p> {
    fn new(identity: Rc<FontIdentity>, font: Font<'p>, stand_in: bool) -> Self {
        Self {
            identity,
            font,
            stand_in,
            damaged: false,
            dict: None,
            program: OnceCell::new(),
            borrows: false,
            names: Cell::new([0; NAMES]),
            spent: RefCell::default(),
            two_bytes: false,
            glyphs: RefCell::default(),
            askew: RefCell::default(),
        }
    }

    /// The extent of a glyph set askew by `em`, if it was measured under this matrix before. The caller
    /// measures what is missing, with the origin at zero, and hands it to `set_askew`.
    pub(crate) fn askew(&self, code: u32, em: Affine) -> Option<Option<Rect>> {
        let known = self.askew.borrow().get(&slant(code, em)).copied();
        known.map(|area| area.map(|a| a + em.translation()))
    }

    /// Remembers the extent of a glyph set askew by `em`, the origin at zero.
    pub(crate) fn set_askew(&self, code: u32, em: Affine, area: Option<Rect>) {
        let mut known = self.askew.borrow_mut();
        if known.len() >= SLANTS {
            known.clear();
        }
        known.insert(slant(code, em), area);
    }

    /// The code at `at`, and its length in bytes: at least one.
    pub(crate) fn read_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        if self.two_bytes
            && let Some(&[high, low]) = bytes.get(at..at + 2)
        {
            return (u32::from(high) << 8 | u32::from(low), 2);
        }
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// Whether its glyphs are programs rather than outlines.
    pub(crate) fn is_type3(&self) -> bool {
        self.identity.technology == FontKind::Type3
    }

    /// Forgets glyphs that were drawn with what another page names.
    pub(crate) fn draw_with(&self, resources: &Resources<'_>) {
        if !self.borrows {
            return;
        }
        let names = [
            &resources.x_objects,
            &resources.fonts,
            &resources.color_spaces,
            &resources.patterns,
            &resources.shadings,
            &resources.ext_g_states,
        ]
        .map(|dict| dict.data().as_ptr() as usize);
        if self.names.replace(names) != names {
            self.glyphs.borrow_mut().clear();
            self.askew.borrow_mut().clear();
        }
    }

    /// Whether this walk has yet to pay for a glyph's operators; marks them as paid. A page's budget must not depend
    /// on which pages the thread walked before.
    pub(crate) fn spends(&self, code: u32, walk: u64) -> bool {
        let mut spent = self.spent.borrow_mut();
        if spent.0 != walk {
            spent.0 = walk;
            spent.1.clear();
        }
        spent.1.insert(code)
    }

    /// The shape of a code.
    pub(crate) fn shape(&self, code: u32) -> Rc<GlyphShape<'p>> {
        let index = code as usize;
        let known = self
            .glyphs
            .borrow()
            .get(index / BLOCK)
            .and_then(|block| block.get(index % BLOCK))
            .and_then(Clone::clone);
        known.unwrap_or_else(|| {
            let mut shape = measure(&self.font, code);
            // A glyph missing in the substitute font may exist in the font that is not embedded.
            let own = self.identity.embedded && !self.stand_in;
            shape.missing &= own;
            // A letter that the substitute lacks still shows where the font is installed.
            if !own && !self.is_type3() && shape.ink.is_none() && shape.text.shows(code) {
                shape.ink = missing::stand_in(shape.advance.x);
                shape.empty = false;
            }
            // Fonts leave letters blank on purpose. One with data for a glyph but no outline, or no such glyph, is damaged.
            if shape.ink.is_none() && own && !self.is_type3() && shape.text.shows(code) {
                let id = self.font.map_code(code).to_u32();
                let unpack = || self.dict.as_ref().and_then(font_program::program);
                let program = self.program.get_or_init(unpack).as_deref();
                let draws = |data| shape.empty && font_program::has_drawing(data, id);
                shape.empty = program.is_some_and(|p| font_program::is_lost(p, id) || draws(p));
            }
            self.keep(code, shape)
        })
    }

    /// Remembers the ink of a Type 3 glyph, and how it paints, once its program has been run.
    pub(crate) fn set_ink(&self, code: u32, run: Type3Run) -> Rc<GlyphShape<'p>> {
        let mut shape = (*self.shape(code)).clone();
        shape.ink = run.ink;
        shape.program = None;
        shape.drawn = run.drawn;
        shape.troubles = run.troubles;
        shape.cost = run.cost;
        shape.further = run.further;
        self.keep(code, shape)
    }

    fn keep(&self, code: u32, shape: GlyphShape<'p>) -> Rc<GlyphShape<'p>> {
        let shape = Rc::new(shape);
        let index = code as usize;
        let mut blocks = self.glyphs.borrow_mut();
        if blocks.len() <= index / BLOCK && index / BLOCK < BLOCKS {
            blocks.resize(index / BLOCK + 1, Vec::new());
        }
        if let Some(block) = blocks.get_mut(index / BLOCK) {
            if block.is_empty() {
                block.resize(BLOCK, None);
            }
            if let Some(slot) = block.get_mut(index % BLOCK) {
                *slot = Some(Rc::clone(&shape));
            }
        }
        shape
    }

    /// The outline of a code in thousandths of the em, for text that is set askew or stroked.
    pub(crate) fn outline(&self, code: u32) -> BezPath {
        match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.outline(),
            FontGlyph::Type3(_) => BezPath::new(),
        }
    }
}

fn measure<'p>(font: &Font<'p>, code: u32) -> GlyphShape<'p> {
    let id = font.map_code(code);
    let placement = Affine::translate(font.origin_displacement(code))
        * Affine::scale_non_uniform(font.glyph_stretch(id, code), 1.0);
    let advance = font.code_advance(code);
    let (mut missing, mut block) = (false, false);
    let empty;
    let (ink, text, program) = match font.glyph(id, code) {
        FontGlyph::Outline(glyph) => {
            let outline = glyph.outline();
            missing = id == GlyphId::NOTDEF && missing::is_box(&outline);
            let drawn = outline.segments().next().is_some();
            empty = !drawn && id != GlyphId::NOTDEF;
            let outline = placement * outline;
            let ink = drawn.then(|| extent(&outline));
            block = ink.is_some_and(|ink| blocks::is_block(&outline, ink, advance.x));
            (ink.filter(|r| r.is_finite()), glyph.as_unicode(), None)
        }
        FontGlyph::Type3(glyph) => {
            empty = glyph.program().is_none();
            (None, glyph.as_unicode(), Some(glyph))
        }
    };
    GlyphShape {
        empty: empty && missing::is_letter(text.as_ref()),
        missing: missing && !missing::is_space(text.as_ref()),
        block,
        ink,
        advance,
        placement,
        text: match text {
            None => GlyphText::Unknown,
            Some(BfString::Char(c)) => GlyphText::Char(c),
            Some(BfString::String(s)) => GlyphText::Many(s.into()),
        },
        program,
        drawn: None,
        troubles: None,
        cost: 0,
        further: 0,
    }
}

/// The exact extent of an outline. Type designers put points on extremes, so hardly a curve need be solved.
fn extent(outline: &BezPath) -> Rect {
    let within =
        |area: Rect, p: Point| area.x0 <= p.x && p.x <= area.x1 && area.y0 <= p.y && p.y <= area.y1;
    let mut ends: Option<Rect> = None;
    for segment in outline.segments() {
        let (from, to) = (segment.start(), segment.end());
        let area = ends.unwrap_or_else(|| Rect::from_points(from, from));
        ends = Some(area.union_pt(from).union_pt(to));
    }
    let ends = ends.unwrap_or_default();
    outline.segments().fold(ends, |area, segment| {
        let inside = match segment {
            PathSeg::Line(_) => true,
            PathSeg::Quad(q) => within(area, q.p1),
            PathSeg::Cubic(c) => within(area, c.p1) && within(area, c.p2),
        };
        if inside {
            area
        } else {
            area.union(segment.bounding_box())
        }
    })
}

/// The fonts of a file, for one thread.
pub(crate) struct FontStore<'p> {
    settings: InterpreterSettings,
    cache: FontCache<'p>,
    entries: RefCell<HashMap<usize, Option<Rc<FontEntry<'p>>>>>,
    fallback: RefCell<Option<Option<Rc<FontEntry<'p>>>>>,
    /// Images recur from page to page as fonts do.
    pub(in crate::pdf) pictures: RefCell<SoundnessCheck>,
    /// So do large streams.
    pub(in crate::pdf) sizes: Sizes,
    /// The number of the walk in progress.
    pub(in crate::pdf) walk: Cell<u64>,
}

impl<'p> FontStore<'p> {
    /// An empty cache.
    pub(crate) fn new() -> Self {
        Self {
            settings: InterpreterSettings::default(),
            cache: FontCache::new(),
            entries: RefCell::default(),
            fallback: RefCell::default(),
            pictures: RefCell::default(),
            sizes: Sizes::default(),
            walk: Cell::new(0),
        }
    }

    /// The font of a font dictionary; a substitute if its program cannot be used.
    pub(crate) fn font(
        &self,
        dict: &Dict<'p>,
        deleted: &HashSet<u32>,
    ) -> Option<Rc<FontEntry<'p>>> {
        let key = dict.data().as_ptr() as usize;
        if let Some(entry) = self.entries.borrow().get(&key) {
            return entry.clone();
        }
        let identity = Rc::new(identify(dict));
        let (resolver, cmaps) = (&self.settings.font_resolver, &self.settings.cmap_resolver);
        // A program or map that would unpack to more than any font is as good as damaged.
        let fits = font_fits(dict);
        let loaded = fits
            .then(|| self.cache.font(dict, resolver, cmaps))
            .flatten();
        let (font, stand_in) = match loaded {
            Some(font) => (Some(font), false),
            None => (
                self.cache.standard_font(StandardFont::Helvetica, resolver),
                true,
            ),
        };
        let entry = font.map(|font| {
            let mut entry = FontEntry::new(identity, font, stand_in);
            entry.two_bytes = !stand_in && has_identity_codes(dict);
            entry.damaged = !fits || !font_program::is_sound(dict, deleted);
            entry.dict = Some(dict.clone());
            entry.borrows = entry.is_type3() && !dict.contains_key(b"Resources");
            Rc::new(entry)
        });
        self.entries.borrow_mut().insert(key, entry.clone());
        entry
    }

    /// The font that viewers use when a page sets text in a font that it does not have.
    pub(crate) fn fallback(&self) -> Option<Rc<FontEntry<'p>>> {
        self.fallback
            .borrow_mut()
            .get_or_insert_with(|| {
                let font = self
                    .cache
                    .standard_font(StandardFont::Helvetica, &self.settings.font_resolver)?;
                let identity = FontIdentity {
                    name: "no font named (shown in Helvetica)".to_owned(),
                    technology: FontKind::Unknown,
                    embedded: false,
                    subset: false,
                    object: 0,
                };
                Some(Rc::new(FontEntry::new(Rc::new(identity), font, true)))
            })
            .clone()
    }
}

fn slant(code: u32, em: Affine) -> Slant {
    let [a, b, c, d, ..] = em.as_coeffs();
    (code, [a, b, c, d].map(f64::to_bits))
}

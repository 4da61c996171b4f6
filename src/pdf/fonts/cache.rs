//! The cache of fonts: their identity, and the extent of each glyph, measured once.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro_font::kurbo::{Affine, BezPath, Rect};
use hayro_font::{Font, FontCache, FontGlyph, GlyphId, StandardFont};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Resources;

use crate::model::facts::FontKind;
use crate::pdf::fonts::glyph_check::GlyphCheck;
use crate::pdf::fonts::glyph_shape::{GlyphShape, measure};
use crate::pdf::fonts::identity::{FontIdentity, has_identity_codes, identify};
use crate::pdf::fonts::program as font_program;
use crate::pdf::fonts::type3::Type3Run;
use crate::pdf::guard::font_fits;
use crate::pdf::images::decode::Sizes;
use crate::pdf::images::soundness::SoundnessCheck;
use crate::pdf::reading::missing;

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
    /// Its program, unpacked.
    program: Option<Arc<Vec<u8>>>,
    /// Looks at its outlines one by one; made at the first of them.
    check: OnceCell<Option<GlyphCheck>>,
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
            program: None,
            check: OnceCell::new(),
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
                shape.filled = 1.0;
                shape.empty = false;
            }
            if own && !self.is_type3() {
                self.look_at(code, &mut shape);
            }
            self.keep(code, shape)
        })
    }

    /// Looks for damage to the outline of a code of the embedded font.
    fn look_at(&self, code: u32, shape: &mut GlyphShape<'p>) {
        let glyph = self.font.map_code(code);
        let id = glyph.to_u32();
        // Fonts leave letters blank on purpose. One with data for a glyph but no outline, or no such glyph, is damaged.
        if shape.ink.is_none() && shape.text.shows(code) {
            let draws = |data| shape.empty && font_program::has_drawing(data, id);
            let program = self.program.as_deref();
            shape.empty = program.is_some_and(|p| font_program::is_lost(p, id) || draws(p));
        }
        if glyph != GlyphId::NOTDEF
            && !self.damaged
            && let Some(program) = &self.program
        {
            let check = || {
                let used = !self.is_replaced(code, program);
                used.then(|| GlyphCheck::new(Arc::clone(program))).flatten()
            };
            let check = self.check.get_or_init(check).as_ref();
            shape.damaged = check.is_none_or(|check| !check.is_sound(id));
        }
    }

    /// Whether outlines come from another program than that of the file, which could not be used.
    fn is_replaced(&self, code: u32, program: &[u8]) -> bool {
        let FontGlyph::Outline(glyph) = self.font.glyph(self.font.map_code(code), code) else {
            return false;
        };
        match glyph.font_data() {
            Some(used) => (*used.data).as_ref() != program,
            // Nothing is said of Type 1 programs.
            None => self.identity.technology == FontKind::TrueType,
        }
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
            if fits {
                let program = font_program::read(dict, deleted);
                entry.damaged = !program.is_sound;
                entry.program = program.data.map(Arc::new);
            } else {
                entry.damaged = true;
            }
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

//! Opening a file and its pages, with finite limits.

use std::collections::HashSet;
use std::sync::Arc;

use hayro_font::kurbo::Rect;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};
use hayro_syntax::page::Page;
use hayro_syntax::xref::XRef;

use crate::model::facts::{Action, Annotation, Exchange};
use crate::model::limits::Limits;
use crate::model::press::Press;
use crate::pdf::colour::{CmykConverter, Palette, Spaces};
use crate::pdf::exchange::exchange;
use crate::pdf::fonts::cache::FontStore;
use crate::pdf::guard::Guard;
use crate::pdf::images::decode::Allowance;
use crate::pdf::images::picture::Picture;
use crate::pdf::images::thumbnail::Thumbnail;
use crate::pdf::interpreting::bounds::BoundsPainter;
use crate::pdf::interpreting::content::of_page;
use crate::pdf::interpreting::context::Context;
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::painter::Painter;
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::visitor::Visitor;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::plain;
use crate::pdf::reading::document_catalog::{self, DocumentExtras};
use crate::pdf::reading::frame::{self, PageGeometry, upright, user_unit, view};
use crate::pdf::reading::layers::Layers;
use crate::pdf::reading::object_streams::skeleton_fits;
use crate::pdf::reading::open::{self, Opened};
use crate::pdf::reading::page_tree;
use crate::pdf::reading::trouble::{Thing, Trouble, Troubles, Walked};

/// A file that was opened.
pub struct Reader {
    pdf: Pdf,
    layers: Layers,
    pub(in crate::pdf) converter: CmykConverter,
    pub(in crate::pdf) limits: Limits,
    repairs: Vec<String>,
    deleted: HashSet<u32>,
}

/// An annotation with its actions and attachment.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The annotation itself.
    pub annotation: Annotation,
    /// Its actions.
    pub actions: Vec<Action>,
    /// The name of the file it attaches.
    pub attached: Option<String>,
}

/// Fonts measured and colour spaces resolved so far; one for each thread.
pub struct ResourceCache<'p> {
    fonts: FontStore<'p>,
    spaces: Spaces,
}

impl Default for ResourceCache<'_> {
    fn default() -> Self {
        Self {
            fonts: FontStore::new(),
            spaces: Spaces::default(),
        }
    }
}

impl Reader {
    /// Opens a file from its bytes, or says for people why it cannot be read.
    pub fn open(bytes: Arc<Vec<u8>>, limits: Limits) -> Result<Self, String> {
        if !skeleton_fits(&bytes, limits.stream_bytes) {
            return Err(format!(
                "its object streams would unpack to more than the limit of {} MB",
                limits.stream_bytes / 1_000_000
            ));
        }
        let Opened { pdf, mut repairs } = open::open(bytes)?;
        let pages = pdf.pages().len();
        if pages > limits.pages {
            return Err(format!(
                "it has {pages} pages, more than the limit of {}",
                limits.pages
            ));
        }
        let layers = Layers::read(pdf.xref());
        if layers.lacks_any() {
            repairs.push("its layers are switched by what is not in the file".to_owned());
        }
        let converter = CmykConverter::read(pdf.xref());
        Ok(Self {
            pdf,
            layers,
            converter,
            limits,
            repairs,
            deleted: HashSet::new(),
        })
    }

    /// Weighs colours by this press where the file says of none.
    #[must_use]
    pub fn for_press(mut self, press: Option<&Press>) -> Self {
        if let Some(press) = press {
            self.converter = self.converter.or_press(press);
        }
        self
    }

    /// Sets which objects an update of the file has deleted, or its cross-reference table does not lead to, by number: the
    /// parser would use them all the same.
    pub fn without(mut self, deleted: impl IntoIterator<Item = u32>) -> Self {
        self.deleted.extend(deleted);
        self
    }

    /// The repairs made to open it, for messages.
    pub fn repairs(&self) -> &[String] {
        &self.repairs
    }

    /// The pages that the page tree names but does not contain, for messages.
    pub fn lost_pages(&self) -> Vec<String> {
        page_tree::lost(&self.pdf)
    }

    /// How many pages it has.
    pub fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    /// The boxes of page `index` (from 0).
    pub fn frame(&self, index: usize) -> Option<PageGeometry> {
        self.page(index).map(PageGeometry::of)
    }

    pub(crate) fn page(&self, index: usize) -> Option<&Page<'_>> {
        self.pdf.pages().get(index)
    }

    /// Whether page `index` can be drawn without any stream in it growing beyond the limits.
    pub fn is_drawable(&self, index: usize, cache: &ResourceCache<'_>) -> bool {
        let guard = || Guard::new(self.allowance(cache));
        self.page(index)
            .is_some_and(|page| guard().allows(page.resources()))
    }

    /// Averages the pixels of a picture over squares of `step` by `step`, if they are easily decoded.
    pub fn thumbnail(
        &self,
        cache: &ResourceCache<'_>,
        picture: &Picture<'_>,
        step: usize,
    ) -> Option<Thumbnail> {
        picture.thumbnail(step, self.allowance(cache))
    }

    fn allowance<'c>(&'c self, cache: &'c ResourceCache<'_>) -> Allowance<'c> {
        Allowance {
            limits: &self.limits,
            sizes: &cache.fonts.sizes,
        }
    }

    /// The annotations of page `index`.
    pub fn annotations(&self, index: usize) -> Vec<Annotated> {
        let Some(page) = self.page(index) else {
            return Vec::new();
        };
        let Some(array) = page.raw().get::<Array<'_>>(b"Annots") else {
            return Vec::new();
        };
        let view = view(page);
        array
            .iter::<Dict<'_>>()
            .take(100_000)
            .map(|dict| Annotated {
                annotation: Annotation {
                    kind: dict
                        .get::<Name<'_>>(b"Subtype")
                        .map_or_else(|| "unknown".to_owned(), |n| n.as_str().to_owned()),
                    area: dict
                        .get::<hayro_syntax::object::Rect>(b"Rect")
                        .map(|r| plain(view.transform_rect_bbox(upright(r)))),
                    prints: flags(&dict) & (HIDDEN | PRINT) == PRINT,
                },
                actions: document_catalog::actions_of(&dict, "an annotation"),
                attached: dict
                    .get::<Dict<'_>>(b"FS")
                    .and_then(|spec| document_catalog::embedded(&spec)),
            })
            .collect()
    }

    /// The palette of a page, without colours yet.
    pub fn palette(&self) -> Palette<'_> {
        Palette::new(&self.converter)
    }

    /// The actions run when page `index` is opened or left.
    pub fn actions(&self, index: usize) -> Vec<Action> {
        self.page(index).map_or_else(Vec::new, |page| {
            document_catalog::actions_of(page.raw(), "the page")
        })
    }

    /// Names of files that are said to belong to page `index`.
    pub fn associated_files(&self, index: usize) -> Vec<String> {
        let files = self
            .page(index)
            .and_then(|page| page.raw().get::<Array<'_>>(b"AF"));
        files.map_or_else(Vec::new, |files| {
            let specs = files.iter::<Dict<'_>>().take(1000);
            specs
                .filter_map(|spec| document_catalog::embedded(&spec))
                .collect()
        })
    }

    /// What the file holds besides pages.
    pub fn extras(&self) -> DocumentExtras {
        document_catalog::extras(&self.pdf, &self.layers, &self.limits)
    }

    /// What standards of exchange ask of the file.
    pub fn exchange(&self) -> Exchange {
        exchange(&self.pdf, &self.limits, &self.deleted)
    }

    /// Walks page `index` and reports its marks in page order, their colours in `palette`; appearances of annotations
    /// that are shown come last. `budget` is what the page may still spend in operators.
    pub fn walk<'p>(
        &'p self,
        index: usize,
        cache: &ResourceCache<'p>,
        palette: &mut Palette<'p>,
        visitor: &mut dyn Visitor<'p>,
        budget: &mut u64,
    ) -> Walked {
        let mut painter = BoundsPainter::new(visitor);
        self.run(index, cache, palette, &mut painter, budget)
    }

    /// Walks a page and has it painted.
    pub(in crate::pdf) fn run<'p>(
        &'p self,
        index: usize,
        cache: &ResourceCache<'p>,
        palette: &mut Palette<'p>,
        painter: &mut dyn Painter<'p>,
        budget: &mut u64,
    ) -> Walked {
        let Some(page) = self.page(index) else {
            return Walked::default();
        };
        cache
            .fonts
            .pictures
            .borrow_mut()
            .turn(self.limits.picture_bytes);
        cache.fonts.walk.set(cache.fonts.walk.get() + 1);
        let base = view(page);
        let (width, height) = page.render_dimensions();
        let unit = user_unit(page.raw());
        let extent = Rect::new(0.0, 0.0, f64::from(width) * unit, f64::from(height) * unit);
        let black = Paint::black(&cache.spaces, palette);
        let mut cx = Context {
            fonts: &cache.fonts,
            layers: &self.layers,
            limits: &self.limits,
            deleted: &self.deleted,
            spaces: &cache.spaces,
            palette,
            budget: *budget,
            further: 0,
            troubles: Troubles::default(),
            running: Vec::new(),
        };
        cx.verify(Thing::Page, page.raw());
        let oddities = frame::oddities(page.raw());
        oddities.into_iter().for_each(|what| cx.troubles.skip(what));
        let content = of_page(&mut cx, page, self.pdf.xref());
        let mut walker = Walker::new(&mut cx, painter, State::new(base, extent, black));
        let resources = page.resources();
        if let Some(group) = page.raw().get::<Dict<'_>>(b"Group") {
            walker.group_space(&group, resources);
        }
        if walker.run(&content, resources).is_ok() && page.raw().contains_key(b"Annots") {
            for annotation in annotations(page, self.pdf.xref()) {
                let Some(annotation) = annotation else {
                    let name = "among the annotations".to_owned();
                    walker.cx.trouble(Trouble::Missing(Thing::Appearance, name));
                    continue;
                };
                if flags(&annotation) & (HIDDEN | NO_VIEW) == 0
                    && walker.annotation(&annotation, resources).is_err()
                {
                    break;
                }
            }
        }
        *budget = cx.budget;
        Walked {
            further: cx.further,
            ..cx.troubles.words()
        }
    }
}

const HIDDEN: u32 = 1 << 1;
const PRINT: u32 = 1 << 2;
const NO_VIEW: u32 = 1 << 5;

/// The annotations of a page; none in place of one that is not in the file, or does not say what it is.
fn annotations<'p>(page: &Page<'p>, xref: &'p XRef) -> Vec<Option<Dict<'p>>> {
    match page.raw().get::<Object<'p>>(b"Annots") {
        Some(Object::Array(array)) => array
            .raw_iter()
            .take(100_000)
            .filter(|item| !matches!(item, MaybeRef::NotRef(Object::Null(_))))
            .map(|item| match item {
                MaybeRef::Ref(id) => xref.get::<Dict<'p>>(id.into()),
                MaybeRef::NotRef(object) => object.into_dict(),
            })
            .map(|found| found.filter(|dict| dict.get::<Name<'_>>(b"Subtype").is_some()))
            .collect(),
        Some(Object::Null(_)) => Vec::new(),
        _ => vec![None],
    }
}

fn flags(annotation: &Dict<'_>) -> u32 {
    annotation.get::<u32>(b"F").unwrap_or(0)
}

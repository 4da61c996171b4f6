//! The pages of a file: measured in parallel, order kept, each fenced.

use std::cell::OnceCell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use tracing::{debug, debug_span};

use super::blank::blank;
use super::codes::dark_inks::SeparationProbe;
use super::detail::Looked;
use super::known_pictures::KnownPictures;
use super::marks::Marks;
use super::wanted::Wanted;
use super::watch::{Watch, number};
use super::{codes, colours, cover, ink, skeleton, text};
use crate::fault::fenced;
use crate::model::facts::{Action, Attachment, Code, Colour, Construct, Page, Unread};
use crate::model::limits::Limits;
use crate::pdf::{Canvas, FontIdentity, Reader, ResourceCache};

/// One page with what still has to be joined into the document.
pub(super) struct Measured {
    pub(super) page: Page,
    pub(super) marks_fonts: Vec<FontIdentity>,
    pub(super) palette: Vec<Colour>,
    pub(super) codes: Vec<Code>,
    pub(super) unread: Vec<Unread>,
    pub(super) actions: Vec<Action>,
    pub(super) navigation: Vec<Action>,
    pub(super) restricted: Vec<(Construct, Option<String>)>,
    pub(super) attachments: Vec<Attachment>,
}

/// Pictures a page may always have, however many pages there are.
const PICTURES: usize = 100;
/// Operators a page may always spend, however many pages there are.
const SHARE: u64 = 5_000;

/// Measures the pages of a file in parallel; those of a run that was cancelled are missing.
pub(super) fn measure(
    reader: &Reader,
    limits: &Limits,
    wanted: &Wanted,
    watch: &Watch<'_>,
) -> Vec<Measured> {
    let count = reader.page_count();
    // Every page first gets an equal share of the file's operators, so that the outcome does not depend on
    // which page a thread takes first; the few that need more are walked again, in order, from what is left.
    let share = (limits.file_operators / count.max(1) as u64).clamp(SHARE, limits.operators);
    let known = KnownPictures::default();
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let slots: Mutex<Vec<Option<(Measured, bool)>>> =
        Mutex::new((0..count).map(|_| None).collect());
    let file = tracing::Span::current();
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads().min(count) {
            scope.spawn(|_| {
                let _file = file.enter();
                let mut worker = PageMeasurer::new(reader, limits, (wanted, &known));
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count || (watch.cancelled)() {
                        break;
                    }
                    let measured = worker.watched(index, share, watch);
                    let mut slots = slots.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(slot) = slots.get_mut(index) {
                        *slot = Some(measured);
                    }
                    drop(slots);
                    let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                    (watch.done)(number(index), done, count);
                }
            });
        }
    });
    let slots = slots.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut left = limits.file_operators;
    let mut worker = PageMeasurer::new(reader, limits, (wanted, &known));
    slots
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(index, (measured, short))| {
            if short && share < limits.operators && left > share && !(watch.cancelled)() {
                let budget = left.min(limits.operators);
                let (again, still_short) = worker.watched(index, budget, watch);
                (watch.done)(number(index), count, count);
                left = left.saturating_sub(if still_short { budget } else { share });
                again
            } else {
                measured
            }
        })
        .collect()
}

/// Measures pages; each thread has one, and its caches.
struct PageMeasurer<'p> {
    reader: &'p Reader,
    limits: &'p Limits,
    wanted: &'p Wanted,
    known: &'p KnownPictures,
    cache: ResourceCache<'p>,
    canvas: Option<Canvas<'p>>,
}

impl<'p> PageMeasurer<'p> {
    fn new(
        reader: &'p Reader,
        limits: &'p Limits,
        (wanted, known): (&'p Wanted, &'p KnownPictures),
    ) -> Self {
        Self {
            reader,
            limits,
            wanted,
            known,
            cache: ResourceCache::default(),
            canvas: None,
        }
    }

    /// Measures a page and reports that it is begun, or skips it.
    fn watched(&mut self, index: usize, budget: u64, watch: &Watch<'_>) -> (Measured, bool) {
        let number = number(index);
        let _page = debug_span!("page", number).entered();
        if let Some(why) = watch.skip.get(&number) {
            return (self.unmeasured(index, why.clone()), false);
        }
        (watch.begun)(number);
        self.page(index, budget)
    }

    /// Measures a page; also says whether it ran out of operators.
    fn page(&mut self, index: usize, budget: u64) -> (Measured, bool) {
        fenced(|| self.measure(index, budget)).unwrap_or_else(|why| {
            // Whatever panicked may have left its caches half-written.
            self.cache = ResourceCache::default();
            self.canvas = None;
            (self.unmeasured(index, why), false)
        })
    }

    /// The facts of a page that could not be measured: its boxes.
    fn unmeasured(&self, index: usize, why: String) -> Measured {
        let frame = fenced(|| self.reader.frame(index)).ok().flatten();
        let mut page = blank(index, frame.as_ref());
        page.gap = Some(why);
        Measured {
            page,
            marks_fonts: Vec::new(),
            palette: Vec::new(),
            codes: Vec::new(),
            unread: Vec::new(),
            actions: Vec::new(),
            navigation: Vec::new(),
            restricted: Vec::new(),
            attachments: Vec::new(),
        }
    }

    fn measure(&mut self, index: usize, whole: u64) -> (Measured, bool) {
        let mut budget = whole;
        let frame = self.reader.frame(index);
        let mut page = blank(index, frame.as_ref());
        let annotated = self.reader.annotations(index);
        let (actions, navigation) =
            skeleton::actions(page.number, self.reader.actions(index), &annotated);
        let files = self.reader.associated_files(index);
        let attachments = skeleton::attachments(Some(page.number), files, &annotated);
        page.annotations = annotated.into_iter().map(|one| one.annotation).collect();
        let mut own = *self.limits;
        own.pictures = (own.pictures / self.reader.page_count().max(1)).max(PICTURES);
        let mut marks = Marks::new(page.size, &own, self.wanted);
        let (reader, cache) = (self.reader, &self.cache);
        let mut palette = reader.palette();
        let walked = reader.walk(index, cache, &mut palette, &mut marks, &mut budget);
        let details = self.wanted.detail.then(|| Looked::new(self.known, &own));
        marks.look_at_pictures((self.known, details), &|one, step| {
            reader.thumbnail(cache, one, step)
        });
        let mut troubles = walked.troubles;
        page.skipped = walked.skipped;
        let restricted = walked.restricted;
        let short = budget == 0;
        let spent = whole.saturating_sub(budget).saturating_add(walked.further);
        if let Some(why) = marks.left_out() {
            troubles.push(why.to_owned());
        }
        let mass = marks.mass();
        let (marks_fonts, candidates, compositing) = marks.finish(&mut page);
        let palette = colours::facts(palette.into_entries());
        let (mut codes, mut unread) = (Vec::new(), Vec::new());
        // Large pictures are unpacked to find this out: once a page is enough.
        let known = OnceCell::new();
        let is_drawable = || *known.get_or_init(|| reader.is_drawable(index, cache));
        debug!(
            operators = spent,
            short,
            candidates = candidates.list.len(),
            "walked"
        );
        if self.wanted.codes && !short && !candidates.list.is_empty() {
            if let Some(trouble) = codes::read::too_much(&candidates, spent, self.limits) {
                debug!("not searched for codes: {trouble}");
                troubles.push(trouble.to_owned());
            } else if !is_drawable() {
                debug!("not searched for codes: a picture is too large to be drawn");
                troubles.push("a picture on it would unpack to more than the limit; it was not searched for codes".to_owned());
            } else {
                let canvas = self.canvas.get_or_insert_with(|| Canvas::new(self.reader));
                let found = codes::read::read(canvas, index, (&candidates, spent), self.limits);
                let probe = SeparationProbe::new(reader, cache, index, self.limits);
                codes = codes::code_inks::assign(
                    found.codes,
                    &page,
                    &candidates.shapes,
                    &palette,
                    &probe,
                );
                unread = found.unread;
                troubles.extend(found.trouble.map(str::to_owned));
            }
        }
        page.isbns = text::isbn::read(&page);
        if self.wanted.leftovers {
            page.leftovers = text::placeholder_text::find(&page);
        }
        let above = self.wanted.weigh_above.filter(|_| !short);
        if ink::may_exceed(above, &mut page, &palette, (compositing, mass)) {
            let (work, coverage) = ((spent, &is_drawable as _), &mut page.coverage);
            let by = (self.limits, self.wanted);
            ink::weigh(reader, cache, index, work, by, coverage);
        }
        let drawable = !short && spent <= self.limits.raster_operators;
        let is_cover = cover::edge_density::may_be_cover(index, self.reader.page_count(), &page);
        if self.wanted.relief && drawable && is_cover && is_drawable() {
            let canvas = self.canvas.get_or_insert_with(|| Canvas::new(self.reader));
            cover::edge_density::cover(canvas, index, &mut page);
        }
        if !troubles.is_empty() {
            page.gap = Some(troubles.join("; "));
        }
        let measured = Measured {
            page,
            marks_fonts,
            palette,
            codes,
            unread,
            actions,
            navigation,
            restricted,
            attachments,
        };
        (measured, short)
    }
}

//! The file's skeleton and what it holds besides pages, as facts.

use crate::model::facts::{
    Action, Annotation, Attachment, Construct, ConstructUse, Page, SizeApart, Structure,
};
use crate::model::geometry::Size;
use crate::pdf::{Annotated, DocumentExtras};

/// Adds to the structure what hangs on the file itself, as far as it could be read. What hangs on its pages is added page by
/// page. Gives the actions that only go to a place or an address.
pub(super) fn complete(structure: &mut Structure, extras: Option<DocumentExtras>) -> Vec<Action> {
    let whole = extras.as_ref().is_some_and(|e| !e.cut_off);
    let extras = extras.unwrap_or_default();
    let navigation;
    (structure.actions, navigation) = extras.actions.into_iter().partition(does_something);
    structure.form = extras.form;
    structure.bookmarks = extras.bookmarks;
    structure.attachments = attachments(None, extras.attached, &[]);
    structure.layers = extras.layers;
    structure.gap = (!whole).then(|| {
        "its bookmarks, fields, attachments and scripts could not be read in full".to_owned()
    });
    navigation
}

/// Actions of a page and its annotations; then those that only go to a place or an address.
pub(super) fn actions(
    page: u32,
    own: Vec<Action>,
    annotated: &[Annotated],
) -> (Vec<Action>, Vec<Action>) {
    let on_annotations = annotated.iter().flat_map(|one| {
        let Annotation { kind, area, .. } = &one.annotation;
        one.actions.iter().map(move |action| Action {
            when: format!("a {kind} annotation"),
            area: *area,
            ..action.clone()
        })
    });
    let all = own.into_iter().chain(on_annotations).map(|action| Action {
        page: Some(page),
        ..action
    });
    all.partition(does_something)
}

/// What standards of exchange restrict in the content of a page.
pub(super) fn restricted(
    page: u32,
    found: Vec<(Construct, Option<String>)>,
) -> impl Iterator<Item = ConstructUse> {
    found
        .into_iter()
        .map(move |(construct, value)| ConstructUse {
            construct,
            value,
            object: None,
            page: Some(page),
        })
}

/// Files that belong to a page, or to the file as a whole, or are pinned to a page.
pub(super) fn attachments(
    page: Option<u32>,
    own: Vec<String>,
    annotated: &[Annotated],
) -> Vec<Attachment> {
    let pinned = annotated.iter().filter_map(|one| {
        let name = one.attached.clone()?;
        Some((name, one.annotation.area))
    });
    own.into_iter()
        .map(|name| (name, None))
        .chain(pinned)
        .map(|(name, area)| Attachment { name, page, area })
        .collect()
}

/// Whether it is more than a place or an address to go to: those are links, told with the annotations, or the
/// view a file opens with.
fn does_something(action: &Action) -> bool {
    !matches!(
        action.kind.as_str(),
        "GoTo" | "GoToR" | "GoToE" | "GoToDp" | "GoTo3DView" | "URI" | "Thread"
    )
}

/// Half a point: what writers and readers round away is less.
const APART: f64 = 0.5;

/// Pages whose size the second reader sees otherwise. If the readers count pages differently, sizes say nothing.
pub(super) fn sizes_apart(pages: &[Page], second: &[Option<[f64; 2]>]) -> Vec<SizeApart> {
    if pages.len() != second.len() {
        return Vec::new();
    }
    pages
        .iter()
        .zip(second)
        .filter_map(|(page, second)| {
            let [width, height] = (*second)?;
            let apart = (page.size.width - width).abs() >= APART
                || (page.size.height - height).abs() >= APART;
            apart.then(|| SizeApart {
                page: page.number,
                size: Size::new(width, height),
            })
        })
        .collect()
}

//! The file's skeleton and what it holds besides pages, as facts.

use crate::model::facts::{
    Action, Attachment, Encryption, Form, Info, Layer, Page, SizeApart, Structure,
};
use crate::model::geometry::Size;
use crate::pdf::{Deed, Holdings, Note, Skeleton};

/// What hangs on the file itself, as far as it could be read. What hangs on its pages is added page by page.
pub(super) fn structure(skeleton: Skeleton, holdings: Option<Holdings>) -> Structure {
    let whole = holdings.as_ref().is_some_and(|h| !h.cut_off);
    let holdings = holdings.unwrap_or_default();
    let [title, author, creator, producer] = skeleton.info;
    Structure {
        version: skeleton.version,
        encryption: skeleton
            .encryption
            .map(|(method, forbidden)| Encryption { method, forbidden }),
        info: Info {
            title,
            author,
            creator,
            producer,
        },
        xmp: skeleton.xmp,
        direction: skeleton.direction,
        lang: skeleton.lang,
        repairs: skeleton.repairs,
        second_count: skeleton.pages,
        pdfx: skeleton.pdfx,
        declared_count: skeleton.declared,
        sizes_apart: Vec::new(),
        actions: holdings
            .deeds
            .into_iter()
            .filter(does_something)
            .map(|deed| Action {
                kind: deed.kind,
                when: deed.when,
                page: None,
                area: None,
            })
            .collect(),
        form: holdings.form.map(|form| Form {
            fields: form.fields,
            xfa: form.xfa,
        }),
        bookmarks: holdings.bookmarks,
        attachments: holdings
            .attached
            .into_iter()
            .map(|name| Attachment {
                name,
                page: None,
                area: None,
            })
            .collect(),
        layers: holdings
            .layers
            .into_iter()
            .map(|layer| Layer {
                name: layer.name,
                off: layer.off,
                unprinted: layer.unprinted,
            })
            .collect(),
        gap: (!whole).then(|| {
            "its bookmarks, fields, attachments and scripts could not be read in full".to_owned()
        }),
    }
}

/// Actions of a page and its annotations.
pub(super) fn actions(page: u32, own: Vec<Deed>, notes: &[Note]) -> Vec<Action> {
    let on_page = own.into_iter().map(|deed| (deed, None, None));
    let on_notes = notes.iter().flat_map(|note| {
        let deeds = note.deeds.iter().cloned();
        deeds.map(move |deed| (deed, note.area, Some(note.kind.as_str())))
    });
    on_page
        .chain(on_notes)
        .filter(|(deed, ..)| does_something(deed))
        .map(|(deed, area, kind)| Action {
            kind: deed.kind,
            when: kind.map_or(deed.when, |kind| format!("a {kind} annotation")),
            page: Some(page),
            area,
        })
        .collect()
}

/// Files that belong to a page or are pinned to it.
pub(super) fn attachments(page: u32, own: Vec<String>, notes: &[Note]) -> Vec<Attachment> {
    let pinned = notes
        .iter()
        .filter_map(|note| note.attached.clone().map(|name| (name, note.area)));
    own.into_iter()
        .map(|name| (name, None))
        .chain(pinned)
        .map(|(name, area)| Attachment {
            name,
            page: Some(page),
            area,
        })
        .collect()
}

/// Whether it is more than a place or an address to go to: those are links, told with the annotations, or the
/// view a file opens with.
fn does_something(deed: &Deed) -> bool {
    !matches!(
        deed.kind.as_str(),
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

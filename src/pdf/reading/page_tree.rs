//! Walks the page tree to find pages that it counts but does not contain.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};

/// Nodes visited at most.
const MAX_NODES: usize = 200_000;

/// The pages that the page tree names but does not contain, for messages.
pub(in crate::pdf) fn lost(pdf: &Pdf) -> Vec<String> {
    let xref = pdf.xref();
    let root = xref.get::<Dict<'_>>(xref.root_id());
    let Some(top) = root.and_then(|root| root.get::<Dict<'_>>(b"Pages")) else {
        return Vec::new();
    };
    let mut seen: HashSet<ObjectIdentifier> = HashSet::new();
    let (mut found, mut lost) = (0usize, Vec::new());
    let mut stack = vec![kids(&top)];
    // What each node below the top counts, and how many pages were found before it.
    let mut counts = vec![(None, 0)];
    let mut miscounted = Vec::new();
    while let Some(level) = stack.last_mut() {
        let Some(kid) = level.pop() else {
            stack.pop();
            if let Some((Some(counted), before)) = counts.pop()
                && counted != found - before
            {
                miscounted.push((counted, found - before));
            }
            continue;
        };
        if seen.len() >= MAX_NODES {
            break;
        }
        let node = match kid {
            MaybeRef::Ref(id) => {
                let id: ObjectIdentifier = id.into();
                // A node that is named twice counts once, as readers do, whatever the nodes above it count.
                if !seen.insert(id) {
                    counts.iter_mut().for_each(|(counted, _)| *counted = None);
                    continue;
                }
                xref.get::<Dict<'_>>(id)
            }
            MaybeRef::NotRef(object) => object.into_dict(),
        };
        match node {
            None => lost.push(found),
            Some(node) if node.get::<Name<'_>>(b"Type").as_deref() == Some(b"Pages") => {
                if !node.contains_key(b"Kids") {
                    lost.push(found);
                }
                // One that does not say counts as one that counts none.
                counts.push((Some(node.get::<usize>(b"Count").unwrap_or(0)), found));
                stack.push(kids(&node));
            }
            Some(_) => found += 1,
        }
    }
    let mut words: Vec<String> = lost
        .iter()
        .map(|after| {
            format!("its page tree names a page behind page {after} that is not in the file")
        })
        .collect();
    let counted = top.get::<usize>(b"Count").unwrap_or(0);
    if words.is_empty() && counted > found {
        words.push(format!(
            "its page tree counts {counted} pages and holds {found}"
        ));
    }
    // Readers that look for a page by number pass over as many as a node counts.
    if words.is_empty() && counted == found {
        words.extend(miscounted.iter().take(12).map(|(counted, holds)| {
            format!("a node of its page tree counts {counted} pages and holds {holds}")
        }));
    }
    if top.contains_key(b"Count") && top.get::<usize>(b"Count").is_none() {
        words.push("its page tree counts its pages with what is no number of pages".to_owned());
    }
    if !top.contains_key(b"Count") {
        words.push("its page tree does not say how many pages it has".to_owned());
    }
    words.dedup();
    words
}

/// The kids of a node, last first.
fn kids<'a>(node: &Dict<'a>) -> Vec<MaybeRef<Object<'a>>> {
    let array = node.get::<Array<'a>>(b"Kids");
    let mut kids: Vec<_> =
        array.map_or_else(Vec::new, |array| array.raw_iter().take(MAX_NODES).collect());
    kids.reverse();
    kids
}

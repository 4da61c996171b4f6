//! Layers that can be switched on and off.

use crate::model::facts::Layer;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct LayersPresent;

impl Rule for LayersPresent {
    const META: Meta = Meta {
        id: "layers-present",
        title: "layers are in the file",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "What a layered file prints depends on who opens it: a layer you switched off may print, one you see may \
              not. The print standard the platforms prefer has no layers at all.",
        fix: "Delete what must not print, and flatten the rest: export again without layers.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let layered = files
            .iter()
            .filter(|(_, file)| !file.structure.layers.is_empty());
        let findings = layered
            .map(|(part, file)| Finding::about(*part, message(*part, &file.structure.layers)))
            .collect();
        Ok(Inspection {
            at: files.len(),
            findings,
            gaps: cx.skeleton_gaps(),
        })
    }
}

/// `3 layers in the cover: "Art", "Text", "Guides"; switched off: "Guides"`.
fn message(part: Part, layers: &[Layer]) -> String {
    let names = |which: &dyn Fn(&Layer) -> bool| -> Vec<String> {
        let some = layers.iter().filter(|layer| which(layer));
        some.map(|layer| format!("\"{}\"", layer.name)).collect()
    };
    let mut message = format!(
        "{} in the {}: {}",
        words::count(layers.len(), "layer", "layers"),
        part.word(),
        words::some_of(names(&|_| true).into_iter(), 6)
    );
    let off = names(&|layer| layer.off);
    let unprinted = names(&|layer| layer.unprinted && !layer.off);
    for (which, list) in [("switched off", off), ("not to be printed", unprinted)] {
        if !list.is_empty() {
            message.push_str(&format!(
                "; {which}: {}",
                words::some_of(list.into_iter(), 6)
            ));
        }
    }
    message
}

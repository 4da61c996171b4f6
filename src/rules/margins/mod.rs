//! Rules about margins and bleed: what comes too near to an edge, or does not reach it.

mod bleed_missing;
mod bleed_mixed;
mod bleed_not_reached;
mod bleed_on_bind_edge;
mod content_off_page;
mod cut;
mod gutter_too_narrow;
mod hidden_content;
mod margin_too_narrow;
mod setting;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "margins",
    title: "Margins and bleed",
    rules: &[
        Entry::of::<gutter_too_narrow::GutterTooNarrow>(),
        Entry::of::<margin_too_narrow::MarginTooNarrow>(),
        Entry::of::<bleed_missing::BleedMissing>(),
        Entry::of::<bleed_not_reached::BleedNotReached>(),
        Entry::of::<bleed_on_bind_edge::BleedOnBindEdge>(),
        Entry::of::<bleed_mixed::BleedMixed>(),
        Entry::of::<content_off_page::ContentOffPage>(),
        Entry::of::<hidden_content::HiddenContent>(),
    ],
};

//! One model of every cover: outer edge, flaps, panels, hinges and spine in a row. What differs between platforms and
//! bindings is in their profiles; `layout` lays it out.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::geometry::Size;
use crate::model::units::Length;

/// What lies around the panels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Edge {
    /// Bleed: cut away.
    #[default]
    Bleed,
    /// Wrap: folded around the boards and glued inside.
    Wrap,
}

/// Where the hinge of a hard cover lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HingeAt {
    /// Between board and spine: it adds to the width.
    #[default]
    BesideSpine,
    /// On the board, next to the spine: it adds nothing.
    OnBoard,
}

/// How far text on the spine stays from each fold, for spines from a width on.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SpineSafety {
    /// For spines this wide or wider.
    pub from_width: Length,
    /// The distance from each fold.
    pub sides: Length,
}

/// The place of the bar code on the back.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BarcodeBox {
    /// Its width.
    pub width: Length,
    /// Its height.
    pub height: Length,
    /// From the edge of the back towards the spine (the hinge, where there is one). Absent where the box may stand
    /// anywhere in the safe area; it is then drawn in the middle of its lower edge.
    pub from_inner: Option<Length>,
    /// From the bottom of the back panel.
    pub from_bottom: Option<Length>,
}

/// A sheet a platform hands out as a template, larger than the cover on it.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TemplateSheet {
    /// Its width.
    pub width: Length,
    /// Its height.
    pub height: Length,
}

/// How a cover is composed.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CoverModel {
    /// A key of `sources`, for the composition.
    pub source: String,
    /// What the art must run over beyond the panels, on all four sides.
    pub bleed: Length,
    /// Whether that is cut off or folded in.
    #[serde(default)]
    pub edge: Edge,
    /// What a panel is wider than the trim; negative where it is narrower.
    #[serde(default)]
    pub panel_wider: Length,
    /// What a panel is higher than the trim.
    #[serde(default)]
    pub panel_higher: Length,
    /// The width of the hinge on each side of the spine.
    #[serde(default)]
    pub hinge: Length,
    /// Where the hinge lies.
    #[serde(default)]
    pub hinge_at: HingeAt,
    /// The width of each flap.
    #[serde(default)]
    pub flap: Length,
    /// The width of the strip that folds around the board's edge, between flap and panel.
    #[serde(default)]
    pub fold: Length,
    /// A key of `sources`, for what follows.
    pub safety_source: Option<String>,
    /// How far text stays inside a panel's outer, top and bottom edge.
    pub safety: Option<Length>,
    /// How far text stays from the edge towards the spine or hinge.
    #[serde(default)]
    pub safety_inner: Length,
    /// How far it stays from there by some sources: nearer is doubtful.
    #[serde(default)]
    pub safety_inner_doubtful: Length,
    /// How far text on the spine stays from the folds, widest spines first.
    #[serde(default)]
    pub spine_safety: Vec<SpineSafety>,
    /// How far text on the spine stays from its ends; as `safety` if absent.
    pub spine_ends: Option<Length>,
    /// A key of `sources`, for the barcode's box.
    pub barcode_source: Option<String>,
    /// The barcode's box.
    pub barcode: Option<BarcodeBox>,
    /// Template sheets a cover may come on.
    #[serde(default)]
    pub sheets: Vec<TemplateSheet>,
    /// Front and back may come as files of their own; the platform then makes the spine.
    #[serde(default)]
    pub halves: bool,
}

impl CoverModel {
    /// The size of the file for a trim and a spine.
    pub fn size(&self, trim: Size, spine: Length) -> Size {
        let [outside, height] = self.frame(trim);
        Size::new(2.0 * outside + spine.as_pt(), height)
    }

    /// Whether a file of this size is a front or back on its own, and the platform takes those: a panel with bleed all
    /// around but at the spine.
    pub fn takes_half(&self, trim: Size, size: Size) -> bool {
        let [outside, height] = self.frame(trim);
        self.halves && size.is_near(Size::new(outside, height), 1.0)
    }

    /// The spine that a cover of this width has room for.
    pub fn spine_of(&self, trim: Size, width: f64) -> Length {
        let [outside, _] = self.frame(trim);
        Length::pt(width - 2.0 * outside)
    }

    /// The height of the trim that a cover of this height is for.
    pub fn trim_height_of(&self, height: f64) -> f64 {
        height - 2.0 * self.bleed.as_pt() - self.panel_higher.as_pt()
    }

    /// Everything on one side of the spine, and the whole height.
    fn frame(&self, trim: Size) -> [f64; 2] {
        let panel = self.panel(trim);
        let outside = self.bleed + self.flap + self.fold + self.hinge_beside();
        [
            outside.as_pt() + panel.width,
            panel.height + 2.0 * self.bleed.as_pt(),
        ]
    }

    pub(super) fn panel(&self, trim: Size) -> Size {
        Size::new(
            trim.width + self.panel_wider.as_pt(),
            trim.height + self.panel_higher.as_pt(),
        )
    }

    pub(super) fn hinge_beside(&self) -> Length {
        match self.hinge_at {
            HingeAt::BesideSpine => self.hinge,
            HingeAt::OnBoard => Length::default(),
        }
    }

    /// How far text on a spine of this width stays from each fold.
    pub fn spine_sides(&self, spine: Length) -> Option<Length> {
        self.spine_safety
            .iter()
            .filter(|s| !spine.is_below(s.from_width))
            .max_by(|a, b| a.from_width.as_pt().total_cmp(&b.from_width.as_pt()))
            .map(|s| s.sides)
    }
}

//! A cover laid out for one trim and one spine: panels, folds, safe areas and the barcode's box, in either direction.

use super::cover::{CoverModel, Edge, HingeAt};
use crate::model::geometry::{Direction, Rect, Size};
use crate::model::units::Length;

/// Which part of a cover a panel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelKind {
    /// The back of the book.
    Back,
    /// Its spine.
    Spine,
    /// Its front.
    Front,
    /// The strip beside the spine along which the back board opens.
    BackHinge,
    /// The same at the front.
    FrontHinge,
    /// What of a jacket is folded inside the back board.
    BackFlap,
    /// The same at the front.
    FrontFlap,
    /// The strip of a jacket around the edge of the back board.
    BackFold,
    /// The same at the front.
    FrontFold,
}

impl PanelKind {
    /// The word for it, as reports and templates have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Back => "back",
            Self::Spine => "spine",
            Self::Front => "front",
            Self::BackHinge => "back-hinge",
            Self::FrontHinge => "front-hinge",
            Self::BackFlap => "back-flap",
            Self::FrontFlap => "front-flap",
            Self::BackFold => "back-fold",
            Self::FrontFold => "front-fold",
        }
    }

    /// Whether a cover folds at both of its edges, around the board.
    fn is_fold(self) -> bool {
        matches!(self, Self::BackFold | Self::FrontFold)
    }

    /// Whether it is a strip that only bends.
    pub fn is_strip(self) -> bool {
        self.is_fold() || matches!(self, Self::BackHinge | Self::FrontHinge)
    }
}

/// A part of a cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Which part it is.
    pub kind: PanelKind,
    /// Its area on the cover file, in points from the top-left corner.
    pub area: Rect,
}

/// A cover laid out for one trim and one spine.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// The size of the file.
    pub size: Size,
    /// The spine.
    pub spine: Length,
    /// Every part, from left to right.
    pub panels: Vec<Panel>,
    /// Where it folds, from left to right.
    pub folds: Vec<f64>,
    /// Where text may stand, by panel; a panel too narrow for any has none.
    pub safe: Vec<Panel>,
    /// The box of the bar code.
    pub barcode: Option<Rect>,
    /// Whether the bar code may stand elsewhere in the safe area.
    pub barcode_moves: bool,
    /// All panels together: what is seen of the finished cover, flaps included.
    pub finished: Rect,
    /// What lies around them.
    pub edge: Edge,
}

impl CoverModel {
    /// The cover laid out.
    pub fn lay_out(&self, trim: Size, spine: Length, direction: Direction) -> Cover {
        let size = self.size(trim, spine);
        let (top, bottom) = (self.bleed.as_pt(), size.height - self.bleed.as_pt());
        let left_first = match direction {
            Direction::Ltr => Half::BACK,
            Direction::Rtl => Half::FRONT,
        };
        let right_last = if left_first == Half::BACK {
            Half::FRONT
        } else {
            Half::BACK
        };
        let panel = self.panel(trim).width;
        let hinge = self.hinge.as_pt();
        let beside = self.hinge_beside().as_pt();
        let mut at = self.bleed.as_pt();
        let mut panels = Vec::new();
        let mut put = |kind, width: f64| {
            if width > 0.0 {
                panels.push(Panel {
                    kind,
                    area: Rect::new(at, top, at + width, bottom),
                });
            }
            at += width;
        };
        let [flap, fold] = [self.flap, self.fold].map(Length::as_pt);
        put(left_first.flap, flap);
        put(left_first.fold, fold);
        put(left_first.panel, panel);
        put(left_first.hinge, beside);
        put(PanelKind::Spine, spine.as_pt());
        put(right_last.hinge, beside);
        put(right_last.panel, panel);
        put(right_last.fold, fold);
        put(right_last.flap, flap);
        let spine_x = [
            size.width / 2.0 - spine.as_pt() / 2.0,
            size.width / 2.0 + spine.as_pt() / 2.0,
        ];
        if self.hinge_at == HingeAt::OnBoard && hinge > 0.0 {
            for (kind, x0) in [
                (left_first.hinge, spine_x[0] - hinge),
                (right_last.hinge, spine_x[1]),
            ] {
                panels.push(Panel {
                    kind,
                    area: Rect::new(x0, top, x0 + hinge, bottom),
                });
            }
            panels.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
        }
        let mut folds: Vec<f64> = spine_x.to_vec();
        for p in panels.iter().filter(|p| p.kind.is_fold()) {
            folds.extend([f64::from(p.area.x0), f64::from(p.area.x1)]);
        }
        folds.sort_by(f64::total_cmp);
        folds.dedup_by(|a, b| (*a - *b).abs() < 0.001);
        let finished = Rect::new(
            self.bleed.as_pt(),
            top,
            size.width - self.bleed.as_pt(),
            bottom,
        );
        let mut cover = Cover {
            size,
            spine,
            panels,
            folds,
            safe: Vec::new(),
            barcode: None,
            barcode_moves: false,
            finished,
            edge: self.edge,
        };
        cover.safe = self.safe_areas(&cover);
        self.place_barcode(&mut cover);
        cover
    }

    fn safe_areas(&self, cover: &Cover) -> Vec<Panel> {
        let Some(safety) = self.safety.map(Length::as_pt) else {
            return Vec::new();
        };
        let middle = cover.size.width / 2.0;
        let on_board = match self.hinge_at {
            HingeAt::OnBoard => self.hinge.as_pt(),
            HingeAt::BesideSpine => 0.0,
        };
        let area = |panel: &Panel| {
            let [x0, y0, x1, y1] = panel.area.to_f64();
            let (sides, ends) = match panel.kind {
                PanelKind::Spine => {
                    let sides = self.spine_sides(cover.spine)?.as_pt();
                    let ends = self.spine_ends.map_or(safety, Length::as_pt);
                    ([sides, sides], ends)
                }
                PanelKind::Back | PanelKind::Front | PanelKind::BackFlap | PanelKind::FrontFlap => {
                    let hinge = match panel.kind {
                        PanelKind::Back | PanelKind::Front => on_board,
                        _ => 0.0,
                    };
                    let inner = self.safety_inner.as_pt() + hinge;
                    let left_of_spine = x1 <= middle;
                    let sides = if left_of_spine {
                        [safety, inner]
                    } else {
                        [inner, safety]
                    };
                    (sides, safety)
                }
                _ => return None,
            };
            let (left, right, up, down) = (x0 + sides[0], x1 - sides[1], y0 + ends, y1 - ends);
            (left < right && up < down).then(|| Panel {
                kind: panel.kind,
                area: Rect::new(left, up, right, down),
            })
        };
        cover.panels.iter().filter_map(area).collect()
    }

    fn place_barcode(&self, cover: &mut Cover) {
        let back = |list: &[Panel]| {
            let mut panels = list.iter();
            let back = panels.find(|p| p.kind == PanelKind::Back);
            back.map(|p| p.area.to_f64())
        };
        let (Some(wanted), Some(panel)) = (&self.barcode, back(&cover.panels)) else {
            return;
        };
        let (width, height) = (wanted.width.as_pt(), wanted.height.as_pt());
        let hinge = match self.hinge_at {
            HingeAt::OnBoard => self.hinge.as_pt(),
            HingeAt::BesideSpine => 0.0,
        };
        let [x0, _, x1, y1] = panel;
        let area = match (wanted.from_inner, wanted.from_bottom) {
            (Some(inner), Some(bottom)) => {
                let inner = inner.as_pt() + hinge;
                let left = if x1 <= cover.size.width / 2.0 {
                    x1 - inner - width
                } else {
                    x0 + inner
                };
                let low = y1 - bottom.as_pt();
                Rect::new(left, low - height, left + width, low)
            }
            _ => {
                let [sx0, _, sx1, low] = back(&cover.safe).unwrap_or(panel);
                let left = (sx0 + sx1 - width) / 2.0;
                cover.barcode_moves = true;
                Rect::new(left, low - height, left + width, low)
            }
        };
        cover.barcode = Some(area);
    }
}

/// The parts on one side of the spine.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Half {
    panel: PanelKind,
    hinge: PanelKind,
    fold: PanelKind,
    flap: PanelKind,
}

impl Half {
    const BACK: Self = Self {
        panel: PanelKind::Back,
        hinge: PanelKind::BackHinge,
        fold: PanelKind::BackFold,
        flap: PanelKind::BackFlap,
    };
    const FRONT: Self = Self {
        panel: PanelKind::Front,
        hinge: PanelKind::FrontHinge,
        fold: PanelKind::FrontFold,
        flap: PanelKind::FrontFlap,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(text: &str) -> CoverModel {
        toml::from_str(text).unwrap_or_else(|e| panic!("{e}"))
    }

    fn inches(rect: Rect) -> [f64; 4] {
        rect.to_f64().map(|v| (v / 72.0 * 1000.0).round() / 1000.0)
    }

    #[test]
    fn a_paperback_of_240_cream_pages_at_kdp() {
        let kdp = model(
            "source = 's'\nbleed = '0.125in'\nsafety = '0.125in'\nspine-safety = [{ from-width = '0in', sides = '0.0625in' }]
             barcode = { width = '2in', height = '1.2in', from-inner = '0.25in', from-bottom = '0.25in' }",
        );
        let trim = Size::new(432.0, 648.0);
        let cover = kdp.lay_out(trim, Length::inches(0.6), Direction::Ltr);
        assert_eq!(cover.size.to_array(), [925.2, 666.0]);
        let names: Vec<&str> = cover.panels.iter().map(|p| p.kind.word()).collect();
        assert_eq!(names, ["back", "spine", "front"]);
        // KDP's calculator: a spine safe area of 0.475 x 8.75 in.
        let spine = cover
            .safe
            .iter()
            .find(|p| p.kind == PanelKind::Spine)
            .map(|p| inches(p.area));
        assert_eq!(spine, Some([6.188, 0.25, 6.663, 9.0]));
        // And its official template: the box from 3.875 to 5.875, 7.675 to 8.875 down.
        assert_eq!(
            cover.barcode.map(inches),
            Some([3.875, 7.675, 5.875, 8.875])
        );
        let mirrored = kdp.lay_out(trim, Length::inches(0.6), Direction::Rtl);
        assert_eq!(
            mirrored.panels.first().map(|p| p.kind),
            Some(PanelKind::Front)
        );
        assert_eq!(
            mirrored.barcode.map(inches),
            Some([6.975, 7.675, 8.975, 8.875])
        );
    }

    #[test]
    fn an_ingram_jacket_has_flaps_and_folds() {
        let jacket = model(
            "source = 's'\nbleed = '0.125in'\npanel-wider = '0.4375in'\npanel-higher = '0.25in'\nflap = '3.25in'\nfold = '0.25in'",
        );
        let cover = jacket.lay_out(
            Size::new(432.0, 648.0),
            Length::inches(0.3125),
            Direction::Ltr,
        );
        assert_eq!(inches(cover.finished), [0.125, 0.125, 20.313, 9.375]);
        assert!((cover.size.width / 72.0 - 20.4375).abs() < 1e-9);
        assert_eq!(cover.panels.len(), 7);
        assert_eq!(cover.folds.len(), 6);
    }

    #[test]
    fn a_hinge_on_the_board_adds_nothing() {
        let case = model(
            "source = 's'\nbleed = '15mm'\nedge = 'wrap'\npanel-wider = '5mm'\npanel-higher = '6mm'\nhinge = '10mm'\nhinge-at = 'on-board'",
        );
        let size = case.size(
            Size::new(432.0, 648.0),
            Length::inches(200.0 * 0.002252) + Length::mm(4.8),
        );
        assert!(
            (size.width / 72.0 - 14.214).abs() < 0.0006
                && (size.height / 72.0 - 10.417).abs() < 0.0006
        );
    }
}

//! Transparency groups on the separations.

use crate::pdf::colour::PROCESS;
use crate::pdf::separations::layer::{CompositeLayer, Span};
use crate::pdf::separations::{CompositeParams, Group, MOST_HELD, PaintMask, Pixels, Separations};

impl Separations {
    /// Begins a group over `area`. False if memory is used up: its marks are then painted on the layer below.
    pub(crate) fn begin(&mut self, area: Pixels, kind: Group) -> bool {
        let isolated = kind.isolated;
        let count = PROCESS.len() + self.spots.len();
        let area = area.meet(self.page);
        let size = area.width() * area.height();
        let wanted = size * (count + 3) * if isolated { 1 } else { 2 };
        if self.held() + wanted > MOST_HELD {
            self.trouble("its groups lie too deep within one another for its ink to be weighed");
            return false;
        }
        // Empty groups cost too.
        self.spend(size);
        let mut layer = CompositeLayer::empty(area, count);
        if let Some(parent) = self.layers.last() {
            if !isolated {
                layer.copy_below(parent);
            }
            if parent.tells_shapes() {
                layer.shape = Some(vec![0.0; size]);
            }
        }
        layer.knocks_out = kind.knocks_out;
        self.layers.push(layer);
        true
    }

    /// Ends a group: composites it as one mark.
    pub(crate) fn end(&mut self, mask: &PaintMask, params: &CompositeParams) {
        let Some(group) = self.close() else {
            return;
        };
        let area = group.area;
        let mut row = Vec::new();
        let shapes = group.shape.as_ref();
        for y in area.y0..area.y1 {
            let start = area.row(y);
            let end = start + area.width();
            row.clear();
            row.extend(
                group
                    .own
                    .get(start..end)
                    .unwrap_or_default()
                    .iter()
                    .map(|own| own * params.alpha),
            );
            mask.narrow_soft(y, area.x0, &mut row);
            let colours: Vec<&[f32]> = group
                .inks
                .iter()
                .map(|plate| plate.get(start..end).unwrap_or_default())
                .collect();
            if let Some(parent) = self.layers.last_mut() {
                let shape = shapes.and_then(|s| s.get(start..end));
                let strip = Span {
                    y,
                    x0: area.x0,
                    alpha: &row,
                    shape: shape.unwrap_or(&row),
                };
                parent.lay_each(&strip, &colours, &[], params.blend);
            }
        }
    }

    /// Takes the innermost group off the stack; never the page itself.
    fn close(&mut self) -> Option<CompositeLayer> {
        if self.layers.len() < 2 {
            return None;
        }
        let mut group = self.layers.pop()?;
        group.forget_below();
        Some(group)
    }

    /// Whether the innermost group is a knockout group.
    pub(crate) fn knocks_out(&self) -> bool {
        self.layers.last().is_some_and(|layer| layer.knocks_out)
    }
}

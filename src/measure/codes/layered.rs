//! Shapes in painting order, in layers. A mark that may hide all below it begins a layer, like a white box over an
//! older code.

use crate::model::geometry::Rect;

/// Shapes and where layers begin among them.
#[derive(Default)]
pub(in crate::measure) struct Layered {
    shapes: Vec<Rect>,
    begins: Vec<usize>,
}

impl Layered {
    /// All of them, in the order they are painted.
    pub(in crate::measure) fn shapes(&self) -> &[Rect] {
        &self.shapes
    }

    pub(in crate::measure) fn push(&mut self, shape: Rect) {
        self.shapes.push(shape);
    }

    /// Begins a layer, after a mark that may hide all before.
    pub(in crate::measure) fn begin(&mut self) {
        let at = self.shapes.len();
        if at > 0 && self.begins.last() != Some(&at) {
            self.begins.push(at);
        }
    }

    /// The layer of the shape at a place of the list.
    pub(in crate::measure) fn layer(&self, at: usize) -> usize {
        self.begins.partition_point(|begin| *begin <= at)
    }
}

impl From<Vec<Rect>> for Layered {
    /// All in one layer.
    fn from(shapes: Vec<Rect>) -> Self {
        Self {
            shapes,
            begins: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_begin_where_something_was_painted_between() {
        let mut layered = Layered::default();
        layered.begin();
        for _ in 0..3 {
            layered.push(Rect::default());
        }
        layered.begin();
        layered.begin();
        layered.push(Rect::default());
        let layers: Vec<usize> = (0..4).map(|n| layered.layer(n)).collect();
        assert_eq!(layers, [0, 0, 0, 1]);
    }
}

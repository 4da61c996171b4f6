//! Interpolated grey values, and the homography from a symbol's modules to pixels.

/// Grey pixels, read between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LumaView<'p> {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: &'p [u8],
}

impl LumaView<'_> {
    /// The grey at a point, pixels having their middles at halves; none beyond the picture.
    pub(crate) fn at(&self, [x, y]: [f64; 2]) -> Option<f64> {
        let (width, height) = (self.width as f64, self.height as f64);
        if !(0.0..=width).contains(&x) || !(0.0..=height).contains(&y) {
            return None;
        }
        let (x, y) = (
            (x - 0.5).clamp(0.0, width - 1.0),
            (y - 0.5).clamp(0.0, height - 1.0),
        );
        let (column, row) = (x as usize, y as usize);
        let (fx, fy) = (x.fract(), y.fract());
        let grey = |c: usize, r: usize| {
            let at = r.min(self.height - 1) * self.width + c.min(self.width - 1);
            self.pixels.get(at).copied().map_or(255.0, f64::from)
        };
        let top = grey(column, row) * (1.0 - fx) + grey(column + 1, row) * fx;
        let low = grey(column, row + 1) * (1.0 - fx) + grey(column + 1, row + 1) * fx;
        Some(top * (1.0 - fy) + low * fy)
    }
}

/// From modules (0, 0 is the symbol's top-left corner) to pixels, as a matrix of three rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Homography {
    rows: [[f64; 3]; 3],
}

impl Homography {
    /// From three points of the symbol, given in modules and in pixels.
    pub(crate) fn affine(modules: [[f64; 2]; 3], pixels: [[f64; 2]; 3]) -> Option<Self> {
        let [[x0, y0], [x1, y1], [x2, y2]] = modules;
        let whole = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
        if whole.abs() < 1e-9 {
            return None;
        }
        let row = |[p0, p1, p2]: [f64; 3]| {
            let a = ((p1 - p0) * (y2 - y0) - (p2 - p0) * (y1 - y0)) / whole;
            let b = ((x1 - x0) * (p2 - p0) - (x2 - x0) * (p1 - p0)) / whole;
            [a, b, p0 - a * x0 - b * y0]
        };
        Some(Self {
            rows: [
                row(pixels.map(|p| p[0])),
                row(pixels.map(|p| p[1])),
                [0.0, 0.0, 1.0],
            ],
        })
    }

    /// From the four corners of the symbol in pixels, top left first, clockwise; they may be seen askew.
    pub(crate) fn corners(corners: [[f64; 2]; 4], side: f64) -> Option<Self> {
        let [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
        // The unit square on a quadrilateral.
        let (dx1, dx2, dx3) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, dy3) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let whole = dx1 * dy2 - dx2 * dy1;
        if whole.abs() < 1e-9 {
            return None;
        }
        let g = (dx3 * dy2 - dx2 * dy3) / whole;
        let h = (dx1 * dy3 - dx3 * dy1) / whole;
        let rows = [
            [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
            [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
            [g, h, 1.0],
        ];
        Some(Self {
            rows: rows.map(|[a, b, c]| [a / side, b / side, c]),
        })
    }

    /// Where a point of the symbol lies in the picture.
    pub(crate) fn point(&self, x: f64, y: f64) -> [f64; 2] {
        let [px, py, pw] = self.rows.map(|[a, b, c]| a * x + b * y + c);
        [px / pw, py / pw]
    }

    /// The same without perspective: its opposite sides made parallel.
    pub(crate) fn flat(&self, side: f64) -> Self {
        let [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] =
            [[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]].map(|[x, y]| self.point(x, y));
        let row = |p0: f64, p1: f64, p2: f64, p3: f64| {
            let (across, down) = ((p1 - p0 + p2 - p3) / 2.0, (p3 - p0 + p2 - p1) / 2.0);
            let middle = (p0 + p1 + p2 + p3) / 4.0;
            [across / side, down / side, middle - (across + down) / 2.0]
        };
        Self {
            rows: [row(x0, x1, x2, x3), row(y0, y1, y2, y3), [0.0, 0.0, 1.0]],
        }
    }

    /// Rows for columns.
    pub(crate) fn mirrored(&self) -> Self {
        Self {
            rows: self.rows.map(|[a, b, c]| [b, a, c]),
        }
    }

    /// The grid moved within its own plane: x by `a + b x + c y`, y by `d + e x + f y` modules.
    pub(crate) fn moved(&self, [a, b, c]: [f64; 3], [d, e, f]: [f64; 3]) -> Self {
        Self {
            rows: self.rows.map(|[p, q, r]| {
                [
                    p * (1.0 + b) + q * e,
                    p * c + q * (1.0 + f),
                    p * a + q * d + r,
                ]
            }),
        }
    }

    /// The width and the height of the module in the middle of a symbol, in pixels.
    pub(crate) fn pitch(&self, side: f64) -> [f64; 2] {
        let middle = side / 2.0;
        let apart = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        [
            apart(
                self.point(middle - 0.5, middle),
                self.point(middle + 0.5, middle),
            ),
            apart(
                self.point(middle, middle - 0.5),
                self.point(middle, middle + 0.5),
            ),
        ]
    }
}

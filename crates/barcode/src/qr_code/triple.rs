//! Three finder patterns that may be those of one symbol.

/// A place with three finder patterns, or with bars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FinderTriple {
    /// The smallest upright rectangle around the symbol, in pixels: left, top, right, bottom.
    pub area: [f64; 4],
    /// The side of a module in pixels, roughly.
    pub module: f64,
    /// The middles of three finders in pixels: the corner between the others, the one a quarter turn on the way to the
    /// third, the third. None where other things than finders stand.
    pub marks: Option<[[f64; 2]; 3]>,
}

/// Whether two cover nearly the same area.
pub(crate) fn same(a: &FinderTriple, b: &FinderTriple) -> bool {
    a.area
        .iter()
        .zip(b.area)
        .all(|(p, q)| (p - q).abs() < 4.0 * a.module.max(b.module))
}

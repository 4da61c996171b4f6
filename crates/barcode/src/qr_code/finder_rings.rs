//! Confirms a finder pattern that a row and a column suggest: it needs a core and two rings on all sides.

/// The centre of a possible finder pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Centre {
    pub(crate) at: [f64; 2],
    /// Its module along rows and along columns: they differ where a code is stretched.
    pub(crate) modules: [f64; 2],
    /// Lines that cross it.
    pub(crate) hits: u32,
    /// Whether it stands as a finder does that is upright and has many pixels a module, with no allowance made.
    pub(crate) sure: bool,
    /// Whether it has a core and rings on all sides; `None` where not checked.
    pub(crate) ringed: Option<bool>,
}

impl Centre {
    /// The module, whichever way.
    pub(crate) fn module(&self) -> f64 {
        self.modules[0].midpoint(self.modules[1])
    }
}

/// Circles around the middle of a finder, in modules: within its core, its ring of paper and its ring of ink however it is
/// turned, and the share of each that must be as it should. Where ink has grown the ring of paper lies further in.
const CIRCLES: [(&[f64], bool, usize); 3] = [
    (&[1.0], true, 11),
    (&[2.2, 2.0], false, 11),
    (&[3.1], true, 10),
];
/// Points on such a circle.
const POINTS: u32 = 16;

/// Times the module along rows that the module itself is, upright and turned: by an eighth it is 0.71 of it.
const TURNS: [f64; 3] = [1.0, 0.84, 0.72];

/// Looks whether centres have a core and two rings on all sides.
pub(crate) struct Rings {
    points: Vec<[f64; 2]>,
}

impl Rings {
    pub(crate) fn new() -> Self {
        let turn = |n: u32| f64::from(n) / f64::from(POINTS) * std::f64::consts::TAU;
        Self {
            points: (0..POINTS)
                .map(|n| [turn(n).cos(), turn(n).sin()])
                .collect(),
        }
    }

    /// Looks at a centre, once; where that shows how it is turned its module is put right.
    pub(crate) fn see(&self, is_dark: &impl Fn(usize, usize) -> bool, centre: &mut Centre) {
        if centre.ringed.is_some() {
            return;
        }
        let turn = TURNS
            .into_iter()
            .find(|turn| self.are_around(is_dark, centre.at, centre.modules.map(|m| m * turn)));
        if let Some(turn) = turn {
            centre.modules = centre.modules.map(|m| m * turn);
        }
        centre.ringed = Some(turn.is_some());
    }

    fn are_around(
        &self,
        is_dark: &impl Fn(usize, usize) -> bool,
        [x, y]: [f64; 2],
        [across, high]: [f64; 2],
    ) -> bool {
        let grey = |radius: f64, [along, down]: [f64; 2]| {
            let (x, y) = (x + radius * across * along, y + radius * high * down);

            is_dark(x.max(0.0) as usize, y.max(0.0) as usize)
        };
        let core = grey(0.0, [0.0; 2]);
        CIRCLES.into_iter().all(|(radii, is_core, least)| {
            radii.iter().any(|radius| {
                let right = |p: &&[f64; 2]| (grey(*radius, **p) == core) == is_core;
                self.points.iter().filter(right).count() >= least
            })
        })
    }
}

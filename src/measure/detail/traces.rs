//! What enlarging leaves behind: unevenness that recurs along both axes with the pixels of the picture as it was.

use crate::measure::detail::strip::{PixelStrip, Probe, STEPS};
use crate::pdf::Grey;

/// A factor by which a picture may have been enlarged, and the factor it would be if its detail reached further.
#[derive(Clone, Copy, Debug)]
pub(super) struct EnlargementFactor {
    pub(super) factor: f32,
    pub(super) other: Option<f32>,
    /// How strongly its trace stands out from chance.
    pub(super) strength: f32,
    /// Whether blurring and JPEG together may leave such a trace too.
    pub(super) doubtful: bool,
    /// Whether only pixels that are plainly repeated can confirm it.
    pub(super) repeats_only: bool,
}

/// How far the strongest trace has to stand out, as a multiple of the usual power. Chance makes it 10; photographs that
/// cameras and programs made smaller or sharpened were seen to reach 130.
const STRONG: f32 = 150.0;
/// From here on something recurs beyond chance.
const THERE: f32 = 8.0;
/// How strong an echo of a trace may be, as part of it.
const ECHO: f32 = 0.1;
/// The lowest frequency looked at: pixels enlarged nearly seven times.
const LOWEST: f32 = 0.145;
/// A trace this much weaker than the strongest is still looked at: that of the factor itself may be weaker than that of
/// its half.
const WEAKER: f32 = 0.2;

/// What recurs along both axes of a picture.
pub(super) struct EnlargementTraces {
    fine: Vec<f32>,
    wide: Vec<f32>,
    wider: Vec<f32>,
    between: Vec<f32>,
    /// What all probes that answer to enlarging say together.
    joint: Vec<f32>,
    /// How near to a frequency another counts as the same, in steps.
    near: usize,
    /// Unevenness in pairs of pixels, second and third of four less first and last, along both axes.
    fours: [f32; 2],
}

impl EnlargementTraces {
    pub(super) fn of(grey: &Grey) -> Self {
        let strips = [false, true].map(|down| PixelStrip::of(grey, down));
        let [across, down] = &strips;
        let both = |probe: Probe| -> Vec<f32> {
            let [across, down] = [across, down].map(|strip| strip.recurrence(probe));
            across
                .iter()
                .zip(down)
                .map(|(a, b)| (a * b).sqrt())
                .collect()
        };
        let [fine, wide, wider] = [1, 2, 4].map(|reach| both(Probe::Around(reach)));
        let between = both(Probe::Between);
        let slow = STEPS * 27 / 100;
        let joint = wide.iter().zip(&wider).zip(&between).enumerate();
        let joint = joint.map(|(n, ((wide, wider), between))| {
            let both = (wide * between).sqrt();
            if n < slow {
                both.max(wide.min(*wider))
            } else {
                both
            }
        });
        let shortest = strips
            .iter()
            .map(PixelStrip::length)
            .min()
            .unwrap_or(1)
            .max(1);
        Self {
            joint: joint.collect(),
            near: (STEPS * 5 / 2 / shortest).max(3),
            fours: [fours(across), fours(down)],
            fine,
            wide,
            wider,
            between,
        }
    }

    /// Factors that the traces speak for, the strongest first.
    pub(super) fn candidates(&self) -> Vec<EnlargementFactor> {
        let mut all = self.between_blocks();
        all.push(self.doubled());
        all.extend(self.fourfold());
        all.retain(|c| c.strength >= STRONG);
        all.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        all
    }

    /// Traces at frequencies that JPEG's blocks do not have.
    fn between_blocks(&self) -> Vec<EnlargementFactor> {
        let mut left = self.joint.clone();
        for eighth in 0..=4 {
            let middle = STEPS * eighth / 8;
            let near = left.iter_mut().take(middle + self.near + 1);
            near.skip(middle.saturating_sub(self.near))
                .for_each(|v| *v = 0.0);
        }
        left.iter_mut().take(step(LOWEST)).for_each(|v| *v = 0.0);
        let most = left.iter().copied().fold(0.0, f32::max);
        let peaks = left.iter().enumerate().filter(|(n, v)| {
            let around = left.iter().skip(n.saturating_sub(4)).take(9);
            **v >= STRONG.max(WEAKER * most) && around.copied().fold(0.0, f32::max) <= **v
        });
        let candidates = peaks.map(|(n, strength)| (frequency(n), *strength));
        candidates
            .filter(|(at, _)| !self.is_reduced(*at))
            .map(|(at, strength)| EnlargementFactor {
                factor: 1.0 / at,
                // Waves of more than one in two pixels look like slower ones.
                other: (at > 0.3).then(|| 1.0 / (1.0 - at)),
                strength,
                doubtful: false,
                repeats_only: false,
            })
            .collect()
    }

    /// Whether a frequency is a multiple of one that blocks of JPEG have in a picture that was made smaller.
    fn is_reduced(&self, at: f32) -> bool {
        let of_source = |eighths: f32| self.at(&self.fine, at * eighths / 8.0) >= THERE;
        // Blocks of the picture before it was enlarged recur at eighths of the frequency.
        if of_source(1.0) || (of_source(3.0) && of_source(5.0)) {
            return false;
        }
        let folded = 1.0 - at;
        [
            at / 2.0,
            at / 3.0,
            folded / 2.0,
            folded / 3.0,
            folded / 4.0,
            folded / 5.0,
        ]
        .into_iter()
        .filter(|base| (0.127..=0.34).contains(base) && (base - at).abs() > 0.004)
        .any(|base| {
            // Blocks of its own and an enlargement have sums and differences of their frequencies too, but weak ones.
            let least = THERE.max(ECHO * self.at(&self.wide, at));
            self.at(&self.fine, base) >= THERE && self.at(&self.wide, base) >= least
        })
    }

    /// Whether blocks of JPEG show.
    fn is_blocked(&self) -> bool {
        let probes = [&self.fine, &self.wide, &self.wider];
        let shows = |n: f32| probes.iter().any(|all| self.at(all, n / 8.0) >= THERE);
        shows(1.0) || shows(3.0)
    }

    /// Twice as many pixels: JPEG's blocks recur with every second pixel too, so they must be absent, or those of the
    /// picture before it was enlarged must show.
    fn doubled(&self) -> EnlargementFactor {
        let strength = self.at(&self.between, 0.5);
        let source = [1.0, 3.0, 5.0, 7.0].map(|n| self.at(&self.joint, n / 16.0));
        let unblocked = !self.is_blocked() && self.at(&self.fine, 0.25) < THERE;
        EnlargementFactor {
            factor: 2.0,
            other: None,
            strength,
            doubtful: true,
            repeats_only: !unblocked && !recurs(&source),
        }
    }

    /// Four times as many: of each four pixels the second and third are then more uneven than the others, where JPEG's
    /// blocks have it the other way round.
    fn fourfold(&self) -> Option<EnlargementFactor> {
        let strength = self.at(&self.wide, 0.25);
        let blocks = [1.0, 3.0].map(|n| self.at(&self.wide, n / 8.0));
        let unblocked = !self.is_blocked();
        let source: Vec<f32> = (0u8..8)
            .map(|n| self.at(&self.joint, f32::from(2 * n + 1) / 32.0))
            .collect();
        let inner =
            self.fours.iter().all(|v| *v > 0.0) && blocks.iter().all(|v| strength > 0.5 * v);
        (unblocked || inner || recurs(&source)).then_some(EnlargementFactor {
            factor: 4.0,
            other: None,
            strength,
            doubtful: true,
            repeats_only: false,
        })
    }

    /// The strongest near a frequency, which may be beyond one wave in two pixels.
    fn at(&self, all: &[f32], at: f32) -> f32 {
        let at = at.rem_euclid(1.0);
        let middle = step(at.min(1.0 - at));
        let near = all.iter().skip(middle.saturating_sub(2)).take(5);
        near.copied().fold(0.0, f32::max)
    }
}

/// Whether what blocks of the picture as it was would leave is all there.
fn recurs(all: &[f32]) -> bool {
    let product: f32 = all.iter().map(|v| v.max(1e-3).ln()).sum();
    let mean = (product / all.len().max(1) as f32).exp();
    mean >= 2.0 * THERE && all.iter().all(|v| *v >= THERE / 2.0)
}

/// Of each four pixels, how much more uneven the second and third are than the first and fourth.
fn fours(strip: &PixelStrip) -> f32 {
    let probe = Probe::Around(2);
    let (mut inner, mut outer) = (0.0, 0.0);
    for (n, v) in strip.profile(probe).iter().enumerate() {
        match (n + probe.begins()) % 4 {
            1 | 2 => inner += v,
            _ => outer += v,
        }
    }
    inner - outer
}

fn step(frequency: f32) -> usize {
    (frequency * STEPS as f32).round() as usize
}

fn frequency(step: usize) -> f32 {
    step as f32 / STEPS as f32
}

//! Transfer functions of the graphics state, applied to amounts of ink after compositing.

use hayro_syntax::object::{Dict, Object};

use crate::pdf::colour::PROCESS;

/// Transfer functions in force: one for each process ink. Named inks go with black.
#[derive(Debug, PartialEq)]
pub(crate) struct Transfer {
    tables: Vec<Option<Vec<f32>>>,
}

/// Steps that a function is tabled in; between two of them it is taken to run straight.
const STEPS: usize = 256;

impl Transfer {
    /// What a graphics state dictionary sets: nothing, none from now on, or some.
    pub(crate) fn read(dict: &Dict<'_>) -> Option<Option<Self>> {
        // `TR2` takes precedence over `TR`.
        let said = dict
            .get::<Object<'_>>(b"TR2")
            .or_else(|| dict.get::<Object<'_>>(b"TR"))?;
        let tables = match &said {
            Object::Array(each) => each
                .iter::<Object<'_>>()
                .take(PROCESS.len())
                .map(|one| table(&one))
                .collect(),
            one => vec![table(one)],
        };
        let changes = tables.iter().any(Option::is_some);
        Some(changes.then_some(Self { tables }))
    }

    /// Applies the function of a plate to an amount of ink. The functions map light, not ink.
    pub(crate) fn turn(&self, plate: usize, amount: f32) -> f32 {
        let last = self.tables.len().saturating_sub(1);
        match self.tables.get(plate.min(last)) {
            Some(Some(table)) => 1.0 - at(table, 1.0 - amount),
            _ => amount,
        }
    }
}

/// Tabulates a function; none for the identity.
fn table(object: &Object<'_>) -> Option<Vec<f32>> {
    if matches!(object, Object::Name(_)) {
        return None;
    }
    let function = crate::pdf::colour::function::read(object)?.0;
    if function.num_inputs() != 1 || function.num_outputs() != 1 {
        return None;
    }
    let table: Option<Vec<f32>> = (0..STEPS)
        .map(|n| {
            let mut out = [0.0];
            function.eval(&[share(n)], &mut out)?;
            Some(out[0].clamp(0.0, 1.0))
        })
        .collect();
    let same = |(n, v): (usize, &f32)| (v - share(n)).abs() < 0.5 / 255.0;
    table.filter(|table| !table.iter().enumerate().all(same))
}

fn share(step: usize) -> f32 {
    step as f32 / (STEPS - 1) as f32
}

fn at(table: &[f32], light: f32) -> f32 {
    let place = light.clamp(0.0, 1.0) * (STEPS - 1) as f32;
    let step = place as usize;
    let value = |n: usize| table.get(n.min(STEPS - 1)).copied().unwrap_or(light);
    let (low, high) = (value(step), value(step + 1));
    low + (high - low) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_speak_of_light() {
        let squared = (0..STEPS).map(|n| share(n).powi(2)).collect();
        let transfer = Transfer {
            tables: vec![None, Some(squared)],
        };
        assert!((transfer.turn(0, 0.2) - 0.2).abs() < 1e-6);
        assert!((transfer.turn(1, 0.2) - 0.36).abs() < 1e-3);
        // Inks beyond the last function go with it.
        assert!((transfer.turn(7, 0.4) - 0.64).abs() < 1e-3);
        assert!((transfer.turn(1, 1.0) - 1.0).abs() < 1e-6);
    }
}

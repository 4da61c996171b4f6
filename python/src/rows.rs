//! Lists of an answer as lines of JSON, for readers that make tables of them without Python objects.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::value::RawValue;

/// Members by their names, as they stand.
type Members<'t> = BTreeMap<Cow<'t, str>, &'t RawValue>;

fn list(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// The rows of a list of an answer, one after the other; of a list that pages have, each with its page's number as `page`. None
/// where there is no such list.
#[pyfunction]
pub(crate) fn rows<'py>(
    py: Python<'py>,
    text: &str,
    of: &str,
) -> PyResult<Option<Bound<'py, PyBytes>>> {
    let lines = py.detach(|| lines(text, of));
    let lines = lines.map_err(|e| PyValueError::new_err(e.to_string()))?;
    Ok(lines.map(|lines| PyBytes::new(py, lines.as_bytes())))
}

fn lines(text: &str, of: &str) -> serde_json::Result<Option<String>> {
    let answer: Members<'_> = serde_json::from_str(text)?;
    if let Some(rows) = answer.get(of).copied().and_then(list) {
        let rows: Vec<&str> = rows.into_iter().map(RawValue::get).collect();
        return Ok(Some(rows.join("\n")));
    }
    let pages = answer.get("pages").copied().and_then(list);
    let mut lines = String::new();
    let mut is_there = false;
    for page in pages.into_iter().flatten() {
        let page: Members<'_> = serde_json::from_str(page.get())?;
        let number = page.get("number").map_or("null", |number| number.get());
        for row in page.get(of).copied().and_then(list).into_iter().flatten() {
            is_there = true;
            let Some(members) = row.get().strip_prefix('{') else {
                continue;
            };
            let comma = if members.trim_start() == "}" { "" } else { "," };
            lines.push_str(&format!("{{\"page\":{number}{comma}{members}\n"));
        }
        is_there |= page.contains_key(of);
    }
    Ok(is_there.then_some(lines))
}

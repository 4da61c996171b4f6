//! The module behind the Python package `presscheck`: files and jobs in, JSON and bytes out. What is typed and documented for
//! people is the package's, in `presscheck/`.

mod answers;
mod checked;
mod errors;
mod files;
mod interrupts;
mod rows;
mod session;
mod titles;

use std::ffi::OsString;
use std::path::PathBuf;

use presscheck::cli::{self, Program};
use pyo3::prelude::*;

/// Sets how this module is started in a process of its own, for workers: a program and its arguments before those of the
/// command line.
#[pyfunction]
fn start_with(path: PathBuf, arguments: Vec<String>, code: PathBuf) {
    session::start_with(Program {
        path,
        arguments,
        code,
    });
}

/// Runs the command line; gives its exit code.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    let asked = [OsString::from("presscheck")].into_iter().chain(arguments);
    py.detach(|| cli::run(session::program().cloned(), asked))
}

#[pymodule]
fn _presscheck(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("JobError", module.py().get_type::<errors::JobError>())?;
    module.add(
        "ProfileError",
        module.py().get_type::<errors::ProfileError>(),
    )?;
    module.add_class::<checked::Checked>()?;
    module.add_function(wrap_pyfunction!(start_with, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(checked::check, module)?)?;
    module.add_function(wrap_pyfunction!(answers::facts, module)?)?;
    module.add_function(wrap_pyfunction!(answers::codes, module)?)?;
    module.add_function(wrap_pyfunction!(answers::cover, module)?)?;
    module.add_function(wrap_pyfunction!(answers::cover_template, module)?)?;
    module.add_function(wrap_pyfunction!(answers::spine, module)?)?;
    module.add_function(wrap_pyfunction!(answers::schema, module)?)?;
    module.add_function(wrap_pyfunction!(rows::rows, module)?)?;
    module.add_function(wrap_pyfunction!(titles::catalogue, module)?)?;
    module.add_function(wrap_pyfunction!(titles::title_key, module)?)?;
    module.add_function(wrap_pyfunction!(titles::title, module)?)?;
    module.add_function(wrap_pyfunction!(titles::expected_memory, module)?)
}

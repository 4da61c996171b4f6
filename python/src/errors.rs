//! Errors of the library as exceptions.

use presscheck::error::Error;
use presscheck::flags::as_members;
use pyo3::create_exception;
use pyo3::exceptions::{PyKeyboardInterrupt, PyOSError, PyValueError};
use pyo3::prelude::*;

create_exception!(
    presscheck,
    JobError,
    PyValueError,
    "A job that contradicts itself, or says what is not understood."
);
create_exception!(
    presscheck,
    ProfileError,
    PyValueError,
    "A profile that does not hold."
);

/// The exception for an error.
pub(crate) fn raised(error: Error) -> PyErr {
    let told = as_members(&error.to_string()).into_owned();
    match error {
        Error::Profile { .. } => ProfileError::new_err(told),
        Error::Read { .. } | Error::Write { .. } => PyOSError::new_err(told),
        Error::OverInput { .. } | Error::Stranger { .. } | Error::Twice { .. } => {
            PyOSError::new_err(told)
        }
        Error::Cancelled => PyKeyboardInterrupt::new_err(told),
        _ => JobError::new_err(told),
    }
}

/// That a job is wrong.
pub(crate) fn wrong_job(why: String) -> PyErr {
    JobError::new_err(why)
}

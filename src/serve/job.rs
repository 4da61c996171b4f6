//! Jobs as clients send them.

use super::problem::Problem;
use crate::model::job::Job;

/// A job from JSON. Files are no part of it: a client does not know this machine's paths.
pub(super) fn read(text: &str) -> Result<Job, Problem> {
    // An array would be read by the places of its members.
    serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(text).map_err(|e| {
        let problem =
            Problem::unprocessable(&format!("the job does not read as a JSON object: {e}"));
        problem.help("a job has the members of a book.toml, as JSON")
    })?;
    let job = Job::from_json(text).map_err(|e| Problem::unprocessable(&e.to_string()))?;
    if job.files().next().is_some() {
        return Err(Problem::unprocessable(
            "a job names no files here; send them as parts of the form",
        )
        .help("parts are interior, cover, cover[PLATFORM] and file"));
    }
    Ok(job)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_job_that_names_files_of_this_machine_is_refused() {
        assert!(read(r#"{"interior": "/etc/passwd"}"#).is_err());
        assert!(read(r#"{"editions": {"kdp": {"cover": "/etc/passwd"}}}"#).is_err());
        assert!(read(r#"{"trim": "6x9", "editions": {"kdp": {"isbn": "1"}}}"#).is_ok());
        let wrong = read(r#"{"paper": "papyrus"}"#).unwrap_err();
        assert!(wrong.detail().contains("paper"), "{}", wrong.detail());
        assert!(read("{} {}").is_err());
        assert!(read(r#"[null, null, {}, ["kdp/paperback"], "6x9"]"#).is_err());
    }
}

//! Jobs as clients send them.

use super::problem::Problem;
use crate::model::job::Job;

/// A job from JSON. Files are no part of it: a client does not know this machine's paths.
pub(super) fn read(text: &str) -> Result<Job, Problem> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let job: Job = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
        let why = e.inner().to_string();
        // Where it stands in JSON that a page has written helps nobody; which member it is does.
        let why = why.rsplit_once(" at line ").map_or(&*why, |(why, _)| why);
        match e.path().to_string().as_str() {
            "." => Problem::unprocessable(&format!("the job does not read: {why}"))
                .help("it is JSON with the members of a book.toml"),
            member => Problem::unprocessable(&format!("{member}: {why}")),
        }
    })?;
    reader.end().map_err(|e| {
        Problem::unprocessable(&format!("the job does not end where its JSON does: {e}"))
    })?;
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
    }
}

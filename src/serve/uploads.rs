//! The files of a book as they come in: streamed to disk, and gone with the last check that needs them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use axum::extract::multipart::Field;
use axum::http::StatusCode;
use tempfile::TempPath;
use tokio::io::{AsyncWriteExt, BufWriter};
use tokio::time::timeout;

use super::capacity::Capacity;
use super::form::{Form, refused};
use super::job;
use super::problem::Problem;
use crate::measure::Source;
use crate::model::job::Job;
use crate::model::visible::visible;
use crate::pipeline::Measured;

/// Parts of a request beyond which it is no book.
const MOST_PARTS: usize = 40;
/// Bytes of a job.
const JOB_BYTES: usize = 64 << 10;
/// Characters of a file's name.
const NAME_CHARS: usize = 150;
/// Bytes that are written to disk at once.
const WRITE_BYTES: usize = 256 << 10;

/// A file on disk. It is deleted when nothing names it any more.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    /// What the client calls it: no path, and nothing that acts on what shows it.
    name: String,
    path: Arc<TempPath>,
    bytes: u64,
}

/// The files of a book.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    interior: Option<Upload>,
    cover: Option<Upload>,
    /// Covers of single platforms.
    covers: BTreeMap<String, Upload>,
    /// Those whose part is to be found out.
    loose: Vec<Upload>,
    /// What was measured of them.
    pub(super) measured: Arc<Measured>,
}

impl Files {
    fn all(&self) -> impl Iterator<Item = &Upload> {
        let told = self.interior.iter().chain(&self.cover);
        told.chain(self.covers.values()).chain(&self.loose)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.all().map(|upload| upload.bytes).sum()
    }

    /// Where the files are that reports know by their names.
    pub(super) fn sources(&self) -> HashMap<PathBuf, Source> {
        let stored = |upload: &Upload| {
            let source = Source::Stored {
                name: upload.name.clone(),
                path: upload.path.to_path_buf(),
            };
            (PathBuf::from(&upload.name), source)
        };
        self.all().map(stored).collect()
    }

    /// Names the files in a job; returns those whose part is open.
    pub(super) fn tell(&self, job: &mut Job) -> Vec<PathBuf> {
        let name = |upload: &Upload| PathBuf::from(&upload.name);
        job.interior = self.interior.as_ref().map(name);
        job.cover = self.cover.as_ref().map(name);
        for (platform, cover) in &self.covers {
            job.editions.entry(platform.clone()).or_default().cover = Some(name(cover));
        }
        self.loose.iter().map(name).collect()
    }

    /// The same files, with those that a later upload brings in their place.
    pub(super) fn replaced_by(&self, later: Self) -> Self {
        let mut files = self.clone();
        if later.is_empty() {
            return files;
        }
        let measured = Arc::clone(&later.measured);
        let mut new = Vec::new();
        for (platform, cover) in later.covers {
            files.covers.remove(&platform);
            let cover = files.as_another(cover, &platform);
            new.push(PathBuf::from(&cover.name));
            files.covers.insert(platform, cover);
        }
        if let Some(interior) = later.interior {
            files.interior = None;
            let interior = files.as_another(interior, "interior");
            new.push(PathBuf::from(&interior.name));
            files.interior = Some(interior);
        }
        if let Some(cover) = later.cover {
            files.cover = None;
            let cover = files.as_another(cover, "cover");
            new.push(PathBuf::from(&cover.name));
            files.cover = Some(cover);
        }
        // Two whose parts are to be found out are the whole book.
        if !later.loose.is_empty() {
            files.interior = None;
            files.cover = None;
            files.loose.clear();
        }
        for upload in later.loose {
            let upload = files.as_another(upload, "file");
            new.push(PathBuf::from(&upload.name));
            files.loose.push(upload);
        }
        files.measured = Arc::new(files.measured.replaced_by(&measured, &new));
        files
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Whether one file came alone, whose part is to be found out.
    pub(super) fn is_one_loose(&self) -> bool {
        self.loose.len() == 1 && self.all().count() == 1
    }

    /// An upload under a name that no other of these files has.
    fn as_another(&self, mut upload: Upload, part: &str) -> Upload {
        upload.name = name(Some(&upload.name), part, self);
        upload
    }

    /// The files with the parts that a check found out.
    pub(super) fn settled(&self, job: &Job) -> Self {
        let mut files = self.clone();
        for upload in std::mem::take(&mut files.loose) {
            let is = |path: &Option<PathBuf>| path.as_deref() == Some(Path::new(&upload.name));
            if is(&job.interior) {
                files.interior = Some(upload);
            } else if is(&job.cover) {
                files.cover = Some(upload);
            }
        }
        files
    }
}

/// A request for a check.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) files: Files,
    pub(super) job: Job,
    /// An earlier check whose files are meant where no others are sent.
    pub(super) from: Option<String>,
}

/// Bytes a second that an upload has to bring on the whole, so that slow ones do not hold their places for ever.
const LEAST_RATE: u64 = 4096;

/// Where files go, and how much more of them there may be.
struct Room<'a> {
    folder: &'a Path,
    capacity: &'a Capacity,
    left: u64,
    since: Instant,
}

impl Room<'_> {
    /// Takes so many bytes more, unless they are too many or come too slowly.
    fn take(&mut self, bytes: u64) -> Result<(), Problem> {
        let left = self.left.checked_sub(bytes);
        self.left = left.ok_or_else(|| too_large(self.capacity))?;
        let received = self.capacity.upload_bytes - self.left;
        let patience = self.since.elapsed().saturating_sub(self.capacity.silence);
        if received < patience.as_secs() * LEAST_RATE {
            let detail = format!("less than {LEAST_RATE} bytes a second came");
            return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, &detail));
        }
        Ok(())
    }
}

/// Reads a request, its files to disk.
pub(super) async fn read(
    mut form: Form,
    folder: &Path,
    capacity: &Capacity,
) -> Result<Request, Problem> {
    let mut request = Request::default();
    let mut room = Room {
        folder,
        capacity,
        left: capacity.upload_bytes,
        since: Instant::now(),
    };
    let mut parts = 0;
    let mut told = HashSet::new();
    while let Some(field) = within(capacity, form.next_part()).await?? {
        parts += 1;
        if parts > MOST_PARTS {
            return Err(Problem::unprocessable("the form has too many parts"));
        }
        let part = field.name().unwrap_or_default().to_owned();
        if part != "file" && !told.insert(part.clone()) {
            return Err(twice(&part));
        }
        match part.as_str() {
            "job" => request.job = job::read(&text(field, &mut room).await?)?,
            "from" => request.from = Some(text(field, &mut room).await?),
            "interior" | "cover" | "file" => {
                let Some(upload) = upload(field, &part, &request.files, &mut room).await? else {
                    continue;
                };
                match part.as_str() {
                    "interior" => request.files.interior = Some(upload),
                    "cover" => request.files.cover = Some(upload),
                    _ => request.files.loose.push(upload),
                }
            }
            _ => {
                let platform = part
                    .strip_prefix("cover[")
                    .and_then(|rest| rest.strip_suffix(']'))
                    .ok_or_else(|| unknown_part(&part))?
                    .to_owned();
                let cover = upload(field, &platform, &request.files, &mut room).await?;
                if let Some(cover) = cover {
                    request.files.covers.insert(platform, cover);
                }
            }
        }
    }
    Ok(request)
}

/// Streams a file to disk; `None` for the empty part that a form sends where no file was chosen.
async fn upload(
    mut field: Field<'_>,
    part: &str,
    others: &Files,
    room: &mut Room<'_>,
) -> Result<Option<Upload>, Problem> {
    let full = |e: std::io::Error| {
        let status = match e.kind() {
            std::io::ErrorKind::StorageFull
            | std::io::ErrorKind::QuotaExceeded
            | std::io::ErrorKind::FileTooLarge => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Problem::new(status, &format!("the file cannot be stored: {}", e.kind()))
            .help("free some space on the disk that holds temporary files, then try again")
    };
    let name = name(field.file_name(), part, others);
    let (file, path) = tempfile::NamedTempFile::new_in(room.folder)
        .map_err(full)?
        .into_parts();
    // Every write waits for a thread that may block.
    let mut file = BufWriter::with_capacity(WRITE_BYTES, tokio::fs::File::from_std(file));
    let mut bytes = 0;
    while let Some(chunk) = within(room.capacity, field.chunk())
        .await?
        .map_err(refused)?
    {
        let length = chunk.len() as u64;
        room.take(length)?;
        bytes += length;
        file.write_all(&chunk).await.map_err(full)?;
    }
    file.flush().await.map_err(full)?;
    let was_chosen = bytes > 0 || field.file_name().is_some_and(|name| !name.is_empty());
    let path = Arc::new(path);
    Ok(was_chosen.then_some(Upload { name, path, bytes }))
}

/// What a file is called in reports: by the last part of the name that the client gives, and by its part of the book where
/// another file has that name.
fn name(told: Option<&str>, part: &str, others: &Files) -> String {
    let last = told.unwrap_or_default().rsplit(['/', '\\']).next();
    // Browsers write a quotation mark so; a form would end at it.
    let last = last.unwrap_or_default().replace("%22", "\"");
    let plain = visible(last.trim()).into_owned();
    let plain: String = plain.chars().take(NAME_CHARS).collect();
    let part: String = part.replace('/', "-");
    let usual = match plain.as_str() {
        "" | "." | ".." => format!("{part}.pdf"),
        plain => plain.to_owned(),
    };
    let is_taken = |name: &str| others.all().any(|other| other.name == name);
    let numbered = (2..).map(|number| format!("{part}-{number}-{usual}"));
    let mut names = [usual.clone(), format!("{part}-{usual}")]
        .into_iter()
        .chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

/// The text of a small part.
async fn text(mut field: Field<'_>, room: &mut Room<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = within(room.capacity, field.chunk())
        .await?
        .map_err(refused)?
    {
        room.take(chunk.len() as u64)?;
        bytes.extend_from_slice(&chunk);
        if bytes.len() > JOB_BYTES {
            return Err(Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                &format!("a part that is no file has more than {JOB_BYTES} bytes"),
            ));
        }
    }
    String::from_utf8(bytes)
        .map_err(|_| Problem::unprocessable("a part that is no file is not UTF-8"))
}

/// Waits for a client, but not for ever.
async fn within<T>(capacity: &Capacity, next: impl Future<Output = T>) -> Result<T, Problem> {
    let silence = capacity.silence;
    timeout(silence, next).await.map_err(|_| {
        let detail = format!("nothing came for {} s", silence.as_secs());
        Problem::new(StatusCode::REQUEST_TIMEOUT, &detail)
    })
}

/// That a part came twice: one of the two would be left unchecked, and nobody would know.
fn twice(part: &str) -> Problem {
    Problem::unprocessable(&format!("the form has two parts \"{part}\""))
        .help("send each part once; of files whose part is to be found out, there may be two, called file")
}

fn unknown_part(part: &str) -> Problem {
    Problem::unprocessable(&format!("the form has a part \"{part}\""))
        .help("parts are interior, cover, cover[PLATFORM], file, job and from")
}

/// That the files are larger than this server takes.
pub(super) fn too_large(capacity: &Capacity) -> Problem {
    let most = capacity.upload_bytes / 1_000_000;
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        &format!("the files of a book may have {most} MB together"),
    )
    .help("start the server with a larger --max-upload, or check the files with `presscheck check`")
}

#[cfg(test)]
mod tests {
    use super::{Files, name};

    #[test]
    fn a_name_is_no_path_and_acts_on_nothing() {
        let none = Files::default();
        for (told, is) in [
            (Some("book.pdf"), "book.pdf"),
            (Some("../../etc/passwd"), "passwd"),
            (Some("C:\\books\\a.pdf"), "a.pdf"),
            (Some(".."), "interior.pdf"),
            (Some("x/"), "interior.pdf"),
            (None, "interior.pdf"),
            (Some("My %22Book%22.pdf"), "My \"Book\".pdf"),
        ] {
            assert_eq!(name(told, "interior", &none), is);
        }
        let acting = name(Some("a\u{1b}[31m\u{202e}b.pdf"), "interior", &none);
        assert!(!acting.contains(['\u{1b}', '\u{202e}']), "{acting}");
        let long = "x".repeat(5000);
        assert!(name(Some(&long), "cover", &none).chars().count() <= 150);
    }
}

//! What a result depends on, as hashes: the job, the program with its rules and profiles, and the contents of files.

use std::fmt::Write;
use std::fs::Metadata;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::check::Selection;
use crate::model::digest::hex;
use crate::model::job::{Bleed, Job};
use crate::model::press::Press;
use crate::rules;

/// SHA-256 in hexadecimal.
pub(in crate::batch) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Eight bytes of a hash, for tables in memory.
pub(in crate::batch) fn short(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(Sha256::digest(text.as_bytes())) {
        *to = from;
    }
    u64::from_le_bytes(bytes)
}

/// The program, the rules, their limits and which of them run. `program` stands for the program's own bytes; `own` are the
/// texts of printers of one's own.
pub fn rules(
    program: &str,
    own: &[String],
    selection: &Selection,
    press: Option<&Press>,
) -> String {
    let mut text = format!("{} {program}\n", env!("CARGO_PKG_VERSION"));
    for entry in rules::all() {
        let meta = entry.meta;
        let _ = writeln!(
            text,
            "{} {} {} {}",
            meta.id,
            meta.level.word(),
            meta.title,
            meta.fix
        );
    }
    for (id, profile) in crate::profile::BUILT_IN {
        let _ = writeln!(text, "{id}\n{profile}");
    }
    for profile in own {
        let _ = writeln!(text, "{profile}");
    }
    let _ = write!(text, "{:?} {:?}", selection.select, selection.ignore);
    for (rule, level) in &selection.levels {
        let _ = write!(text, " {rule}={}", level.word());
    }
    if let Some(press) = press {
        let _ = write!(text, "\n{}", sha256(&press.icc));
    }
    sha256(text.as_bytes())
}

/// The statements of a job, for people, in a fixed order; what it leaves open is left out.
pub fn job_statements(job: &Job, loose: &[PathBuf]) -> Vec<(String, String)> {
    let mut told: Vec<(String, String)> = Vec::new();
    let mut tell =
        |key: &str, value: Option<String>| told.extend(value.map(|v| (key.to_owned(), v)));
    let path = |p: &PathBuf| p.display().to_string();
    tell("interior", job.interior.as_ref().map(path));
    tell("cover", job.cover.as_ref().map(path));
    for (platform, edition) in &job.editions {
        tell(
            &format!("cover {platform}"),
            edition.cover.as_ref().map(path),
        );
        tell(&format!("isbn {platform}"), edition.isbn.clone());
    }
    for file in loose {
        tell("file", Some(path(file)));
    }
    tell(
        "for",
        (!job.platforms.is_empty()).then(|| job.platforms.join(" ")),
    );
    tell(
        "trim",
        job.trim.map(|t| {
            let [width, height] = t.size.to_array();
            match t.unit {
                crate::model::units::Unit::Inches => format!(
                    "{}x{}in",
                    crate::model::units::round3(width / 72.0),
                    crate::model::units::round3(height / 72.0)
                ),
                crate::model::units::Unit::Millimetres => {
                    let mm = |v: f64| crate::model::units::round3(v * 25.4 / 72.0);
                    format!("{}x{}mm", mm(width), mm(height))
                }
            }
        }),
    );
    tell("binding", job.binding.map(|b| b.word().to_owned()));
    tell("ink", word(&job.ink));
    tell("paper", word(&job.paper));
    tell("weight", job.weight.map(|w| w.to_string()));
    tell(
        "bleed",
        (job.bleed != Bleed::Auto)
            .then(|| word(&Some(job.bleed)))
            .flatten(),
    );
    tell("direction", word(&job.direction));
    tell("isbn", job.isbn.clone());
    tell("title", job.title.clone());
    tell("author", job.author.clone());
    tell("pages", job.pages.map(|p| p.to_string()));
    tell("spine", job.spine.map(|w| w.to_string()));
    tell("unit", word(&job.unit));
    told
}

fn word(value: &Option<impl Serialize>) -> Option<String> {
    let value = serde_json::to_value(value.as_ref()?).ok()?;
    value.as_str().map(str::to_owned)
}

/// A job's hash: the whole of it as JSON, whatever fields it has, and the files without a role; paths as given.
pub fn job(job: &Job, loose: &[PathBuf]) -> String {
    // A job always becomes JSON: it holds texts, numbers and words. Its maps are sorted.
    let mut text = serde_json::to_string(job).unwrap_or_else(|_| format!("{job:?}"));
    for file in loose {
        let _ = write!(text, "\n{:?}", file.as_os_str());
    }
    sha256(text.as_bytes())
}

/// A file's metadata, by which an unchanged file is recognised without being read.
///
/// A file is taken as unchanged when device, number, size, time of writing and time of change are all the same. The time of
/// change cannot be set by programs: whoever writes to a file or sets its time back moves it. Two writes within one tick of
/// the system's clock would look alike, so what was written less than [`SETTLED`] before it was read is not trusted and is
/// read again next time. Where a system has no such time, every file is read every time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::batch) struct Stat {
    device: u64,
    number: u64,
    size: u64,
    written: (i64, i64),
    changed: (i64, i64),
}

/// How old a file has to be when it is read. FAT counts in two seconds, no system more coarsely.
const SETTLED: Duration = Duration::from_secs(3);

impl Stat {
    /// Of a file as it is now; none where the system does not tell enough, or the file is too young.
    pub(in crate::batch) fn of(path: &Path) -> Option<Self> {
        let stat = Self::read(&std::fs::metadata(path).ok()?)?;
        let settled = SystemTime::now()
            .checked_sub(SETTLED)?
            .duration_since(UNIX_EPOCH)
            .ok()?;
        let newest = stat.written.max(stat.changed);
        (newest.0 < i64::try_from(settled.as_secs()).ok()?).then_some(stat)
    }

    #[cfg(unix)]
    fn read(meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self {
            device: meta.dev(),
            number: meta.ino(),
            size: meta.size(),
            written: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    fn read(_: &Metadata) -> Option<Self> {
        None
    }
}

/// The SHA-256 of a file's bytes, read piece by piece.
pub fn of_file(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 18];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex(&hash.finalize())),
            n => hash.update(piece.get(..n).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geometry::Direction;
    use crate::model::job::{Edition, Ink, Paper, WantedBinding};
    use crate::model::units::{Length, Unit};

    /// A new field does not compile here until it is part of the fingerprint, too.
    #[test]
    fn every_field_of_a_job_is_in_its_hash() {
        let Job {
            interior: _,
            cover: _,
            editions: _,
            platforms: _,
            trim: _,
            binding: _,
            ink: _,
            paper: _,
            weight: _,
            bleed: _,
            direction: _,
            isbn: _,
            title: _,
            author: _,
            pages: _,
            spine: _,
            unit: _,
        } = Job::default();
        let some = |text: &str| Some(text.to_owned());
        let edition = |key: &str, cover: Option<&str>, isbn: Option<&str>| {
            let edition = Edition {
                cover: cover.map(PathBuf::from),
                isbn: isbn.map(str::to_owned),
            };
            [(key.to_owned(), edition)].into()
        };
        let changes: &[&dyn Fn(&mut Job)] = &[
            &|_| {},
            &|j| j.interior = Some("a".into()),
            &|j| j.cover = Some("a".into()),
            &|j| j.editions = edition("kdp", Some("a"), None),
            &|j| j.editions = edition("kdp", None, Some("a")),
            &|j| j.editions = edition("kdp", None, Some("b")),
            &|j| j.editions = edition("kdp/paperback", None, Some("a")),
            &|j| j.platforms = vec!["a".to_owned(), "b".to_owned()],
            &|j| j.platforms = vec!["a b".to_owned()],
            &|j| j.trim = "6x9".parse().ok(),
            &|j| j.trim = "152.4x228.6mm".parse().ok(),
            &|j| j.trim = "6.000001x9".parse().ok(),
            &|j| j.binding = Some(WantedBinding::Hardcover),
            &|j| j.ink = Some(Ink::Black),
            &|j| j.paper = Some(Paper::Cream),
            &|j| j.weight = Some(50),
            &|j| j.unit = Some(Unit::Millimetres),
            &|j| j.bleed = Bleed::Yes,
            &|j| j.direction = Some(Direction::Rtl),
            &|j| j.isbn = some("a"),
            &|j| j.title = some("a"),
            &|j| j.title = some("a\nauthor=a"),
            &|j| j.author = some("a"),
            &|j| j.pages = Some(24),
            &|j| j.spine = Some(Length::inches(0.5)),
            &|j| j.spine = Some(Length::inches(0.500_001)),
        ];
        let mut hashes: Vec<String> = changes
            .iter()
            .map(|change| {
                let mut one = Job::default();
                change(&mut one);
                job(&one, &[])
            })
            .collect();
        hashes.push(job(&Job::default(), &["a".into()]));
        let all = hashes.len();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
    }
}

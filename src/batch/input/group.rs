//! The files of one title, as their names tell them.

use std::path::{Path, PathBuf};

use crate::batch::input::names::Name;
use crate::model::finding::Part;
use crate::model::job::{Edition, Job};
use crate::model::visible::visible;

/// A file with the parts of its name.
type Named = (Name, PathBuf);

/// What [`Group::titles`] gives: a platform that sets a title apart, the job or what is wrong, what to know.
pub(in crate::batch) type Title = (
    Option<&'static str>,
    Result<(Job, Vec<PathBuf>), String>,
    Vec<String>,
);

/// Files that belong together.
#[derive(Clone, Debug, Default)]
pub(in crate::batch) struct Group {
    interiors: Vec<Named>,
    covers: Vec<Named>,
    silent: Vec<Named>,
}

impl Group {
    pub(in crate::batch) fn add(&mut self, name: Name, file: PathBuf) {
        let list = match name.part {
            Some(Part::Interior) => &mut self.interiors,
            Some(Part::Cover) => &mut self.covers,
            None => &mut self.silent,
        };
        list.push((name, file));
    }

    /// All of them.
    pub(in crate::batch) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        let all = self.interiors.iter().chain(&self.covers);
        all.chain(&self.silent).map(|(_, file)| file)
    }

    /// Whether no file name states its part.
    pub(in crate::batch) fn says_nothing(&self) -> bool {
        self.interiors.is_empty() && self.covers.is_empty()
    }

    /// Whether the other has just what this one misses.
    pub(in crate::batch) fn completes(&self, other: &Self) -> bool {
        let text = |g: &Self| !g.interiors.is_empty() || !g.silent.is_empty();
        let cover = |g: &Self| !g.covers.is_empty();
        (text(self) && !cover(self) && cover(other) && !text(other))
            || (cover(self) && !text(self) && text(other) && !cover(other))
    }

    pub(in crate::batch) fn join(&mut self, other: Self) {
        self.interiors.extend(other.interiors);
        self.covers.extend(other.covers);
        self.silent.extend(other.silent);
    }

    /// The same with a file whose name says nothing taken for the interior that is missing.
    fn settled(&self) -> Self {
        let mut group = self.clone();
        if group.interiors.is_empty() && group.silent.len() == 1 && !group.covers.is_empty() {
            group.interiors.append(&mut group.silent);
        }
        group
    }

    /// Puts the files into a job that names none.
    pub(in crate::batch) fn put(&self, job: &mut Job) -> Result<(), String> {
        let group = self.settled();
        if let Some(silent) = group.silent.first() {
            return Err(nameless(&silent.1));
        }
        if let [(_, one), (_, two), ..] = group.interiors.as_slice() {
            return Err(format!(
                "two interiors have this name: {} and {}",
                base(one),
                base(two)
            ));
        }
        job.interior = group.interiors.first().map(|(_, path)| path.clone());
        for (name, path) in &group.covers {
            let before = match name.platform {
                Some(platform) => {
                    let edition = Edition {
                        cover: Some(path.clone()),
                        isbn: None,
                    };
                    job.editions
                        .insert(platform.to_owned(), edition)
                        .and_then(|e| e.cover)
                }
                None => job.cover.replace(path.clone()),
            };
            if let Some(before) = before {
                return Err(format!(
                    "two covers have this name: {} and {}",
                    base(&before),
                    base(path)
                ));
            }
        }
        // With covers for certain platforms only, those are the ones meant.
        if job.cover.is_none() && job.platforms.is_empty() {
            job.platforms = job.editions.keys().cloned().collect();
        }
        if let Some(told) = group.covers.iter().find_map(|(name, _)| name.told.as_ref()) {
            job.trim = job.trim.or(told.trim);
            job.binding = job.binding.or(told.binding);
            job.ink = job.ink.or(told.ink);
            job.paper = job.paper.or(told.paper);
            job.direction = job.direction.or(told.direction);
            // The interior's own count is what counts.
            job.pages = job.pages.or(told.pages.filter(|_| job.interior.is_none()));
        }
        let isbn = group
            .interiors
            .iter()
            .chain(&group.covers)
            .find_map(|(name, _)| name.isbn.clone());
        job.isbn = job.isbn.take().or(isbn);
        Ok(())
    }

    /// The titles these files are: one, or one for each platform that has an interior of its own.
    pub(in crate::batch) fn titles(&self) -> Vec<Title> {
        let mut platforms: Vec<&'static str> = self
            .interiors
            .iter()
            .filter_map(|(n, _)| n.platform)
            .collect();
        platforms.sort_unstable();
        platforms.dedup();
        if self.interiors.len() > 1 && platforms.len() == self.interiors.len() {
            let title = |platform: &'static str| {
                let asked = self.only(platform).job().map(|(mut job, loose)| {
                    job.platforms = vec![platform.to_owned()];
                    (job, loose)
                });
                (Some(platform), asked, Vec::new())
            };
            return platforms.into_iter().map(title).collect();
        }
        if self.says_nothing() {
            let wrong = |(_, path): &Named| (None, Err(nameless(path)), Vec::new());
            return self.silent.iter().map(wrong).collect();
        }
        let asked = self.job();
        let mut notes = Vec::new();
        if let Ok((job, _)) = &asked {
            if job.interior.is_none() {
                notes.push("no interior is named like its cover".to_owned());
            } else if job.cover.is_none() && job.editions.is_empty() {
                notes.push("no cover is named like its interior".to_owned());
            }
        }
        vec![(None, asked, notes)]
    }

    fn job(&self) -> Result<(Job, Vec<PathBuf>), String> {
        let mut job = Job::default();
        self.put(&mut job)?;
        Ok((job, Vec::new()))
    }

    /// The files for one platform: its own, and its own cover or the common one.
    fn only(&self, platform: &'static str) -> Self {
        let own = |list: &[Named]| {
            list.iter()
                .filter(|(n, _)| n.platform == Some(platform))
                .cloned()
                .collect::<Vec<_>>()
        };
        let mut covers = own(&self.covers);
        if covers.is_empty() {
            let common = self
                .covers
                .iter()
                .filter(|(n, _)| n.platform.is_none())
                .cloned();
            covers.extend(common.map(|(name, path)| {
                (
                    Name {
                        platform: Some(platform),
                        ..name
                    },
                    path,
                )
            }));
        }
        Self {
            interiors: own(&self.interiors),
            covers,
            silent: Vec::new(),
        }
    }
}

/// `lamp.pdf` beside `lampcover.pdf`: the word for the part is stuck to the name of the other file.
pub(in crate::batch) fn stuck_together(name: &mut Name, stems: &[String]) {
    const COVERS: [&str; 3] = ["cover", "umschlag", "wrap"];
    let has = |stem: &str| !stem.is_empty() && stems.iter().any(|s| s == stem);
    if name.part.is_some() {
        return;
    }
    if let Some(stem) = COVERS
        .iter()
        .find_map(|word| name.key.strip_suffix(word))
        .filter(|s| has(s))
    {
        (name.key, name.part) = (stem.to_owned(), Some(Part::Cover));
    } else if COVERS
        .iter()
        .any(|word| has(&format!("{}{word}", name.key)))
    {
        name.part = Some(Part::Interior);
    }
}

fn nameless(path: &Path) -> String {
    format!(
        "the name of {} says neither interior nor cover, and no other file is named like it",
        base(path)
    )
}

/// A file's name, in which nothing acts on what shows it.
fn base(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    visible(&name.to_string_lossy()).into_owned()
}

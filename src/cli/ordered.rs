//! Flags that describe the job, for commands that open no file.

use std::path::{Path, PathBuf};

use super::flags::{BindingArg, DirectionArg, InkArg, PaperArg, UnitArg};
use crate::check::{Plan, Selection};
use crate::error::Error;
use crate::job::{Job, Trim};
use crate::profile::{self, Profile};
use crate::readable;
use crate::units::Length;

#[derive(Debug, clap::Args)]
pub(crate) struct Ordered {
    /// The page count
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000), help_heading = "The book")]
    pages: Option<u32>,
    /// Platforms or products, separated by commas: kdp, ingramspark, kdp/case-laminate
    #[arg(
        long = "for",
        value_name = "P,P",
        value_delimiter = ',',
        help_heading = "The book"
    )]
    platforms: Vec<String>,
    /// The finished size: 6x9, 152.4x228.6mm, a5
    #[arg(long, value_name = "WxH", value_parser = |s: &str| s.parse::<Trim>(), help_heading = "The book")]
    trim: Option<Trim>,
    /// The binding; hardcover where a platform makes only one kind
    #[arg(long, value_enum, ignore_case = true, help_heading = "The book")]
    binding: Option<BindingArg>,
    /// The ink of the book block
    #[arg(long, value_enum, ignore_case = true, help_heading = "The book")]
    ink: Option<InkArg>,
    /// The paper of the book block
    #[arg(long, value_enum, ignore_case = true, help_heading = "The book")]
    paper: Option<PaperArg>,
    /// The paper's weight in pounds, where a platform has several
    #[arg(long, value_name = "LB", help_heading = "The book")]
    weight: Option<u32>,
    /// The spine width that the platform's own calculator gave, where presscheck knows none: 0.5in, 12.7mm
    #[arg(long, value_name = "W", value_parser = crate::job::spine, help_heading = "The book")]
    spine: Option<Length>,
    /// The direction it is read in
    #[arg(long, value_enum, ignore_case = true, help_heading = "The book")]
    direction: Option<DirectionArg>,
    /// The unit that comes first in text; that of the trim by default
    #[arg(long, value_enum, ignore_case = true, help_heading = "Writing")]
    unit: Option<UnitArg>,
    /// A printer of one's own (repeatable); it is asked besides or instead of --for
    #[arg(long, value_name = "FILE.toml", help_heading = "The book")]
    profile: Vec<PathBuf>,
}

impl Ordered {
    /// The files that are read for it.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        self.profile.iter().map(PathBuf::as_path)
    }

    /// The job told, and every product known.
    pub(crate) fn read(&self) -> Result<(Job, Vec<Profile>), Error> {
        let own = own_profiles(&self.profile)?;
        let mut platforms = self.platforms.clone();
        platforms.extend(own.iter().map(|p| p.id.clone()));
        let job = Job {
            platforms,
            trim: self.trim,
            binding: self.binding.map(Into::into),
            ink: self.ink.map(Into::into),
            paper: self.paper.map(Into::into),
            weight: self.weight,
            direction: self.direction.map(Into::into),
            pages: self.pages,
            spine: self.spine,
            unit: self.unit.map(Into::into),
            ..Job::default()
        };
        let mut known = profile::built_in()?;
        known.extend(own);
        Ok((job, known))
    }
}

/// Printers of one's own, from their files.
pub(super) fn own_profiles(files: &[PathBuf]) -> Result<Vec<Profile>, Error> {
    profiles_from(files, &own_texts(files)?)
}

/// The texts of such files, each read once: one may be a pipe.
pub(super) fn own_texts(files: &[PathBuf]) -> Result<Vec<String>, Error> {
    files.iter().map(|path| readable::text(path)).collect()
}

/// Printers of one's own, from the texts of their files.
pub(super) fn profiles_from(files: &[PathBuf], texts: &[String]) -> Result<Vec<Profile>, Error> {
    let read = files.iter().zip(texts);
    read.map(|(path, text)| {
        let profile = profile::from_text(&path.display().to_string(), text)?;
        // Binding its rules once reports a wrong limit, whatever the command.
        Plan::new(&profile, &Selection::default())?;
        Ok(profile)
    })
    .collect()
}

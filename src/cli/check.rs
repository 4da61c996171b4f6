//! `presscheck check`: checks one book.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Exit;
use super::flags::{Check, Destination, FailOn};
use super::ordered::own_profiles;
use super::out;
use super::progress::Bar;
use super::sealed::sealed;
use crate::answers::{self, Format};
use crate::check::Selection;
use crate::error::Error;
use crate::finding::Level;
use crate::job::Job;
use crate::output;
use crate::pipeline::{self, Options};
use crate::profile::{self, Profile};
use crate::report::{self, Report};

pub(super) fn run(mut args: Check, quiet: bool, verbose: bool) -> Result<Exit, Error> {
    if args.schema {
        out::write(None, &report::schema())?;
        return Ok(Exit::Clean);
    }
    let mut known = profile::built_in()?;
    let named: Vec<PathBuf> = args.files.clone();
    let own = own_profiles(&args.judging.profile)?;
    let (job, loose) = job(&mut args, &own)?;
    let inputs = named.iter().chain(&args.judging.profile).chain(job.files());
    args.to.allow(inputs.map(PathBuf::as_path))?;
    args.to.as_report(args.format.is_some())?;
    known.extend(own);
    let options = Options {
        selection: Selection {
            select: args.judging.select,
            ignore: args.judging.ignore,
            levels: args.judging.level,
        },
        workers: args.allowed.workers(),
        press: args.judging.press.press()?,
        ..Options::default()
    };
    let bar = Bar::new(quiet);
    let run = pipeline::check(job, &loose, &known, &options, &|path, done, all| {
        bar.tell(path, done, all)
    })?;
    bar.finish();
    let mut all_annotated = true;
    if let Some(folder) = &args.annotate {
        let report = report::report_with_all_places(&run, &known);
        all_annotated = annotate(folder, &report, &known, &options, &args.to)?;
    }
    let file = args.to.file();
    let format = args.format.map_or_else(|| Format::of(file), Format::from);
    // The page shows as many of the places as it has room for.
    let every_place = match format {
        Format::Html => true,
        Format::Text => args.all_places || verbose,
        _ => args.all_places,
    };
    let report = match every_place {
        true => report::report_with_all_places(&run, &known),
        false => report::report(&run, &known),
    };
    if format == Format::Text {
        let style = report::Style {
            verbose,
            quiet,
            unit: run.job.unit(),
            ..out::style(file)
        };
        out::text(file, &report::text(&report, &known, style))?;
    } else {
        let text = answers::report(&report, &known, format, &options, run.job.unit())?;
        match file.filter(|file| output::is_file(file)) {
            Some(_) => out::write(file, &sealed(format, text))?,
            None => out::write(file, &text)?,
        }
    }
    let exit = exit(&report, args.judging.fail_on);
    // What was asked for and is not there is no success.
    Ok(if all_annotated { exit } else { Exit::Unchecked })
}

/// Writes a copy of every readable file with a comment a finding; whether all that need comments could have them.
fn annotate(
    folder: &Path,
    report: &Report,
    known: &[Profile],
    options: &Options,
    to: &Destination,
) -> Result<bool, Error> {
    let copies = answers::copies(report, known, options);
    let whole = copies.refused.is_empty();
    for why in &copies.refused {
        out::complain(why);
    }
    let inputs = report.files.iter().map(|f| Path::new(&f.name));
    out::keep(folder, &copies.at(folder), (to.file(), &to.force), inputs)?;
    Ok(whole)
}

fn exit(report: &Report, fail_on: FailOn) -> Exit {
    let unchecked = report.verdicts.iter().any(|v| v.not_checked > 0)
        || report.files.iter().any(|f| !f.readable);
    let reaches = |level: Level| match fail_on {
        FailOn::Error => level == Level::Error,
        FailOn::Warning => level <= Level::Warning,
        FailOn::Never => false,
    };
    if unchecked {
        Exit::Unchecked
    } else if report.causes.iter().any(|c| reaches(c.level)) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// The job from a `book.toml` and flags; flags win. Also the files whose role is still open.
fn job(args: &mut Check, own: &[Profile]) -> Result<(Job, Vec<PathBuf>), Error> {
    let is_toml = |p: &Path| {
        p.extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("toml"))
    };
    let beside = Path::new("book.toml");
    if args.files.is_empty() && args.interior.is_none() && args.cover.is_empty() && beside.is_file()
    {
        args.files.push(beside.to_owned());
    }
    let (tomls, mut loose): (Vec<PathBuf>, Vec<PathBuf>) =
        args.files.drain(..).partition(|p| is_toml(p));
    let mut job = match tomls.as_slice() {
        [] => Job::default(),
        [one] => Job::from_toml(one)?,
        _ => return Err(Error::Job("give one book.toml".to_owned())),
    };
    if let Some(interior) = args.interior.take() {
        job.interior = Some(interior);
        // Where the interior is given by flag, a single loose file can only be the cover.
        if let (1, None, Some(cover)) = (loose.len(), &job.cover, loose.first().cloned()) {
            job.cover = Some(cover);
            loose.clear();
        }
    }
    covers(&mut job, &args.cover)?;
    if (job.cover.is_some() || job.editions.values().any(|e| e.cover.is_some()))
        && let (1, None, Some(interior)) = (loose.len(), &job.interior, loose.first().cloned())
    {
        job.interior = Some(interior);
        loose.clear();
    }
    if !args.platforms.is_empty() {
        job.platforms = std::mem::take(&mut args.platforms);
    }
    job.platforms.extend(own.iter().map(|p| p.id.clone()));
    job.trim = args.trim.or(job.trim);
    job.binding = args.binding.map(Into::into).or(job.binding);
    job.ink = args.ink.map(Into::into).or(job.ink);
    job.paper = args.paper.map(Into::into).or(job.paper);
    job.weight = args.weight.or(job.weight);
    job.bleed = args.bleed.map_or(job.bleed, Into::into);
    job.direction = args.direction.map(Into::into).or(job.direction);
    job.isbn = args.isbn.take().or(job.isbn);
    job.title = args.title.take().or(job.title);
    job.author = args.author.take().or(job.author);
    job.pages = args.pages.or(job.pages);
    job.spine = args.spine.or(job.spine);
    job.unit = args.unit.map(Into::into).or(job.unit);
    Ok((job, loose))
}

/// Puts the covers told by flag into the job: one for all platforms, and one for each that has its own.
fn covers(job: &mut Job, told: &[String]) -> Result<(), Error> {
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for cover in told {
        // A path may hold an equals sign; a platform's name holds no separator.
        let parted = cover.split_once('=').filter(|(platform, _)| {
            !platform.contains(['\\', '.']) && platform.matches('/').count() <= 1
        });
        let (platform, file) = parted.unwrap_or(("", cover));
        let wrong = |why: String| Err(Error::Job(why));
        if parted.is_some() && platform.is_empty() {
            return wrong(format!(
                "--cover {cover}: the platform is missing; write --cover PLATFORM=FILE, as in --cover kdp=cover.pdf"
            ));
        }
        if file.is_empty() {
            return wrong(format!(
                "--cover {cover}: the file is missing; write --cover {}FILE",
                parted.map_or(String::new(), |(platform, _)| format!("{platform}="))
            ));
        }
        if let Some(before) = taken.insert(platform, file) {
            return wrong(match platform {
                "" => format!(
                    "two covers are told, {before} and {file}; give one, or --cover PLATFORM=FILE for a platform's own"
                ),
                platform => {
                    format!("two covers are told for {platform}, {before} and {file}; give one")
                }
            });
        }
        match platform {
            "" => job.cover = Some(PathBuf::from(file)),
            platform => {
                let edition = job.editions.entry(platform.to_owned()).or_default();
                edition.cover = Some(PathBuf::from(file));
            }
        }
    }
    Ok(())
}

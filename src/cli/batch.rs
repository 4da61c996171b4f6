//! `presscheck batch`: checks a backlist.

use std::path::PathBuf;

use super::batch_args::{Batch, StdoutFormat};
use super::batch_reports::Reports;
use super::batch_watch::Watcher;
use super::bounds::Allowed;
use super::flags::FailOn;
use super::ordered::{own_texts, profiles_from};
use super::{Exit, program};
use super::{cache, out, show};
use crate::answers::Format;
use crate::batch::{
    Acceptances, Baseline, BatchPlan, Catalogue, Overrides, Row, RowAction, Sink, Summary, Survey,
    Tally, TitleOutcome, job_statements,
};
use crate::check::Selection;
use crate::error::Error;
use crate::output::{self, Outputs};
use crate::pipeline::Options;
use crate::profile::{self, Profile};
use crate::visible::visible;
use crate::{batch, pipeline};

pub(super) fn run(
    args: &Batch,
    jobs: Option<usize>,
    quiet: bool,
    verbose: bool,
) -> Result<Exit, Error> {
    if args.schema {
        out::write(None, &batch::schema())?;
        return Ok(Exit::Clean);
    }
    let Some(path) = args.catalogue.as_deref().filter(|_| !args.example) else {
        out::write(None, &batch::example())?;
        return Ok(Exit::Clean);
    };
    let mut known = profile::built_in()?;
    let own_texts = own_texts(&args.judging.profile)?;
    let own = profiles_from(&args.judging.profile, &own_texts)?;
    let outputs = outputs(args)?;
    let catalogue = Catalogue::open(path, args.files.as_deref(), overrides(args, &own))?;
    known.extend(own);
    let selection = Selection {
        select: args.judging.select.clone(),
        ignore: args.judging.ignore.clone(),
        levels: args.judging.level.clone(),
    };
    selection.verify()?;
    check_platforms(args, &known)?;
    if !quiet {
        for note in &catalogue.notes {
            out::complain(&format!("note: {note}"));
        }
    }
    if args.dry_run {
        return dry_run(&catalogue, &known, quiet);
    }
    let mut survey = Survey::default();
    for row in catalogue.rows()? {
        if let RowAction::Check { job, loose } = &row.action {
            for file in job.files().chain(loose) {
                outputs.spare(file)?;
            }
        }
        if outputs.are_there() {
            for path in row.named.paths() {
                outputs.spare_named(&path)?;
            }
        }
        match row.action {
            RowAction::Skip(_) => survey.skipped += 1,
            _ => survey.titles += 1,
        }
    }
    outputs.know()?;
    if survey.titles == 0 {
        return Err(Error::Catalogue(format!(
            "{} holds no title",
            path.display()
        )));
    }
    let allowed = Allowed {
        memory: args.memory,
        time: args.time,
    };
    let press = args.judging.press.press()?;
    let plan = BatchPlan {
        catalogue: &catalogue,
        known: &known,
        rules: batch::rules_fingerprint(&build(), &own_texts, &selection, press.as_ref()),
        options: Options {
            selection,
            workers: allowed.workers(),
            press,
            ..Options::default()
        },
        cache: if args.no_cache {
            None
        } else {
            cache::open(args.cache.as_deref())
        },
        output: args.output.clone(),
        force: args.force.force,
        baseline: args.baseline.as_deref().map(Baseline::open).transpose()?,
        accepted: match &args.accept {
            Some(path) => Acceptances::read(path, &show::today())?,
            None => Acceptances::default(),
        },
        threads: jobs
            .filter(|n| *n > 0)
            .or_else(|| std::thread::available_parallelism().ok().map(Into::into))
            .unwrap_or(1),
        memory: args.memory.unwrap_or_else(half_of_memory),
        all: verbose,
    };
    let mut sinks = Sinks {
        to_output: args.format == StdoutFormat::Jsonl,
        summaries: Vec::new(),
    };
    let ending = Format::from(args.report_format).ending();
    let links = args.reports.as_deref().map(|folder| (folder, ending));
    for path in &args.summary {
        let summary = Summary::begin(path, survey.titles, args.output.as_deref(), links)?;
        sinks.summaries.push(summary);
    }
    let watcher = Watcher::new(survey.titles, quiet, reports(args, &plan)?);
    let result = batch::run(&plan, survey.titles, &watcher, &mut sinks);
    watcher.finish();
    let tally = result?;
    let gone = plan.baseline.as_ref().map(Baseline::gone);
    for summary in sinks.summaries {
        summary.end(&tally, gone.clone())?;
    }
    say(args, &tally, gone.as_ref(), quiet)?;
    Ok(exit(&tally, args.judging.fail_on))
}

/// What is going to be written, none of which is a file named on the command line. A dry run writes nothing.
fn outputs(args: &Batch) -> Result<Outputs, Error> {
    let mut outputs = Outputs::new(args.force.force);
    if args.dry_run {
        return Ok(outputs);
    }
    if let Some(path) = args.output.as_deref().filter(|p| !output::is_file(p)) {
        return Err(Error::Catalogue(format!(
            "{} is no file that a later run could go on from; --format jsonl writes the lines to standard output",
            path.display()
        )));
    }
    let waiting = args.output.as_deref().map(batch::waiting);
    for path in args.output.iter().chain(&waiting).chain(&args.summary) {
        outputs.add(path)?;
    }
    for input in inputs(args) {
        outputs.spare(input)?;
    }
    Ok(outputs)
}

/// The files named on the command line.
fn inputs(args: &Batch) -> impl Iterator<Item = &PathBuf> {
    let named = [&args.catalogue, &args.accept, &args.baseline];
    named.into_iter().flatten().chain(&args.judging.profile)
}

/// Where a report a title goes, if that is asked for.
fn reports(args: &Batch, plan: &BatchPlan<'_>) -> Result<Option<Reports>, Error> {
    let Some(folder) = &args.reports else {
        return Ok(None);
    };
    std::fs::create_dir_all(folder).map_err(|e| Error::Write {
        path: folder.clone(),
        why: e.to_string(),
    })?;
    Ok(Some(Reports {
        folder: folder.clone(),
        format: args.report_format.into(),
        force: args.force.force,
        known: plan.known.to_vec(),
        options: plan.options.clone(),
        inputs: inputs(args).cloned().collect(),
    }))
}

/// The table on standard output; on standard error where the lines are there.
fn say(
    args: &Batch,
    tally: &Tally,
    gone: Option<&(usize, Vec<String>)>,
    quiet: bool,
) -> Result<(), Error> {
    // Without a terminal there is no width to keep to.
    let width = if args.format == StdoutFormat::Text {
        out::terminal_width()
    } else {
        None
    };
    let text = if quiet {
        batch::totals(tally) + "\n"
    } else {
        batch::text(tally, gone, width.unwrap_or(usize::MAX))
    };
    match args.format {
        StdoutFormat::Text => out::text(None, &text),
        StdoutFormat::Jsonl => {
            out::complain(text.trim_end());
            Ok(())
        }
    }
}

fn exit(tally: &Tally, fail_on: FailOn) -> Exit {
    let [errors, warnings, _] = tally.open;
    let found = match fail_on {
        FailOn::Error => errors > 0,
        FailOn::Warning => errors + warnings > 0,
        FailOn::Never => false,
    };
    if tally.gaps > 0 {
        Exit::Unchecked
    } else if found {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// What would be checked, a line a title.
fn dry_run(catalogue: &Catalogue, known: &[Profile], quiet: bool) -> Result<Exit, Error> {
    let mut text = format!("{}\n", catalogue.kind());
    let survey = batch::survey(catalogue, known, |row, why| {
        let sign = match (&row.action, why) {
            (RowAction::Skip(_), _) => "left out",
            (_, Some(_)) => "wrong",
            _ => "check",
        };
        let line = row.line.map_or_else(String::new, |l| format!("line {l}: "));
        text.push_str(&format!(
            "{sign:<8}  {line}{}  {}\n",
            visible(&row.id),
            why.map_or_else(|| visible(&job(row, known)).into_owned(), str::to_owned)
        ));
        for note in row.notes.iter().filter(|_| !quiet) {
            text.push_str(&format!("          note: {}\n", visible(note)));
        }
    })?;
    text.push_str(&format!(
        "{} would be checked, {} could not be, {} left out\n",
        survey.titles - survey.wrong,
        survey.wrong,
        survey.skipped
    ));
    out::text(None, &text)?;
    Ok(if survey.wrong > 0 {
        Exit::Unchecked
    } else {
        Exit::Clean
    })
}

/// What a job says, and the products it asks.
fn job(row: &Row, known: &[Profile]) -> String {
    let RowAction::Check { job, loose } = &row.action else {
        return String::new();
    };
    let told: Vec<String> = job_statements(job, loose)
        .iter()
        .filter(|(k, _)| !matches!(k.as_str(), "for" | "title" | "author"))
        .map(|(k, v)| format!("{k} {v}"))
        .collect();
    let products = pipeline::products(job, known).map(|all| {
        all.iter()
            .map(|p| p.id.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    });
    format!("{} -> {}", told.join(", "), products.unwrap_or_default())
}

/// A platform misspelt on the command line is the run's fault, not every title's.
fn check_platforms(args: &Batch, known: &[Profile]) -> Result<(), Error> {
    for asked in &args.platforms {
        if !known.iter().any(|p| p.platform == *asked || p.id == *asked) {
            let job = crate::job::Job {
                platforms: vec![asked.clone()],
                ..Default::default()
            };
            pipeline::products(&job, known)?;
        }
    }
    Ok(())
}

fn overrides(args: &Batch, own: &[Profile]) -> Overrides {
    Overrides {
        platforms: args.platforms.clone(),
        own: own.iter().map(|p| p.id.clone()).collect(),
        trim: args.trim,
        binding: args.binding.map(Into::into),
        ink: args.ink.map(Into::into),
        paper: args.paper.map(Into::into),
        weight: args.weight,
        bleed: args.bleed.map(Into::into),
        direction: args.direction.map(Into::into),
    }
}

/// The program's own bytes as a hash: another build is another judge, whatever its version says.
fn build() -> String {
    let code = program::known().and_then(|program| batch::of_file(&program.code).ok());
    code.unwrap_or_default()
}

/// Half of the machine's memory where the system tells it, or two gigabytes.
fn half_of_memory() -> u64 {
    let told = || {
        let text = std::fs::read_to_string("/proc/meminfo").ok()?;
        let line = text.lines().find(|l| l.starts_with("MemTotal:"))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1024 / 2)
    };
    told().unwrap_or(2_000_000_000)
}

/// Lines to standard output, and summaries.
struct Sinks {
    to_output: bool,
    summaries: Vec<Summary>,
}

impl Sink for Sinks {
    fn wants_lines(&self) -> bool {
        self.to_output
    }

    fn take(&mut self, line: Option<&str>, outcome: &TitleOutcome) -> Result<(), Error> {
        if let Some(line) = line.filter(|_| self.to_output) {
            out::stream(line)?;
        }
        for summary in &mut self.summaries {
            summary.take(line, outcome)?;
        }
        Ok(())
    }
}

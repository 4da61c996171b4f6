//! The command line: flags, one file a command, progress, the terminal.

mod batch;
mod batch_args;
mod batch_reports;
mod batch_watch;
mod bounds;
mod cache;
mod check;
mod codes;
mod commands;
mod cover;
mod files;
mod flags;
mod init;
mod ordered;
mod out;
mod picture_names;
mod plates;
mod program;
mod progress;
mod sealed;
mod serve;
mod show;
mod spine;

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::Path;

use clap::{CommandFactory, Parser};

use crate::error::Error;
use crate::visible::visible;
use commands::{Args, Command};
pub use program::Program;

/// What a run says to the shell: see `check --help`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing at or above the level asked for.
    Clean = 0,
    /// Findings.
    Findings = 1,
    /// The run could not start.
    Trouble = 2,
    /// Something could not be checked.
    Unchecked = 3,
}

/// Runs the program with its arguments, of which the first is its name; gives its exit code. `program` tells how it is
/// started again, for workers.
pub fn run(program: Option<Program>, asked: impl Iterator<Item = OsString>) -> u8 {
    program::know(program);
    // A panic in a dependency is caught at the page it happened on and reported there; its own words on
    // standard error would only frighten.
    if std::env::var_os("PRESSCHECK_PANICS").is_none() {
        crate::fault::keep_places();
    }
    let args = match Args::try_parse_from(arguments(asked)) {
        Ok(args) => args,
        Err(e) => return refused(&e),
    };
    out::choose(args.color, args.quiet);
    let verbose = args.verbose > 0;
    if args.verbose > 1 {
        trace(matches!(args.command, Command::MeasureWorker { .. }));
    }
    let jobs = args.jobs.map(|jobs| jobs.min(most_jobs()) as usize);
    if let Err(e) = threads(jobs) {
        return report(&e, None);
    }
    let name = args.command.name();
    let result = match args.command {
        Command::Check(check) => check::run(*check, args.quiet, verbose),
        Command::Batch(batch) => batch::run(&batch, jobs, args.quiet, verbose),
        Command::Serve(serve) => serve::run(&serve, args.quiet),
        Command::Init(init) => init::run(&init, args.quiet),
        Command::Cache(cache) => cache::run(&cache),
        Command::Spine(spine) => spine::run(&spine),
        Command::Cover(cover) => cover::run(&cover),
        Command::Facts(facts) => files::facts(&facts, args.quiet),
        Command::Codes(codes) => codes::run(&codes, args.quiet),
        Command::Plates(plates) => plates::run(&plates),
        Command::Rules(rules) => show::rules(&rules),
        Command::Explain(explain) => show::explain(&explain),
        Command::Profiles(profiles) => show::profiles(&profiles),
        Command::Completions { shell } => show::completions(shell, Args::command()),
        Command::Man(man) => show::man(&man, Args::command()),
        Command::MeasureWorker { give_way, memory } => bounds::work(give_way, memory),
    };
    match result {
        Ok(exit) => exit as u8,
        Err(e) => report(&e, name),
    }
}

/// Writes the events of `tracing` to standard error. A worker's are read by the program that started it, which writes
/// them with its own.
fn trace(is_worker: bool) {
    let to_stderr = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(std::io::stderr)
        // Nobody may be there to read them.
        .log_internal_errors(false)
        .without_time()
        .with_target(!is_worker)
        .with_ansi(false);
    to_stderr.init();
}

/// What was asked, with the command that is meant where none is named: files are checked.
fn arguments(asked: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut asked: Vec<OsString> = asked.collect();
    let is_file = |first: &OsString| {
        let path = Path::new(first);
        let ends_as_one = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("pdf") || e.eq_ignore_ascii_case("toml"));
        ends_as_one || path.is_file()
    };
    let is_command = |first: &OsString| {
        let commands = Args::command();
        commands.get_subcommands().any(|c| first == c.get_name())
    };
    if asked
        .get(1)
        .is_some_and(|first| is_file(first) && !is_command(first))
    {
        asked.insert(1, "check".into());
    }
    asked
}

/// Tells what is wrong with the command line, or the help that was asked for.
fn refused(error: &clap::Error) -> u8 {
    let plain = error.render().to_string();
    let acts = |line: &str| matches!(visible(line), Cow::Owned(_));
    if error.use_stderr() && plain.lines().any(acts) {
        // It repeats what was typed.
        out::complain(&plain);
        return Exit::Trouble as u8;
    }
    error.exit()
}

/// Tells an error, with the help of the command that it came from.
fn report(error: &Error, command: Option<&str>) -> u8 {
    out::complain(&format!("error: {error}"));
    let of_command =
        || command.map(|name| format!("`presscheck {name} --help` says what it takes"));
    if let Some(help) = error.help().map(str::to_owned).or_else(of_command) {
        out::complain(&format!("  help: {help}"));
    }
    Exit::Trouble as u8
}

/// Stacks for pages whose forms nest as deep as the limit allows, in a build without optimisation too.
const STACK: usize = 32 << 20;

/// Threads beyond which more only cost memory: each measures a page of its own.
fn most_jobs() -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get() as u32);
    4 * cores.max(2)
}

fn threads(jobs: Option<usize>) -> Result<(), Error> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.unwrap_or(0))
        .stack_size(STACK)
        .build_global()
        .map_err(|e| Error::Job(format!("cannot start threads: {e}")))
}

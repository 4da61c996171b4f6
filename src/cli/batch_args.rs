//! The flags of `presscheck batch`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::bounds::{Time, bytes};
use super::flags::{
    BindingArg, BleedArg, DirectionArg, Force, InkArg, Judging, PaperArg, ReportFormat,
};
use crate::job::Trim;

const EXAMPLES: &str = "\
Examples:
  presscheck batch --example > backlist.csv
      a catalogue to fill in
  presscheck batch backlist.csv --dry-run
      what would be checked, and what could not be matched
  presscheck batch backlist.csv --output results.jsonl --summary backlist.html
      one report a title; interrupt it at any time, the same command goes on
  presscheck batch backlist.csv --summary backlist.html --reports reports
      a page for the list, with a link to a page for each title
  presscheck batch FullMetadataExport.csv --files print-files/ --for kdp
      every title of an Ingram export, as if it moved to another printer
  presscheck batch print-files/ --for kdp --format jsonl | jq .batch.result
      a folder; files belong together by their names
  presscheck batch backlist.csv -o new.jsonl --baseline last.jsonl
      what is newly failing, and whether the file or the rule is the cause

A line of the output is what `check --format jsonl` prints, with a member \"batch\" (see --schema).

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the run could not start (bad flag, catalogue
or profile), 3 something could not be checked (wrong line, missing or unreadable file). 3 wins.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Batch {
    /// A catalogue (CSV: presscheck's own, Lightning Source's ACS sheet, Ingram's metadata export) or a folder
    #[arg(required_unless_present_any = ["example", "schema"])]
    pub(crate) catalogue: Option<PathBuf>,
    /// Print a catalogue to fill in and stop
    #[arg(long)]
    pub(crate) example: bool,
    /// Show what would be checked and what could not be matched, and stop
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Where the files are; beside the catalogue by default
    #[arg(long, value_name = "FOLDER")]
    pub(crate) files: Option<PathBuf>,

    /// Platforms or products for every title, separated by commas, whatever the catalogue says
    #[arg(
        long = "for",
        value_name = "P,P",
        value_delimiter = ',',
        help_heading = "Every job"
    )]
    pub(crate) platforms: Vec<String>,
    /// The finished size of every title: 6x9, 152.4x228.6mm, a5
    #[arg(long, value_name = "WxH", value_parser = |s: &str| s.parse::<Trim>(), help_heading = "Every job")]
    pub(crate) trim: Option<Trim>,
    /// The binding of every title
    #[arg(long, value_enum, ignore_case = true, help_heading = "Every job")]
    pub(crate) binding: Option<BindingArg>,
    /// The ink of every title
    #[arg(long, value_enum, ignore_case = true, help_heading = "Every job")]
    pub(crate) ink: Option<InkArg>,
    /// The paper of every title
    #[arg(long, value_enum, ignore_case = true, help_heading = "Every job")]
    pub(crate) paper: Option<PaperArg>,
    /// The paper's weight of every title
    #[arg(long, value_name = "LB", help_heading = "Every job")]
    pub(crate) weight: Option<u32>,
    /// Whether art of every title runs off the page
    #[arg(long, value_enum, ignore_case = true, help_heading = "Every job")]
    pub(crate) bleed: Option<BleedArg>,
    /// The direction every title is read in
    #[arg(long, value_enum, ignore_case = true, help_heading = "Every job")]
    pub(crate) direction: Option<DirectionArg>,

    #[command(flatten)]
    pub(crate) judging: Judging,
    /// Findings that are accepted for a certain file: [[accept]] with rule, file (its SHA-256), reason, until, for
    #[arg(long, value_name = "FILE.toml", help_heading = "Judging")]
    pub(crate) accept: Option<PathBuf>,
    /// Compare with the results of an earlier run
    #[arg(long, value_name = "LAST.jsonl", help_heading = "Judging")]
    pub(crate) baseline: Option<PathBuf>,

    /// Keep one line of JSON a title in this file; a run that was interrupted goes on from it
    #[arg(long, short, value_name = "FILE.jsonl", help_heading = "Writing")]
    pub(crate) output: Option<PathBuf>,
    /// What goes to standard output: a table at the end, or the lines
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        default_value = "text",
        help_heading = "Writing"
    )]
    pub(crate) format: StdoutFormat,
    /// Also write a summary: FILE.csv for spreadsheets, FILE.html for people (repeatable)
    #[arg(long, value_name = "FILE", help_heading = "Writing")]
    pub(crate) summary: Vec<PathBuf>,
    /// Also write a report a title into a folder; summaries link to them
    #[arg(long, value_name = "DIR", help_heading = "Writing")]
    pub(crate) reports: Option<PathBuf>,
    /// How those reports are written
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        default_value = "html",
        value_name = "FORMAT",
        requires = "reports",
        help_heading = "Writing"
    )]
    pub(crate) report_format: ReportFormat,
    #[command(flatten)]
    pub(crate) force: Force,
    /// Print the JSON Schema of a line and stop
    #[arg(long, help_heading = "Writing")]
    pub(crate) schema: bool,

    /// Memory for the books being checked at once, as 500MB or 2GB; half of the machine's by default
    #[arg(long, value_name = "SIZE", value_parser = bytes, help_heading = "Running")]
    pub(crate) memory: Option<u64>,
    #[command(flatten)]
    pub(crate) time: Time,
    /// Check every title anew, and keep nothing for the next run
    #[arg(long, help_heading = "Running")]
    pub(crate) no_cache: bool,
    /// Keep results in this folder
    #[arg(
        long,
        value_name = "FOLDER",
        env = "PRESSCHECK_CACHE",
        hide_env_values = true,
        help_heading = "Running"
    )]
    pub(crate) cache: Option<PathBuf>,
}

/// What goes to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StdoutFormat {
    Text,
    Jsonl,
}

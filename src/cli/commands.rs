//! The command line: its commands, one file each, and the flags of all.

use clap::{Parser, Subcommand};

use super::flags::Check;

/// Will KDP Print, IngramSpark and Lightning Source take these files? What is wrong, where, and how to mend it.
#[derive(Debug, Parser)]
#[command(
    name = "presscheck",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub(crate) struct Args {
    /// Threads to use; all by default
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) jobs: Option<u32>,
    /// Whether to write in colour; `auto` on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        alias = "colour"
    )]
    pub(crate) color: super::out::Colour,
    /// Say only the verdicts; no progress
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say every place; twice: also what was looked at and passed over, on standard error
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check one book for one or more platforms
    Check(Box<Check>),
    /// Check a backlist: a catalogue of titles, or a folder; safe to interrupt, unchanged titles cost nothing
    Batch(Box<super::batch_args::Batch>),
    /// The same checks as a page in the browser and an HTTP API, on this machine
    Serve(Box<super::serve::Serve>),
    /// Write a book.toml from what the files of a book show, to be looked at and kept
    Init(super::init::Init),
    /// Results kept between runs of batch: where they are, how many there are, and how to delete them
    Cache(super::cache::CacheArgs),
    /// Spine widths for a page count, every platform and stock side by side
    Spine(Box<super::spine::Spine>),
    /// Cover geometry for a page count, as text, JSON or a template; or what a cover's size fits
    Cover(Box<super::cover::Cover>),
    /// What was measured of a file, without judgement (JSON)
    Facts(super::files::Facts),
    /// QR and bar codes found in files, with their printed size, their distances and artwork grade
    Codes(Box<super::codes::Codes>),
    /// The separations of a page as pictures, and a map of where there is too much ink
    Plates(Box<super::plates::Plates>),
    /// List the rules
    Rules(super::show::Rules),
    /// Explain a rule
    Explain(super::show::Explain),
    /// List the platforms and products known, or show one in full
    Profiles(super::show::Profiles),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or that of a command
    Man(super::show::Man),
    /// Measures files for another presscheck
    #[command(hide = true, name = super::bounds::COMMAND)]
    MeasureWorker {
        /// Let other processes go first
        #[arg(long)]
        give_way: bool,
        /// Bytes of memory it may take
        memory: u64,
    },
}

impl Command {
    /// Its name, for those whose arguments may be wrong.
    pub(crate) fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Check(_) => "check",
            Self::Batch(_) => "batch",
            Self::Cache(_) => "cache",
            Self::Init(_) => "init",
            Self::Serve(_) => "serve",
            Self::Spine(_) => "spine",
            Self::Cover(_) => "cover",
            Self::Facts(_) => "facts",
            Self::Codes(_) => "codes",
            Self::Plates(_) => "plates",
            Self::Rules(_) | Self::Explain(_) => "rules",
            Self::Profiles(_) => "profiles",
            Self::Completions { .. } | Self::Man(_) | Self::MeasureWorker { .. } => return None,
        })
    }
}

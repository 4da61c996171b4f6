//! Flags that commands share, and those of `check`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::bounds::Allowed;
use crate::answers::Format;
use crate::error::Error;
use crate::finding::Level;
use crate::job::{Bleed, Ink, Paper, Trim, WantedBinding};
use crate::measure;
use crate::output;
use crate::press::Press;
use crate::units::Length;

const CHECK_EXAMPLES: &str = "\
Examples:
  presscheck check interior.pdf cover.pdf
      everything is found from the files; answers for all platforms
  presscheck check book.toml
      the job is in a file beside the book
  presscheck check interior.pdf --cover kdp=kdp.pdf --cover ingramspark=ingram.pdf --trim 6x9 --paper cream
      a cover for each platform
  presscheck check interior.pdf --for kdp --format json | jq .verdicts
  presscheck check interior.pdf cover.pdf -o report.html
      a page to look at: every place as a picture, for all printers
  presscheck check interior.pdf cover.pdf --annotate proofs
      copies of the files with every finding as a comment on its place
  presscheck check --cover cover.pdf --trim 6x9 --pages 240 --paper cream --for kdp
      a cover before the interior is ready

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the run could not start (bad flag, job or
profile, missing file), 3 something could not be checked (unreadable file, password, limit).";

#[derive(Debug, clap::Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct Check {
    /// A book.toml, or the interior and cover as PDF (their roles are found from their pages)
    pub(crate) files: Vec<PathBuf>,
    /// The book block
    #[arg(long, value_name = "FILE", help_heading = "The job")]
    pub(crate) interior: Option<PathBuf>,
    /// The cover; PLATFORM=FILE for a platform's own (repeatable)
    #[arg(long, value_name = "[PLATFORM=]FILE", help_heading = "The job")]
    pub(crate) cover: Vec<String>,
    /// Platforms or products, separated by commas: kdp, ingramspark, lulu, kdp/case-laminate, or standards: pdfx/1a-2001; all are listed by `presscheck profiles`. Without it: KDP Print, IngramSpark and Lightning Source
    #[arg(
        long = "for",
        value_name = "P,P",
        value_delimiter = ',',
        help_heading = "The job"
    )]
    pub(crate) platforms: Vec<String>,
    /// The finished size: 6x9, 152.4x228.6mm, a5
    #[arg(long, value_name = "WxH", value_parser = |s: &str| s.parse::<Trim>(), help_heading = "The job")]
    pub(crate) trim: Option<Trim>,
    /// The binding
    #[arg(long, value_enum, ignore_case = true, help_heading = "The job")]
    pub(crate) binding: Option<BindingArg>,
    /// The ink of the book block
    #[arg(long, value_enum, ignore_case = true, help_heading = "The job")]
    pub(crate) ink: Option<InkArg>,
    /// The paper of the book block
    #[arg(long, value_enum, ignore_case = true, help_heading = "The job")]
    pub(crate) paper: Option<PaperArg>,
    /// The paper's weight in pounds, where a platform has several
    #[arg(long, value_name = "LB", help_heading = "The job")]
    pub(crate) weight: Option<u32>,
    /// Whether art runs off the page
    #[arg(long, value_enum, ignore_case = true, help_heading = "The job")]
    pub(crate) bleed: Option<BleedArg>,
    /// The unit that comes first in text; that of the trim by default
    #[arg(long, value_enum, ignore_case = true, help_heading = "Writing")]
    pub(crate) unit: Option<UnitArg>,
    /// The direction it is read in
    #[arg(long, value_enum, ignore_case = true, help_heading = "The job")]
    pub(crate) direction: Option<DirectionArg>,
    /// The ISBN the platform was told
    #[arg(long, help_heading = "The job")]
    pub(crate) isbn: Option<String>,
    /// The title the platform was told
    #[arg(long, help_heading = "The job")]
    pub(crate) title: Option<String>,
    /// The author the platform was told
    #[arg(long, help_heading = "The job")]
    pub(crate) author: Option<String>,
    /// The page count, when there is no interior yet
    #[arg(long, value_name = "N", help_heading = "The job")]
    pub(crate) pages: Option<u32>,
    /// The spine width that the platform's own calculator gave, where presscheck knows none: 0.5in, 12.7mm
    #[arg(long, value_name = "W", value_parser = crate::job::spine, help_heading = "The job")]
    pub(crate) spine: Option<Length>,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// How to write the report; text, or what the name of the file to write to ends in
    #[arg(long, value_enum, ignore_case = true, help_heading = "Writing")]
    pub(crate) format: Option<ReportFormat>,
    #[command(flatten)]
    pub(crate) allowed: Allowed,
    #[command(flatten)]
    pub(crate) to: Destination,
    /// List every place of every finding in JSON; otherwise the twenty worst, one a page first
    #[arg(long, help_heading = "Writing")]
    pub(crate) all_places: bool,
    /// Write a copy of every readable file into a folder, with a comment on each place of a finding; the files stay as they are
    #[arg(long, value_name = "DIR", help_heading = "Writing")]
    pub(crate) annotate: Option<PathBuf>,
    /// Print the JSON Schema of the report and stop
    #[arg(long, help_heading = "Writing")]
    pub(crate) schema: bool,
}

/// The press that colours are weighed for.
#[derive(Debug, clap::Args)]
pub(crate) struct PressFlag {
    /// The press that RGB is weighed for where a file has no output intent: fogra39, fogra51, gracol2006, gracol2013, swop, or
    /// an ICC profile; otherwise by a plain conversion with full black replacement
    #[arg(long, value_name = "NAME|FILE.icc", help_heading = "Judging")]
    press: Option<String>,
}

impl PressFlag {
    /// The press that is meant, if one is.
    pub(crate) fn press(&self) -> Result<Option<Press>, Error> {
        self.press.as_deref().map(measure::press).transpose()
    }
}

/// Which rules run, how bad they are, and who is asked besides.
#[derive(Debug, clap::Args)]
pub(crate) struct Judging {
    #[command(flatten)]
    pub(crate) press: PressFlag,
    /// Run only these rules
    #[arg(
        long,
        value_name = "R,R",
        value_delimiter = ',',
        help_heading = "Judging"
    )]
    pub(crate) select: Vec<String>,
    /// Leave these rules out
    #[arg(
        long,
        value_name = "R,R",
        value_delimiter = ',',
        help_heading = "Judging"
    )]
    pub(crate) ignore: Vec<String>,
    /// Judge a rule more or less severely: RULE=error, warning or note (repeatable)
    #[arg(long, value_name = "RULE=LEVEL", value_parser = level, help_heading = "Judging")]
    pub(crate) level: Vec<(String, Level)>,
    /// A printer of one's own (repeatable); it is asked besides or instead of --for
    #[arg(long, value_name = "FILE.toml", help_heading = "Judging")]
    pub(crate) profile: Vec<PathBuf>,
    /// The level from which findings make the exit code 1
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        default_value = "error",
        help_heading = "Judging"
    )]
    pub(crate) fail_on: FailOn,
}

/// Where an answer goes.
#[derive(Debug, clap::Args)]
pub(crate) struct Destination {
    /// Write to a file, - for standard output; one that is there stays as it is until the new one is complete
    #[arg(long, short, value_name = "FILE", help_heading = "Writing")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) force: Force,
}

/// What the names of files end in that are documents, pictures, tables or archives: nothing that a report is.
const OTHER_KINDS: [&str; 26] = [
    "pdf", "doc", "docx", "odt", "rtf", "pages", "epub", "indd", "idml", "png", "jpg", "jpeg",
    "gif", "webp", "tif", "tiff", "svg", "eps", "ps", "csv", "tsv", "xls", "xlsx", "ods", "toml",
    "zip",
];

impl Destination {
    /// The file, if one is named.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }

    /// Refuses a name that says the file is of a kind which no report is written as; where a format is `told`, only a PDF's.
    pub(crate) fn as_report(&self, told: bool) -> Result<(), Error> {
        let end = self.file().and_then(Path::extension);
        let end = end.map(|e| e.to_string_lossy().to_ascii_lowercase());
        let is_other = |end: &&String| match told {
            true => *end == "pdf",
            false => OTHER_KINDS.contains(&end.as_str()),
        };
        let Some(end) = end.as_ref().filter(is_other) else {
            return Ok(());
        };
        let proofs = match end.as_str() {
            "pdf" => {
                "; `presscheck check --annotate DIR` puts what was found as comments on copies of the PDFs"
            }
            _ => "",
        };
        Err(Error::Job(format!(
            "no answer is written as {end}; name a file that ends in .json or .txt, a report also in .html, .md, .sarif or \
             .xml{proofs}"
        )))
    }

    /// Refuses a file that is one of these inputs, or that presscheck did not write.
    pub(crate) fn allow<'i>(
        &self,
        inputs: impl IntoIterator<Item = &'i Path>,
    ) -> Result<(), Error> {
        output::allow(self.file(), inputs, self.force.force)
    }
}

/// Whether files of others may be written over.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Force {
    /// Write over files that presscheck did not write; never over what is read
    #[arg(long, help_heading = "Writing")]
    pub(crate) force: bool,
}

pub(super) fn level(text: &str) -> Result<(String, Level), String> {
    let wrong = || format!("\"{text}\" is not RULE=error, RULE=warning or RULE=note");
    let (rule, level) = text.split_once('=').ok_or_else(wrong)?;
    let level = match level {
        "error" => Level::Error,
        "warning" => Level::Warning,
        "note" => Level::Note,
        _ => return Err(wrong()),
    };
    Ok((rule.to_owned(), level))
}

/// How lists and answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    Text,
    Json,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Never,
}

/// Mirrors a word of the job as a flag's value: the library knows nothing of clap.
macro_rules! mirror {
    ($name:ident => $of:ty { $($(#[$meta:meta])* $variant:ident => $target:expr),* $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
        pub(crate) enum $name { $($(#[$meta])* $variant),* }
        impl From<$name> for $of {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => $target),* }
            }
        }
    };
}

mirror!(BindingArg => WantedBinding {
    #[value(aliases = ["softcover", "softback", "perfect-bound", "perfect bound", "perfectbound", "perfect", "pb"])]
    Paperback => WantedBinding::Paperback,
    #[value(aliases = ["case", "casewrap", "case-wrap", "printed-case"])]
    CaseLaminate => WantedBinding::CaseLaminate,
    #[value(aliases = ["dust-jacket", "dustjacket", "jacket"])]
    Jacketed => WantedBinding::Jacketed,
    #[value(aliases = ["hardback", "hard-cover", "hb"])]
    Hardcover => WantedBinding::Hardcover,
});
mirror!(InkArg => Ink {
    #[value(aliases = ["bw", "b&w", "black-and-white", "mono"])]
    Black => Ink::Black,
    #[value(aliases = ["standard-color", "colour", "color"])]
    StandardColour => Ink::StandardColour,
    #[value(aliases = ["premium-color"])]
    PremiumColour => Ink::PremiumColour,
});
mirror!(PaperArg => Paper {
    White => Paper::White,
    #[value(aliases = ["creme", "crème", "ivory"])]
    Cream => Paper::Cream,
    Groundwood => Paper::Groundwood,
});
mirror!(BleedArg => Bleed {
    Auto => Bleed::Auto,
    Yes => Bleed::Yes,
    No => Bleed::No,
});
mirror!(UnitArg => crate::units::Unit {
    #[value(name = "in", aliases = ["inch", "inches"])]
    Inches => crate::units::Unit::Inches,
    #[value(name = "mm", aliases = ["millimetres", "millimeters"])]
    Millimetres => crate::units::Unit::Millimetres,
});
mirror!(DirectionArg => crate::geometry::Direction {
    Ltr => crate::geometry::Direction::Ltr,
    Rtl => crate::geometry::Direction::Rtl,
});
mirror!(ReportFormat => Format {
    /// For a terminal
    Text => Format::Text,
    /// For programs
    Json => Format::Json,
    /// The same on one line
    Jsonl => Format::Jsonl,
    /// One page to look at, with pictures
    Html => Format::Html,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif => Format::Sarif,
    /// JUnit XML, for CI servers
    Junit => Format::Junit,
    /// For issues, pull requests and mails
    Markdown => Format::Markdown,
    /// Workflow commands of GitHub Actions
    Github => Format::Github,
});

//! Commands that only list: rules, products, completions, the manual page.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use super::Exit;
use super::out;
use crate::error::Error;
use crate::profile::Profile;
use crate::{pipeline, profile, report, rules};

/// How a list of what is known is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    Text,
    Markdown,
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    /// How to write the list
    #[arg(long, value_enum, default_value = "text", help_heading = "Writing")]
    format: ListFormat,
    /// As a Markdown table
    #[arg(long, hide = true)]
    markdown: bool,
    /// Print the JSON Schema of the list and stop
    #[arg(long, help_heading = "Writing")]
    schema: bool,
}

pub(super) fn rules(args: &Rules) -> Result<Exit, Error> {
    if args.schema {
        out::write(None, &report::rules_schema())?;
        return Ok(Exit::Clean);
    }
    let known = profile::built_in()?;
    let text = match args.format {
        ListFormat::Json => report::rules_json(&known),
        format => report::rules_table(&known, args.markdown || format == ListFormat::Markdown),
    };
    out::write(None, &text)?;
    Ok(Exit::Clean)
}

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The rule's id
    rule: String,
}

pub(super) fn explain(args: &Explain) -> Result<Exit, Error> {
    let entry = rules::find(&args.rule).ok_or_else(|| Error::Job(rules::unknown(&args.rule)))?;
    out::write(None, &report::explain(entry, &profile::built_in()?))?;
    Ok(Exit::Clean)
}

#[derive(Debug, clap::Args)]
pub(crate) struct Profiles {
    /// One product or platform, in full
    id: Option<String>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "text", help_heading = "Writing")]
    format: ListFormat,
    /// Print the JSON Schema and stop: that of the files profiles are written in, or of the answer with --format json
    #[arg(long, help_heading = "Writing")]
    schema: bool,
}

pub(super) fn profiles(args: &Profiles) -> Result<Exit, Error> {
    if args.schema {
        let schema = match args.format {
            ListFormat::Json => report::profiles_schema(),
            _ => report::profile_schema(),
        };
        out::write(None, &schema)?;
        return Ok(Exit::Clean);
    }
    let known = profile::built_in()?;
    let asked: Vec<&Profile> = match &args.id {
        None => known.iter().collect(),
        Some(id) => {
            let id = pipeline::canonical(id);
            known
                .iter()
                .filter(|p| p.id == id || p.platform == id)
                .collect()
        }
    };
    let text = match (&args.id, args.format) {
        (Some(id), _) if asked.is_empty() => {
            return Err(Error::Job(format!(
                "there is no product \"{id}\"; `presscheck profiles` lists them"
            )));
        }
        (_, ListFormat::Json) => report::profiles_json(&asked),
        (None, format) => report::profiles_table(&known, format == ListFormat::Markdown),
        (Some(_), _) => {
            let today = today();
            let pages = asked.iter().map(|p| report::profile_page(p, Some(&today)));
            pages.collect::<Vec<_>>().join("\n")
        }
    };
    out::write(None, &text)?;
    Ok(Exit::Clean)
}

pub(super) fn completions(
    shell: clap_complete::Shell,
    command: clap::Command,
) -> Result<Exit, Error> {
    let mut script = Vec::new();
    let mut command = with_names(command)?;
    clap_complete::generate(shell, &mut command, "presscheck", &mut script);
    out::write(None, &String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}

/// The command with the names that arguments take, so that a shell completes products and rules. When a run is parsed they
/// are not listed: products may be a user's own, and a name that is wrong is answered better later.
fn with_names(command: clap::Command) -> Result<clap::Command, Error> {
    let known = profile::built_in()?;
    let mut products: Vec<String> = Vec::new();
    for name in known.iter().flat_map(|p| [&p.platform, &p.id]) {
        if !products.contains(name) {
            products.push(name.clone());
        }
    }
    let rules: Vec<&str> = rules::all().map(|entry| entry.meta.id).collect();
    let name = |arg: clap::Arg| -> clap::Arg {
        match arg.get_id().as_str() {
            "platforms" | "id" => arg.value_parser(PossibleValuesParser::new(products.clone())),
            "select" | "ignore" | "rule" => {
                arg.value_parser(PossibleValuesParser::new(rules.clone()))
            }
            _ => arg,
        }
    };
    Ok(command.mut_subcommands(|sub| match sub.get_name() {
        "facts" => sub,
        _ => sub.mut_args(name),
    }))
}

#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The command, as in `presscheck man check`
    command: Option<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

pub(super) fn man(args: &Man, mut command: clap::Command) -> Result<Exit, Error> {
    let failed = |path: &Path, e: &dyn std::fmt::Display| Error::Write {
        path: path.to_owned(),
        why: e.to_string(),
    };
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir).map_err(|e| failed(dir, &e))?;
        clap_mangen::generate_to(command, dir).map_err(|e| failed(dir, &e))?;
        return Ok(Exit::Clean);
    }
    command.build();
    let page = match &args.command {
        None => command,
        Some(name) => command.find_subcommand(name).cloned().ok_or_else(|| {
            Error::Job(format!(
                "there is no command \"{name}\"; `presscheck --help` lists them"
            ))
        })?,
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page)
        .render(&mut text)
        .map_err(|e| failed(Path::new("-"), &e))?;
    out::write(None, &String::from_utf8_lossy(&text))?;
    Ok(Exit::Clean)
}

/// The day it is, in universal time.
pub(super) fn today() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = since.map_or(0, |d| d.as_secs() / 86_400);
    // Counted from the first of March of year 0, so that the leap day ends a year.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + later)
}

#[cfg(test)]
mod tests {
    #[test]
    fn today_is_a_day() {
        let today = super::today();
        assert!(
            today.len() == 10 && today.as_str() > "2026-01-01",
            "{today}"
        );
    }
}

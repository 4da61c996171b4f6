//! Commands that only show what is known: rules, products, completions, the manual page.

use presscheck::error::Error;
use presscheck::{profile, report, rules};

use super::Exit;
use super::args::{Explain, Listing, Profiles};
use super::out;

pub(super) fn rules(args: &Listing) -> Result<Exit, Error> {
    out::write(
        None,
        &report::rules_table(&profile::built_in()?, args.markdown),
    )?;
    Ok(Exit::Clean)
}

pub(super) fn explain(args: &Explain) -> Result<Exit, Error> {
    let entry = rules::find(&args.rule).ok_or_else(|| {
        Error::Job(format!(
            "there is no rule \"{}\"; `presscheck rules` lists them",
            args.rule
        ))
    })?;
    out::write(None, &report::explain(entry, &profile::built_in()?))?;
    Ok(Exit::Clean)
}

pub(super) fn profiles(args: &Profiles) -> Result<Exit, Error> {
    if args.schema {
        out::write(None, &report::profile_schema())?;
        return Ok(Exit::Clean);
    }
    let known = profile::built_in()?;
    let text = match &args.id {
        None => report::profiles_table(&known, false),
        Some(id) => known
            .iter()
            .find(|p| p.id == *id || p.platform == *id)
            .map(report::profile_page)
            .ok_or_else(|| {
                Error::Job(format!(
                    "there is no product \"{id}\"; `presscheck profiles` lists them"
                ))
            })?,
    };
    out::write(None, &text)?;
    Ok(Exit::Clean)
}

pub(super) fn completions(
    shell: clap_complete::Shell,
    command: &mut clap::Command,
) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "presscheck", &mut script);
    out::write(None, &String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}

pub(super) fn man(command: clap::Command) -> Result<Exit, Error> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|e| Error::Write {
            path: "-".into(),
            why: e.to_string(),
        })?;
    out::write(None, &String::from_utf8_lossy(&page))?;
    Ok(Exit::Clean)
}

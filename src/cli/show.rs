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
    let entry = rules::find(&args.rule).ok_or_else(|| Error::Job(rules::unknown(&args.rule)))?;
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
            .map(|p| report::profile_page(p, Some(&today())))
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

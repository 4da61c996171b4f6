//! The products and standards that a job names, by whatever name people give them.

use crate::model::error::Error;
use crate::model::job::{Job, WantedBinding};
use crate::profile::Profile;

/// The products that a job names, among those known; all of its binding where it names none.
pub fn products<'a>(job: &Job, known: &'a [Profile]) -> Result<Vec<&'a Profile>, Error> {
    job.verify()?;
    let binding = job.binding.unwrap_or(WantedBinding::Paperback);
    let mut chosen: Vec<&Profile> = Vec::new();
    let mut take = |profile: &'a Profile| {
        if !chosen.iter().any(|p| p.id == profile.id) {
            chosen.push(profile);
        }
    };
    if job.platforms.is_empty() {
        // Guests take part only if the job names them.
        for platform in platforms(known.iter().filter(|p| !p.guest)) {
            if let Some(profile) = one_of(platform, binding, known)? {
                take(profile);
            }
        }
        // A cover for one printer asks that printer.
        let covers = job.editions.iter().filter(|(_, own)| own.cover.is_some());
        for (name, _) in covers {
            let exact = known.iter().find(|p| p.id == *name);
            let found = match exact.filter(|p| p.is_for(binding)) {
                Some(exact) => Some(exact),
                None => one_of(name, binding, known)?,
            };
            found.into_iter().for_each(&mut take);
        }
    }
    for asked in &job.platforms {
        let is_known = known.iter().any(|p| p.id == *asked || p.platform == *asked);
        let asked = &if is_known {
            asked.clone()
        } else {
            canonical(asked)
        };
        let found = match known.iter().find(|p| p.id == *asked) {
            // A product's own binding is as good as said, unless another was.
            Some(exact) if job.binding.is_some_and(|b| !exact.is_for(b)) => {
                return Err(Error::Job(format!(
                    "\"{asked}\" is a {} book; the job says {}",
                    exact.binding.word(),
                    binding.word()
                )));
            }
            Some(exact) => Some(exact),
            None => one_of(asked, binding, known)?,
        };
        take(found.ok_or_else(|| Error::Job(unknown(asked, binding, known)))?);
    }
    if chosen.is_empty() {
        return Err(Error::Job(format!(
            "no platform known makes {} books",
            binding.word()
        )));
    }
    Ok(chosen)
}

/// Whether every platform or product that the job tells something of its own is known.
pub fn verify_editions(job: &Job, known: &[Profile]) -> Result<(), Error> {
    let is_known = |name: &String| known.iter().any(|p| p.platform == *name || p.id == *name);
    let binding = job.binding.unwrap_or(WantedBinding::Paperback);
    match job.editions.keys().find(|name| !is_known(name)) {
        Some(name) => Err(Error::Job(unknown(name, binding, known))),
        None => Ok(()),
    }
}

/// A platform or product by its own name, whatever people call it.
pub fn canonical(asked: &str) -> String {
    let mut lower = asked.trim().to_lowercase().replace([' ', '_'], "-");
    // As the standard itself writes it: PDF/X-1a:2001.
    if let Some(level) = lower.strip_prefix("pdf/x-") {
        lower = format!("pdfx/{}", level.replace(':', "-"));
    }
    let (platform, binding) = match lower.split_once('/') {
        Some((platform, binding)) => (platform, Some(binding)),
        None => (lower.as_str(), None),
    };
    let platform = match platform {
        "amazon" | "amazon-kdp" | "kdp-print" | "createspace" => "kdp",
        "ingram" | "ingram-spark" | "is" => "ingramspark",
        "lsi" | "ls" | "lightningsource" | "lightning" => "lightning-source",
        "b&n" | "bn" | "barnes" | "barnes-and-noble" | "barnes-&-noble" | "bn-press" => {
            "barnes-noble"
        }
        "dtrpg" | "drivethru" => "drivethrurpg",
        other => other,
    };
    match binding {
        Some(binding) => format!("{platform}/{binding}"),
        None => platform.to_owned(),
    }
}

/// The platforms of products, each once, in order.
fn platforms<'p>(products: impl Iterator<Item = &'p Profile>) -> Vec<&'p str> {
    let mut names: Vec<&str> = Vec::new();
    for product in products {
        if !names.contains(&product.platform.as_str()) {
            names.push(&product.platform);
        }
    }
    names
}

/// The one product of a platform that is bound as wanted.
fn one_of<'a>(
    platform: &str,
    binding: WantedBinding,
    known: &'a [Profile],
) -> Result<Option<&'a Profile>, Error> {
    let mut fitting = known
        .iter()
        .filter(|p| p.platform == platform && p.is_for(binding));
    let first = fitting.next();
    match (first, fitting.next()) {
        (Some(a), Some(_)) if a.standard => {
            let all = known.iter().filter(|p| p.platform == platform);
            let all: Vec<&str> = all.map(|p| p.id.as_str()).collect();
            Err(Error::Job(format!(
                "{platform} is several standards: say which of {}",
                all.join(", ")
            )))
        }
        (Some(a), Some(b)) if a.binding != b.binding => Err(Error::Job(format!(
            "{platform} makes several kinds of {} books: say --binding {} or {}",
            binding.word(),
            a.binding.word(),
            b.binding.word()
        ))),
        (first, _) => Ok(first),
    }
}

fn unknown(asked: &str, binding: WantedBinding, known: &[Profile]) -> String {
    let of_platform = known.iter().filter(|p| p.platform == asked);
    let bindings: Vec<&str> = of_platform.map(|p| p.binding.word()).collect();
    if !bindings.is_empty() {
        return format!(
            "no figures are known for {} books of \"{asked}\", only for {} ones; leave it out of --for, or tell another --binding",
            binding.word(),
            bindings.join(" and ")
        );
    }
    let known_ones = platforms(known.iter()).join(", ");
    if ["all", "any", "every", "everything", "*"].contains(&asked) {
        let usual = platforms(known.iter().filter(|p| !p.guest)).join(", ");
        return format!(
            "there is no platform \"{asked}\"; without --for all of {usual} are asked, others by name; known are {known_ones}"
        );
    }
    format!("there is no platform or product \"{asked}\"; known are {known_ones}")
}

//! Finds the press that is meant by a name or a file.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::model::error::Error;
use crate::model::press::Press;
use crate::pdf::press_fault;

/// The largest press profiles have some 4 MB.
const MOST_BYTES: u64 = 16 << 20;
/// How deep folders of profiles are looked through.
const DEPTH: usize = 4;

#[derive(Deserialize)]
struct Known {
    press: Vec<KnownPress>,
}

/// A press that has a name.
#[derive(Deserialize)]
struct KnownPress {
    name: String,
    title: String,
    /// Where its profile comes from.
    from: String,
    files: Vec<String>,
}

const KNOWN: &str = include_str!("../../templates/presses.toml");

fn known() -> Result<Vec<KnownPress>, Error> {
    let known: Known = toml::from_str(KNOWN).map_err(|e| Error::Job(e.to_string()))?;
    Ok(known.press)
}

/// Where systems and programs keep profiles; folders that start with `~` are the user's own.
const FOLDERS: [&str; 13] = [
    "~/.local/share/icc",
    "~/.color/icc",
    "~/Library/ColorSync/Profiles",
    "/usr/local/share/color/icc",
    "/usr/share/color/icc",
    "/usr/share/texlive/texmf-dist/tex/generic/colorprofiles",
    "/usr/local/texlive/texmf-dist/tex/generic/colorprofiles",
    "/Library/ColorSync/Profiles",
    "/System/Library/ColorSync/Profiles",
    "/Library/Application Support/Adobe/Color/Profiles",
    "C:/Windows/System32/spool/drivers/color",
    "C:/Program Files (x86)/Common Files/Adobe/Color/Profiles",
    "C:/Program Files/Common Files/Adobe/Color/Profiles",
];

/// The press that is meant: one of the names that are known, whose profile is looked for where systems keep them, or a file.
pub fn press(text: &str) -> Result<Press, Error> {
    let named = known()?;
    let asked = text.to_lowercase().replace([' ', '-', '_'], "");
    let Some(press) = named.iter().find(|press| press.name == asked) else {
        let path = Path::new(text);
        if path.exists() || path.extension().is_some() {
            return read(path, &path.display().to_string());
        }
        let names: Vec<&str> = named.iter().map(|press| press.name.as_str()).collect();
        return Err(Error::Job(format!(
            "there is no press \"{text}\"; known are {}, or give the file of an ICC profile",
            names.join(", ")
        )));
    };
    for folder in folders() {
        if let Some(path) = find(&folder, &press.files, DEPTH) {
            return read(&path, &press.title);
        }
    }
    Err(Error::Job(format!(
        "no profile of {} is installed: none of {} is in the folders where systems keep ICC profiles; it comes with {}: give its file instead",
        press.title,
        press.files.join(", "),
        press.from
    )))
}

fn folders() -> Vec<PathBuf> {
    let home = ["HOME", "USERPROFILE"]
        .into_iter()
        .find_map(std::env::var_os);
    let folder = |name: &&str| match name.strip_prefix("~/") {
        Some(own) => Some(PathBuf::from(home.as_ref()?).join(own)),
        None => Some(PathBuf::from(name)),
    };
    FOLDERS.iter().filter_map(folder).collect()
}

/// The first of the files, in whichever case it is written, in a folder or in those within.
fn find(folder: &Path, files: &[String], depth: usize) -> Option<PathBuf> {
    let entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    let is = |path: &Path, file: &str| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.eq_ignore_ascii_case(file))
    };
    let found = |file: &String| entries.iter().find(|path| is(path, file));
    if let Some(path) = files.iter().find_map(found) {
        return Some(path.clone());
    }
    let depth = depth.checked_sub(1)?;
    let mut within = entries.iter().filter(|path| path.is_dir());
    within.find_map(|folder| find(folder, files, depth))
}

fn read(path: &Path, name: &str) -> Result<Press, Error> {
    let length = std::fs::metadata(path).map_err(|e| Error::reading(path, &e))?;
    let fault = |why: &str| {
        Error::Job(format!(
            "{} is no profile of a press: {why}",
            path.display()
        ))
    };
    if !length.is_file() || length.len() > MOST_BYTES {
        return Err(fault("a file of at most 16 MB is expected"));
    }
    let icc = std::fs::read(path).map_err(|e| Error::reading(path, &e))?;
    match press_fault(&icc) {
        Some(why) => Err(fault(why)),
        None => Ok(Press {
            name: name.to_owned(),
            icc,
        }),
    }
}

//! A folder as a catalogue: which files belong together by their names.

use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use crate::batch::input::group::{Group, stuck_together};
use crate::batch::input::named::Named;
use crate::batch::input::names;
use crate::batch::input::title::{Row, RowAction};
use crate::batch::input::tree::{DEPTH, walk};
use crate::model::error::Error;
use crate::model::job::Job;
use crate::model::visible::visible;

/// Files by the ISBN in their names and by their names, for spreadsheets without paths. Built on first use.
pub(in crate::batch) struct FolderIndex {
    folder: PathBuf,
    found: OnceLock<IndexedFiles>,
}

#[derive(Default)]
struct IndexedFiles {
    by_isbn: HashMap<String, Group>,
    /// In lower case; none where two files have one name.
    by_name: HashMap<String, Option<PathBuf>>,
}

impl FolderIndex {
    pub(in crate::batch) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            found: OnceLock::new(),
        }
    }

    fn found(&self) -> &IndexedFiles {
        self.found.get_or_init(|| {
            let mut folders = Vec::new();
            let mut found = IndexedFiles::default();
            if walk(&self.folder, DEPTH, &mut folders).is_err() {
                return found;
            }
            for file in folders.into_iter().flat_map(|f| f.pdfs) {
                let name = names::read(&file);
                let plain = file
                    .file_name()
                    .map(|n| n.to_string_lossy().to_lowercase())
                    .unwrap_or_default();
                found
                    .by_name
                    .entry(plain)
                    .and_modify(|p| *p = None)
                    .or_insert_with(|| Some(file.clone()));
                if let Some(isbn) = name.isbn.clone() {
                    found.by_isbn.entry(isbn).or_default().add(name, file);
                }
            }
            found
        })
    }

    /// The files of an ISBN of thirteen digits.
    pub(in crate::batch) fn of(&self, isbn: &str) -> Option<&Group> {
        self.found().by_isbn.get(isbn)
    }

    /// The only file of this name.
    pub(in crate::batch) fn named(&self, name: &str) -> Option<PathBuf> {
        self.found().by_name.get(&name.to_lowercase())?.clone()
    }
}

/// The titles of a folder.
pub(in crate::batch) fn titles(path: &Path) -> Result<Vec<Row>, Error> {
    let mut folders = Vec::new();
    walk(path, DEPTH, &mut folders).map_err(|e| Error::Read {
        path: path.to_owned(),
        why: e.to_string(),
    })?;
    let mut rows = Vec::new();
    for folder in folders {
        let first = rows.len();
        let name = |file: &Path| {
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
            id(path, &folder.path, &name.unwrap_or_default())
        };
        for (lost, why) in &folder.lost {
            rows.push(row(
                name(lost),
                Err(format!("{}: {why}", visible(&lost.to_string_lossy()))),
            ));
        }
        for (left, why) in &folder.left {
            rows.push(Row {
                action: RowAction::Skip((*why).to_owned()),
                ..row(name(left), Err(String::new()))
            });
        }
        let mut rest = folder.pdfs.clone();
        if let Some(book) = &folder.book {
            let read = Job::from_toml(book);
            if let Ok(job) = &read {
                let own: Vec<PathBuf> = job.files().map(|f| plain(f)).collect();
                rest.retain(|f| !own.contains(&plain(f)));
            }
            rows.push(Row {
                name: read.as_ref().ok().and_then(|j| j.title.clone()),
                ..row(
                    id(path, &folder.path, ""),
                    read.map_err(|e| e.to_string()).map(|job| (job, Vec::new())),
                )
            });
        }
        rows.extend(groups(path, &folder.path, rest));
        // Whichever title they are taken for, and whether they can be or not.
        if let Some(row) = rows.get_mut(first) {
            let files = folder.pdfs.into_iter().chain(folder.book);
            files.for_each(|file| row.named.add(file));
        }
    }
    Ok(rows)
}

/// A path without `.` and with `..` taken back, as far as words go.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

type JobResult = Result<(Job, Vec<PathBuf>), String>;

fn row(id: String, asked: JobResult) -> Row {
    let action = match asked {
        Ok((job, loose)) => RowAction::Check {
            job: Box::new(job),
            loose,
        },
        Err(why) => RowAction::Wrong(why),
    };
    Row {
        number: 0,
        line: None,
        id,
        name: None,
        action,
        notes: Vec::new(),
        named: Named::default(),
    }
}

/// What a title of a folder is called: its ISBN, or where it is and what its files have in common.
fn id(root: &Path, folder: &Path, key: &str) -> String {
    if crate::batch::input::isbn::thirteen(key).is_some() {
        return key.to_owned();
    }
    let inside = folder.strip_prefix(root).unwrap_or(folder);
    let path = inside.join(key).to_string_lossy().replace('\\', "/");
    let path = path.trim_end_matches('/');
    if !path.is_empty() {
        return path.to_owned();
    }
    root.file_name()
        .map_or_else(|| "book".to_owned(), |n| n.to_string_lossy().into_owned())
}

/// The files of one folder that no `book.toml` names, as titles.
fn groups(root: &Path, folder: &Path, files: Vec<PathBuf>) -> Vec<Row> {
    let stems: Vec<String> = files.iter().map(|file| names::read(file).key).collect();
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for file in &files {
        let mut name = names::read(file);
        stuck_together(&mut name, &stems);
        groups
            .entry(name.key.clone())
            .or_default()
            .add(name, file.clone());
    }
    // One or two files alone in a folder whose names say nothing: their pages tell which is which.
    let silent = groups.values().all(Group::says_nothing);
    if silent && matches!(files.len(), 1 | 2) && folder != root {
        let mut row = row(id(root, folder, ""), Ok((Job::default(), files)));
        row.notes
            .push("the names do not say which file is the cover; their pages do".to_owned());
        return vec![row];
    }
    // A cover or interior without a name of its own belongs to the one that misses it.
    if let Some(nameless) = groups.get("").cloned() {
        let mut missing = groups
            .iter_mut()
            .filter(|(key, g)| !key.is_empty() && g.completes(&nameless));
        if let (Some((_, only)), None) = (missing.next(), missing.next()) {
            only.join(nameless);
            groups.remove("");
        }
    }
    let mut rows = Vec::new();
    for (key, group) in groups {
        let name = id(root, folder, &key);
        for (suffix, asked, notes) in group.titles() {
            let id = suffix.map_or_else(|| name.clone(), |s| format!("{name} ({s})"));
            rows.push(Row {
                notes,
                ..row(id, asked)
            });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[&str]) -> PathBuf {
        let root = std::env::temp_dir()
            .join(format!("presscheck-folder-tests-{}", std::process::id()))
            .join(name);
        let _ = std::fs::remove_dir_all(&root);
        for file in files {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(
                path,
                "interior = 'x.pdf'\n[editions.kdp]\ncover = './y.pdf'\n",
            )
            .unwrap();
        }
        root
    }

    /// `id: interior + cover (platform=cover) or what is wrong`.
    fn told(root: &Path) -> Vec<String> {
        let short = |p: &Path| p.strip_prefix(root).unwrap().display().to_string();
        titles(root)
            .unwrap()
            .iter()
            .map(|row| {
                let files = match &row.action {
                    RowAction::Check { job, loose } => {
                        let mut files: Vec<String> = job
                            .interior
                            .iter()
                            .chain(&job.cover)
                            .map(|p| short(p))
                            .collect();
                        files.extend(job.editions.iter().map(|(p, e)| {
                            format!("{p}={}", short(&plain(e.cover.as_ref().unwrap())))
                        }));
                        files.extend(loose.iter().map(|p| format!("?{}", short(p))));
                        files.join(" + ")
                    }
                    RowAction::Wrong(why) => format!("wrong: {why}"),
                    RowAction::Skip(why) => format!("skip: {why}"),
                };
                format!("{}: {files}", row.id)
            })
            .collect()
    }

    #[test]
    fn a_cover_whose_word_is_stuck_to_the_name_belongs_to_the_file_of_that_name() {
        let root = folder(
            "stuck",
            &["createspace.pdf", "createspacecover.pdf", "discover.pdf"],
        );
        let told = told(&root);
        assert!(
            told.contains(&"createspace: createspace.pdf + createspacecover.pdf".to_owned()),
            "{told:?}"
        );
        assert!(
            told.iter().any(|row| row.starts_with("discover: wrong")),
            "{told:?}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_looked_at_is_told() {
        let deep = format!("{}deep.pdf", "a/".repeat(DEPTH + 2));
        let root = folder("lost", &["ok/lamp_txt.pdf", &deep]);
        std::os::unix::fs::symlink("nowhere.pdf", root.join("ok/gone.pdf")).unwrap();
        std::os::unix::fs::symlink(&root, root.join("ok/round")).unwrap();
        let told = told(&root).join("\n");
        for words in ["leads nowhere", "may lead in circles", "too deeply"] {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert!(told.contains("ok/lamp_txt.pdf"), "{told}");
    }

    #[test]
    fn files_that_belong_together() {
        let root = folder(
            "shelf",
            &[
                "9781234567897_txt.pdf",
                "9781234567897_cvr.pdf",
                "lamp-interior.pdf",
                "lamp-cover.pdf",
                "lamp-cover-kdp.pdf",
                "moth.pdf",
                "moth_cover.pdf",
                "stray.pdf",
                "a/book.toml",
                "a/x.pdf",
                "a/y.pdf",
                "b/PAPERBACK_6.000x9.000_161_BW_CREAM_en_US.pdf",
                "b/the book interior.pdf",
                "c/one.pdf",
                "c/two.pdf",
                "d/interior.pdf",
                "d/cover.pdf",
                "e/x_interior.pdf",
                "e/y_interior.pdf",
                "e/cover.pdf",
                ".hidden/interior.pdf",
            ],
        );
        assert_eq!(
            told(&root),
            [
                "9781234567897: 9781234567897_txt.pdf + 9781234567897_cvr.pdf",
                "lamp: lamp-interior.pdf + lamp-cover.pdf + kdp=lamp-cover-kdp.pdf",
                "moth: moth.pdf + moth_cover.pdf",
                "stray: wrong: the name of stray.pdf says neither interior nor cover, and no other file is named like it",
                "a: a/x.pdf + kdp=a/y.pdf",
                "b/the-book: b/the book interior.pdf + kdp=b/PAPERBACK_6.000x9.000_161_BW_CREAM_en_US.pdf",
                "c: ?c/one.pdf + ?c/two.pdf",
                "d: d/interior.pdf + d/cover.pdf",
                "e: e/cover.pdf",
                "e/x: e/x_interior.pdf",
                "e/y: e/y_interior.pdf",
            ]
        );
        let rows = titles(&root).unwrap();
        let template = rows.iter().find(|r| r.id == "b/the-book").unwrap();
        let RowAction::Check { job, .. } = &template.action else {
            panic!("a book")
        };
        assert_eq!(
            (job.platforms.as_slice(), job.pages),
            (&["kdp".to_owned()][..], None)
        );
        assert!(job.trim.is_some() && job.paper.is_some());
    }

    #[test]
    fn two_of_a_kind_are_not_guessed_at() {
        let root = folder(
            "twice",
            &[
                "9781234567897_txt.pdf",
                "978-1-234-56789-7-interior.pdf",
                "q-interior-kdp.pdf",
                "q-interior-lulu.pdf",
                "q-cover-kdp.pdf",
            ],
        );
        let told = told(&root);
        assert!(
            told[0].starts_with("9781234567897: wrong: two interiors"),
            "{told:?}"
        );
        assert_eq!(
            told[1..],
            [
                "q (kdp): q-interior-kdp.pdf + kdp=q-cover-kdp.pdf",
                "q (lulu): q-interior-lulu.pdf"
            ]
        );
    }
}

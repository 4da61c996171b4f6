//! Names of the pictures that commands write for their files.

use std::collections::HashSet;
use std::path::Path;

/// The names of pictures so far: files of one name in several folders must not write over each other's.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// The beginning of the names of a file's pictures: its own name, without what file systems refuse.
    pub(super) fn begin(&mut self, file: &Path) -> String {
        let stem = file
            .file_stem()
            .map_or_else(|| "page".into(), |s| s.to_string_lossy());
        let refused = |c: char| c.is_control() || "<>:\"/\\|?*\u{fffd}".contains(c);
        let stem: String = stem
            .chars()
            .map(|c| if refused(c) { '_' } else { c })
            .take(80)
            .collect();
        let mut name = stem.clone();
        let mut n = 2;
        // Not every file system tells capitals from small letters.
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{stem}-{n}");
            n += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pictures_are_plain_and_differ() {
        let mut names = Names::default();
        for (path, name) in [
            ("a/cover.pdf", "cover"),
            ("b/cover.pdf", "cover-2"),
            ("c/Cover.pdf", "Cover-3"),
            ("what?\n*.pdf", "what___"),
            ("..", "page"),
            ("\u{dc}ber uns.pdf", "\u{dc}ber uns"),
        ] {
            assert_eq!(names.begin(Path::new(path)), name);
        }
    }
}

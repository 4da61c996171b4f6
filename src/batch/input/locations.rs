//! Where the files of a catalogue are: which file a cell means, and which ones a line that is wrong may mean.

use std::path::{Path, PathBuf};

use crate::batch::input::folder::FolderIndex;
use crate::batch::input::isbn;
use crate::batch::input::named::{Named, last_name};

/// Where the files of a catalogue are.
pub(in crate::batch) struct FileLocations<'a> {
    /// Paths are relative to this folder.
    pub(in crate::batch) folder: &'a Path,
    /// Files by ISBN.
    pub(in crate::batch) shelf: &'a FolderIndex,
}

impl FileLocations<'_> {
    /// A path as the spreadsheet has it: under the folder, with the separators of another system, or by its name alone.
    pub(in crate::batch) fn find(&self, text: &str) -> PathBuf {
        let as_said = self.folder.join(text);
        if as_said.exists() {
            return as_said;
        }
        let turned = text.replace('\\', "/");
        let name = last_name(text);
        [turned.as_str(), name]
            .iter()
            .map(|t| self.folder.join(t))
            .find(|p| p.exists())
            .or_else(|| self.shelf.named(name))
            .unwrap_or(as_said)
    }

    /// Every file that the texts of a wrong line may mean, also those that would be looked for by name or ISBN if it were not.
    pub(in crate::batch) fn meant(&self, texts: &[String]) -> Named {
        let mut named = Named::default();
        for text in texts.iter().filter(|text| !text.is_empty()) {
            named.add_text(text, self.folder);
            let of_isbn = isbn::thirteen(text).and_then(|isbn| self.shelf.of(&isbn));
            let by_name = text
                .to_lowercase()
                .ends_with(".pdf")
                .then(|| self.shelf.named(last_name(text)));
            let files = of_isbn.into_iter().flat_map(|group| group.files().cloned());
            files
                .chain(by_name.flatten())
                .for_each(|file| named.add(file));
        }
        named
    }
}

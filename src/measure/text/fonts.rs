//! Fonts of single pages joined into the document's list.

use std::collections::HashMap;

use crate::model::facts::{Font, Page, Visibility};
use crate::pdf::FontIdentity;

/// The document's fonts, in the order they are first used.
#[derive(Default)]
pub(in crate::measure) struct FontTable {
    fonts: Vec<Font>,
    known: HashMap<FontIdentity, u32>,
}

impl FontTable {
    /// Replaces the page's own font numbers by the document's, and notes where each font is used.
    pub(in crate::measure) fn place(&mut self, page: &mut Page, fonts: &[FontIdentity]) {
        let numbers: Vec<u32> = fonts.iter().map(|f| self.number(f)).collect();
        for run in &mut page.text {
            let number = usize::try_from(run.font)
                .ok()
                .and_then(|i| numbers.get(i))
                .copied();
            run.font = number.unwrap_or(u32::MAX);
            let Some(font) = usize::try_from(run.font)
                .ok()
                .and_then(|i| self.fonts.get_mut(i))
            else {
                continue;
            };
            let pages = if run.visibility == Visibility::Visible {
                &mut font.pages
            } else {
                &mut font.unseen_pages
            };
            if pages.last() != Some(&page.number) {
                pages.push(page.number);
            }
        }
    }

    /// The list, once all pages are placed.
    pub(in crate::measure) fn into_fonts(mut self) -> Vec<Font> {
        for font in &mut self.fonts {
            let seen = &font.pages;
            font.unseen_pages.retain(|p| seen.binary_search(p).is_err());
        }
        self.fonts
    }

    fn number(&mut self, identity: &FontIdentity) -> u32 {
        if let Some(number) = self.known.get(identity) {
            return *number;
        }
        let number = u32::try_from(self.fonts.len()).unwrap_or(u32::MAX);
        self.fonts.push(Font {
            name: identity.name.clone(),
            kind: identity.technology,
            embedded: identity.embedded,
            subset: identity.subset,
            pages: Vec::new(),
            unseen_pages: Vec::new(),
        });
        self.known.insert(identity.clone(), number);
        number
    }
}

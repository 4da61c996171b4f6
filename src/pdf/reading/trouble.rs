//! Troubles: why a page was not read completely.

use crate::model::facts::Construct;

/// The kinds of objects that may be damaged or missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Thing {
    /// The page itself.
    Page,
    /// A content stream of the page.
    Content,
    /// A form.
    Form,
    /// A form or an image: which of them is unknown.
    Object,
    /// A picture.
    Picture,
    /// A picture within page content.
    InlinePicture,
    /// A pattern.
    Pattern,
    /// A shading pattern, or a shading.
    Shading,
    /// The program of a glyph.
    Glyph,
    /// A colour space.
    ColourSpace,
    /// A setting of a graphics state.
    Setting,
    /// A soft mask.
    Mask,
    /// The appearance of an annotation.
    Appearance,
}

impl Thing {
    /// The thing, with its article.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Page => "the page",
            Self::Content => "a content stream",
            Self::Form => "a form",
            Self::Object => "a form or picture",
            Self::Picture => "a picture",
            Self::InlinePicture => "an inline picture",
            Self::Pattern => "a pattern",
            Self::Shading => "a shading",
            Self::Glyph => "the drawing of a Type 3 glyph",
            Self::ColourSpace => "a colour space",
            Self::Setting => "a setting of a graphics state",
            Self::Mask => "a soft mask",
            Self::Appearance => "the appearance of an annotation",
        }
    }
}

/// Why part of a page was not read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Trouble {
    /// More operators than the limit.
    Operators,
    /// Forms or patterns within one another beyond the limit, or a form that draws itself.
    Nesting,
    /// A stream that would unpack beyond the limit.
    TooLarge,
    /// Text in a font that cannot be read.
    Font,
    /// Something that cannot be read, or not to its end; with the number of its object, where it has one.
    Damaged(Thing, Option<u32>),
    /// Something that is named and is not there; with its name.
    Missing(Thing, String),
    /// An operator without the operands it asks for.
    Refused(String),
    /// Content that breaks off in the middle of something.
    BreaksOff(Thing, Option<u32>),
    /// Letters of a font that has no drawing of them; with its name.
    Undrawn(String),
    /// Letters of a font whose drawing of them is damaged; with its name.
    DamagedGlyph(String),
    /// An object that an update of the file has deleted is used all the same.
    Deleted(Thing, u32),
}

impl Trouble {
    /// The message.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Operators => "it has more drawing operators than the limit".to_owned(),
            Self::Nesting => "its forms or patterns draw themselves or nest too deeply".to_owned(),
            Self::TooLarge => "part of its content would unpack to more than the limit".to_owned(),
            Self::Font => {
                "a font on it is damaged; its text was measured with a stand-in".to_owned()
            }
            Self::Damaged(thing, object) => {
                let named = numbered(*object);
                format!(
                    "{}{named} is damaged and cannot be read whole",
                    thing.words()
                )
            }
            Self::Missing(thing, name) => {
                format!("{} is named ({name}) and is not in the file", thing.words())
            }
            Self::Refused(operator) => {
                format!("its content has an operator ({operator}) without its operands")
            }
            Self::BreaksOff(thing, object) => {
                let named = numbered(*object);
                format!(
                    "{}{named} breaks off; what follows cannot be read",
                    thing.words()
                )
            }
            Self::Undrawn(font) => format!(
                "letters are set in a font ({font}) that has no drawing of them: nothing shows where they stand"
            ),
            Self::DamagedGlyph(font) => format!(
                "letters are set in a font ({font}) whose drawing of them is damaged: readers show other shapes, or none"
            ),
            Self::Deleted(thing, object) => {
                format!(
                    "{} (object {object}) was deleted by an update of the file, or its cross-reference table does not lead to it",
                    thing.words()
                )
            }
        }
    }
}

/// The number of an object in brackets, where it has one.
pub(crate) fn numbered(object: Option<u32>) -> String {
    object.map_or_else(String::new, |n| format!(" (object {n})"))
}

/// Troubles reported of one page at most.
const MAX_TROUBLES: usize = 12;

/// The troubles of a page, and what was skipped as viewers skip it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Troubles {
    all: Vec<Trouble>,
    skipped: Vec<String>,
    restricted: Vec<(Construct, Option<String>)>,
}

impl Troubles {
    /// Records a trouble, once.
    pub(crate) fn add(&mut self, trouble: Trouble) {
        if self.all.len() < MAX_TROUBLES && !self.all.contains(&trouble) {
            self.all.push(trouble);
        }
    }

    /// Records something that viewers skip.
    pub(crate) fn skip(&mut self, what: String) {
        if self.skipped.len() < MAX_TROUBLES && !self.skipped.contains(&what) {
            self.skipped.push(what);
        }
    }

    /// Records something in content that standards of exchange restrict, with its value.
    pub(crate) fn restrict(&mut self, construct: Construct, value: Option<String>) {
        let one = (construct, value);
        if self.restricted.len() < MAX_TROUBLES && !self.restricted.contains(&one) {
            self.restricted.push(one);
        }
    }

    /// Adds those of content that was run before.
    pub(crate) fn extend(&mut self, others: &Self) {
        others.all.iter().cloned().for_each(|t| self.add(t));
        others.skipped.iter().cloned().for_each(|s| self.skip(s));
        for (construct, value) in &others.restricted {
            self.restrict(*construct, value.clone());
        }
    }

    /// Whether it is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.skipped.is_empty() && self.restricted.is_empty()
    }

    /// The messages, in an order that depends on the set of troubles alone.
    pub(crate) fn words(mut self) -> Walked {
        self.all.sort();
        self.skipped.sort();
        self.restricted.sort();
        // Damaged data yield bytes that are no operators.
        if self
            .all
            .iter()
            .any(|t| matches!(t, Trouble::Damaged(Thing::Content, _)))
        {
            let follows = |t: &Trouble| {
                matches!(
                    t,
                    Trouble::Refused(_) | Trouble::BreaksOff(..) | Trouble::Missing(..)
                )
            };
            self.all.retain(|t| !follows(t));
            self.skipped.clear();
            self.restricted.clear();
        }
        Walked {
            troubles: self.all.iter().map(Trouble::words).collect(),
            skipped: self.skipped,
            restricted: self.restricted,
            further: 0,
        }
    }
}

/// The outcome of a page's walk, for messages.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// Why the page is not wholly read.
    pub troubles: Vec<String>,
    /// What was passed over, as viewers do.
    pub skipped: Vec<String>,
    /// What standards of exchange restrict in its content, with its value: operators that PDF does not define, within
    /// compatibility sections too; inline images packed with LZW.
    pub restricted: Vec<(Construct, Option<String>)>,
    /// Operators that drawing the page takes beyond those of the walk.
    pub further: u64,
}

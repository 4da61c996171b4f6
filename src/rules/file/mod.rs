//! Rules about the file as a whole: whether it opens, what it carries besides its pages.

mod actions_present;
mod annotations_present;
mod attachments_present;
mod bookmarks_present;
mod file_damaged;
mod file_encrypted;
mod file_name_unsafe;
mod file_too_large;
mod file_unreadable;
mod form_fields_present;
mod layers_present;
mod readers_disagree;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "file",
    title: "The file",
    rules: &[
        Entry::of::<file_unreadable::FileUnreadable>(),
        Entry::of::<file_damaged::FileDamaged>(),
        Entry::of::<file_encrypted::FileEncrypted>(),
        Entry::of::<file_too_large::FileTooLarge>(),
        Entry::of::<file_name_unsafe::FileNameUnsafe>(),
        Entry::of::<readers_disagree::ReadersDisagree>(),
        Entry::of::<actions_present::ActionsPresent>(),
        Entry::of::<annotations_present::AnnotationsPresent>(),
        Entry::of::<form_fields_present::FormFieldsPresent>(),
        Entry::of::<bookmarks_present::BookmarksPresent>(),
        Entry::of::<attachments_present::AttachmentsPresent>(),
        Entry::of::<layers_present::LayersPresent>(),
    ],
};

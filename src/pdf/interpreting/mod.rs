//! Interprets content streams: operators, graphics state, and the marks they make, reported to a visitor.

pub(in crate::pdf) mod annotations;
pub(in crate::pdf) mod blend;
pub(in crate::pdf) mod colours;
pub(in crate::pdf) mod compositing;
pub(in crate::pdf) mod content;
pub(in crate::pdf) mod context;
pub(in crate::pdf) mod forms;
pub(in crate::pdf) mod glyph_line;
pub(in crate::pdf) mod groups;
pub(in crate::pdf) mod hiding;
pub(in crate::pdf) mod images;
pub(in crate::pdf) mod nested;
pub(in crate::pdf) mod paint;
pub(in crate::pdf) mod paths;
pub(in crate::pdf) mod patterns;
pub(in crate::pdf) mod pen_width;
pub(in crate::pdf) mod separations;
pub(in crate::pdf) mod settings;
pub(in crate::pdf) mod show_array;
pub(in crate::pdf) mod soft_masks;
pub(in crate::pdf) mod state;
pub(in crate::pdf) mod stroke;
pub(in crate::pdf) mod text;
pub(in crate::pdf) mod type3;
pub(in crate::pdf) mod visitor;
pub(in crate::pdf) mod walk;

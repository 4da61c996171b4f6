//! What a backlist is: catalogues in the shapes people have, folders, and the titles they come to.

pub(in crate::batch) mod booktype;
pub(in crate::batch) mod catalogue;
pub(in crate::batch) mod columns;
pub(in crate::batch) mod editions;
pub(in crate::batch) mod folder;
pub(in crate::batch) mod group;
pub(in crate::batch) mod isbn;
pub(in crate::batch) mod locations;
pub(in crate::batch) mod named;
pub(in crate::batch) mod names;
pub(in crate::batch) mod own_columns;
pub(in crate::batch) mod row;
pub(in crate::batch) mod spreadsheet;
pub(in crate::batch) mod title;
pub(in crate::batch) mod tree;
pub(in crate::batch) mod workbook;

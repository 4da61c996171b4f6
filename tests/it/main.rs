//! What presscheck does, seen from outside: one binary, so that the library is linked once. A file a subject; what several
//! share is in `support`, `figures` and `tiffsep`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    missing_docs,
    reason = "test code that feeds itself only known input"
)]

mod answers;
mod bars_drawn;
mod batch;
mod batch_cache;
mod batch_kill;
mod browser;
mod checker;
mod codes;
mod codes_drawn;
mod codes_pictured;
mod conclusions;
mod corpus_codes;
mod covered;
mod endless;
mod figures;
mod files_safe;
mod fixtures;
mod forgiving;
mod formats;
mod generated;
mod hostile;
mod init;
mod invisible;
mod layers;
mod oracle;
mod oracle_ink;
mod page_alone;
mod plates;
mod plates_bound;
mod plates_pictured;
mod press;
mod readings;
mod readings_2026;
mod readings_hardcover;
mod report_page;
mod same_on_threads;
mod serve;
mod support;
mod tiffsep;
mod unknown_figures;
mod unread;
mod unread_objects;
mod unread_pictures;
mod unread_values;
mod window;
mod worker;

//! A backlist in one run: a catalogue of jobs, bounded memory, results that survive a kill, a cache, a comparison with the last run.

mod input;
mod results;
mod running;

pub use input::catalogue::{Catalogue, Overrides, Rows};
pub use input::columns::{catalogue_page, example};
pub use input::own_columns::{COLUMNS, Column};
pub use input::title::{Row, Wanted};
pub use results::accept::{Acceptances, Accepted};
pub use results::change::{Cause, Change, Difference, What};
pub use results::compare::Baseline;
pub use results::summary::Summary;
pub use results::table::{text, totals};
pub use results::tally::{RuleCount, Tally};
pub use running::cache::{Cache, Stock};
pub use running::envelope::{Ending, schema};
pub use running::fingerprint::{of_file, rules as rules_fingerprint, told};
pub use running::record::Origin;
pub use running::record::{Found, Record};
pub use running::run::{Plan, Sink, Survey, Watch, run, survey};
pub use running::store::waiting;

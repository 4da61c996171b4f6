//! What of a job presscheck concludes from the files where it is left open.

/// A member of the job that the files can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The finished size.
    Trim,
    /// The direction of reading.
    Direction,
    /// The ink.
    Ink,
    /// The paper.
    Paper,
    /// The paper's weight.
    Weight,
}

impl Setting {
    /// The key of the job that states it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trim => "trim",
            Self::Direction => "direction",
            Self::Ink => "ink",
            Self::Paper => "paper",
            Self::Weight => "weight",
        }
    }
}

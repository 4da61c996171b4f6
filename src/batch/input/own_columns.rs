//! The columns of presscheck's own catalogue, and what else people call them.

/// A column of presscheck's own catalogue: its name, what it holds, and an example.
pub struct Column {
    /// As the header has it; case, blanks, hyphens and underscores do not count.
    pub name: &'static str,
    /// What its cells hold.
    pub holds: &'static str,
    /// A cell.
    pub example: &'static str,
}

const fn column(name: &'static str, holds: &'static str, example: &'static str) -> Column {
    Column {
        name,
        holds,
        example,
    }
}

/// The columns of presscheck's own catalogue. All may be left out but one that names a file, or `isbn` with files named by it.
pub const COLUMNS: &[Column] = &[
    column(
        "id",
        "what the title is called in reports and compared by; without it the ISBN, or the file's name",
        "lamp-pb",
    ),
    column("title", "the title the platform was told", "The Lamp"),
    column("author", "the author the platform was told", "Imogen Vane"),
    column(
        "isbn",
        "the ISBN the platform was told, with or without hyphens",
        "9781234567897",
    ),
    column(
        "interior",
        "the book block; paths are relative to the catalogue, or to `--files`",
        "lamp/interior.pdf",
    ),
    column(
        "cover",
        "the cover; a column `cover-PLATFORM` (`cover-kdp`) for a platform's own",
        "lamp/cover.pdf",
    ),
    column(
        "for",
        "platforms or products, parted by blanks; without it all that make the binding",
        "kdp ingramspark",
    ),
    column("trim", "the finished size: 6x9, 152.4x228.6mm, a5", "6x9"),
    column(
        "binding",
        "paperback, case-laminate, jacketed or hardcover",
        "paperback",
    ),
    column("ink", "black, standard-colour or premium-colour", "black"),
    column("paper", "white, cream or groundwood", "cream"),
    column(
        "weight",
        "the paper's weight in pounds, where a platform has several",
        "",
    ),
    column("bleed", "auto, yes or no", "auto"),
    column("direction", "ltr or rtl", "ltr"),
    column("pages", "the page count, when there is no interior yet", ""),
    column(
        "book",
        "a `book.toml` that tells the rest; cells win over it",
        "",
    ),
];

/// What else people call these columns.
pub(in crate::batch) const ALSO: &[(&str, &[&str])] = &[
    ("id", &["reference", "sku"]),
    ("title", &["book title"]),
    ("author", &["authors", "author name"]),
    ("isbn", &["isbn13", "ean"]),
    (
        "interior",
        &[
            "interior file",
            "interior pdf",
            "interior path",
            "text file",
            "text pdf",
            "book block",
        ],
    ),
    (
        "cover",
        &["cover file", "cover pdf", "cover path", "wrap file"],
    ),
    ("for", &["platform", "platforms", "printer", "printers"]),
    ("trim", &["trim size"]),
    ("binding", &["binding type"]),
    (
        "ink",
        &["interior colour", "interior color", "interior ink"],
    ),
    (
        "paper",
        &["paper colour", "paper color", "paper type", "paper stock"],
    ),
    ("pages", &["page count", "number of pages"]),
];

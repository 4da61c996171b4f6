//! Flags of the command line in what presscheck says, for those who set the same on a page or in a program.

use std::borrow::Cow;

/// Flags that stand for a member of the job.
const OF_JOB: [&str; 13] = [
    "author",
    "binding",
    "bleed",
    "direction",
    "for",
    "ink",
    "isbn",
    "pages",
    "paper",
    "spine",
    "title",
    "trim",
    "weight",
];

/// A text of presscheck's own that names members of the job where it named flags: `"paper"` for `--paper`. Other flags stay.
pub fn as_members(text: &str) -> Cow<'_, str> {
    if !text.contains("--") {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("--");
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|c: char| !c.is_ascii_lowercase() && c != '-')
            .unwrap_or(part.len());
        match part.split_at_checked(end) {
            Some((flag, rest)) if OF_JOB.contains(&flag) => {
                named.push('"');
                named.push_str(flag);
                named.push('"');
                named.push_str(rest);
            }
            _ => {
                named.push_str("--");
                named.push_str(part);
            }
        }
    }
    Cow::Owned(named)
}

#[cfg(test)]
mod tests {
    use super::as_members;

    #[test]
    fn flags_of_the_job_become_its_members_and_others_stay() {
        for (flag, member) in [
            ("tell it with --paper.", "tell it with \"paper\"."),
            ("as in --trim 6x9", "as in \"trim\" 6x9"),
            (
                "leave out --ink, --paper or --weight",
                "leave out \"ink\", \"paper\" or \"weight\"",
            ),
            ("--time-limit allows more", "--time-limit allows more"),
            ("--papers, a -- b", "--papers, a -- b"),
            ("no flag", "no flag"),
        ] {
            assert_eq!(as_members(flag), member);
        }
    }
}

//! QR codes whose link may not work, or not for long, or not safely.

use crate::model::facts::{Code, CodeKind};
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::codes::punycode;
use crate::rules::scan;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// Services that shorten links and may close, or be told to lead elsewhere.
const SHORTENERS: [&str; 17] = [
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "ow.ly",
    "is.gd",
    "buff.ly",
    "rebrand.ly",
    "cutt.ly",
    "t.ly",
    "rb.gy",
    "shorturl.at",
    "tiny.cc",
    "bl.ink",
    "v.gd",
    "qr.ae",
    "shorte.st",
];

pub(super) struct QrLinkUnsafe;

impl Rule for QrLinkUnsafe {
    const META: Meta = Meta {
        id: "qr-link-unsafe",
        title: "a QR code's link is risky",
        level: Level::Note,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "A printed link cannot be changed. Unencrypted pages are warned of by browsers, shorteners close, an address of one's \
              own network works nowhere else, and control characters make readers refuse.",
        fix: "Use an https address on a domain of your own that you can keep for as long as the book is sold.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let codes: Vec<&Code> = scan::qr(file).collect();
            looked += codes.len();
            let mut faults: Vec<(&'static str, Vec<&Code>)> = Vec::new();
            for code in codes {
                for fault in faults_of(&code.text) {
                    match faults.iter_mut().find(|(known, _)| *known == fault) {
                        Some((_, of)) => of.push(code),
                        None => faults.push((fault, vec![code])),
                    }
                }
            }
            for (fault, codes) in faults {
                let more = match codes.len() {
                    1 => String::new(),
                    n => format!(", as in {} more", n - 1),
                };
                let first = codes.first().map_or("", |c| c.text.as_str());
                let message = format!("the link \"{}\" {fault}{more}", scan::short(first));
                findings.push(
                    Finding::about(part, message)
                        .at_places(codes.into_iter().map(scan::place).collect()),
                );
            }
        }
        findings.extend(differing(cx));
        Ok(Inspection::looked(looked, findings))
    }
}

/// Covers of one title whose codes lead to different places.
fn differing(cx: &Context<'_>) -> Option<Finding> {
    let links = |resolved: &crate::resolve::ResolvedJob<'_>| {
        let qr = resolved
            .cover_codes
            .iter()
            .filter(|(kind, _)| *kind == CodeKind::Qr);
        let mut links: Vec<String> = qr.map(|(_, text)| text.clone()).collect();
        links.sort();
        links.dedup();
        links
    };
    let own = links(cx.resolved);
    let other = cx.peers.iter().find(|peer| {
        let theirs = links(peer);
        !own.is_empty() && !theirs.is_empty() && theirs != own
    })?;
    let theirs = links(other);
    let only = own
        .iter()
        .find(|l| !theirs.contains(l))
        .or_else(|| theirs.iter().find(|l| !own.contains(l)))?;
    let message = format!(
        "the QR codes on the covers of {} and {} say different things; \"{}\" is on one of them alone",
        cx.resolved.profile.title,
        other.profile.title,
        scan::short(only)
    );
    Some(Finding::about(Part::Cover, message))
}

/// What is risky about a text.
fn faults_of(text: &str) -> Vec<&'static str> {
    let mut faults = Vec::new();
    let lower = text.trim().to_lowercase();
    if lower.starts_with("file:") {
        return vec![ONE_MACHINE];
    }
    let is_link =
        lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.");
    // Cards and payment slips have lines; a link has none.
    if !is_link {
        return faults;
    }
    if text
        .trim_end_matches(['\r', '\n'])
        .chars()
        .any(|c| c == ' ' || is_unseen(c))
    {
        faults.push("has a space or a control character in it");
    }
    if lower.starts_with("http://") {
        faults.push("is not encrypted: it begins with http");
    }
    let after = lower
        .split_once("://")
        .map_or(lower.as_str(), |(_, rest)| rest);
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let (user, host) = authority
        .rsplit_once('@')
        .map_or((None, authority), |(user, host)| (Some(user), host));
    let host = match host.strip_prefix('[') {
        // An address of one link may name the interface it is on.
        Some(v6) => v6.split([']', '%']).next().unwrap_or_default(),
        None => host
            .split(':')
            .next()
            .unwrap_or_default()
            .trim_end_matches('.'),
    };
    if user.is_some_and(|user| user.contains('.')) {
        faults.push("names another domain before its own, as forged links do");
    }
    if SHORTENERS.contains(&host.trim_start_matches("www.")) {
        faults.push("goes through a link shortener");
    }
    if host.split('.').any(|label| {
        mixes_scripts(
            &label
                .strip_prefix("xn--")
                .and_then(punycode::decode)
                .unwrap_or_else(|| label.to_owned()),
        )
    }) {
        faults.push(
            "has letters of several alphabets that look alike in its domain, as forged links do",
        );
    }
    if is_private(host) {
        faults.push(ONE_MACHINE);
    } else if !host.contains('.') && !host.contains(':') {
        faults.push("has no domain");
    }
    faults
}

const ONE_MACHINE: &str = "leads to an address that only works on one machine or network";

/// Control characters, and those that have no width or turn the direction of what follows.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a word mixes Latin letters with Greek or Cyrillic ones: no language does.
fn mixes_scripts(label: &str) -> bool {
    let latin = label.chars().any(|c| c.is_ascii_alphabetic());
    latin
        && label
            .chars()
            .any(|c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}'))
}

/// Whether a host is this machine, or on a private network (RFC 1918, 3927, 4193, 6598, 6762).
fn is_private(host: &str) -> bool {
    use std::net::{Ipv4Addr, Ipv6Addr};
    let is_near = |v4: Ipv4Addr| {
        let shared = matches!(v4.octets(), [100, 64..=127, ..]);
        v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified() || shared
    };
    if let Ok(v4) = host.parse::<Ipv4Addr>() {
        return is_near(v4);
    }
    if let Ok(v6) = host.parse::<Ipv6Addr>() {
        let near = v6.is_loopback()
            || v6.is_unspecified()
            || v6.is_unique_local()
            || v6.is_unicast_link_local();
        return near || v6.to_ipv4_mapped().is_some_and(is_near);
    }
    host == "localhost"
        || [".localhost", ".local", ".internal", ".lan", ".test"]
            .iter()
            .any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::faults_of;

    #[test]
    fn links_are_told_apart() {
        for (text, faults) in [
            ("https://example.org/a?b=c", 0),
            ("HTTPS://EXAMPLE.ORG", 0),
            ("http://example.org", 1),
            ("https://bit.ly/3abc", 1),
            ("https://notbit.ly/3abc", 0),
            ("http://localhost:8080/book", 2),
            ("https://192.168.1.4/x", 1),
            ("https://[::1]/x", 1),
            ("https://8.8.8.8/x", 0),
            ("https://user@10.0.0.1/", 1),
            ("https://intranet/x", 1),
            ("https://example.org/a b", 1),
            ("BEGIN:VCARD\nN:Wolf\nEND:VCARD", 0),
            ("WIFI:T:WPA;S:my net;P:pass word;;", 0),
            ("mailto:a@example.org?subject=a b", 0),
            ("tel:+491234567", 0),
            (
                "BCD\n002\n1\nSCT\n\nImogen Vane\nDE71110220330123456789\nEUR12.3",
                0,
            ),
            ("SPC\r\n0200\r\n1\r\nCH5800791123000889012", 0),
            ("https://172.15.0.1/", 0),
            ("https://172.16.0.1/", 1),
            ("https://172.31.255.255/", 1),
            ("https://172.32.0.1/", 0),
            ("https://100.63.255.255/", 0),
            ("https://100.64.0.1/", 1),
            ("https://100.127.255.255/", 1),
            ("https://100.128.0.1/", 0),
            ("https://[fd12::1]/", 1),
            ("https://[fe80::1%25eth0]/", 1),
            ("https://[::ffff:192.168.1.1]/", 1),
            ("https://[::ffff:8.8.8.8]/", 0),
            ("https://[2001:4860:4860::8888]/", 0),
            ("https://localhost./", 1),
            ("file:///C:/book.pdf", 1),
            ("https://example.org/\u{202e}gnp.exe", 1),
            ("https://example\u{200b}.org/", 1),
            ("https://paypal.com@evil.example/", 1),
            ("https://b\u{fc}cher.example/", 0),
            ("https://xn--bcher-kva.example/", 0),
            ("https://\u{3b5}\u{3bb}\u{3bb}\u{3ac}\u{3b4}\u{3b1}.gr/", 0),
            ("https://\u{430}pple.com/", 1),
            ("https://xn--pple-43d.com/", 1),
            ("https://xn--80ak6aa92e.com/", 0),
        ] {
            assert_eq!(
                faults_of(text).len(),
                faults,
                "{text}: {:?}",
                faults_of(text)
            );
        }
    }
}

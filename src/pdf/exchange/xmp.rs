//! The XMP metadata of the file as a whole (ISO 16684-1), as far as PDF/X asks for them.

use hayro_syntax::object::Stream;
use roxmltree::{Document, Node, ParsingOptions};

use crate::model::facts::Xmp;
use crate::model::limits::Limits;
use crate::pdf::images::decode::decode;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const PDFX_ID: &str = "http://www.npes.org/pdfx/ns/id/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const XMP_MM: &str = "http://ns.adobe.com/xap/1.0/mm/";

/// Elements and texts that are kept of a packet. Those of layout programs have some thousand.
const NODES: u32 = 200_000;
/// Longest value kept, in characters.
const VALUE: usize = 200;

/// Reads a packet, or says for people why it cannot be read.
pub(super) fn read(stream: &Stream<'_>, limits: &Limits) -> Result<Xmp, String> {
    let data = decode(stream, limits.stream_bytes)
        .map_err(|_| "its metadata cannot be unpacked".to_owned())?;
    let text = text(&data).ok_or("its metadata are neither UTF-8 nor UTF-16")?;
    parse(&text)
}

fn parse(text: &str) -> Result<Xmp, String> {
    let options = ParsingOptions {
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    // Packets are padded, some with zeros.
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    let document = Document::parse_with_options(text, options)
        .map_err(|why| format!("its metadata are no XML: {why}"))?;
    let mut descriptions = document
        .descendants()
        .filter(|node| node.has_tag_name((RDF, "Description")) && is_of_file(*node));
    let all: Vec<Node<'_, '_>> = descriptions.by_ref().collect();
    let told = |namespace: &str, name: &str| {
        all.iter().find_map(|node| {
            let attribute = node.attribute((namespace, name)).map(str::to_owned);
            let element = || {
                let mut children = node.children();
                let own = children.find(|child| child.has_tag_name((namespace, name)))?;
                Some(value(own))
            };
            let value = attribute.or_else(element)?;
            let value: String = value.trim().chars().take(VALUE).collect();
            (!value.is_empty()).then_some(value)
        })
    };
    Ok(Xmp {
        pdfx_version: told(PDFX_ID, "GTS_PDFXVersion"),
        trapped: told(PDF, "Trapped"),
        title: told(DC, "title"),
        created: told(XMP, "CreateDate"),
        modified: told(XMP, "ModifyDate"),
        metadata_date: told(XMP, "MetadataDate"),
        document_id: told(XMP_MM, "DocumentID"),
        version_id: told(XMP_MM, "VersionID"),
        rendition_class: told(XMP_MM, "RenditionClass"),
    })
}

/// Whether a description is of the file, and not of a part within another value.
fn is_of_file(node: Node<'_, '_>) -> bool {
    node.parent().is_some_and(|p| p.has_tag_name((RDF, "RDF")))
}

/// A simple value, or the first of an array: of languages the default comes first.
fn value(node: Node<'_, '_>) -> String {
    let first = node
        .descendants()
        .find(|inner| inner.has_tag_name((RDF, "li")));
    let texts = first.unwrap_or(node).descendants();
    texts
        .filter_map(|inner| inner.is_text().then(|| inner.text())?)
        .collect()
}

/// A packet as text: UTF-8, or UTF-16 as its mark says.
fn text(data: &[u8]) -> Option<String> {
    let wide = |from: usize, from_bytes: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = data
            .get(from..)?
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok().map(from_bytes))
            .collect();
        String::from_utf16(&units).ok()
    };
    match data {
        [0xfe, 0xff, ..] => wide(2, u16::from_be_bytes),
        [0xff, 0xfe, ..] => wide(2, u16::from_le_bytes),
        // Without a mark a packet begins with `<`.
        [0, b'<', ..] => wide(0, u16::from_be_bytes),
        [b'<', 0, ..] => wide(0, u16::from_le_bytes),
        _ => String::from_utf8(data.to_vec()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
        <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>";
    const TAIL: &str = "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>";

    #[test]
    fn values_are_read_from_attributes_elements_and_arrays() {
        let packet = format!(
            "{HEAD}<rdf:Description rdf:about='' xmlns:pdfxid='{PDFX_ID}' pdfxid:GTS_PDFXVersion='PDF/X-4'/>\
             <rdf:Description rdf:about='' xmlns:pdf='{PDF}' xmlns:dc='{DC}'><pdf:Trapped>False</pdf:Trapped>\
             <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>A Title</rdf:li><rdf:li xml:lang='de'>Ein Titel</rdf:li>\
             </rdf:Alt></dc:title></rdf:Description>{TAIL}\0\0\n"
        );
        let xmp = parse(&packet).unwrap();
        assert_eq!(xmp.pdfx_version.as_deref(), Some("PDF/X-4"));
        assert_eq!(xmp.trapped.as_deref(), Some("False"));
        assert_eq!(xmp.title.as_deref(), Some("A Title"));
        assert_eq!(xmp.document_id, None);
    }

    #[test]
    fn metadata_of_a_picture_within_are_not_those_of_the_file() {
        let packet = format!(
            "{HEAD}<rdf:Description rdf:about='' xmlns:q='urn:q' xmlns:pdf='{PDF}'><q:picture>\
             <rdf:Description pdf:Trapped='True'/></q:picture></rdf:Description>{TAIL}"
        );
        assert_eq!(parse(&packet).unwrap().trapped, None);
    }

    #[test]
    fn entities_that_swell_and_broken_packets_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'>]><a>&b;</a>";
        assert!(parse(bomb).is_err());
        assert!(parse("<rdf:RDF").is_err());
    }
}

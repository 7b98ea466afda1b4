//! Media RSS 1.5, which RSS and Atom share.

use std::io;

use crate::article::Enclosure;
use crate::feed::{Picture, media_type, media_type_of};
use feedmill_markup::write::{Value, XmlWriter};

/// The declaration that its elements need.
pub(super) const NAMESPACE: (&str, &str) = ("xmlns:media", "http://search.yahoo.com/mrss/");

/// The picture that stands for an entry, for readers that show one in their lists.
pub(super) fn write_picture(xml: &mut XmlWriter<'_>, picture: &Picture) -> io::Result<()> {
    let mut attributes = vec![("url", picture.url.as_str()), ("medium", "image")];
    attributes.extend(media_type_of(&picture.url).filter(|kind| kind.starts_with("image/")).map(|kind| ("type", kind)));
    if picture.caption.is_none() && picture.credit.is_none() {
        xml.empty("media:content", &attributes)?;
    } else {
        xml.open("media:content", &attributes)?;
        if let Some(caption) = &picture.caption {
            xml.leaf("media:description", &[("type", "plain")], Value::Text(caption))?;
        }
        if let Some(credit) = &picture.credit {
            xml.leaf("media:credit", &[], Value::Text(credit))?;
        }
        xml.close("media:content")?;
    }
    xml.empty("media:thumbnail", &[("url", &picture.url)])
}

/// A file, where the format itself has no place for it.
pub(super) fn write_file(xml: &mut XmlWriter<'_>, file: &Enclosure) -> io::Result<()> {
    let kind = media_type(file);
    let medium = ["image", "audio", "video"].into_iter().find(|medium| kind.starts_with(&format!("{medium}/")));
    let (length, duration) = (file.length.map(|n| n.to_string()), file.duration.map(|n| n.to_string()));
    let mut attributes = vec![("url", file.url.as_str())];
    attributes.extend(length.as_deref().map(|length| ("fileSize", length)));
    attributes.push(("type", kind));
    attributes.push(("medium", medium.unwrap_or("document")));
    attributes.extend(duration.as_deref().map(|duration| ("duration", duration)));
    xml.empty("media:content", &attributes)
}

//! Media types: `type/subtype` in lower case, without parameters, spelled as registered.

use std::borrow::Cow;

use super::Refusal;

/// Common misspellings and their registered or customary form. FollowTheMoney stores the same.
const ALIASES: &[(&str, &str)] = &[
    ("application/csv", "text/csv"),
    ("text/xml", "application/xml"),
    ("plain/text", "text/plain"),
    ("text/text", "text/plain"),
    ("application/rtf", "text/rtf"),
    ("file/rtf", "text/rtf"),
    ("text/richtext", "text/rtf"),
    ("text/enriched", "text/rtf"),
    ("application/msword", "application/vnd.ms-word"),
    ("application/x-msword", "application/vnd.ms-word"),
    ("application/excel", "application/vnd.ms-excel"),
    ("application/x-excel", "application/vnd.ms-excel"),
    ("application/x-msexcel", "application/vnd.ms-excel"),
    ("application/x-ms-excel", "application/vnd.ms-excel"),
    ("application/vnd.ms-excel.12", "application/vnd.ms-excel"),
    ("application/x-pdf", "application/pdf"),
    ("image/pdf", "application/pdf"),
    ("text/pdf", "application/pdf"),
    ("application/vnd.pdf", "application/pdf"),
    ("application/x-rar", "application/rar"),
    ("application/x-rar-compressed", "application/rar"),
    ("application/x-zip", "application/zip"),
    ("application/x-zip-compressed", "application/zip"),
    ("application/x-gzip", "application/gzip"),
    ("application/x-gunzip", "application/gzip"),
    ("application/jpeg", "image/jpeg"),
    ("application/jpg", "image/jpeg"),
    ("image/jpg", "image/jpeg"),
    ("image/psd", "image/vnd.adobe.photoshop"),
    ("image/x-photoshop", "image/vnd.adobe.photoshop"),
    ("application/x-photoshop", "image/vnd.adobe.photoshop"),
    ("image/x-tiff", "image/tiff"),
    ("application/tiff", "image/tiff"),
    ("application/x-tiff", "image/tiff"),
    ("text/x-vcard", "text/vcard"),
    ("text/directory", "inode/directory"),
    ("application/x-msi", "application/vnd.ms-msi"),
    ("image/x.djvu", "image/vnd.djvu"),
    ("application/html", "text/html"),
];

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let bare = text.split(';').next().unwrap_or_default().trim();
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte));
    match bare.split_once('/') {
        Some((family, subtype)) if is_token(family.trim()) && is_token(subtype.trim()) => {
            let lower =
                if bare.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b' ') { bare.to_ascii_lowercase().replace(' ', "") } else { bare.to_owned() };
            if let Some((_, known)) = ALIASES.iter().find(|(alias, _)| *alias == lower) {
                return Ok(Cow::Borrowed(known));
            }
            Ok(if lower == text.as_ref() { text } else { Cow::Owned(lower) })
        }
        _ => Err(Refusal::new(&text, "is no media type; write `type/subtype`, such as `text/plain` or `application/pdf`")),
    }
}

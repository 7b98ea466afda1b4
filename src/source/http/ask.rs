//! What a request says: the headers of its first step.

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE,
};

use super::{Request, Resume, shown};
use crate::error::{Error, Result};

/// Headers that say how a message is framed and where it goes: no source's own affair.
const FRAMING: &[&str] = &[
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// The headers of a request.
pub(super) struct Asked {
    /// For every step.
    pub(super) common: HeaderMap,
    /// For the origin that was asked, and no other.
    pub(super) own: HeaderMap,
}

/// The headers of the request, and its own ones apart.
pub(super) fn headers(request: &Request<'_>, codings: &'static str) -> Result<Asked> {
    let mut common = HeaderMap::new();
    common.insert(ACCEPT_ENCODING, HeaderValue::from_static(codings));
    let given = [
        (ACCEPT, Some(request.accept).filter(|accept| !accept.is_empty())),
        (IF_NONE_MATCH, request.etag),
        (IF_MODIFIED_SINCE, request.last_modified),
    ];
    for (name, value) in given {
        // A validator that cannot be sent back was not sent like that, and the request is good without it.
        if let Some(value) = value.and_then(value_of) {
            common.insert(name, value);
        }
    }
    let mut own = HeaderMap::new();
    for (name, secret) in request.headers {
        let known = HeaderName::try_from(name.as_str()).ok().filter(|name| !FRAMING.contains(&name.as_str()));
        let Some(known) = known else {
            let message = format!("expected a header of the source's own, found the name {name:?}");
            return Err(Error::usage(shown(request.url), message));
        };
        let Some(mut value) = value_of(secret.expose()) else {
            let message = format!("expected a value of the header {known} on one line, found a control character");
            return Err(Error::usage(shown(request.url), message));
        };
        value.set_sensitive(true);
        own.append(known, value);
    }
    Ok(Asked { common, own })
}

/// Asks for the rest of a file only; where the rest begins, or none where the validator does not allow it.
pub(super) fn range(resume: &Resume<'_>, asked: &mut Asked) -> Option<u64> {
    let strong = resume.from > 0 && !resume.validator.is_empty() && !resume.validator.starts_with("W/");
    let validator = value_of(resume.validator).filter(|_| strong)?;
    let range = value_of(&format!("bytes={}-", resume.from))?;
    asked.common.insert(RANGE, range);
    asked.common.insert(IF_RANGE, validator);
    // A 304 would leave half a file.
    asked.common.remove(IF_NONE_MATCH);
    asked.common.remove(IF_MODIFIED_SINCE);
    Some(resume.from)
}

fn value_of(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_bytes(text.as_bytes()).ok()
}

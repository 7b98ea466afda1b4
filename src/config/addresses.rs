//! `base_url` and `article_url` of a `[[source]]`.

use std::path::Path;

use super::place::Page;
use super::{check, wire};
use crate::article::bare;
use crate::error::{Error, Result};
use crate::feed::{AddressRule, Site};
use crate::source::tree;

/// Where the articles of a source stand. What of it is no address is an error at its place in the file.
pub(super) fn rule(page: &Page, dir: &Path, wire: &wire::Source, site: &Site) -> Result<AddressRule> {
    let origin = match (&wire.path, &wire.url) {
        (Some(path), _) => tree::origin(Path::new(path.get_ref()), dir),
        (None, Some(url)) => bare(url.get_ref().trim()).into_owned(),
        (None, None) => String::new(),
    };
    let base_url = wire.base_url.as_ref().map(|url| {
        let address = check::address(page, url)?;
        if address.query().is_some() || address.fragment().is_some() {
            let found =
                format!("expected the address of a directory, found {:?} with a query or a fragment", url.get_ref());
            return Err(page.fault(url.span(), found));
        }
        let address = String::from(address);
        Ok(if address.ends_with('/') { address } else { format!("{address}/") })
    });
    let rule = AddressRule {
        origin,
        base_url: base_url.transpose()?,
        article_url: wire.article_url.as_ref().map(|template| template.get_ref().clone()),
    };
    if let Some(template) = &wire.article_url {
        let alone = Site { address_rules: vec![rule.clone()], ..site.clone() };
        let fault = |err: Error| page.fault(template.span(), err.message().to_owned());
        alone.check().map_err(fault)?;
    }
    Ok(rule)
}

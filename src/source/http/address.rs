//! Which addresses may be asked: only public ones, unless the source says otherwise.
//!
//! Names are checked after they were resolved, in the resolver of the connection itself: there is no second look-up
//! that could answer differently (DNS rebinding). Addresses that stand in a URL never reach a resolver and are
//! checked by hand before every step.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Whether an address is one of the public Internet, by the registries of special-purpose addresses (RFC 6890 and the
/// tables that IANA keeps for it). Addresses that carry one of the old protocol are as public as that one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        // This network, private, this machine, multicast, and reserved up to the broadcast address.
        [0 | 10 | 127, ..] | [224..=255, ..] => true,
        // Behind the network address translation of a carrier (RFC 6598).
        [100, second, ..] => second & 0xc0 == 64,
        // Link local, where clouds keep their secrets.
        [169, 254, ..] => true,
        [172, second, ..] => second & 0xf0 == 16,
        // Protocol assignments, documentation, relays of 6to4, private.
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [192, 168, ..] => true,
        // Benchmarks, documentation.
        [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        _ => false,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let carried = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // Mapped (RFC 4291, 2.5.5.2), and through a translator (RFC 6052), whose local prefix is below.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => carried(high, low),
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => carried(high, low),
        // Protocol assignments (Teredo, benchmarks, ORCHID) and documentation.
        [0x2001, second, ..] => second > 0x1ff && second != 0xdb8,
        [0x3fff, second, ..] => second > 0xfff,
        // All that is handed out as global unicast; this machine, local and multicast are outside.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// What of the host of a URL is not public by its spelling alone: an address, or the name of this machine (RFC 6761,
/// 6.3). Other names are looked at when they are resolved.
pub(super) fn local_by_spelling(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Ipv4(address) => (!is_public_v4(address)).then(|| address.to_string()),
        Host::Ipv6(address) => (!is_public_v6(address)).then(|| address.to_string()),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let here = name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost");
            here.then(|| name.to_owned())
        }
    }
}

/// Resolves names by the system, and passes on public addresses only, unless it is `open`.
pub(super) struct Resolver {
    /// Whether all addresses are passed on.
    pub(super) open: bool,
    /// A name that may have any address: that of the proxy.
    pub(super) exempt: Option<String>,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        // The final dot says that the name is whole. Names in a hosts file have none, and never meet one that has.
        let name = name.as_str();
        let name = name.strip_suffix('.').filter(|name| !name.is_empty()).unwrap_or(name).to_owned();
        let open = self.open
            || self.exempt.as_deref().is_some_and(|exempt| exempt.trim_end_matches('.').eq_ignore_ascii_case(&name));
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|err| Unresolved(err.to_string()))?;
            let (passed, refused): (Vec<SocketAddr>, Vec<SocketAddr>) =
                found.partition(|address| open || is_public(address.ip()));
            match refused.first() {
                Some(address) if passed.is_empty() => Err(Refused(address.ip()).into()),
                None if passed.is_empty() => Err(Unresolved("the name has no address".to_owned()).into()),
                _ => Ok(Box::new(passed.into_iter()) as Addrs),
            }
        })
    }
}

/// A name of which all addresses are refused; the first of them.
#[derive(Debug)]
pub(super) struct Refused(pub(super) IpAddr);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not public", self.0)
    }
}

impl std::error::Error for Refused {}

/// A name that could not be resolved, and why.
#[derive(Debug)]
pub(super) struct Unresolved(pub(super) String);

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unresolved {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_public_addresses() {
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.0.0.1",
            "128.0.0.1",
            "169.253.0.1",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.0.1",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.0.112.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address} is public");
        }
    }

    #[test]
    fn knows_addresses_that_are_not_public() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:c0a8:1::1",
            "3fff::1",
            "3fff:fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address} is not public");
        }
    }

    #[test]
    fn sees_through_odd_spellings() {
        for url in [
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://127.0.0.1./",
            "http://%31%32%37.0.0.1/",
            "http://１２７.0.0.1/",
            "http://[::ffff:7f00:1]/",
            "http://[0:0:0:0:0:0:0:1]:8080/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://0/",
        ] {
            assert!(local_by_spelling(&Url::parse(url).unwrap()).is_some(), "{url}");
        }
        for url in ["http://localhost.example/", "http://notlocalhost/", "http://8.8.8.8/", "http://[2606:4700::1]/"] {
            assert_eq!(local_by_spelling(&Url::parse(url).unwrap()), None, "{url}");
        }
    }

    #[test]
    fn refuses_a_name_that_resolves_to_this_machine() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let ask = |open, exempt: Option<&str>| {
            let resolver = Resolver { open, exempt: exempt.map(str::to_owned) };
            let count = |name: &str| runtime.block_on(resolver.resolve(name.parse().unwrap())).map(Iterator::count);
            let (plain, dotted) = (count("localhost"), count("localhost."));
            assert_eq!(plain.as_ref().ok(), dotted.as_ref().ok(), "the final dot changes nothing");
            plain
        };
        assert!(ask(false, None).unwrap_err().is::<Refused>());
        assert!(ask(false, Some("proxy.example")).unwrap_err().is::<Refused>());
        assert!(ask(true, None).unwrap() > 0);
        assert!(ask(false, Some("LocalHost")).unwrap() > 0);
    }
}

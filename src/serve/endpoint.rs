//! What the server answers of itself: `/healthz` and `/metrics`.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::{Request, StatusCode};
use tokio::task::spawn_blocking;

use super::answer::Answer;
use super::body::Body;
use super::{Exposure, House};

/// The media type of the Prometheus text format, version 0.0.4.
const METRICS_TYPE: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// Headers by which proxies say that a request is somebody else's.
const PASSED_ON: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/// Whether the server itself may have been asked.
pub(super) fn is_one(request: &Request<Incoming>) -> bool {
    matches!(request.uri().path(), "/healthz" | "/metrics")
}

/// The answer, where the server itself was asked.
pub(super) async fn answer(
    house: &Arc<House>,
    peer: IpAddr,
    request: &Request<Incoming>,
    now: DateTime<Utc>,
) -> Option<Answer> {
    match request.uri().path() {
        "/healthz" => Some(health(house).await),
        "/metrics" if may_read(house.settings.metrics, peer, request) => Some(metrics(house, now).await),
        _ => None,
    }
}

/// Well is who can see the directory.
async fn health(house: &Arc<House>) -> Answer {
    let asked = house.clone();
    let is_well = spawn_blocking(move || asked.shelf.root().is_dir()).await.unwrap_or(false);
    match is_well {
        true => Answer::words(StatusCode::OK, "ok\n"),
        false => Answer::words(StatusCode::SERVICE_UNAVAILABLE, "the directory of the feeds is missing\n"),
    }
}

/// Those who may not are told what everybody is told of a file that there is not.
fn may_read(exposure: Exposure, peer: IpAddr, request: &Request<Incoming>) -> bool {
    match exposure {
        Exposure::Off => false,
        Exposure::Public => true,
        Exposure::Loopback => peer.is_loopback() && !PASSED_ON.iter().any(|name| request.headers().contains_key(*name)),
    }
}

async fn metrics(house: &Arc<House>, now: DateTime<Utc>) -> Answer {
    let asked = house.clone();
    let text = spawn_blocking(move || asked.metrics.write(&asked, now)).await.unwrap_or_default();
    let mut answer = Answer::words(StatusCode::OK, "");
    answer.response.headers_mut().insert(header::CONTENT_TYPE, METRICS_TYPE);
    answer.response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
    *answer.response.body_mut() = Body::Whole(text.into());
    answer
}

//! Another feedmill archive as a source: what [`mirror`] asks for is fetched here, and what it finds is taken in.

use std::ops::ControlFlow;

use super::mirror::{self, Received, Receiver};
use super::visit::{Halt, Message, Step, Visit, refused};
use super::{Ended, Event, Source};
use crate::archive::{Archive, Fate, Intake};
use crate::error::{Error, Result};
use crate::ingest::{self, Deleted};
use crate::source::Document;
use crate::source::http::Answer;

const ACCEPT: &str = "*/*";

/// Takes in what an archive has published since it was last looked at.
pub(super) fn take(visit: &mut Visit, mut doc: Document<'static>, answer: &Answer, seal: String) -> Step<Ended> {
    // What is remembered of its records is remembered under the address of the source.
    let root = visit.source.url.clone();
    let body = doc.bytes()?.to_vec();
    let seen = visit.adopted.seen_months(&root)?;
    let (known, send, room, at) = (visit.adopted, visit.send.clone(), visit.room.clone(), visit.at);
    let mut halted = None;
    let mut fetch = |url: &str, most: u64| match fetch(visit, url, most) {
        Ok(bytes) => Ok(bytes),
        Err(Halt::Failed(err, _)) => Err(err),
        Err(halt) => {
            halted = Some(halt);
            Err(Error::remote(url, "the run has ended"))
        }
    };
    let mut emit =
        |event| match room.send(()).map_err(drop).and_then(|()| send.send(Message::Mirror(at, event)).map_err(drop)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
    let pulled = mirror::pull(&root, &body, known, &seen, &mut fetch, &mut emit);
    if let Some(halt) = halted {
        return Err(halt);
    }
    let pulled = pulled?;
    visit.state.title = pulled.title.or(visit.state.title.take());
    let is_whole = pulled.is_complete && pulled.problems == 0;
    visit.keep_validators(answer, is_whole.then_some(seal));
    if !is_whole {
        // What is missing is asked for again, whatever the server says of the overview.
        visit.state.forget_validators();
    }
    visit.succeed(answer);
    visit.save()?;
    Ok(if is_whole { Ended::New } else { Ended::Unfinished })
}

fn fetch(visit: &mut Visit, url: &str, most: u64) -> Step<Vec<u8>> {
    let answer = visit.get(|visit| visit.crew.client.get(&visit.request(url, ACCEPT, most)))?;
    if answer.status != 200 {
        return Err(refused(url, answer));
    }
    visit.count(None)?;
    Ok(answer.body)
}

/// Takes in what was found at an archive: the number of the source and itself, and whether its current month is
/// whole so far. Returns whether it still is.
pub(super) fn receive(
    archive: &mut Archive,
    (at, source, is_whole): (usize, &Source, bool),
    mut event: mirror::Event,
    intake: &Intake,
    tally: &mut ingest::Report,
    each: &mut dyn FnMut(Event),
) -> Result<bool> {
    if let (mirror::Event::Left(left), Deleted::Retract) = (&mut event, source.deleted) {
        // What is not shown there for whatever reason is not to be shown here.
        left.retracted.get_or_insert_default();
    }
    let mut receiver = Receiver::going_on(archive, &source.url, intake, is_whole);
    match receiver.take(event)? {
        Received::Record(adoption) => {
            let count = match adoption.fate {
                Fate::Added => &mut tally.added,
                Fate::Replaced => &mut tally.replaced,
                Fate::Same | Fate::KeptLocal | Fate::Conflict => &mut tally.same,
                Fate::Departed => &mut tally.departed,
            };
            *count += 1;
            for words in adoption.notes {
                tally.notes += 1;
                each(Event::Note(at, words));
            }
        }
        Received::Left(path) => {
            tally.notes += 1;
            each(Event::Note(at, format!("{path} is not shown there any more; it stays here")));
        }
        Received::Retracted(path) => {
            tally.withdrawn += 1;
            tally.notes += 1;
            each(Event::Note(at, format!("{path} was retracted there, and so it is here")));
        }
        Received::Problem(err) => {
            tally.problems += 1;
            tally.failures += 1;
            each(Event::Problem(at, err));
        }
        Received::Nothing => {}
    }
    Ok(receiver.is_whole())
}

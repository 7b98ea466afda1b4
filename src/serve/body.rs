//! The body of an answer: bytes that are in memory, or a part of a file.

use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::{Bytes, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

/// Bytes that are read at a time from a file that is not held in memory.
const PIECE: usize = 128 << 10;

/// The body of an answer.
pub(super) enum Body {
    Empty,
    Whole(Bytes),
    Part(Part),
}

/// A part of a file, which is read as fast as the client takes it.
pub(super) struct Part {
    left: u64,
    step: Step,
}

enum Step {
    At(File),
    Reading(JoinHandle<io::Result<(File, Bytes)>>),
    Over,
}

impl Body {
    /// The next `length` bytes of an open file.
    pub(super) fn part(file: File, length: u64) -> Body {
        Body::Part(Part { left: length, step: Step::At(file) })
    }

    /// How long it is.
    pub(super) fn length(&self) -> u64 {
        match self {
            Body::Empty => 0,
            Body::Whole(bytes) => bytes.len() as u64,
            Body::Part(part) => part.left,
        }
    }
}

impl Part {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match std::mem::replace(&mut self.step, Step::Over) {
                Step::At(_) if self.left == 0 => return Poll::Ready(None),
                Step::At(file) => {
                    let piece = usize::try_from(self.left).unwrap_or(PIECE).min(PIECE);
                    self.step = Step::Reading(spawn_blocking(move || read(file, piece)));
                }
                Step::Reading(mut reading) => {
                    let Poll::Ready(done) = Pin::new(&mut reading).poll(context) else {
                        self.step = Step::Reading(reading);
                        return Poll::Pending;
                    };
                    let (file, bytes) = match done.map_err(io::Error::other).flatten() {
                        Ok(read) => read,
                        Err(err) => return Poll::Ready(Some(Err(err))),
                    };
                    self.left = self.left.saturating_sub(bytes.len() as u64);
                    self.step = Step::At(file);
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Step::Over => return Poll::Ready(None),
            }
        }
    }
}

/// A file that ends too early is an error: the connection is closed, so that nobody takes the part for the whole.
fn read(mut file: File, length: usize) -> io::Result<(File, Bytes)> {
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes)?;
    Ok((file, bytes.into()))
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut *self {
            Body::Empty => Poll::Ready(None),
            Body::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                *self = Body::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Body::Part(part) => {
                let piece = ready!(part.poll_piece(context));
                Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.length() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length())
    }
}

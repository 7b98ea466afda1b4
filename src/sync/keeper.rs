//! Who has the archive while a run goes on.

use crate::archive::Archive;
use crate::error::Result;

/// Lends the archive to a run, which may last for hours and writes every now and then.
pub trait Keeper {
    /// The archive, to write to; waits until whoever writes to it is ready.
    ///
    /// # Errors
    /// It cannot be had, or the run is to end: then what was committed stands, and the next run goes on from there.
    fn archive(&mut self) -> Result<&mut Archive>;

    /// Everything is committed, and others may write until the archive is asked for again. Also called now and then
    /// while nothing comes, so that a run that is to end hears of it.
    ///
    /// # Errors
    /// The run is to end.
    fn rest(&mut self) -> Result<()>;
}

impl Keeper for Archive {
    fn archive(&mut self) -> Result<&mut Archive> {
        Ok(self)
    }

    fn rest(&mut self) -> Result<()> {
        Ok(())
    }
}

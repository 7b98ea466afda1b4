//! When what is done: schedules, what is due, the loop that has it done, and the journal of what ran.
//!
//! [`next_due`] is a pure function of a [`Plan`], a [`Memory`] and the time; [`run()`] waits for what it says, has it
//! begun by a [`Runner`], and hears how it ended. What the tasks do is not known here: sources, archive and feeds are
//! the affair of the runner.

mod when;
mod why;
mod plan;
mod due;
mod memory;
mod runner;
mod run;
pub mod journal;
pub mod supervisor;
pub mod units;
pub mod watch;

pub use due::{Due, next_due, until_due};
pub use memory::{Memory, Past};
pub use plan::{Hold, LIMIT, Now, Plan, Retry, Task};
pub use run::{LONGEST_SLEEP, Left, STOP_GRACE, run};
pub use runner::{Clock, Cut, End, Ended, Outcome, Run, Runner, Wake, Wakes};
pub use when::{When, in_words, read_duration};
pub use why::Why;

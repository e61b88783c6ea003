//! Ctrl-C during long work: nothing half-written is left behind.
//!
//! While nothing is being written under a name, the process simply ends. While it is, the writer
//! fails at its next piece, so that what it wrote is removed on the way out.

use std::io::{self, Write};
use std::process;
use std::sync::atomic::{AtomicU8, Ordering};

use super::outcome::{Fault, tell};

const WORKING: u8 = 0;
const WRITING: u8 = 1;
const INTERRUPTED: u8 = 2;

static STATE: AtomicU8 = AtomicU8::new(WORKING);

/// The exit code of a command that was stopped by Ctrl-C, as shells have it.
const EXIT_CODE: i32 = 130;

/// Takes charge of Ctrl-C and of requests to end.
pub fn watch() -> Result<(), Fault> {
    ctrlc::set_handler(|| {
        let was = STATE.compare_exchange(WRITING, INTERRUPTED, Ordering::SeqCst, Ordering::SeqCst);
        if was == Err(WORKING) {
            leave();
        }
    })?;
    Ok(())
}

fn leave() -> ! {
    tell(format_args!("interrupted, nothing is written"));
    process::exit(EXIT_CODE)
}

/// Runs what writes files under passing names; what it returns must own them. An interruption
/// meanwhile removes them and ends the process.
pub fn while_writing<T>(write: impl FnOnce() -> T) -> T {
    STATE.store(WRITING, Ordering::SeqCst);
    let written = write();
    if STATE.load(Ordering::SeqCst) == INTERRUPTED {
        drop(written);
        leave();
    }
    written
}

/// Ends the time in which an interruption matters: the files have their names.
pub fn done() {
    STATE.store(WORKING, Ordering::SeqCst);
}

/// A writer that fails once the process was interrupted.
pub struct Interruptible<W>(pub W);

/// Bytes between two looks at the state.
const PIECE: usize = 1 << 20;

impl<W: Write> Write for Interruptible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if STATE.load(Ordering::SeqCst) == INTERRUPTED {
            return Err(io::Error::other("interrupted"));
        }
        self.0.write(bytes.get(..PIECE).unwrap_or(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

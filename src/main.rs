use std::process::ExitCode;

/// `feedmill run` lives for months, and most of its tasks on threads of their own. The allocator of the system keeps what
/// such threads have freed, in pools of which it makes many; this one gives it back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    feedmill::cli::main()
}

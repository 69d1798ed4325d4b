//! The walls around the child. It puts them up itself, and none of them can be taken down again.

use super::Terms;
use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, Scope};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen as Length, SeccompCmpOp as Is, SeccompCondition as Condition,
    SeccompFilter, SeccompRule as Rule,
};
use std::collections::BTreeMap;
use std::error::Error;
use std::os::fd::{AsRawFd, BorrowedFd};

/// The code of a child that could not close itself in; it then does nothing at all.
pub const NO_WALLS: &str = "sandbox.walls";

/// Puts everything up, or says what the system would not do.
pub fn put_up(terms: &Terms, keep: &[BorrowedFd]) -> Result<(), String> {
    die_with_parent().map_err(|error| format!("parent: {error}"))?;
    close_all_but(keep);
    if terms.idle {
        stand_back();
    }
    limit(terms).map_err(|error| format!("limits: {error}"))?;
    if !cfg!(feature = "planted-no-landlock") {
        landlock().map_err(|error| format!("landlock: {error}"))?;
    }
    if terms.bare_landlock {
        return Ok(());
    }
    ceiling(libc::RLIMIT_NOFILE, 0).map_err(|error| format!("files: {error}"))?;
    if !cfg!(feature = "planted-no-seccomp") {
        seccomp().map_err(|error| format!("seccomp: {error}"))?;
    }
    Ok(())
}

/// A server that is killed leaves no reader behind.
fn die_with_parent() -> std::io::Result<()> {
    // SAFETY: no memory is involved.
    if unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) } == 0 {
        Ok(())
    } else {
        Err(std::io::Error::last_os_error())
    }
}

/// Ours are opened to be closed on exec; this is for those that a library opened otherwise.
fn close_all_but(keep: &[BorrowedFd]) {
    let mut kept: Vec<u32> = keep
        .iter()
        .filter_map(|fd| u32::try_from(fd.as_raw_fd()).ok())
        .collect();
    kept.sort_unstable();
    let mut from = 3;
    for fd in kept.into_iter().chain([u32::MAX]) {
        if fd > from {
            // SAFETY: nothing in this process owns a descriptor in that range.
            unsafe { libc::syscall(libc::SYS_close_range, from, fd - 1, 0) };
        }
        from = fd.saturating_add(1);
    }
}

/// Takes the processor only when nobody else wants it. Where the system refuses, it is merely polite.
fn stand_back() {
    // SAFETY: a struct of plain numbers, alive through the call.
    unsafe {
        let param: libc::sched_param = std::mem::zeroed();
        if libc::sched_setscheduler(0, libc::SCHED_IDLE, &raw const param) != 0 {
            libc::setpriority(libc::PRIO_PROCESS, 0, 19);
        }
    }
}

fn limit(terms: &Terms) -> std::io::Result<()> {
    // What the program itself takes (its code above all) is not the input's fault.
    ceiling(libc::RLIMIT_AS, terms.memory_bytes.saturating_add(mapped_bytes()))?;
    ceiling(libc::RLIMIT_CORE, 0)?;
    ceiling(libc::RLIMIT_FSIZE, 0)?;
    ceiling(libc::RLIMIT_NPROC, 0)?;
    match terms.cpu_s {
        // A second more, so that the signal that names the reason comes before the one that ends everything.
        Some(seconds) => between(libc::RLIMIT_CPU, seconds, seconds + 1),
        None => Ok(()),
    }
}

fn ceiling(what: libc::__rlimit_resource_t, most: u64) -> std::io::Result<()> {
    between(what, most, most)
}

fn between(what: libc::__rlimit_resource_t, soft: u64, hard: u64) -> std::io::Result<()> {
    let limit = libc::rlimit {
        rlim_cur: soft,
        rlim_max: hard,
    };
    // SAFETY: the struct is ours and alive through the call.
    if unsafe { libc::setrlimit(what, &raw const limit) } == 0 {
        Ok(())
    } else {
        Err(std::io::Error::last_os_error())
    }
}

/// Address space already in use (`/proc/self/statm`, in pages).
fn mapped_bytes() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|text| text.split(' ').next().and_then(|count| count.parse::<u64>().ok()));
    // SAFETY: a question without arguments in memory.
    let page = u64::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4096);
    pages.map_or(128 << 20, |pages| pages * page)
}

/// No file, no port, no signal to others. A kernel that lacks it leaves this to seccomp.
fn landlock() -> Result<(), Box<dyn Error>> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .scope(Scope::AbstractUnixSocket | Scope::Signal)?
        .create()?
        .restrict_self()?;
    Ok(())
}

/// What computing needs; every other call is refused with `EPERM`.
const ALLOWED: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_close,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_brk,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigaction,
    libc::SYS_sigaltstack,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
];

fn seccomp() -> Result<(), Box<dyn Error>> {
    let mut rules: BTreeMap<i64, Vec<Rule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    // Memory that is never executed, and signals to nobody but itself (that is how it aborts).
    let (own, executable) = (u64::from(std::process::id()), libc::PROT_EXEC as u64);
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        rules.insert(call, vec![when(2, Is::MaskedEq(executable), 0)?]);
    }
    rules.insert(libc::SYS_tgkill, vec![when(0, Is::Eq, own)?]);
    let refused = SeccompAction::Errno(libc::EPERM as u32);
    let filter = SeccompFilter::new(
        rules,
        refused,
        SeccompAction::Allow,
        std::env::consts::ARCH.try_into()?,
    )?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter_all_threads(&program)?;
    Ok(())
}

fn when(argument: u8, is: Is, value: u64) -> Result<Rule, seccompiler::BackendError> {
    Rule::new(vec![Condition::new(argument, Length::Qword, is, value)?])
}

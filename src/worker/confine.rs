//! Confines a worker process where the system supports it: a limit on memory; no files, network or programs.

/// Confines this process as far as the system supports it; the worker's own limits hold anyway.
pub(super) fn confine(memory: u64) {
    #[cfg(unix)]
    bound_memory(memory);
    #[cfg(not(unix))]
    let _ = memory;
    #[cfg(target_os = "linux")]
    {
        let _ = linux::no_files();
        let _ = linux::no_network();
    }
}

/// Lets other processes of this machine go before this one, where the system supports it.
pub fn give_way() {
    #[cfg(unix)]
    let _ = rustix::process::nice(NICE);
}

/// How much a process that gives way adds to its nice value, of 19.
#[cfg(unix)]
const NICE: i32 = 5;

/// Limits this process to so many more seconds of processor time, so that a worker whose parent was killed does not
/// run on.
pub(super) fn bound_time(seconds: u64) {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};
        let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
        let end = used.saturating_add(seconds).saturating_add(1);
        let most = rlimit::getrlimit(rlimit::Resource::CPU).map_or(u64::MAX, |(_, hard)| hard);
        let _ = rlimit::setrlimit(rlimit::Resource::CPU, end.min(most), most);
    }
    #[cfg(not(unix))]
    let _ = seconds;
}

/// A job object that ends a worker with the program that started it, and bounds the memory that it keeps in use.
#[cfg(windows)]
pub(super) fn job(worker: &std::process::Child, memory: u64) -> Option<win32job::Job> {
    use std::os::windows::io::AsRawHandle;
    let most = usize::try_from(memory).unwrap_or(usize::MAX);
    let mut limits = win32job::ExtendedLimitInfo::new();
    limits
        .limit_working_memory(LEAST, most)
        .limit_kill_on_job_close();
    let job = win32job::Job::create_with_limit_info(&limits).ok()?;
    job.assign_process(worker.as_raw_handle() as isize).ok()?;
    Some(job)
}

/// The least memory that Windows leaves to a worker, in bytes.
#[cfg(windows)]
const LEAST: usize = 1 << 20;

#[cfg(unix)]
fn bound_memory(memory: u64) {
    use rlimit::Resource;
    // macOS has no bound on the address space.
    #[cfg(not(target_os = "macos"))]
    let _ = rlimit::setrlimit(Resource::AS, memory, memory);
    #[cfg(target_os = "macos")]
    let _ = rlimit::setrlimit(Resource::DATA, memory, memory);
    let _ = rlimit::setrlimit(Resource::CORE, 0, 0);
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;

    use landlock::{ABI, Access, AccessFs, CompatLevel, Compatible, Ruleset, RulesetAttr};
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    /// Denies opening, creating and changing files; standard input and output are open already.
    pub(super) fn no_files() -> Result<(), Box<dyn std::error::Error>> {
        Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(ABI::V4))?
            .create()?
            .restrict_self()?;
        Ok(())
    }

    /// Denies sockets, starting programs and opening files, also on kernels without Landlock.
    pub(super) fn no_network() -> Result<(), Box<dyn std::error::Error>> {
        let refused = [
            libc::SYS_socket,
            libc::SYS_socketpair,
            libc::SYS_connect,
            libc::SYS_bind,
            libc::SYS_listen,
            libc::SYS_execve,
            libc::SYS_execveat,
            libc::SYS_ptrace,
            libc::SYS_openat,
            libc::SYS_openat2,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_open,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_creat,
        ];
        let rules: BTreeMap<i64, Vec<seccompiler::SeccompRule>> =
            refused.into_iter().map(|call| (call, Vec::new())).collect();
        let filter = SeccompFilter::new(
            rules,
            SeccompAction::Allow,
            SeccompAction::Errno(libc::EPERM.cast_unsigned()),
            std::env::consts::ARCH.try_into()?,
        )?;
        let program: BpfProgram = filter.try_into()?;
        seccompiler::apply_filter(&program)?;
        Ok(())
    }
}

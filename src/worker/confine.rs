//! What a worker may not do, where the system can hold it to that: take more memory than it is given, open files, reach the
//! network, start programs.

/// Confines this process. What the system does not offer is left out: the worker's own bounds still hold.
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

/// Ends this process after so many more seconds of processor time: a worker whose program was killed is not left behind at
/// work, and one on a busy machine is not kept by the clock alone.
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

    /// No file is opened, made or changed any more; standard input and output are open already.
    pub(super) fn no_files() -> Result<(), Box<dyn std::error::Error>> {
        Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(ABI::V4))?
            .create()?
            .restrict_self()?;
        Ok(())
    }

    /// No socket is made, no program is started, and no file is opened, on kernels without Landlock too.
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

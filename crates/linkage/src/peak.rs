//! How much memory the process has used at most.

/// The most memory that this process has had resident, in MiB; `None` where the system does not say (Linux does, in
/// `/proc/self/status`, see proc(5)).
#[must_use]
pub fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib.div_ceil(1024))
}

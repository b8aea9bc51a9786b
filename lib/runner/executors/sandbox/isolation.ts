/** What an app sees of this machine: programs and libraries, read-only. No home, no data folder, no sockets. */
const SYSTEM = ["/usr"];
const SYSTEM_IF_THERE = [
  ...["/bin", "/sbin", "/lib", "/lib32", "/lib64"],
  ...["/etc/alternatives", "/etc/ca-certificates", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/localtime"],
  ...["/etc/mime.types", "/etc/pki", "/etc/ssl/certs", "/etc/ssl/openssl.cnf"],
];

/** Nothing of the worker's. */
export const NO_ENVIRONMENT = {} as NodeJS.ProcessEnv;

/**
 * Bubblewrap's arguments that every sandbox shares. As root the program gets another user of the system; only the
 * supervisor keeps what it takes to switch to it and to end it. Otherwise a user namespace holds both.
 */
export function isolation(): string[] {
  const identity =
    process.getuid?.() === 0
      ? ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_KILL"]
      : ["--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000"];
  return [
    ...["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"],
    ...["--die-with-parent", "--new-session", "--clearenv", "--hostname", "app"],
    ...identity,
    ...foldersAbove([...SYSTEM, ...SYSTEM_IF_THERE]),
    ...SYSTEM.flatMap((path) => ["--ro-bind", path, path]),
    ...SYSTEM_IF_THERE.flatMap((path) => ["--ro-bind-try", path, path]),
    ...["--proc", "/proc", "--dev", "/dev"],
  ];
}

/** Makes the folders that hold mounts open to the app's user; bubblewrap's own would be root's alone. */
export function foldersAbove(targets: readonly string[]): string[] {
  const folders = targets.flatMap((target) => {
    const parts = target.split("/").slice(1, -1);
    return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
  });
  return [...new Set(folders)].flatMap((folder) => ["--dir", folder]);
}

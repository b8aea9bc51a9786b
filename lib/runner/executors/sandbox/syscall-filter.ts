/** Linux' numbers of what no data program needs and what attacks on a kernel begin with. */
interface Architecture {
  audit: number;
  clone: number;
  denied: readonly number[];
}

/** The same on every architecture since Linux 5: io_uring, the new mount calls. */
const DENIED_EVERYWHERE = [425, 426, 427, 428, 429, 430, 431, 432, 433, 442];

const ARCHITECTURES: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    // ptrace, syslog, pivot_root, chroot, acct, mount, umount2, swapon, swapoff, reboot, modules, quotactl, kexec, keys,
    // unshare, perf_event_open, open_by_handle_at, setns, process_vm_*, kexec_file_load, bpf, userfaultfd
    denied: [
      ...[101, 103, 155, 161, 163, 165, 166, 167, 168, 169, 175, 176, 179, 246, 248, 249, 250],
      ...[272, 298, 304, 308, 310, 311, 313, 320, 321, 323],
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    denied: [
      ...[117, 116, 41, 51, 89, 40, 39, 224, 225, 142, 105, 106, 60, 104, 217, 218, 219],
      ...[97, 241, 265, 268, 270, 271, 273, 294, 280, 282],
    ],
  },
};

const CLONE3 = 435;
const CLONE_NEWUSER = 0x10000000;
/** Numbers from here on belong to the x32 way of calling, which would pass by the list. */
const X32 = 0x40000000;
const [LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN] = [0x20, 0x15, 0x35, 0x45, 0x06] as const;
const [NUMBER_AT, ARCHITECTURE_AT, FLAGS_AT] = [0, 4, 16] as const;
const ALLOW = 0x7fff0000;
const refusal = (errno: number) => 0x00050000 + errno;
const [EPERM, ENOSYS] = [1, 38] as const;

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];

/**
 * A classic BPF program for seccomp: namespaces, mounts, tracing, keys, kernel modules and other calls are refused.
 * Null for architectures whose numbers are not known here.
 */
export function syscallFilter(architecture: NodeJS.Architecture): Buffer | null {
  const known = ARCHITECTURES[architecture];
  if (!known) return null;
  const denied = [...known.denied, ...DENIED_EVERYWHERE];
  const tail: Instruction[] = [
    // clone3 hides its flags behind a pointer; libraries fall back to clone when there is none.
    [EQUAL, 0, 1, CLONE3],
    [RETURN, 0, 0, refusal(ENOSYS)],
    [EQUAL, 0, 2, known.clone],
    [LOAD, 0, 0, FLAGS_AT],
    [ANY_BIT, 1, 0, CLONE_NEWUSER],
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, refusal(EPERM)],
  ];
  const toDeny = denied.length + tail.length - 1;
  return encode([
    [LOAD, 0, 0, ARCHITECTURE_AT],
    [EQUAL, 1, 0, known.audit],
    [RETURN, 0, 0, refusal(EPERM)],
    [LOAD, 0, 0, NUMBER_AT],
    [AT_LEAST, toDeny, 0, X32],
    ...denied.map((number, index): Instruction => [EQUAL, toDeny - index - 1, 0, number]),
    ...tail,
  ]);
}

function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, ifTrue, ifFalse, value]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  }
  return bytes;
}

"""A process that may compute and nothing else: limits on time, memory, files and, on Linux, on calls.

It is entered in a process that was forked for one answer, before any of the student's code runs.
"""

import ctypes
import os
import platform
import struct
import sys

try:
    import resource
except ImportError:  # Windows, where grading asks for a container
    resource = None

SECONDS, MEMORY, FILE, FILES = 20, 400_000_000, 1_000_000, 32  # for one answer: of time, and in bytes
ALLOW, DENY, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # of seccomp: let it through, "not permitted", end it
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # its four instructions
# By machine: the number of its kind of calls, and those that make processes, signals and connections:
# clone, fork, vfork, clone3, kill, tkill, tgkill, pidfd_send_signal, ptrace, process_vm_writev, socket
CALLS = {
    "x86_64": (0xC000003E, (56, 57, 58, 435, 62, 200, 234, 424, 101, 311, 41)),
    "aarch64": (0xC00000B7, (220, 435, 129, 130, 131, 424, 117, 271, 198)),
}


def confine():
    """Take from this process, for good, what an answer to an exercise does not need."""
    if resource:
        used = _memory_in_use()
        _at_most("RLIMIT_AS", used + MEMORY)
        _at_most("RLIMIT_CPU", SECONDS + 1)
        _at_most("RLIMIT_FSIZE", FILE)
        _at_most("RLIMIT_NOFILE", FILES)
        _at_most("RLIMIT_CORE", 0)
        if sys.platform != "linux":
            _at_most("RLIMIT_NPROC", 0)
    if sys.platform == "linux" and platform.machine() in CALLS:
        _refuse(*CALLS[platform.machine()])


def _at_most(name, most):
    kind = getattr(resource, name, None)
    try:
        resource.setrlimit(kind, (most, most))
    except (OSError, ValueError, TypeError):  # this system has no such limit
        pass


def _memory_in_use():
    """The bytes of address space in use, as RLIMIT_AS counts them; a rough number elsewhere."""
    try:
        with open("/proc/self/statm", encoding="utf-8") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 2_000_000_000


def _refuse(machine, calls):
    """Have Linux refuse these system calls, with seccomp: the call fails, and the process goes on."""

    def step(code, value, yes=0, no=0):
        return struct.pack("=HBBI", code, yes, no, value)

    last = len(calls)
    program = [step(LOAD, 4), step(EQUAL, machine, 1), step(RETURN, KILL), step(LOAD, 0)]
    program.append(step(AT_LEAST, 0x40000000, last + 1))
    program += [step(EQUAL, call, last - k) for k, call in enumerate(calls)]
    program += [step(RETURN, ALLOW), step(RETURN, DENY)]
    text = ctypes.create_string_buffer(b"".join(program))
    filters = struct.pack("HxxxxxxP", len(program), ctypes.addressof(text))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_seccomp, filtering = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(set_seccomp, filtering, filters, 0, 0):
        raise OSError(ctypes.get_errno(), "system calls cannot be refused here")

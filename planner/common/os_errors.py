"""Why the system refuses a file, in the language spoken where it is read."""

from __future__ import annotations

import errno

from planner.messages import Sentence

KNOWN = {
    errno.ENOENT: "os_missing",
    errno.EACCES: "os_not_allowed",
    errno.EPERM: "os_not_allowed",
    errno.EROFS: "os_read_only",
    errno.ENOSPC: "os_full",
    errno.EDQUOT: "os_full",
    errno.ENAMETOOLONG: "os_name_too_long",
    errno.EISDIR: "os_is_folder",
    errno.ENOTDIR: "os_not_a_folder",
    errno.EEXIST: "os_exists",
    errno.ENOTEMPTY: "os_not_empty",
    errno.EBUSY: "os_busy",
    errno.ETXTBSY: "os_busy",
    errno.EMFILE: "os_too_many_files",
    errno.ENFILE: "os_too_many_files",
    errno.EIO: "os_broken",
    errno.EINVAL: "os_bad_name",
    errno.ELOOP: "os_loop",
    errno.EFBIG: "os_too_large",
    errno.EXDEV: "os_other_disk",
}
"""The numbers that the system gives its usual refusals, and the sentences for them."""
IN_USE = (32, 33)  # Windows: another program, such as Excel, holds the file


def os_reason(error: BaseException) -> Sentence:
    """What an error of the system means; one that is not among the usual ones with its number and its own words."""
    if getattr(error, "winerror", None) in IN_USE:
        return Sentence("os_busy")
    number = getattr(error, "errno", None)
    if number in KNOWN:
        return Sentence(KNOWN[number])
    if number is not None:
        return Sentence("os_other", {"number": number, "text": getattr(error, "strerror", None) or ""})
    return Sentence("os_bad_name")  # a name that the system cannot hold: a null character, a lone surrogate

"""Why the system refuses a file, in the language spoken where it is read."""

from __future__ import annotations

import errno

from planner.messages import Sentence

_NAMES = {
    "ENOENT": "os_missing",
    "EACCES": "os_not_allowed",
    "EPERM": "os_not_allowed",
    "EROFS": "os_read_only",
    "ENOSPC": "os_full",
    "EDQUOT": "os_full",
    "ENAMETOOLONG": "os_name_too_long",
    "EISDIR": "os_is_folder",
    "ENOTDIR": "os_not_a_folder",
    "EEXIST": "os_exists",
    "ENOTEMPTY": "os_not_empty",
    "EBUSY": "os_busy",
    "ETXTBSY": "os_busy",
    "EMFILE": "os_too_many_files",
    "ENFILE": "os_too_many_files",
    "EIO": "os_broken",
    "EINVAL": "os_bad_name",
    "ELOOP": "os_loop",
    "EFBIG": "os_too_large",
    "EXDEV": "os_other_disk",
}
"""The usual refusals of a system, and the sentences for them."""
KNOWN = {getattr(errno, name): key for name, key in _NAMES.items() if hasattr(errno, name)}
"""Their numbers here: not every system has all of them."""
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

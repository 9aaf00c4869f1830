"""Personal details in texts: what they are, where they stand, and a mask over each.

Nothing here needs a model or a network. Names are told by lists, capitals and the words around
them; numbers by their shape, with ``phonenumbers`` and ``python-stdnum``.
"""

from vbl_detect.masking.details import KINDS
from vbl_detect.masking.masks import MASK, find_details, mask
from vbl_detect.masking.notes import NoteMask, mask_note, masked_finding

__all__ = [
    "KINDS",
    "MASK",
    "NoteMask",
    "find_details",
    "mask",
    "mask_note",
    "masked_finding",
]

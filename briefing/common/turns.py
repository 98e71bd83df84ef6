"""Contents and files are made by one interpreter: more at once would only need more memory."""

from threading import BoundedSemaphore

AT_ONCE = BoundedSemaphore(1)

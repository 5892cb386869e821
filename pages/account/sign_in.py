"""Sign in: what this is, and the one button of somebody who is not signed in, with the reason where there is one."""

from sos_tracker.ui import sign_in_parts

sign_in_parts.show()

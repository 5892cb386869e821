"""Floor 4: what stands around the pages and beside them, for everybody who asks over the network.

From the outside in: every request is named and logged (``answers``, ``logs``), its answer gets its headers
(``headers``), whoever may not reach the app is refused (``guards``), what is too much is refused (``limits``),
files go to people with access (``identity``), who signs in comes back to where they were (``deep_link``), and
Streamlit's page is made ours (``document``). ``routes`` lists the plain routes and who may have each. Streamlit is
known here by its addresses and its page only.
"""

from sos_tracker.web.identity import who

__all__ = ["who"]

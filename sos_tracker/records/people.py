"""Who is the same person: employee number first, else e-mail. Only keyed hashes are ever kept."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class PersonKeys(NamedTuple):
    """The keyed hashes a row names a person by; at least one of the two is present."""

    reference: str | None = None
    email: str | None = None


class PersonKeyer:
    """Turns employee numbers and e-mails into keyed hashes (BLAKE2b, 128 bits), ignoring case and outer spaces."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            raise ValueError("The person key must be at least 16 bytes.")
        key = hashlib.sha512(secret).digest()  # a secret of any length, and a key of the length BLAKE2 takes
        self._keyed = hashlib.blake2b(key=key, digest_size=16)  # the key is taken in once, and copied for each text
        self._seen: dict[str, str] = {}

    @property
    def fingerprint(self) -> str:
        """A mark of the secret that does not give it away: a database keyed with another secret is noticed."""
        return self._digest("fingerprint:")

    def keys(self, employee_number: str | None, email: str | None) -> PersonKeys:
        number = "".join((employee_number or "").split()).upper()
        address = (email or "").strip().lower()
        return PersonKeys(
            self._digest("number:" + number) if number else None,
            self._digest("email:" + address) if address else None,
        )

    def _digest(self, text: str) -> str:
        known = self._seen.get(text)
        if known is None:
            digest = self._keyed.copy()
            digest.update(text.encode())
            known = self._seen[text] = digest.hexdigest()
        return known


@dataclass
class PeopleIndex:
    """Gathers the keys of many rows, and of the people already known, into distinct people.

    An employee number is one person. An e-mail seen beside exactly one number is that person;
    an e-mail never seen beside a number is a person of its own; an e-mail beside several numbers
    is ambiguous and goes to the number that sorts first. The answer does not depend on the order of rows.
    """

    numbers_of: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, rows: Iterable[PersonKeys]) -> None:
        for reference, email in rows:
            if email is not None:
                numbers = self.numbers_of.setdefault(email, set())
                if reference is not None:
                    numbers.add(reference)

    def identity(self, keys: PersonKeys) -> PersonKeys:
        """The person a row means: by number where one is known, else by e-mail alone."""
        if keys.reference is not None:
            return PersonKeys(keys.reference, None)
        if keys.email is None:
            raise ValueError("A person needs an employee number or an e-mail.")
        numbers = self.numbers_of.get(keys.email)
        return PersonKeys(min(numbers), None) if numbers else PersonKeys(None, keys.email)

    def ambiguous(self) -> set[str]:
        """E-mail keys that stand beside more than one employee number."""
        return {email for email, numbers in self.numbers_of.items() if len(numbers) > 1}

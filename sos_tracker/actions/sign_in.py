"""Who somebody is, by the word of the identity provider or a trusted proxy, and what they may do here.

The provider's claims come through a cookie that is good for 30 days and is checked for its signature alone: everything
else about a sign-in is decided here, anew at each page and each plain route. A refusal says nothing of who has access.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from orjson import dumps
from pydantic import TypeAdapter, ValidationError

from sos_tracker.records.access import Actor, EmailAddress, Identity, Role, SignInRules
from sos_tracker.store import SignInState, Store

CLOCK_SKEW = timedelta(minutes=2)  # how far the provider's clock and ours may differ
FRESH_FOR = timedelta(minutes=10)  # how soon after it was made a sign-in must be seen here for the first time
_LONGEST_ACTOR = 300  # as many characters as the history keeps of who made a change
_LONGEST_NAME = 100
_LONGEST_CLAIM = 1000  # of what names an account: an issuer's address, a subject
_MOST_GROUPS = 1000
_LONGEST_GROUP = 120
_LAST_YEAR = 4_102_444_800  # 2100, in seconds: a later time is none
# what tells two sign-ins of one account in one second apart, where the provider says it
_TELLING = ("nonce", "jti", "sid", "uti")
_EMAIL: TypeAdapter[str] = TypeAdapter(EmailAddress)

_AGAIN = "Sign in again."
_UNCLEAR = f"The identity provider did not say clearly who you are. {_AGAIN} If it happens again, tell your IT service."


class SignInRefused(Exception):
    """Nobody is signed in; the sentence says what to do."""


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in, and their role in each programme they have access to, by its code."""

    identity: Identity
    roles: dict[str, Role] = field(default_factory=dict)

    def actor(self, code: str) -> Actor | None:
        """Them at the door of a programme; None where they have no access."""
        role = self.roles.get(code.strip().upper())
        return Actor(self.identity.named, role, code.strip().upper()) if role is not None else None


def identity_of(claims: Mapping[str, object], rules: SignInRules, now: datetime) -> Identity:
    """Whom the provider's claims name. Raises SignInRefused for what is not for us, of the future or unclear."""
    if not _meant_for(rules.client_id, claims):
        raise SignInRefused(f"This sign-in was made for another service. {_AGAIN}")
    issuer, subject = _claim(claims, "iss"), _claim(claims, "sub")
    made, good_until = _time(claims, "iat"), _time(claims, "exp")
    if not issuer or any(sign.isspace() for sign in issuer) or not subject or made is None or good_until is None:
        raise SignInRefused(_UNCLEAR)
    if made - now > CLOCK_SKEW or good_until <= made:
        raise SignInRefused(f"The time of this sign-in cannot be right. {_AGAIN}")
    email = _email(claims.get(rules.email_claim))
    if claims.get("email_verified", True) not in (True, "true"):
        raise SignInRefused("The identity provider has not checked your e-mail address. Ask your IT service to do so.")
    return Identity(
        email=email,
        name=_name(claims.get("name"), email),
        subject=f"{issuer} {subject}",
        groups=_groups(claims.get(rules.group_claim)),
        signed_in_at=made,
        sign_in=_fingerprint(claims, issuer, subject, made),
        good_until=good_until,
    )


def identity_from_proxy(email: str) -> Identity:
    """Whom a trusted proxy names; it keeps sign-ins of its own. Raises SignInRefused for what is no e-mail address."""
    address = _email(email)
    return Identity(email=address, name=address, subject="")


def arrive(store: Store, identity: Identity, rules: SignInRules, now: datetime) -> SignedIn:
    """What somebody may do at this moment, wherever they are: asked at each page and plain route, and noted.

    Raises SignInRefused where the sign-in is over, or is shown for the first time too late.
    """
    if identity.signed_in_at is not None:
        taken_up = FRESH_FOR
        if identity.good_until is not None:
            taken_up = min(FRESH_FOR, identity.good_until - identity.signed_in_at + CLOCK_SKEW)
        state = store.sign_in_at(
            identity.sign_in, now=now, idle=rules.idle, longest=rules.longest, fresh_within=taken_up,
            signed_in_at=identity.signed_in_at,
        )  # fmt: skip
        if state is not SignInState.HERE:
            raise SignInRefused(_OVER[state])
    return SignedIn(identity, store.roles_of(identity, now=now))


def sign_out(store: Store, identity: Identity, now: datetime) -> None:
    """Ends the sign-in for good, also for copies of its cookie; a proxy ends its own."""
    if identity.sign_in:
        store.end_sign_in(identity.sign_in, now)


_OVER = {
    SignInState.EXPIRED: f"You were signed out because some time has passed. {_AGAIN}",
    SignInState.ENDED: f"You are signed out. {_AGAIN}",
    SignInState.STALE: f"This sign-in is too old. {_AGAIN}",
}


def _meant_for(client_id: str, claims: Mapping[str, object]) -> bool:
    """Among those the token is for; where there are several, the one it was given to (OpenID Connect Core 3.1.3.7)."""
    audience, party = claims.get("aud"), claims.get("azp")
    named = [audience] if isinstance(audience, str) else audience
    if not client_id or not isinstance(named, list | tuple) or client_id not in named:
        return False
    return party == client_id if party is not None or len(named) > 1 else True


def _claim(claims: Mapping[str, object], name: str) -> str:
    """A text that names something; "" for anything else."""
    value = claims.get(name)
    return value if isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST_CLAIM else ""


def _time(claims: Mapping[str, object], name: str) -> datetime | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _LAST_YEAR:
        return None
    return datetime.fromtimestamp(value, UTC)


def _email(value: object) -> str:
    if not value or not isinstance(value, str):
        raise SignInRefused("The identity provider did not say your e-mail address. Ask your IT service to release it.")
    try:
        return _EMAIL.validate_python(value)
    except ValidationError:
        raise SignInRefused(
            "The e-mail address the identity provider gave cannot be used here. Ask your IT service to correct it."
        ) from None


def _name(value: object, email: str) -> str:
    """One line that fits the history, with nothing in it that cannot be seen; the address where there is none."""
    if not isinstance(value, str):
        return email
    shown = "".join(sign if sign.isprintable() else " " for sign in value[: 10 * _LONGEST_NAME])
    longest = min(_LONGEST_NAME, _LONGEST_ACTOR - len(email) - len(" ()"))
    return " ".join(shown.split())[:longest].strip() or email


def _groups(value: object) -> tuple[str, ...]:
    named: Sequence[object] = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    found = dict.fromkeys(one.strip() for one in named[:_MOST_GROUPS] if isinstance(one, str) and one.isprintable())
    return tuple(group for group in found if 0 < len(group) <= _LONGEST_GROUP)


def _fingerprint(claims: Mapping[str, object], issuer: str, subject: str, made: datetime) -> str:
    telling = [_claim(claims, name) for name in _TELLING]
    return sha256(dumps([issuer, subject, made.timestamp(), *telling])).hexdigest()

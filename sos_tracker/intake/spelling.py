"""What tells two names apart, and what does not."""


def spelling_key(words: str) -> str:
    """What two spellings of one name share: case, apostrophes, "&" and "and", and spaces do not tell names apart."""
    plain = words.casefold().replace("&", " and ").replace("'", "").replace("’", "").replace("`", "")
    return " ".join(plain.replace("-", " ").replace(",", " ").split())

"""Numbers and lists as words, for messages, formulas and pictures."""


def number(value, digits=4):
    """A number in so many digits, with a proper minus sign: "−0.25"."""
    return f"{float(value):.{digits}g}".replace("-", "−") if value else "0"


def short(value, digits=3):
    """A number rounded to three digits, without an exponent where four digits need none: "1230"."""
    return number(float(f"{value:.{digits}g}"))


def signed(value, digits=4):
    """A number as it stands after a sign: in brackets where it is negative."""
    return f"({number(value, digits)})" if value < 0 else number(value, digits)


def listed(names, last="and"):
    """ "W1, b1 and W2"; last: "or", for another word before the last."""
    names = [str(name) for name in names]
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def quoted(names):
    """ "'W1', 'b1'", or "nothing"."""
    return ", ".join(repr(name) for name in names) or "nothing"


def counted(n, thing):
    """ "1 neuron", "4 neurons"."""
    return f"{n} {thing}{'s' * (n != 1)}"


def shortened(text, longest=24):
    """The text, or so many characters of it, the last of which is "…"."""
    return text if len(text) <= longest else text[: longest - 1] + "…"

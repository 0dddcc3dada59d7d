"""The goals of measured figures, and whether they were met."""


def figure(value):
    """A number with four digits, and without an exponent."""
    return f"{value:.0f}" if value >= 1000 else f"{value:.4g}"


def bulleted(texts):
    """The texts as a list in Markdown, to follow a colon."""
    return "\n\n" + "\n".join(f"- {text}" for text in texts) if texts else " none."


class Bars:
    """Figures with their goals, as a table in Markdown."""

    def __init__(self, rows=()):
        self.rows = [tuple(row) for row in rows]

    def at_most(self, name, value, bar, unit=""):
        self.rows.append((name, f"{figure(value)}{unit}", f"at most {bar:g}{unit}", value <= bar))

    def at_least(self, name, value, bar, unit=""):
        self.rows.append((name, f"{figure(value)}{unit}", f"at least {bar:g}{unit}", value >= bar))

    def value(self, name):
        """The measured figure of this name, as text."""
        return next(value for known, value, _, _ in self.rows if known == name)

    def missed(self):
        return [f"{name} ({value}; goal: {bar})" for name, value, bar, met in self.rows if not met]

    def table(self):
        lines = [
            f"| {name} | {value} | {bar} | {'yes' if met else '**no**'} |"
            for name, value, bar, met in self.rows
        ]
        return "\n".join(
            ["| figure | measured | goal | met |", "| --- | ---: | ---: | --- |", *lines]
        )

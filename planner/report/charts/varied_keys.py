"""What a key that a sweep varies is called: the title of its entry, and what is varied of it."""

from __future__ import annotations

from planner.inputs.scenario.schema import Scenario
from planner.messages import known, localised, say


def key_in_words(key: str, scenario: Scenario | None) -> str:
    """A path such as `seats.advanced.per_year.max` in words; without a scenario, or where none are known, as it is."""
    if scenario is None:
        return key
    section, _, rest = key.partition(".")
    name, _, inner = rest.partition(".")
    entries = getattr(scenario, section, None)
    entry = entries.get(name) if isinstance(entries, dict) else None
    if entry is None:
        sentence = f"chart_key_{section}_{rest}".replace(".", "_")
        return say(sentence) if known(sentence) else key
    sentence = f"chart_key_{section}_{inner}".replace(".", "_")
    told = say(sentence) if known(sentence) else inner
    title = localised(getattr(entry, "title", None), name)
    return f"{title}: {told}" if told else title

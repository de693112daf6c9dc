"""Sentences about the template that `planner init` writes."""

WORDS = {
    "template_others": (
        "{folder} holds more than the template ({names}), so --force does not replace it",
        "{folder} có những tệp khác ngoài mẫu ({names}), nên --force không thay thế",
    ),
}

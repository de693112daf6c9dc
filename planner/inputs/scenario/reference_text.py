"""What the reference of the scenario format says before and after the keys."""

from __future__ import annotations

HEAD = """\
# The scenario file

Generated from the schema by `python -m planner.inputs.scenario.schema_reference`; do not edit.

A scenario is a YAML file (UTF-8). Entries that can be many are mappings keyed by an id of your choice, so that one
file can override another. An unknown key, a wrong type, a name that nobody defined are errors: all of them are told
together, with file, line and the nearest known name. `planner check SCENARIO` tells them without solving.

- **Numbers** are plain: `40`, `0.25`. `yes`, `no`, `true` and `false` are truth values. Everything else is text: `8:30`
  and `0123` stay as they are. Tags (`!!...`), a key that stands twice and a second document are errors.
- **Ids** have no blank, comma, slash or bracket.
- **`extends: other.yaml`** starts from another scenario: mappings merge key by key, anything else is replaced, and
  `null` removes a key. A path is relative to the file that names it, and stays within the folder of the file that was
  named to `planner`, unless `--allow-outside` is said. A condition is a mapping, too: what the other file compares
  still holds unless it is set to `null`.
- **Every entry** may also have `source` (where its figures come from: a section, a decree, or the word `assumed`) and
  `title` (its name for people), each one text or `{en: ..., vi: ...}`. One text is told in both languages as it is, but
  for two things: `assumed` is told as `giả định` in Vietnamese, and the number of a section that stands first
  (`III.2.a`) as `Mục III.2.a`. An entry is assumed if its source says `assumed` or `giả định` in either language.
- **In an editor**: the line `# yaml-language-server: $schema=scenario.schema.json` at the top of a scenario (with the
  path to the file beside this one) gives completion and a first check.
"""

TAIL = """\
## Who

A **group's name**, or a **condition**: a mapping of columns to what they must be.

| written | holds for a cadre whose |
|---|---|
| `{sex: F}` | column `sex` has that value |
| `{post: [chair, deputy]}` | `post` has any of the values |
| `{age: {min: 30, max: 44}}` | `age` lies in the range; either end may be missing, both are inclusive |
| `{theory: {min: intermediate}}` | level stands at least there in the ladder `theory` |
| `{sex: F, local: yes}` | columns hold all of it |
| `{all: [young, {sex: F}]}` | membership in all of these holds |
| `{any: [young, {sex: F}]}` | membership in any of these holds |
| `{not: {post: chair}}` | membership does not hold |

Besides the roster's columns there are `age` (year - `birth_year`) and `service_years` (year - `service_start`), both
in years, and `headcount` (of the agency, people). The year is `as_of` (horizon.first by default; a target may have its
own), but in a programme's `eligible`, the groups it names included, the year of the start. There `age` is the
age completed on the first day of the month in which the programme `begins`, where the programme says `begins` and the
roster has the cadre's `birth_date`.

A value is read as the roster's cell would be: `{sex: Nữ}` is `{sex: F}`, `{education: Thạc sĩ}` is
`{education: master}`; letter case, accents composed or not and outer blanks do not matter, and numbers compare as
numbers. An empty cell satisfies no comparison, so `{not: {sex: F}}` covers a cadre whose sex is missing. `yes`, `true`
and `1` are the same value, in YAML and in tables; so are `no`, `false` and `0`. Of several studies under way one that
fits is enough.

## The tables

Tables are `.csv` or `.xlsx`. Vietnamese headers (Họ tên, Năm sinh, Đơn vị, ...) and codes (ThS, ĐH, CC, CVC, Nam, Nữ,
x) are understood.

### The roster

One row a cadre.

| column | |
|---|---|
| `cadre` | a unique id |
| `agency` | where the cadre works; stands in the agencies table if there is one |
| `birth_year` | year |
| `sex` | `F` or `M` |
| a ladder's name | the level held; an empty cell, or no such column, is *unknown*: neither `none` nor attained |
| `name`, `post`, `local`, `ethnicity` | optional |
| `birth_date` | optional: year-month-day; it implies `birth_year`, and beside it must agree |
| `service_start` | optional: the year in which service began; nobody starts a programme before it |
| `retires` | optional: the first year no longer in service |
| `studying`, `studying_until` | optional: the programme under way and the year it ends, inclusive; or several |
| any other | free, for conditions |

### The others

| table | columns |
|---|---|
| `agencies` | `agency`, `headcount` (may exceed its rows on the roster); optional `title`, or `title_en`, `title_vi` |
| `retirement` | `sex`, `birth_year`, `retires`; fills the roster's `retires` where it is empty or there is no column |
| `history` | `cadre`, `programme`, `start` (empty: a study from before all planning), `finish`; optional: see below |
| `earlier` | `cadre`, `programme`, `start`; further columns are ignored, so a run's assignments.csv will do |

`history` may also tell the `agency` then, and the `pools` and `shares` in which the start counted (`of_group`: the
shares in which it counted as of the group), each separated by blanks. Without them it counts in no pool and no share.

## Time

A programme of m months that begins in month b of year t (January unless it says `begins`) occupies the calendar years
t to t + d - 1, d being (b - 1 + m) / 12 rounded up. It is completed in the last of them, and counts as begun from t
on. It may end after the horizon.

## Goals

Each goal is optimised after the ones before it are fixed at their best value.

| goal | sense | value |
|---|---|---|
| `attainment` | min | the targets' shortfalls [people], each times its `weight`, summed |
| `seat_floors` | min | starts missing to the pools' yearly `min` and to their `total.min`, summed |
| `shares` | min | the shares' shortfalls [starts], each times its `weight`, summed |
| `starts` | min | the number of starts: nobody is sent in vain |
| `priority` | max | the cadre's points, summed over the starts |
| `early` | min | years from the start of the horizon to the completion, summed over the starts |
| `cost` | min | `cost`, summed over the starts |
| `lot` | min | numbers drawn from `lot` by SHA-256, summed over the starts: nobody chooses between equals |
| `changes` | min | starts of the plan `earlier` that are not kept, plus starts that it did not have |
| `expected` | min | the targets' weighted shortfall, on average over sampled futures (`risk`, `resilient`) |
| `worst_tenth` | min | the same in the tenth of the futures in which it is largest |

`attainment`, `seat_floors`, `shares` and `priority` may name the entries that they count: `{attainment: [committee,
leaders]}` counts these targets alone, and is called `attainment[committee,leaders]`. With `lot` last the best plan is
one: the same scenario names the same people, whatever the machine.
"""

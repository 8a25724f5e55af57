"""Make the word lists of `normalize/data` from PyThaiNLP: `dictionary_words.csv` and `person_names.csv`.

The program reads these files, so that it does not need PyThaiNLP (67 MB, most of it models). Licences and sources are
in `normalize/data/SOURCES.md`. Counts are those of the Thai National Corpus. Run it after an update of PyThaiNLP, and
set `CORPUS_SIZE` of `thaita.normalize.thai.lexicon` to the number that it prints.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from pythainlp.corpus import get_corpus, thai_family_names, thai_female_names, thai_male_names, thai_words

DATA = Path(__file__).parents[1] / "normalize" / "data"


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write the rows of a list, sorted, so that an update shows as few changed lines as possible."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(sorted(rows))


def corpus_counts() -> dict[str, int]:
    """Return the count of each word of the corpus; the greatest where the list has a word twice."""
    counts: dict[str, int] = {}
    for line in get_corpus("tnc_freq.txt"):
        word, _, count = line.partition("\t")
        counts[word.strip()] = max(int(count), counts.get(word.strip(), 0))
    return counts


def main() -> None:
    """Write both lists and print the size of the corpus."""
    counts = corpus_counts()
    lists = {"family": thai_family_names(), "female": thai_female_names(), "male": thai_male_names()}
    names = {
        name: "|".join(kind for kind, some in lists.items() if name in some)
        for name in set().union(*lists.values())
    }
    words = {*thai_words(), "ณ"}  # a word of one letter that no dictionary lists alone
    write("dictionary_words.csv", ("word", "count"), ((word, counts.get(word, 0)) for word in words))
    write(
        "person_names.csv",
        ("name", "count", "list"),
        ((name, counts.get(name, 0), kinds) for name, kinds in names.items()),
    )
    print(f"CORPUS_SIZE = {sum(counts.values()):_}")


if __name__ == "__main__":
    main()

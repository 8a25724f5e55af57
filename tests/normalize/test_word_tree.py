import re

from thaita.normalize.figure_cues import pattern, phrases
from thaita.normalize.names import read_table
from thaita.normalize.word_tree import word_tree


def test_the_longest_word_is_found_first():
    words = re.compile(word_tree(["ก", "กข", "กขคง", "ข"]))
    assert words.findall("กขค กขคง กค ข") == ["กข", "กขคง", "ก", "ข"]


def test_what_follows_a_word_can_choose_a_shorter_one():
    assert re.fullmatch(rf"(?:{word_tree(['ก', 'กข'])})ขค", "กขค")


def test_letters_may_stand_apart():
    assert re.compile(word_tree(["กข", "กขค"], gap=" ?")).findall("ก ข กขค ก ขค") == ["ก ข", "กขค", "ก ขค"]


def test_each_cue_is_found_whole():
    for phrase in phrases("before", *{row["meaning"] for row in read_table("figure_cues.csv")}):
        assert pattern("before").search(f"1{phrase}1")[0] == phrase


def test_a_latin_cue_is_no_part_of_a_word():
    found = [phrase for phrase in phrases("before", "overall") if phrase.isascii()]
    for phrase in found:
        assert pattern("before", "overall").search(f"x{phrase}") is None
        assert pattern("before", "overall").search(f"{phrase}x") is None
    assert found

import pytest

from thaita.normalize.memo import one_document, per_document

asked: list[str] = []


@per_document
def shout(text: str) -> str:
    asked.append(text)
    return text.upper()


def test_a_result_is_remembered_until_the_document_ends():
    asked.clear()
    with one_document():
        assert [shout("a"), shout("a")] == ["A", "A"]
    with one_document():
        shout("a")
    assert asked == ["a", "a"]


def read_badly() -> None:
    with one_document():
        shout("b")
        raise ValueError("no document")


def test_a_document_that_cannot_be_read_is_forgotten_too():
    asked.clear()
    with pytest.raises(ValueError, match="no document"):
        read_badly()
    shout("b")
    assert asked == ["b", "b"]

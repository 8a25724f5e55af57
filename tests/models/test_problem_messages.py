"""Problems are described in Thai and in English."""

import re

import pytest
from support.reviewing import SAMPLES, reading

from thaita.models.problem_codes import ProblemCode, thai_message
from thaita.models.records import Problem


def test_every_problem_of_the_samples_says_the_same_in_both_languages():
    found = [one for path in SAMPLES.glob("*.txt") for one in reading(path).problems]
    assert {"sum_mismatch", "number_conflict"} <= {one.code for one in found}
    for one in found:
        assert re.search("[ก-ฮ]", one.message_th)
        assert not re.search("[a-z]{4}", one.message_th.replace(one.source, ""))
        if (
            one.code != ProblemCode.NUMBER_CONFLICT
        ):  # its English message lists the figures of the report's own script
            assert set(re.findall(r"\d+\.\d\d", one.message_en)) == set(
                re.findall(r"\d+\.\d\d", one.message_th)
            )


@pytest.mark.parametrize("code", ProblemCode, ids=str)
def test_a_problem_without_a_thai_message_has_the_meaning_of_its_code(code):
    one = Problem(severity="info", code=code, message_en="page 2: «คะแนน» is not read")
    assert one.message_th == f"{code.th} (หน้า 2, «คะแนน»)" == thai_message(code, one.message_en)

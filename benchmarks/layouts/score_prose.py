"""Forms that state the indicators' scores in sentences."""

from __future__ import annotations

from itertools import groupby, pairwise

from document import Block, Paragraph
from draft import Draft, paragraph
from facts import INSTRUMENT_NAMES, INSTRUMENTS, rounded
from forms import form


def _one(draft: Draft, no: int) -> str:
    """Return a sentence that states one indicator's score."""
    scores = draft.results.scores
    rank = 1 + sum(other > scores[no] for other in scores.values())
    text = draft.say("score_one", indicator=draft.name(no), score=draft.score(scores[no]), rank=str(rank))
    draft.state_score(no, text)
    return text


@form("scores", "prose one by one")
def one_by_one(draft: Draft) -> list[Block]:
    """A sentence an indicator, each a paragraph or an item."""
    texts = [_one(draft, no) for no in draft.results.scores]
    return draft.items(texts) if draft.random.random() < 0.5 else [paragraph(text) for text in texts]


@form("scores", "prose one paragraph")
def one_paragraph(draft: Draft) -> list[Block]:
    """All sentences in one paragraph an instrument."""
    blocks: list[Block] = []
    for instrument, group in groupby(draft.results.scores, INSTRUMENTS.__getitem__):
        mean = draft.score(rounded(draft.results.mean(instrument)))
        names = draft.random.choice(INSTRUMENT_NAMES[instrument])
        head = draft.say("instrument", instrument_name=names, instrument=instrument, score=mean)
        blocks.append(paragraph(" ".join([head, *(_one(draft, no) for no in group)])))
    return blocks


@form("scores", "prose in order")
def in_order(draft: Draft) -> list[Block]:
    """Names first, then their scores "respectively"; or name and score by turns with และ before the last."""
    blocks: list[Block] = []
    respectively = draft.random.random() < 0.5
    for instrument, group in groupby(draft.results.scores, INSTRUMENTS.__getitem__):
        numbers = list(group)
        names = [f"ตัวชี้วัด{draft.name(no)}" for no in numbers]
        scores = [draft.score(draft.results.scores[no]) for no in numbers]
        if respectively:
            text = f"{_joined(names)} ได้คะแนนร้อยละ {_joined(scores)} ตามลำดับ"
        else:
            text = _joined([f"{name} ร้อยละ {score}" for name, score in zip(names, scores, strict=True)])
        text = f"{draft.random.choice(INSTRUMENT_NAMES[instrument])} ({instrument}) จำนวน {len(numbers)} ตัวชี้วัด ได้แก่ {text}"
        text = draft.figures(text)
        for no in numbers:
            draft.state_score(no, text)
        blocks.append(paragraph(text))
    return blocks


def _joined(texts: list[str]) -> str:
    return f"{', '.join(texts[:-1])} และ{texts[-1] if texts[-1][0] not in '0123456789๐๑๒๓๔๕๖๗๘๙' else ' ' + texts[-1]}"


@form("scores", "prose highest lowest")
def highest_lowest(draft: Draft) -> list[Block]:
    """Only the highest and the lowest indicator of the report are named with their scores."""
    scores = draft.results.scores
    order = sorted(scores, key=lambda no: (-scores[no], no))
    top, bottom = order[0], order[-1]
    if scores[order[0]] == scores[order[1]]:
        return one_by_one(draft)
    text = draft.say(
        "score_highest_lowest",
        indicator_a=draft.name(top),
        score_a=draft.score(scores[top]),
        indicator_b=draft.name(bottom),
        score_b=draft.score(scores[bottom]),
    )
    for no in (top, bottom):
        draft.state_score(no, text)
    return [paragraph(text)]


@form("scores", "prose in pairs")
def in_pairs(draft: Draft) -> list[Block]:
    """Two indicators a sentence."""
    blocks: list[Block] = []
    for at, (first, second) in enumerate(pairwise(draft.results.scores)):
        if at % 2:
            continue
        text = draft.say(
            "score_two",
            indicator_a=draft.name(first),
            score_a=draft.score(draft.results.scores[first]),
            indicator_b=draft.name(second),
            score_b=draft.score(draft.results.scores[second]),
        )
        for no in (first, second):
            draft.state_score(no, text)
        blocks.append(paragraph(text))
    return blocks


@form("scores", "questions and answers")
def questions(draft: Draft) -> list[Block]:
    """Questions with the score in the answer."""
    blocks: list[Block] = []
    for no, value in draft.results.scores.items():
        question = draft.random.choice(
            ("ถาม : {name} ได้กี่คะแนน", "Q: ผลการประเมินด้าน{name}เป็นอย่างไร", "คำถาม {name} ประเมินได้เท่าใด")
        ).format(name=draft.name(no))
        mark = {"ถ": "ตอบ :", "Q": "A:", "ค": "คำตอบ"}[question[0]]
        answer = f"{mark} {draft.score(value)} คะแนน"
        draft.state_score(no, f"{question} {answer}")
        blocks += [Paragraph(question, bold=True), Paragraph(answer)]
    return blocks


@form("scores", "none")
def none(draft: Draft) -> list[Block]:
    """No indicator's score is stated."""
    del draft
    return []

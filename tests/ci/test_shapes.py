"""The shape of an article: which words may move, and which lines stay."""

from __future__ import annotations

from shapes import Article, lines_of_several, shape_of


def article(body: str, headline: str = "Ferry returns to the harbour") -> Article:
    return {"headline": headline, "body": body}


def kinds(model: Article, kept: set[str] | None = None) -> dict[str, list[str]]:
    shape = shape_of(model, kept or set())
    return {kind: shape.pieces[places].tolist() for kind, places in shape.movable.items()}


def test_a_shape_gives_back_its_article() -> None:
    bodies = ["One line.\n\nPhoto: Ann Lee\nOne line.", "“Storm!” she said —\n<p>the 12 boats</p>"]
    for body in [*bodies, "東京で雨。\n \n", "हिन्दी में"]:
        shape = shape_of(article(body), set())
        assert shape.lines(shape.pieces) == ["Ferry returns to the harbour", *body.split("\n")]


def test_words_are_told_apart_by_their_looks() -> None:
    found = kinds(article("The ferry met Ann Lee at 10:30. Nobody at NATO saw it (in 2019)."))
    assert {"The", "Nobody"} <= set(found["first"]) and found["name"] == ["Ann", "Lee"]
    assert found["capitals"] == ["NATO"] and found["number 4"] == ["2019"] and "10:30" not in str(found)
    assert "harbour" in found["last word"] and "it" in found["word"] and "in" in found["word"]


def test_markup_and_wrongly_decoded_words_stay() -> None:
    found = kinds(article("the <strong> ferry&nbsp;ran to cafÂ£ and https://harbour.example/boat now"))
    assert found["word"][-3:] == ["the", "to", "and"] and found["last word"][-1] == "now"


def test_each_character_of_japanese_is_a_word() -> None:
    assert kinds(article("東京で雨。", headline=""))["character"] == list("東京で雨")


def test_a_line_under_two_headlines_is_kept_but_not_one_that_an_article_has_twice() -> None:
    one = article("Share this  article\nThe ferry ran.\nThe ferry ran.")
    other = article("share this article\nThe school opened.", headline="School opens")
    kept = lines_of_several([one, other, one])
    assert kept == {"share this article"}
    assert set(kinds(one, kept)) == {"first", "word", "last word"}, "of the headline and the story"
    assert "Share" not in str(kinds(one, kept))


def test_the_head_of_a_short_line_stays() -> None:
    found = kinds(article("Photo: harbour at night\nHe said: " + "the boats came home " * 5))
    assert "Photo" not in str(found) and "He" in found["first"] and "night" in found["last word"]


def test_the_name_of_the_paper_is_no_part_of_the_headline() -> None:
    shape = shape_of(article("It rained.", headline="Ferry returns | Harbour Gazette"), set())
    assert shape.suffix == " | Harbour Gazette" and shape.lines(shape.pieces)[0] == "Ferry returns"

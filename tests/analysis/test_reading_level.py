from gross.analysis.detectors import reading_level
from gross.analysis.measuring import measure, measured
from gross.analysis.outliers import FEWEST
from tests.analysis.makers import lines_as_passages, make_document, make_library, quoted

EASY = "Wash your hands. Use the soap on the wall. Dry them well. Put on the gloves. " * 14
HARD = (
    "Notwithstanding any antecedent authorization, interdisciplinary documentation requirements "
    "necessitate contemporaneous acknowledgement of pharmacological contraindications, "
    "supplementary environmental considerations and organizational responsibilities. "
) * 12


def library_of(*contents):
    return measured(
        make_library(
            *(
                make_document(at, each, passages=lines_as_passages(each))
                for at, each in enumerate(contents, start=1)
            )
        )
    )


def test_the_grade_is_that_of_the_formula():
    easy = measure("The cat sat on the mat.")  # 6 words, 6 syllables

    assert easy.grade == round(0.39 * 6 + 11.8 * 1 - 15.59, 1)


def test_one_far_harder_than_the_rest_is_flagged_with_its_longest_sentences():
    library = library_of(*[EASY] * FEWEST, HARD)

    (finding,) = reading_level.detect(library)

    assert finding.policies == (FEWEST + 1,)
    assert "reads at school grade" in finding.sentence
    hard = library.documents[-1]
    assert quoted(hard, finding.evidence[0].a).startswith("Notwithstanding")


def test_where_all_are_hard_none_is_flagged():
    assert list(reading_level.detect(library_of(*[HARD] * FEWEST))) == []

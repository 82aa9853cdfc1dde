"""The data sets: sizes, classes, facts, and clear errors for files and arrays that do not fit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import datasets, inputs
from helpers.datasets import breast_cancer, digits, flower, from_csv, split, standardise

pytestmark = pytest.mark.filterwarnings("error")
MADE = [datasets.flower, datasets.moons, datasets.circles, datasets.xor, datasets.blobs, datasets.spirals]
made = pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)


@made
def test_sizes_and_classes(make):
    X, Y = make()
    assert X.shape == (2, 400) and Y.shape == (1, 400) and Y.sum() == 200
    assert np.isfinite(X).all() and set(np.unique(Y)) == {0, 1}
    X, Y = make(n_points=7, noise=0)
    assert X.shape == (2, 7) and Y.shape == (1, 7) and Y.sum() == 4
    assert make(n_points=2)[1].tolist() == [[0, 1]]


@made
def test_the_seed_decides(make):
    for a, b in zip(make(seed=5), make(seed=5), strict=True):
        np.testing.assert_array_equal(a, b)
    assert (make(seed=5)[0] != make(seed=6)[0]).any()
    assert (make(noise=0.1)[0] != make(noise=0.3)[0]).any()


@made
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"n_points": 1}, "n_points is a whole number from 2 up; it came as 1"),
        ({"n_points": 2.5}, "n_points.*2.5"),
        ({"n_points": True}, "n_points.*True"),
        ({"n_points": "400"}, "n_points.*'400'"),
        ({"n_points": -4}, "n_points.*-4"),
        ({"noise": -0.1}, "noise is a number from 0 up.*-0.1"),
        ({"noise": np.nan}, "noise.*nan"),
        ({"noise": "0.2"}, "noise.*'0.2'"),
        ({"noise": np.inf}, "noise.*inf"),
        ({"noise": 1j}, "noise.*1j"),
        ({"noise": np.ones(3)}, "noise"),
        ({"seed": -1}, "seed is a whole number from 0 up.*-1"),
        ({"seed": "one"}, "seed.*'one'"),
        ({"seed": 1.5}, "seed.*1.5"),
        ({"seed": None}, "seed.*None"),
    ],
)
def test_bad_settings(make, changed, message):
    with pytest.raises(ValueError, match=message):
        make(**changed)


def test_the_flower_without_noise_is_its_formula():
    X, Y = flower(noise=0)
    theta = np.concatenate([np.linspace(0, np.pi, 200), np.linspace(np.pi, 2 * np.pi, 200)])
    np.testing.assert_allclose(np.linalg.norm(X, axis=0), abs(4 * np.sin(4 * theta)), atol=1e-12)
    assert (Y[0] == (np.arange(400) >= 200)).all()
    r = np.linalg.norm(flower()[0], axis=0)
    assert 4 < r.max() < 5.2


def test_other_shapes_without_noise():
    X, Y = datasets.circles(noise=0)
    np.testing.assert_allclose(np.linalg.norm(X, axis=0), np.where(Y[0] == 1, 1, 2))
    X, Y = datasets.xor(noise=0)
    assert ((X[0] * X[1] < 0) == (Y[0] == 1)).all()
    X, Y = datasets.blobs(noise=0.1)
    assert ((X.sum(axis=0) > 0) == (Y[0] == 1)).all()
    X, Y = datasets.spirals(noise=0)  # one arm is the other turned by half a turn
    np.testing.assert_allclose(X[:, Y[0] == 0], -X[:, Y[0] == 1], atol=1e-12)
    X, Y = datasets.moons(noise=0)
    assert X[1, Y[0] == 0].min() > -0.251 and X[1, Y[0] == 1].max() < 0.251


def test_breast_cancer():
    X, Y = breast_cancer()
    assert X.shape == (30, 569) and Y.shape == (1, 569) and Y.sum() == 212
    assert np.isfinite(X).all() and X[0, 0] == 17.99 and Y[0, 0] == 1
    assert X.min() >= 0 and (X.std(axis=1) > 0).all()


def test_digits():
    X, Y = digits()
    assert X.shape == (64, 1797) and Y.shape == (10, 1797)
    assert (X.min(), X.max()) == (0, 1) and (Y.sum(axis=0) == 1).all()
    assert Y.sum(axis=1).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(m=st.integers(2, 60), share=st.floats(0.01, 0.99), seed=st.integers(0, 10**6))
def test_split_loses_nothing_and_never_leaks(m, share, seed):
    X, Y = np.vstack([np.arange(m), -np.arange(m)]), np.arange(m)[None] % 2
    X_train, Y_train, X_test, Y_test = split(X, Y, share, seed)
    assert sorted(np.concatenate([X_train[0], X_test[0]])) == list(range(m))
    assert not set(X_train[0]) & set(X_test[0])
    for x, y in ((X_train, Y_train), (X_test, Y_test)):  # a column stays one, beside its label
        assert x.shape[1] == y.shape[1] >= 1 and (x[0] == -x[1]).all() and (y[0] == x[0] % 2).all()
    assert X_test.shape[1] == min(max(round(share * m), 1), m - 1)
    np.testing.assert_array_equal(split(X, Y, share, seed)[2], X_test)


def test_split_shuffles():
    X, Y = np.arange(100.0)[None], np.zeros((1, 100))
    first, second = split(X, Y, seed=1)[2], split(X, Y, seed=2)[2]
    assert first.shape == (1, 25) and (first != second).any() and (first != np.sort(first)).any()


def test_standardise_uses_the_training_set_only():
    rng = np.random.default_rng(0)
    X_train, X_test = rng.normal(5, 3, (3, 50)), rng.normal(5, 3, (3, 10))
    X_train[2], far = 0.1, X_test.copy()
    far[:, 0] = 1e6
    train, test = standardise(X_train, X_test)
    np.testing.assert_allclose(train.mean(axis=1), 0, atol=1e-14)
    np.testing.assert_allclose(train.std(axis=1), [1, 1, 0], atol=1e-14)  # a constant row is only shifted
    np.testing.assert_array_equal(standardise(X_train, far)[0], train)
    np.testing.assert_array_equal(standardise(X_train, far)[1][:, 1:], test[:, 1:])
    mean, deviation = X_train[0].mean(), X_train[0].std()
    np.testing.assert_allclose(test[0], (X_test[0] - mean) / deviation, rtol=1e-12)
    whole = standardise([[1, 3]], [[True]])
    assert [part.tolist() for part in whole] == [[[-1, 1]], [[-1]]]


X, Y = flower(n_points=10)


def with_nan(X):
    return np.where(np.arange(X.size).reshape(X.shape) == 1, np.nan, X)


BAD_DATA = {
    "X transposed": (X.T, Y, r"X has shape \(10, 2\) and Y \(1, 10\).*did you mean X\.T\?"),
    "Y transposed": (X, Y.T, r"did you mean Y\.T\?"),
    "both transposed": (X.T, Y.T, r"did you mean X\.T and Y\.T\?"),
    "Y 1-D": (X, Y[0], r"Y has shape \(10,\); it needs rows and columns.*Y\.reshape\(1, -1\)"),
    "X 1-D": (X[0], Y, r"X has shape \(10,\).*X\.reshape"),
    "fewer labels": (X, Y[:, :9], "same examples"),
    "labels 1 and 2": (X, Y + 1, "each 0 or 1; it has 2. Recode"),
    "labels as words": (X, Y.astype(str), "Y holds numbers.*<U"),
    "probabilities": (X, Y * 0.5, "it has 0.5"),
    "X with NaN": (with_nan(X), Y, "X has nan at row 0, column 1. Remove or fill in"),
    "X with infinity": (np.full((2, 10), np.inf), Y, "X has inf at row 0"),
    "Y with NaN": (X, with_nan(Y), "Y has nan at row 0, column 1"),
    "empty": (np.ones((2, 0)), np.ones((1, 0)), r"X has shape \(2, 0\): it is empty"),
    "X of strings": (X.astype(str), Y, "X holds numbers; it came with entries of type <U"),
    "X with None": ([[None, 1.0]], [[0, 1]], "X holds numbers.*object"),
    "X complex": (X + 0j, Y, "complex"),
    "ragged": ([[1, 2], [3]], Y, "X has rows of different lengths"),
    "None": (None, Y, "X holds numbers"),
}


@pytest.mark.parametrize(("X", "Y", "message"), BAD_DATA.values(), ids=BAD_DATA)
def test_bad_data(X, Y, message):
    for call in (split, inputs.require_data):
        with pytest.raises(ValueError, match=message):
            call(X, Y)


@pytest.mark.parametrize("bad", [0, 1, -0.1, 1.5, np.nan, "0.25", None, [0.25], True, 1j], ids=repr)
def test_bad_test_share(bad):
    with pytest.raises(ValueError, match="test_share is between 0 and 1, for example 0.25; it came as"):
        split(X, Y, bad)


def test_bad_split_and_standardise():
    with pytest.raises(ValueError, match="Only 1 example"):
        split(X[:, :1], Y[:, :1])
    with pytest.raises(ValueError, match="seed is a whole number"):
        split(X, Y, seed="one")
    for X_train, X_test, message in (
        (X, np.ones((10, 2)), r"did you mean X_test\.T\?"),
        (X, np.ones((3, 4)), "X_train has 2 rows and X_test 3"),
        (with_nan(X), X, "X_train has nan"),
        (X, with_nan(X), "X_test has nan"),
        (X, X[0], "X_test has shape"),
        (X, np.ones((2, 0)), "X_test .* empty"),
        (X.astype(str), X, "X_train holds numbers"),
        (X, None, "X_test holds"),
    ):
        with pytest.raises(ValueError, match=message):
            standardise(X_train, X_test)


def written(folder, content):
    path = folder / "own.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


GOOD = {
    "plain": "a,b,class\n1,2,no\n3,4,yes\n",
    "no header": "1,2,no\n3,4,yes\n",
    "byte order mark": "\ufeffa,b,class\n1,2,no\n3,4,yes\n",
    "byte order mark, no header": "\ufeff1,2,no\n3,4,yes\n",
    "Windows line ends": "a,b,class\r\n1,2,no\r\n3,4,yes\r\n",
    "semicolons": "a;b;class\n1.0;2;no\n3;4;yes\n",
    "decimal commas": "a;b;class\n1,0;2;no\n+3;4,00;yes\n",
    "tabs": "a\tb\tclass\n1\t2\tno\n3\t4\tyes\n",
    "quoted": '"a, b; c","b","class"\n"1","2","no"\n"3","4","yes"\n',
    "a new line in quotes": '"a\nb",b,class\n1,2,no\n3,4,yes\n',
    "spaces": "a, b, class\n 1, 2, no\n 3, 4, yes \n",
    "empty lines": "\n\na,b,class\n1,2,no\n\n3,4,yes\n,,\n\n",
    "exponents": "a,b,class\n1e0,20e-1,no\n+3,4.,yes",
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_csv_in_many_forms(tmp_path, content):
    X, Y, classes = from_csv(written(tmp_path, content))
    assert (X.tolist(), Y.tolist(), classes) == ([[1, 3], [2, 4]], [[0, 1]], ["no", "yes"])


def test_csv_label_by_name_and_number(tmp_path):
    path = written(tmp_path, "kind,x,y\nb,1,2\na,3,4\n")
    for label in ("kind", 0, -3, np.int64(0)):
        X, Y, classes = from_csv(path, label)
        assert (X.tolist(), Y.tolist(), classes) == ([[1, 3], [2, 4]], [[1, 0]], ["a", "b"])
    assert from_csv(str(path), label="kind")[2] == ["a", "b"]


def test_csv_classes_that_are_numbers(tmp_path):
    X, Y, classes = from_csv(written(tmp_path, "x,n\n1,10\n2,9\n3,9.0\n"))
    assert (Y.tolist(), classes) == (
        [[1, 0, 0]],
        ["9", "10"],
    )  # in the order of their size; 9 and 9.0 are one


def test_csv_with_three_classes_is_one_hot(tmp_path):
    X, Y, classes = from_csv(written(tmp_path, "x,kind\n1,c\n2,a\n3,b\n4,a\n"))
    assert classes == ["a", "b", "c"]
    assert Y.tolist() == [[0, 1, 0, 1], [0, 0, 1, 0], [1, 0, 0, 0]]


@pytest.mark.parametrize(
    "name, words",
    {
        "https://example.org/mine.csv": "^https://example.org/mine.csv is an address. Save the file beside",
        "mine.xlsx": "is a spreadsheet. Export it as CSV",
        "mine.CSV.GZ": "is packed. Unpack it",
    }.items(),
)
def test_what_is_no_csv_file_gets_a_word_on_how_to_make_one(name, words):
    with pytest.raises(ValueError, match=words):
        from_csv(name)


BAD_CSV = {
    "text among numbers": ("a,b,c\n1,2,x\n3,four,y\n", "line 3, 'b': 'four' is not a number"),
    "one class": ("a,c\n1,x\n2,x\n", "one class only, 'x' in 'c'. Two or more"),
    "one class in two spellings": ("a,c\n1,1\n2,1.0\n", "one class only, '1'"),
    "missing number": ("a,b,c\n1,,x\n3,4,y\n", "line 2, 'b': '' is not a number. Fill it in"),
    "NaN": ("a,c\n1,x\nnan,y\n", "line 3, 'a': 'nan' is not a number"),
    "infinite": ("a,c\n1,x\n1e999,y\n", "'1e999' is not a number"),
    "missing class": ("a,c\n1,x\n2,\n", "without a class in 'c'. Fill it in"),
    "gap among classes": ("a,c\n1,0\n2,1\n3,NA\n", "'NA' among the numbers in 'c'.*gap"),
    "header of numbers": (
        "0,1,class\n1,2,0\n3,4,1\n",
        "'class' among the numbers.*Column names must not be numbers",
    ),
    "ragged": ("a,b,c\n1,2,x\n3,y\n", "line 3, has 2 entries where 3 are expected"),
    "empty": ("", "no examples: it needs one line for each"),
    "only empty lines": ("\n\n , ,\n", "no examples"),
    "header only": ("a,b,c\n", "no examples"),
    "one column": ("c\nx\ny\n", "no examples|one column only"),
    "one column of numbers": ("1\n2\n", "one column only.*beside the class"),
    "decimal commas beside points": (
        "a;b;c\n1,5;2.5;x\n3;4;y\n",
        r"line 2, 'a': '1,5' is not a number. A decimal comma\? Write 1\.5",
    ),
    "underscore": ("a,c\n1_0,x\n2,y\n", "'1_0' is not a number"),
    "class not last": (
        "kind,a,b\nx,1,0.1\ny,2,0.2\n",
        "'kind': 'x' is not a number. Is it the class.*label=",
    ),
    "measurement as class": (
        "a,c\n" + "".join(f"1,{k}.5\n" for k in range(30)),
        "30 different classes.*label=",
    ),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\xff\xfe\x00", "cannot be read as text.*Save it as CSV"),
    "UTF-16": ("a,c\n1,x\n2,y\n".encode("utf-16"), "cannot be read as text.*UTF-8"),
    "zero bytes": (b"\x00\x00\x00", "no examples"),
    "open quote": ('a,c\n1,"x\n2,y\n', "one class only|has 1 entries|line"),
}


@pytest.mark.parametrize(("content", "message"), BAD_CSV.values(), ids=BAD_CSV)
def test_bad_csv(tmp_path, content, message):
    with pytest.raises(ValueError, match=message) as error:
        from_csv(written(tmp_path, content))
    assert "own.csv" in str(error.value)


def test_bad_paths_and_labels(tmp_path):
    path = written(tmp_path, "a,c\n1,x\n2,y\n")
    with pytest.raises(ValueError, match="There is no file .*none.csv"):
        from_csv(tmp_path / "none.csv")
    with pytest.raises(ValueError, match="cannot be read"):
        from_csv(tmp_path)
    for label in ("kind", 2, -3, 1.0, ["c"]):
        with pytest.raises(ValueError, match="no column .* for the class. Its columns: a, c"):
            from_csv(path, label)
    with pytest.raises(ValueError, match="Its columns: numbers from 0 to 1"):
        from_csv(written(tmp_path, "1,x\n2,y\n"), "c")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    content=st.one_of(
        st.binary(max_size=80), st.text(alphabet='1ab,;\n"\r\t .-', max_size=60).map(str.encode)
    )
)
def test_any_file_is_data_or_a_clear_error(tmp_path_factory, content):
    path = written(tmp_path_factory.getbasetemp(), content)
    try:
        X, Y, classes = from_csv(path)
    except ValueError as error:
        assert "own.csv" in str(error)
    else:
        assert np.isfinite(X).all() and X.shape[1] == Y.shape[1] and len(classes) >= 2

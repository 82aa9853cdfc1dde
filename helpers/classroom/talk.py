"""What to say in class about a mistake: where the lessons explain it, and a question to put to everybody."""

from helpers.feedback.wording import WORDS, words_for

# identifier: (the number of a lesson, the cell in it that explains this, a question to put to the class)
TALK = {
    # lessons 01 and 02
    "J-brackets": ("01", "01-03", "In 3(a + u), what does the 3 reach?"),
    "local-alone": ("02", "02-14", "u grows by 0.01. By how much does v grow, and by how much then J?"),
    "value-for-slope": ("02", "02-03", "J is 33. Nudge v by 0.01: by how much does J move?"),
    "factor-itself": ("02", "02-17", "Nudge b in b × c by 0.01. Is the change 0.01 × b or 0.01 × c?"),
    "both-factors": ("02", "02-17", "Nudge b in b × c by 0.01. Which of the two factors stays as it is?"),
    "links-added": ("02", "02-14", "One gear turns the next 3 times as fast, that one the last twice?"),
    "one-path": ("02", "02-35", "How many paths lead from b to J? Walk each with your finger."),
    "paths-joined-wrongly": ("02", "02-35", "b moves both factors. Which changes of J join, and how?"),
    # lessons 03 and 04
    "sigmoid-sign": ("03", "03-03", "Let z be 10. Should the answer be near 0 or near 1?"),
    "sigmoid-brackets": ("03", "03-03", "What does Python make of 1 / 1 + np.exp(-z) at z = 0?"),
    "cost-mean-missing": ("04", "logistic-05", "Every example is given twice. Should the cost double?"),
    "cost-mean-brackets": ("04", "logistic-05", "Which terms does the 1/m reach, as the brackets stand?"),
    "cost-sign": ("04", "logistic-05", "log 0.9 is negative. Can a cost be negative?"),
    "cost-half-for-1": ("04", "logistic-05", "y is 1 and a is 0.01. What does this cost say of it?"),
    "cost-half-for-0": ("04", "logistic-05", "y is 0 and a is 0.99. What does this cost say of it?"),
    "cost-not-summed": ("04", "logistic-05", "What is the shape of Y * np.log(A2), and of a cost?"),
    "cost-is-matrix": ("04", "logistic-05", "What is the shape of Y @ np.log(A2).T?"),
    "cost-examples-mixed": ("04", "logistic-05", "In Y @ B, which examples meet which?"),
    # lesson 05
    "bias-missing": ("05", "04-16", "All inputs are 0. What can a unit without a bias answer?"),
    "weights-transposed": ("05", "04-12", "W1 is (n1, n0), X is (n0, m). Which sides meet in W1 @ X?"),
    "weights-order": ("05", "04-12", "W1 is (n1, n0), X is (n0, m). Which of the two comes first?"),
    "X-for-A1": ("05", "forward-03", "Follow one number through the network: what does layer 2 see?"),
    "Z1-for-A1": ("05", "04-42", "Leave out g: what do two layers make together that one could not?"),
    "activation-missing": ("05", "04-42", "Without g, how many layers is W2 (W1 X)?"),
    "sigmoid-for-tanh": ("05", "04-42", "Between which two numbers should a hidden unit answer here?"),
    "tanh-for-sigmoid": ("05", "forward-03", "Which answers of tanh could never be a probability?"),
    # lessons 06 and 07
    "mean-missing": ("07", "05-28", "Every example is given twice. How much larger should dW2 become?"),
    "mean-twice": ("07", "05-30", "In which of the six lines do the examples come together?"),
    "m-counts-inputs": ("07", "05-28", "X is (n0, m). What does len(X) count, and what X.shape[1]?"),
    "halved": ("07", "05-28", "Which of the losses has a ½ in front, this one or the squared one?"),
    "keepdims-missing": ("07", "all-back-15", "b1 is (2, 1). What is the shape of b1 minus an array (2,)?"),
    "sum-wrong-axis": ("07", "05-30", "dZ1 is (n1, m). Which axis runs over the examples?"),
    "sum-over-everything": ("07", "05-30", "How many biases has the layer, so how many numbers has db?"),
    "examples-not-summed": ("07", "05-30", "b1 is (n1, 1), and this has m columns. Where did they join?"),
    "input-not-transposed": ("07", "all-back-09", "How do (n2, m) and (n1, m) make (n2, n1)?"),
    "product-lies": ("07", "all-back-09", "Which shape has W2, and so dW2?"),
    "slope-missing": ("06", "one-back-20", "A unit is saturated. What should become of its gradient?"),
    "g-for-slope": ("06", "05-19", "tanh is 0.99 somewhere. How steep is it there?"),
    "slope-tanh-not-squared": ("06", "05-19", "Where tanh is −1, what would 1 − tanh say its slope is?"),
    "slope-of-sigmoid": ("06", "05-19", "At z = 0, how steep is the sigmoid, and how steep is tanh?"),
    "slope-at-A1": ("06", "05-19", "1 − A1² is the slope at Z1. What is 1 − tanh(A1)²?"),
    "W2-not-transposed": ("06", "one-back-20", "One hidden unit feeds all outputs: which side of W2?"),
    "W1-for-W2": ("06", "one-back-20", "Walk back from the output: which weights do you meet first?"),
    "W2-left-out": ("06", "one-back-20", "A weight of W2 is 0. What should its hidden unit hear?"),
    "slope-of-the-next-layer": ("06", "one-back-20", "dZ1 has a row for each hidden unit. And 1 − A2²?"),
    "dZ2-sign": ("06", "one-back-13", "The truth is 1, the answer 0.3. Which way should z go?"),
    "dZ2-slope-too-many": ("06", "one-back-13", "What cancelled when the log met the sigmoid?"),
    "star-for-matmul": ("05", "04-12", "(3, 4) * (4, 5): what does NumPy say, and what (3, 4) @ (4, 5)?"),
    "matmul-for-star": ("06", "one-back-20", "Does the slope of unit 1 act on what arrives at unit 2?"),
    "dZ2-for-dZ1": ("07", "05-34", "To which layer does dW1 belong, and so which dZ?"),
    # lessons 09 and 10
    "uphill": ("09", "07-05", "The gradient is positive. Does the cost fall to the left or to the right?"),
    "rate-missing": ("09", "07-14", "What does a learning rate of 0 mean? Does this line know it?"),
    "gradient-of-another": ("09", "07-21", "Which shape has the gradient of W1?"),
    "changed-in-place": ("09", "07-23", "What happens to the old parameters with -=?"),
    "result-thrown-away": ("09", "07-28", "The function returns new parameters. Who catches them?"),
    "initialised-in-the-loop": ("09", "07-28", "Where does each epoch begin, if this line is in the loop?"),
    "all-zeros": ("10", "08-05", "All weights are 0. How do two hidden units become different?"),
    "all-the-same": ("10", "08-15", "Two units start alike. What could ever make them differ?"),
    "weights-large": ("10", "08-39", "How steep is tanh at 5? What is left of a gradient there?"),
    "test-set-in-mean": ("11", "09-35", "What may you know about the test set before the test?"),
    "mean-wrong-axis": ("11", "09-35", "Radius and area have units of their own. How many means are there?"),
    # lessons 12 to 14
    "softmax-over-examples": ("12", "classes-20", "Z is (3, 5). How many shares does one example have?"),
    "softmax-over-everything": ("12", "classes-20", "What do the shares of one column sum to then?"),
    "softmax-no-maximum": ("12", "classes-20", "What is exp(1000), and what is infinity over infinity?"),
    "softmax-maximum-of-rows": ("12", "classes-20", "From which z may 1 be taken, so that shares stay?"),
    "softmax-sigmoids-shared": ("12", "classes-15", "Where is there a sigmoid in the formula?"),
    "cost-own-over-examples": ("12", "classes-29", "Y * A2 is (3, m). Which sum leaves m numbers?"),
    "cost-argmax-wrong-axis": ("12", "classes-29", "Y is (3, m). How many class numbers should come out?"),
    "cost-of-sigmoids": ("12", "classes-29", "The own share is 0.7. What do the others have together?"),
    "cost-log-of-0": ("12", "classes-31", "What is 0 × log 0 to NumPy, and what should it cost?"),
    "cost-mean-over-entries": ("12", "classes-29", "Three classes, 100 examples: how many losses are there?"),
    "one-hidden-layer-only": ("13", "deeper-10", "Which lines of yours know how many layers there are?"),
    "dict-made-anew": ("13", "deeper-10", "After the loop, how many layers should be in the dict?"),
    "backward-overwrites": ("14", "autograd-08", "Two arrows arrive at u. What is left of the first one?"),
    "backward-wrong-order": ("14", "autograd-12", "Who may hand on first, who only after all others?"),
    "backward-node-before-inputs": ("14", "autograd-12", "Read the row from the right: who is too early?"),
    "backward-visited-again": ("14", "autograd-12", "How often does u stand in your row, and hand on?"),
    "backward-handed-on-twice": ("14", "autograd-12", "u has handed on 8, then 6 arrive. What may it add?"),
    "backward-not-reset": ("14", "autograd-14", "Run it twice. Is a gradient now twice as large?"),
    "backward-upstream-missing": ("14", "autograd-08", "What comes from the right, and what from the link?"),
    "share-in-the-rule": ("14", "autograd-28", "In Z = W A + b, where is a mean taken?"),
    "W-order-back": ("14", "autograd-26", "A is (k, m), dZ is (n, m). Which product is (k, m)?"),
}  # fmt: skip

UNSAID = {  # identifiers whose words depend on the code
    "shapes-do-not-fit": "Two shapes do not fit.",
    "returns-none": "The function returns nothing: a return is missing.",
    "arguments-differ": "The function takes other arguments than it is called with.",
    "raised-NameError": "A name is used that was never made.",
    "raised-KeyError": "A name is looked up that is not in the dict.",
    "names-differ": "The results have other names than they should.",
    "one-hidden-layer-only": "It is right with one hidden layer, and not with more.",
    "dict-made-anew": "A new dict is made at each turn of the loop, so the entries of before are lost.",
    "output-differs": "What is returned first is not the last A in the cache.",
    "count": "The number of layers is counted wrongly.",
    "range": "The loop over the layers begins or ends at the wrong one.",
    "direction": "The loop over the layers goes the wrong way.",
    "order-of-the-lines": "Two lines stand in the wrong order.",
    "entries-missing": "Some of the results are missing.",
    "own-assert": "The function stops at its own assert.",
    "changed-in-place": "The arrays that it was given are changed in place.",
}
SHAPES = "Write the shapes on the board, one below the other. Which sides should meet?"


def in_plain_words(mistake, words=""):
    """A mistake in words that fit anybody's code.  words: of a check that found it, for want of others."""
    if mistake in UNSAID:
        return UNSAID[mistake]
    if mistake in WORDS or "-for-" in mistake:
        text = words_for(mistake).replace("{names}:", "").replace("{names}", "the result").strip()
        return text[:1].upper() + text[1:]
    if mistake.startswith("raised-"):
        return f"The function stops with {mistake.removeprefix('raised-')}."
    return words.strip().splitlines()[0] if words.strip() else mistake.replace("-", " ")


def where_and_what(mistake, words, exercise_lesson, exercise_title):
    """(number of the lesson, its cell or "", the section's name or "", a question) for a mistake."""
    if mistake in TALK:
        number, cell, question = TALK[mistake]
        return number, cell, "", question
    asked = [part.strip() for part in words.replace("?", "?|").replace(". ", ".|").split("|") if "?" in part]
    return exercise_lesson, "", exercise_title, asked[0] if asked else SHAPES

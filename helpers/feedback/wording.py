"""The words for each mistake, by its identifier: the words may change, an identifier never does.

{names} stands for the results that show the mistake. "W1-for-W2" needs no entry: see words_for.
"""

from helpers.words import listed

WHICH_ARRAY = {  # the question after "… stands where … is meant", by what is meant
    "X": " What does the first layer receive?",
    "A1": " What does the second layer receive?",
    "W2": " Which weights lie between the hidden units and the output?",
    "b2": " Which layer is this?",
}

WORDS = {
    # backward_propagation and the smaller exercise before it
    "star-for-matmul": "{names}: `*` multiplies entry by entry. Is a matrix product meant, with `@`?",
    "m-counts-inputs": "{names}: divided by the number of inputs. Which side of X counts the examples?",
    "mean-missing": "{names}: too large by the factor m. Is the 1/m missing?",
    "mean-twice": "{names}: too small by the factor m. Is the 1/m there twice?",
    "halved": "{names}: half of what it should be. Where does a 2 come from?",
    "keepdims-missing": "{names}: the column was lost, the shape is (n,) and not (n, 1). Is keepdims=True"
    " missing?",
    "examples-not-summed": "{names}: there is a column for each example. Where are the examples summed?",
    "sum-wrong-axis": "{names}: summed over the wrong axis. Examples are columns, so which axis runs over the"
    " examples?",
    "sum-over-everything": "{names}: summed over everything. Each unit has a bias of its own, so over what is"
    " its sum?",
    "bias-lies": "{names}: a row and not a column. A bias has one row for each unit: is there a transpose too"
    " many?",
    "input-not-transposed": "{names}: the second factor is not transposed. Which sides of the two matrices"
    " should meet?",
    "product-lies": "{names}: the result lies on its side. Which factor comes first, and which is"
    " transposed?",
    "wrong-sides-meet": "{names}: the wrong sides of the two factors meet. Which index should disappear: the"
    " examples?",
    "W2-left-out": "{names}: W2 is left out. How strongly does each hidden unit act on the output?",
    "W2-moved": "{names}: W2 has moved already. Are all gradients ready before the first parameter is"
    " updated?",
    "W2-not-transposed": "{names}: W2 is not transposed. From which outputs does one hidden unit collect?",
    "W2-order": "{names}: look at W2 and the gradient of Z2. Which comes first, and which of the two is"
    " transposed?",
    "slope-missing": "{names}: the slope of the activation, g′, is left out.",
    "g-for-slope": "{names}: the factor is g where its slope g′ is meant.",
    "slope-tanh-not-squared": "{names}: the slope has tanh where tanh squared is meant.",
    "slope-plus": "{names}: the slope has a plus. Does tanh get steeper away from zero?",
    "slope-of-number": "{names}: the slope squares the number itself. Is its tanh missing?",
    "slope-at-A1": "{names}: the slope is taken at A1, which is a tanh already. At which number should it be"
    " taken?",
    "slope-of-sigmoid": "{names}: that is the slope of the sigmoid. Which activation do the hidden units"
    " have?",
    "slope-of-relu": "{names}: that is the slope of relu. Which activation do the hidden units have?",
    "matmul-for-star": "{names}: `@` joins the slopes to the rest. Which product gives each entry its own"
    " slope?",
    "dZ2-sign": "The sign of dZ2 is turned round. Is it truth minus prediction, or the reverse?",
    "dZ2-slope-too-many": "dZ2 has a factor σ′ too many. What did it cancel against, with this cost?",
    "dZ2-truth-missing": "dZ2 is the prediction alone. Where does the truth Y come in?",
    "dZ2-is-dA2": "dZ2 is the slope of the loss at A2 so far. Which link leads on from A2 to Z2?",
    "dZ2-half": "dZ2 comes from the half of the loss for Y = 1 alone. Which examples have no part in it?",
    # forward_propagation, and my_sigmoid
    "bias-missing": "{names}: the bias is left out.",
    "bias-subtracted": "{names}: the bias is subtracted. Which way does a bias push?",
    "bias-transposed": "{names}: the bias is transposed. Is it not a column already, one row for each unit?",
    "bias-multiplied": "{names}: the bias is multiplied. What is Z where all inputs are zero?",
    "weights-transposed": "{names}: the weights are transposed. Do they fit as they are, a row for each"
    " unit?",
    "input-transposed": "{names}: the input of the layer is transposed. Are its examples not columns"
    " already?",
    "weights-order": "{names}: look at the order of the weights and the input. Which comes first?",
    "tanh-for-sigmoid": "{names}: that is tanh. Which function keeps the output between 0 and 1?",
    "sigmoid-for-tanh": "{names}: that is the sigmoid. Which activation do the hidden units have?",
    "activation-missing": "{names}: Z is handed on as it is. Where is the activation function?",
    "sigmoid-brackets": "{names}: 1 / 1 + e^(−z) is 1 + e^(−z), division comes first. What belongs under the"
    " bar together?",
    "sigmoid-sign": "{names}: the exponent has the wrong sign. What should the sigmoid do as z grows?",
    "relu-for-activation": "{names}: that is relu. Which activation does this layer have?",
    "slope-for-activation": "{names}: that is the slope of the activation. On the way forward it is g"
    " itself.",
    "e-is-no-power": "{names}: e is multiplied by −Z or added to it. How is a power written?",
    "exp-alone": "{names}: that is e^(−z) alone. What stands around it in the formula?",
    "sigmoid-one-missing": "{names}: the 1 in the sum is missing.",
    # compute_cost
    "log-base": "The logarithm has base 2 or 10. Which logarithm has the slope 1/x?",
    "cost-sign": "The cost has the wrong sign. Logarithms of numbers below 1 are negative: is the minus"
    " missing?",
    "cost-half-for-0": "The second half of the loss is missing. What do the examples with Y = 0 cost?",
    "cost-half-for-1": "The first half of the loss is missing. What do the examples with Y = 1 cost?",
    "cost-minus-brackets": "The minus reaches the first half of the loss only. What should the brackets hold"
    " together?",
    "cost-mean-brackets": "The −1/m reaches the first half of the loss only. What should the brackets hold"
    " together?",
    "cost-log-A2-twice": "Both halves take the logarithm of A2. Which probability has an example with Y = 0?",
    "cost-examples-mixed": "`@` mixes the examples. Does each y not belong with its own prediction, entry by"
    " entry?",
    "cost-squared-error": "That is the squared error. How is the cross-entropy made?",
    "cost-not-summed": "The cost is an array with a loss for each entry. Where is the sum?",
    "cost-for-each-output": "The cost is an array with a number for each output. What should become of the"
    " outputs?",
    "cost-for-each-example": "The cost is an array with a number for each example. Where are the examples"
    " summed?",
    "cost-is-matrix": "`@` and np.dot leave a matrix, (1, 1) with one output. How does it become one number?",
    "cost-keepdims": "The cost has rows and columns, (1, 1), where one number is meant. Is there a keepdims"
    " too many?",
    "cost-mean-missing": "The losses are added up, and the cost is m times too large: is the 1/m missing?",
    "cost-m-counts-outputs": "The cost is divided by the rows of Y. Which side of Y counts the examples?",
    "cost-mean-twice": "The cost is divided by m twice. Where does the second time come from?",
    "cost-halved": "The cost is half of what it should be. Where does a 2 come from?",
    # update_parameters
    "rate-missing": "{names}: the learning rate is left out.",
    "rate-divides": "{names}: divided by the learning rate. Should a smaller rate make a longer step?",
    "uphill": "{names}: that is uphill. The gradient points up, so which way is down?",
    "not-moved": "{names}: nothing has moved. Is there a step for each of them, and is the new value the one"
    " that is returned?",
    "step-alone": "{names}: that is the step alone. What is it subtracted from?",
    "step-order": "{names}: that is the step minus the parameter. Which of the two comes first?",
    "step-factor": "{names}: the whole step has a factor too many, or another than the learning rate. Is it"
    " m, a size, a fixed number?",
    "step-starts-elsewhere": "{names}: the step starts from another parameter. Whose new value is it?",
    "gradient-of-another": "{names}: that is a step with the gradient of another parameter. Which gradient"
    " belongs here?",
    # initialize_parameters
    "sizes-exchanged": "{names}: the two sizes are exchanged. Which of them counts the rows?",
    "n_h-for-n_y": "{names}: n_h stands where n_y is meant, as in the notes. How many units does the second"
    " layer have?",
    "bias-without-columns": "{names}: the array has no columns. A bias is a column: which shape has one?",
    "not-finite-arrays": "{names}: an array of finite numbers is meant. What is it now?",
    "all-zeros": "{names}: all zeros. What would make one hidden unit differ from the next?",
    "all-the-same": "{names}: every entry is the same. What would make one hidden unit differ from the next?",
    "twin-rows": "{names}: some rows are the same, so these hidden units stay twins. Is each weight drawn for"
    " itself?",
    "none-negative": "{names}: no weight is negative. Which random numbers have both signs?",
    "none-positive": "{names}: no weight is positive. Which random numbers have both signs?",
    "weights-large": "{names}: the weights are large; about 0.01 is asked for here. At which weights is tanh"
    " steep at the start?",
    "weights-tiny": "{names}: the weights are tiny, below 0.001. Is the factor there twice?",
    "bias-random": "{names}: random numbers. Once the weights differ, what could a bias start from?",
    "bias-not-zero": "{names}: not zero. Once the weights differ, what could a bias start from?",
    # the scalar graph
    "sum-for-product": "{names}: that is a sum. Which operation joins b and c?",
    "product-for-sum": "{names}: that is a product. Which operation joins a and u?",
    "u-unused": "{names}: u has no part in it. What does the sum add to a?",
    "J-is-v": "{names}: that is v itself. What does the last step do with it?",
    "J-power": "{names}: that is a power of v. Is 3 an exponent or a factor?",
    "J-sum": "{names}: 3 is added to v. What does the last step do with v?",
    "J-brackets": "{names}: the 3 reaches one of the terms only. What stands in the brackets?",
    "K-not-squared": "{names}: nothing is squared so far.",
    "K-doubled": "{names}: the difference is doubled. How is a square written?",
    "K-c-squared": "{names}: only c is squared. Where do the brackets end?",
    "K-brackets-missing": "{names}: only c is squared, and only that is divided. Where are the brackets?",
    "K-each-squared": "{names}: a and c are squared one by one. Which comes first, the difference or the"
    " square?",
    "K-multiplied": "{names}: b multiplies. Which operation does ÷ stand for?",
    "K-upside-down": "{names}: the fraction stands on its head. What is divided by what?",
    "K-quotient-squared": "{names}: the quotient is squared. What is squared in the formula?",
    "K-sum": "{names}: that is a sum in the brackets. Which operation joins a and c?",
    "value-for-slope": "{names}: that is J. How fast does J follow v?",
    "local-alone": "{names}: that is the local derivative alone. What arrives from the right, and how do the"
    " two join?",
    "factor-itself": "{names}: that is the factor itself. Nudge it: by what is the nudge multiplied?",
    "both-factors": "{names}: both factors of the product are in it. Nudge one: by what is the nudge"
    " multiplied?",
    "part-itself": "{names}: the value itself is a factor. By what does a sum grow when one part is nudged?",
    "links-added": "{names}: the two links are added. A nudge is multiplied at each link, so how do they"
    " join?",
    "one-path": "{names}: that is the contribution of one path. How many paths lead from b to J?",
    "path-cut-short": "{names}: the path through the sum ends too early. Which factor does it meet at the"
    " product?",
    "paths-joined-wrongly": "{names}: the contributions of two paths are not added. What happens to J when b"
    " moves both?",
    "slope-is-J": "{names}: that is J itself. How fast does J follow b?",
    "c-missing": "{names}: c is missing. What is the other factor on the straight path?",
    # the gradient checker
    "slope-brackets": "The difference of the two costs is not divided by 2 · step as a whole: where are the"
    " brackets?",
    "slope-doubled": "The slopes are twice what they should be. How far apart are the two places?",
    "slope-turned": "The slopes are turned round. Which comes first, up or down?",
    "error-one-length": "The relative error divides by one of the two lengths only. What stands below the"
    " bar?",
    "error-not-relative": "The error is not relative yet. By which two lengths is the difference divided?",
    "error-entry-by-entry": "That is the worst entry's error. The lesson compares whole arrays, by their"
    " lengths: np.linalg.norm, or relative_error.",
    "error-lengths": "These are not the lengths that are meant. Where is that of a difference wanted,"
    " and where the sum of two lengths?",
    # standardised sets
    "test-set-in-mean": "{names}: examples of the test set went into the mean. What may be known about it?",
    "test-set-in-deviation": "{names}: examples of the test set went into the deviation. What may be known"
    " about it?",
    "mean-wrong-axis": "{names}: averaged over the wrong axis. Is a mean wanted for each row or for each"
    " column?",
    "one-mean": "{names}: one mean for everything. Does each row not have a unit of its own?",
    "deviation-missing": "{names}: the mean is taken out, and the deviation is still there.",
    "mean-not-taken-out": "{names}: divided by the deviation, and the mean is still there.",
    "scale-brackets": "{names}: only the mean is divided by the deviation. What belongs into brackets?",
    "by-variance": "{names}: divided by the variance. Which of the two has the unit of X?",
    "by-m-minus-1": "{names}: the deviation divides by m − 1. Which one does .std give by itself?",
    "by-range": "{names}: scaled to the range from 0 to 1. Which mean and deviation should come out?",
    "unchanged": "{names}: came back unchanged. Is the new array returned, and are the mean and the deviation"
    " taken before X_train changes?",
}


def words_for(mistake):
    """The words for an identifier, with {names} in them."""
    if mistake in WORDS:
        return WORDS[mistake]
    wrong, meant = mistake.split("-for-")
    return f"{{names}}: {wrong} stands where {meant} is meant.{WHICH_ARRAY.get(meant, '')}"


def in_words(found):
    """A line for each mistake of a list of (name of the result, identifier), with all the names that show it.

    An identifier that has no words stands for itself.
    """
    names = {}
    for name, mistake in found:
        names.setdefault(mistake, []).append(name)
    return [words_for(mistake).replace("{names}", listed(who)) for mistake, who in names.items()]


def identifiers(found):
    """The identifiers in such a list, each once."""
    return tuple(dict.fromkeys(mistake for _, mistake in found))

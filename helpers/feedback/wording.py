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
    "names-exchanged": "{names}: each stands under the name of another. Which value goes with which name?",
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
    "slope-of-the-next-layer": "{names}: the slope is taken one layer too late. Of which Z is it the"
    " gradient?",
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
    # the harder exercises
    "unit-slope-missing": "{names}: the slope of the unit, g′, is left out. Through what does the gradient"
    " pass on its way to z?",
    "unit-slope-missing-dW1": "dW1: the slope of the unit, g′, is left out. Through what does the gradient"
    " pass on its way to z?",
    "squared-sign": "{names}: the sign is turned round. What is the derivative of ½ (a − y)² by a?",
    "squared-doubled": "{names}: twice what it should be. What does the ½ in the loss do?",
    "slope-of-a": "{names}: the slope is taken of a. At which number does the sigmoid stand, z or a?",
    "slope-is-a": "{names}: the slope is sigmoid(z) itself. What is da/dz?",
    "slope-of-another": "{names}: 1 − a² is the slope of tanh. What is that of the sigmoid?",
    "loss-for-slope": "{names}: that is the loss, not its slope. What is its derivative by a?",
    "dz-alone": "{names}: that is dz alone. What is the other factor of the product with w?",
    "weight-for-input": "{names}: the weight itself stands where the other factor of its product is meant.",
    "divided-by-s": "{names}: divided by the sum of the weights s. By what does J divide?",
    "s-missing": "The weights s of the examples are left out. Which factor does each loss carry?",
    "s-missing-in-db": "{names}: the weights s are left out there. What arrives at z, and so at b?",
    "s-on-predictions": "s weighs the predictions alone. Does it not belong to the whole difference?",
    "dZ-sign": "The sign of dZ is turned round. Is it truth minus prediction, or the reverse?",
    "dZ-slope-too-many": "dZ has a factor σ′ too many. What did it cancel against, with this cost?",
    "number-for-each-example": "{names}: there is a number for each example. Where are the examples summed?",
    "activation-2-missing": "A3: layer 2 has no activation yet. What stands between Z2 and the next product?",
    "activation-1-missing": "A3: layer 1 has no activation yet. What stands between Z1 and the next product?",
    "Z3-for-A3": "A3: that is Z3. What does the output unit do with it?",
    "tanh-at-the-output": "A3: the output has tanh. Between which two numbers should its answer lie?",
    "sigmoid-in-layer-2": "A3: layer 2 has the sigmoid. Which activation do the hidden layers have here?",
    "sigmoid-in-both": "A3: both hidden layers have the sigmoid. Which activation is asked for here?",
    "b3-missing": "A3: the last bias, b3, is left out.",
    "A1-into-layer-3": "A3: layer 3 gets A1. Whose answers does the output unit weigh?",
    "A2-for-A3": "That is A2. How many layers has this network?",
    "dz2-sign": "The sign of dz2 is turned round. What is the derivative of ½ (z2 − y)² by z2?",
    "dz2-doubled": "dz2 is twice what it should be. What does the ½ in the loss do?",
    "dz2-halved": "dz2 is half of what it should be. What became of the 2 that a square gives?",
    "dz2-sigmoid": "dz2 takes the sigmoid of z2. Has this network one at its output?",
    "square-for-slope": "dW1: the unit's answer z1² stands where its slope is meant. What is the derivative"
    " of z²?",
    "tanh-slope-of-square": "dW1: the slope is that of tanh. What is the derivative of z²?",
    "square-slope-at-a1": "dW1: the slope is taken at a1. At which number does the unit stand, z1 or a1?",
    "square-slope-halved": "dW1: half of what it should be. What is the derivative of z²?",
    "sin-for-slope": "dW1: sin stands where its slope is meant. What is the derivative of sin z?",
    "sin-slope-sign": "dW1: the sign of the slope is turned round. What is the derivative of sin z?",
    "tanh-slope-of-sin": "dW1: the slope is that of tanh. What is the derivative of sin z?",
    "sin-slope-at-A1": "dW1: the slope is taken at A1. At which numbers do the units stand, Z1 or A1?",
    "slope-one-way": "{names}: nudged one way only. At which two places does a central difference ask?",
    "step-fixed": "{names}: another step than the one that is given. Where does it stand in your lines?",
    "direction-left-out": "{names}: the gradients alone. How far does each entry move along the direction?",
    "sizes-added": "{names}: each product is taken without its sign. Can an entry not pull the cost down?",
    "products-of-sums": "{names}: one sum times another. Which gradient belongs to which entry of direction?",
    "mean-for-sum": "{names}: that is a mean. When many paths lead to J, how do their contributions join?",
    "last-gradient-alone": "{names}: the last parameter alone is in it. Where does each of the others join?",
    "weights-alone": "{names}: the weights alone are in it. Do the biases not move as well?",
    "velocity-forgotten": "{names}: that is the gradient. Which part of the old velocity is kept?",
    "velocity-kept-whole": "{names}: the old velocity is kept as a whole. How much of it is to stay?",
    "velocity-takes-a-tenth": "{names}: a tenth of the gradient is added. How much does the sentence add?",
    "velocity-minus": "{names}: the gradient is subtracted there. Which line holds the minus?",
    "velocity-shares-turned": "{names}: nine tenths of the wrong one. Which of the two is kept in part?",
    "velocity-with-rate": "{names}: the learning rate is in it. In which of the two lines does it belong?",
    "moves-by-gradient": "{names}: moved by the gradient alone. Against what does a parameter move here?",
    "moves-by-old-velocity": "{names}: moved by the old velocity. Which comes first, the new velocity or"
    " the step?",
    "scaled-by-units": "{names}: divided by the root of the number of its units. Which side of W counts the"
    " inputs of the layer?",
    "scaled-without-root": "{names}: divided by n itself. Where is the root?",
    "scaled-up": "{names}: multiplied by the root of n. Do many inputs call for larger weights, or smaller?",
    "scaled-not-at-all": "{names}: the random numbers as they came. What is the factor of this layer?",
    "scaled-as-before": "{names}: times 0.01, as before. What takes its place here?",
    "spread-differs": "{names}: the spread is not 1/√n. What is n, for this layer?",
    "mean-not-zero": "{names}: the mean is not 0. Which random numbers have both signs?",
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
    "slopes-all-0": "Every slope comes out as 0. Does the array that takes them hold decimals, and is each"
    " one written into it?",
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
    # the gradients with two penalties
    "first-penalty-missing": "{names}: the penalty with l1 is left out.",
    "second-penalty-missing": "{names}: the penalty with l2 is left out.",
    "sign-left-out": "{names}: the slope of |w| is 1 everywhere there. What is it where w is negative?",
    "weight-for-sign": "{names}: w stands where the slope of |w| is meant. Nudge w = 5: by what is the nudge"
    " multiplied?",
    "size-itself": "{names}: |w| itself stands where its slope is meant.",
    "penalty-doubled": "{names}: the part with l2 is twice what it should be. What does the ½ do?",
    "penalty-halved": "{names}: the part with l2 is half of what it should be. What is the derivative of w²?",
    "square-itself": "{names}: the square itself stands where its slope is meant.",
    "penalty-subtracted": "{names}: the slope of the penalty is subtracted. Does the penalty raise the cost?",
    "penalty-alone": "{names}: that is the slope of the penalty alone. What of the cost before it?",
    "penalties-exchanged": "{names}: l1 and l2 are exchanged. Which of them stands before the squares?",
    "biases-penalised": "{names}: they are penalised as well. Over what do the two sums run?",
    # softmax and its cost
    "softmax-no-maximum": "For usual Z all is right, but exp(1000) is infinite. What may be taken from a"
    " whole column, so that the shares stay?",
    "softmax-over-examples": "{names}: the sum runs over the examples. Whose shares should sum to 1: those of"
    " one column, or of one row?",
    "softmax-over-everything": "{names}: one sum for all examples. Should not each column sum to 1?",
    "softmax-not-divided": "{names}: the columns do not sum to 1. By what is each exp divided?",
    "softmax-mean-for-sum": "{names}: each column sums to the number of classes. Is it divided by a mean?",
    "softmax-sign": "{names}: the largest z got the smallest share. Which sign has the exponent?",
    "softmax-no-exp": "{names}: z itself is shared out, and may be negative. What makes it positive first?",
    "softmax-sigmoids-shared": "{names}: sigmoids are shared out. What takes the place of the sigmoid here?",
    "softmax-sigmoid-left-in": "{names}: that is the sigmoid of each z alone. What do they share?",
    "softmax-maximum-of-rows": "{names}: the largest of each row is taken out, and that changes the shares of"
    " a column. Which axis is one example?",
    "softmax-divided-by-maximum": "{names}: Z is divided by its maximum, and that changes the shares. Which"
    " operation leaves the differences between the z as they are?",
    "softmax-maximum-on-one-side": "{names}: the maximum is taken out on one side of the bar alone. What"
    " should stand above and below it?",
    "softmax-maximum-late": "{names}: the largest is taken out after exp. Where would exp overflow?",
    "softmax-logarithm": "{names}: these are the logarithms of the shares. Which step is left?",
    "cost-log-of-0": "While no output is 0, all is right, but 0 × log 0 is no number. Can the logarithm be"
    " taken of the own class alone?",
    "cost-argmax-of-outputs": "The cost takes the largest output of each example. Which output belongs to its"
    " own class?",
    "cost-argmax-wrong-axis": "The argmax of Y goes over the examples. Along which axis is one example?",
    "cost-Y-as-numbers": "Y stands for row numbers there; it is one-hot. Which entry of its column is the 1?",
    "cost-without-Y": "All outputs are in the cost. Which one of each column counts?",
    "cost-own-over-examples": "The outputs of a whole class are added before the logarithm. Which sum leaves"
    " one number for each example?",
    "cost-without-log": "There is no logarithm. What is the loss of an example whose class got 0.5?",
    "cost-mean-over-entries": "The mean runs over all entries of Y. How many examples are there?",
    "cost-of-sigmoids": "That is the cost of independent sigmoids. What do the other outputs of a softmax add"
    " that the own one has not said?",
    "cost-log-of-the-sum": "The outputs are added before the logarithm. Which comes first, for each example?",
    # the graph of lesson 14
    "backward-overwrites": "A node that is used twice keeps one contribution alone. How do two paths join?",
    "backward-local-missing": "The gradient is handed on as it is. Which factor does each link bring?",
    "backward-upstream-missing": "The local derivatives stand alone. What arrives from the right, and joins?",
    "backward-not-reset": "Called a second time, it adds to the gradients of the first. Where do they begin?",
    "backward-output-not-1": "Every gradient is 0. How fast does the output follow itself, and does that"
    " number still stand when the walk begins?",
    "backward-output-value": "The output begins with its value. How fast does it follow itself?",
    "backward-wrong-order": "Only the inputs of the last operation got a gradient. Does it walk through all"
    " nodes, from right to left?",
    "backward-visited-again": "A node that is used twice hands on twice. Which nodes were seen already?",
    "backward-handed-on-twice": "What a node had before is handed on once more when more arrives. When is its"
    " gradient whole?",
    "backward-links-added": "The local derivative is added to what arrives. How do the links of a path join?",
    "backward-cleared-on-the-way": "Only the output keeps a gradient. Is every node reached, and is one set"
    " to 0 when something has arrived?",
    "backward-value-for-gradient": "The local derivative is multiplied by the value of the node. What arrives"
    " there from the right?",
    "backward-node-before-inputs": "A node hands on before all that use it have. When is its gradient whole?",
    "W-not-transposed-back": "{names}: W stands as on the way forward. Which way does dZ go through it?",
    "W-order-back": "{names}: dZ and W are the other way round. From which side did W come?",
    "share-in-the-rule": "{names}: there is a 1/m too many. Does W A + b know of a mean?",
    "slope-in-the-rule": "{names}: there is a slope too many. Has W A + b an activation?",
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

"""What a check says: is a function right, which mistake is in it, and in which words.

judge: whether one of the network's functions is right, and what is wrong with it
explain: what is said about a wrong function; lines: the words about lines and names
trace: the first line that goes wrong; known: what the formulas know; watched: the values that are made
repair: the smallest edit that mends a line; names: where names come from; limits: time, and where it stopped
tasks: what each of these functions is called with and should return
exercises: how the other exercises are judged, in the order of the lessons
mistakes: the catalogue of mistakes with their words; recognise: which of them explain a result
trials: how a learner's function is called; messages: what is said about results and errors
predictions: a prediction beside the truth
"""

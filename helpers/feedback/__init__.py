"""What a check says: is a function right, which mistake is in it, and in which words.

judge: whether one of the network's functions is right, and what is wrong with it
explain: what is said about a wrong function; lines: the words about lines and names
trace: the first line that goes wrong; known: what the formulas know; watched: the values that are made
repair: the smallest edit that mends a line; names: where names come from; limits: time, and where it stopped
tasks: what each of these functions is called with and should return
exercises: how the smaller exercises are judged; gradient_checkers, training_loops and initialisation: three
more of them, each in a module of its own; harder and harder_training: the second exercise of a lesson
depth: the exercises of lesson 13; graphs: those of lesson 14; graph_lines: the line of a backward() of theirs
mistakes: the catalogue of mistakes, each with an identifier; wording: the words for each identifier;
recognise: which of them explain a result
trials: how a learner's function is called; limits: for how long; errors: what is said if it stops
messages: a check's result, and what is said about results that differ
cells: cells that stopped with an error; hints: which folded hint fits after two failed checks
predictions: a prediction beside the truth
"""

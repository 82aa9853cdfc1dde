"""Random edits of right versions, put through the judge: what it does with them is counted here."""

import time
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from helpers.feedback.judge import judge
from helpers.feedback.limits import NeverEnds, at_most, quiet
from tests import learners, mutations
from tests.facts import Facts, false_statements
from tests.mutations import changes_dicts, defined, is_right

VERSIONS = [
    (task, source)
    for task in mutations.VERSIONS
    for source in [*learners.RIGHT[task], *mutations.VERSIONS[task]]
]


@dataclass
class Tally:
    """What the judge did with random edits."""

    wrong: int = 0
    equal: int = 0  # edits that change nothing
    quoted: int = 0  # the line that is quoted is an edited one
    misjudged: list = field(default_factory=list)  # passed though wrong, or refused though right
    false: list = field(default_factory=list)  # (statements, source, message)
    missed: list = field(default_factory=list)  # (source, numbers of the edited lines, message)
    seconds: list = field(default_factory=list)  # of the processor, for each check

    def run(self, seed, times, edits):
        """Judge so many random edits of each right version, one after the other."""
        for k, (task, source) in enumerate(VERSIONS):
            if _right(defined(mutations.normal(source)), task):
                rng = np.random.default_rng([seed, k])
                for mutant in islice(mutations.mutants(source, rng, edits), times):
                    self.add(task, mutant)
                    yield self

    def add(self, task, mutant):
        """Judge one edit, and hold what is said against the facts."""
        function = defined(mutant.source)
        right = _right(function, task)
        if right and changes_dicts(function, task):
            return
        began = time.process_time()
        result = judge(task, function)
        self.seconds.append(time.process_time() - began)
        if right or result.passed:
            self.equal += 1
            if not (result.passed and (right or result.one_output and _right_for_one(task, mutant.source))):
                self.misjudged.append((mutant.source, result.message))
            return
        self.wrong += 1
        hit = result.line is not None and result.line[0] in mutant.numbers
        self.quoted += hit
        if not hit:
            self.missed.append((mutant.source, mutant.numbers, result.message))
        if statements := [*false_statements(task, mutant.source, result)]:
            self.false.append((statements, mutant.source, result.message))

    def __str__(self):
        p95, worst = np.quantile(self.seconds, [0.95, 1])
        share = self.quoted / max(1, self.wrong)
        return (
            f"{self.wrong} wrong, {self.equal} equal, {len(self.misjudged)} misjudged, {share:.1%} with the"
            f" line, {len(self.false)} with a false statement, 95 % within {p95:.2f} s, all in {worst:.2f} s"
        )


def _right(function, task):
    try:
        with quiet(), at_most(20):
            return is_right(function, task)
    except NeverEnds:
        return False


def _right_for_one(task, source):
    facts = Facts(task, source)
    return all(facts.is_right(run) for run in facts.runs if run["sizes"][2] == 1)

"""Works out the main numbers of an exported report again, with SciPy alone.

    python3 docs/verify_report.py report.json

The file is what the menu "Export" of an experiment gives as "JSON, to verify". Checked are answers, failures and attempts, and of metrics that have a value of each row: means, differences,
Wilson's intervals, Tango's intervals and McNemar's test (mid-p, exact for few rows) for rates, the intervals and paired t tests of scores and of numbers such as milliseconds (Student's t and
Hall's cubic, the wider, and no narrower than what no change in so many rows allows), and the judge's mean before it is corrected.
What is reckoned in another way (groups, weights, failed rows, metrics of all rows, bands) is counted as not checked: `pipewright verify` checks those too.
Needs Python 3.9 and SciPy 1.9. Ends with 1 where a number differs by more than 1e-6.
"""

import json
import math
import sys
from collections import defaultdict

from scipy import optimize, stats

TOLERANCE = 1e-6


def row_means(task, scorer, key, variant):
    """Mean over the repeats of each row that has a value."""
    seen = defaultdict(list)
    # Of a variant that was dropped the first rows count, and not what was under way beyond them.
    rows = next((drop["rows"] for drop in task.get("dropped", []) if drop["variant"] == variant), math.inf)
    for cell in task["cells"]:
        if cell["row"] >= rows:
            continue
        score = cell["scores"].get(scorer) if cell["variant"] == variant else None
        value = None if score is None else score["values"].get(key)
        if value is not None:
            seen[cell["row"]].append(value)
    return {row: math.fsum(values) / len(values) for row, values in seen.items()}


def wilson(mean, rows, alpha):
    z2 = stats.norm.ppf(1 - alpha / 2) ** 2
    middle = (mean + z2 / (2 * rows)) / (1 + z2 / rows)
    reach = math.sqrt(z2 * (mean * (1 - mean) / rows + z2 / (4 * rows**2))) / (1 + z2 / rows)
    return middle - reach, middle + reach


def tango_score(higher, lower, rows, delta):
    """Tango, 1998: how far the difference is from `delta`, in standard errors at the most likely shares with that difference."""
    a = 2 * rows
    b = -higher - lower + (2 * rows - higher + lower) * delta
    c = -lower * delta * (1 - delta)
    share = (math.sqrt(max(0.0, b * b - 4 * a * c)) - b) / (2 * a)
    variance = rows * (2 * share + delta * (1 - delta))
    distance = higher - lower - rows * delta
    return 0.0 if distance == 0 else math.copysign(math.inf, distance) if variance <= 0 else distance / math.sqrt(variance)


def tango(higher, lower, rows, alpha):
    z = stats.norm.ppf(1 - alpha / 2)
    estimate = (higher - lower) / rows

    def bound(sign, end):
        def beyond(delta):
            return sign * tango_score(higher, lower, rows, delta) - z

        inner, outer = estimate, end
        if beyond(outer * (1 - 1e-15)) < 0:
            return end
        return optimize.bisect(lambda delta: min(beyond(delta), 1e9), inner, outer * (1 - 1e-15), xtol=1e-13)

    return bound(1, -1.0), bound(-1, 1.0)


def cube_root(x):
    return math.copysign(abs(x) ** (1 / 3), x)


def straightened(t, skew):
    """Hall, 1992: the cubic of a t statistic that is Student's where rows are skewed."""
    return t if abs(skew) < 1e-9 else ((1 + skew * t / 3) ** 3 - 1) / skew + skew / 6


def bent(z, skew):
    return z if abs(skew) < 1e-9 else 3 / skew * (cube_root(1 + skew * (z - skew / 6)) - 1)


class Mean:
    """Mean of independent rows of one weight, with its error and its own skewness."""

    def __init__(self, values):
        self.rows = len(values)
        self.mean = math.fsum(values) / self.rows
        off = [value - self.mean for value in values]
        squares = math.fsum(each * each for each in off)
        self.error = stats.sem(values) if self.rows > 1 else math.nan
        self.skew = math.fsum(each**3 for each in off) / squares**1.5 if squares > 0 else 0.0
        self.known = self.rows > 1 and self.error > 0

    def interval(self, alpha):
        quantile = stats.t.ppf(1 - alpha / 2, self.rows - 1)
        return (
            self.mean - self.error * max(quantile, bent(quantile, self.skew)),
            self.mean + self.error * max(quantile, -bent(-quantile, self.skew)),
        )

    def p(self):
        t = self.mean / self.error
        cubic = straightened(t, self.skew)
        least = max(0.0, min(t, cubic)) if t > 0 else min(0.0, max(t, cubic))
        return min(1.0, 2 * stats.t.cdf(-abs(least), self.rows - 1))


def of_scores(moved, alpha):
    """Differences of scores between 0 and 1: p, and the interval that also holds Tango's, in units of a move, and what rows may hide that did not change."""
    mean = Mean(moved)
    total, squares, sizes = math.fsum(moved), math.fsum(d * d for d in moved), math.fsum(abs(d) for d in moved)
    size = min(1.0, squares / sizes) if squares > 0 else 1.0
    ahead, changed = total / size, squares / size**2
    wins, losses = max(0.0, (changed + ahead) / 2), max(0.0, (changed - ahead) / 2)
    rows = max(mean.rows, wins + losses)
    count = sum(d != 0 for d in moved)
    least = min(1.0, 2.0 ** (1 - count))
    p = max(least, mean.p() if mean.known else 0, 2 * stats.norm.sf(abs(tango_score(wins, losses, rows, 0))))
    low, high = (size * bound for bound in tango(wins, losses, rows, alpha))
    if mean.known:
        student = mean.interval(alpha)
        low, high = min(low, student[0]), max(high, student[1])
    most = 1.0 if count < 20 or 2 * count < mean.rows else min(1.0, 2 * max(abs(d) for d in moved))
    reach = most * tango(0, 0, mean.rows, alpha)[1]
    wide = min(low, mean.mean - reach), max(high, mean.mean + reach)
    if p > alpha:
        low, high = min(0, wide[0]), max(0, wide[1])
    else:
        low, high = (low, wide[1]) if mean.mean > 0 else (wide[0], high)
    return p, max(-1, low), min(1, high)


def of_numbers(moved, largest, alpha):
    """Differences without bounds: judged from 72 rows, and where no few rows carry the mean. No bounds before."""
    mean = Mean(moved)
    enough, changed = mean.rows >= 72, sum(d != 0 for d in moved)
    even = changed == mean.rows and not mean.known
    honest = enough and (changed == 0 or even or (mean.known and abs(mean.skew) <= 0.25))
    p = max(min(1.0, 2.0 ** (1 - changed)), mean.p() if mean.known else 0) if honest and changed > 0 else 1.0
    if not enough:
        return p, None, None
    if mean.known:
        bounds = mean.interval(alpha)
    else:
        reach = (2 * abs(mean.mean) if even else largest) * tango(0, 0, mean.rows, alpha)[1]
        bounds = mean.mean - reach, mean.mean + reach
    tail = max(abs(d - mean.mean) for d in moved) / mean.rows if abs(mean.skew) > 0.1 else 0
    wide = bounds[0] - tail, bounds[1] + tail
    if p > alpha:
        return p, min(0, wide[0]), max(0, wide[1])
    return (p, bounds[0], wide[1]) if mean.mean > 0 else (p, wide[0], bounds[1])


def main(path):
    with open(path, encoding="utf-8") as handle:
        file = json.load(handle)
    task, report = file["task"], file["report"]
    differing, checked, left = [], 0, 0

    def check(where, says, found):
        nonlocal checked
        checked += 1
        if says is None and found is None:
            return
        if says is None or found is None or abs(says - found) > TOLERANCE * max(1, abs(found)):
            differing.append(f"{where}: the file says {says}, SciPy says {found}")

    for place, said in enumerate(report["variants"]):
        own = [cell for cell in task["cells"] if cell["variant"] == place]
        tried = sum(cell.get("attempts", 1) for cell in own)
        check(f'{said["key"]}, answers', said["cells"], len(own))
        check(f'{said["key"]}, failures', said["failures"], sum(cell["status"] == "failure" for cell in own))
        check(f'{said["key"]}, attempts', said.get("attempts", said["cells"]), tried)
    groups = [row["group"] for row in task["rows"] if row["group"] is not None]
    keys = [row.get("inputsKey") for row in task["rows"] if row.get("inputsKey")]
    plain = (
        len(set(groups)) == len(groups)
        and len(set(keys)) == len(keys)
        and len({row["weight"] for row in task["rows"]}) <= 1
    )
    lacking = any(score.get("lacking") for cell in task["cells"] for score in cell["scores"].values())
    sources = any(cell.get("source") for cell in task["cells"])
    complete = len(task["cells"]) >= task["cellsTotal"]
    for metric in report["metrics"]:
        scorer, key = metric["id"].split(".", 1)
        if metric["kind"] != "mean" or not plain or lacking or sources:
            left += 1
            continue
        means = {value["variant"]: row_means(task, scorer, key, value["variant"]) for value in metric["values"]}
        alpha = 1 - report["confidence"]
        for value in metric["values"]:
            estimate, own = value["estimate"], list(means[value["variant"]].values())
            if estimate is None or estimate["method"] == "prediction-powered":
                left += 1
                continue
            where = f'{metric["id"]}, {task["variants"][value["variant"]]["key"]}'
            mean = math.fsum(own) / len(own)
            check(f"{where}, mean", estimate["value"], mean)
            if estimate["method"] == "wilson":
                low, high = wilson(mean, len(own), alpha)
            elif estimate["method"] == "student-skewed" and Mean(own).known:
                low, high = Mean(own).interval(alpha)
                if metric["scale"] == "unit":
                    low, high = min(1, max(0, low)), min(1, max(0, high))
            else:
                left += 1
                continue
            check(f"{where}, low", estimate["low"], low)
            check(f"{where}, high", estimate["high"], high)
        for comparison in metric["comparisons"]:
            difference, test = comparison["difference"], comparison["test"]
            if difference is None:
                continue
            base, own = means[report["baseline"]], means[comparison["variant"]]
            # Numbers that part only in their last digits are the same: means of repeats are rounded.
            moved = [
                0.0 if abs(own[row] - base[row]) <= 1e-12 * max(abs(own[row]), abs(base[row])) else own[row] - base[row]
                for row in own
                if row in base
            ]
            where = f'{metric["id"]}, {task["variants"][comparison["variant"]]["key"]} against the baseline'
            alone = math.fsum(moved) / len(moved)
            if comparison.get("corrected"):
                check(f"{where}, judge alone", comparison["corrected"]["judge"], alone)
                left += 1
                continue
            if comparison.get("adjusted"):
                check(f"{where}, difference without adjusting", comparison["adjusted"]["plain"], alone)
                left += 1
                continue
            check(f"{where}, difference", difference["value"], alone)
            if test is None or not complete:
                left += 1
                continue
            higher, lower = sum(each > 0 for each in moved), sum(each < 0 for each in moved)
            level = 1 - comparison["confidence"]
            if test["name"] in ("mcnemar-mid-p", "mcnemar-exact"):
                few, all_ = min(higher, lower), higher + lower
                twice = 2 * stats.binom.cdf(few, all_, 0.5)
                less = stats.binom.pmf(few, all_, 0.5) if test["name"] == "mcnemar-mid-p" else 0
                mid = min(1, twice - less) if all_ else 1
                p = max(mid, 2 * stats.norm.sf(abs(tango_score(higher, lower, len(moved), 0))))
                low, high = tango(higher, lower, len(moved), level)
            elif test["name"] == "paired-t-skewed":
                if metric["scale"] == "number":
                    largest = max(abs(value) for side in (base, own) for value in side.values())
                    p, low, high = of_numbers(moved, largest, level)
                else:
                    p, low, high = of_scores(moved, level)
                check(f"{where}, p", test["pValue"], p)
                check(f"{where}, low", difference["low"], low)
                check(f"{where}, high", difference["high"], high)
                continue
            else:
                left += 1
                continue
            if p > level:
                low, high = min(0, low), max(0, high)
            check(f"{where}, p", test["pValue"], p)
            check(f"{where}, low", difference["low"], low)
            check(f"{where}, high", difference["high"], high)
    for line in differing:
        print(line)
    print(f"{checked} numbers checked, {len(differing)} differ; {left} figures were reckoned in a way that is not checked here.")
    return 1 if differing else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))

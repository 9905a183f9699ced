"""Works out the main numbers of an exported report again, with SciPy alone.

    python3 docs/verify_report.py report.json

The file is what the menu "Export" of an experiment gives as "JSON, to verify". Checked are, of metrics that have a value of each row: means, differences,
Wilson's intervals, Tango's intervals and McNemar's mid-p test for rates, and the judge's mean before it is corrected; of means and their differences that intervals
are nowhere narrower than Student's and p nowhere smaller than the paired t test's, because skew may only make them wider.
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
    for cell in task["cells"]:
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


def main(path):
    with open(path, encoding="utf-8") as handle:
        file = json.load(handle)
    task, report = file["task"], file["report"]
    differing, checked, left = [], 0, 0

    def check(where, says, found):
        nonlocal checked
        checked += 1
        if says is None or abs(says - found) > TOLERANCE * max(1, abs(found)):
            differing.append(f"{where}: the file says {says}, SciPy says {found}")

    def check_wider(where, low, high, student_low, student_high):
        """An interval without bounds says nothing, which is never too much."""
        nonlocal checked
        checked += 1
        slack = TOLERANCE * max(1, abs(student_low), abs(student_high))
        if low is not None and (low > student_low + slack or high < student_high - slack):
            differing.append(f"{where}: the file says {low} to {high}, Student's t {student_low} to {student_high}")

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
            elif estimate["method"].startswith("student") and len(own) > 1:
                low, high = stats.t.interval(1 - alpha, len(own) - 1, mean, stats.sem(own))
                if metric["scale"] == "unit":
                    low, high = max(0, low), min(1, high)
                check_wider(f"{where}, interval", estimate["low"], estimate["high"], low, high)
                continue
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
            moved = [own[row] - base[row] for row in own if row in base]
            where = f'{metric["id"]}, {task["variants"][comparison["variant"]]["key"]} against the baseline'
            alone = math.fsum(moved) / len(moved)
            if comparison.get("corrected"):
                check(f"{where}, judge alone", comparison["corrected"]["judge"], alone)
                left += 1
                continue
            check(f"{where}, difference", difference["value"], alone)
            if test is None or not complete:
                left += 1
                continue
            higher, lower = sum(each > 0 for each in moved), sum(each < 0 for each in moved)
            level = 1 - comparison["confidence"]
            if test["name"] == "mcnemar-mid-p":
                few, all_ = min(higher, lower), higher + lower
                mid = min(1, 2 * stats.binom.cdf(few, all_, 0.5) - stats.binom.pmf(few, all_, 0.5)) if all_ else 1
                p = max(mid, 2 * stats.norm.sf(abs(tango_score(higher, lower, len(moved), 0))))
                low, high = tango(higher, lower, len(moved), level)
            elif test["name"].startswith("paired-t") and difference["method"].startswith("student") and len(moved) > 1:
                error = stats.sem(moved)
                low, high = stats.t.interval(1 - level, len(moved) - 1, alone, error) if error > 0 else (alone, alone)
                if metric["scale"] != "number":
                    low, high = max(-1, low), min(1, high)
                check_wider(f"{where}, interval", difference["low"], difference["high"], low, high)
                p = stats.ttest_1samp(moved, 0).pvalue if error > 0 else 0
                check_wider(f"{where}, p", test["pValue"] - 1, test["pValue"], test["pValue"] - 1, p)
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

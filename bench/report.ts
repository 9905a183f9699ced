// What the report of a large experiment takes: seconds of processor time of this process alone, so that what else runs hardly counts. Accuracy, macro-F1,
// macro precision, macro recall and latency, two tags, two splits; the rows are drawn with a seed.
//   node --import tsx bench/report.ts [--rounds 3]
import { parseArgs } from "node:util";
import { buildReport } from "@/runtime/eval/report/build-report";
import { experiment } from "@/runtime/eval/report/report-fixture";
import { labelAccuracy } from "@/runtime/eval/scorers/label/accuracy";
import { seededRandom } from "@/runtime/fine-tuning/seeded-random";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const rounds = Number(values.rounds);
const labels = ["billing", "delivery", "refund", "account", "defect", "praise"];
const cases = [
  { variants: 2, rows: 50_000, limit: 2 },
  { variants: 8, rows: 50_000, limit: 4.5 },
];

const inputOf = (variants: number, rows: number) => {
  const shares = Array.from({ length: variants }, (_, variant) => 0.7 + variant / 100);
  const drawn = experiment(shares, rows);
  const random = seededRandom(7);
  const label = () => labels[Math.floor(random() * labels.length)] ?? "";
  const wanted = Array.from({ length: rows }, label);
  const { type, metrics } = labelAccuracy;
  return {
    ...drawn,
    primary: "labels.accuracy",
    scorers: drawn.scorers.map((scorer) => (scorer.id === "labels" ? { ...scorer, type, metrics } : scorer)),
    cells: drawn.cells.map((cell) => {
      const actual = wanted[cell.row] ?? "";
      const right = cell.scores.labels?.values.right === 1;
      const predicted = right ? actual : label();
      const scores = { labels: { values: { accuracy: Number(predicted === actual) }, parts: { actual, predicted } } };
      return { ...cell, scores: { ...cell.scores, ...scores } };
    }),
  };
};

for (const { variants, rows, limit } of cases) {
  const input = inputOf(variants, rows);
  const taken = Array.from({ length: rounds }, () => {
    const began = process.cpuUsage();
    buildReport(input);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  }).toSorted((one, other) => one - other);
  const middle = taken[Math.floor(rounds / 2)] ?? 0;
  console.log(
    `${middle < limit ? "holds" : "FAILS"}: ${input.cells.length.toLocaleString("en-US")} answers of ${variants} variants: ${taken.map((each) => each.toFixed(2)).join(", ")} s of processor time, limit ${limit} s`,
  );
  if (middle >= limit) process.exitCode = 1;
}

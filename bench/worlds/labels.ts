import type { Chance } from "./chance";
import { differsBy } from "./draws";
import type { DrawnCell, World } from "./world";

const scorer = { id: "label", type: "label/accuracy" };
const said = (actual: string, predicted: string): DrawnCell => ({
  scores: { label: { values: { accuracy: actual === predicted ? 1 : 0 }, parts: { actual, predicted } } },
});

/** Expected labels with these shares; an answer is right with `right`, else it is another of them. */
const answering = (shares: Readonly<Record<string, number>>, right: number) =>
  ((chance: Chance) => () => {
    const names = Object.keys(shares);
    const luck = chance.uniform();
    const actual =
      names.find((_, place) => luck < names.slice(0, place + 1).reduce((sum, name) => sum + (shares[name] ?? 0), 0)) ??
      (names[0] as string);
    const own = () => said(actual, chance.is(right) ? actual : chance.pick(names.filter((name) => name !== actual)));
    return { cells: [[own()], [own()]] };
  }) satisfies World["begin"];

const alike = { scorers: [scorer], truth: () => differsBy(0), effects: { null: 0 }, unwatched: true } as const;

/** Metrics of all rows together. */
export const labelWorlds: readonly World[] = [
  {
    ...alike,
    name: "macro-f1",
    says: "150 rows, three labels, macro-F1",
    primary: "label.macro-f1",
    rows: 150,
    begin: answering({ yes: 0.4, no: 0.35, maybe: 0.25 }, 0.8),
  },
  {
    ...alike,
    name: "rare-labels",
    says: "150 rows, two of five labels in 3 % each, macro recall",
    primary: "label.recall",
    rows: 150,
    begin: answering({ yes: 0.4, no: 0.34, maybe: 0.2, never: 0.03, always: 0.03 }, 0.8),
  },
  {
    ...alike,
    name: "stray-answers",
    says: "150 rows, the variant right in 95.7 %, else any stray word; the baseline right in 77.3 %; macro-F1",
    primary: "label.macro-f1",
    rows: 150,
    effects: { null: 0.184 },
    uncovered: true,
    truth: (effect) => differsBy(effect),
    begin: (chance) => (row) => {
      const actual = row % 2 === 0 ? "yes" : "no";
      const wrong = actual === "yes" ? "no" : "yes";
      return {
        cells: [
          [said(actual, chance.is(0.773) ? actual : wrong)],
          [said(actual, chance.is(0.957) ? actual : `word ${row}`)],
        ],
      };
    },
  },
];

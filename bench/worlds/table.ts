import type { Tally } from "./tally";
import type { World } from "./world";

export const limits = { wrong: 0.055, coverage: [0.94, 0.97], settled: [0.75, 0.85] } as const;

/** Two standard errors: beyond a limit by more is no chance of so few experiments. */
const noise = (share: number, of: number) => 2 * Math.sqrt((share * (1 - share)) / Math.max(1, of));

/** `!` where a limit is broken beyond chance, `?` where it may be chance. */
const markOf = (excess: number, slack: number) => (excess <= 0 ? "" : excess > slack ? " !" : " ?");

const shareCell = (count: number, of: number, limit: number = limits.wrong): string =>
  of === 0 ? "" : `${((100 * count) / of).toFixed(1)}${markOf(count / of - limit, noise(limit, of))}`;

const coverageCell = ({ covered, asked }: Tally): string => {
  if (asked === 0) return "";
  const share = covered / asked;
  const mark =
    share > limits.coverage[1] ? " wide" : markOf(limits.coverage[0] - share, noise(limits.coverage[0], asked));
  return `${(100 * share).toFixed(1)}${mark}`;
};

const settledCell = ({ settled, advised }: Tally): string => {
  if (advised === 0) return "";
  const share = settled / advised;
  const [low, high] = limits.settled;
  const mark = share < low ? markOf(low - share, noise(low, advised)) : markOf(share - high, noise(high, advised));
  return `${(100 * share).toFixed(1)} of ${advised}${mark}`;
};

export const lineOf = (world: World, tally: Tally): string => {
  const { played, wrong, wrongAtEnd, unsafe, missed, passed, powered, found } = tally;
  const gate = world.gate !== undefined;
  const cells = [
    world.name,
    world.says,
    String(played),
    gate || world.advice ? "" : shareCell(wrong, played),
    gate || world.advice ? "" : shareCell(wrongAtEnd, played),
    gate || world.unwatched ? "" : shareCell(missed, played),
    world.margin === undefined ? "" : shareCell(unsafe, played),
    gate ? shareCell(passed, played) : "",
    gate ? "" : coverageCell(tally),
    settledCell(tally),
    powered === 0 ? "" : `${((100 * found) / powered).toFixed(1)} (${world.effects.power})`,
  ];
  return `| ${cells.join(" | ")} |`;
};

export const head = [
  "| world | what it is | experiments | wrong | wrong at the end | band missed | unsafe | gate passed | coverage | advice settles | power (at) |",
  "|---|---|---|---|---|---|---|---|---|---|---|",
];

/** Whether a line breaks a limit by more than chance allows. */
export const isBroken = (line: string): boolean => line.includes(" !");

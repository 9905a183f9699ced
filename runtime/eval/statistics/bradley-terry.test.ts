import { describe, expect, it } from "vitest";
import { bradleyTerry, type Match } from "./bradley-terry";

/** American League of 1987, who won how often against whom: A. Agresti, Categorical Data Analysis (2002), table 10.10. The last is the reference. */
const league = [
  [0, 7, 9, 7, 7, 9, 11],
  [6, 0, 7, 5, 11, 9, 9],
  [4, 6, 0, 7, 7, 8, 12],
  [6, 8, 6, 0, 6, 7, 10],
  [6, 2, 6, 7, 0, 7, 12],
  [4, 4, 5, 6, 6, 0, 6],
  [2, 4, 1, 3, 1, 7, 0],
];
const games = (): Match[] => {
  const matches: Match[] = [];
  for (let first = 0; first < 7; first += 1)
    for (let second = first + 1; second < 7; second += 1)
      for (const [one, other, share] of [
        [first, second, 1],
        [second, first, 0],
      ] as const)
        for (let game = 0; game < (league[one]?.[other] ?? 0); game += 1)
          matches.push({ first, second, share, weight: 1, cluster: matches.length % 30 });
  return matches;
};
const match = (first: number, second: number, share: number, cluster = 0): Match => ({
  first,
  second,
  share,
  weight: 1,
  cluster,
});

describe("strengths of several that were compared in pairs", () => {
  it("are those of statsmodels, with its errors over clusters", () => {
    const found = bradleyTerry(games(), 7, 6);
    const values = [
      1.5813558766613947, 1.4364084318124377, 1.2944851239118065, 1.2476178451413886, 1.1076977053786554,
      0.6838527691591622,
    ];
    const errors = [
      0.29708619315314905, 0.3043989247831389, 0.3548987263008527, 0.40227640100731277, 0.2645467651668876,
      0.40387673750406144,
    ];
    expect(found?.clusters).toBe(30);
    for (const [team, value] of values.entries()) {
      expect(found?.values[team]).toBeCloseTo(value, 9);
      expect(found?.errors[team]).toBeCloseTo((errors[team] ?? 0) * Math.sqrt(30 / 29), 9);
    }
    expect(found?.values[6]).toBe(0);
  });

  it("are the log odds of two, ties being half a win each", () => {
    const matches = [1, 1, 1, 0.5, 0.5, 0, 0, 0.5].map((share, row) => match(1, 0, share, row));
    const found = bradleyTerry(matches, 2, 0);
    expect(found?.values[1]).toBeCloseTo(Math.log(4.5 / 3.5), 12);
  });

  it("have no bounds for who has only won, only lost, or met nobody", () => {
    const rows = [
      match(1, 0, 1, 0),
      match(1, 0, 0, 1),
      match(2, 0, 1, 0),
      match(2, 0, 1, 1),
      match(3, 0, 0, 0),
      match(3, 0, 0, 1),
    ];
    const found = bradleyTerry(rows, 5, 0);
    expect(found?.bounded).toEqual([0, 1]);
    expect(found?.values[1]).toBeCloseTo(0, 12);
    for (const left of [2, 3, 4]) expect(found?.values[left]).toBeNaN();
    expect(bradleyTerry([], 3, 0)?.bounded).toEqual([0]);
    expect(bradleyTerry([match(1, 0, 0.5)], 2, 0)?.errors[1]).toBeNaN();
  });

  it("end where one is far ahead", () => {
    const rows = Array.from({ length: 5_000 }, (_, row) => match(1, 0, row === 0 ? 0 : 1, row));
    expect(bradleyTerry(rows, 2, 0)?.values[1]).toBeCloseTo(Math.log(4_999), 6);
  });
});

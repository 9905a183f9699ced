import { describe, expect, it } from "vitest";
import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import { casesToSettle } from "./cases-to-settle";
import { levelOfLook } from "./looks";
import { normalQuantile } from "./normal";

const random = seededRandom(7);
const normal = () => normalQuantile(random());
const deviation = 0.4;

interface State {
  readonly mean: number;
  readonly rows: number;
  readonly look: number;
  readonly level: number;
}
const errorOf = ({ rows }: State) => deviation / Math.sqrt(rows);
const isSettled = (state: State) => Math.abs(state.mean) > normalQuantile(1 - state.level / 2) * errorOf(state);
const first = (effect: number, rows: number): State => ({
  mean: effect + (deviation * normal()) / Math.sqrt(rows),
  rows,
  look: 1,
  level: levelOfLook(1, 0.05, []),
});
const advice = (state: State) =>
  casesToSettle(
    { value: state.mean, error: errorOf(state), margin: null, negligible: 0, alpha: 0.05, own: state.level, ...state },
    50_000,
  );
const followed = (state: State, more: number, effect: number): State => {
  const rows = state.rows + more;
  const fresh = effect + (deviation * normal()) / Math.sqrt(more);
  const look = state.look + 1;
  const correlation = Math.sqrt(state.rows / rows);
  return {
    mean: (state.mean * state.rows + fresh * more) / rows,
    rows,
    look,
    level: levelOfLook(look, 0.05, [{ level: state.level, correlation }]),
  };
};

describe("looks at one question", () => {
  it("leave the whole alpha to the first, and less the less a later one shares with it", () => {
    const levelAfter = (correlation: number) => levelOfLook(2, 0.05, [{ level: 0.05, correlation }]);
    expect(levelOfLook(1, 0.05, [])).toBe(0.05);
    expect(levelAfter(0)).toBeCloseTo(0.05 / 100, 12);
    expect(levelAfter(0.5)).toBeGreaterThan(levelAfter(0));
    expect(levelAfter(0.99)).toBeGreaterThan(levelAfter(0.9));
    expect(levelAfter(1)).toBeCloseTo(0.05, 4);
    expect(levelOfLook(30, 0.05, [])).toBeGreaterThan(0);
  });

  it("are wrong no more often than one, where the advice is followed", () => {
    let wrong = 0;
    const experiments = 2_000;
    for (let each = 0; each < experiments; each += 1) {
      const state = first(0, 200);
      const more = isSettled(state) ? null : advice(state);
      if (isSettled(more === null ? state : followed(state, more, 0))) wrong += 1;
    }
    expect(wrong / experiments).toBeLessThan(0.055 + 2 * Math.sqrt((0.05 * 0.95) / experiments));
  });

  it.each([0.02, 0.06])("settle it in 75 to 85 of 100 where the difference stays as seen (about %s)", (effect) => {
    let [settled, told] = [0, 0];
    while (told < 1_200) {
      const state = first(effect, 200);
      const more = isSettled(state) ? null : advice(state);
      if (more === null) continue;
      told += 1;
      if (isSettled(followed(state, more, state.mean))) settled += 1;
    }
    expect(settled / told).toBeGreaterThan(0.75);
    expect(settled / told).toBeLessThan(0.85);
  });

  it("ask for what shows that a variant is not worse where a margin is asked, and for nothing where no number would", () => {
    const open = {
      value: -0.01,
      error: 0.03,
      rows: 200,
      look: 1,
      alpha: 0.05,
      own: 0.05,
      level: 0.05,
      negligible: 0.01,
    };
    const [margin, none] = [
      casesToSettle({ ...open, margin: 0.05 }, 1e6),
      casesToSettle({ ...open, margin: null }, 1e6),
    ];
    expect(margin).toBeGreaterThan(0);
    expect(margin).toBeLessThan((none ?? 1e6) / 5);
    expect(casesToSettle({ ...open, margin: 0.05 }, 300)).toBeNull();
    expect(casesToSettle({ ...open, error: 0, margin: null }, 1e6)).toBeNull();
  });
});

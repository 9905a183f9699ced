import { describe, expect, it } from "vitest";
import { type PersonAnswer, type PersonQuestion, peopleLimits } from "@/runtime/node/people";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { flowHumanReview } from "./human-review";

describeNode(flowHumanReview, "nodes/flow/human-review.ts");

const answered: PersonAnswer = {
  outcome: "approved",
  value: "v",
  edited: false,
  form: {},
  note: "",
  by: ["Ada"],
  at: "2026-01-01T00:00:00.000Z",
};
type Config = Parameters<typeof flowHumanReview.config.parse>[0];

const review = async (
  config: Config,
  inputs: { readonly value: unknown; readonly confidence?: number } & Readonly<Record<string, unknown>>,
  answer: Partial<PersonAnswer> = {},
  id = "run-1",
) => {
  const asked: PersonQuestion[] = [];
  const ctx = nodeContext({
    run: { id, inputs: {} },
    people: {
      ask: async (question) => {
        asked.push(question);
        return { ...answered, value: question.value, ...answer };
      },
    },
  });
  const outputs = await flowHumanReview.run({ config: flowHumanReview.config.parse(config), inputs, ctx });
  return { outputs: outputs as Readonly<Record<string, unknown>>, asked };
};

describe("what a person is asked", () => {
  it("is the value, what was chosen to stand beside it, and whoever is named", async () => {
    const { asked } = await review(
      {
        title: "Answer",
        shown: ["letter", "absent"],
        emails: ["ada@example.com"],
        reviewers: 2,
        dueMinutes: 5,
        escalateMinutes: 2,
      },
      { value: "We are sorry", letter: "It broke", secret: "not chosen" },
    );
    expect(asked).toMatchObject([
      {
        title: "Answer",
        value: "We are sorry",
        shown: [{ name: "letter", value: "It broke" }],
        assignees: { emails: ["ada@example.com"], role: "editor" },
        reviewers: 2,
        dueSeconds: 300,
        escalation: { afterSeconds: 120, role: "owner" },
      },
    ]);
    expect(JSON.stringify(asked)).not.toContain("not chosen");
  });

  it("are the options of the settings, or else the texts that come in, each once", async () => {
    expect((await review({ kind: "choose", options: ["a", "b"] }, { value: "x" })).asked[0]?.options).toEqual([
      "a",
      "b",
    ]);
    expect((await review({ kind: "choose" }, { value: ["x", "y", "x", 3] })).asked[0]?.options).toEqual([
      "x",
      "y",
      "3",
    ]);
    await expect(review({ kind: "choose" }, { value: "no list" })).rejects.toThrow("nothing to choose from");
    const many = Array.from({ length: peopleLimits.options + 1 }, (_, index) => index);
    await expect(review({ kind: "choose" }, { value: many })).rejects.toThrow("51 options");
  });
});

describe("the policy", () => {
  const unsure = { ask: "unsure", below: 0.8, sample: 0 } as const;
  it.each([
    [0.79, 1],
    [0.8, 0],
    [1, 0],
    [Number.NaN, 1],
    [undefined, 1],
  ])("with a confidence of %s asks %s times", async (confidence, times) => {
    const { asked } = await review(unsure, { value: "v", ...(confidence === undefined ? {} : { confidence }) });
    expect(asked).toHaveLength(times);
  });

  it("asks a random share of the others, the same in the same run", async () => {
    const draw = async (run: number) =>
      (await review({ ...unsure, sample: 0.2 }, { value: "v", confidence: 1 }, {}, `run-${run}`)).asked.length;
    const drawn = await Promise.all(Array.from({ length: 2000 }, (_, run) => draw(run)));
    const share = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
    // Four standard errors of a share of 0.2 among 2,000.
    expect(Math.abs(share - 0.2)).toBeLessThan(0.036);
    expect(await Promise.all(Array.from({ length: 50 }, (_, run) => draw(run)))).toEqual(drawn.slice(0, 50));
  });

  it("draws for each value of one run by itself, as in a map", async () => {
    const draws = await Promise.all(
      Array.from(
        { length: 200 },
        async (_, item) => (await review({ ...unsure, sample: 0.5 }, { value: item, confidence: 1 })).asked.length,
      ),
    );
    expect(new Set(draws).size).toBe(2);
  });
});

describe("an answer", () => {
  it("sends on what was approved, as it was edited, with who and when", async () => {
    const { outputs } = await review({ kind: "edit" }, { value: "a" }, { value: "b", edited: true, note: "typo" });
    expect(outputs).toEqual({
      approved: "b",
      review: { outcome: "approved", edited: true, by: ["Ada"], at: answered.at, note: "typo" },
    });
  });

  it("gives the values of a form", async () => {
    const form = { type: "object", properties: { amount: { type: "number" } } };
    const { outputs } = await review({ kind: "form", form }, { value: "claim" }, { form: { amount: 3 } });
    expect(outputs).toMatchObject({ approved: "claim", form: { amount: 3 } });
  });

  it("that rejects takes the other branch alone", async () => {
    const { outputs } = await review({}, { value: "a" }, { outcome: "rejected" });
    expect(Object.keys(outputs).sort()).toEqual(["rejected", "review"]);
  });

  it("that never came is a branch, a default or a failure", async () => {
    const late = { outcome: "timed-out", by: [] } as const;
    expect((await review({}, { value: "a" }, late)).outputs).toMatchObject({ timedOut: "a" });
    expect((await review({ onTimeout: "default" }, { value: "a" }, late)).outputs).toMatchObject({ approved: "a" });
    expect((await review({ onTimeout: "default", default: "no" }, { value: "a" }, late)).outputs).toMatchObject({
      approved: "no",
    });
    await expect(review({ onTimeout: "fail" }, { value: "a" }, late)).rejects.toThrow("Nobody answered in time");
  });
});

describe("settings", () => {
  it.each([
    [{ shown: ["value"] }],
    [{ shown: ["a", "a"] }],
    [{ shown: Array.from({ length: 21 }, (_, index) => `n${index}`) }],
    [{ kind: "form" }],
    [{ kind: "form", form: { type: "string" } }],
    [
      {
        kind: "form",
        form: {
          type: "object",
          properties: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, {}])),
        },
      },
    ],
    [{ reviewers: 0 }],
    [{ reviewers: 11 }],
    [{ dueMinutes: 0 }],
    [{ dueMinutes: 527_041 }],
    [{ emails: ["nobody"] }],
  ])("refuse %j", (config) => {
    expect(flowHumanReview.config.safeParse(config).success).toBe(false);
  });
});

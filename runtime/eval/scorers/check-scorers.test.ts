import { describe, expect, it } from "vitest";
import type { ScorerSpec } from "../contract/experiment-spec";
import { checkScorers } from "./check-scorers";

const surroundings = { outputs: ["label", "note"], expected: ["department"] };
const check = (scorers: readonly Partial<ScorerSpec>[], primary = "a.accuracy") =>
  checkScorers({ scorers: scorers.map((each) => ({ config: {}, ...each })) as ScorerSpec[], primary }, surroundings);

describe("scorers of an experiment", () => {
  it("are ready with their settings filled in and the only expected column chosen", () => {
    const { ready, problems } = check([{ id: "a", type: "label/accuracy", output: "label" }]);
    expect(problems).toEqual([]);
    expect(ready[0]).toMatchObject({ output: "label", expected: "department", config: { averages: true } });
  });

  it("say so where an expression names what is not there, or gives no score", () => {
    const messages = ["answer == 1", '"good"', "size(outputs) > 0 ? 1.0 : 0.5"].map(
      (expression) =>
        check([{ id: "a", type: "custom/expression", config: { expression } }], "a.score").problems[0]?.message,
    );
    expect(messages).toEqual([
      "Unknown variable: answer",
      "It gives string, and should give true, false or a number from 0 to 1.",
      undefined,
    ]);
  });

  it("say what is wrong with each of them, and where", () => {
    const { problems } = check(
      [
        { id: "a", type: "label/accuracy" },
        { id: "b", type: "text/never" },
        { id: "c", type: "text/regex", output: "label", config: { pattern: "(" } },
        { id: "d", type: "text/exact", output: "gone" },
        { id: "e", type: "custom/expression", config: { expression: "output ==" } },
      ],
      "a.nothing",
    );
    expect(problems.map(({ at }) => at)).toEqual([
      "scorers.0.output",
      "scorers.1.type",
      "scorers.2.config.pattern",
      "scorers.3.output",
      "scorers.4.config.expression",
    ]);
    expect(problems.map(({ code, parameters }) => [code, parameters])).toEqual([
      ["output-open", { names: "label, note" }],
      ["scorer-unknown", { type: "text/never" }],
      ["setting-invalid", { detail: problems[2]?.message }],
      ["output-unknown", { name: "gone" }],
      ["setting-invalid", { detail: problems[4]?.message }],
    ]);
    expect(check([{ id: "a", type: "run/latency" }]).problems).toEqual([
      {
        at: "primary",
        code: "metric-unknown",
        parameters: { name: "a.accuracy", known: "a.duration" },
        message: 'There is no metric "a.accuracy". Known: a.duration.',
      },
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { dataJson } from "./json";

describeNode(dataJson, "nodes/data/json.ts");

const run = async (config: object, value: unknown) => {
  const logs: string[] = [];
  const ctx = nodeContext({ log: (_, message) => logs.push(message) });
  const outputs = await dataJson.run({ config: dataJson.config.parse(config), inputs: { value }, ctx });
  return { outputs, logs };
};

const schema = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };

describe("reading", () => {
  it("takes JSON and text alike", async () => {
    expect((await run({}, '{"a": [1]}')).outputs).toEqual({ value: { a: [1] } });
    expect((await run({}, { a: [1] })).outputs).toEqual({ value: { a: [1] } });
    expect((await run({}, "null")).outputs).toEqual({ value: null });
  });

  it("finds JSON in a reply unless it is told to be strict", async () => {
    const reply = 'Here:\n```json\n{"n": 1}\n```';
    const { outputs, logs } = await run({ path: "n" }, reply);
    expect(outputs).toEqual({ value: 1 });
    expect(logs).toEqual(["The text around the JSON was left out."]);
    await expect(run({ lenient: false }, reply)).rejects.toMatchObject({ code: "value-invalid" });
  });

  it.each([
    [{}, "oops", /not JSON/],
    [{}, "{oops", /not complete/],
    [{}, "", /empty/],
    [{ path: "a.b" }, { a: {} }, /The path a\.b found nothing: "a" has no field "b"/],
    [{ path: "__proto__" }, {}, /has no field/],
    [{ schema }, { n: "1" }, /does not fit: n must be a number, is 1/],
  ])("with %j refuses %j", async (config, value, message) => {
    await expect(run(config, value)).rejects.toMatchObject({
      code: "value-invalid",
      message: expect.stringMatching(message),
    });
    const { outputs } = await run({ ...config, onInvalid: "branch" }, value);
    expect(outputs).toMatchObject({ invalid: { problem: expect.stringMatching(message) } });
    expect(outputs).not.toHaveProperty("value");
  });
});

describe("the settings", () => {
  it("refuse a path or a schema that cannot be used", () => {
    expect(dataJson.config.safeParse({ path: "a..b" }).success).toBe(false);
    expect(dataJson.config.safeParse({ schema: { requried: [] } }).success).toBe(false);
  });

  it("show the port for what does not fit only when it is used", () => {
    const ports = (config: object) =>
      typeof dataJson.outputs === "function" ? Object.keys(dataJson.outputs(dataJson.config.parse(config))) : [];
    expect(ports({})).toEqual(["value"]);
    expect(ports({ onInvalid: "branch" })).toEqual(["value", "invalid"]);
  });
});

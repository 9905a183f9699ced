import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes";
import { buildDocument } from "@/runtime/testing/build-document";
import { sourceThrough } from "./passes";
import { validate } from "./validate";

const input = { type: "io/input", config: { fields: [{ name: "text" }, { name: "more" }] } };
const template = (text: string) => ({ type: "text/template", config: { template: text } });
const output = { type: "io/output", config: { outputs: [{ name: "answer" }] } };
const stops = (...given: Parameters<typeof buildDocument>) =>
  validate(buildDocument(...given), catalog).flatMap(({ code, at, params }) =>
    code === "step-off-stops" ? [[at?.node, ...String(params?.steps).split("\n")]] : [],
  );

describe("a step that is switched off", () => {
  it("is no matter where its one input goes on", () => {
    const nodes = { in: input, off: { ...template("{{a}}"), disabled: true }, next: template("{{b}}"), out: output };
    expect(stops(nodes, ["in.text > off.a", "off.text > next.b", "next.text > out.answer"])).toEqual([]);
  });

  it("is said to stop what depends on it where several inputs would fit, and none has the output's name", () => {
    const nodes = {
      in: input,
      off: { ...template("{{a}} {{b}}"), disabled: true },
      next: template("{{c}}"),
      out: output,
    };
    const wires = ["in.text > off.a", "in.more > off.b", "off.text > next.c", "next.text > out.answer"];
    expect(stops(nodes, wires)).toEqual([["off", "next", "out"]]);
    const named = { ...nodes, off: { ...template("{{text}} {{b}}"), disabled: true } };
    expect(stops(named, ["in.text > off.text", ...wires.slice(1)])).toEqual([]);
  });

  it("lets through what a prompt is asked about, never what only its instructions are filled with", () => {
    const nodes = (user: string) => ({
      in: input,
      off: { type: "prompt/chat", config: { system: "You are {{persona}}.", user }, disabled: true },
      out: output,
    });
    const wires = (asked: string) => ["in.more > off.persona", `in.text > off.${asked}`, "off.text > out.answer"];
    expect(stops(nodes("{{question}}"), wires("question"))).toEqual([]);
    const document = buildDocument(nodes("{{question}}"), wires("question"));
    expect(sourceThrough(document, catalog, { node: "off", port: "text" })).toEqual({ node: "in", port: "text" });
    expect(stops(nodes("Go on."), wires("persona").slice(0, 1).concat("off.text > out.answer"))).toEqual([
      ["off", "out"],
    ]);
  });

  it("is said to stop what depends on it where nothing fits: a classifier's text is no label", () => {
    const nodes = {
      in: input,
      off: { type: "classifier/examples", disabled: true },
      next: template("{{c}}"),
      out: output,
    };
    const wires = ["in.text > off.text", "off.label > next.c", "next.text > out.answer", "in.more > out.answer"];
    expect(stops(nodes, wires.slice(0, 3))).toEqual([["off", "next", "out"]]);
  });

  it("leaves alone what another wire keeps going, and is told of once for all behind it", () => {
    const nodes = {
      in: input,
      off: { ...input, config: { fields: [{ name: "other" }] }, disabled: true },
      dead: template("{{a}}"),
      further: template("{{a}}"),
      merge: { type: "flow/merge", config: {} },
      out: output,
    };
    const wires = [
      "off.other > dead.a",
      "dead.text > further.a",
      "further.text > merge.input1",
      "in.text > merge.input2",
      "merge.value > out.answer",
    ];
    expect(stops(nodes, wires)).toEqual([["off", "dead", "further"]]);
  });
});

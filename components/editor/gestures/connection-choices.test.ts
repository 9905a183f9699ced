import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { buildDocument } from "@/runtime/testing/build-document";
import { createPortLookup } from "../store/node-ports";
import { connectionChoices } from "./connection-choices";

const template = (text: string) => ({ type: "text/template", config: { template: text } });
const document = buildDocument(
  {
    in: { type: "io/input", config: { fields: [{ name: "text" }, { name: "photo", kind: "image" }] } },
    one: template("{{a}} {{b}}"),
    two: template("{{c}}"),
  },
  ["in.text > one.a", "one.text > two.c"],
);
const choices = (node: string, end?: Parameters<typeof connectionChoices>[2]["end"]) =>
  connectionChoices(document, createPortLookup(catalog), { node, ...(end && { end }) }).map(
    ({ from, to, taken }) => `${from.node}.${from.port} > ${to.node}.${to.port}${taken ? " !" : ""}`,
  );

describe("the wires that could be laid", () => {
  it("at a step are those that fit, free inputs first, without those that are there and those that would close a circle", () => {
    expect(choices("one")).toEqual(["in.text > one.b"]);
    expect(choices("in")).toEqual(["in.text > one.b", "in.text > two.c !"]);
  });

  it("at one port are those of that port", () => {
    expect(choices("one", { side: "input", ref: { node: "one", port: "b" } })).toEqual(["in.text > one.b"]);
    expect(choices("in", { side: "output", ref: { node: "in", port: "photo" } })).toEqual([]);
    expect(choices("gone")).toEqual([]);
  });
});

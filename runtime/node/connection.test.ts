import { describe, expect, it } from "vitest";
import { canConnect, convert } from "./connection";
import { portKinds } from "./port";

describe("what may be wired to what", () => {
  it.each(portKinds)("wires %s to itself and to anything, and anything to it", (kind) => {
    expect(canConnect(kind, kind)).toBe(true);
    expect(canConnect(kind, "any")).toBe(true);
    expect(canConnect("any", kind)).toBe(true);
  });

  it("takes a picture and a recording for a file, and not the other way round", () => {
    expect([canConnect("image", "file"), canConnect("audio", "file")]).toEqual([true, true]);
    expect([canConnect("file", "image"), canConnect("file", "audio"), canConnect("image", "audio")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("reads files and passages as JSON, and writes passages but no files as text", () => {
    expect(portKinds.filter((kind) => canConnect(kind, "json"))).toEqual([
      "json",
      "image",
      "audio",
      "file",
      "documents",
      "any",
    ]);
    expect(portKinds.filter((kind) => canConnect(kind, "text"))).toEqual([
      "text",
      "number",
      "boolean",
      "json",
      "documents",
      "any",
    ]);
  });
});

describe("a value on its way into a text input", () => {
  const passage = {
    id: "c1",
    knowledgeBaseId: "k1",
    documentId: "d1",
    documentName: "Handbook.pdf",
    text: "Repairs are free for two years.",
    score: 0.5,
    page: 3,
    heading: "Warranty",
    start: 0,
    end: 31,
  };

  it.each([
    [1.5, "1.5"],
    [false, "false"],
    ["as it is", "as it is"],
    [{ a: 1 }, '{\n  "a": 1\n}'],
    [[], "[]"],
    [[{ text: "no passage" }], '[\n  {\n    "text": "no passage"\n  }\n]'],
  ])("writes %j", (value, text) => {
    expect(convert(value, "text")).toBe(text);
  });

  it("numbers passages and says where they stand", () => {
    const { page: _page, heading: _heading, ...bare } = passage;
    expect(convert([passage, { ...bare, id: "c2", text: "二年保修。" }], "text")).toBe(
      "[1] Handbook.pdf, page 3, Warranty\nRepairs are free for two years.\n\n[2] Handbook.pdf\n二年保修。",
    );
  });

  it("leaves a value for any other input alone", () => {
    expect(convert([passage], "documents")).toEqual([passage]);
  });
});

import { expect, test } from "vitest";
import { z } from "zod";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import * as port from "@/runtime/node/port";
import { buildDocument } from "@/runtime/testing/build-document";
import { migrateDocument } from "./migrate";
import { validate } from "./validate";

const lifted = defineNode({
  type: "text/lifted",
  version: 3,
  title: { en: "Lifted", zh: "Lifted" },
  summary: { en: "Lifted", zh: "Lifted" },
  icon: "box",
  config: z.object({ words: z.array(z.string()).default([]), loud: z.boolean().default(false) }),
  inputs: {},
  outputs: { text: port.text() },
  migrations: {
    2: ({ text, ...rest }) => ({ ...rest, words: (text as string).split(" ") }),
    3: (config) => ({ ...config, loud: true }),
  },
  examples: [{ name: "x", config: {}, inputs: {}, outputs: { text: "" } }],
  run: async () => ({ text: "" }),
});
const catalog = createCatalog([lifted]);
const saved = (typeVersion: number, config: Record<string, string | string[]>) =>
  buildDocument({ a: { type: "text/lifted", typeVersion, config } });

test("lifts a config through every version in between", () => {
  const [node] = migrateDocument(saved(1, { text: "two words" }), catalog).nodes;
  expect(node).toMatchObject({ typeVersion: 3, config: { words: ["two", "words"], loud: true } });
});

test("gives the same document back where nothing is old or known", () => {
  const document = saved(3, {});
  expect(migrateDocument(document, catalog)).toBe(document);
  expect(migrateDocument(document, createCatalog([]))).toBe(document);
});

test("does not change the saved config", () => {
  const document = saved(1, { text: "a b" });
  migrateDocument(document, catalog);
  expect(document.nodes[0]?.config).toEqual({ text: "a b" });
});

test("leaves what cannot be lifted alone, and validation says why", () => {
  const newer = saved(4, {});
  expect(migrateDocument(newer, catalog)).toBe(newer);
  expect(validate(newer, catalog)).toContainEqual(
    expect.objectContaining({
      code: "node-version-unknown",
      params: { node: "a", type: "text/lifted", version: 4, newest: 3 },
    }),
  );
  const broken = saved(1, { words: [] });
  expect(migrateDocument(broken, catalog)).toBe(broken);
  expect(validate(broken, catalog)).toContainEqual(
    expect.objectContaining({ code: "config-invalid", at: { node: "a" } }),
  );
});

test("an old document validates and is never lifted by hand first", () => {
  expect(validate(saved(1, { text: "a" }), catalog).filter(({ severity }) => severity === "error")).toEqual([]);
});

test("lifts variants as the whole settings that they stand for", () => {
  const document = {
    ...saved(1, { text: "two words" }),
    variants: { a: [{ id: "v", label: "Other", config: { text: "three more words" } }] },
  };
  expect(migrateDocument(document, catalog).variants).toEqual({
    a: [{ id: "v", label: "Other", config: { words: ["three", "more", "words"] } }],
  });
});

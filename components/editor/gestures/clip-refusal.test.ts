import { expect, test } from "vitest";
import { graphLimits } from "@/runtime/graph/document";
import { readClip } from "./clip";
import { clipRefusal } from "./clip-refusal";

const step = (id: string) => ({ id, type: "text/template", typeVersion: 1, config: {}, disabled: false });
const clip = (count: number) =>
  JSON.stringify({
    format: "pipewright/clip",
    version: 1,
    nodes: Array.from({ length: count }, (_, index) => step(`n${index}`)),
    edges: [],
    layout: {},
  });

test.each([
  ["5,000 steps", clip(5_000), { code: "too-many", count: 5_000, most: graphLimits.nodes }],
  ["a clip of no steps", clip(0), { code: "damaged" }],
  ["a page", "<!doctype html><html><body>Hello</body></html>", { code: "html" }],
  ["a piece of a page", '<div class="x">Hello</div>', { code: "html" }],
  ["words", "a < b and c > d", { code: "not-json" }],
  ["a number", "12", { code: "not-json" }],
  ["a list", "[1, 2]", { code: "not-json" }],
  ["half a clip", clip(2).slice(0, 80), { code: "not-json" }],
  [
    "a pipeline of n8n",
    '{"nodes":[{"name":"Start","type":"n8n-nodes-base.start","position":[1,2]}],"connections":{}}',
    { code: "other-product", product: "n8n" },
  ],
  [
    "an app of Dify, as YAML",
    "app:\n  mode: workflow\nkind: app\nversion: 0.6.0\n",
    { code: "other-product", product: "Dify" },
  ],
  ["a flow of Langflow", '{"data":{"nodes":[],"edges":[]},"name":"x"}', { code: "other-product", product: "Langflow" }],
  [
    "a flow of Flowise",
    '{"nodes":[{"id":"1","data":{"inputAnchors":[]}}],"edges":[]}',
    { code: "other-product", product: "Flowise" },
  ],
  ["a workflow of ComfyUI", '{"last_node_id":3,"nodes":[],"links":[]}', { code: "other-product", product: "ComfyUI" }],
  ["a whole pipeline", '{"schemaVersion":1,"nodes":[],"edges":[],"layout":{}}', { code: "whole" }],
  [
    "more than a pipeline may hold",
    `{"a":"${"x".repeat(graphLimits.bytes)}"}`,
    { code: "too-long", most: graphLimits.bytes },
  ],
])("says why %s is no part of a pipeline", (_, text, refusal) => {
  expect(readClip(text)).toBeNull();
  expect(clipRefusal(text)).toEqual(refusal);
});

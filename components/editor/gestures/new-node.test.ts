import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { emptyDocument, graphLimits } from "@/runtime/graph/document";
import { freePlace } from "./free-place";
import { newNodeId, randomWord } from "./identifiers";
import { defaultConfig } from "./new-node";

describe("a new node", () => {
  it.each(catalog.nodes.map((node) => [node.type, node] as const))(
    "%s is valid as it comes out of the palette",
    (_, node) => {
      expect(node.config.safeParse(defaultConfig(node)).success).toBe(true);
    },
  );
});

describe("newNodeId", () => {
  it("never gives an id that is taken, nor one beyond the bound", () => {
    const words = ["aaaa", "bbbbb"];
    expect(newNodeId("prompt/chat", new Set(["chat-aaaa"]), () => words.shift() ?? "x")).toBe("chat-bbbbb");
    expect(newNodeId(`x/${"y".repeat(500)}`, new Set(), randomWord).length).toBeLessThanOrEqual(graphLimits.idLength);
  });
});

describe("freePlace", () => {
  it("keeps clear of other cards", () => {
    const document = { ...emptyDocument, layout: { a: { x: 0, y: 0 } } };
    expect(freePlace(document, { x: 900, y: 0 })).toEqual({ x: 900, y: 0 });
    const at = freePlace(document, { x: 2, y: 2 });
    expect(Math.abs(at.x) >= 125 || Math.abs(at.y) >= 45).toBe(true);
  });
});

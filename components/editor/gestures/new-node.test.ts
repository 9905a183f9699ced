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
  const cards = (...layout: { x: number; y: number }[]) => ({
    ...emptyDocument,
    layout: Object.fromEntries(layout.map((place, index) => [`n${index}`, place])),
  });

  it("takes the wished place where it is free", () => {
    expect(freePlace(cards({ x: 0, y: 0 }), { x: 900.4, y: 0 })).toEqual({ x: 900, y: 0 });
  });

  it("covers no other card, however many there are, and stays near", () => {
    const rows = Array.from({ length: 5 }, (_, row) =>
      Array.from({ length: 5 }, (_, column) => ({ x: column * 360, y: row * 200 })),
    );
    const document = cards(...rows.flat());
    const wished = { x: 730, y: 410 };
    const at = freePlace(document, wished);
    for (const { x, y } of Object.values(document.layout))
      expect(Math.abs(x - at.x) >= 232 || Math.abs(y - at.y) >= 150).toBe(true);
    expect(Math.hypot(at.x - wished.x, at.y - wished.y)).toBeLessThan(1000);
  });

  it("puts one after the other into the open", () => {
    let document = cards();
    for (let count = 0; count < 20; count += 1) {
      const place = freePlace(document, { x: 0, y: 0 });
      document = cards(...Object.values(document.layout), place);
    }
    const places = Object.values(document.layout);
    for (const [index, one] of places.entries())
      for (const other of places.slice(index + 1))
        expect(Math.abs(one.x - other.x) >= 232 || Math.abs(one.y - other.y) >= 150).toBe(true);
  });
});

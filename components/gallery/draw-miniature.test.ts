import fc from "fast-check";
import { expect, test } from "vitest";
import { drawMiniature, nodeSize } from "./draw-miniature";

const position = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const graph = fc.uniqueArray(fc.record({ id: fc.string(), type: fc.string(), x: position, y: position }), {
  selector: (node) => node.id,
  maxLength: 60,
});

test("every box lies inside the view box", () => {
  fc.assert(
    fc.property(graph, (nodes) => {
      const { viewBox, boxes } = drawMiniature(nodes, []);
      const [x = 0, y = 0, width = 0, height = 0] = viewBox.split(" ").map(Number);
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(x);
        expect(box.y).toBeGreaterThanOrEqual(y);
        expect(box.x + nodeSize.width).toBeLessThanOrEqual(x + width);
        expect(box.y + nodeSize.height).toBeLessThanOrEqual(y + height);
      }
    }),
  );
});

test("an empty graph and a lone node have a view box of ordinary size", () => {
  expect(drawMiniature([], []).viewBox).toBe("-350 -140 700 280");
  const [, , width] = drawMiniature([{ id: "a", type: "io/input", x: 5, y: 5 }], []).viewBox.split(" ");
  expect(width).toBe("700");
});

test("a wire to a node that is not drawn is left out", () => {
  const nodes = [
    { id: "a", type: "io/input", x: 0, y: 0 },
    { id: "b", type: "prompt/chat", x: 500, y: 0 },
  ];
  const wires = drawMiniature(nodes, [
    { from: "a", to: "b" },
    { from: "a", to: "gone" },
  ]).wires;
  expect(wires.map((wire) => wire.path)).toEqual(["M230 60C330 60 330 60 430 60"]);
});

test("a node is drawn in its category's hue, an unknown one as a tool", () => {
  const categories = drawMiniature(
    ["io/input", "fine-tuned/chat", "from-the-future/x"].map((type) => ({ id: type, type, x: 0, y: 0 })),
    [],
  ).boxes.map((box) => box.category);
  expect(categories).toEqual(["io", "fine-tuned", "tool"]);
});

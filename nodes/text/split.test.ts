import { expect, it } from "vitest";
import type { NodeContext } from "@/runtime/node/context";
import { describeNode } from "@/runtime/testing/node-spec";
import { textSplit } from "./split";

describeNode(textSplit, "nodes/text/split.ts");

const run = async (text: string, config: object = {}) =>
  (await textSplit.run({ config: textSplit.config.parse(config), inputs: { text }, ctx: {} as NodeContext })) as {
    pieces: { text: string; start: number; end: number }[];
  };

it("gives back exactly the text at each piece's place", async () => {
  const text = "一句话。Another sentence, which is longer.\r\n\r\n".repeat(200);
  const { pieces } = await run(text, { size: 100, overlap: 40 });
  expect(pieces.length).toBeGreaterThan(80);
  for (const piece of pieces) {
    expect(piece.text).toBe(text.slice(piece.start, piece.end));
    expect(piece.text.length).toBeLessThanOrEqual(100);
  }
});

it("counts tokens where asked: four times as many Latin letters as Chinese signs", async () => {
  const [latin] = (await run("abc ".repeat(1000), { by: "token", size: 50 })).pieces;
  const [chinese] = (await run("水".repeat(1000), { by: "token", size: 50 })).pieces;
  expect(latin?.text.length).toBeGreaterThan(190);
  expect(latin?.text.length).toBeLessThanOrEqual(200);
  expect(chinese?.text.length).toBe(50);
});

it("takes two million characters and no more", async () => {
  expect((await run("x".repeat(2_000_000), { size: 8000 })).pieces.length).toBe(250);
  await expect(run("x".repeat(2_000_001))).rejects.toMatchObject({ code: "value-invalid" });
});

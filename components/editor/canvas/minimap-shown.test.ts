import { expect, it } from "vitest";
import { minimapHelps } from "./minimap-shown";

const card = (x: number, y: number) => ({ x, y, width: 232, height: 100 });
const room = { width: 1300, height: 700, transform: [0, 0, 1] as const };

it("helps where a card is out of sight", () => {
  expect(minimapHelps(room, [card(0, 0), card(1000, 500)])).toBe(false);
  expect(minimapHelps(room, [card(0, 0), card(1100, 0)])).toBe(true);
  expect(minimapHelps({ ...room, transform: [-10, 0, 1] }, [card(0, 0)])).toBe(true);
  expect(minimapHelps({ ...room, transform: [0, 0, 0.5] }, [card(2200, 1200)])).toBe(false);
});

it("stays away from a small canvas, and from an empty one", () => {
  expect(minimapHelps({ ...room, width: 724, height: 430 }, [card(5000, 0)])).toBe(false);
  expect(minimapHelps(room, [])).toBe(false);
});

import { describe, expect, it } from "vitest";
import { openingView } from "./opening-view";

const room = { width: 1000, height: 400 };
const at = (x: number, y: number) => ({ position: { x, y } });

describe("openingView", () => {
  it("shows a small pipeline whole, in the middle, never enlarged", () => {
    expect(openingView({ x: 0, y: 0, width: 500, height: 100 }, [at(0, 0)], room)).toEqual({ x: 250, y: 150, zoom: 1 });
  });

  it("shrinks a larger one to fit while it can be read", () => {
    const { zoom } = openingView({ x: 0, y: 0, width: 1190, height: 100 }, [at(0, 0)], room);
    expect(zoom).toBeCloseTo(0.8);
  });

  it("fits one that is much wider than the room, as templates are", () => {
    const { zoom, x } = openingView({ x: 0, y: 0, width: 3000, height: 800 }, [at(0, 0)], room);
    expect(3000 * zoom).toBeLessThan(room.width - 47);
    expect(800 * zoom).toBeLessThan(room.height - 47);
    expect(x).toBeCloseTo(24);
  });

  it("begins one at the left that would be too small to be read, however wide", () => {
    const view = openingView({ x: 100, y: 0, width: 9000, height: 100 }, [at(100, 0), at(8000, 0)], room);
    expect(view.zoom).toBe(0.75);
    expect(view.x + 100 * view.zoom).toBe(24);
  });

  it("keeps the first cards of a tall one in sight", () => {
    const view = openingView({ x: 0, y: -900, width: 9000, height: 1800 }, [at(0, 100), at(900, -900)], room);
    const top = view.y + 100 * view.zoom;
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(room.height - 60);
  });
});

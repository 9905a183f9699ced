import { describe, expect, it } from "vitest";
import { describeSights, groundsFor, type Sight } from "./describe-sights";

const sight: Sight = {
  width: 100,
  height: 80,
  lines: ["AquaSoft", "E18"],
  objects: [
    { name: "cup", count: 2 },
    { name: "tv", count: 1 },
  ],
  unsafeScore: 0.1,
};

describe("describeSights", () => {
  it("says in both languages what was seen", () => {
    expect(describeSights([sight], "en")).toBe(
      "The picture shows 2 of: cup, tv. Text in it, from top to bottom: AquaSoft / E18",
    );
    expect(describeSights([sight], "zh")).toBe("图片中有：杯子 2 个、电视。其中的文字从上到下为：AquaSoft / E18");
  });

  it("says that there is nothing, and warns", () => {
    const bare = { ...sight, lines: [], objects: [], unsafeScore: 0.93 };
    expect(describeSights([bare], "en")).toMatch(/no object.*no text.*sexual content \(score 0\.93\)/);
    expect(describeSights([bare, sight], "en")).toContain("Picture 2 shows");
  });
});

describe("groundsFor", () => {
  it("gives a language model only what is there", () => {
    expect(groundsFor([sight], "en", 1)).toBe(
      "The picture shows: 2 cup, 1 tv\nThis is written in the picture:\nAquaSoft",
    );
    expect(groundsFor([{ ...sight, objects: [] }], "en", 9)).not.toContain("shows");
  });
});

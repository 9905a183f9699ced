import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { findModel } from "@/model-server/manifest/manifest.mjs";
import { cacheRoot, modelFolder } from "@/scripts/models/cache.mjs";
import { ensureModels } from "@/scripts/models/ensure-models.mjs";
import { openImage } from "../open-image";
import { SafetyRater, safetyClasses } from "../safety/safety-rater";
import { ObjectDetector } from "./object-detector";

async function folder(part: string): Promise<string> {
  await ensureModels();
  const entry = findModel("local-vision");
  if (!entry) throw new Error("the manifest has no local-vision");
  return path.join(modelFolder(cacheRoot(), entry), part);
}

async function drawn(shapes: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="600" height="600" fill="#9ec7e8"/><rect y="430" width="600" height="170" fill="#5a7d45"/>${shapes}</svg>`;
  const opened = await openImage(await sharp(Buffer.from(svg)).png().toBuffer());
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value.picture;
}

const corners = Array.from({ length: 8 }, (_, index) => {
  const angle = ((index + 0.5) * Math.PI) / 4;
  return `${(300 + 170 * Math.cos(angle)).toFixed(1)},${(240 + 170 * Math.sin(angle)).toFixed(1)}`;
}).join(" ");
const stopSign = `<rect x="288" y="380" width="24" height="220" fill="#888"/><polygon points="${corners}" fill="#c1121f" stroke="white" stroke-width="12"/><text x="300" y="275" font-size="104" font-family="sans-serif" font-weight="bold" fill="white" text-anchor="middle">STOP</text>`;

describe("the models written anew as ONNX", { timeout: 180_000 }, () => {
  it("find a stop sign where it is, and nothing in an empty scene", async () => {
    const detector = await ObjectDetector.load(await folder("objects"), 1);
    const [found] = await detector.detect(await drawn(stopSign));
    expect(found?.name).toBe("stop sign");
    const { left = 0, right = 0, top = 0, bottom = 0 } = found?.box ?? {};
    expect([left, right, top, bottom].map((edge) => Math.round(edge * 10))).toEqual([2, 8, 1, 7]);
    expect(await detector.detect(await drawn(""))).toEqual([]);
  });

  it("take a drawing for a drawing, with probabilities", async () => {
    const scores = await (await SafetyRater.load(await folder("safety"), 1)).rate(await drawn(stopSign));
    expect(Object.values(scores).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 3);
    expect(Object.keys(scores)).toEqual([...safetyClasses]);
    expect(scores.drawing + scores.neutral).toBeGreaterThan(0.9);
  });
});

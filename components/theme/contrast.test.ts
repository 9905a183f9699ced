import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { categories } from "@/runtime/node/define-node";
import { portKinds } from "@/runtime/node/port";

const css = readFileSync(path.resolve(import.meta.dirname, "../../app/globals.css"), "utf8");

const tokens = (selector: string): Record<string, string> => {
  const block = css.split(`${selector} {`)[1]?.split("\n}")[0] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
};

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

const grounds = ["page", "surface", "raised", "sunken", "hover"];
const statuses = ["running", "ok", "warn", "error", "skipped"];
const text: [string, string][] = [
  ...["fg", "muted", "faint", "accent-text", ...statuses].flatMap((ink) =>
    grounds.map((ground): [string, string] => [ink, ground]),
  ),
  ["fg", "active"],
  ["muted", "active"],
  ["accent-fg", "accent"],
  ["accent-fg", "accent-hover"],
  ["accent-text", "accent-soft"],
  ["fg", "accent-soft"],
  ...statuses.map((status): [string, string] => [status, `${status}-soft`]),
];
const shapes: [string, string][] = [
  "ring",
  ...categories.map((category) => `category-${category}`),
  ...portKinds.map((kind) => `port-${kind}`),
].flatMap((ink) => ["page", "surface", "raised"].map((ground): [string, string] => [ink, ground]));

describe.each([
  ["light", tokens(":root")],
  ["dark", tokens(".dark")],
])("in the %s theme", (_, theme) => {
  const value = (name: string): string => {
    const hex = theme[name];
    if (!hex) throw new Error(`no token --${name}`);
    return hex;
  };
  test.each(text)("%s on %s reads at 4.5 to 1", (ink, ground) => {
    expect(contrast(value(ink), value(ground))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(shapes)("%s on %s shows at 3 to 1", (ink, ground) => {
    expect(contrast(value(ink), value(ground))).toBeGreaterThanOrEqual(3);
  });
});

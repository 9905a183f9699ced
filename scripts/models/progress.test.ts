import { describe, expect, it } from "vitest";
import { showProgress } from "./progress.mjs";

const title = { en: "Tiny", zh: "小" };
const step = (bytesDone: number, phase: "downloading" | "ready" = "downloading") => ({
  phase,
  id: "tiny",
  title,
  bytesDone,
  bytesTotal: 100e6,
});

function record(isTTY: boolean) {
  const written: string[] = [];
  let now = 0;
  const show = showProgress({ isTTY, columns: 80, write: (text) => written.push(text) }, () => (now += 1000));
  return { written, show };
}

describe("showProgress", () => {
  it("redraws one line in a terminal", () => {
    const { written, show } = record(true);
    show(step(0));
    show(step(50e6));
    expect(written.at(-1)).toContain("50 %  50 MB of 100 MB");
    expect(written.join("")).not.toContain("\n");
    show(step(100e6, "ready"));
    expect(written.at(-1)).toContain("Tiny: ready\n");
  });

  it("writes at most one line each tenth into a log", () => {
    const { written, show } = record(false);
    for (let bytes = 0; bytes <= 100e6; bytes += 1e6) show(step(bytes));
    expect(written).toHaveLength(10);
    expect(written.join("")).not.toContain("\u001b");
  });
});

import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { checkDiskSpace } from "./disk-space.mjs";

describe("the room on the disk", () => {
  it("is enough for little, in a folder that does not exist yet too", async () => {
    await expect(checkDiskSpace(path.join(os.tmpdir(), "not", "yet"), 1, "a test")).resolves.toBeUndefined();
  });

  it("is refused with what is needed and what is free", async () => {
    await expect(checkDiskSpace(os.tmpdir(), 1e12, "installing")).rejects.toThrow(
      /installing needs 1000000000000 MB, \d+ MB are free/,
    );
  });
});

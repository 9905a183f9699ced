import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { closeDataFolder, dataFolderLine } from "./data-folder.mjs";

const parent = await mkdtemp(path.join(os.tmpdir(), "pipewright-modes-"));
afterAll(() => rm(parent, { recursive: true, force: true }));
const modeOf = async (...parts: string[]) => ((await stat(path.join(parent, ...parts))).mode & 0o777).toString(8);

describe.skipIf(process.platform === "win32")("the data folder", () => {
  it("is made for its owner alone", async () => {
    const folder = path.join(parent, "new");
    const closed = await closeDataFolder(folder);
    expect(await modeOf("new")).toBe("700");
    expect(dataFolderLine(folder, closed)).toMatch(/^Data +\S+new {3}\(for this user alone\)$/);
  });

  it("is closed where an earlier version left it open, down to the database's files, and no file stays executable for others", async () => {
    const folder = path.join(parent, "old");
    await mkdir(path.join(folder, "database", "base"), { recursive: true });
    await mkdir(path.join(folder, "files", "objects"), { recursive: true });
    for (const file of ["encryption.secret", "database/base/1", "files/objects/a"]) {
      await writeFile(path.join(folder, file), "x");
      await chmod(path.join(folder, file), 0o666);
    }
    await chmod(folder, 0o755);
    const closed = await closeDataFolder(folder);
    expect(closed.open).toEqual([]);
    expect(closed.mended).toBeGreaterThanOrEqual(7);
    for (const file of ["encryption.secret", "database/base/1", "files/objects/a"])
      expect(await modeOf("old", file)).toBe("600");
    for (const each of ["", "database", "database/base", "files", "files/objects"])
      expect(await modeOf("old", each)).toBe("700");
    expect(await closeDataFolder(folder)).toEqual({ mended: 0, open: [] });
  });

  it("leaves alone what is not ours, and follows no link out of it", async () => {
    const folder = path.join(parent, "shared");
    await mkdir(path.join(folder, "files"), { recursive: true });
    for (const file of ["shared/notes.txt", "elsewhere"]) {
      await writeFile(path.join(parent, file), "x");
      await chmod(path.join(parent, file), 0o644);
    }
    await symlink(path.join(parent, "elsewhere"), path.join(folder, "files", "link"));
    await closeDataFolder(folder);
    expect(await modeOf("shared/notes.txt")).toBe("644");
    expect(await modeOf("elsewhere")).toBe("644");
    expect(await modeOf("shared/files")).toBe("700");
  });

  it("closes the files also where they were moved to another disk behind a link", async () => {
    const folder = path.join(parent, "linked");
    await mkdir(folder);
    await mkdir(path.join(parent, "large-disk"));
    await chmod(path.join(parent, "large-disk"), 0o755);
    await symlink(path.join(parent, "large-disk"), path.join(folder, "files"));
    await closeDataFolder(folder);
    expect(await modeOf("large-disk")).toBe("700");
  });

  it("says so where it cannot be closed", async () => {
    const folder = path.join(parent, "tmp");
    await mkdir(folder);
    await chmod(folder, 0o1777);
    const closed = await closeDataFolder(folder);
    expect(await modeOf("tmp")).toBe("777");
    expect(dataFolderLine(folder, closed)).toMatch(/^Warning: other users of this machine can read the data/);
  });
});

import { describe, expect, it } from "vitest";
import { brokenPackages, completeLock, missingPackages } from "./lock-file.mjs";

const lock = {
  packages: {
    "": { dependencies: { app: "1.0.0" } },
    "node_modules/app": {
      version: "1.0.0",
      optionalDependencies: {
        "@app/linux-x64-gnu": "1.0.0",
        "@app/darwin-arm64": "^1.0.0",
        "@app/win32-x64-msvc": "1.0.0",
        "@app/linux-arm64-musl": "1.0.0",
        "@llama/mac-arm64-metal": "1.0.0",
      },
    },
    "node_modules/@app/linux-x64-gnu": { version: "1.0.0", optional: true },
    "node_modules/tool": {
      version: "2.0.0",
      dev: true,
      optionalDependencies: { "@tool/wasm32-wasi": "2.0.0", nested: "1.0.0" },
    },
    "node_modules/tool/node_modules/nested": { version: "1.0.0", optional: true },
  },
};

describe("a lock file made where packages of other platforms were not served", () => {
  it("lacks exactly the packages that are neither beside nor above their user", () => {
    expect(missingPackages(lock).map(({ name }) => name)).toEqual([
      "@app/darwin-arm64",
      "@app/win32-x64-msvc",
      "@app/linux-arm64-musl",
      "@llama/mac-arm64-metal",
      "@tool/wasm32-wasi",
    ]);
  });

  it("is completed so that each platform installs its own", () => {
    const { packages } = completeLock(lock);
    expect(packages["node_modules/@app/darwin-arm64"]).toEqual({
      version: "1.0.0",
      optional: true,
      cpu: ["arm64"],
      os: ["darwin"],
    });
    expect(packages["node_modules/@app/win32-x64-msvc"]).toMatchObject({ cpu: ["x64"], os: ["win32"] });
    expect(packages["node_modules/@app/linux-arm64-musl"]).toMatchObject({
      cpu: ["arm64"],
      os: ["linux"],
      libc: ["musl"],
    });
    expect(packages["node_modules/@llama/mac-arm64-metal"]).toMatchObject({ cpu: ["arm64"], os: ["darwin"] });
    expect(packages["node_modules/@tool/wasm32-wasi"]).toMatchObject({ cpu: ["wasm32"], dev: true });
    expect(missingPackages({ packages })).toEqual([]);
  });

  it("is broken, not incomplete, when an ordinary package is not in it", () => {
    expect(brokenPackages(lock)).toEqual([]);
    const broken = { packages: { ...lock.packages, "": { dependencies: { app: "1.0.0", gone: "1.0.0" } } } };
    expect(brokenPackages(broken)).toEqual(["package.json needs gone"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Operation } from "@/nodes/lib/openapi/operations";
import type { OperationRequest } from "@/nodes/lib/openapi/request-of-operation";
import { takeOperation } from "./take-operation";

const operation = { name: "upload", key: "POST /files", summary: "", tags: [] } as unknown as Operation;
const made = (server: string | null) =>
  ({
    ok: true,
    server,
    request: { url: "/files" },
    class: "write",
    description: "",
    parameters: {},
  }) as unknown as Extract<OperationRequest, { ok: true }>;

describe("takeOperation", () => {
  it.each([
    [null, "https://api.box.com/files", "box"],
    ["https://api.box.com/2.0", "https://api.box.com/2.0/files", "box"],
    ["https://upload.box.com", "https://upload.box.com/files", ""],
    ["https://api.box.com:8443", "https://api.box.com:8443/files", ""],
    ["https://api.box.com.evil.test", "https://api.box.com.evil.test/files", ""],
  ])("signs for the host that was chosen alone: %s", (server, url, credential) => {
    const taken = takeOperation(operation, made(server), { server: "https://api.box.com", credential: "box" });
    expect(taken).toMatchObject({ url, credential });
  });

  it("signs for no host that a variable brings, where an operation names another", () => {
    const chosen = { server: "{{base}}", credential: "box" };
    expect(takeOperation(operation, made(null), chosen)).toMatchObject({ url: "{{base}}/files", credential: "box" });
    expect(takeOperation(operation, made("https://a.test"), chosen)).toMatchObject({ credential: "" });
  });
});

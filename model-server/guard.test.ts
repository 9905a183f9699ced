import { describe, expect, it } from "vitest";
import { refusal } from "./guard";

const local = { host: "127.0.0.1", key: undefined };

describe("refusal", () => {
  it("lets programs and pages of this machine in", () => {
    for (const headers of [
      { host: "127.0.0.1:18200" },
      { host: "localhost:18200", origin: "http://localhost:3000" },
      { host: "[::1]:18200", origin: "http://127.0.0.1:3000" },
    ])
      expect(refusal(headers, local)).toBeUndefined();
  });

  it("keeps out web pages from elsewhere", () => {
    for (const origin of [
      "https://evil.example",
      "null",
      "http://localhost.evil.example",
      "http://127.0.0.1.nip.io",
      "file://",
    ])
      expect(refusal({ host: "127.0.0.1:18200", origin }, local)).toMatchObject({ status: 403 });
  });

  it("keeps out a name that was bent to this machine", () => {
    expect(refusal({ host: "evil.example:18200" }, local)).toMatchObject({ status: 403 });
    expect(refusal({}, local)).toMatchObject({ status: 403 });
  });

  it("takes any name when it listens on the network on purpose", () => {
    expect(refusal({ host: "models.lan:18200" }, { host: "0.0.0.0", key: undefined })).toBeUndefined();
  });

  it("asks for the key where one is set", () => {
    const keyed = { host: "127.0.0.1", key: "secret" };
    const headers = { host: "localhost" };
    expect(refusal({ ...headers, authorization: "Bearer secret" }, keyed)).toBeUndefined();
    for (const authorization of [undefined, "", "secret", "Bearer ", "Bearer secret2"])
      expect(refusal({ ...headers, ...(authorization !== undefined && { authorization }) }, keyed)).toMatchObject({
        status: 401,
      });
  });
});

import { describe, expect, it } from "vitest";
import { readAnswer } from "./upload-file";

const file = { fileId: "file_0123456789abcdef", name: "a.png", mediaType: "image/png", size: 5 };

describe("the answer to an upload", () => {
  it("is the stored file, and the extension that lied", () => {
    expect(readAnswer(201, JSON.stringify({ file, claimed: "pdf" }))).toEqual({ ok: true, file, claimed: "pdf" });
    expect(readAnswer(201, JSON.stringify({ file, claimed: null }))).toEqual({ ok: true, file, claimed: null });
  });

  it("is what the server refused", () => {
    const error = { code: "file-too-large", message: "Too large." };
    expect(readAnswer(413, JSON.stringify({ error }))).toEqual({ ok: false, ...error });
  });

  it.each([
    [502, "<html>Bad gateway"],
    [201, "{}"],
    [500, "null"],
    [413, ""],
  ])("%d %j is a failure that says its status", (status, text) => {
    expect(readAnswer(status, text)).toEqual({ ok: false, code: "other", message: String(status) });
  });
});

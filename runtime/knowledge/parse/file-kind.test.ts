import { describe, expect, it } from "vitest";
import { makeDocx } from "@/runtime/testing/make-office";
import { makePdf } from "@/runtime/testing/make-pdf";
import { makeZip } from "@/runtime/testing/make-zip";
import { readFile, refusalOf } from "@/runtime/testing/read-for-test";
import { fileKind } from "./file-kind";

const pdf = makePdf([{ lines: [{ text: "Hello", x: 60, y: 60, size: 11 }] }]);
const oldOffice = Buffer.from("d0cf11e0a1b11ae1", "hex");

describe("a file whose ending lies", () => {
  it("is read as what it is, with a warning, where that can be told", async () => {
    const document = await readFile("notes.txt", pdf);
    expect(document.text.trim()).toBe("Hello");
    expect(document.warnings).toMatchObject([{ code: "type-differs" }]);
    expect((await readFile("report.pdf", makeDocx("<w:p><w:r><w:t>Word</w:t></w:r></w:p>"))).text.trim()).toBe("Word");
  });

  it("is refused by what it should have been", async () => {
    expect(await refusalOf("a.pdf", "<html>hi</html>")).toBe("not-a-pdf");
    expect(await refusalOf("a.docx", "just text")).toBe("not-a-docx");
    expect(await refusalOf("a.docx", makeZip([{ name: "a.txt", content: "x" }]))).toBe("not-a-docx");
    expect(await refusalOf("a.xlsx", Buffer.concat([oldOffice, Buffer.alloc(600)]))).toBe("not-an-xlsx");
  });

  it("is refused as a picture, an archive or a program behind a text's name", async () => {
    for (const head of ["\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0", "MZ\x90", "\x1f\x8b\x08"]) {
      expect(await refusalOf("a.txt", Buffer.from(head, "latin1"))).toBe("unsupported-type");
    }
  });
});

it("goes by the media type where the name says nothing", () => {
  const bytes = Buffer.from("a,b");
  expect(fileKind("pasted", "text/markdown; charset=utf-8", bytes)).toEqual({ kind: "markdown", claimed: "markdown" });
  expect(fileKind("table.CSV", "application/vnd.ms-excel", bytes).kind).toBe("csv");
  expect(() => fileKind("a.exe", "application/octet-stream", bytes)).toThrow(/\.txt, \.md/);
});

it("says that an Office file with a password has one", async () => {
  const encrypted = Buffer.concat([oldOffice, Buffer.alloc(512), Buffer.from("EncryptedPackage", "utf16le")]);
  expect(await refusalOf("a.docx", encrypted)).toBe("encrypted");
});

import { expect, it } from "vitest";
import { readOrigins } from "./read-origins";

it("reads origins as people paste them", () => {
  const pasted =
    "https://A.example.com/\n\n http://localhost:5173/app?x=1 , https://a.example.com\nhttps://b.example:443";
  expect(readOrigins(pasted)).toEqual({
    origins: ["https://a.example.com", "http://localhost:5173", "https://b.example"],
    wrong: null,
  });
  expect(readOrigins("")).toEqual({ origins: [], wrong: null });
});

it.each(["*", "https://*.example.com", "example.com", "null", "file:///etc/passwd", "javascript:alert(1)"])(
  "names a line that is none: %s",
  (line) => expect(readOrigins(`https://a.example\n${line}`).wrong).toBe(line),
);

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyLimits, parseJson, readBounded, readJsonText, structureOf } from "./bounded-body";

const post = (body: BodyInit, headers: Record<string, string> = { "content-type": "application/json" }) =>
  new Request("http://127.0.0.1:3000/", { method: "POST", body, headers, ...{ duplex: "half" } });

const endless = () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1024;
      controller.enqueue(new Uint8Array(1024));
    },
  });
  return { body, sent: () => sent };
};

describe("readBounded", () => {
  it.each(["gzip", "br", "deflate, gzip", "x-unknown"])(
    "refuses what is compressed (%s) before it is read",
    async (encoding) => {
      await expect(readBounded(post("\u001f\u008b", { "content-encoding": encoding }), 64)).rejects.toMatchObject({
        status: 415,
        code: "content-encoding",
      });
    },
  );

  it("takes what says that it is not compressed", async () => {
    expect(await readBounded(post("{}", { "content-encoding": "identity" }), 64)).toBe("{}");
  });

  it("reads a body at the limit", async () => {
    expect(await readBounded(post("x".repeat(64)), 64)).toHaveLength(64);
  });

  it("refuses one byte beyond it", async () => {
    await expect(readBounded(post("x".repeat(65)), 64)).rejects.toMatchObject({ status: 413 });
  });

  it("counts bytes, not characters", async () => {
    await expect(readBounded(post("字".repeat(30)), 64)).rejects.toMatchObject({ status: 413 });
  });

  it("refuses by the claimed length before reading", async () => {
    await expect(readBounded(post("x", { "content-length": "1000" }), 64)).rejects.toMatchObject({ status: 413 });
  });

  it("stops reading a body that claims no length and never ends", async () => {
    const { body, sent } = endless();
    await expect(readBounded(post(body), 10_000)).rejects.toMatchObject({ status: 413 });
    expect(sent()).toBeLessThan(20_000);
  });
});

describe("readJsonText", () => {
  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", ""])(
    "refuses %j, which a foreign form can send",
    async (type) => {
      await expect(readJsonText(post("{}", { "content-type": type }), 64)).rejects.toMatchObject({ status: 415 });
    },
  );

  it("takes JSON with a charset", async () => {
    expect(await readJsonText(post("{}", { "content-type": "application/json; charset=utf-8" }), 64)).toBe("{}");
  });

  it("refuses deeper nesting than anything here needs", async () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(await readJsonText(post(nested(bodyLimits.depth)), 10_000)).toHaveLength(2 * bodyLimits.depth);
    await expect(readJsonText(post(nested(bodyLimits.depth + 1)), 10_000)).rejects.toMatchObject({ status: 400 });
  });
});

describe("the number of values", () => {
  const list = (length: number) => `[${"{},".repeat(length / 2 - 1)}{}]`;

  it("is bounded before anything is built", async () => {
    expect(await readJsonText(post(list(bodyLimits.values)), 16_000_000)).toContain("{}");
    const beyond = list(bodyLimits.values + 2);
    await expect(readJsonText(post(beyond), 16_000_000)).rejects.toMatchObject({
      status: 400,
      code: "too-many-values",
    });
    expect(await readJsonText(post(beyond), 16_000_000, { mostValues: bodyLimits.interfaceValues })).toBe(beyond);
  });

  it("counts no commas within a text", async () => {
    const text = JSON.stringify({ data: ",[{".repeat(bodyLimits.values) });
    expect(await readJsonText(post(text), 16_000_000)).toBe(text);
  });
});

describe("structureOf", () => {
  const measured = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 0;
    return 1 + Math.max(0, ...Object.values(value).map(measured));
  };

  /** Commas and opening brackets: one for each list and object, and for each member behind the first. */
  const counted = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 0;
    const members = Object.values(value);
    return members.reduce((sum: number, each) => sum + counted(each), Math.max(1, members.length));
  };

  it("agrees with the parsed value, whatever brackets and quotes its texts hold", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('"[', "\\", '\\"{', "]}"));
    const tree = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: "small" }, text, fc.double(), tie("list"), tie("object")),
      list: fc.array(tie("value"), { maxLength: 4 }),
      object: fc.dictionary(text, tie("value"), { maxKeys: 4 }),
    })).value;
    fc.assert(
      fc.property(tree, (value) => {
        const { depth, values } = structureOf(JSON.stringify(value));
        expect(depth).toBe(measured(value));
        expect(values).toBe(counted(value));
      }),
    );
  });
});

describe("parseJson", () => {
  it("says what is wrong without repeating the input", () => {
    expect(() => parseJson("{secret")).toThrow("The request body is not valid JSON.");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWireReader, idle, transactionState } from "./wire-messages";

const withLength = (body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
};
const message = (type: string, body: string) => Buffer.concat([Buffer.from(type), withLength(Buffer.from(body))]);
const startup = withLength(Buffer.concat([Buffer.from([0, 3, 0, 0]), Buffer.from("user\0postgres\0\0")]));
const sslRequest = withLength(Buffer.from([0x04, 0xd2, 0x16, 0x2f]));

describe("reading a client's messages", () => {
  it("finds the same messages however the bytes arrive", () => {
    const stream = Buffer.concat([
      sslRequest,
      startup,
      message("P", "a long statement"),
      message("S", ""),
      message("X", ""),
    ]);
    const whole = createWireReader().read(stream);
    expect(whole.map(({ kind }) => kind)).toEqual(["encryption", "startup", "request", "request", "terminate"]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 })), (cuts) => {
        const reader = createWireReader();
        const edges = [0, ...new Set(cuts), stream.length].sort((one, other) => one - other);
        const parts = edges.slice(1).flatMap((edge, index) => reader.read(stream.subarray(edges[index], edge)));
        expect(parts).toEqual(whole);
      }),
    );
  });

  it("knows which messages ask for an answer", () => {
    const reader = createWireReader();
    reader.read(startup);
    const found = reader.read(Buffer.concat([..."PBDEHSQ"].map((type) => message(type, "x"))));
    expect(found.map((one) => one.kind === "request" && one.ends)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it("refuses a length that no message has", () => {
    const reader = createWireReader();
    reader.read(startup);
    expect(() => reader.read(Buffer.from([81, 0x7f, 0xff, 0xff, 0xff]))).toThrow(/bytes was announced/);
    expect(() => createWireReader().read(Buffer.from([0, 0, 0, 0]))).toThrow(/bytes was announced/);
  });

  it("reads the state of the transaction from the last word of an answer", () => {
    expect(transactionState(Buffer.concat([message("C", "x"), message("Z", "T"), message("Z", "I")]))).toBe(idle);
    expect(transactionState(message("Z", "T"))).toBe("T".charCodeAt(0));
    expect(transactionState(message("1", ""))).toBeNull();
  });
});

import { expect, it } from "vitest";
import { silentWav } from "@/runtime/testing/sample-files";
import { mendWav, wavSoundBytes } from "./mend-wav";

it("leaves a file whose header is true as it is", () => {
  const whole = silentWav(1);
  expect(mendWav(whole)).toBe(whole);
  expect(wavSoundBytes(whole)).toBe(32_000);
});

it("mends a length that is larger than the file, behind any other chunk", () => {
  const whole = Buffer.from(silentWav(1));
  const list = Buffer.from("LIST\u0003\u0000\u0000\u0000abc\u0000", "latin1");
  const bytes = Buffer.concat([whole.subarray(0, 36), list, whole.subarray(36)]);
  bytes.writeUInt32LE(0xffffffff, 36 + list.length + 4);
  const mended = Buffer.from(mendWav(bytes));
  expect(mended.readUInt32LE(36 + list.length + 4)).toBe(32_000);
  expect(mended.readUInt32LE(4)).toBe(bytes.length - 8);
});

it.each([0, 11, 12, 20, 43])("reads no further than a file of %i bytes", (length) => {
  const cut = silentWav(1).subarray(0, length);
  expect(mendWav(cut)).toBe(cut);
  expect(wavSoundBytes(cut)).toBe(0);
});

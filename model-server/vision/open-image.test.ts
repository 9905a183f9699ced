import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { openImage } from "./open-image";

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#804020" }, limitInputPixels: false });
const reasonFor = async (bytes: Uint8Array) => {
  const opened = await openImage(bytes);
  return opened.ok ? undefined : { status: opened.error.status, code: opened.error.code, why: opened.error.message };
};

describe("openImage", { timeout: 60_000 }, () => {
  it("turns a photo upright and gives its pixels", async () => {
    const lying = await blank(40, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const opened = await openImage(lying);
    expect(opened).toMatchObject({ ok: true, value: { picture: { width: 20, height: 40 } } });
    expect(opened.ok && opened.value.picture.pixels.length).toBe(20 * 40 * 3);
  });

  it("reads grey, see-through and 16-bit pictures as three colours on white", async () => {
    for (const image of [
      blank(32, 16).greyscale().png(),
      blank(32, 16).ensureAlpha(0).png(),
      blank(32, 16).toColourspace("rgb16").png(),
      blank(32, 16).webp(),
    ]) {
      const opened = await openImage(await image.toBuffer());
      expect(opened.ok && opened.value.picture.pixels.length).toBe(32 * 16 * 3);
    }
    const clear = await openImage(await blank(16, 16).ensureAlpha(0).png().toBuffer());
    expect(clear.ok && clear.value.picture.pixels[0]).toBe(255);
  });

  it("puts on black what is light and stands on nothing", async () => {
    const spot = await blank(16, 16)
      .tint("white")
      .linear(0, 255)
      .ensureAlpha()
      .extend({ top: 8, bottom: 8, left: 8, right: 8, background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png()
      .toBuffer();
    const opened = await openImage(spot);
    expect(opened.ok && [opened.value.picture.pixels[0], opened.value.picture.pixels[(16 * 32 + 16) * 3]]).toEqual([
      0, 255,
    ]);
  });

  it("makes a photo of 30 megapixels small", async () => {
    const opened = await openImage(await blank(6708, 4480).jpeg().toBuffer());
    expect(opened).toMatchObject({ value: { original: { width: 6708, height: 4480 }, picture: { width: 2560 } } });
  });

  it("refuses more pixels than it can take, however few bytes they are", async () => {
    expect(await reasonFor(await blank(9000, 9000).png().toBuffer())).toMatchObject({
      status: 400,
      why: expect.stringContaining("60 million pixels"),
    });
  });

  it("names the kinds that people send and it does not read", async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic")]);
    expect(await reasonFor(heic)).toMatchObject({ code: "invalid_image", why: expect.stringContaining("HEIC") });
    for (const svg of [
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '\uFEFF<?xml version="1.0"?><svg/>',
      "<!-- x --><svg/>",
    ])
      expect(await reasonFor(Buffer.from(svg))).toMatchObject({ why: expect.stringContaining("SVG") });
    expect(await reasonFor(Buffer.from("%PDF-1.7"))).toMatchObject({ why: expect.stringContaining("PDF") });
    const frames = await sharp(
      await sharp({
        create: {
          width: 16,
          height: 32,
          channels: 3,
          background: "red",
          noise: { type: "gaussian", mean: 128, sigma: 60 },
        },
      })
        .raw()
        .toBuffer(),
      {
        raw: { width: 16, height: 32, channels: 3, pageHeight: 16 },
      },
    )
      .gif()
      .toBuffer();
    expect(await reasonFor(frames)).toMatchObject({ why: expect.stringContaining("several frames") });
  });

  it("refuses what is damaged, too small or no picture", async () => {
    const whole = await blank(400, 400).jpeg().toBuffer();
    expect(await reasonFor(whole.subarray(0, 300))).toMatchObject({ status: 400 });
    expect(await reasonFor(Buffer.from("hello"))).toMatchObject({ why: expect.stringContaining("no picture") });
    expect(await reasonFor(await blank(4, 400).png().toBuffer())).toMatchObject({
      why: expect.stringContaining("4x400"),
    });
  });
});

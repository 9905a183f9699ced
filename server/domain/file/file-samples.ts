import sharp from "sharp";

/** For tests: files as people send them. */
export const samples = {
  photo: (width: number, height: number, orientation?: number): Promise<Buffer> => {
    const image = sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } }).jpeg();
    return (orientation === undefined ? image : image.withMetadata({ orientation })).toBuffer();
  },
  png: (width: number, height: number): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 1 } } })
      .png()
      .toBuffer(),
  /** In the colours of print. */
  inInk: (width: number, height: number): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } })
      .toColourspace("cmyk")
      .jpeg()
      .toBuffer(),
  /** A square on nothing. */
  spot: (shade: "white" | "black"): Promise<Buffer> =>
    sharp({ create: { width: 24, height: 24, channels: 3, background: shade } })
      .ensureAlpha()
      .extend({ top: 20, bottom: 20, left: 20, right: 20, background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png()
      .toBuffer(),
  animation: async (): Promise<Buffer> => {
    const frame = (red: number) =>
      sharp({ create: { width: 64, height: 48, channels: 3, background: { r: red, g: 0, b: 0 } } })
        .png()
        .toBuffer();
    const frames = await Promise.all([0, 100, 200].map(frame));
    return sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
  },
  /** The head of a photo as phones take them; what follows it is not looked at here. */
  heic: (): Buffer =>
    Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic"), Buffer.alloc(2000, 1)]),
  svg: (): Buffer =>
    Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  /** One second of silence. */
  wav: (seconds = 1): Buffer => {
    const data = 16_000 * 2 * seconds;
    const head = Buffer.alloc(44);
    head.write("RIFF", 0);
    head.writeUInt32LE(36 + data, 4);
    head.write("WAVEfmt ", 8);
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(16_000, 24);
    head.writeUInt32LE(32_000, 28);
    head.writeUInt16LE(2, 32);
    head.writeUInt16LE(16, 34);
    head.write("data", 36);
    head.writeUInt32LE(data, 40);
    return Buffer.concat([head, Buffer.alloc(data)]);
  },
} as const;

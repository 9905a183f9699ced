/** For tests: a WAV file of these samples, one list a channel. */
export function wavFile({
  sampleRate,
  channels,
  bits,
}: {
  readonly sampleRate: number;
  readonly channels: readonly (readonly number[])[];
  readonly bits: 8 | 16 | 24 | 32 | "float" | "a-law" | "mu-law";
}): Uint8Array {
  const width = bits === "float" ? 4 : typeof bits === "string" ? 1 : bits / 8;
  const frames = channels[0]?.length ?? 0;
  const size = frames * channels.length * width;
  const file = Buffer.alloc(44 + size);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + size, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE({ float: 3, "a-law": 6, "mu-law": 7 }[String(bits)] ?? 1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * channels.length * width, 28);
  file.writeUInt16LE(channels.length * width, 32);
  file.writeUInt16LE(width * 8, 34);
  file.write("data", 36);
  file.writeUInt32LE(size, 40);
  for (let frame = 0, at = 44; frame < frames; frame++)
    for (const channel of channels) {
      const value = channel[frame] ?? 0;
      if (bits === "float") file.writeFloatLE(value, at);
      else if (bits === "a-law" || bits === "mu-law") file.writeUInt8(companded(value, bits), at);
      else if (bits === 8) file.writeUInt8(Math.round(value * 127 + 128), at);
      else file.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, width);
      at += width;
    }
  return file;
}

/** The nearest of the 256 codes of G.711 by the continuous law that it follows in segments. */
function companded(value: number, law: "a-law" | "mu-law"): number {
  const size = Math.min(1, Math.abs(value));
  const share =
    law === "mu-law"
      ? Math.log1p(255 * size) / Math.log(256)
      : size < 1 / 87.6
        ? (87.6 * size) / (1 + Math.log(87.6))
        : (1 + Math.log(87.6 * size)) / (1 + Math.log(87.6));
  const code = Math.min(127, Math.floor(share * 128));
  return law === "mu-law" ? ~(code | (value < 0 ? 0x80 : 0)) & 0xff : (code | (value < 0 ? 0 : 0x80)) ^ 0x55;
}

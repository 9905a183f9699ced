/** For tests: a WAV file of these samples, one list a channel. */
export function wavFile({
  sampleRate,
  channels,
  bits,
}: {
  readonly sampleRate: number;
  readonly channels: readonly (readonly number[])[];
  readonly bits: 8 | 16 | 24 | 32 | "float";
}): Uint8Array {
  const width = bits === "float" ? 4 : bits / 8;
  const frames = channels[0]?.length ?? 0;
  const size = frames * channels.length * width;
  const file = Buffer.alloc(44 + size);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + size, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(bits === "float" ? 3 : 1, 20);
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
      else if (bits === 8) file.writeUInt8(Math.round(value * 127 + 128), at);
      else file.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, width);
      at += width;
    }
  return file;
}

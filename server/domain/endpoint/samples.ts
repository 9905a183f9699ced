/** A red square of 64 by 64 pixels, as PNG. */
export const samplePicture: Uint8Array = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsGuj/cOYxwi+hcEKLFP9WgQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQELgv1MlEPi6G7ugAAAABJRU5ErkJggg==",
  "base64",
);

const samplesPerSecond = 16_000;

/** Two seconds of a soft tone, as WAV: 16 kHz, 16 bits, one channel. */
export const sampleSound: Uint8Array = (() => {
  const frames = samplesPerSecond * 2;
  const wav = Buffer.alloc(44 + frames * 2);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(36 + frames * 2, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(samplesPerSecond, 24);
  wav.writeUInt32LE(samplesPerSecond * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(frames * 2, 40);
  for (let frame = 0; frame < frames; frame += 1) {
    wav.writeInt16LE(Math.round(3000 * Math.sin((2 * Math.PI * 440 * frame) / samplesPerSecond)), 44 + frame * 2);
  }
  return wav;
})();

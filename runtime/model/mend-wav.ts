const headerBytes = 12;
const chunkHeaderBytes = 8;

interface DataChunk {
  /** Of its first sample, bytes from the beginning of the file. */
  readonly start: number;
  /** As its header says, bytes. */
  readonly length: number;
}

const findData = (view: DataView): DataChunk | null => {
  let place = headerBytes;
  while (place + chunkHeaderBytes <= view.byteLength) {
    const length = view.getUint32(place + 4, true);
    // "data"
    if (view.getUint32(place) === 0x64617461) return { start: place + chunkHeaderBytes, length };
    // Chunks begin at even places.
    place += chunkHeaderBytes + length + (length % 2);
  }
  return null;
};

/**
 * A WAV file whose two lengths are what the file holds. Servers that stream write the header before they know them, as 0 or as the largest number, and
 * players then show hours of sound or none. Format: Microsoft, Multimedia Programming Interface (RIFF).
 */
export const mendWav = (bytes: Uint8Array): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = findData(view);
  if (data === null) return bytes;
  const there = bytes.byteLength - data.start;
  // A shorter one may have other chunks behind it.
  if (data.length !== 0 && data.length <= there) return bytes;
  const mended = new Uint8Array(bytes);
  const lengths = new DataView(mended.buffer);
  lengths.setUint32(4, bytes.byteLength - 8, true);
  lengths.setUint32(data.start - 4, there, true);
  return mended;
};

/** Bytes of sound in a WAV file; 0 where it is a header alone. */
export const wavSoundBytes = (bytes: Uint8Array): number => {
  const data = findData(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return data === null ? 0 : Math.min(data.length, bytes.byteLength - data.start);
};

const textType = 25;
const headBytes = 20;

/**
 * A list of texts as PostgreSQL takes a `text[]` in its binary form (`array_send` in src/backend/utils/adt/arrayfuncs.c). The driver would write it as one text, in
 * which every quotation mark is escaped and found again.
 */
export const textArray = (values: readonly (string | null)[]): Buffer => {
  let size = headBytes;
  let nulls = 0;
  for (const value of values) {
    if (value === null) nulls = 1;
    size += 4 + (value === null ? 0 : Buffer.byteLength(value));
  }
  const bytes = Buffer.allocUnsafe(size);
  // Dimensions, whether there are nulls, and the type of the elements; then how many there are, and where they begin.
  bytes.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(nulls, 4);
  bytes.writeInt32BE(textType, 8);
  if (values.length === 0) return bytes.subarray(0, 12);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  let at = headBytes;
  for (const value of values) {
    if (value === null) {
      bytes.writeInt32BE(-1, at);
      at += 4;
      continue;
    }
    const written = bytes.write(value, at + 4, "utf8");
    bytes.writeInt32BE(written, at);
    at += 4 + written;
  }
  return bytes;
};

const most = 12_000;
const reach = 40;

/**
 * The parts of a file that say something about its encoding: bytes beyond ASCII with what stands around them, from all over the file, for the first
 * of them may come late. Parts begin and end with a line or, in a long one, at a blank, which no encoding has as the second half of a sign.
 */
export function tellingSample(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= most) return bytes;
  const parts: Uint8Array[] = [];
  let length = 0;
  let at = 0;
  while (at < bytes.length && length < most) {
    while (at < bytes.length && (bytes[at] ?? 0) < 0x80 && bytes[at] !== 0x1b) at++;
    if (at >= bytes.length) break;
    let start = at;
    while (start > 0 && at - start < reach && bytes[start - 1] !== 0x0a) start--;
    let end = at;
    while (end < bytes.length && bytes[end] !== 0x0a && !(end - at > 4_000 && bytes[end] === 0x20)) {
      if (end - at > 6_000) break;
      end++;
    }
    parts.push(bytes.subarray(start, Math.min(end + 1, bytes.length)));
    length += end + 1 - start;
    at = end + 1;
  }
  const sample = new Uint8Array(length);
  let filled = 0;
  for (const part of parts) {
    sample.set(part, filled);
    filled += part.length;
  }
  return sample.subarray(0, filled);
}

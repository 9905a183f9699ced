/** The text of a file in UTF-8, UTF-16 with a byte-order mark, or else in GB 18030. null where it holds no text. */
export const decodeText = (bytes: Uint8Array): string | null => {
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  for (const encoding of wide === null ? ["utf-8", "gb18030"] : [wide]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes("\0") ? null : text;
    } catch {
      // The next encoding may fit.
    }
  }
  return null;
};

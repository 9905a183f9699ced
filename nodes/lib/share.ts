/** A number from 0 to 1, 1 excluded, that the same text always gets: FNV-1a over its UTF-16 code units, mixed as in MurmurHash3. */
export const fractionOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
};

/** The entry in whose share of the whole the fraction falls. Shares are not negative and not all 0. */
export const pickShare = <T extends { readonly share: number }>(
  entries: readonly T[],
  fraction: number,
): T | undefined => {
  const total = entries.reduce((sum, { share }) => sum + share, 0);
  let passed = 0;
  for (const entry of entries) {
    passed += entry.share;
    if (fraction * total < passed) return entry;
  }
  return entries.findLast(({ share }) => share > 0);
};

import type { Encoding } from "./encodings";

/** Where the signs in daily use stand: lead bytes, and trail bytes. National standards put them before the rare ones. */
const ranges: Readonly<
  Partial<Record<Encoding, readonly [firstLead: number, lastLead: number, firstTrail: number, lastTrail: number]>>
> = {
  gb18030: [0xb0, 0xd7, 0xa1, 0xfe],
  big5: [0xa4, 0xc6, 0x40, 0xfe],
  "euc-kr": [0xb0, 0xc8, 0xa1, 0xfe],
  "euc-jp": [0xb0, 0xcf, 0xa1, 0xfe],
  shift_jis: [0x88, 0x98, 0x40, 0xfc],
};

const known = new Map<Encoding, ReadonlySet<string>>();

/** The signs of the first level of a national standard, which an encoding of it has in a block of its own. Empty for other encodings. */
export function usualSigns(
  encoding: Encoding,
  decode: (bytes: Uint8Array, encoding: Encoding) => string,
): ReadonlySet<string> {
  const before = known.get(encoding);
  if (before !== undefined) return before;
  const [firstLead, lastLead, firstTrail, lastTrail] = ranges[encoding] ?? [1, 0, 1, 0];
  const bytes: number[] = [];
  for (let lead = firstLead; lead <= lastLead; lead++) {
    for (let trail = firstTrail; trail <= lastTrail; trail++) {
      const isGap = encoding === "big5" && trail > 0x7e && trail < 0xa1;
      if (trail !== 0x7f && !isGap) bytes.push(lead, trail);
    }
  }
  const signs = new Set(
    [...decode(Uint8Array.from(bytes), encoding)].filter((sign) => sign > "\u3000" && sign !== "\ufffd"),
  );
  known.set(encoding, signs);
  return signs;
}

/** The simplified form of each UTF-16 code unit that is a traditional Chinese character, and every other unit itself. */
export type SimplifiedUnits = Uint16Array;

let loaded: Promise<SimplifiedUnits> | null = null;

/** Loaded on first use: only a check of words needs them. Of several simplified forms the first counts, which is the usual one. */
export const loadSimplifiedUnits = (): Promise<SimplifiedUnits> => {
  loaded ??= import("opencc-js/dict/TSCharacters").then(({ default: pairs }) => {
    const units = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
    for (const pair of pairs.split("|")) {
      const [traditional = "", simplified = ""] = pair.split(" ");
      if (traditional.length === 1 && simplified.length === 1)
        units[traditional.charCodeAt(0)] = simplified.charCodeAt(0);
    }
    return units;
  });
  return loaded;
};

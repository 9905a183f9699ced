/** Writing systems by which a list of encodings is grouped. */
export const encodingScripts = [
  "unicode",
  "western",
  "central-european",
  "cyrillic",
  "greek",
  "turkish",
  "baltic",
  "chinese",
  "japanese",
  "korean",
  "thai",
  "vietnamese",
  "hebrew",
  "arabic",
] as const;
export type EncodingScript = (typeof encodingScripts)[number];

const groups = {
  unicode: ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"],
  western: [
    "windows-1252",
    "iso-8859-1",
    "iso-8859-3",
    "iso-8859-10",
    "iso-8859-14",
    "iso-8859-15",
    "macintosh",
    "ibm437",
    "ibm850",
  ],
  "central-european": ["windows-1250", "iso-8859-2", "iso-8859-16", "ibm852", "x-mac-ce"],
  cyrillic: ["windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic"],
  greek: ["windows-1253", "iso-8859-7"],
  turkish: ["windows-1254", "ibm857"],
  baltic: ["windows-1257", "iso-8859-4", "iso-8859-13", "ibm775"],
  chinese: ["gb18030", "big5"],
  japanese: ["shift_jis", "euc-jp", "iso-2022-jp"],
  korean: ["euc-kr"],
  thai: ["windows-874"],
  vietnamese: ["windows-1258"],
  hebrew: ["windows-1255", "iso-8859-8", "ibm862"],
  arabic: ["windows-1256", "iso-8859-6"],
} as const satisfies Record<EncodingScript, readonly string[]>;

export type Encoding = (typeof groups)[EncodingScript][number];

/** All that a person can choose, by writing system. */
export const encodingGroups: readonly { readonly script: EncodingScript; readonly encodings: readonly Encoding[] }[] =
  encodingScripts.map((script) => ({ script, encodings: groups[script] }));

export const encodings: readonly Encoding[] = encodingGroups.flatMap((group) => group.encodings);

const isEncoding = (name: string): name is Encoding => (encodings as readonly string[]).includes(name);

/** Names that differ in more than signs between letters. Files that call themselves Latin-1 are Windows-1252, as the web has it. */
const otherNames: Readonly<Record<string, Encoding>> = {
  utf8: "utf-8",
  unicode11utf8: "utf-8",
  utf16: "utf-16le",
  unicode: "utf-16le",
  ucs2: "utf-16le",
  ascii: "windows-1252",
  usascii: "windows-1252",
  latin1: "windows-1252",
  l1: "windows-1252",
  iso88591: "windows-1252",
  cp1252: "windows-1252",
  latin2: "iso-8859-2",
  latin5: "windows-1254",
  iso88599: "windows-1254",
  latin6: "iso-8859-10",
  latin9: "iso-8859-15",
  iso8859i: "iso-8859-8",
  iso88598i: "iso-8859-8",
  mac: "macintosh",
  macroman: "macintosh",
  xmacroman: "macintosh",
  xmacukrainian: "x-mac-cyrillic",
  maccyrillic: "x-mac-cyrillic",
  koi8: "koi8-r",
  koi: "koi8-r",
  koi8ru: "koi8-u",
  gb2312: "gb18030",
  gbk: "gb18030",
  xgbk: "gb18030",
  euccn: "gb18030",
  cp936: "gb18030",
  big5hkscs: "big5",
  xxbig5: "big5",
  cp950: "big5",
  sjis: "shift_jis",
  xsjis: "shift_jis",
  mskanji: "shift_jis",
  windows31j: "shift_jis",
  cp932: "shift_jis",
  xeucjp: "euc-jp",
  ksc56011987: "euc-kr",
  ksc5601: "euc-kr",
  korean: "euc-kr",
  windows949: "euc-kr",
  cp949: "euc-kr",
  uhc: "euc-kr",
  tis620: "windows-874",
  iso885911: "windows-874",
  dos874: "windows-874",
};

/** The encoding that a label of a page, a file or a detector means; undefined for one that is not known. */
export function encodingNamed(label: string): Encoding | undefined {
  const lower = label.trim().toLowerCase().slice(0, 40);
  if (lower === "iso-8859-1") return "windows-1252";
  if (isEncoding(lower)) return lower;
  const bare = lower.replace(/[^a-z0-9]/g, "");
  const known = otherNames[bare.replace(/^x(?=cp|windows)/, "")];
  if (known !== undefined) return known;
  return encodings.find((name) => {
    const own = name.replace(/[^a-z0-9]/g, "");
    return own === bare || own.replace(/^(?:windows|ibm)/, "cp") === bare.replace(/^x/, "");
  });
}

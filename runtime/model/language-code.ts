/** Languages of Whisper that ISO 639-1 has a code for. */
const codes =
  "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha he hi hr ht hu hy id is it ja jv ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh";

const names = new Intl.DisplayNames("en", { type: "language" });
const codeOf = new Map(codes.split(" ").map((code) => [names.of(code)?.toLowerCase() ?? code, code]));

/** ISO 639-1 of what a server calls a language: "zh", "zh-CN", "english", "Mandarin". null where it says nothing we know. */
export const languageCode = (value: unknown): string | null => {
  if (typeof value !== "string") return null;
  const name = value.trim().toLowerCase();
  if (name === "mandarin" || name === "cantonese" || name === "yue") return "zh";
  const known = codeOf.get(name);
  if (known !== undefined) return known;
  const code = /^([a-z]{2})([-_][a-z0-9-]{2,8})?$/.exec(name)?.[1];
  return code ?? null;
};

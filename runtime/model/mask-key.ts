/** What stands in the place of a key. */
const mask = "[API key]";
/** So many characters in a row that also stand in the key, in any of its forms, are no chance. */
const gram = 8;
/** Of a key that the other side has shortened, such as `sk-ab…yz`: so many of its ends are taken for it. */
const shortEnd = 3;
/** Takes an API key out of what the other side says. */
export interface KeyMask {
  /** The text without the key: whole or in part, also as base64, hex or URL-encoded, also shortened by asterisks or dots. */
  text(text: string): string;
  /** For a text that comes in pieces: takes out the key where it stands whole, in any of those forms, over the pieces. */
  stream(): { push(piece: string): string; end(): string };
}

const nothing: KeyMask = {
  text: (text) => text,
  stream: () => ({ push: (piece) => piece, end: () => "" }),
};

const formsOf = (key: string): string[] => {
  const bytes = Buffer.from(key, "utf8");
  const base64 = bytes.toString("base64").replace(/(?<!=)=+$/, "");
  const all = [key, encodeURIComponent(key), base64, bytes.toString("base64url"), bytes.toString("hex")];
  return [...new Set(all)];
};

/** Within a longer text, such as `user:key`, base64 spells a key in three ways; of each the part that depends on the key alone. */
const innerBase64 = (key: string): string[] =>
  [1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(key, "utf8")]).toString("base64");
    return text
      .slice(Math.ceil((before * 4) / 3) + 1)
      .replace(/(?<!=)=+$/, "")
      .slice(0, -2);
  });

const gramsOf = (forms: readonly string[]): Set<string> => {
  const grams = new Set<string>();
  for (const form of forms) {
    for (let at = 0; at + gram <= form.length; at += 1) grams.add(form.slice(at, at + gram));
  }
  return grams;
};

/** Signs by which others shorten a key before they show it. */
const shortened = /[*•…]{1,200}|\.{3,200}|[xX]{4,200}/g;

/** The mask of a key; null where there is none. A key of a few characters is only taken out where it stands as a word of its own. */
export const createKeyMask = (key: string | null): KeyMask => {
  if (key === null || key.trim() === "") return nothing;
  const forms = formsOf(key);
  const grams = gramsOf([...forms, ...innerBase64(key)]);

  const withoutShortened = (text: string): string => {
    let result = "";
    let done = 0;
    for (const { 0: signs, index } of text.matchAll(shortened)) {
      if (index < done) continue;
      const after = index + signs.length;
      let before = 0;
      let behind = 0;
      for (let length = 1; length <= Math.min(key.length, 24); length += 1) {
        if (text.startsWith(key.slice(0, length), index - length) && index - length >= done) before = length;
        if (text.startsWith(key.slice(-length), after)) behind = length;
      }
      if (Math.max(before, behind) < shortEnd) continue;
      result += text.slice(done, index - before) + mask;
      done = after + behind;
    }
    return result + text.slice(done);
  };

  const withoutParts = (text: string): string => {
    let result = "";
    let done = 0;
    let at = 0;
    while (at + gram <= text.length) {
      if (!grams.has(text.slice(at, at + gram))) {
        at += 1;
        continue;
      }
      result += text.slice(done, at) + mask;
      at += gram;
      // As far as what follows still belongs to it.
      while (at < text.length && grams.has(text.slice(at - gram + 1, at + 1))) at += 1;
      done = at;
    }
    return result + text.slice(done);
  };

  if (key.length < gram) {
    const word = new RegExp(`(?<![\\w-])${key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`, "g");
    const text = (said: string) => said.replace(word, mask);
    return { text, stream: nothing.stream };
  }
  return {
    text: (text) => withoutParts(withoutShortened(text)),
    stream: () => {
      let held = "";
      const replaced = (text: string) => forms.reduce((masked, form) => masked.replaceAll(form, mask), text);
      /** How much of the end may be the beginning of the key. */
      const open = (text: string): number => {
        let most = 0;
        for (const form of forms) {
          for (let length = Math.min(form.length - 1, text.length); length > most; length -= 1) {
            if (text.endsWith(form.slice(0, length))) {
              most = length;
              break;
            }
          }
        }
        return most;
      };
      return {
        push: (piece) => {
          const text = replaced(held + piece);
          const keep = open(text);
          held = text.slice(text.length - keep);
          return text.slice(0, text.length - keep);
        },
        end: () => {
          const rest = held;
          held = "";
          return rest;
        },
      };
    },
  };
};

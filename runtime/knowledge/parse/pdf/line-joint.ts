const wide = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]|[\ud840-\ud87f][\udc00-\udfff]/;
const wideEnd = new RegExp(`(?:${wide.source})$`);
const wideStart = new RegExp(`^(?:${wide.source})`);

/** First parts of words that are written with a hyphen wherever they stand. */
const prefixes = new Set(
  `all anti co cross de e ex extra full half hard high ill in-house inter late lead long low mid multi near non off on one two three four
   five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety open out-of over part post pre pro pseudo quasi
   re real second self semi short single so step still sub third top ultra un-co up user vice well wide year zero first follow built
   left right state`.split(/\s+/),
);
/** The same for second parts. */
const suffixes = new Set(
  `based free like friendly term time level known quality oriented specific wide driven making related called scale old to-date to-end
   century aware neutral proof resistant size sized speed style type facing ready rate risk side term-based standing date reaching
   defined depth dependent efficient effective grade house in law looking sensitive purpose threatening to world year years day days
   hour minute month week page piece part point sided yourself established maintained known-good`.split(/\s+/),
);
/** Prefixes that also begin words without a hyphen: only such a second part keeps it. */
const loose = new Set(
  "all co de e ex extra hard high in late lead long low near off on one over part post pre pro re real second short so step still sub third top up wide left right state open inter two six ten first follow built".split(
    " ",
  ),
);
const conjunction = /^(?:and|or|und|oder|et|ou|y|o|e|bis|to|sowie|bzw)\b/u;
const address = /(?:^|[\s(<"“])((?:https?:\/\/|www\.|[\w.+-]+@)[^\s<>"”]*)$/iu;

/** Words of a document, to see how it writes those that a line's end parts. All in lower case. */
export interface KnownWords {
  readonly has: (word: string) => boolean;
}

export const knownWords = (lines: readonly { readonly text: string }[]): KnownWords => {
  const words = new Set<string>();
  for (const { text } of lines) {
    // Neither the last word of a line nor the first, which may be parts.
    const inner = text.toLowerCase().split(/\s+/).slice(1, -1);
    for (const word of inner) {
      const bare = word.replace(/^\P{L}{1,4}/u, "").replace(/\P{L}{1,4}$/u, "");
      if (words.size < 200_000 && bare.length < 60) words.add(bare);
    }
  }
  return words;
};

const nothing: KnownWords = { has: () => false };

/** What stands between two lines of one paragraph; `cut` is how much of the first one's end goes. */
export function joint(
  line: string,
  next: string,
  words: KnownWords = nothing,
): { readonly cut: number; readonly between: string } {
  const end = line.slice(-200);
  if (/\p{L}\u00ad$/u.test(end)) return { cut: 1, between: "" };
  if (isInAddress(end, next)) return { cut: 0, between: "" };
  const [, before] = /([\p{L}\p{M}'’-]{1,60})[-‐]$/u.exec(end) ?? [];
  const [after] = /^[\p{L}\p{M}'’-]{1,60}/u.exec(next) ?? [];
  if (before && after) {
    if (conjunction.test(next)) return { cut: 0, between: " " };
    return { cut: keepsHyphen(before, after, words) ? 0 : 1, between: "" };
  }
  if (/\w[-–—/]$/.test(end) || (wideEnd.test(end) && wideStart.test(next))) return { cut: 0, between: "" };
  return { cut: 0, between: " " };
}

function keepsHyphen(before: string, after: string, words: KnownWords): boolean {
  // A word goes on in small letters; what begins with a capital is a name.
  if (!/\p{Ll}$/u.test(before) || !/^\p{Ll}/u.test(after)) return true;
  const [first, second] = [before.toLowerCase(), after.toLowerCase()];
  if (words.has(`${first}${second}`)) return false;
  if (words.has(`${first}-${second}`)) return true;
  // It has another hyphen already: "state-of-the-", or "to-date" after "up-".
  if (first.includes("-") || second.includes("-")) return true;
  if (first.length === 1) return true;
  if (suffixes.has(second) && first.length > 2) return true;
  if (!prefixes.has(first)) return false;
  return !loose.has(first);
}

/** An address has no blanks, so it goes on where it is cut behind one of its signs. */
function isInAddress(end: string, next: string): boolean {
  // The part behind the hyphen tells.
  if (/[\w]-$/.test(end) && /^[\w.+-]{1,60}@[\w-]/.test(next)) return true;
  const [, begun] = address.exec(end) ?? [];
  if (begun === undefined || !/^[\w%~/?#&=.+@-]/u.test(next)) return false;
  if (/[/\-_?&=#%~+@]$/u.test(begun)) return true;
  // "example." and then "org/path".
  return (
    /\.$/.test(begun) &&
    /^[a-z0-9-]{1,40}(?:[/.?]|$)/u.test(next.split(/\s/, 1)[0] ?? "") &&
    !/\/.*\//u.test(begun.slice(8))
  );
}

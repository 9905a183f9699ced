import type { Steps } from "@/runtime/node/steps";
import type { Span } from "../../finding";

/** Patterns of names in scripts with capitals: Latin, Cyrillic, Greek, Armenian. Each part is bounded. */
const prefix = "(?:Mc|Mac|\\p{Lu}['’]|[dl]['’]|(?:al|Al|el|El|ad|as|bin|ben|abu|Abu)-)?";
const part = `(?:${prefix}\\p{Lu}[\\p{Ll}\\p{M}]{1,24}(?:[-‐]\\p{Lu}?[\\p{Ll}\\p{M}]{1,24}){0,3}(?:['’](?!s\\b)\\p{Ll}{1,24})?)`;
const initial = "\\p{Lu}\\.";
const particle =
  "(?:van der|van den|van de|van|von der|von und zu|von|zu|zur|ten|ter|de la|de los|de las|de|del|della|dei|di|da|dos|das|do|du|des|la|le|bin|ibn|ben|al|el|af|av)";
const initials = `(?:${initial} ?){0,4}`;

/** Given names, initials and particles in front of and between names with capitals, or initials with one name. */
export const person = `(?:${particle} ){0,2}${initials}${part}(?:(?: ${initials}(?: ?${particle}){0,2})? ?(?<= )${part}){0,3}`;
/** The same in capitals throughout; where it ends cannot be seen, so words that no name is end it (see `withoutStopWords`). */
const capital = "(?:\\p{Lu}['’])?\\p{Lu}[\\p{Lu}\\p{M}]{1,24}(?:-\\p{Lu}{2,24})?";
export const capitalPerson = `(?:${initial} ?){0,4}${capital}(?: (?:${initial}|${capital})){0,3}`;

const stopWords = new Set(
  (
    "A AN AND ARE AS AT BUT BY CAN CALL CALLED DID DO DOES EMAIL FOR FROM HAD HAS HAVE HE HER HIS IF IN INTO IS IT ITS MAY MUST NEEDS NO NOT OF ON OR OUR PAID PHONE PLEASE SAID " +
    "SAYS SHALL SHE SHOULD SO THAT THE THEIR THEY THIS TO WAS WE WERE WHO WILL WITH WOULD YOU YOUR ID NO TEL AGE DOB ADDRESS ACCOUNT ORDER"
  ).split(" "),
);

/** Names that are written like a word of the list but for the capital; in front of them stands another name. */
const shortNames = new Set("An Do He So May Can To Ho In On No".split(" "));

/** Spans up to the first word that no name is; those of which nothing is left are gone. */
export function* trimPeople(text: string, spans: readonly Span[]): Steps<readonly Span[]> {
  const people: Span[] = [];
  for (const span of spans) {
    const person = withoutStopWords(text, span);
    if (person !== null) people.push(person);
    yield;
  }
  return people;
}

const withoutStopWords = (text: string, span: Span): Span | null => {
  let end = span.start;
  for (const { 0: word, index } of text.slice(span.start, span.end).matchAll(/\S+/gu)) {
    // In capitals nothing tells Mr An from "an", else the capital does.
    if (stopWords.has(word.toUpperCase()) && !(shortNames.has(word) && index > 0)) break;
    end = span.start + index + word.length;
  }
  return end > span.start ? { ...span, end } : null;
};

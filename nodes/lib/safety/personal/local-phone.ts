import type { Steps } from "@/runtime/node/steps";
import type { Span } from "../finding";
import { type IsPhoneNumber, phoneRegions } from "./phone-numbers";

/** Words for telephone that announce a number in the form of its own country. */
const word =
  /(?<![\p{L}\p{N}])(?:tel(?:e(?:phone|fono|fone|fon|foon|fonnummer|foonnummer))?|tél(?:éphone)?|teléfono|telefón|tlf|phone|mobile?|handy|cell(?:ulare|ular|phone)?|móvil|celular|portable|fax|whatsapp|sms|ph|mob|gsm|hp|тел(?:ефон)?|моб|κιν|τηλ|điện thoại|sđt|電話|电话|手機|手机|携帯|携帯電話|座机|热线|联系方式|传真|傳真|전화|전화번호|휴대폰|핸드폰|연락처|هاتف|جوال|رقم الهاتف|טלפון|נייד|फ़ोन|फोन|मोबाइल|โทร|โทรศัพท์|เบอร์)(?!\p{L}{9})[^\p{N}\n+]{0,14}/giu;
const number = /^\(?\d(?:[ .·()/-]{0,3}\d){5,14}(?![0-9A-Za-z_])/;
/** Characters of the longest number, and the one behind it. */
const longestNumber = 64;
const date = /^\(?(?:(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2})(?!\d)/;

/** Looking up a number in every country takes a millisecond, so a text that announces thousands has the rest of them taken at their word. */
const mostLookUps = 2_000;

/** Numbers in the form of any of the known countries, where a word says that a number follows. */
export function* findLocalNumbers(text: string, isPhoneNumber: IsPhoneNumber): Steps<readonly Span[]> {
  const spans: Span[] = [];
  let lookUps = 0;
  const isLocal = (value: string): boolean => {
    lookUps += 1;
    return lookUps > mostLookUps || phoneRegions.some((region) => isPhoneNumber(value, region));
  };
  for (const announced of text.matchAll(word)) {
    const start = announced.index + announced[0].length;
    yield;
    let value = number.exec(text.slice(start, start + longestNumber))?.[0] ?? "";
    if (date.test(value)) continue;
    while (value !== "" && !isLocal(value)) value = /^(.*\d)[ .·()/-]+\d+$/.exec(value)?.[1] ?? "";
    if (value !== "") spans.push({ start, end: start + value.length, score: 0.8 });
  }
  return spans;
}

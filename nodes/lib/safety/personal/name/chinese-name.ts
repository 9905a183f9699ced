import type { Span } from "../../finding";
import { type Detector, matches, matchesOfAll } from "../detector";
import { doubleSurnames, endsInSurname, ordinaryWords, particleSurnames, surnames, transcribing } from "./surnames";

// A surname, up to two more characters, a form of address; or words that introduce one.
const surname = `(?:${doubleSurnames.join("|")}|[${surnames}])`;
const point = "[·•‧・∙]";
/** A name of several parts with points between them, as those of other peoples and of foreigners are written. */
const parted = `\\p{Script=Han}{1,8}(?:${point}\\p{Script=Han}{1,8}){1,4}`;
const address =
  "(?:先生|女士|小姐|太太|夫人|老师|老師|教授|博士|医生|醫生|大夫|律师|律師|师傅|師傅|阿姨|叔叔|同学|同學|同志|经理|經理|主任|董事长|董事長|处长|處長|局长|局長)(?![们們])";
const addressed = new RegExp(`(?<value>${surname}\\p{Script=Han}{0,2}?)${address}`, "dgu");
const labels =
  "姓名|名字|收件人|收货人|收貨人|寄件人|联系人|聯繫人|患者|客户姓名|申请人|申請人|法人|户主|持卡人|投保人|被保险人|经办人|乘客|乘车人|入住人|开户名|户名";
const calledByLabel = new RegExp(
  `(?:${labels})(?:是|为|為)?["”]?[:： ]{0,2}["“]?(?<value>${parted}|${surname}[\\p{Script=Han}]{1,3})(?!\\p{Script=Han})`,
  "dgu",
);
/** Behind a colon anything that has the length of a name is one, whatever its surname. */
const filledIn = new RegExp(
  `(?:${labels}["”]?) ?[:：] ?["“]?(?<value>\\p{Script=Han}{2,6})(?=$|["”\\s,，;；。|/\\d(（])`,
  "dgu",
);
const said = new RegExp(
  `(?:我叫|我是|名叫|本人叫)(?<value>${parted}|${surname}\\p{Script=Han}{1,2})(?=[，。,.！!；;\\s]|$)`,
  "dgu",
);
const bare = new RegExp(`(?<!\\p{Script=Han}|${point})(?<value>${parted})(?!${point}|\\p{Script=Han})`, "dgu");
const withinSentence = new RegExp(
  `(?<value>[${transcribing}]{2,6}(?:${point}[${transcribing}]{1,8}){1,4})(?!${point})`,
  "dgu",
);
const partedAddressed = new RegExp(`(?<value>${parted})${address}`, "dgu");
const transcribed = new RegExp(`(?<!\\p{Script=Han})(?<value>[${transcribing}]{2,6})${address}`, "dgu");
const nobody =
  /^(?:客服|未知|同上|本人|匿名|不详|保密|暂无|没有|公司|先生|女士|测试|待定|见附件|如下|必填|选填|负责人|管理员)$/u;

/** Whether each part is of the characters that sounds are written with, but for one in four. */
const isTranscribed = (value: string): boolean =>
  value.split(/[^\p{Script=Han}]+/u).every((part) => {
    const characters = [...part];
    return characters.filter((character) => transcribing.includes(character)).length >= characters.length * 0.75;
  });

export const findChineseNames: Detector = function* (text) {
  const called = yield* matches(text, addressed, () => 0.85);
  return [
    ...called
      .map((span) => withoutParticle(text, span))
      .filter(
        ({ start }) =>
          !ordinaryWords.has(text.slice(start, start + 2)) && !endsInSurname.has(text.slice(start - 1, start + 1)),
      ),
    ...(yield* matches(text, partedAddressed, () => 0.85)),
    ...(yield* matches(text, transcribed, () => 0.7)),
    ...(yield* matchesOfAll(text, [calledByLabel, filledIn, said], (value) => (nobody.test(value) ? 0 : 0.8))),
    ...(yield* matchesOfAll(text, [bare, withinSentence], (value) => (isTranscribed(value) ? 0.75 : 0))),
  ];
};

/** `向王先生` holds 王, though 向 is a surname too: a word that is more often a particle than a surname gives way to a surname behind it. */
const withoutParticle = (text: string, span: Span): Span => {
  const [first = "", second = ""] = text.slice(span.start, span.end);
  const gives = particleSurnames.includes(first) && second !== "" && surnames.includes(second);
  return gives ? { ...span, start: span.start + 1 } : span;
};

import { type Detector, matches } from "../detector";

/** Who is addressed like a person and is none in particular. */
const japaneseNobody =
  /^(?:お?客|皆|神|王|奥|旦那|若|殿|お母|お父|お兄|お姉|お子|学生|店員|社長|部長|先方|各位|何|様々|有様|同|仕|模)$/u;
const singleSurnames = "林森原東南関岡堀辻畑谷峰島星沢浜泉滝牧栗桑菅高田中本山川石土木水火金丘奥";
const japanese =
  /(?<![\p{Script=Han}々])(?<value>[\p{Script=Han}々]{1,4}|[\p{Script=Katakana}ー]{2,12}(?:[・ ][\p{Script=Katakana}ー]{2,12}){0,2})(?:さん|様(?![々子式相])|さま|くん|ちゃん|殿(?!堂))/dgu;

/** `田中様`, `マリアさん`. */
export const findJapaneseNames: Detector = (text) =>
  matches(text, japanese, (value, start) => {
    if (japaneseNobody.test(value) || (text[start - 1] === "お" && value.length === 1)) return 0;
    return value.length > 1 || singleSurnames.includes(value) ? 0.8 : 0;
  });

/** The surnames of nearly everybody in Korea (census of 2015). */
const koreanSurnames =
  "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국";
const korean = new RegExp(
  `(?<!\\p{Script=Hangul})(?<value>[${koreanSurnames}]\\p{Script=Hangul}{1,3}|[${koreanSurnames}](?= 씨)) ?(?:씨(?!앗)|님|군(?= )|양(?= ))`,
  "dgu",
);
const koreanNobody =
  /^(?:고객|선생|사장|부장|대리|팀장|과장|차장|이사|원장|교수|기사|손|주인|형|누|마음|솜|맵|장인|장모|서방|하느|하나|선배|전무|상무|조교|지점장|담당자|관리자|신부|목사|의사|변호사|기자)$/u;

/** `김철수 씨`, `박지민님`. */
export const findKoreanNames: Detector = (text) =>
  matches(text, korean, (value) => (koreanNobody.test(value) ? 0 : 0.8));

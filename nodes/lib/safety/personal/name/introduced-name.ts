import { announced, type Detector, matchesOfAll } from "../detector";
import { capitalPerson, person, trimPeople } from "./person";

/** Labels of forms, in the languages that people fill them in in. */
const labels =
  "[Nn]ame|NAME|[Cc]ustomer|CUSTOMER|[Rr]ecipient|[Cc]ontact|[Pp]atient|PATIENT|[Aa]pplicant|[Cc]lient|[Ee]mployee|[Ss]ender|[Cc]ardholder|[Ii]nsured|[Ss]igned|[Aa]ttn\\.?|" +
  "[Nn]achname|[Vv]orname|[Kk]unde|[Kk]undin|[Nn]om|[Pp]rénom|[Cc]liente|[Nn]ombre|[Aa]pellidos?|[Nn]ome|[Cc]ognome|[Nn]aam|[Ii]mię|[Nn]azwisko|[Jj]méno|[Nn]ume|Adı?|Soyadı?|Ad Soyad|[Nn]ama|" +
  "Họ tên|Họ và tên|Имя|Фамилия|ФИО|Клиент|Ім'я|Όνομα|Ονοματεπώνυμο";
/** Things that have names too. */
const ofThing =
  /(?:file|product|company|host|user|domain|brand|project|model|table|column|field|class|function|variable|path|event|server|device|service|package|app|city|street|display|code|nick|pet|bank|team|group|key|tag|branch|image|node|step|label|font)[ _-]?names? ?[:：] ?$/i;
const labelled = `(?<![\\p{L}\\p{M}_])(?:${labels})(?: [Nn]ames?)? ?[:：] ?`;
const said =
  "(?:[Mm]y (?:full )?name is|[Mm]y name's|[Tt]his is(?=[^.!?\\n]{1,60} (?:speaking|calling|here|from))|[Mm]ein Name ist|[Ii]ch heiße|[Ii]ch heisse|[Jj]e m['’]appelle|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Mm]eu nome é|[Mm]e chamo|[Mm]ijn naam is|[Ii]k heet|[Jj]ag heter|[Nn]azywam się|[Mm]am na imię|[Bb]enim adım|[Tt]ên tôi là|[Мм]еня зовут|[Мм]ене звати|[Мм]оє ім'я) ";
const introduced = new RegExp(`(?:${labelled}|(?<![\\p{L}\\p{M}])${said})(?<value>${person})(?![\\p{L}\\p{M}])`, "dgu");
const capitals = new RegExp(`${labelled}(?<value>${capitalPerson})(?![\\p{L}\\p{M}])`, "dgu");
const greeted = new RegExp(`(?<![\\p{L}\\p{M}])Dear (?<value>${person})(?=[,!:\\r\\n]|$)`, "dgu");
const signed = new RegExp(
  `(?<=^|\\n)[ >]{0,4}(?:(?:Best|Kind|Warm)(?: [Rr]egards| wishes)?|Regards|Sincerely(?: yours)?|Yours (?:truly|sincerely|faithfully)|Cheers|(?:Many )?[Tt]hanks|Thank you|Mit freundlichen Grüßen|Viele Grüße|Cordialement|Saludos|Atentamente|Cordiali saluti|С уважением)[,.!]?\\s{0,4}\\r?\\n\\s{0,8}(?<value>${person})(?=[ \\t]{0,4}(?:\\r?\\n|$))`,
  "dgu",
);
/** Whom letters greet or who signs them without being anybody. */
const nobody =
  /^(?:Sirs?|Madam|Customers?|Team|All|Support|Colleagues?|Friends?|Everyone|Hiring|Recruiting|Manager|Editor|Valued|Client|User|Guest|Parents?|Students?|Members?|Human|Service|Sales|Account|The|Your|Our|Applicant|Doctor|Professor|Reader|Neighbours?|Santa|Lord|God|Diary|Unknown|None|Not|Anonymous|Test|New|Example|Customer Service)\b/;

/** Labels in scripts without capitals: the whole of what stands behind them, up to three words. */
const words = "[\\p{L}\\p{M}·•・.'’-]{1,30}(?: [\\p{L}\\p{M}·•・.'’-]{1,30}){0,2}";
const foreign = new RegExp(
  `(?:氏名|お名前|名前|ご氏名|이름|성명|성함|고객명|الاسم|الإسم|اسم العميل|שם|नाम|ชื่อ|ชื่อ-นามสกุล) ?[:：] ?(?<value>${words})(?=$|[\\n\\r,，、。;；|/\\t(（\\d]|  )`,
  "dgu",
);
const foreignSaid =
  /(?:私は|私の名前は|わたしは|제 이름은|저는|اسمي|मेरा नाम|ฉันชื่อ|ผมชื่อ) ?(?<value>[\p{L}\p{M}·・]{2,20}?)(?= ?(?:と申します|といいます|と言います|입니다|이라고|라고|है|[,.،。]|\n|$))/dgu;

export const findIntroducedNames: Detector = function* (text) {
  const spans = yield* matchesOfAll(text, [introduced, capitals, greeted, signed], (value, start) =>
    nobody.test(value) || announced(text, start, ofThing, 32) ? 0 : 0.85,
  );
  return [...(yield* trimPeople(text, spans)), ...(yield* matchesOfAll(text, [foreign, foreignSaid], () => 0.8))];
};

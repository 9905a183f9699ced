import { type Detector, matchesOfAll } from "../detector";
import { capitalPerson, person, trimPeople } from "./person";

const gap = "(?: |\\r?\\n[ >|]{0,4})";
/** Titles with a point, which may touch the name. */
const pointed =
  "Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Capt|Sgt|Lt|Messrs|Mme|Mlle|Mgr|Hr|Sr|Sra|Srta|Sig|Sig\\.ra|Dott|Dott\\.ssa|Avv|Ing|Dhr|Mevr|Mw|Bpk|Sdr|г-н|г-жа|κ|κα";
/** Titles that are words. */
const spelled =
  "Miss|Madam|Professor|Doctor|Sir|Lady|Lord|Dame|Officer|Judge|Herr|Herrn|Frau|Monsieur|Madame|Mademoiselle|Señor|Señora|Señorita|Doña|Senhor|Senhora|Signor|Signora|Meneer|Mevrouw|Pani|Panią|paní|Bapak|Ibu|Ông|Bà|господин|господину|господина|госпожа|госпоже|госпожи|Господин|Госпожа|гражданин|пан|пані|κύριος|κυρία|Κύριος|Κυρία";
const titles = `(?:(?:(?:${pointed})(?:\\.${gap}?|${gap})|(?:${spelled})${gap})(?:(?:Dr|Prof|Ing)\\.? |(?:med|rer|nat|phil|jur|iur|habil|dent|vet|oec|pol|theol|h\\. ?c)\\. ?){0,4})`;
const titled = new RegExp(`(?<![\\p{L}\\p{M}])${titles}(?<value>${person})(?![\\p{L}\\p{M}])`, "dgu");
const capitals = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:MR|MRS|MS|MX|DR|PROF|MISS|HERR|FRAU|SR|SRA|MME|Mr|Mrs|Ms|Dr|Prof|Herr|Frau)(?:\\. ?|${gap})(?<value>${capitalPerson})(?![\\p{L}\\p{M}])`,
  "dgu",
);
/** A French title of one letter is an initial elsewhere, which with a name behind it is a name as well. */
const french = new RegExp(`(?<![\\p{L}\\p{M}.])M\\. (?<value>${person})(?![\\p{L}\\p{M}])`, "dgu");
const turkish = new RegExp(`(?<![\\p{L}\\p{M}])(?<value>${person}) (?:Bey|Hanım|bey|hanım)(?![\\p{L}\\p{M}])`, "dgu");

/** Titles in scripts without capitals, with up to two words behind them. */
const word = (script: string) => `[\\p{Script=${script}}\\p{M}]{2,20}`;
const caseless = [
  ["(?:السيد|السيدة|الآنسة|الدكتور|الدكتورة|الأستاذ|الأستاذة|المهندس)", "Arabic"],
  ["(?:מר|גב'|גב׳|גברת|ד\"ר|ד״ר|פרופ'|פרופ׳)", "Hebrew"],
  ["(?:श्री|श्रीमती|सुश्री|डॉ\\.?|डॉक्टर)", "Devanagari"],
  ["(?:জনাব|শ্রী|ড\\.)", "Bengali"],
  ["(?:ბატონი|ქალბატონი)", "Georgian"],
].map(
  ([title, script = ""]) =>
    new RegExp(`(?<![\\p{L}\\p{M}])${title} (?<value>${word(script)}(?: ${word(script)})?)(?![\\p{L}\\p{M}])`, "dgu"),
);
const thai = /(?:นาย|นางสาว|นาง|ดร\.) ?(?<value>[\p{Script=Thai}]{2,20}(?: [\p{Script=Thai}]{2,20})?)/dgu;

/** Programs and drinks that are written as people are. */
const noPeople = /^(?:Office|Word|Excel|Windows|Teams|Access|Project|Edge|Outlook|Dos|Sql|Pepper|Dre)\b/i;

export const findTitledNames: Detector = function* (text) {
  const patterns = [titled, capitals, french, turkish, ...caseless, thai];
  const spans = yield* matchesOfAll(text, patterns, (value) => (noPeople.test(value) ? 0 : 0.85));
  return yield* trimPeople(text, spans);
};

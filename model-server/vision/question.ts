import { chineseShare } from "../embed/language";
import type { Language } from "./describe-sights";

/** What a question about a picture wants. */
export type Wish = "text" | "description" | "answer";

const forText = [
  /\btranscri(be|pt|ption)\b/i,
  /\bOCR\b/,
  /\b(read|extract|copy|return|output|list|give|write( down| out)?)\b[^.?!]{0,30}\b(all|every|any|the|visible|printed)\b[^.?!]{0,20}\b(text|words?|lines?|writing)\b/i,
  /\bwhat (text|words) (is|are|do|does|can)\b/i,
  /\bwhat (is|does|do) [^.?!]{0,40}\b(say|written)\b/i,
  /(转录|识别|提取|读出|读取|抄写|抄录|输出|列出|写出)[^。？！]{0,10}(文字|文本|内容|字)/,
  /(所有|全部|图中|图上|图里|上面|页面)的?(文字|文本)/,
  /写(着|了)?(些)?什么/,
];
const forDescription = [
  /^\s*(please\s+|can you\s+|could you\s+)?describe\b/i,
  /\bwhat('s| is| do you see| can you see| can be seen)\b[^.?!]{0,20}\b(in|on) (the|this|these) (picture|image|photo|pictures|images|photos)\b/i,
  /^\s*what is this(?:\s*\?)?\s*$/i,
  /(描述|形容)[^。？！]{0,12}(图|照片|画面)/,
  /(图|照片|画面)(片)?(里|中|上)?(面)?有(些)?(什么|啥)/,
  /^\s*这是什么[？?]?\s*$/,
];

/** A question that is empty wants a description. */
export function wishOf(question: string): Wish {
  if (!question.trim()) return "description";
  if (forText.some((pattern) => pattern.test(question))) return "text";
  return forDescription.some((pattern) => pattern.test(question)) ? "description" : "answer";
}

export const languageOf = (question: string): Language => (chineseShare(question) > 0 ? "zh" : "en");

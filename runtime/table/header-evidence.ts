import { cellKind, columnKind } from "./cell-kind";
import { filled } from "./grid";

const looked = 60;
const longestName = 60;

/** Names that columns have in tables of any subject. */
const usualNames = new Set(
  `id no nr number name title date time text label category intent class sentence utterance message content input output query question answer
   expected target tag tags topic sentiment split description price amount value total sum qty quantity units unit type status city country
   region address phone email e-mail note notes comment item product code key score rating year month day group
   datum betrag preis wert menge nummer artikel bezeichnung ort strasse frage antwort nom prix quantité ville valeur libellé
   nombre precio fecha valor ciudad cantidad descripción pregunta respuesta
   文本 标签 类别 意图 内容 分类 情感 名称 姓名 价格 金额 数量 单价 日期 时间 编号 序号 备注 说明 问题 答案 城市 地址 电话 值 项目 产品 状态
   質問 回答 名前 商品名 価格 日付 질문 답변 이름 가격`
    .split(/\s+/)
    .filter((name) => name !== ""),
);

export const isUsualName = (cell: string): boolean =>
  usualNames.has(
    cell
      .trim()
      .toLowerCase()
      .replace(/[:：]$/, ""),
  );

const isYear = (cell: string): boolean => /^(?:19|20)\d{2}$/.test(cell.trim());

/** Numbers that name columns: years, each of them once, or such as count up evenly beside a text. */
function isSequence(cells: readonly string[]): boolean {
  const given = cells.filter(filled).map((cell) => cell.trim());
  const numbers = given.filter((cell) => cellKind(cell) === "number");
  if (numbers.length === 0 || new Set(numbers).size < numbers.length) return false;
  if (numbers.every(isYear)) return true;
  if (numbers.length < 2 || numbers.length === given.length || !numbers.every((cell) => /^\d{1,6}$/.test(cell)))
    return false;
  const step = Number(numbers[1]) - Number(numbers[0]);
  return (
    step !== 0 && numbers.every((cell, index) => index === 0 || Number(cell) - Number(numbers[index - 1]) === step)
  );
}

/**
 * How much speaks for it that a row names the columns of the rows below: above 0 it does, below it does not, around 0 nothing tells. Looks at what kind
 * of thing each column holds, at what repeats, and at how names are written.
 */
export function headerEvidence(head: readonly string[], body: readonly (readonly string[])[]): number {
  const rows = body.slice(0, looked);
  const isCounted = isSequence(head);
  const seen = new Set<string>();
  let evidence = 0;
  for (const [place, cell] of head.entries()) {
    const column = rows.map((row) => row[place] ?? "");
    const below = columnKind(column);
    if (!filled(cell)) {
      if (place > 0 && below !== "empty") evidence -= 0.2;
      continue;
    }
    const name = cell.trim();
    if (seen.has(name)) evidence -= 0.3;
    seen.add(name);
    const kind = cellKind(name);
    if (kind === "text") {
      if (below === "number" || below === "date" || below === "boolean") evidence += 1;
      else if (column.some((other) => other.trim() === name)) evidence -= 1;
      else if (isUsualName(name)) evidence += 0.6;
      else evidence += textEvidence(name, column);
    } else if (kind === "number" || kind === "date") {
      const isOfYears = below === "number" && column.filter(filled).every(isYear);
      if (isCounted && !isOfYears) evidence += 0.5;
      else if (kind === "date" && below === "number") evidence += 0.4;
      else evidence -= kind === below ? 1 : 0.4;
    } else evidence -= 0.6;
  }
  return evidence;
}

/** Names are short, shorter than what they name, and no sentences. */
function textEvidence(name: string, column: readonly string[]): number {
  if (name.length > longestName || /[.!?。！？]$/.test(name)) return -0.6;
  const lengths = column.filter(filled).map((cell) => cell.trim().length);
  const middle = lengths.sort((left, right) => left - right)[Math.floor(lengths.length / 2)] ?? 0;
  if (/^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)+$|^[a-z]+(?:[A-Z][a-z0-9]+)+$/.test(name)) return 0.4;
  return name.length * 2 < middle ? 0.3 : 0.05;
}

/** Characters that are shown of a text that was cut. */
const longest = 600;

/** Whether an element shows less than the text in it: cut at its end, or after some lines. */
const isCut = (element: Element): boolean =>
  getComputedStyle(element).display !== "inline" &&
  (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);

const selector = ".truncate, [class*='line-clamp-']";

export interface CutText {
  readonly text: string;
  readonly box: DOMRect;
}

const textOf = (element: Element): CutText | null => {
  if (!isCut(element)) return null;
  const text = (element.textContent ?? "").trim().replace(/\s+/gu, " ");
  return text === ""
    ? null
    : { text: text.length > longest ? `${text.slice(0, longest)}…` : text, box: element.getBoundingClientRect() };
};

/** What is cut short at a point of the window, also under the link of a whole row; null where the browser itself says it, by the `title` on top. */
export const cutTextAt = (x: number, y: number): CutText | null => {
  const [top] = document.elementsFromPoint(x, y);
  if (top === undefined || top.closest("[title]") !== null) return null;
  for (const element of document.elementsFromPoint(x, y)) {
    // What lies under a menu or a dialog is out of sight.
    if (element.matches("[role=dialog], [role=menu], [role=listbox], [data-radix-popper-content-wrapper]")) return null;
    if (element.matches(selector)) {
      const found = textOf(element);
      if (found !== null) return found;
    }
  }
  return null;
};

/** What is cut short in an element that has the keyboard. */
export const cutTextIn = (element: Element): CutText | null => {
  const parts = element.matches(selector) ? [element] : [...element.querySelectorAll(selector)].slice(0, 5);
  for (const part of [...parts, element.parentElement].slice(0, 6)) {
    if (!part?.matches(selector)) continue;
    const found = textOf(part);
    if (found !== null) return found;
  }
  return null;
};

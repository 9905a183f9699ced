export const headStyle =
  "text-left text-faint text-xs [&>th]:py-1.5 [&>th]:pr-4 [&>th]:font-normal [&>th:last-child]:pr-0";
export const rowStyle = "[&>td]:py-1.5 [&>td]:pr-4 [&>td:last-child]:pr-0";
export const bodyStyle = "divide-y divide-line border-line border-t";

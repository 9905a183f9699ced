/** A day of the reader's calendar, `2026-11-30`; undefined where the text is none. */
export const readDay = (text: string | null): string | undefined =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00`)) ? text : undefined;

/** When a day begins where the reader is. */
export const startOfDay = (day: string): Date => new Date(`${day}T00:00`);

/** When it is over, and the next one begins. */
export const endOfDay = (day: string): Date => {
  const end = startOfDay(day);
  end.setDate(end.getDate() + 1);
  return end;
};

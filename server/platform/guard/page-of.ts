import { z } from "zod";

export const pageLimits = { most: 100, usual: 30, cursorCharacters: 120, queryCharacters: 100 } as const;

/** The input of every list: where to go on, how many, and what to look for. */
export const pageInput = z.strictObject({
  cursor: z.string().max(pageLimits.cursorCharacters).nullish(),
  limit: z.int().min(1).max(pageLimits.most).default(pageLimits.usual),
  query: z.string().trim().max(pageLimits.queryCharacters).optional(),
});

/** A place in a list that is ordered by time and then by id, latest first. */
export interface TimeCursor {
  readonly at: Date;
  readonly id: string;
}

export const writeCursor = ({ at, id }: TimeCursor): string => `${at.getTime()}~${id}`;

/** A cursor that cannot be read starts from the top: it was not made here. */
export const readCursor = (cursor: string | null | undefined): TimeCursor | null => {
  const [, at, id] = /^(\d{1,15})~([\w-]{1,64})$/.exec(cursor ?? "") ?? [];
  return at === undefined || id === undefined ? null : { at: new Date(Number(at)), id };
};

/**
 * What is behind a place in such a list; `time` names its column. The bound of the time stands by itself, because an index is not entered by one of two
 * alternatives.
 */
export const behind = <Time extends string>(time: Time, after: TimeCursor | null) =>
  after === null ? {} : { [time]: { lte: after.at }, OR: [{ [time]: { lt: after.at } }, { id: { lt: after.id } }] };

/** Takes one item more than asked for, and says from where to go on if it came. */
export const pageOf = <Item>(
  found: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => TimeCursor,
): { items: Item[]; nextCursor: string | null } => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? writeCursor(cursorOf(last)) : null };
};

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightLeaving?: WeakSet<object> } = globalThis;

/** Says that the app was asked to end: from now on no run on this database is begun for a caller. */
export const beginLeaving = (database: object): void => {
  shared.pipewrightLeaving ??= new WeakSet();
  shared.pipewrightLeaving.add(database);
};

/** Whether the app has been asked to end. */
export const isLeaving = (database: object): boolean => shared.pipewrightLeaving?.has(database) ?? false;

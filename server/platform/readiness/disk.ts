import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import path from "node:path";
import { dataFolder } from "@/server/platform/settings/data-folder";

const megabyte = 1024 * 1024;

type Environment = Readonly<Record<string, string | undefined>>;

/** Bytes that are left free on the disk of the data folder, for what is under way: PIPEWRIGHT_RESERVE_MEGABYTES, 64 MB where it is not set. */
export const reservedBytes = (environment: Environment = process.env): number => {
  const text = environment.PIPEWRIGHT_RESERVE_MEGABYTES?.trim() ?? "";
  if (text === "") return 64 * megabyte;
  if (!/^\d{1,6}$/.test(text)) throw new Error("PIPEWRIGHT_RESERVE_MEGABYTES must be a whole number.");
  return Number(text) * megabyte;
};

/** Free bytes of the disk that holds a folder, which may not be there yet, as far as this user may use them. */
export const freeBytes = async (folder: string): Promise<number> => {
  let at = folder;
  while (!existsSync(at) && path.dirname(at) !== at) at = path.dirname(at);
  const { bavail, bsize } = await statfs(at);
  return bavail * bsize;
};

const lookMs = 5_000;
const lookWhileFullMs = 1_000;
/** A database on another machine says that its disk is full, and not when it no longer is: then it is asked again. */
const believedMs = 10_000;

export interface DiskOptions {
  /** Free bytes now. */
  readonly read: () => Promise<number>;
  readonly reserved: number;
  readonly now?: () => number;
}

/** Knows whether there is room for what a run stores, without asking the disk for every run. */
export class Disk {
  #free = Number.POSITIVE_INFINITY;
  #full = false;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  readonly #waiting = new Set<() => void>();

  constructor(private readonly options: DiskOptions) {}

  get isFull(): boolean {
    return this.#full || this.#now() - this.#refusedAt < believedMs;
  }

  /** Whether so many bytes more leave what is reserved. */
  hasRoomFor(bytes: number): boolean {
    return !this.isFull && this.#free - bytes >= this.options.reserved;
  }

  /** Something could not be written because the disk is full. */
  refused(): void {
    this.#refusedAt = this.#now();
    void this.look();
  }

  async look(): Promise<void> {
    try {
      this.#free = await this.options.read();
    } catch (error) {
      // A file system that cannot say is not for that reason full.
      console.error("the free space of the data folder is not known:", error);
      return;
    }
    const { reserved } = this.options;
    const was = this.#full;
    // Half as much again must be free before it counts as having room: else it would change with every run.
    this.#full = this.#free < (was ? reserved * 1.5 : reserved);
    if (this.#full && !was) console.error(`The disk of the data folder is full: new runs wait until there is room.`);
    if (!this.#full && was) {
      this.#refusedAt = Number.NEGATIVE_INFINITY;
      console.error("The disk of the data folder has room again.");
    }
    if (!this.isFull) for (const wake of [...this.#waiting]) wake();
  }

  /** Looks from now on by itself, more often while it is full. */
  watch(): () => void {
    let stopped = false;
    const again = () => {
      if (stopped) return;
      this.#timer = setTimeout(() => void this.look().finally(again), this.isFull ? lookWhileFullMs : lookMs);
      this.#timer.unref();
    };
    again();
    return () => {
      stopped = true;
      if (this.#timer !== null) clearTimeout(this.#timer);
    };
  }

  /** Resolves when there is room, or when the signal aborts. */
  room(signal?: AbortSignal): Promise<void> {
    if (!this.isFull || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener("abort", wake);
    });
  }

  #now(): number {
    return (this.options.now ?? Date.now)();
  }
}

const unwatched = (): Disk => new Disk({ read: async () => Number.POSITIVE_INFINITY, reserved: 0 });

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightDisks?: WeakMap<object, Disk> } = globalThis;

/** The disk of the data folder that belongs to this database. One that nobody watches has room. */
export const diskOf = (database: object): Disk => {
  shared.pipewrightDisks ??= new WeakMap();
  const known = shared.pipewrightDisks.get(database) ?? unwatched();
  shared.pipewrightDisks.set(database, known);
  return known;
};

export const useDisk = (database: object, disk: Disk): void => {
  shared.pipewrightDisks ??= new WeakMap();
  shared.pipewrightDisks.set(database, disk);
};

/** From now on `diskOf` knows how full the disk of the data folder is. */
export const watchDisk = async (database: object): Promise<() => void> => {
  const folder = dataFolder();
  const disk = new Disk({ read: () => freeBytes(folder), reserved: reservedBytes() });
  await disk.look();
  useDisk(database, disk);
  return disk.watch();
};

/** No room, a quota reached, or a file that may not grow: of the operating system, and PostgreSQL's word for it. */
const codes = new Set(["ENOSPC", "EDQUOT", "EFBIG", "53100"]);

/** Whether an error, or what it stems from, says that the disk is full. */
export const isDiskFull = (error: unknown, level = 0): boolean => {
  if (typeof error !== "object" || error === null || level > 8) return false;
  const { code, originalCode, cause, meta } = error as Record<string, unknown>;
  if ((typeof code === "string" && codes.has(code)) || (typeof originalCode === "string" && codes.has(originalCode)))
    return true;
  const adapter = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return isDiskFull(cause, level + 1) || isDiskFull(adapter, level + 1);
};
